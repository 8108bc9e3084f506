#!/usr/bin/env python3
"""A ball of stars that holds together: leapfrog steps with softened gravity, and a picture.

Plummer's model is in balance: the ball neither falls together nor flies apart, twice its kinetic energy is minus its potential one. Leapfrog keeps the total
energy up to an error that goes with the square of the step and does not grow.

    python3 samples/python/nbody.py [--bodies 20000] [--steps 100] [--picture nbody.png]
"""

import argparse

import numpy as np

import fmmengine


def plummer(count: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Positions and velocities of Plummer's model with scale 1, mass 1 and G = 1 (Aarseth, Henon and Wielen 1974), cut at radius 10."""
    mass = random.uniform(0, 10 ** 3 / 101 ** 1.5, count)
    radius = 1 / np.sqrt(mass ** (-2 / 3) - 1)
    # A speed is x times that of escape, and x has the density x^2 (1 - x^2)^(7/2), which stays below 0.1.
    x, left = np.empty(count), np.arange(count)
    while left.size:
        trial = random.uniform(0, 1, left.size)
        taken = random.uniform(0, 0.1, left.size) < trial ** 2 * (1 - trial ** 2) ** 3.5
        x[left[taken]] = trial[taken]
        left = left[~taken]
    speed = x * np.sqrt(2) * (1 + radius ** 2) ** -0.25
    directions = random.standard_normal((2, count, 3))
    directions /= np.linalg.norm(directions, axis=2, keepdims=True)
    return radius[:, None] * directions[0], speed[:, None] * directions[1]


def main(count: int, steps: int, picture: str) -> None:
    positions, velocities = plummer(count, np.random.default_rng(1))
    start = positions.copy()
    masses = np.full(count, 1 / count)
    step = 0.02

    def energies(potential: np.ndarray) -> tuple[float, float]:
        return 0.5 * masses @ np.einsum("ij,ij->i", velocities, velocities), 0.5 * masses @ potential

    with fmmengine.Fmm("gravity", length=0.05, tolerance=1e-4, gradient=True) as fmm:
        fmm.set_points(positions).set_charges(masses)
        potential, gradient, _ = fmm.evaluate()
        kinetic, bound = energies(potential)
        first = kinetic + bound
        virial = -2 * kinetic / bound
        drift = 0.0
        for _ in range(steps):
            velocities -= 0.5 * step * gradient
            positions += step * velocities
            fmm.move_points(positions)
            fmm.evaluate(out=(potential, gradient))
            velocities -= 0.5 * step * gradient
            drift = max(drift, abs(sum(energies(potential)) / first - 1))
        kinetic, bound = energies(potential)

    print(f"{count} bodies, {steps} steps of {step}: energy off by {drift:.0e} at most, less than 0.1%: {drift < 1e-3}")
    print(f"twice the kinetic energy over minus the potential one: {virial:.1f} at the start, {-2 * kinetic / bound:.1f} at the end")
    print(draw(start, positions, picture))


def draw(start: np.ndarray, end: np.ndarray, picture: str) -> str:
    """Draws first and last positions side by side."""
    try:
        import matplotlib
    except ImportError:
        return "no picture: matplotlib is not here (apt-get install -y python3-matplotlib)"
    matplotlib.use("Agg")
    import matplotlib.pyplot as pyplot

    figure, axes = pyplot.subplots(1, 2, figsize=(10, 5), sharex=True, sharey=True)
    for axis, points, title in zip(axes, (start, end), ("start", "end")):
        axis.plot(points[:, 0], points[:, 1], ".", markersize=1)
        axis.set(title=title, xlim=(-4, 4), ylim=(-4, 4), aspect="equal")
    figure.savefig(picture, dpi=100)
    pyplot.close(figure)
    return f"picture: {picture}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bodies", type=int, default=20_000)
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--picture", default="nbody.png")
    arguments = parser.parse_args()
    main(arguments.bodies, arguments.steps, arguments.picture)
