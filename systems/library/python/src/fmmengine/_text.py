"""Text that the library writes into memory of ours."""

from __future__ import annotations

import ctypes
import json
from typing import Any, Callable

from ._errors import ArgumentError


def json_text(call: Callable[..., None]) -> Any:
    """What ``call(text, capacity, length)`` writes, as Python's objects."""
    length = ctypes.c_size_t()
    call(None, 0, ctypes.byref(length))
    while True:
        text = ctypes.create_string_buffer(length.value + 1)
        try:
            call(text, len(text), ctypes.byref(length))
        except ArgumentError:
            # It has grown in between, as a text with times in it may; length tells the new size.
            if length.value < len(text):
                raise
            continue
        return json.loads(text.value.decode("utf-8"))
