#!/usr/bin/env python3
"""The charge on a conducting sphere, by GMRES: an integral equation whose matrix is an Fmm.

A conductor holds one potential all over. With a charge q_j on each of N pieces of its surface, of area a, that is A q = 1, where A has 1 / (4 pi r) between pieces
and, on the diagonal, what a piece does to itself: that of a disc of its area, 1 / (2 sqrt(pi a)). The capacitance of a sphere of radius R is known,
4 pi R, so that the charges must add up to it.

    python3 samples/python/conductor.py [--points 20000]
"""

import argparse

import numpy as np
from scipy.sparse.linalg import gmres

import fmmengine


def main(count: int) -> None:
    # Fibonacci's lattice: points that stand evenly on the sphere.
    i = np.arange(count) + 0.5
    z, angle = 1 - 2 * i / count, np.pi * (1 + 5 ** 0.5) * i
    points = np.stack((np.sqrt(1 - z * z) * np.cos(angle), np.sqrt(1 - z * z) * np.sin(angle), z), axis=1)
    area = 4 * np.pi / count

    with fmmengine.Fmm("laplace", order=8) as fmm:
        matrix = fmm.set_points(points).operator(diagonal=1 / (2 * np.sqrt(np.pi * area)))
        products = []
        ones = np.ones(count)
        charges, info = gmres(matrix, ones, callback=products.append, callback_type="pr_norm")
        residual = np.linalg.norm(matrix @ charges - ones) / np.linalg.norm(ones)

    capacitance = charges.sum() / (4 * np.pi)
    print(f"{count} pieces: GMRES has ended: {info == 0}, residual below 1e-4: {residual < 1e-4}, in less than 50 products: {len(products) < 50}")
    print(f"capacitance over 4 pi R: {capacitance:.2f}, off by less than 1%: {abs(capacitance - 1) < 0.01}")
    print(f"the charge is even, its standard deviation below 2%: {charges.std() < 0.02 * charges.mean()}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=20_000)
    main(parser.parse_args().points)
