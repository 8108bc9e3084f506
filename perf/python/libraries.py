"""The libraries that beside.py times, each behind the same three calls; run by it as a process a measurement.

A library is measured as its own pages use it: arrays of numpy in, arrays of numpy out, what it converts between being its own time.
"""

import json
import os
import resource
import sys
import tempfile
import time

import numpy as np


class FmmEngine:
    """fmmengine: a solver keeps operators, and tree where points stay."""

    keeps_tree = True

    def __init__(self, case, setting):
        import fmmengine

        parameters = {"k": case["k"]} if case["kernel"] == "helmholtz" else {}
        self.make = lambda: fmmengine.Fmm(case["kernel"], gradient=True, **setting, **parameters)
        self.fmm = None

    def whole(self, x, q):
        """Everything for new points."""
        if self.fmm is None:
            self.fmm = self.make()
        self.fmm.set_points(x)
        return self.warm(q)

    def warm(self, q):
        """New charges at the same points."""
        return self.fmm.evaluate(q)[:2]


class Fmm3dShapes:
    """A library of FMM3D's shapes: one call does everything and keeps nothing."""

    keeps_tree = False
    module = "fmm3dpy"

    def __init__(self, case, setting):
        import importlib

        library = importlib.import_module(self.module)
        self.eps = setting["eps"]
        self.call = library.lfmm3d if case["kernel"] == "laplace" else lambda **given: library.hfmm3d(zk=case["k"] + 0j, **given)

    def whole(self, x, q):
        """The call; its (3, n) in Fortran's order is our (n, 3) as it lies."""
        out = self.call(eps=self.eps, sources=x.T, charges=q, pg=2)
        if out.ier:
            raise RuntimeError(f"{self.module} ended with ier = {out.ier}")
        return out.pot, out.grad.T


class Fmm3dEngine(Fmm3dShapes):
    """fmmengine in FMM3D's shapes."""

    module = "fmmengine.fmm3d"


class Exafmm:
    """exafmm-t: operators in a file, a tree that keeps its points. Its list of sources is one of Python."""

    keeps_tree = True

    def __init__(self, case, setting):
        import exafmm

        self.name = os.path.join(tempfile.mkdtemp(), "operators.dat")
        if case["kernel"] == "laplace":
            self.of = exafmm.laplace
            self.make = lambda: self.of.LaplaceFmm(setting["p"], setting["ncrit"], self.name)
        else:
            self.of = exafmm.helmholtz
            self.make = lambda: self.of.HelmholtzFmm(setting["p"], setting["ncrit"], case["k"] + 0j, self.name)

    def whole(self, x, q):
        """Sources and targets, tree, lists, operators (from their file the second time), and the field."""
        self.fmm = self.make()
        self.tree = self.of.setup(self.of.init_sources(x, q), self.of.init_targets(x), self.fmm)
        return self.field()

    def warm(self, q):
        """New charges at the same points."""
        self.of.update_charges(self.tree, q)
        self.of.clear_values(self.tree)
        return self.field()

    def field(self):
        """Potential and gradient."""
        rows = self.of.evaluate(self.tree, self.fmm)
        return rows[:, 0], rows[:, 1:]


LIBRARIES = {"fmmengine": FmmEngine, "fmmengine.fmm3d": Fmm3dEngine, "fmm3dpy": Fmm3dShapes, "exafmm": Exafmm}


def points(case):
    """The points and charges of a case: uniform in a cube of side 1."""
    random = np.random.default_rng(1)
    x = random.random((case["n"], 3))
    q = random.random(case["n"]) - 0.5
    return x, q + 1j * (random.random(case["n"]) - 0.5) if case["kernel"] == "helmholtz" else q


def relative(found, exact):
    """Relative error in the 2-norm, whatever constant factor and sign the library's formula has: 1/(4 pi) or not, force or gradient."""
    factors = [sign * factor for factor in (1, 4 * np.pi, 1 / (4 * np.pi)) for sign in (1, -1)]
    return float(min(np.linalg.norm(factor * found - exact) for factor in factors) / np.linalg.norm(exact))


def measure(library, case, setting, repeat, reference):
    """Seconds and errors of one process: a first call, the fastest of later ones with points in another order, and with new charges alone."""
    x, q = points(case)
    run = LIBRARIES[library](case, setting)
    began = time.perf_counter()
    potential, gradient = run.whole(x, q)
    seconds = {"first": time.perf_counter() - began}
    exact = np.load(reference)
    at = exact["at"]
    errors = {"potential": relative(potential[at], exact["potential"]), "gradient": relative(gradient[at], exact["gradient"])}
    turned, charges = np.ascontiguousarray(x[::-1]), np.ascontiguousarray(q[::-1])
    for name, call, expected in (
        ("again", lambda: run.whole(turned, charges), potential[::-1]),
        ("warm", lambda: run.warm(-2 * charges), -2 * potential[::-1]),
    ):
        if name == "warm" and not run.keeps_tree:
            continue
        for _ in range(repeat):
            began = time.perf_counter()
            found = call()[0]
            taken = time.perf_counter() - began
            seconds[name] = min(taken, seconds.get(name, taken))
            difference = np.linalg.norm(found - expected) / np.linalg.norm(expected)
            if difference > 10 * errors["potential"] + 1e-12:
                raise RuntimeError(f"the call named {name} differs from the first by {difference:.1e}")
    return {"seconds": seconds, "errors": errors, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    print("\n" + json.dumps(measure(**json.loads(sys.argv[1]))))
