"""Threads, forked children, spawned children, and solvers that end in odd moments."""

import gc
import multiprocessing
import os
import subprocess
import sys
import textwrap
import threading
import time
import unittest

import numpy as np

import fmmengine
import sums
from fmmengine import Fmm


def field_of(seed):
    """The potentials of a cloud; for children of multiprocessing."""
    with Fmm(order=5) as fmm:
        return fmm.set_points(sums.cloud(2000, seed)).potential(sums.signs(2000))


class ThreadTests(unittest.TestCase):
    def test_two_threads_with_a_solver_each_give_what_each_gives_alone(self):
        found = {}

        def work(seed):
            for _ in range(5):
                found.setdefault(seed, []).append(field_of(seed))

        threads = [threading.Thread(target=work, args=(seed,)) for seed in (1, 2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for seed in (1, 2):
            alone = field_of(seed)
            self.assertEqual(len(found[seed]), 5)
            for field in found[seed]:
                np.testing.assert_array_equal(field, alone)

    def test_closing_a_solver_that_another_thread_uses_is_refused_and_harmless(self):
        with Fmm(order=4, uniform_depth=0, leaf=1_000_000) as fmm:
            fmm.set_points(sums.cloud(100_000))
            outcome = []

            def evaluate():
                try:
                    fmm.potential(np.ones(100_000))
                except fmmengine.CancelledError as fault:
                    outcome.append(fault)

            begun = threading.Event()
            fmm.set_progress(lambda *what: begun.set())
            thread = threading.Thread(target=evaluate)
            thread.start()
            begun.wait()
            for call in (fmm.close, lambda: fmm.potential(np.ones(100_000)), lambda: fmm.report):
                with self.assertRaises(fmmengine.BusyError):
                    call()
            self.assertFalse(fmm.closed)
            fmm.cancel()
            thread.join()
            self.assertEqual(len(outcome), 1)

    def test_a_solver_that_is_forgotten_gives_its_memory_back(self):
        def resident():
            with open("/proc/self/statm") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

        points = sums.cloud(100_000)
        for turn in range(12):
            Fmm(order=4).set_points(points).potential(np.ones(100_000))
            gc.collect()
            if turn == 3:
                warm = resident()
        self.assertLess(resident(), warm + 60)

    def test_a_solver_that_is_left_to_the_end_of_the_interpreter_is_no_fault(self):
        script = """
            import numpy as np, fmmengine, threading
            fmm = fmmengine.Fmm(order=4).set_points(np.random.rand(30_000, 3))
            fmm.potential(np.ones(30_000))
            class Late:
                def __del__(self): self.fmm = fmm
            late = Late()
            print("end")
            """
        done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stdout.strip(), done.stderr), (0, "end", ""))


class ProcessTests(unittest.TestCase):
    def test_a_forked_child_is_told_so_and_does_not_hang(self):
        points = sums.cloud(500)
        fmm = Fmm(order=4).set_points(points)
        right = fmm.potential(np.ones(500))
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            said = []
            for call in (lambda: fmm.potential(np.ones(500)), lambda: Fmm(order=4), fmm.close):
                try:
                    call()
                    said.append("no error")
                except fmmengine.ForkedError as fault:
                    said.append("forked" if "fork" in str(fault) else str(fault))
                except BaseException as fault:
                    said.append(repr(fault))
            os.write(write, " ".join(said).encode())
            os._exit(0)
        os.close(write)
        end = time.monotonic() + 20
        while os.waitpid(child, os.WNOHANG) == (0, 0):
            if time.monotonic() > end:
                os.kill(child, 9)
                os.waitpid(child, 0)
                self.fail("the child hangs")
            time.sleep(0.01)
        self.assertEqual(os.read(read, 1000).decode(), "forked forked forked")
        os.close(read)
        # The parent has not noticed.
        np.testing.assert_array_equal(fmm.potential(np.ones(500)), right)
        fmm.close()

    def test_spawned_children_have_the_library_of_their_own(self):
        with multiprocessing.get_context("spawn").Pool(2) as pool:
            fields = pool.map(field_of, [1, 2])
        for seed, field in zip((1, 2), fields):
            np.testing.assert_array_equal(field, field_of(seed))

    def test_a_child_that_is_forked_before_the_first_call_may_use_the_library(self):
        script = """
            import os, sys
            import numpy as np, fmmengine
            child = os.fork()
            with fmmengine.Fmm(order=4) as fmm:
                value = fmm.set_points(np.array([[0, 0, 0], [0, 0, 1.0]])).potential([1, 1])[0] * 4 * np.pi
            if child == 0:
                os._exit(0 if abs(value - 1) < 1e-9 else 1)
            sys.exit(os.waitpid(child, 0)[1])
            """
        self.assertEqual(subprocess.run([sys.executable, "-c", textwrap.dedent(script)], timeout=60).returncode, 0)


if __name__ == "__main__":
    unittest.main()
