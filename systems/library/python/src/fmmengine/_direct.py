"""Direct sums of charges and dipoles in numpy, in O(N M): to compare with."""

from __future__ import annotations

from typing import Optional, Union

import numpy as np

from ._field import Field

# Pairs that are held at once.
_BLOCK = 500_000


def direct_sums(
    k: complex, sources: np.ndarray, targets: np.ndarray, charges: Optional[np.ndarray], dipoles: Optional[np.ndarray], thresh: float, level: int,
) -> Field:
    """The field of q G + v . grad_y G, where G = exp(i k r) / (4 pi r); of Laplace for k = 0.

    Args:
        k: wave number, complex.
        sources, targets: (N, 3), (M, 3).
        charges, dipoles: q ([V,] N) and v ([V,] N, 3), real or complex; None for none.
        thresh: pairs no further apart than this are left out.
        level: 1 potentials ([V,] M), 2 gradients ([V,] M, 3), too, 3 second derivatives ([V,] M, 6), xx xy xz yy yz zz, too.
    """
    rows = max(1, _BLOCK // len(sources))
    blocks = [_block(k, sources, targets[i: i + rows], charges, dipoles, thresh, level) for i in range(0, len(targets), rows)]
    axis = (charges.ndim if charges is not None else dipoles.ndim - 1) - 1  # type: ignore[union-attr]
    return Field(*(None if parts[0] is None else np.concatenate(parts, axis=axis) for parts in zip(*blocks)))  # type: ignore[arg-type]


def _block(
    k: complex, sources: np.ndarray, targets: np.ndarray, charges: Optional[np.ndarray], dipoles: Optional[np.ndarray], thresh: float, level: int,
) -> tuple[Optional[np.ndarray], ...]:
    d = targets[:, None] - sources
    value, first, second, third = _radial(k, np.linalg.norm(d, axis=2), thresh)
    potential: Union[int, np.ndarray] = 0
    gradient: Union[int, np.ndarray] = 0
    hessian: Union[int, np.ndarray] = 0
    pairs = [(i, j) for i in range(3) for j in range(i, 3)]
    if charges is not None:
        potential = charges @ value.T
        if level >= 2:
            gradient = np.stack([charges @ (first * d[..., i]).T for i in range(3)], axis=-1)
        if level >= 3:
            hessian = np.stack([charges @ (second * d[..., i] * d[..., j] + (i == j) * first).T for i, j in pairs], axis=-1)
    if dipoles is not None:
        v = [dipoles[..., i] for i in range(3)]
        # Of the dipoles each derivative has one more: -v . grad of what the charges have.
        potential = potential - sum(v[c] @ (first * d[..., c]).T for c in range(3))
        if level >= 2:
            gradient = gradient - np.stack(
                [sum(v[c] @ (second * d[..., c] * d[..., i] + (c == i) * first).T for c in range(3)) for i in range(3)], axis=-1)
        if level >= 3:
            hessian = hessian - np.stack([
                sum(v[c] @ (third * d[..., c] * d[..., i] * d[..., j]
                            + second * ((c == i) * d[..., j] + (c == j) * d[..., i] + (i == j) * d[..., c])).T for c in range(3))
                for i, j in pairs], axis=-1)
    return potential, gradient if level >= 2 else None, hessian if level >= 3 else None  # type: ignore[return-value]


def _radial(k: complex, r: np.ndarray, thresh: float) -> list[np.ndarray]:
    # G, and three times the operator (1/r) d/dr of it.
    inverse = np.where(r > thresh, 1 / np.where(r > thresh, r, 1), 0)
    x: np.ndarray = np.zeros(()) if k == 0 else 1j * k * r
    value = np.exp(x) * inverse / (4 * np.pi)
    square = inverse * inverse
    return [
        value,
        value * square * (x - 1),
        value * square ** 2 * (3 - 3 * x + x * x),
        value * square ** 3 * (-15 + 15 * x - 6 * x * x + x * x * x),
    ]
