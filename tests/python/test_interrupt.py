"""Ctrl+C: a child process that evaluates gets a real SIGINT."""

import os
import signal
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


def child(script):
    """A Python of its own that runs a script and prints to a pipe."""
    return subprocess.Popen([sys.executable, "-u", "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


# Direct sums of 200,000 points: one leaf, so that a call takes half a minute.
LONG = """
    import signal, sys, time
    import numpy as np
    from fmmengine import Fmm
    signal.signal(signal.SIGINT, signal.default_int_handler)
    x, q = np.random.default_rng(1).uniform(size=(200_000, 3)), np.ones(200_000)
"""


class InterruptTests(unittest.TestCase):
    def interrupted(self, script, begun="begun", signals=1):
        """Runs a script, sends SIGINT some time after it has said that it has begun, and returns what it printed after that."""
        process = child(LONG + script)
        try:
            self.assertEqual(process.stdout.readline().strip(), begun)
            for _ in range(signals):
                time.sleep(0.3)
                process.send_signal(signal.SIGINT)
            output, error = process.communicate(timeout=60)
        finally:
            process.kill()
        self.assertEqual(process.returncode, 0, error)
        return output.split("\n")[:-1]

    def test_a_long_evaluation_ends_with_keyboard_interrupt_and_the_solver_goes_on(self):
        for signals in (1, 3):
            with self.subTest(signals=signals):
                said = self.interrupted("""
    with Fmm(order=4, uniform_depth=0, leaf=1_000_000) as fmm:
        fmm.set_points(x)
        print("begun")
        begin = time.perf_counter()
        try:
            fmm.potential(q)
        except KeyboardInterrupt:
            print("interrupted", time.perf_counter() - begin < 5)
        # Signals that come late, as of three in a row, are for this.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with Fmm(order=4) as other:
            right = other.set_points(x[:500]).potential(q[:500])
        print(np.array_equal(fmm.set_points(x[:500]).potential(q[:500]).round(9), right.round(9)))
    """, signals=signals)
                self.assertEqual(said, ["interrupted True", "True"])

    def test_a_long_check_ends_with_keyboard_interrupt(self):
        said = self.interrupted("""
    with Fmm(order=2) as fmm:
        fmm.set_points(x).potential(q)
        print("begun")
        begin = time.perf_counter()
        try:
            fmm.verify(200_000)
        except KeyboardInterrupt:
            print("interrupted", time.perf_counter() - begin < 5)
    """)
        self.assertEqual(said, ["interrupted True"])

    def test_an_exception_of_any_handler_ends_the_call_and_comes_out_of_it(self):
        def handler(number, frame):
            raise TimeoutError("too long")

        points, charges = sums.cloud(100_000), np.ones(100_000)
        before = signal.signal(signal.SIGALRM, handler)
        try:
            with Fmm(order=4, uniform_depth=0, leaf=1_000_000) as fmm:
                fmm.set_points(points)
                signal.setitimer(signal.ITIMER_REAL, 0.2)
                with self.assertRaisesRegex(TimeoutError, "too long"):
                    fmm.potential(charges)
                self.assertEqual(fmm.set_points(points[:100]).potential(charges[:100]).shape, (100,))
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def test_cancel_from_another_thread_ends_the_call(self):
        with Fmm(order=4, uniform_depth=0, leaf=1_000_000) as fmm:
            fmm.set_points(sums.cloud(100_000))
            timer = threading.Timer(0.3, fmm.cancel)
            timer.start()
            with self.assertRaises(fmmengine.CancelledError):
                fmm.potential(np.ones(100_000))
            timer.join()
            fmm.cancel()
            self.assertEqual(fmm.set_points(sums.cloud(100)).potential(np.ones(100)).shape, (100,))

    def test_the_interpreter_runs_on_during_a_call(self):
        counted = []
        stop = threading.Event()

        def count():
            while not stop.is_set():
                counted.append(time.perf_counter())
                time.sleep(0.001)

        # Not the main thread: the call is made on it directly.
        def evaluate():
            with Fmm(order=4, uniform_depth=0, leaf=1_000_000, threads=1) as fmm:
                fmm.set_points(sums.cloud(20_000)).set_charges(np.ones(20_000))
                window.append(time.perf_counter())
                fmm.potential()
                window.append(time.perf_counter())

        window = []
        counter, worker = threading.Thread(target=count), threading.Thread(target=evaluate)
        counter.start()
        worker.start()
        worker.join()
        stop.set()
        counter.join()
        during = [moment for moment in counted if window[0] < moment < window[1]]
        self.assertGreater(len(during), 10, f"a call of {window[1] - window[0]:.3f} s")


if __name__ == "__main__":
    unittest.main()
