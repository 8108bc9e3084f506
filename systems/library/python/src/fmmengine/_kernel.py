"""Kernels of one's own: a function of the distance."""

from __future__ import annotations

import ctypes
from typing import Any, Callable, Optional

import numpy as np

from ._errors import ArgumentError
from ._library import BatchFunction, FmmKernel

# The base of all functions of ctypes.
_Function: Any = BatchFunction.__bases__[0]


class Kernel:
    """A kernel K(r) of the distance alone, one number a source and one a target.

    It must be smooth away from r = 0 and solve an elliptic equation there (docs/kernels.md tells which formulas do). When a solver is made the
    derivative is checked against the values.

    Args:
        function: K. Either a Python function of an array of distances that returns as many values, such as ``lambda r: np.exp(-r) / r``; or compiled:
            the address of a C function ``double f(double r, double *derivative, void *user)`` as an int, a ctypes function, or anything with
            ``.address``, such as a Numba cfunc of ``float64(float64, CPointer(float64), voidptr)``. It writes dK/dr to ``derivative[0]``,
            which is null with ``potential_only`` alone.
        derivative: dK/dr, for a Python function. Without it there is no gradient.
        batch: compiled, as above: ``void f(int64_t count, const double *r, double *values, double *derivatives, void *user)``, the same of many
            distances at once. It may be given beside a compiled ``function``, or alone.
        name: ASCII, 1 to 63 characters, for reports.
        potential_only: whether there is no derivative. Left out: True for a Python function without ``derivative``, else False.
        user: an address that compiled functions are handed.

    Compiled functions run on several threads at once. Python functions take turns, since they need the interpreter, and are asked for a few distances at a
    time: 1,000 points take about a second. They are for trying a formula. An exception in one comes out of the call that needed it, and
    ends the use of the solver.

    The object keeps ``function``, ``derivative`` and ``batch`` alive, and each solver keeps the object.
    """

    def __init__(
        self,
        function: Any = None,
        derivative: Optional[Callable[[np.ndarray], np.ndarray]] = None,
        *,
        batch: Any = None,
        name: str = "custom",
        potential_only: Optional[bool] = None,
        user: int = 0,
    ) -> None:
        if function is None and batch is None:
            raise ArgumentError("a kernel needs a function: pass function, batch, or both.")
        if not isinstance(name, str) or not name.isascii() or not 1 <= len(name) <= 63:
            raise ArgumentError(f"the kernel's name is {name!r}: pass 1 to 63 ASCII characters.")
        self.name = name
        self._kept = (function, derivative, batch)
        self._fault: Optional[BaseException] = None
        scalar = _address(function)
        if scalar is None and function is not None:
            if batch is not None:
                raise ArgumentError("function is of Python and batch is given, too: pass one of the two.")
            self._callback = self._of_python(function, derivative)
            address = ctypes.cast(self._callback, ctypes.c_void_p).value
            potential_only = derivative is None if potential_only is None else potential_only
        else:
            if derivative is not None:
                raise ArgumentError("derivative is for a Python function; a compiled one writes it through its pointer.")
            address = _address(batch)
            if batch is not None and address is None:
                raise ArgumentError(f"batch is a {type(batch).__name__}: pass an address, a ctypes function or a Numba cfunc.")
        self.potential_only = bool(potential_only)
        self._struct = FmmKernel(ctypes.sizeof(FmmKernel), name.encode(), scalar, address, user or None, int(self.potential_only))

    def __repr__(self) -> str:
        return f"Kernel({self.name!r}{', potential_only=True' if self.potential_only else ''})"

    def take_fault(self) -> Optional[BaseException]:
        """The exception that the Python function has raised since the last question, or None."""
        fault, self._fault = self._fault, None
        return fault

    def _of_python(self, function: Callable[[np.ndarray], np.ndarray], derivative: Optional[Callable[[np.ndarray], np.ndarray]]) -> Any:
        if not callable(function) or not (derivative is None or callable(derivative)):
            raise ArgumentError("function and derivative must be callable, or function the address of a compiled one.")

        def batch(count: int, distances: int, values: int, derivatives: Optional[int], user: Optional[int]) -> None:
            try:
                if self._fault is not None:  # the call is lost; let it end soon
                    _array(values, count)[:] = np.nan
                    return
                r = _array(distances, count)
                r.flags.writeable = False
                _array(values, count)[:] = function(r)
                if derivatives:
                    _array(derivatives, count)[:] = np.nan if derivative is None else derivative(r)
            except BaseException as fault:  # nothing may pass into the library; it sees a NaN, and the call raises this
                self._fault = self._fault or fault
                _array(values, count)[:] = np.nan

        return BatchFunction(batch)


def _array(address: int, count: int) -> np.ndarray:
    return np.ctypeslib.as_array((ctypes.c_double * count).from_address(address))


def _address(function: Any) -> Optional[int]:
    if function is None:
        return None
    if isinstance(function, int) and not isinstance(function, bool):
        address: Any = function
    elif isinstance(function, _Function):
        address = ctypes.cast(function, ctypes.c_void_p).value
    else:
        address = getattr(function, "address", None)
    if address is None:
        return None
    if not isinstance(address, int) or address <= 0:
        raise ArgumentError(f"{address!r} is no address of a function.")
    return address
