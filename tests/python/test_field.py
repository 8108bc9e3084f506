"""Fields against direct sums, and their shapes."""

import itertools
import unittest

import numpy as np

import fmmengine
import sums
from fmmengine import Fmm

# Targets of direct sums.
FEW = 300


class FieldTests(unittest.TestCase):
    def setUp(self):
        self.points, self.charges = sums.cloud(3000), sums.signs(3000)

    def test_potential_gradient_and_hessian_are_those_of_direct_sums(self):
        with Fmm("laplace", tolerance=1e-8, gradient=True, hessian=True, leaf=60) as fmm:
            field = fmm.set_points(self.points).evaluate(self.charges)
        exact = sums.laplace(self.points, self.points[:FEW], self.charges)
        self.assertEqual([part.shape for part in field], [(3000,), (3000, 3), (3000, 6)])
        for found, right, bound in zip(field, exact, (1e-8, 1e-6, 1e-5)):
            self.assertLess(sums.error(found[:FEW], right), bound)

    def test_targets_may_differ_from_sources(self):
        targets = sums.cloud(700, seed=5)
        with Fmm(tolerance=1e-6, leaf=60) as fmm:
            fmm.set_points(self.points, targets)
            self.assertEqual((fmm.sources, fmm.targets), (3000, 700))
            potential = fmm.potential(self.charges)
        self.assertLess(sums.error(potential, sums.laplace(self.points, targets, self.charges)[0]), 1e-6)

    def test_parameters_of_a_kernel_are_keywords(self):
        with Fmm("yukawa", k=3.0, order=8, leaf=60) as fmm:
            potential = fmm.set_points(self.points).potential(self.charges)
        inverse = sums.pairs(self.points, self.points[:FEW])[1]
        r = np.divide(1, inverse, out=np.zeros_like(inverse), where=inverse > 0)
        self.assertLess(sums.error(potential[:FEW], (np.exp(-3 * r) * inverse) @ self.charges / (4 * np.pi)), 1e-6)

    def test_complex_kernels_take_and_give_complex_numbers(self):
        charges = self.charges + 1j * sums.signs(3000, seed=7)
        with Fmm("helmholtz", k=5, tolerance=1e-6, gradient=True, leaf=60) as fmm:
            field = fmm.set_points(self.points).evaluate(charges)
        exact = sums.helmholtz(5, self.points, self.points[:FEW], charges)
        self.assertEqual([field.potential.dtype, field.potential.shape, field.gradient.shape], [np.complex128, (3000,), (3000, 3)])
        self.assertLess(sums.error(field.potential[:FEW], exact[0]), 1e-6)
        self.assertLess(sums.error(field.gradient[:FEW], exact[1]), 1e-4)

    def test_real_charges_of_a_complex_kernel_have_no_imaginary_part(self):
        with Fmm("helmholtz", k=5, order=6) as fmm:
            fmm.set_points(self.points)
            self.assertTrue(np.array_equal(fmm.potential(self.charges), fmm.potential(self.charges.astype(complex))))

    def test_kernels_of_vectors_have_an_axis_of_components(self):
        forces = sums.signs(3000, 3)
        with Fmm("stokes", mu=1.0, order=5, gradient=True, leaf=60) as fmm:
            field = fmm.set_points(self.points).evaluate(forces)
        self.assertEqual([field.potential.shape, field.gradient.shape], [(3000, 3), (3000, 3, 3)])
        self.assertLess(sums.error(field.potential[:FEW], sums.stokes(self.points, self.points[:FEW], forces)), 1e-4)
        # Stokes flow has no sources: the trace of its gradient is 0.
        trace = np.einsum("ikk->i", field.gradient)
        self.assertLess(np.linalg.norm(trace), 1e-3 * np.linalg.norm(field.gradient))

    def test_several_charge_vectors_give_what_each_gives_alone(self):
        for kernel, options, shape in (("laplace", {}, ()), ("stokes", {}, (3,)), ("helmholtz", {"k": 3.0}, ())):
            charges = sums.signs(4, 3000, *shape)
            if kernel == "helmholtz":
                charges = charges + 1j * sums.signs(4, 3000, seed=9)
            with self.subTest(kernel), Fmm(kernel, order=4, gradient=True, leaf=60, **options) as fmm:
                fmm.set_points(self.points)
                together = fmm.evaluate(charges)
                self.assertEqual(together.gradient.shape, (4, 3000) + shape + (3,))
                for i in range(4):
                    alone = fmm.evaluate(charges[i])
                    np.testing.assert_allclose(together.potential[i], alone.potential, rtol=0, atol=1e-12 * np.abs(alone.potential).max())
                    np.testing.assert_allclose(together.gradient[i], alone.gradient, rtol=0, atol=1e-12 * np.abs(alone.gradient).max())

    def test_one_vector_with_its_axis_keeps_it(self):
        with Fmm(order=6) as fmm:
            fmm.set_points(self.points)
            np.testing.assert_array_equal(fmm.potential(self.charges[None]), fmm.potential(self.charges)[None])

    def test_few_points_and_vectors_are_not_taken_for_each_other(self):
        for kernel, options in (("laplace", {}), ("stokes", {}), ("helmholtz", {"k": 2.0})):
            each = (3,) if kernel == "stokes" else ()
            with Fmm(kernel, order=4, gradient=True, **options) as fmm:
                for vectors, sources, targets in itertools.product((0, 1, 2, 3), (1, 2, 3), (1, 2, 3)):
                    x, y, q = sums.cloud(sources), sums.cloud(targets, seed=6), sums.signs(*((vectors,) if vectors else ()), sources, *each)
                    with self.subTest(kernel, vectors=vectors, sources=sources, targets=targets):
                        field = fmm.set_points(x, y).evaluate(q)
                        self.assertEqual(field.gradient.shape, q.shape[:1 if vectors else 0] + (targets,) + each + (3,))
                        for found, one in zip(field.potential if vectors else [field.potential], q if vectors else [q]):
                            exact = sums.stokes(x, y, one) if each else sums.helmholtz(2.0, x, y, one)[0] if options else sums.laplace(x, y, one)[0]
                            np.testing.assert_allclose(found, exact, rtol=1e-9)

    def test_kept_charges_serve_evaluations_without_any(self):
        with Fmm(order=6) as fmm:
            fmm.set_points(self.points).set_charges(self.charges)
            first = fmm.potential()
            np.testing.assert_array_equal(first, fmm.potential(self.charges))
            several = sums.signs(2, 3000).astype(np.float32)
            again = fmm.potential(several)
            np.testing.assert_array_equal(again, fmm.potential())
            self.assertEqual((again.dtype, fmm.potential().dtype), (np.float32, np.float32))

    def test_moved_points_keep_their_charges_and_new_points_do_not(self):
        moved = self.points + 0.001 * sums.signs(3000, 3)
        with Fmm(order=8, leaf=60) as fmm:
            fmm.set_points(self.points).potential(self.charges)
            found = fmm.move_points(moved).potential()
            self.assertLess(sums.error(found[:FEW], sums.laplace(moved, moved[:FEW], self.charges)[0]), 1e-6)
            fmm.set_points(self.points)
            with self.assertRaises(fmmengine.StateError):
                fmm.potential()

    def test_gradient_and_potential_alone_are_those_of_evaluate(self):
        with Fmm(order=6, gradient=True) as fmm:
            field = fmm.set_points(self.points).evaluate(self.charges)
            np.testing.assert_array_equal(fmm.potential(), field.potential)
            np.testing.assert_array_equal(fmm.gradient(), field.gradient)
            self.assertIsNone(field.hessian)

    def test_single_precision_of_the_loops_is_asked_for_by_name(self):
        with Fmm(order=6, precision="single", leaf=60) as fmm:
            potential = fmm.set_points(self.points).potential(self.charges)
            self.assertEqual(fmm.report["precision"], "single")
        error = sums.error(potential[:FEW], sums.laplace(self.points, self.points[:FEW], self.charges)[0])
        self.assertTrue(1e-9 < error < 1e-4, error)

    def test_the_field_has_the_same_bits_for_any_number_of_threads(self):
        fields = []
        for threads in (1, 2, 3):
            with Fmm(order=6, threads=threads, leaf=60) as fmm:
                fields.append(fmm.set_points(self.points).potential(self.charges))
        np.testing.assert_array_equal(fields[0], fields[1])
        np.testing.assert_array_equal(fields[0], fields[2])

    def test_a_box_that_repeats_has_the_field_of_its_images(self):
        charges = self.charges - self.charges.mean()
        with Fmm(order=8, periodic="xyz", box=1.0) as fmm:
            potential = fmm.set_points(self.points).potential(charges)
        with Fmm(order=8, periodic="xyz", box=(1, 1, 1), box_origin=(0.5, 0, 0)) as fmm:
            shifted = fmm.set_points(self.points).potential(charges)
        self.assertLess(np.abs(potential - potential.mean() - shifted + shifted.mean()).max(), 1e-5 * np.abs(potential).max())

    def test_verify_tells_the_error_of_the_last_fields(self):
        targets = self.points[:FEW]
        with Fmm(order=6, gradient=True, leaf=60) as fmm:
            field = fmm.set_points(self.points, targets).evaluate(self.charges)
            errors = fmm.verify(FEW)
        exact = sums.laplace(self.points, targets, self.charges)
        self.assertAlmostEqual(errors.potential / sums.error(field.potential, exact[0]), 1, places=2)
        self.assertAlmostEqual(errors.gradient / sums.error(field.gradient, exact[1]), 1, places=2)
        self.assertGreaterEqual(errors.potential_worst, 0)
        self.assertTrue(np.isnan(errors.hessian))

    def test_the_report_tells_what_ran(self):
        with Fmm("yukawa", k=2.5, tolerance=1e-4) as fmm:
            fmm.set_points(self.points).potential(self.charges)
            report = fmm.report
        self.assertEqual((report["kernel"], report["sources"]), ("yukawa", 3000))

    def test_progress_is_told_of_each_system_that_ends(self):
        told = []
        with Fmm(order=4) as fmm:
            fmm.set_points(self.points)
            fmm.set_progress(lambda *what: told.append(what))
            fmm.potential(self.charges)
            count = len(told)
            fmm.set_progress(None)
            fmm.potential(self.charges)
        system, done, total = told[-1]
        self.assertTrue(isinstance(system, str) and system)
        self.assertEqual(done, total)
        self.assertEqual(len(told), count)


if __name__ == "__main__":
    unittest.main()
