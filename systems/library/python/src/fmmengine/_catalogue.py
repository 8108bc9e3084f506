"""What the library says of itself."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ._errors import UnavailableError
from ._library import call, last_error, library
from ._text import json_text


def kernels() -> list[dict[str, Any]]:
    """The built-in kernels: name, formula, parameters with their presets (None: must be given), numbers of a source and of a target, whether these are complex."""
    return json_text(lambda *text: call("fmm_kernels", *text))


@lru_cache(maxsize=1)
def complex_kernels() -> frozenset[str]:
    """Names of the kernels whose charges and potentials are complex numbers."""
    return frozenset(kernel["name"] for kernel in kernels() if kernel["complex"])


def registers() -> int:
    """Width in bits of the loops that serve this processor: 512, 256 or 128.

    Raises:
        UnavailableError: none could be loaded; the text tells why.
    """
    loaded = library()
    width = loaded.fmm_registers()
    if width == 0:
        raise UnavailableError(last_error(loaded))
    return width


def version() -> str:
    """The version of the library that is loaded."""
    return library().fmm_version().decode()
