"""``Fmm``: a kernel, its options, points, and the fields of charges."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Optional, Sequence, Union

import numpy as np

from ._arrays import charges_array, described, points_array
from ._catalogue import complex_kernels
from ._errors import ArgumentError, StateError
from ._field import Errors, Field
from ._handle import Handle
from ._kernel import Kernel
from ._options import option_text
from ._outputs import apart, output

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ._operator import FieldOperator

# Sources and targets, times charge vectors, from which on an evaluation takes some milliseconds: a thread of its own, which costs 0.1 ms, then does not matter.
_LONG = 20_000

# Pairs of a check, likewise.
_LONG_PAIRS = 5_000_000


class Fmm(Handle):
    """The field of N sources at M targets, sum_j K(x_i - y_j) q_j, in O(N + M).

    >>> with Fmm("laplace", tolerance=1e-6, gradient=True) as fmm:
    ...     fmm.set_points(x)                          # (N, 3)
    ...     potential, gradient, _ = fmm.evaluate(q)   # (N,), (N, 3)

    Potentials have the kernel's own factor, such as 1/(4 pi r) for laplace; gradients are by the target's coordinates. A pair at distance zero
    contributes nothing. Lengths and charges are in your units. Memory and threads are the solver's until ``close``.

    Args:
        kernel: a name of docs/built-in.md (``kernels()`` lists them), or a ``Kernel`` of your own.
        tolerance: relative error of the potentials in the 2-norm to stay below, 1e-13 to 0.1.
        order: order p in place of a tolerance, 2 to 16; 6 where neither is given.
        precision: of the hot loops, "double" or "single".
        gradient, hessian: whether first and second derivatives are computed (the second for laplace alone).
        threads: 1 to 1024; the machine's by default. The field has the same bits for any number.
        leaf: most points of a leaf; chosen from costs by default.
        m2l: "fft", "dense", "compressed" or "lowrank"; chosen by default. rank and rank_tolerance are for the last.
        require_tolerance: whether a tolerance that is missed is a ToleranceError; by default ``report`` tells.
        max_level, uniform_depth: deepest level of the tree; depth of a uniform one.
        digits: "order" or "full", of the near field. follow: whether the tree follows points that move. algebra: "automatic", "managed", "openblas", "mkl".
        periodic: axes along which a box repeats, such as "xyz"; box: its edges, one number or three; box_origin: its lower corner;
            outside: "wrap" or "refuse" for points outside.
        **parameters: those of the kernel, such as ``k=2.5`` for yukawa and helmholtz, ``mu=1.0`` for stokes.

    Arrays are read where they lie: float64 or float32, C or Fortran order, strided, read-only; what is not float64 in C order is gathered once inside.
    Other real numbers are converted to float64. One solver serves one call at a time (BusyError); solvers run side by side on any threads, and the interpreter's lock is free
    during a call. Ctrl+C ends a long call on the main thread.
    """

    def __init__(
        self,
        kernel: Union[str, Kernel] = "laplace",
        *,
        tolerance: Optional[float] = None,
        order: Optional[int] = None,
        precision: Optional[str] = None,
        gradient: bool = False,
        hessian: bool = False,
        threads: Optional[int] = None,
        leaf: Optional[int] = None,
        m2l: Optional[str] = None,
        rank: Optional[int] = None,
        rank_tolerance: Optional[float] = None,
        require_tolerance: bool = False,
        max_level: Optional[int] = None,
        uniform_depth: Optional[int] = None,
        digits: Optional[str] = None,
        follow: Optional[bool] = None,
        algebra: Optional[str] = None,
        periodic: Optional[str] = None,
        box: Union[float, Sequence[float], None] = None,
        box_origin: Optional[Sequence[float]] = None,
        outside: Optional[str] = None,
        **parameters: float,
    ) -> None:
        self._gradient = bool(gradient)
        self._hessian = bool(hessian)
        self._sources = self._targets = 0
        self._shared = False
        # Number type and vectors of the charges that are kept.
        self._kept: tuple[np.dtype, tuple[int, ...]] = (np.dtype(np.float64), ())
        self._first = True
        self._options = option_text(dict(
            parameters, tolerance=tolerance, order=order, precision=precision, gradient=bool(gradient), hessian=bool(hessian), threads=threads,
            leaf=leaf, m2l=m2l, rank=rank, rank_tolerance=rank_tolerance, require_tolerance=bool(require_tolerance), max_level=max_level,
            uniform_depth=uniform_depth, digits=digits, follow=follow, algebra=algebra, periodic=periodic, box=box, box_origin=box_origin,
            outside=outside,
        ))
        super().__init__(kernel, self._options)
        self._charge_numbers, self._potential_numbers = self._sizes()[2:4]
        self._complex = isinstance(kernel, str) and kernel in complex_kernels()
        if self._complex:
            self._charge_numbers = self._potential_numbers = 1

    # Points

    def set_points(self, sources: ArrayLike, targets: Optional[ArrayLike] = None) -> "Fmm":
        """Sets points: (N, 3), sources and targets at once; or sources (N, 3) and targets (M, 3) that differ. Charges that were kept end.

        The numbers are copied once, into the engine's own order; the arrays are not looked at again.
        """
        self._points("fmm_set", sources, targets)
        self._kept = (np.dtype(np.float64), ())
        return self

    def move_points(self, sources: ArrayLike, targets: Optional[ArrayLike] = None) -> "Fmm":
        """The same points in the same order, elsewhere: the tree follows them, and charges that were kept stay."""
        self._points("fmm_move", sources, targets)
        return self

    @property
    def sources(self) -> int:
        """Number of sources N; 0 before there are points."""
        return self._sources

    @property
    def targets(self) -> int:
        """Number of targets M; N where targets are the sources."""
        return self._targets

    # Fields

    def set_charges(self, charges: ArrayLike) -> "Fmm":
        """Keeps charges for evaluations without any, in the shapes that ``evaluate`` takes."""
        array = self._charges(charges)
        self._run("fmm_set_charges_array", ctypes.byref(described(array)))
        self._kept = (array.dtype, self._vectors(array))
        return self

    def evaluate(self, charges: Optional[ArrayLike] = None, *, out: Optional[Sequence[Optional[np.ndarray]]] = None) -> Field:
        """The field of the charges: potential, and what the solver was made for of gradient and hessian.

        Args:
            charges: (N,), or (N, S) for kernels of S numbers a source; V vectors at once are (V, N[, S]). Complex kernels take complex64,
                complex128 or real numbers. None: those of ``set_charges``, or of the evaluation before.
            out: up to three arrays (or None) that potential, gradient and hessian are written to, of any order and either precision. They must
                not overlap each other; one that overlaps the charges is fine, at the price of a copy of these.

        Returns:
            Arrays in single precision if the charges are, otherwise in double precision, unless ``out`` says otherwise. Complex kernels give complex ones.
        """
        return self._evaluate(charges, out or (), self._gradient, self._hessian)

    def potential(self, charges: Optional[ArrayLike] = None, *, out: Optional[np.ndarray] = None) -> np.ndarray:
        """The potentials alone, (M,) or ([V,] M[, P]); as ``evaluate``."""
        return self._evaluate(charges, (out,), False, False).potential

    def gradient(self, charges: Optional[ArrayLike] = None, *, out: Optional[np.ndarray] = None) -> np.ndarray:
        """The gradients alone, (M, 3) or ([V,] M[, P], 3); as ``evaluate``. The solver must be made with ``gradient=True``."""
        if not self._gradient:
            raise StateError("this solver computes no gradient: make it with gradient=True.")
        return self._evaluate(charges, (None, out), True, False).gradient  # type: ignore[return-value]

    def verify(self, samples: int = 100) -> Errors:
        """Compares the last fields with direct sums at evenly strided targets; of several vectors the largest errors."""
        errors = (ctypes.c_double * 4)()
        self._run("fmm_verify", int(samples), errors, long=self._sources * min(int(samples), self._targets) > _LONG_PAIRS)
        return Errors(*errors)

    def operator(self, diagonal: Union[complex, ArrayLike] = 0) -> "FieldOperator":
        """The potentials as a ``scipy.sparse.linalg.LinearOperator``, for iterative solvers.

        A row is a number of a target's potential, a column a number of a source's charge. Self terms of the sum are 0; ``diagonal``, a
        number or an array of as many as there are rows, is added as such. scipy is imported here.
        """
        from ._operator import FieldOperator

        return FieldOperator(self, diagonal)

    def __repr__(self) -> str:
        kernel = self._kernel if isinstance(self._kernel, Kernel) else repr(self._kernel)
        points = f"{self._sources} sources, {self._targets} targets" if self._sources else "no points"
        return f"<Fmm {kernel}{' ' if self._options else ''}{self._options}: {'closed' if self.closed else points}>"

    def _sizes(self) -> list[int]:
        sizes = (ctypes.c_int64 * 6)()
        self._run("fmm_sizes", sizes)
        return list(sizes)

    def _points(self, verb: str, sources: ArrayLike, targets: Optional[ArrayLike]) -> None:
        first = points_array(sources, "points" if targets is None else "sources")
        if targets is None:
            self._run(f"{verb}_points_array", ctypes.byref(described(first)))
            self._sources = self._targets = len(first)
            self._shared = True
            return
        second = points_array(targets, "targets")
        self._run(f"{verb}_sources_targets_array", ctypes.byref(described(first)), ctypes.byref(described(second)))
        self._sources, self._targets = len(first), len(second)
        self._shared = False

    def _charges(self, charges: ArrayLike) -> np.ndarray:
        self._open()
        if not self._sources:
            raise StateError("there are no points yet: call set_points first.")
        return charges_array(charges, self._sources, self._charge_numbers, self._complex)

    def _vectors(self, charges: np.ndarray) -> tuple[int, ...]:
        return charges.shape[: charges.ndim - (1 if self._charge_numbers == 1 else 2)]

    def _evaluate(self, charges: Optional[ArrayLike], out: Sequence[Optional[np.ndarray]], gradient: bool, hessian: bool) -> Field:
        array = None if charges is None else self._charges(charges)
        dtype, vectors = self._kept if array is None else (array.dtype, self._vectors(array))
        each = () if self._potential_numbers == 1 else (self._potential_numbers,)
        shapes = [vectors + (self._targets,) + each, vectors + (self._targets,) + each + (3,), vectors + (self._targets, 6)]
        names, wanted = ("potential", "gradient", "hessian"), (True, gradient, hessian)
        out = tuple(out) + (None,) * (3 - len(out))
        fields: list[Optional[np.ndarray]] = [None, None, None]
        for i in range(3):
            if wanted[i]:
                fields[i] = output(out[i], shapes[i], dtype, names[i])
            elif out[i] is not None:
                raise ArgumentError(f"out has an array for the {names[i]}, which this solver does not compute: make it with {names[i]}=True.")
        given = [field for i, field in enumerate(fields) if field is not None and out[i] is not None]
        if given:
            apart(given)
            if array is not None and any(np.may_share_memory(array, field) for field in given):
                array = array.copy()
        # The axis of the two parts stands behind the targets, before that of the derivatives.
        split = len(vectors) + 1
        described_fields = [None if field is None else ctypes.byref(described(field, split)) for field in fields]
        work = (self._sources + self._targets) * (vectors[0] if vectors else 1)
        self._run(
            "fmm_evaluate_array", None if array is None else ctypes.byref(described(array)), *described_fields, long=self._first or work >= _LONG)
        self._first = False
        self._kept = (dtype, vectors)
        return Field(*fields)  # type: ignore[arg-type]
