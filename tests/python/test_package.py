"""The package as a stranger meets it: import, versions, where the library is looked for, the wheel."""

import glob
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

import fmmengine
from fmmengine import _library

CLONE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PACKAGE = os.path.join(CLONE, "systems", "library", "python")


def python(script, environment=None, program=sys.executable, folder=None):
    """What a Python of its own prints, and what it says of an error."""
    done = subprocess.run([program, "-c", script], capture_output=True, text=True, env=environment, cwd=folder, timeout=120)
    return done.stdout.strip(), done.stderr


class ImportTests(unittest.TestCase):
    def test_an_import_loads_no_library_and_little_beside_numpy(self):
        script = """
import sys, numpy, ctypes, json, threading
before = set(sys.modules)
import fmmengine
new = {name.split('.')[0] for name in set(sys.modules) - before}
print(len(new - {'fmmengine'}), open('/proc/self/maps').read().count('libfmm'))"""
        others, loaded = map(int, python(script)[0].split())
        self.assertEqual(loaded, 0)
        self.assertLessEqual(others, 3)

    def test_all_names_are_there_and_documented(self):
        for name in fmmengine.__all__:
            self.assertTrue(getattr(fmmengine, name).__doc__, name)
        for name in ("set_points", "move_points", "set_charges", "evaluate", "potential", "gradient", "verify", "operator", "report", "close"):
            self.assertTrue(getattr(fmmengine.Fmm, name).__doc__, name)
        self.assertTrue(os.path.exists(os.path.join(os.path.dirname(fmmengine.__file__), "py.typed")))

    def test_package_and_library_have_one_version(self):
        self.assertEqual(fmmengine.__version__, fmmengine.version())
        with open(os.path.join(CLONE, "Directory.Build.props")) as file:
            self.assertIn(f"<Version>{fmmengine.__version__}</Version>", file.read())

    def test_kernels_and_registers_are_told(self):
        kernels = {kernel["name"]: kernel for kernel in fmmengine.kernels()}
        self.assertEqual(kernels["stokes"]["source_components"], 3)
        self.assertTrue(kernels["helmholtz"]["complex"])
        self.assertIn(fmmengine.registers(), (128, 256, 512))

    def test_prototypes_are_those_of_the_header(self):
        import re
        with open(os.path.join(CLONE, "systems", "library", "c", "fmm.h")) as file:
            declared = dict(re.findall(r"FMM_API fmm_status (\w+)\(([^)]*)\)", file.read()))
        for name, arguments in _library._PROTOTYPES.items():
            self.assertEqual(len(declared[name].split(",")), len(arguments), name)


class LibraryTests(unittest.TestCase):
    SCRIPT = "import fmmengine\ntry: print(fmmengine.version())\nexcept fmmengine.LibraryMissingError as fault: print(fault)"

    def test_a_library_that_is_not_there_is_named_with_the_remedy(self):
        said, _ = python(self.SCRIPT, {**os.environ, "FMM_LIBRARY": "/nowhere/libfmm.so"})
        for words in ("/nowhere/libfmm.so", "wheel", "systems/library/build", "FMM_LIBRARY"):
            self.assertIn(words, said)

    def test_a_file_that_is_no_library_is_named(self):
        with tempfile.NamedTemporaryFile(suffix=".so") as file:
            file.write(b"no library")
            file.flush()
            said, _ = python(self.SCRIPT, {**os.environ, "FMM_LIBRARY": file.name})
        self.assertIn(f"{file.name} cannot be used", said)

    def test_another_library_is_told_from_ours(self):
        libm = next(iter(glob.glob("/lib/x86_64-linux-gnu/libm.so.6") + glob.glob("/lib64/libm.so.6")), None)
        if libm is None:
            self.skipTest("no libm.so.6 where it mostly is")
        said, _ = python(self.SCRIPT, {**os.environ, "FMM_LIBRARY": libm})
        self.assertIn("cannot be used", said)

    @unittest.skipUnless(shutil.which("gcc"), "gcc is not here")
    def test_a_library_of_another_version_is_refused(self):
        names = [*_library._PROTOTYPES, "fmm_last_error", "fmm_registers"]
        code = "\n".join([*(f"int {name}(void) {{ return 0; }}" for name in names), 'const char *fmm_version(void) { return "7.5.0"; }'])
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "libfmm.so")
            subprocess.run(["gcc", "-shared", "-fPIC", "-x", "c", "-", "-o", path], input=code, text=True, check=True)
            said, _ = python(self.SCRIPT, {**os.environ, "FMM_LIBRARY": path})
        self.assertIn("7.5.0", said)


class WheelTests(unittest.TestCase):
    def test_the_wheel_installs_in_a_fresh_environment_and_works_there(self):
        self.installs("linux_x86_64", "--native")

    @unittest.skipUnless(os.environ.get("FMM_SLOW"), "FMM_SLOW=1 builds the loops of every width")
    def test_the_wheel_for_every_processor_has_every_width(self):
        names = self.installs(r"manylinux_2_\d+_x86_64")
        self.assertTrue({f"fmmengine/lib/fmm/libfmm-{width}.so" for width in (512, 256, 128)} <= set(names), names)

    def installs(self, platform, *options):
        for module, package in (("setuptools", "setuptools"), ("wheel", "wheel"), ("pip", "pip")):
            if python(f"import {module}")[1]:
                self.skipTest(f"needs python3-{package}: apt-get install -y python3-{package}")
        if not shutil.which("objdump"):
            self.skipTest("needs objdump: apt-get install -y binutils")
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "PYTHON": sys.executable, "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
            environment.pop("PYTHONPATH", None)
            environment.pop("FMM_LIBRARY", None)
            built = subprocess.run([os.path.join(PACKAGE, "build_wheel"), *options, folder], capture_output=True, text=True, env=environment)
            self.assertEqual(built.returncode, 0, built.stderr)
            wheel = built.stdout.split()[-1]
            self.assertRegex(os.path.basename(wheel), rf"^fmmengine-{fmmengine.__version__}-py3-none-{platform}\.whl$")
            with zipfile.ZipFile(wheel) as file:
                names = file.namelist()
            self.assertTrue({"fmmengine/lib/libfmm.so", "fmmengine/lib/fmm.h", "fmmengine/py.typed"} <= set(names), names)
            self.assertFalse([name for name in names if "__pycache__" in name])

            venv = os.path.join(folder, "venv")
            # The environment has numpy from the system, and pip from there, too: it takes seconds to unpack another.
            subprocess.run([sys.executable, "-m", "venv", "--system-site-packages", "--without-pip", venv], check=True, env=environment)
            inside = os.path.join(venv, "bin", "python")
            installed = subprocess.run([inside, "-m", "pip", "install", "--quiet", "--no-deps", wheel], capture_output=True, text=True, env=environment)
            self.assertEqual(installed.returncode, 0, installed.stderr)
            script = """
import fmmengine, numpy
with fmmengine.Fmm(tolerance=1e-6) as fmm:
    print(fmm.set_points(numpy.eye(3)).potential([1, 0, 0])[1] * 4 * numpy.pi * 2 ** 0.5)
print(fmmengine.__file__)
print(fmmengine.registers())"""
            said, error = python(script, environment, inside, folder)
            value, place, registers = said.split() if not error else self.fail(error)
            self.assertAlmostEqual(float(value), 1, places=9)
            self.assertTrue(place.startswith(venv), place)
            self.assertEqual(int(registers), fmmengine.registers())
            return names


if __name__ == "__main__":
    unittest.main()
