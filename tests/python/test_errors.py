"""What is refused: which exception, with which words, and what of it leaves the solver usable."""

import copy
import pickle
import threading
import unittest

import numpy as np

import fmmengine
import sums
from fmmengine import ArgumentError, Fmm


class ErrorTests(unittest.TestCase):
    def test_unknown_names_are_refused_with_those_that_there_are(self):
        with self.assertRaisesRegex(ArgumentError, "laplace"):
            Fmm("coulomb")
        with self.assertRaisesRegex(ArgumentError, "toleranse"):
            Fmm("laplace", toleranse=1e-3)
        with self.assertRaisesRegex(ArgumentError, "compressed"):
            Fmm("laplace", m2l="fast")
        with self.assertRaisesRegex(ArgumentError, "k"):
            Fmm("yukawa")

    def test_values_out_of_range_are_refused(self):
        for options in ({"order": 1}, {"tolerance": 2.0}, {"order": 6, "tolerance": 1e-3}, {"threads": 0}, {"leaf": 0}, {"order": 6.5}, {"tolerance": float("nan")}):
            with self.subTest(options), self.assertRaises(ArgumentError):
                Fmm("laplace", **options)

    def test_a_value_cannot_bring_options_of_its_own(self):
        for value in ("double gradient", "double,gradient", "double\0", "a=b", ""):
            with self.subTest(value), self.assertRaises(ArgumentError):
                Fmm("laplace", precision=value)
        with self.assertRaises(ArgumentError):
            Fmm("yukawa", k=object())
        with self.assertRaises(ArgumentError):
            Fmm(3)

    def test_numbers_of_numpy_are_numbers(self):
        with Fmm("yukawa", k=np.float32(2.5), order=np.int64(5), gradient=np.bool_(True)) as fmm:
            self.assertIn("k=2.5", repr(fmm))
            self.assertIn("order=5 gradient", repr(fmm))
            self.assertEqual(fmm.set_points(sums.cloud(50)).gradient(sums.signs(50)).shape, (50, 3))

    def test_each_status_has_an_exception_that_is_of_a_class_of_python_too(self):
        for error, python in (
            (fmmengine.ArgumentError, ValueError), (fmmengine.ClosedError, ValueError), (fmmengine.BusyError, RuntimeError),
            (fmmengine.StateError, RuntimeError), (fmmengine.KernelError, ValueError), (fmmengine.RangeError, ArithmeticError),
            (fmmengine.ToleranceError, ArithmeticError), (fmmengine.CancelledError, RuntimeError), (fmmengine.NoMemoryError, MemoryError),
            (fmmengine.UnavailableError, RuntimeError), (fmmengine.LibraryMissingError, ImportError), (fmmengine.ForkedError, RuntimeError),
            (fmmengine.InternalError, RuntimeError),
        ):
            self.assertTrue(issubclass(error, python) and issubclass(error, fmmengine.FmmError), error)

    def test_calls_out_of_turn_are_refused(self):
        with Fmm(order=4) as fmm:
            for call in (lambda: fmm.potential(np.ones(10)), lambda: fmm.potential(), lambda: fmm.report, lambda: fmm.verify(10), lambda: fmm.operator()):
                with self.assertRaises(fmmengine.StateError):
                    call()
            with self.assertRaises(fmmengine.FmmError):
                fmm.move_points(sums.cloud(10))
            with self.assertRaisesRegex(fmmengine.StateError, "gradient=True"):
                fmm.set_points(sums.cloud(10)).gradient(np.ones(10))

    def test_a_refused_call_changes_nothing(self):
        points, charges = sums.cloud(200), sums.signs(200)
        with Fmm(order=5) as fmm:
            right = fmm.set_points(points).potential(charges)
            for call in (
                lambda: fmm.set_points(np.zeros((0, 3))), lambda: fmm.set_points(np.full((5, 3), np.inf)), lambda: fmm.move_points(points[:-1]),
                lambda: fmm.set_points(points, np.zeros((3, 2))), lambda: fmm.potential(charges[:-1]), lambda: fmm.verify(0),
            ):
                with self.assertRaises(fmmengine.FmmError):
                    call()
                self.assertEqual((fmm.sources, fmm.targets), (200, 200))
            np.testing.assert_array_equal(fmm.potential(charges), right)

    def test_a_tolerance_that_is_missed_is_an_error_where_it_is_required(self):
        points = sums.cloud(300)
        points[1] = points[0] + 1e-9
        charges = np.zeros(300)
        # Two that almost cancel, read far away: no digits are left there.
        charges[:2] = 1, -1 - 1e-16
        with Fmm("laplace", tolerance=1e-13, require_tolerance=True, leaf=10) as fmm:
            fmm.set_points(points[:2], points[2:])
            with self.assertRaises(fmmengine.ToleranceError):
                fmm.potential(charges[:2])

    def test_a_field_beyond_the_range_of_numbers_is_an_error(self):
        with Fmm("laplace", order=4) as fmm:
            fmm.set_points(np.array([[0, 0, 0], [1e-300, 0, 0.0]]))
            with self.assertRaises(fmmengine.RangeError):
                fmm.potential(np.array([1e300, 1e300]))

    def test_a_closed_solver_says_so(self):
        fmm = Fmm(order=4).set_points(sums.cloud(10))
        fmm.close()
        fmm.close()
        self.assertTrue(fmm.closed)
        self.assertIn("closed", repr(fmm))
        for call in (lambda: fmm.potential(np.ones(10)), lambda: fmm.set_points(sums.cloud(5)), lambda: fmm.report, fmm.cancel, fmm.__enter__):
            with self.assertRaisesRegex(fmmengine.ClosedError, "closed"):
                call()

    def test_the_context_closes_after_an_error_too(self):
        with self.assertRaises(ZeroDivisionError), Fmm(order=4) as fmm:
            raise ZeroDivisionError
        self.assertTrue(fmm.closed)

    def test_copies_and_pickles_are_refused(self):
        with Fmm(order=4) as fmm:
            for call in (copy.copy, copy.deepcopy, pickle.dumps):
                with self.assertRaisesRegex(TypeError, "make one in each process"):
                    call(fmm)

    def test_an_exception_of_the_progress_callback_comes_out_of_the_call(self):
        def stop(*what):
            raise KeyError("enough")

        with Fmm(order=4) as fmm:
            fmm.set_points(sums.cloud(500)).set_progress(stop)
            with self.assertRaisesRegex(KeyError, "enough"):
                fmm.potential(sums.signs(500))
            fmm.set_progress(lambda *what: True)
            with self.assertRaises(fmmengine.CancelledError):
                fmm.potential(sums.signs(500))
            fmm.set_progress(None)
            self.assertEqual(fmm.potential(sums.signs(500)).shape, (500,))

    def test_a_second_call_while_one_runs_is_refused(self):
        outcome = []

        def told(*what):
            if not outcome:
                try:
                    fmm.potential(sums.signs(500))
                except fmmengine.FmmError as fault:
                    outcome.append(fault)

        with Fmm(order=4) as fmm:
            fmm.set_points(sums.cloud(500)).set_progress(told)
            fmm.potential(sums.signs(500))
        self.assertIsInstance(outcome[0], fmmengine.BusyError)

    def test_texts_are_of_the_thread_that_failed(self):
        texts = {}

        def fail(name):
            for _ in range(200):
                try:
                    Fmm(name)
                except ArgumentError as fault:
                    texts.setdefault(name, set()).add(str(fault))

        threads = [threading.Thread(target=fail, args=(name,)) for name in ("first", "second", "third")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for name in ("first", "second", "third"):
            self.assertEqual(len(texts[name]), 1)
            self.assertIn(name, next(iter(texts[name])))


if __name__ == "__main__":
    unittest.main()
