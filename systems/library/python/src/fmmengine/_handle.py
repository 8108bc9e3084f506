"""The life of a solver: its calls, their faults, progress, and its end."""

from __future__ import annotations

import ctypes
from typing import Any, Callable, Optional, TypeVar, Union

from ._errors import ArgumentError, ClosedError, FmmError, KernelError
from ._kernel import Kernel
from ._library import ProgressFunction, call, library
from ._running import run
from ._text import json_text

_Own = TypeVar("_Own", bound="Handle")


class Handle:
    """A solver of the library with a kernel and the text of its options."""

    def __init__(self, kernel: Union[str, Kernel], options: str) -> None:
        self._handle: Optional[int] = None
        self._kernel = kernel
        self._progress: Any = None
        self._progress_fault: Optional[BaseException] = None
        self._spoiled = False
        handle = ctypes.c_void_p()
        try:
            if isinstance(kernel, Kernel):
                call("fmm_create_custom", ctypes.byref(kernel._struct), options.encode(), ctypes.byref(handle))
            elif isinstance(kernel, str):
                call("fmm_create", kernel.encode(), options.encode(), ctypes.byref(handle))
            else:
                raise ArgumentError(f"the kernel is a {type(kernel).__name__}: pass a name, such as 'laplace', or a Kernel.")
        except FmmError:
            self._raise_fault()
            raise
        # Of the library's own, so that an object which goes with the interpreter needs no module any more.
        self._free = library().fmm_free
        self._handle = handle.value

    @property
    def report(self) -> dict[str, Any]:
        """What ran last: choices, tree, seconds, energy, what became of the tolerance."""
        return json_text(lambda *text: self._run("fmm_report", *text))

    def invalidate(self) -> None:
        """Makes the next evaluation choose the leaf capacity anew, and build tree and lists."""
        self._run("fmm_invalidate")

    def set_progress(self, progress: Optional[Callable[[str, int, int], object]]) -> None:
        """Asks for ``progress(system, done, total)`` at the end of each system of an evaluation; None ends it.

        Where it returns something true the evaluation ends with CancelledError; an exception in it ends the evaluation, and comes out of it.
        """
        def told(system: bytes, done: int, total: int, user: Optional[int]) -> int:
            try:
                return int(bool(progress(system.decode(), done, total)))  # type: ignore[misc]
            except BaseException as fault:  # nothing may pass into the library
                self._progress_fault = fault
                return 1

        function = None if progress is None else ProgressFunction(told)
        self._run("fmm_set_progress", None if function is None else ctypes.cast(function, ctypes.c_void_p), None)
        self._progress = function

    def cancel(self) -> None:
        """From another thread: ends the call that runs on this solver with CancelledError; nothing where none runs."""
        call("fmm_cancel", self._open())

    def close(self) -> None:
        """Gives memory and threads back; a second time does nothing. BusyError while another thread is in a call."""
        if self._handle is not None:
            call("fmm_free", self._handle)
            self._handle = None

    @property
    def closed(self) -> bool:
        """Whether ``close`` was called."""
        return self._handle is None

    def __enter__(self: _Own) -> _Own:
        self._open()
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def __del__(self) -> None:
        handle = getattr(self, "_handle", None)
        if handle is not None:
            self._handle = None
            self._free(handle)

    def __reduce__(self) -> Any:
        raise TypeError("an Fmm holds threads and memory of this process and cannot be copied or pickled: make one in each process.")

    def _open(self) -> int:
        if self._handle is None:
            raise ClosedError("this Fmm was closed: make another.")
        if self._spoiled:
            raise KernelError("the kernel's function has failed in an earlier call, and operators may be made of what it gave: make another Fmm.")
        return self._handle

    def _run(self, function: str, *arguments: object, long: bool = False) -> None:
        try:
            run(self._open(), function, *arguments, long=long)
        except FmmError:
            self._raise_fault()
            raise
        self._raise_fault()

    def _raise_fault(self) -> None:
        # An exception of the user's own function is what happened; what the library made of it is not.
        fault, self._progress_fault = self._progress_fault, None
        if isinstance(self._kernel, Kernel):
            own = self._kernel.take_fault()
            self._spoiled = self._spoiled or own is not None
            fault = own or fault
        if fault is not None:
            raise fault
