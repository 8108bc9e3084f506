"""Arrays as they lie: orders, precisions, strides, and what is refused."""

import unittest

import numpy as np

import sums
from fmmengine import ArgumentError, Fmm


def layouts(array):
    """The same numbers in memory of several orders."""
    wide = np.full(tuple(2 * length for length in array.shape), np.nan, array.dtype)
    view = wide[tuple(slice(None, None, 2) for _ in array.shape)]
    view[...] = array
    record = np.zeros(array.shape, np.dtype([("flag", "i1"), ("value", array.dtype)]))["value"]
    record[...] = array
    frozen = array.copy()
    frozen.flags.writeable = False
    return {
        "C order": np.ascontiguousarray(array), "Fortran order": np.asfortranarray(array), "every second": view, "backwards": array[::-1].copy()[::-1],
        "odd bytes": record, "read-only": frozen,
    }


class InputTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.points, cls.charges = sums.cloud(1500), sums.signs(1500)
        cls.fmm = Fmm(order=6, gradient=True).set_points(cls.points)
        cls.field = cls.fmm.evaluate(cls.charges)

    @classmethod
    def tearDownClass(cls):
        cls.fmm.close()

    def test_points_of_any_order_give_the_same_bits(self):
        for name, points in layouts(self.points).items():
            with self.subTest(name), Fmm(order=6, gradient=True) as fmm:
                np.testing.assert_array_equal(fmm.set_points(points).potential(self.charges), self.field.potential)

    def test_charges_of_any_order_give_the_same_bits(self):
        for name, charges in layouts(self.charges).items():
            with self.subTest(name):
                np.testing.assert_array_equal(self.fmm.potential(charges), self.field.potential)

    def test_columns_of_a_table_are_taken_where_they_are(self):
        table = np.concatenate((self.charges[:, None], self.points, self.charges[:, None]), axis=1)
        with Fmm(order=6, gradient=True) as fmm:
            np.testing.assert_array_equal(fmm.set_points(table[:, 1:4]).potential(table[:, 4]), self.field.potential)

    def test_single_precision_arrays_are_what_their_numbers_are_in_double(self):
        points, charges = self.points.astype(np.float32), self.charges.astype(np.float32)
        with Fmm(order=6, gradient=True) as fmm:
            single = fmm.set_points(points).potential(charges)
            double = fmm.set_points(points.astype(float)).potential(charges.astype(float))
        self.assertEqual((single.dtype, double.dtype), (np.float32, np.float64))
        np.testing.assert_array_equal(single, double.astype(np.float32))

    def test_other_numbers_are_converted(self):
        whole = np.arange(1500) % 7
        right = self.fmm.potential(whole.astype(float))
        for charges in (whole, whole.astype(">f8"), whole.tolist(), whole.astype(np.float16), whole.astype(np.longdouble), whole.astype(np.uint8)):
            np.testing.assert_array_equal(self.fmm.potential(charges), right)

    def test_complex_charges_of_any_order_give_the_same_bits(self):
        charges = self.charges + 1j * sums.signs(1500, seed=3)
        with Fmm("helmholtz", k=2, order=5) as fmm:
            right = fmm.set_points(self.points).potential(charges)
            for name, layout in layouts(charges).items():
                with self.subTest(name):
                    np.testing.assert_array_equal(fmm.potential(layout), right)
            self.assertEqual(fmm.potential(charges.astype(np.complex64)).dtype, np.complex64)
            self.assertEqual(fmm.potential(self.charges.astype(np.float32)).dtype, np.complex64)

    def test_inputs_are_left_as_they_are(self):
        points, charges = self.points.copy(), self.charges.copy()
        with Fmm(order=6, gradient=True) as fmm:
            fmm.set_points(points).potential(charges)
        np.testing.assert_array_equal(points, self.points)
        np.testing.assert_array_equal(charges, self.charges)

    def test_the_points_are_not_looked_at_again(self):
        points = self.points.copy()
        with Fmm(order=6, gradient=True) as fmm:
            fmm.set_points(points)
            points[:] = np.nan
            np.testing.assert_array_equal(fmm.potential(self.charges), self.field.potential)

    def test_wrong_shapes_are_refused_with_the_remedy(self):
        for points, words in ((self.points.T, "points.T"), (self.points.ravel(), r"reshape points to \(N, 3\)"), (self.points[:, :2], "reshape")):
            with self.subTest(words), self.assertRaisesRegex(ArgumentError, words):
                self.fmm.set_points(points)
        for charges, words in (
            (self.charges[:-1], r"\(1499,\), but \(1500,\) is asked for"), (self.charges[:, None], "ravel"), (self.points, r"\(V, 1500\)"),
            (np.zeros((0, 1500)), r"\(0, 1500\)"), (1.0, r"\(\)"), (self.charges.reshape(1, 1, 1500), r"\(1, 1, 1500\)"),
        ):
            with self.subTest(words), self.assertRaisesRegex(ArgumentError, words):
                self.fmm.potential(charges)
        with Fmm("stokes") as fmm, self.assertRaisesRegex(ArgumentError, "charges.T"):
            fmm.set_points(self.points).potential(self.points.T)

    def test_what_is_no_real_number_is_refused(self):
        for values, words in ((self.charges.astype(complex), "complex"), (self.charges.astype(str), "no numbers"), (self.charges.astype(object), "no numbers")):
            with self.subTest(words), self.assertRaisesRegex(ArgumentError, words):
                self.fmm.potential(values)
        with self.assertRaises(ArgumentError):
            self.fmm.set_points(self.points.astype(complex))

    def test_numbers_that_are_not_finite_are_refused_and_change_nothing(self):
        for array, call in ((self.points, self.fmm.set_points), (self.charges, self.fmm.potential)):
            wrong = array.copy()
            wrong.flat[10] = np.nan
            with self.assertRaises(ArgumentError):
                call(wrong)
        np.testing.assert_array_equal(self.fmm.potential(self.charges), self.field.potential)


class OutputTests(unittest.TestCase):
    def setUp(self):
        self.points, self.charges = sums.cloud(1500), sums.signs(1500)
        self.fmm = Fmm(order=6, gradient=True).set_points(self.points)
        self.field = self.fmm.evaluate(self.charges)

    def tearDown(self):
        self.fmm.close()

    def test_fields_are_written_where_out_lies(self):
        for name, out in layouts(np.zeros((1500, 3))).items():
            if name == "read-only":
                continue
            with self.subTest(name):
                self.assertIs(self.fmm.gradient(self.charges, out=out), out)
                np.testing.assert_array_equal(out, self.field.gradient)

    def test_out_may_be_of_the_other_precision(self):
        out = np.empty(1500, np.float32)
        self.fmm.potential(self.charges, out=out)
        np.testing.assert_array_equal(out, self.field.potential.astype(np.float32))
        double = np.empty(1500)
        self.fmm.potential(self.charges.astype(np.float32), out=double)
        self.assertLess(sums.error(double, self.field.potential), 1e-6)

    def test_potential_and_gradient_may_be_columns_of_one_table(self):
        table = np.full((1500, 5), 7.0)
        field = self.fmm.evaluate(self.charges, out=(table[:, 0], table[:, 1:4]))
        self.assertTrue(np.shares_memory(field.gradient, table))
        np.testing.assert_array_equal(table[:, 0], self.field.potential)
        np.testing.assert_array_equal(table[:, 1:4], self.field.gradient)
        self.assertTrue(np.all(table[:, 4] == 7))

    def test_the_charges_own_memory_may_receive_the_potentials(self):
        charges = self.charges.copy()
        self.fmm.potential(charges, out=charges)
        np.testing.assert_array_equal(charges, self.field.potential)
        both = np.zeros((2, 1500))
        both[0] = self.charges
        self.fmm.potential(both, out=both[::-1])
        np.testing.assert_array_equal(both[1], self.field.potential)

    def test_complex_fields_are_written_where_out_lies(self):
        charges = self.charges + 1j * sums.signs(1500, seed=3)
        with Fmm("helmholtz", k=2, order=5, gradient=True) as fmm:
            field = fmm.set_points(self.points).evaluate(charges)
            out = np.zeros((1500, 4), np.complex128, order="F")
            fmm.evaluate(charges, out=(out[:, 3], out[:, :3]))
            np.testing.assert_array_equal(out[:, 3], field.potential)
            np.testing.assert_array_equal(out[:, :3], field.gradient)
            with self.assertRaisesRegex(ArgumentError, "complex128"):
                fmm.potential(charges, out=np.zeros(1500))

    def test_outputs_that_cannot_be_written_are_refused(self):
        frozen = np.zeros(1500)
        frozen.flags.writeable = False
        for out, words in (
            (frozen, "read-only"), (np.zeros(1499), r"\(1499,\)"), (np.zeros(1500, int), "int64"), ([0.0] * 1500, "list"),
            (np.lib.stride_tricks.as_strided(np.zeros(1), (1500,), (0,)), "share memory"),
            (np.lib.stride_tricks.as_strided(np.zeros(1600), (1500,), (4,)), "share memory"), (np.zeros(1500, ">f8"), ">f8"),
        ):
            with self.subTest(words), self.assertRaisesRegex(ArgumentError, words):
                self.fmm.potential(self.charges, out=out)
        one = np.zeros((1500, 3))
        with self.assertRaisesRegex(ArgumentError, "share memory"):
            self.fmm.evaluate(self.charges, out=(one[:, 0], one))
        with self.assertRaisesRegex(ArgumentError, "hessian=True"):
            self.fmm.evaluate(self.charges, out=(None, None, np.zeros((1500, 6))))


if __name__ == "__main__":
    unittest.main()
