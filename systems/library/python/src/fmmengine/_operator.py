"""The potentials as a linear operator of scipy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Union

import numpy as np
from scipy.sparse.linalg import LinearOperator  # type: ignore[import]

from ._errors import ArgumentError, StateError
from ._kernel import Kernel

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ._solver import Fmm

# Kernels with K(-d) the transpose of K(d), and as many numbers a source as a target: the matrix of points that are sources and targets is symmetric.
_SYMMETRIC = ("laplace", "yukawa", "helmholtz", "damped-helmholtz", "gravity", "stokes", "biot-savart")


class FieldOperator(LinearOperator):
    """``A @ x`` are the potentials of the charges ``x``, plus ``diagonal * x``.

    Number ``S j + c`` of x is component c of source j's charge, number ``P i + c`` of A x that of target i's potential. Several columns, ``A @ X``, are one
    evaluation of several charge vectors. ``A.T @ y`` and ``A.H @ y`` are there for kernels whose matrix is symmetric (those of the distance
    alone, stokes, biot-savart) where sources are the targets. After the first product it is the same linear map each time, to the last bit; with a
    tolerance the order is found by that first product.

    The points are those that the solver has; set others there, and make another operator.
    """

    def __init__(self, fmm: "Fmm", diagonal: Union[complex, ArrayLike] = 0) -> None:
        if not fmm.sources:
            raise StateError("there are no points yet: call set_points first.")
        self.fmm = fmm
        self._sources, self._targets = fmm.sources, fmm.targets
        rows, columns = fmm.targets * fmm._potential_numbers, fmm.sources * fmm._charge_numbers
        self._diagonal = np.asarray(diagonal)
        self._has_diagonal = bool(np.any(self._diagonal != 0))
        if self._has_diagonal and (rows != columns or self._diagonal.shape not in ((), (rows,))):
            raise ArgumentError(f"diagonal has shape {self._diagonal.shape}, the operator {(rows, columns)}: pass a number, or {rows} for a square operator.")
        is_complex = fmm._complex or (self._has_diagonal and self._diagonal.dtype.kind == "c")
        super().__init__(np.dtype(np.complex128 if is_complex else np.float64), (rows, columns))

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        return self._matmat(np.asarray(x).reshape(-1, 1))[:, 0]

    def _matmat(self, x: np.ndarray) -> np.ndarray:
        fmm = self.fmm
        if (fmm.sources, fmm.targets) != (self._sources, self._targets):
            raise StateError("the solver has other points by now: make another operator.")
        if x.dtype.kind == "c" and not fmm._complex:
            # A real matrix and complex numbers, as a complex diagonal makes them: two vectors.
            parts = self._potentials(np.concatenate((x.real, x.imag), axis=1))
            result = parts[:, : x.shape[1]] + 1j * parts[:, x.shape[1]:]
        else:
            result = self._potentials(x)
        if self._has_diagonal:
            result = result + (self._diagonal.reshape(-1, 1) if self._diagonal.ndim else self._diagonal) * x
        return result

    def _rmatvec(self, y: np.ndarray) -> np.ndarray:
        return self._rmatmat(np.asarray(y).reshape(-1, 1))[:, 0]

    def _rmatmat(self, y: np.ndarray) -> np.ndarray:
        fmm = self.fmm
        if not isinstance(fmm._kernel, Kernel) and fmm._kernel not in _SYMMETRIC or not fmm._shared:
            raise NotImplementedError("there is a product with the transpose for symmetric kernels whose targets are the sources: take a method without it, such as gmres.")
        return self._matmat(y.conj()).conj()

    def _potentials(self, x: np.ndarray) -> np.ndarray:
        fmm, count = self.fmm, x.shape[1]
        each = () if fmm._charge_numbers == 1 else (fmm._charge_numbers,)
        # One column is the plain case, without an axis of vectors.
        vectors = (count,) if count > 1 else ()
        charges = x.T.reshape(vectors + (fmm.sources,) + each)
        return fmm.potential(charges).reshape(count, -1).T
