"""Kernels of one's own: Python functions, compiled ones, what is checked, and what of an error comes out."""

import ctypes
import gc
import os
import shutil
import subprocess
import tempfile
import unittest

import numpy as np

import fmmengine
import sums
from fmmengine import ArgumentError, Fmm, Kernel

# exp(-r)/r, both ways, and one whose derivative is wrong.
SOURCE = """
#include <math.h>
#include <stdint.h>
double screened(double r, double *derivative, void *user)
{
    double length = user ? *(double *)user : 1, value = exp(-r / length) / r;
    if (derivative) *derivative = -value * (1 / length + 1 / r);
    return value;
}
void screened_batch(int64_t count, const double *r, double *values, double *derivatives, void *user)
{
    for (int64_t i = 0; i < count; i++) values[i] = screened(r[i], derivatives ? derivatives + i : 0, user);
}
double wrong(double r, double *derivative, void *user)
{
    if (derivative) *derivative = 1 / (r * r);
    return 1 / r;
}
"""


def screened(r):
    return np.exp(-r) / r


def slope(r):
    return -np.exp(-r) / r * (1 + 1 / r)


class Screened(unittest.TestCase):
    """The field of exp(-r)/r, as the built-in kernel has it."""

    ORDER = {"order": 4, "leaf": 30}

    @classmethod
    def setUpClass(cls):
        cls.points, cls.charges = sums.cloud(300), sums.signs(300)
        with Fmm("yukawa", k=1, gradient=True, **cls.ORDER) as fmm:
            field = fmm.set_points(cls.points).evaluate(cls.charges)
        cls.potential, cls.gradient = 4 * np.pi * field.potential, 4 * np.pi * field.gradient

    def assert_potential(self, potential):
        self.assertLess(sums.error(potential, self.potential), 1e-9)

    def check(self, kernel):
        with Fmm(kernel, gradient=True, **self.ORDER) as fmm:
            field = fmm.set_points(self.points).evaluate(self.charges)
            self.assertGreater(fmm.report["tree"]["depth"], 1)
        self.assert_potential(field.potential)
        self.assertLess(sums.error(field.gradient, self.gradient), 1e-9)


class PythonKernelTests(Screened):
    def test_a_python_function_of_arrays_is_a_kernel(self):
        self.check(Kernel(screened, slope, name="screened"))

    def test_a_python_function_without_derivative_has_potentials_alone(self):
        kernel = Kernel(screened)
        self.assertTrue(kernel.potential_only)
        with Fmm(kernel, **self.ORDER) as fmm:
            self.assert_potential(fmm.set_points(self.points).potential(self.charges))
        with self.assertRaisesRegex(ArgumentError, "potential_only"):
            Fmm(kernel, gradient=True)

    def test_an_exception_in_a_python_function_comes_out_of_the_call_and_ends_the_solver(self):
        def fails_later(r):
            if failing:
                raise LookupError("no such value")
            return screened(r)

        failing = True
        with self.assertRaisesRegex(LookupError, "no such value"):
            Fmm(Kernel(fails_later))
        failing = False
        with Fmm(Kernel(fails_later), **self.ORDER) as fmm:
            self.assert_potential(fmm.set_points(self.points).potential(self.charges))
            failing = True
            with self.assertRaisesRegex(LookupError, "no such value"):
                fmm.potential(self.charges)
            failing = False
            # Its operators may be made of what was not there.
            for _ in range(2):
                with self.assertRaisesRegex(fmmengine.KernelError, "make another"):
                    fmm.potential(self.charges)

    def test_a_function_that_gives_numbers_that_are_not_finite_is_refused(self):
        with self.assertRaises(fmmengine.KernelError):
            Fmm(Kernel(lambda r: np.full_like(r, np.nan)))

    def test_a_derivative_that_is_not_that_of_the_values_is_refused(self):
        with self.assertRaises(fmmengine.KernelError):
            Fmm(Kernel(screened, lambda r: -slope(r)), gradient=True)

    def test_distances_are_read_only(self):
        def spoils(r):
            r[:] = 1
            return r

        with self.assertRaisesRegex(ValueError, "read-only"):
            Fmm(Kernel(spoils))

    def test_what_is_no_function_is_refused(self):
        for arguments, options, words in (
            ((), {}, "needs a function"), (("exp",), {}, "callable"), ((screened, 3), {}, "callable"), ((screened,), {"batch": 8}, "one of the two"),
            ((screened,), {"name": ""}, "1 to 63"), ((screened,), {"name": "ä"}, "ASCII"), ((0,), {}, "no address"), ((-5,), {}, "no address"),
            ((), {"batch": "here"}, "batch is a str"), ((), {"batch": screened}, "batch is a function"),
        ):
            with self.subTest(words), self.assertRaisesRegex(ArgumentError, words):
                Kernel(*arguments, **options)

    def test_a_kernel_outlives_its_name_as_long_as_a_solver_has_it(self):
        def made():
            return Fmm(Kernel(lambda r: np.exp(-r) / r), **self.ORDER)

        fmm = made()
        gc.collect()
        self.assert_potential(fmm.set_points(self.points).potential(self.charges))
        fmm.close()


@unittest.skipUnless(shutil.which("gcc"), "gcc is not here")
class CompiledKernelTests(Screened):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = tempfile.TemporaryDirectory()
        source, library = (os.path.join(cls.folder.name, name) for name in ("kernel.c", "kernel.so"))
        with open(source, "w") as file:
            file.write(SOURCE)
        subprocess.run(["gcc", "-O2", "-shared", "-fPIC", source, "-o", library, "-lm"], check=True)
        cls.library = ctypes.CDLL(library)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_a_function_of_ctypes_is_a_kernel(self):
        self.check(Kernel(self.library.screened, batch=self.library.screened_batch))
        self.check(Kernel(self.library.screened))
        self.check(Kernel(batch=self.library.screened_batch))

    def test_an_address_and_what_has_one_are_kernels(self):
        class Compiled:  # as Numba's cfunc has it
            address = ctypes.cast(self.library.screened, ctypes.c_void_p).value

        self.check(Kernel(Compiled.address))
        self.check(Kernel(Compiled()))

    def test_compiled_functions_are_handed_the_users_address(self):
        length = ctypes.c_double(0.5)
        with Fmm(Kernel(self.library.screened, user=ctypes.addressof(length)), **self.ORDER) as fmm:
            potential = fmm.set_points(self.points).potential(self.charges)
        with Fmm("yukawa", k=2, **self.ORDER) as fmm:
            self.assertLess(sums.error(potential, 4 * np.pi * fmm.set_points(self.points).potential(self.charges)), 1e-9)

    def test_a_compiled_function_with_a_wrong_derivative_is_refused(self):
        with self.assertRaises(fmmengine.KernelError):
            Fmm(Kernel(self.library.wrong), gradient=True)
        with self.assertRaises(fmmengine.KernelError):
            Fmm(Kernel(self.library.wrong, batch=self.library.screened_batch), gradient=True)

    def test_numba_compiles_kernels(self):
        try:
            import numba
        except ImportError:
            self.skipTest("numba is not here")
        from numba import types

        @numba.cfunc(types.float64(types.float64, types.CPointer(types.float64), types.voidptr))
        def own(r, derivative, user):
            value = np.exp(-r) / r
            derivative[0] = -value * (1 + 1 / r)
            return value

        with Fmm(Kernel(own), gradient=True, **self.ORDER) as fmm:
            self.assert_potential(fmm.set_points(self.points).potential(self.charges))
            self.assertLess(fmm.verify(50).gradient, 1e-3)


if __name__ == "__main__":
    unittest.main()
