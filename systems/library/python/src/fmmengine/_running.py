"""Calls that may take long: the main thread waits in a way that Ctrl+C ends."""

from __future__ import annotations

import threading
from ctypes import CDLL
from typing import Callable

from ._errors import error_of
from ._library import last_error, library


def run(handle: int, function: str, *arguments: object, long: bool) -> None:
    """Calls a function of the library on a solver; where it may take long and this is the main thread, so that KeyboardInterrupt ends it.

    ctypes gives the interpreter's lock back during a call, but Python's signal handlers run on the main thread alone, and not while that is in a
    foreign function: so a thread of its own makes the call. The arguments must keep their memory alive (or the caller's frame does, which outlasts the call).
    """
    loaded = library()
    if long and threading.current_thread() is threading.main_thread():
        status, text = _Aside(loaded, handle, lambda: getattr(loaded, function)(handle, *arguments)).wait()
    else:
        status = getattr(loaded, function)(handle, *arguments)
        text = last_error(loaded) if status else ""
    if status:
        raise error_of(status, text)


class _Aside:
    """A call on a thread of its own, and the wait for it."""

    def __init__(self, loaded: CDLL, handle: int, call: Callable[[], int]) -> None:
        self._loaded = loaded
        self._handle = handle
        self._call = call
        self._lock = threading.Lock()
        self._done = threading.Lock()
        self._running = False
        self._abandoned = False
        self._outcome = (0, "")

    def wait(self) -> tuple[int, str]:
        """Status and text of the call; an exception on this thread, such as KeyboardInterrupt, cancels it, waits until it has ended, and goes on."""
        self._done.acquire()
        try:
            threading.Thread(target=self._work, name="fmm", daemon=True).start()
            self._done.acquire()
        except BaseException:
            self._end()
            raise
        return self._outcome

    def _work(self) -> None:
        with self._lock:
            self._running = not self._abandoned
        if self._running:
            status = self._call()
            self._outcome = (status, last_error(self._loaded) if status else "")
        self._done.release()

    def _end(self) -> None:
        while True:
            try:
                with self._lock:
                    self._abandoned = True
                if not self._running:
                    return
                # Again and again: the first may come before the call has begun, and then it touches nothing.
                self._loaded.fmm_cancel(self._handle)
                if self._done.acquire(timeout=0.02):
                    return
            except BaseException:  # a second Ctrl+C: the first is on its way out, and the solver must not stay busy
                continue
