"""Finds libfmm.so, loads it at the first call, and tells ctypes the functions of fmm.h."""

from __future__ import annotations

import ctypes
import os
import threading
from ctypes import POINTER, c_char_p, c_double, c_int32, c_int64, c_size_t, c_void_p
from pathlib import Path

from ._errors import LibraryMissingError, error_of
from ._version import __version__

_FILE = "libfmm.so"


class FmmArray(ctypes.Structure):
    """``fmm_array``: an array as it lies in memory."""

    _fields_ = [("data", c_void_p), ("shape", c_int64 * 4), ("strides", c_int64 * 4), ("dimensions", c_int32), ("type", c_int32)]


class FmmKernel(ctypes.Structure):
    """``fmm_kernel``: functions of the distance, by their addresses."""

    _fields_ = [
        ("size", c_size_t), ("name", c_char_p), ("scalar", c_void_p), ("batch", c_void_p), ("user", c_void_p), ("potential_only", c_int32),
    ]


# void (int64_t count, const double *r, double *values, double *derivatives, void *user)
BatchFunction = ctypes.CFUNCTYPE(None, c_int64, c_void_p, c_void_p, c_void_p, c_void_p)

# int (const char *system, int32_t done, int32_t total, void *user)
ProgressFunction = ctypes.CFUNCTYPE(ctypes.c_int, c_char_p, c_int32, c_int32, c_void_p)

_ARRAY = POINTER(FmmArray)

# What ctypes must know of each function; all of these give a status.
_PROTOTYPES = {
    "fmm_kernels": [c_void_p, c_size_t, POINTER(c_size_t)],
    "fmm_create": [c_char_p, c_char_p, POINTER(c_void_p)],
    "fmm_create_custom": [POINTER(FmmKernel), c_char_p, POINTER(c_void_p)],
    "fmm_free": [c_void_p],
    "fmm_set_points_array": [c_void_p, _ARRAY],
    "fmm_set_sources_targets_array": [c_void_p, _ARRAY, _ARRAY],
    "fmm_move_points_array": [c_void_p, _ARRAY],
    "fmm_move_sources_targets_array": [c_void_p, _ARRAY, _ARRAY],
    "fmm_set_charges_array": [c_void_p, _ARRAY],
    "fmm_evaluate_array": [c_void_p, _ARRAY, _ARRAY, _ARRAY, _ARRAY],
    "fmm_verify": [c_void_p, c_int64, POINTER(c_double)],
    "fmm_sizes": [c_void_p, POINTER(c_int64)],
    "fmm_report": [c_void_p, c_void_p, c_size_t, POINTER(c_size_t)],
    "fmm_invalidate": [c_void_p],
    "fmm_set_progress": [c_void_p, c_void_p, c_void_p],
    "fmm_cancel": [c_void_p],
}

_loaded: ctypes.CDLL | None = None
_lock = threading.Lock()


def places() -> list[Path]:
    """Where the library is looked for, in this order: ``FMM_LIBRARY`` alone where it is set, beside the package, in the clone's artifacts."""
    named = os.environ.get("FMM_LIBRARY")
    if named:
        return [Path(named)]
    package = Path(__file__).resolve().parent
    found = [package / "lib" / _FILE]
    if package.parts[-5:-1] == ("systems", "library", "python", "src"):
        found.append(package.parents[4] / "artifacts" / "library" / "lib" / _FILE)
    return found


def library() -> ctypes.CDLL:
    """The loaded library. The first call takes some milliseconds.

    Raises:
        LibraryMissingError: it is not here, is not for this machine, or is of another version.
    """
    global _loaded
    if _loaded is None:
        with _lock:
            if _loaded is None:
                _loaded = _load()
    return _loaded


def call(function: str, *arguments: object) -> None:
    """Calls a function of the library on this thread and raises what it refuses."""
    loaded = library()
    status = getattr(loaded, function)(*arguments)
    if status:
        raise error_of(status, last_error(loaded))


def last_error(loaded: ctypes.CDLL) -> str:
    """What the last call of this thread that failed had to say."""
    return loaded.fmm_last_error().decode("utf-8", "replace")


def _load() -> ctypes.CDLL:
    tried = places()
    path = next((place for place in tried if place.is_file()), None)
    if path is None:
        raise LibraryMissingError(
            f"{_FILE} is not here: looked for {' and '.join(map(str, tried))}. Install the wheel of fmmengine, run systems/library/build in a "
            f"clone of Fmm Engine, or name the file in the environment variable FMM_LIBRARY."
        )
    try:
        loaded = ctypes.CDLL(str(path))
        for name, arguments in _PROTOTYPES.items():
            function = getattr(loaded, name)
            function.argtypes = arguments
            function.restype = ctypes.c_int
        loaded.fmm_version.restype = loaded.fmm_last_error.restype = c_char_p
        loaded.fmm_version.argtypes = loaded.fmm_last_error.argtypes = loaded.fmm_registers.argtypes = []
        loaded.fmm_registers.restype = c_int32
    except (OSError, AttributeError) as fault:
        raise LibraryMissingError(f"{path} cannot be used: {fault}. It must be libfmm.so of Fmm Engine {__version__} for this machine.") from fault
    version = loaded.fmm_version().decode()
    if version.split(".")[:2] != __version__.split(".")[:2]:
        raise LibraryMissingError(f"{path} is of version {version}, and this package of {__version__}: take both from one build.")
    return loaded
