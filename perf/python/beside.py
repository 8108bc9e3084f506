#!/usr/bin/env python3
"""Times fmmengine beside FMM3D's and exafmm-t's Python on the same points, in one run, at the same error.

    PYTHONPATH=systems/library/python/src:WHERE_THE_PEERS_ARE /usr/bin/python3 perf/python/beside.py

Potential and gradient at all sources, double precision, uniform in a cube of side 1. Libraries that can't be imported are left out, by name. Of
each the cheapest setting is searched whose potential's relative L2 error against direct sums at 1,000 targets is not above --tolerance; rows
"as asked" take the tolerance by its word. Each measurement is a process of its own; rounds go over all rows in turn, and the fastest counts.

Columns, in seconds: first, the first call of a process (operators and all; no file is there); again, other points in the same process; warm, new
charges at the same points, where a library keeps its tree. Then the errors, and the peak of the process's memory with numpy's share in it.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile

import numpy as np

import libraries

HERE = os.path.dirname(os.path.abspath(__file__))
TARGETS = 1000
CASES = {
    "laplace-1e5": {"kernel": "laplace", "n": 100_000},
    "laplace-1e6": {"kernel": "laplace", "n": 1_000_000},
    # 3.2 wavelengths along the side.
    "helmholtz-1e5": {"kernel": "helmholtz", "n": 100_000, "k": 20.0},
}

# From cheap to dear. FMM3D's error comes in steps, which begin below half a power of ten; of the most points a leaf of exafmm-t those between which its fastest trees lie.
ORDERS = range(4, 15)
EPS = (1e-2, 1e-3, 4e-4, 2e-4, 1e-4, 1e-5, 5e-6, 1e-6, 4e-7, 1e-7)
NCRIT = (64, 100, 150, 200, 250, 320)


def environment(threads):
    """What each process runs with: all cores for the library's own threads, none for those of the BLAS that it calls from them."""
    given = dict(os.environ, OMP_NUM_THREADS=str(threads), OPENBLAS_NUM_THREADS="1")
    # Older OpenBLAS does not know newer processors and takes half the width of their registers.
    if "avx512f" in flags():
        given["OPENBLAS_CORETYPE"] = "SkylakeX"
    return given


def flags():
    """What the processor has, as Linux tells."""
    try:
        with open("/proc/cpuinfo") as file:
            return next((line.split() for line in file if line.startswith("flags")), [])
    except OSError:
        return []


def direct(case, path):
    """Direct sums at some targets, in numpy, for everybody to be held against."""
    x, q = libraries.points(case)
    at = np.sort(np.random.default_rng(2).choice(case["n"], TARGETS, replace=False))
    potential, gradient = np.zeros(TARGETS, q.dtype), np.zeros((TARGETS, 3), q.dtype)
    for i, target in enumerate(at):
        d = x[target] - x
        square = np.einsum("ij,ij->i", d, d)
        square[target] = np.inf
        inverse = 1 / np.sqrt(square)
        value, slope = q * inverse, -q * inverse**3
        if "k" in case:
            r = np.sqrt(np.where(np.isinf(square), 0, square))
            wave = np.exp(1j * case["k"] * r)
            value, slope = value * wave, slope * wave * (1 - 1j * case["k"] * r)
        potential[i], gradient[i] = value.sum(), slope @ d
    np.savez(path, at=at, potential=potential, gradient=gradient)


def measured(library, case, setting, repeat, reference, threads):
    """One process; None where it fails, which is told."""
    words = json.dumps(dict(library=library, case=case, setting=setting, repeat=repeat, reference=reference))
    run = subprocess.run([sys.executable, os.path.join(HERE, "libraries.py"), words], env=environment(threads), capture_output=True, text=True)
    if run.returncode:
        said = run.stderr.strip().splitlines()
        print(f"{library} {setting} failed: {said[-1] if said else run.returncode}", file=sys.stderr)
        return None
    found = json.loads(run.stdout.strip().splitlines()[-1])
    print(f"  {library} {told(setting)}: {', '.join(f'{name} {taken:.3f} s' for name, taken in found['seconds'].items())}, error {found['errors']['potential']:.1e}", file=sys.stderr)
    return found


def cheapest(library, candidates, tolerance, measure):
    """The first of settings, from cheap to dear, that reaches the tolerance; None where none does."""
    for setting in candidates:
        found = measure(library, setting, 1)
        if found and found["errors"]["potential"] <= tolerance:
            return setting
    print(f"{library} reaches {tolerance:.0e} with none of its settings", file=sys.stderr)
    return None


def rows(present, tolerance, measure):
    """Library, setting and note of each row."""
    asked, equal = [], []
    if "fmmengine" in present:
        asked += [("fmmengine", {"tolerance": tolerance}), ("fmmengine.fmm3d", {"eps": tolerance})]
        equal.append(("fmmengine", cheapest("fmmengine", [{"order": p} for p in ORDERS], tolerance, measure)))
    if "fmm3dpy" in present:
        asked.append(("fmm3dpy", {"eps": tolerance}))
        equal.append(("fmm3dpy", cheapest("fmm3dpy", [{"eps": eps} for eps in EPS], tolerance, measure)))
    if "exafmm" in present:
        setting = cheapest("exafmm", [{"p": p, "ncrit": 100} for p in ORDERS], tolerance, measure)
        if setting:
            timed = [(found["seconds"]["warm"], one) for one in ({**setting, "ncrit": ncrit} for ncrit in NCRIT) if (found := measure("exafmm", one, 2))]
            setting = min(timed, key=lambda one: one[0])[1]
        equal.append(("exafmm", setting))
    return [(*row, "as asked") for row in asked] + [(*row, "equal error") for row in equal if row[1] and row not in asked]


def told(setting):
    """A setting as a user writes it."""
    return ", ".join(f"{name}={value:g}" for name, value in setting.items())


def importable(name, threads):
    """Whether a library is there, in a process of its own; told where it is not."""
    run = subprocess.run([sys.executable, "-c", f"import {name}"], env=environment(threads), capture_output=True, text=True)
    if run.returncode:
        print(f"without {name}: {run.stderr.strip().splitlines()[-1]}", file=sys.stderr)
    return run.returncode == 0


def table(name, case, tolerance, options, present):
    """Measures a case and prints it."""
    with tempfile.TemporaryDirectory() as folder:
        reference = os.path.join(folder, "direct.npz")
        direct(case, reference)
        measure = lambda library, setting, repeat: measured(library, case, setting, repeat, reference, options.threads)
        wanted = rows(present, tolerance, measure)
        best = [{} for _ in wanted]
        for _ in range(options.rounds):
            for place, (library, setting, _) in zip(best, wanted):
                found = measure(library, setting, options.repeat)
                if found:
                    place.update(errors=found["errors"], megabytes=min(found["megabytes"], place.get("megabytes", np.inf)))
                    place["seconds"] = {key: min(value, place.get("seconds", {}).get(key, value)) for key, value in found["seconds"].items()}
    wave = f", k = {case['k']:g}, {case['k'] / 2 / np.pi:.1f} wavelengths along the side" if "k" in case else ""
    print(f"\n{name}: {case['n']} points, {case['kernel']}{wave}, tolerance {tolerance:g}\n")
    print("| library | setting | chosen | first s | again s | warm s | error potential | error gradient | peak MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    for place, (library, setting, note) in zip(best, wanted):
        if place:
            seconds = [f"{place['seconds'][key]:.3f}" if key in place["seconds"] else "-" for key in ("first", "again", "warm")]
            errors = [f"{place['errors'][key]:.1e}" for key in ("potential", "gradient")]
            print(f"| {' | '.join([library, told(setting), note, *seconds, *errors, format(place['megabytes'], '.0f')])} |", flush=True)


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", default=list(CASES), metavar="CASE", help=f"out of {', '.join(CASES)}; all without one")
    parser.add_argument("--tolerance", type=float, default=1e-6)
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="of the peers; fmmengine takes the machine's")
    parser.add_argument("--rounds", type=int, default=3, help="processes a row")
    parser.add_argument("--repeat", type=int, default=5, help="later calls in a process")
    options = parser.parse_args()
    if unknown := [name for name in options.cases if name not in CASES]:
        parser.error(f"there is no case {', '.join(unknown)}; take of {', '.join(CASES)}")
    present = [name for name in ("fmmengine", "fmm3dpy", "exafmm") if importable(name, options.threads)]
    if not present:
        sys.exit("none of the libraries can be imported: set PYTHONPATH")
    given = environment(options.threads)
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {options.threads} threads, OPENBLAS_CORETYPE {given.get('OPENBLAS_CORETYPE', 'not set')}; fastest of {options.rounds} processes")
    for name in options.cases:
        table(name, CASES[name], options.tolerance, options, present)


if __name__ == "__main__":
    main()
