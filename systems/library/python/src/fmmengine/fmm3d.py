"""Calls of the shapes of FMM3D (https://fmm3d.readthedocs.io), so that its users change one import:

>>> import fmmengine.fmm3d as fmm
>>> out = fmm.lfmm3d(eps=1e-6, sources=x, charges=q, pg=2)   # x (3, n), q (n,)
>>> out.pot, out.grad                                        # (n,), (3, n)

Definitions, factors and signs are those of FMM3D 2: the Green's functions have 1/(4 pi), a dipole v at y adds v . (x - y) / (4 pi r^3), second
derivatives stand in the order xx yy zz xy xz yz, and a source does not act on itself. ``eps`` is the relative error of the potentials in the
2-norm, 1e-13 to 0.1 (a larger one counts as 0.1). What the engine has no kernel for is refused by name, with ArgumentError.

Each call makes a solver, sets the points, evaluates and ends it; where points stay, ``fmmengine.Fmm`` keeps what was made for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

import numpy as np

from ._direct import direct_sums
from ._errors import ArgumentError
from ._shapes3d import Output, Points3d
from ._stokes3d import stfmm3d

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["Output", "h3ddir", "hfmm3d", "l3ddir", "lfmm3d", "stfmm3d"]


def lfmm3d(
    *, eps: float, sources: ArrayLike, charges: Optional[ArrayLike] = None, dipvec: Optional[ArrayLike] = None, targets: Optional[ArrayLike] = None,
    pg: int = 0, pgt: int = 0, nd: int = 1,
) -> Output:
    """Laplace: u(x) = sum_j c_j / (4 pi r) + v_j . (x - x_j) / (4 pi r^3), r = |x - x_j|.

    Args:
        eps: relative error of the potentials.
        sources: (3, n).
        charges: c, (n,), or (nd, n) for nd > 1.
        dipvec: v, (3, n), or (nd, 3, n) for nd > 1.
        targets: (3, nt).
        pg: at the sources: 1 potential, 2 gradient, too, 3 second derivatives, too (of charges alone); 0 nothing.
        pgt: the same at the targets.
        nd: number of densities on the same points.

    Returns:
        ``pot`` (n,), ``grad`` (3, n), ``hess`` (6, n), and ``pottarg``, ``gradtarg``, ``hesstarg`` at the targets; an axis of nd in front for nd > 1.
    """
    points = Points3d(sources, targets, pg, pgt, nd, 3)
    if dipvec is None:
        densities = points.numbers(charges, "charges")
        kernel = "laplace"
    else:
        if points.level == 3:
            raise ArgumentError("second derivatives are those of charges alone: leave out dipvec, or take pg and pgt up to 2.")
        densities = points.vectors(dipvec, "dipvec")
        kernel = "laplace-dipole"
        if charges is not None:
            densities = np.concatenate((points.numbers(charges, "charges")[..., None], densities), axis=-1)
            kernel = "laplace-charge-dipole"
    return points.evaluate(kernel, eps, densities)


def hfmm3d(
    *, eps: float, zk: complex, sources: ArrayLike, charges: Optional[ArrayLike] = None, dipvec: Optional[ArrayLike] = None,
    targets: Optional[ArrayLike] = None, pg: int = 0, pgt: int = 0, nd: int = 1,
) -> Output:
    """Helmholtz: u(x) = sum_j c_j exp(i k r) / (4 pi r), r = |x - x_j|.

    Args:
        zk: k with a positive real part and an imaginary part of 0 or more, an inverse length.
        charges: c, complex (n,), or (nd, n) for nd > 1.
        dipvec: must be None: the engine has no dipoles of Helmholtz's equation.
        pg, pgt: 1 potential, 2 gradient, too.
        eps, sources, targets, nd: as ``lfmm3d``.

    Returns:
        Complex ``pot``, ``grad``, ``pottarg``, ``gradtarg`` as ``lfmm3d`` has them.
    """
    if dipvec is not None:
        raise ArgumentError("there are no dipoles of Helmholtz's equation here: leave out dipvec, or take two charges close by for each.")
    k = complex(zk)
    points = Points3d(sources, targets, pg, pgt, nd, 2)
    densities = points.numbers(charges, "charges", is_complex=True)
    if k.imag == 0:
        return points.evaluate("helmholtz", eps, densities, k=k.real)
    return points.evaluate("damped-helmholtz", eps, densities, k=k.real, decay=k.imag)


def l3ddir(
    *, sources: ArrayLike, targets: ArrayLike, charges: Optional[ArrayLike] = None, dipvec: Optional[ArrayLike] = None, pgt: int = 0, nd: int = 1,
    thresh: float = 1e-16,
) -> Output:
    """The sums of ``lfmm3d`` at the targets, directly, in O(n nt): to compare with. Pairs up to ``thresh`` apart are left out."""
    points = Points3d(sources, targets, 0, pgt, nd, 3)
    q = None if charges is None else points.numbers(charges, "charges")
    v = None if dipvec is None else points.vectors(dipvec, "dipvec")
    if q is None and v is None:
        raise ArgumentError("there is nothing to sum: pass charges, dipvec or both.")
    return points.output(direct_sums(0, points.sources, points.targets, q, v, thresh, points.level))


def h3ddir(
    *, zk: complex, sources: ArrayLike, targets: ArrayLike, charges: Optional[ArrayLike] = None, dipvec: Optional[ArrayLike] = None, pgt: int = 0,
    nd: int = 1, thresh: float = 1e-16,
) -> Output:
    """The sums of ``hfmm3d`` at the targets, directly, in O(n nt); dipoles, v_j . (x - x_j) (1 - i k r) exp(i k r) / (4 pi r^3), are here, too."""
    points = Points3d(sources, targets, 0, pgt, nd, 2)
    q = None if charges is None else points.numbers(charges, "charges", is_complex=True)
    v = None if dipvec is None else points.vectors(dipvec, "dipvec", is_complex=True)
    if q is None and v is None:
        raise ArgumentError("there is nothing to sum: pass charges, dipvec or both.")
    return points.output(direct_sums(complex(zk), points.sources, points.targets, q, v, thresh, points.level))
