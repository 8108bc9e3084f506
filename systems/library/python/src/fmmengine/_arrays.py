"""numpy arrays as ``fmm_array``: the memory that is there, whatever its order, without copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

import numpy as np

from ._errors import ArgumentError
from ._library import FmmArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

_TYPES = {np.dtype(np.float64): 0, np.dtype(np.float32): 1, np.dtype(np.complex128): 0, np.dtype(np.complex64): 1}


def described(array: np.ndarray, split: Optional[int] = None) -> FmmArray:
    """The array for the library. A complex one gets an axis of two, real and imaginary part, before axis ``split`` (None: behind the last).

    The caller keeps the array alive for as long as the library may look at it.
    """
    shape, strides = array.shape, array.strides
    if array.dtype.kind == "c":
        at = len(shape) if split is None else split
        shape = shape[:at] + (2,) + shape[at:]
        strides = strides[:at] + (array.itemsize // 2,) + strides[at:]
    return FmmArray(array.__array_interface__["data"][0], shape, strides, len(shape), _TYPES[array.dtype])


def real_array(values: ArrayLike, name: str) -> np.ndarray:
    """float64 and float32 as they are, in whatever order; integers and other real numbers converted to float64."""
    array = np.asarray(values)
    if array.dtype in _TYPES and array.dtype.kind == "f":
        return array
    if array.dtype.kind == "c":
        raise ArgumentError(f"{name} are complex, and real numbers are asked for here: pass .real, or a kernel of complex numbers such as helmholtz.")
    return _converted(array, np.float64, name)


def complex_array(values: ArrayLike, name: str) -> np.ndarray:
    """complex128 and complex64 as they are; everything else converted: float32 to complex64, other numbers to complex128."""
    array = np.asarray(values)
    if array.dtype in _TYPES and array.dtype.kind == "c":
        return array
    return _converted(array, np.complex64 if array.dtype == np.float32 else np.complex128, name)


def points_array(values: ArrayLike, name: str) -> np.ndarray:
    """Points of shape (N, 3), N >= 1."""
    array = real_array(values, name)
    if array.ndim == 2 and array.shape[1] == 3:
        return array
    remedy = f"pass {name}.T" if array.ndim == 2 and array.shape[0] == 3 else f"reshape {name} to (N, 3)"
    raise ArgumentError(f"{name} have shape {array.shape}, but each row is a point here: {remedy}.")


def charges_array(values: ArrayLike, count: int, components: int, is_complex: bool) -> np.ndarray:
    """Charges of shape (N,) or (N, S), or several vectors of them, (V, N) or (V, N, S); complex kernels have S = 1 here."""
    array = (complex_array if is_complex else real_array)(values, "charges")
    one = (count,) if components == 1 else (count, components)
    if array.shape[-len(one):] == one and array.ndim - len(one) in (0, 1) and array.size > 0:
        return array
    several = ", ".join(map(str, ("V", *one)))
    text = f"charges have shape {array.shape}, but {one} is asked for, or ({several}) for V charge vectors at once"
    if array.shape == (*one[:1], 1) or array.shape == one[::-1]:
        text += "; pass charges.T" if array.shape == one[::-1] and len(one) == 2 else "; pass charges.ravel()"
    raise ArgumentError(text + ".")


def _converted(array: np.ndarray, dtype: type, name: str) -> np.ndarray:
    if array.dtype.kind not in "biufc":
        raise ArgumentError(f"{name} are of type {array.dtype}, which are no numbers: pass an array of float64, float32 or integers.")
    return array.astype(dtype)
