#!/usr/bin/env python3
"""A million charges on a sphere: their potential and gradient, and how far off these are.

A charge of 1 spread evenly over a sphere of radius R has the potential 1 / (4 pi R) all over it. With N points at random the sums come near that as N grows;
against direct sums of the same points they agree to the tolerance.

    python3 samples/python/million.py [--points 1000000]
"""

import argparse
import time

import numpy as np

import fmmengine


def main(count: int) -> None:
    random = np.random.default_rng(1)
    points = random.standard_normal((count, 3))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    charges = np.full(count, 1 / count)

    with fmmengine.Fmm("laplace", tolerance=1e-6, gradient=True) as fmm:
        begin = time.perf_counter()
        fmm.set_points(points)
        potential, gradient, _ = fmm.evaluate(charges)
        first = time.perf_counter()
        fmm.evaluate(charges, out=(potential, gradient))
        second = time.perf_counter()
        errors = fmm.verify(100)
        order = fmm.report["order"]

    print(f"{count} charges on a sphere, order {order}: {first - begin:.2f} s with tree and operators, {second - first:.2f} s again")
    print(f"against direct sums: potentials within 1e-6: {errors.potential < 1e-6}, gradients within 1e-4: {errors.gradient < 1e-4}")
    mean = potential.mean() * 4 * np.pi
    print(f"4 pi R times the mean potential: {mean:.2f}")
    # On the sphere the field is halfway between 0 inside and 1 / (4 pi R^2) outside.
    pull = -np.einsum("ij,ij->i", gradient, points).mean() * 4 * np.pi
    print(f"4 pi R^2 times the mean field along the normal: {pull:.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=1_000_000)
    main(parser.parse_args().points)
