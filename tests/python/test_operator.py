"""The potentials as a linear operator of scipy."""

import subprocess
import sys
import unittest

import numpy as np

import fmmengine
import sums
from fmmengine import Fmm

try:
    from scipy.sparse.linalg import LinearOperator, gmres
except ImportError:
    gmres = None


@unittest.skipIf(gmres is None, "scipy is not here: apt-get install -y python3-scipy")
class OperatorTests(unittest.TestCase):
    def setUp(self):
        self.points = sums.cloud(400)

    def test_a_product_is_the_potential(self):
        with Fmm(order=5, leaf=40) as fmm:
            matrix = fmm.set_points(self.points).operator()
            x = sums.signs(400)
            self.assertIsInstance(matrix, LinearOperator)
            self.assertEqual((matrix.shape, matrix.dtype), ((400, 400), np.float64))
            np.testing.assert_array_equal(matrix @ x, fmm.potential(x))
            np.testing.assert_array_equal(matrix @ x[:, None], fmm.potential(x)[:, None])
            np.testing.assert_array_equal(matrix @ x.astype(np.float32), fmm.potential(x.astype(np.float32)))

    def test_it_is_the_same_linear_map_each_time(self):
        with Fmm(tolerance=1e-4, leaf=40) as fmm:
            matrix = fmm.set_points(self.points).operator()
            x, y = sums.signs(2, 400)
            first = matrix @ x
            np.testing.assert_allclose(matrix @ (x + 3 * y), first + 3 * (matrix @ y), rtol=0, atol=1e-12)
            np.testing.assert_array_equal(matrix @ x, first)

    def test_several_columns_are_one_evaluation(self):
        with Fmm(order=5, leaf=40) as fmm:
            matrix = fmm.set_points(self.points, self.points[:50]).operator()
            x = sums.signs(400, 3)
            for columns in (x, np.asfortranarray(x)):
                product = matrix @ columns
                self.assertEqual((product.shape, fmm.report["vectors"]), ((50, 3), 3))
                for i in range(3):
                    np.testing.assert_allclose(product[:, i], matrix @ x[:, i], rtol=0, atol=1e-12)

    def test_numbers_of_a_point_stand_together(self):
        with Fmm("stokes", order=4, leaf=40) as fmm:
            matrix = fmm.set_points(self.points, self.points[:50]).operator()
            forces = sums.signs(400, 3)
            self.assertEqual(matrix.shape, (150, 1200))
            np.testing.assert_array_equal((matrix @ forces.ravel()).reshape(50, 3), fmm.potential(forces))
            columns = np.stack((forces.ravel(), 2 * forces.ravel()), axis=1)
            np.testing.assert_allclose((matrix @ columns)[:, 1], 2 * (matrix @ columns)[:, 0], rtol=1e-12)

    def test_complex_kernels_are_complex_operators(self):
        with Fmm("helmholtz", k=3, order=5, leaf=40) as fmm:
            matrix = fmm.set_points(self.points).operator()
            x = sums.signs(400) + 1j * sums.signs(400, seed=5)
            self.assertEqual((matrix.shape, matrix.dtype), ((400, 400), np.complex128))
            np.testing.assert_array_equal(matrix @ x, fmm.potential(x))

    def test_products_with_the_transpose_are_those_of_the_matrix_written_out(self):
        for kernel, options in (("laplace", {}), ("yukawa", {"k": 2}), ("helmholtz", {"k": 2}), ("damped-helmholtz", {"k": 2, "decay": 1}),
                                ("gravity", {"length": 0.02}), ("stokes", {}), ("biot-savart", {})):
            with self.subTest(kernel), Fmm(kernel, order=4, leaf=40, **options) as fmm:
                matrix = fmm.set_points(self.points[:120]).operator(diagonal=2 + 1j if kernel == "helmholtz" else 2)
                dense = matrix @ np.eye(matrix.shape[0])
                y = sums.signs(matrix.shape[0]) + (1j * sums.signs(matrix.shape[0], seed=5) if matrix.dtype == complex else 0)
                # The expansions of an order are no more symmetric than they are exact.
                self.assertLess(sums.error(matrix.rmatvec(y), dense.conj().T @ y), 1e-3)
                self.assertLess(sums.error(matrix.H @ y, dense.conj().T @ y), 1e-3)
                self.assertLess(sums.error(matrix.T @ y, dense.T @ y), 1e-3)

    def test_there_is_no_transpose_of_others(self):
        with Fmm("laplace-dipole", order=4) as fmm, self.assertRaisesRegex(NotImplementedError, "gmres"):
            fmm.set_points(self.points).operator().rmatvec(np.ones(400))
        with Fmm(order=4) as fmm, self.assertRaisesRegex(NotImplementedError, "targets are the sources"):
            fmm.set_points(self.points, self.points[:50]).operator().rmatvec(np.ones(50))

    def test_a_diagonal_is_added(self):
        x = sums.signs(400)
        with Fmm(order=5, leaf=40) as fmm:
            plain = fmm.set_points(self.points).operator()
            diagonal = sums.signs(400, seed=8)
            np.testing.assert_array_equal(fmm.operator(diagonal=3) @ x, plain @ x + 3 * x)
            np.testing.assert_array_equal(fmm.operator(diagonal=diagonal) @ x, plain @ x + diagonal * x)
            complex_one = fmm.operator(diagonal=1j)
            self.assertEqual(complex_one.dtype, np.complex128)
            np.testing.assert_allclose(complex_one @ (x + 2j * x), (1 + 2j) * (plain @ x + 1j * x), rtol=1e-12, atol=1e-12)
            with self.assertRaises(fmmengine.ArgumentError):
                fmm.operator(diagonal=np.ones(399))
            with self.assertRaises(fmmengine.ArgumentError):
                fmm.set_points(self.points, self.points[:5]).operator(diagonal=1)

    def test_other_points_are_another_operator(self):
        with Fmm(order=5) as fmm:
            matrix = fmm.set_points(self.points).operator()
            fmm.set_points(self.points[:-1])
            with self.assertRaisesRegex(fmmengine.StateError, "another operator"):
                matrix @ np.ones(400)

    def test_gmres_solves_an_equation(self):
        with Fmm(order=8, leaf=40) as fmm:
            matrix = fmm.set_points(self.points).operator(diagonal=50)
            x, info = gmres(matrix, np.ones(400))
            self.assertEqual(info, 0)
            dense = sums.pairs(self.points, self.points)[1] / (4 * np.pi) + 50 * np.eye(400)
            self.assertLess(sums.error(x, np.linalg.solve(dense, np.ones(400))), 1e-4)


class ImportTests(unittest.TestCase):
    def test_scipy_is_imported_when_an_operator_is_asked_for_and_not_before(self):
        script = "import sys, fmmengine, fmmengine.fmm3d; fmmengine.Fmm(order=4).close(); sys.exit('scipy' in sys.modules)"
        self.assertEqual(subprocess.run([sys.executable, "-c", script]).returncode, 0)


if __name__ == "__main__":
    unittest.main()
