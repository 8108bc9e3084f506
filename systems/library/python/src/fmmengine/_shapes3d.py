"""FMM3D's arrays, points along the last axis, as the solver's, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

import numpy as np

from ._arrays import complex_array, real_array
from ._errors import ArgumentError
from ._field import Field
from ._solver import Fmm

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

# xx xy xz yy yz zz to xx yy zz xy xz yz.
_HESSIAN = [0, 3, 5, 1, 2, 4]


class Output:
    """What a call gives; None for what was not asked for. ``ier`` is 0: what fails is an exception."""

    def __init__(self) -> None:
        self.pot: Optional[np.ndarray] = None
        self.grad: Optional[np.ndarray] = None
        self.hess: Optional[np.ndarray] = None
        self.pre: Optional[np.ndarray] = None
        self.pottarg: Optional[np.ndarray] = None
        self.gradtarg: Optional[np.ndarray] = None
        self.hesstarg: Optional[np.ndarray] = None
        self.pretarg: Optional[np.ndarray] = None
        self.ier = 0


class Points3d:
    """Sources and targets of a call, and what is asked for at each."""

    def __init__(
        self, sources: ArrayLike, targets: Optional[ArrayLike], at_sources: int, at_targets: int, nd: int, highest: int,
        flags: tuple[str, str] = ("pg", "pgt"),
    ) -> None:
        for flag, level in zip(flags, (at_sources, at_targets)):
            if level not in range(highest + 1):
                raise ArgumentError(f"{flag} is {level}: pass a number from 0 to {highest}.")
        if at_sources == 0 and at_targets == 0:
            raise ArgumentError(f"nothing is asked for: pass {flags[0]} for the field at the sources, {flags[1]} at the targets.")
        if at_targets and targets is None:
            raise ArgumentError(f"{flags[1]} is {at_targets}, but there are no targets: pass them.")
        if nd < 1:
            raise ArgumentError(f"nd is {nd}: pass the number of densities, 1 or more.")
        self.sources = _rows(sources, "sources")
        self.targets = _rows(targets, "targets") if at_targets else self.sources
        self.at_sources, self.at_targets, self.nd = at_sources, at_targets, nd
        self.level = max(at_sources, at_targets)

    @property
    def count(self) -> int:
        """Points at which the field is computed: sources, targets or both."""
        return (len(self.sources) if self.at_sources else 0) + (len(self.targets) if self.at_targets else 0)

    def numbers(self, values: Optional[ArrayLike], name: str, is_complex: bool = False) -> np.ndarray:
        """Densities of one number a source, ([nd,] n)."""
        shape = (len(self.sources),)
        return self._densities(values, shape if self.nd == 1 else (self.nd, *shape), name, is_complex)

    def vectors(self, values: Optional[ArrayLike], name: str, is_complex: bool = False) -> np.ndarray:
        """Densities of three numbers a source, ([nd,] 3, n) there, ([nd,] n, 3) here; of one source (3,) is enough."""
        shape = (3, len(self.sources))
        if values is not None and self.nd == 1 and np.shape(values) == (3,) and shape == (3, 1):
            values = np.reshape(values, shape)  # type: ignore[arg-type]
        return np.swapaxes(self._densities(values, shape if self.nd == 1 else (self.nd, *shape), name, is_complex), -1, -2)

    def field(self, kernel: str, eps: float, densities: np.ndarray, gradient: bool, hessian: bool = False, **parameters: float) -> Field:
        """The field at the sources, then at the targets, whichever are asked for: one evaluation."""
        with Fmm(kernel, tolerance=min(float(eps), 0.1), gradient=gradient, hessian=hessian, **parameters) as fmm:  # type: ignore[arg-type]
            if not self.at_targets:
                fmm.set_points(self.sources)
            elif not self.at_sources:
                fmm.set_points(self.sources, self.targets)
            else:
                fmm.set_points(self.sources, np.concatenate((self.sources, self.targets)))
            return fmm.evaluate(densities)

    def evaluate(self, kernel: str, eps: float, densities: np.ndarray, **parameters: float) -> Output:
        """The field of a kernel of one number a target, as FMM3D gives it."""
        return self.output(self.field(kernel, eps, densities, self.level >= 2, self.level >= 3, **parameters))

    def output(self, field: Field) -> Output:
        """A field of one number a target in FMM3D's shapes: points along the last axis."""
        out = Output()
        out.pot, out.pottarg = self.split(field.potential, 1)
        if field.gradient is not None:
            out.grad, out.gradtarg = self.split(np.swapaxes(field.gradient, -1, -2), 2)
        if field.hessian is not None:
            out.hess, out.hesstarg = self.split(np.swapaxes(field.hessian[..., _HESSIAN], -1, -2), 3)
        return out

    def split(self, values: np.ndarray, level: int) -> tuple[Optional[np.ndarray], Optional[np.ndarray]]:
        """Values along the last axis at sources and at targets; None where the level is not asked for."""
        count = len(self.sources) if self.at_sources else 0
        return (values[..., :count] if self.at_sources >= level else None, values[..., count:] if self.at_targets >= level else None)

    def _densities(self, values: Optional[ArrayLike], shape: tuple[int, ...], name: str, is_complex: bool) -> np.ndarray:
        if values is None:
            raise ArgumentError(f"there is nothing to sum: pass {name}.")
        array = complex_array(values, name) if is_complex else real_array(values, name)
        if array.shape != shape:
            raise ArgumentError(f"{name} have shape {array.shape}: {shape} is asked for, with nd = {self.nd} and {len(self.sources)} sources.")
        return array.astype(np.complex128 if is_complex else np.float64, copy=False)


def _rows(values: Optional[ArrayLike], name: str) -> np.ndarray:
    array = real_array(values, name)  # type: ignore[arg-type]
    if array.shape == (3,):
        array = array.reshape(3, 1)
    if array.ndim != 2 or array.shape[0] != 3:
        remedy = f"pass {name}.T" if array.ndim == 2 and array.shape[1] == 3 else f"reshape {name} to (3, n)"
        raise ArgumentError(f"{name} have shape {array.shape}, but each column is a point here: {remedy}.")
    return array.T
