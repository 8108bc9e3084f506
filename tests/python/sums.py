"""Points, charges and direct sums that the tests compare with: plain numpy, nothing of the package."""

import numpy as np


def cloud(count, seed=1):
    """Points (count, 3) in the unit cube."""
    return np.random.default_rng(seed).uniform(size=(count, 3))


def signs(*shape, seed=2):
    """Numbers between -1/2 and 1/2."""
    return np.random.default_rng(seed).uniform(-0.5, 0.5, size=shape)


def pairs(sources, targets):
    """Differences target - source (M, N, 3), and 1/r (M, N), 0 for a pair at distance zero."""
    d = targets[:, None] - sources
    r = np.linalg.norm(d, axis=2)
    return d, np.divide(1, r, out=np.zeros_like(r), where=r > 0)


def laplace(sources, targets, charges):
    """Potential (M,), gradient (M, 3) and second derivatives (M, 6) of 1/(4 pi r)."""
    d, inverse = pairs(sources, targets)
    potential = inverse @ charges
    gradient = -np.einsum("ij,ijk,j->ik", inverse ** 3, d, charges)
    hessian = [
        np.einsum("ij,ij,ij,j->i", 3 * inverse ** 5, d[..., a], d[..., b], charges) - (a == b) * (inverse ** 3 @ charges)
        for a in range(3) for b in range(a, 3)
    ]
    return potential / (4 * np.pi), gradient / (4 * np.pi), np.stack(hessian, axis=1) / (4 * np.pi)


def helmholtz(k, sources, targets, charges):
    """Complex potential (M,) and gradient (M, 3) of exp(i k r)/(4 pi r)."""
    d, inverse = pairs(sources, targets)
    r = np.linalg.norm(d, axis=2)
    wave = np.exp(1j * k * r) * inverse
    gradient = np.einsum("ij,ijk,j->ik", wave * (1j * k * inverse - inverse ** 2), d, charges)
    return wave @ charges / (4 * np.pi), gradient / (4 * np.pi)


def stokes(sources, targets, forces):
    """Velocity (M, 3) of forces (N, 3), viscosity 1."""
    d, inverse = pairs(sources, targets)
    along = np.einsum("ijk,jk->ij", d, forces)
    return (inverse @ forces + np.einsum("ij,ij,ijk->ik", inverse ** 3, along, d)) / (8 * np.pi)


def error(found, exact):
    """Relative error in the 2-norm."""
    return np.linalg.norm(found - exact) / np.linalg.norm(exact)
