#!/usr/bin/env python3
"""A wave that N small bodies scatter, each to all others: the equations of Foldy and Lax, by GMRES.

A body at x_i answers the field u_i that reaches it with a wave f u_i exp(i k r) / (4 pi r), and what reaches it is the incoming plane wave and the waves of
all others (Foldy 1945):

    u_i = exp(i k z_i) + f sum_{j != i} exp(i k r_ij) / (4 pi r_ij) u_j

Bodies that absorb nothing have f = 4 pi g / (1 - i k g), with a length g. Then the power that goes out in all directions is that which the incoming wave has
lost ahead, the optical theorem, and that is checked:

    |f|^2 / (4 pi) (sum_i |u_i|^2 + (4 pi / k) Im sum_ij conj(u_i) exp(i k r_ij) / (4 pi r_ij) u_j) = Im(f sum_i exp(-i k z_i) u_i) / k

The first 500 bodies alone are solved for densely, too.

    python3 samples/python/scattering.py [--bodies 5000]
"""

import argparse

import numpy as np
from scipy.sparse.linalg import LinearOperator, gmres

import fmmengine

WAVELENGTHS = 4  # along the edge of the cube
K = 2 * np.pi * WAVELENGTHS
LENGTH = 0.002
ANSWER = 4 * np.pi * LENGTH / (1 - 1j * K * LENGTH)


def solve(points: np.ndarray) -> tuple[np.ndarray, LinearOperator, int]:
    """The field at each body, the operator that sums the waves of all others, and the products that GMRES took."""
    count = len(points)
    waves = fmmengine.Fmm("helmholtz", k=K, tolerance=1e-6).set_points(points).operator()
    system = LinearOperator((count, count), lambda u: u - ANSWER * (waves @ u), dtype=complex)
    products: list[float] = []
    field, info = gmres(system, incoming(points), restart=50, callback=products.append, callback_type="pr_norm")
    assert info == 0, "GMRES has not converged"
    return field, waves, len(products)


def incoming(points: np.ndarray) -> np.ndarray:
    """The plane wave along z."""
    return np.exp(1j * K * points[:, 2])


def dense(points: np.ndarray) -> np.ndarray:
    """The same with the matrix written out."""
    r = np.linalg.norm(points[:, None] - points, axis=2)
    np.fill_diagonal(r, 1)
    waves = np.exp(1j * K * r) / (4 * np.pi * r)
    np.fill_diagonal(waves, 0)
    return np.linalg.solve(np.eye(len(points)) - ANSWER * waves, incoming(points))


def main(count: int) -> None:
    points = np.random.default_rng(1).uniform(size=(count, 3))
    field, waves, products = solve(points)
    residual = np.linalg.norm(field - ANSWER * (waves @ field) - incoming(points)) / np.linalg.norm(incoming(points))
    out = abs(ANSWER) ** 2 / (4 * np.pi) * (np.vdot(field, field).real + 4 * np.pi / K * np.vdot(field, waves @ field).imag)
    lost = (ANSWER * np.vdot(incoming(points), field)).imag / K
    print(f"{count} bodies in a cube of {WAVELENGTHS} wavelengths: residual below 1e-4: {residual < 1e-4}, in less than 100 products: {products < 100}")
    print(f"cross section {out:.3f}; optical theorem within 1e-4: {abs(out / lost - 1) < 1e-4}")

    few = points[:500]
    exact = dense(few)
    error = np.linalg.norm(solve(few)[0] - exact) / np.linalg.norm(exact)
    print(f"{len(few)} bodies against a dense solution: within 1e-4: {error < 1e-4}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bodies", type=int, default=5_000)
    main(parser.parse_args().bodies)
