"""Keyword arguments as the option text of ``fmm_create``."""

from __future__ import annotations

from operator import index

import numpy as np

from ._errors import ArgumentError

# Options that stand as a bare word where they are true.
_FLAGS = ("gradient", "hessian", "require_tolerance")


def option_text(options: dict[str, object]) -> str:
    """"name=value" for each option that is not None, between blanks. The library knows the names and refuses unknown ones."""
    words = []
    for name, value in options.items():
        if value is None or (name in _FLAGS and value is False):
            continue
        words.append(name if name in _FLAGS and value is True else f"{name}={_value(name, value)}")
    return " ".join(words)


def _value(name: str, value: object) -> str:
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, str):
        text = value
    elif name in ("box", "box_origin"):
        text = ";".join(repr(float(number)) for number in np.broadcast_to(value, 3))  # type: ignore[call-overload]
    elif hasattr(value, "__index__") and not isinstance(value, np.ndarray):
        text = str(index(value))  # type: ignore[arg-type]
    elif hasattr(value, "__float__"):
        text = repr(float(value))  # type: ignore[arg-type]
    else:
        raise ArgumentError(f"{name} is a {type(value).__name__}: pass a number or text.")
    if not text or any(letter.isspace() or letter in ",=\0" for letter in text):
        raise ArgumentError(f"{name} is {value!r}: a value has no blanks, commas or equals signs.")
    return text
