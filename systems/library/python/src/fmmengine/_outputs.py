"""Arrays that fields are written to: made here, or the caller's own."""

from __future__ import annotations

from typing import Optional

import numpy as np

from ._errors import ArgumentError

_KINDS = {"f": (np.dtype(np.float64), np.dtype(np.float32)), "c": (np.dtype(np.complex128), np.dtype(np.complex64))}


def output(given: Optional[np.ndarray], shape: tuple[int, ...], dtype: np.dtype, name: str) -> np.ndarray:
    """A new array, or the one that is given if the field can be written there without a copy.

    Raises:
        ArgumentError: it is no array of that shape and kind of number, cannot be written, or its elements overlap.
    """
    if given is None:
        return np.empty(shape, dtype)
    if not isinstance(given, np.ndarray):
        raise ArgumentError(f"out for the {name} is a {type(given).__name__}: pass a numpy array of shape {shape}.")
    if given.shape != shape:
        raise ArgumentError(f"out for the {name} has shape {given.shape}: the field has {shape}.")
    if given.dtype not in _KINDS[dtype.kind]:
        raise ArgumentError(f"out for the {name} is of type {given.dtype}: pass one of {' or '.join(map(str, _KINDS[dtype.kind]))}.")
    if not given.flags.writeable:
        raise ArgumentError(f"out for the {name} is read-only: pass an array that may be written.")
    if _overlaps_itself(given):
        raise ArgumentError(f"out for the {name} has elements that share memory: pass an array of its own memory, such as a copy.")
    return given


def apart(outputs: list[np.ndarray]) -> None:
    """Refuses outputs that share memory with each other."""
    for i, one in enumerate(outputs):
        for other in outputs[:i]:
            if _share(one, other):
                raise ArgumentError("two of the arrays in out share memory: pass arrays that do not.")


def _share(one: np.ndarray, other: np.ndarray) -> bool:
    if not np.may_share_memory(one, other):
        return False
    try:
        return np.shares_memory(one, other, max_work=100_000)
    except RuntimeError:  # numpy's TooHardError, whose module has changed: not told apart, so refused
        return True


def _overlaps_itself(array: np.ndarray) -> bool:
    # True for some odd arrays that do not, such as interleaved diagonals; no array of numpy's own making is among them.
    reach = array.itemsize
    for stride, length in sorted((abs(stride), length) for stride, length in zip(array.strides, array.shape) if length > 1):
        if stride < reach:
            return True
        reach = stride * (length - 1) + reach
    return False
