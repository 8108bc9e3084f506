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
    flow = _Flow(points, eps)
    if stoklet is not None:
        flow.add_forces(_vectors(points, stoklet, "stoklet"))
    # A doublet is a stresslet, a rotlet and a source of fluid.
    if stresslets or doublets:
        flow.add_tensors(sum((_tensor(*pair) for pair in (stresslets, doublets) if pair), start=np.zeros(())))
    if rotlets or doublets:
        # The velocity of a vortex b x a is (b x a) x d = (b . d) a - (a . d) b, over 4 pi r^3.
        flow.add("biot-savart", sum((np.cross(b, a) for a, b in filter(None, (rotlets, doublets))), start=np.zeros(())))
    if doublets:
        flow.add_sources(np.einsum("vnk,vnk->vn", *doublets))
    if not flow.parts:
        raise ArgumentError("there is nothing to sum: pass stoklet, or strslet and strsvec, rotlet and rotvec, doublet and doubvec.")

    out = Output()
    out.pot, out.pottarg = points.split(np.swapaxes(flow.velocity, -1, -2), 1)
    out.pre, out.pretarg = points.split(flow.pressure, 2)
    if points.level == 3:
        out.grad, out.gradtarg = points.split(np.transpose(flow.gradient, (0, 3, 2, 1)), 3)
    return out


class _Flow:
    """What the parts of a flow add up to: velocity (nd, m, 3), its gradient (nd, m, 3, 3), component first, and pressure (nd, m)."""

    def __init__(self, points: Points3d, eps: float) -> None:
        self._points, self._eps = points, eps
        shape = (points.nd, points.count)
        self.velocity, self.gradient, self.pressure = np.zeros((*shape, 3)), np.zeros((*shape, 3, 3)), np.zeros(shape)
        self.parts = 0

    def add(self, kernel: str, densities: np.ndarray) -> None:
        """A part that a kernel has as it is."""
        self.parts += 1
        field = self._points.field(kernel, self._eps, densities, self._points.level == 3)
        self.velocity += field.potential
        if field.gradient is not None:
            self.gradient += field.gradient

    def add_forces(self, forces: np.ndarray) -> None:
        """Stokeslets."""
        self.add("stokes", forces)
        if self._points.level >= 2:
            self.pressure += self._points.field("stokes-pressure", self._eps, forces, False).potential

    def add_tensors(self, tensors: np.ndarray) -> None:
        """Stresslets, symmetric tensors xx xy xz yy yz zz."""
        self.add("stokes-double-layer", tensors)
        if self._points.level >= 2:
            # With row j of the tensor as the moment of a dipole, phi_j, this is -2 sum_j d/dx_j phi_j.
            rows = np.moveaxis(tensors[..., _SYMMETRIC], -2, 0)
            gradient = self._points.field("laplace-dipole", self._eps, rows.reshape(-1, *rows.shape[2:]), True).gradient
            self.pressure -= 2 * np.einsum("jvmj->vm", np.reshape(gradient, (3, *self.pressure.shape, 3)))  # type: ignore[arg-type]

    def add_sources(self, charges: np.ndarray) -> None:
        """Sources of fluid: the gradient of Laplace's potential."""
        self.parts += 1
        field = self._points.field("laplace", self._eps, charges, True, self._points.level == 3)
        self.velocity += np.asarray(field.gradient)
        if field.hessian is not None:
            self.gradient += field.hessian[..., _SYMMETRIC]


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
