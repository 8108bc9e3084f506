"""The measurement beside other libraries (perf/python) holds the package against direct sums of its own."""

import contextlib
import io
import os
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[2] / "perf" / "python"))

import beside
import libraries


class BesideTests(unittest.TestCase):
    def measured(self, case, library, setting):
        with tempfile.TemporaryDirectory() as folder:
            reference = os.path.join(folder, "direct.npz")
            beside.direct(case, reference)
            return libraries.measure(library, case, setting, 1, reference)

    def test_laplace_is_measured_with_errors_and_all_three_times(self):
        found = self.measured({"kernel": "laplace", "n": 3000}, "fmmengine", {"order": 6, "leaf": 60})
        self.assertEqual(set(found["seconds"]), {"first", "again", "warm"})
        self.assertLess(found["errors"]["potential"], 1e-5)
        self.assertLess(found["errors"]["gradient"], 1e-4)
        self.assertGreater(found["errors"]["potential"], 1e-9)

    def test_helmholtz_is_measured_in_the_shapes_of_fmm3d_which_keep_no_tree(self):
        found = self.measured({"kernel": "helmholtz", "n": 3000, "k": 5.0}, "fmmengine.fmm3d", {"eps": 1e-4})
        self.assertEqual(set(found["seconds"]), {"first", "again"})
        self.assertLess(found["errors"]["potential"], 1e-4)
        self.assertLess(found["errors"]["gradient"], 1e-3)

    def test_constant_factors_and_signs_of_other_formulas_count_for_nothing_and_errors_do(self):
        exact = np.arange(1.0, 10)
        self.assertLess(libraries.relative(-exact / (4 * np.pi), exact), 1e-15)
        self.assertAlmostEqual(libraries.relative(exact + 1e-3 * np.linalg.norm(exact) / 3, exact), 1e-3, places=6)

    def test_the_cheapest_setting_within_the_tolerance_is_taken_and_none_where_none_is(self):
        errors = {4: 1e-3, 5: 1e-5, 6: 1e-7, 7: 1e-8}
        measure = lambda library, setting, repeat: {"errors": {"potential": errors[setting["order"]]}}
        candidates = [{"order": p} for p in errors]
        self.assertEqual(beside.cheapest("fmmengine", candidates, 1e-6, measure), {"order": 6})
        with contextlib.redirect_stderr(io.StringIO()):
            self.assertIsNone(beside.cheapest("fmmengine", candidates, 1e-9, measure))
