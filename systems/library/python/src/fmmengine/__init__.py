"""Fmm Engine: the field of many points, sum_j K(x_i - y_j) q_j, in a time that grows with their number and not with its square.

>>> import numpy as np, fmmengine
>>> x, q = np.random.rand(100_000, 3), np.random.rand(100_000)
>>> with fmmengine.Fmm("laplace", tolerance=1e-6) as fmm:
...     potential = fmm.set_points(x).potential(q)   # sum_j q_j / (4 pi |x_i - x_j|)

``Fmm`` is the solver, ``Kernel`` a formula of your own, ``fmmengine.fmm3d`` has calls of the shapes of FMM3D. docs/python.md tells the rest.
"""

from __future__ import annotations

from ._catalogue import kernels, registers, version
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
from ._version import __version__

__all__ = [
    "ArgumentError", "BusyError", "CancelledError", "ClosedError", "Errors", "Field", "Fmm", "FmmError", "ForkedError", "InternalError", "Kernel",
    "KernelError", "LibraryMissingError", "NoMemoryError", "RangeError", "StateError", "ToleranceError", "UnavailableError", "kernels",
    "registers", "version",
]
