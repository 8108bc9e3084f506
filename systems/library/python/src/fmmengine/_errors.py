"""One exception for each status of fmm.h, with the library's own words."""

from __future__ import annotations


class FmmError(Exception):
    """Base of all errors of the engine. ``status`` is the number that fmm.h gives it; the text tells what is wrong, where, and the remedy."""

    status = -1


class ArgumentError(FmmError, ValueError):
    """A wrong shape, length or value, a number that is not finite, an unknown kernel or option."""

    status = 1


class ClosedError(FmmError, ValueError):
    """The solver was closed."""

    status = 2


class BusyError(FmmError, RuntimeError):
    """Another thread is in a call on this solver."""

    status = 3


class StateError(FmmError, RuntimeError):
    """Out of turn: no points yet, no fields of these points."""

    status = 4


class KernelError(FmmError, ValueError):
    """A kernel that is not what it declares, such as a derivative that is not that of its values."""

    status = 5


class RangeError(FmmError, ArithmeticError):
    """The field somewhere is no finite number."""

    status = 6


class ToleranceError(FmmError, ArithmeticError):
    """The tolerance was not reached, and ``require_tolerance`` asks for it."""

    status = 7


class CancelledError(FmmError, RuntimeError):
    """The call was ended by ``cancel`` or by a progress callback."""

    status = 8


class NoMemoryError(FmmError, MemoryError):
    """There is not enough memory."""

    status = 9


class UnavailableError(FmmError, RuntimeError):
    """A library that is asked for, or needed, is not here."""

    status = 10


class LibraryMissingError(UnavailableError, ImportError):
    """libfmm.so itself is not here, or cannot be loaded; the text says where it was looked for."""


class ForkedError(FmmError, RuntimeError):
    """This process is the forked child of one that used the library; start children by ``multiprocessing.get_context("spawn")``."""

    status = 11


class InternalError(FmmError, RuntimeError):
    """A fault of the library: please report it with the text."""

    status = 12


_CLASSES = {
    one.status: one
    for one in (
        ArgumentError, ClosedError, BusyError, StateError, KernelError, RangeError, ToleranceError, CancelledError,
        NoMemoryError, UnavailableError, ForkedError, InternalError,
    )
}


def error_of(status: int, text: str) -> FmmError:
    """The exception for a status that is not FMM_OK."""
    return _CLASSES.get(status, InternalError)(text or f"status {status} of libfmm, without a text")
