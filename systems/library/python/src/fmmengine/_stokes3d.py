"""Stokes flow in the shapes of FMM3D."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

import numpy as np

from ._errors import ArgumentError
from ._shapes3d import Output, Points3d

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

# Where row i, column j of a symmetric matrix stands in xx xy xz yy yz zz.
_SYMMETRIC = np.array([[0, 1, 2], [1, 3, 4], [2, 4, 5]])


def stfmm3d(
    *, eps: float, sources: ArrayLike, stoklet: Optional[ArrayLike] = None, strslet: Optional[ArrayLike] = None, strsvec: Optional[ArrayLike] = None,
    rotlet: Optional[ArrayLike] = None, rotvec: Optional[ArrayLike] = None, doublet: Optional[ArrayLike] = None, doubvec: Optional[ArrayLike] = None,
    targets: Optional[ArrayLike] = None, ifppreg: int = 0, ifppregtarg: int = 0, nd: int = 1,
) -> Output:
    """Stokes flow of viscosity 1; d = x - x_j, r = |d|.

    Args:
        stoklet: forces f: velocity (f / r + (f . d) d / r^3) / (8 pi), pressure (f . d) / (4 pi r^3).
        strslet, strsvec: stresslets m, n: velocity 3 (m . d) (n . d) d / (4 pi r^5), pressure (3 (m . d) (n . d) / r^5 - (m . n) / r^3) / (2 pi).
        rotlet, rotvec: rotlets a, b: velocity ((b . d) a - (a . d) b) / (4 pi r^3), pressure 0.
        doublet, doubvec: doublets a, b: the stresslet and the rotlet of a, b, and the velocity -(a . b) d / (4 pi r^3).
        ifppreg: at the sources: 1 velocity, 2 pressure, too, 3 gradient, too. ifppregtarg: the same at the targets.
        eps, sources, targets, nd: as ``lfmm3d``; each density is (3, n), or (nd, 3, n) for nd > 1.

    Returns:
        ``pot`` (nd, 3, n), ``pre`` (nd, n), ``grad`` (nd, 3, 3, n), whose entry [l, i, j] is d/dx_i of component j, and likewise ``pottarg``, ``pretarg``,
        ``gradtarg``. The axis of nd is there for nd = 1, too, as FMM3D has it. ``eps`` is that of each part's velocity; the pressure of stresslets
        is a second derivative, with some 10 to 100 times the error.
    """
    points = Points3d(sources, targets, ifppreg, ifppregtarg, nd, 3, ("ifppreg", "ifppregtarg"))
    stresslets = _pair(points, strslet, strsvec, "strslet", "strsvec")
    rotlets = _pair(points, rotlet, rotvec, "rotlet", "rotvec")
    doublets = _pair(points, doublet, doubvec, "doublet", "doubvec")
    forces = None if stoklet is None else _vectors(points, stoklet, "stoklet")
    # A doublet is a stresslet, a rotlet and a source of fluid.
    tensor = sum(_tensor(*pair) for pair in (stresslets, doublets) if pair)
    vortex = sum(np.cross(b, a) for a, b in filter(None, (rotlets, doublets)))
    flows = [("stokes", forces)] if forces is not None else []
    flows += [("stokes-double-layer", tensor)] if stresslets or doublets else []
    flows += [("biot-savart", vortex)] if rotlets or doublets else []
    if not flows:
        raise ArgumentError("there is nothing to sum: pass stoklet, or strslet and strsvec, rotlet and rotvec, doublet and doubvec.")

    derivative = points.level == 3
    fields = [points.field(kernel, eps, densities, derivative) for kernel, densities in flows]
    velocity = sum(field.potential for field in fields)
    gradient = sum(field.gradient for field in fields) if derivative else None
    if doublets:
        source = points.field("laplace", eps, np.einsum("vnk,vnk->vn", *doublets), True, derivative)
        velocity = velocity + source.gradient
        gradient = gradient + source.hessian[..., _SYMMETRIC] if derivative else None

    out = Output()
    out.pot, out.pottarg = points.split(np.swapaxes(velocity, -1, -2), 1)
    if points.level >= 2:
        out.pre, out.pretarg = points.split(_pressure(points, eps, forces, tensor, velocity.shape[:-1]), 2)
    if derivative:
        out.grad, out.gradtarg = points.split(np.transpose(gradient, (0, 3, 2, 1)), 3)
    return out


def _pressure(points: Points3d, eps: float, forces: Optional[np.ndarray], tensor: object, shape: tuple[int, ...]) -> np.ndarray:
    pressure = np.zeros(shape)
    if forces is not None:
        pressure += points.field("stokes-pressure", eps, forces, False).potential
    if isinstance(tensor, np.ndarray):
        # With row j of the tensor as the moment of a dipole, phi_j, this is -2 sum_j d/dx_j phi_j.
        rows = np.moveaxis(tensor[..., _SYMMETRIC], -2, 0)
        gradient = points.field("laplace-dipole", eps, rows.reshape(-1, *rows.shape[2:]), True).gradient
        pressure -= 2 * np.einsum("jvmj->vm", gradient.reshape(3, *shape, 3))
    return pressure


def _pair(points: Points3d, one: Optional[ArrayLike], other: Optional[ArrayLike], name: str, second: str) -> Optional[tuple[np.ndarray, np.ndarray]]:
    if (one is None) != (other is None):
        raise ArgumentError(f"{name} and {second} go together: pass both, or neither.")
    return None if one is None else (_vectors(points, one, name), _vectors(points, other, second))


def _vectors(points: Points3d, values: Optional[ArrayLike], name: str) -> np.ndarray:
    array = points.vectors(values, name)
    return array if array.ndim == 3 else array[None]


def _tensor(m: np.ndarray, n: np.ndarray) -> np.ndarray:
    # (m n^T + n m^T) / 2 as xx xy xz yy yz zz.
    return np.stack([(m[..., i] * n[..., j] + m[..., j] * n[..., i]) / 2 for i in range(3) for j in range(i, 3)], axis=-1)
