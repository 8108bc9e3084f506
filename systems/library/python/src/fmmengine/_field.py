"""What an evaluation gives, and what a check of it gives."""

from __future__ import annotations

from typing import NamedTuple, Optional

import numpy as np


class Field(NamedTuple):
    """The field at the targets, in their order.

    With V charge vectors each array has an axis of V in front; P is the number of components of a potential, and its axis is there where P > 1.
    """

    potential: np.ndarray
    """(M,) or (M, P)."""

    gradient: Optional[np.ndarray]
    """(M, 3) or (M, P, 3), d/dx d/dy d/dz by the target's coordinates; None where it was not asked for."""

    hessian: Optional[np.ndarray]
    """(M, 6), second derivatives xx xy xz yy yz zz; None where they were not asked for."""


class Errors(NamedTuple):
    """Relative errors of the last fields against direct sums at some targets; NaN for what was not computed."""

    potential: float
    """Of the potentials, in the 2-norm."""

    potential_worst: float
    """Of the potentials, at the worst target."""

    gradient: float
    """Of the gradients, in the 2-norm."""

    hessian: float
    """Of the second derivatives, in the 2-norm."""
