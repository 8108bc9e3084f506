"""Fmm Engine: the field of many points, sum_j K(x_i - y_j) q_j, in a time that grows with their number and not with its square.

>>> import numpy as np, fmmengine
>>> x, q = np.random.rand(100_000, 3), np.random.rand(100_000)
>>> with fmmengine.Fmm("laplace", tolerance=1e-6) as fmm:
...     potential = fmm.set_points(x).potential(q)   # sum_j q_j / (4 pi |x_i - x_j|)

``Fmm`` is the solver, ``Kernel`` a formula of your own, ``fmmengine.fmm3d`` has calls of the shapes of FMM3D. docs/python.md tells the rest.
"""

from __future__ import annotations

from typing import Any

from . import _library
from ._errors import (
    ArgumentError,
    BusyError,
    CancelledError,
    ClosedError,
    FmmError,
    ForkedError,
    InternalError,
    KernelError,
    LibraryMissingError,
    NoMemoryError,
    RangeError,
    StateError,
    ToleranceError,
    UnavailableError,
)
from ._field import Errors, Field
from ._kernel import Kernel
from ._solver import Fmm
from ._text import json_text
from ._version import __version__

__all__ = [
    "ArgumentError", "BusyError", "CancelledError", "ClosedError", "Errors", "Field", "Fmm", "FmmError", "ForkedError", "InternalError", "Kernel",
    "KernelError", "LibraryMissingError", "NoMemoryError", "RangeError", "StateError", "ToleranceError", "UnavailableError", "kernels",
    "registers", "version",
]


def kernels() -> list[dict[str, Any]]:
    """The built-in kernels: name, formula, parameters with their presets, numbers of a charge and of a potential."""
    return json_text(lambda *text: _library.call("fmm_kernels", *text))


def registers() -> int:
    """Width in bits of the loops that serve this processor: 512, 256 or 128.

    Raises:
        UnavailableError: none could be loaded; the text tells why.
    """
    loaded = _library.library()
    width = loaded.fmm_registers()
    if width == 0:
        raise UnavailableError(_library.last_error(loaded))
    return width


def version() -> str:
    """The version of the library that is loaded."""
    return _library.library().fmm_version().decode()
