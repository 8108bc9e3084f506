#!/usr/bin/env python3
"""What Python adds: import, evaluation and memory of fmmengine, a table on standard output.

    python3 perf/python/times.py [--points 100000] [--million 1000000] [--turns 15]

The solver's own time of an evaluation is that of its report (the C# solver's, on the same points); "beyond" is what is spent outside of it: the call, the
arrays, the copies to and from the engine's order are inside.
"""

import argparse
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, "..", "..", "systems", "library", "python", "src")
sys.path.insert(0, SOURCE)

MEMORY = """
import resource, sys, time
import numpy as np
import fmmengine

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

count, precision, order = int(sys.argv[1]), sys.argv[2], sys.argv[3]
points = np.random.default_rng(1).uniform(size=(count, 3)).astype(precision)
if order == "F":
    points = np.asfortranarray(points)
charges = np.random.default_rng(2).uniform(size=count).astype(precision)
potential, gradient = np.empty(count, precision), np.empty((count, 3), precision)
potential[:] = gradient[:, 0] = gradient[:, 1] = gradient[:, 2] = 0
arrays = sum(array.nbytes for array in (points, charges, potential, gradient)) / 2**20
with fmmengine.Fmm(tolerance=1e-6, gradient=True) as fmm:
    # Operators and code are there before points are.
    fmm.set_points(points[:1000]).evaluate(charges[:1000])
    before = peak()
    fmm.set_points(points).evaluate(charges, out=(potential, gradient))
    print(arrays, before, peak())
"""


def fastest(turns, call):
    """The least seconds of several calls."""
    best = float("inf")
    for _ in range(turns):
        begin = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - begin)
    return best


def imports(turns):
    """Seconds of a Python that imports something, beyond one that does not."""
    def of(what):
        return fastest(turns, lambda: subprocess.run([sys.executable, "-c", what], check=True, env={**os.environ, "PYTHONPATH": SOURCE}))

    nothing, numpy, ours = of("pass"), of("import numpy"), of("import fmmengine")
    return numpy - nothing, ours - nothing


def evaluation(count, turns):
    """Seconds of a first and of warm evaluations, and of what the solver says that it took."""
    import numpy as np
    import fmmengine

    points, charges = np.random.default_rng(1).uniform(size=(count, 3)), np.random.default_rng(2).uniform(size=count)
    potential, gradient = np.empty(count), np.empty((count, 3))
    with fmmengine.Fmm("laplace", tolerance=1e-6, gradient=True) as fmm:
        first = fastest(1, lambda: fmm.set_points(points).evaluate(charges, out=(potential, gradient)))
        warm, inside = float("inf"), float("inf")
        for _ in range(turns):
            begin = time.perf_counter()
            fmm.evaluate(charges, out=(potential, gradient))
            warm = min(warm, time.perf_counter() - begin)
            inside = min(inside, fmm.report["seconds"]["evaluate"])
        anew = fastest(turns, lambda: fmm.set_points(points).evaluate(charges, out=(potential, gradient)))
        return first, warm, inside, anew, fmm.verify(100), fmm.report["order"]


def small(turns):
    """Seconds of an evaluation of ten points: what a call costs."""
    import numpy as np
    import fmmengine

    with fmmengine.Fmm("laplace", order=4) as fmm:
        charges = np.ones(10)
        fmm.set_points(np.random.default_rng(1).uniform(size=(10, 3))).potential(charges)
        return fastest(100 * turns, lambda: fmm.potential(charges))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=100_000)
    parser.add_argument("--million", type=int, default=1_000_000)
    parser.add_argument("--turns", type=int, default=15)
    arguments = parser.parse_args()

    numpy, ours = imports(min(arguments.turns, 10))
    print(f"import numpy {numpy:.3f} s; import fmmengine, numpy with it {ours:.3f} s")
    first, warm, inside, anew, errors, order = evaluation(arguments.points, arguments.turns)
    print(f"{arguments.points} points, double precision, tolerance 1e-6, potential and gradient (order {order}, errors {errors.potential:.1e}, {errors.gradient:.1e}):")
    print(f"  first evaluation with tree and operators {first:.4f} s; points set anew {anew:.4f} s; warm {warm:.4f} s")
    print(f"  the solver's own time of a warm one {inside:.4f} s: Python's is {100 * (warm / inside - 1):.1f} % beyond it")
    print(f"a call of ten points {1e6 * small(arguments.turns):.0f} us")
    for precision, layout in (("f8", "C"), ("f8", "F"), ("f4", "C")):
        out = subprocess.run(
            [sys.executable, "-c", MEMORY, str(arguments.million), precision, layout], check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": SOURCE})
        arrays, before, peak = map(float, out.stdout.split())
        print(f"{arguments.million} points, {precision} {layout} order: arrays {arrays:.0f} MiB, before {before:.0f} MiB, peak {peak:.0f} MiB: the engine's own {peak - before:.0f} MiB")


if __name__ == "__main__":
    main()
