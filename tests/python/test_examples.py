"""The examples of samples/python say what they should, with fewer points."""

import os
import re
import subprocess
import sys
import tempfile
import unittest

EXAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "samples", "python")


def has(module):
    return subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True).returncode == 0


class ExampleTests(unittest.TestCase):
    def run_example(self, name, *arguments):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, os.path.abspath(os.path.join(EXAMPLES, name)), *arguments], capture_output=True, text=True, cwd=folder, timeout=120)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertNotIn("False", done.stdout)
            return done.stdout, os.listdir(folder)

    def test_a_million_charges_with_fewer(self):
        said, _ = self.run_example("million.py", "--points", "30000")
        self.assertRegex(said, r"30000 charges on a sphere, order \d+")
        self.assertIn("potentials within 1e-6: True, gradients within 1e-4: True", said)
        self.assertRegex(said, r"mean potential: (0\.99|1\.0)")
        self.assertRegex(said, r"along the normal: 0\.50")

    @unittest.skipUnless(has("scipy"), "scipy is not here: apt-get install -y python3-scipy")
    def test_the_charge_on_a_conductor(self):
        said, _ = self.run_example("conductor.py", "--points", "3000")
        self.assertIn("GMRES has ended: True", said)
        self.assertIn("off by less than 1%: True", said)

    def test_a_ball_of_stars(self):
        said, files = self.run_example("nbody.py", "--bodies", "3000", "--steps", "20")
        self.assertIn("less than 0.1%: True", said)
        self.assertRegex(said, r"(0\.9|1\.0|1\.1) at the start, (0\.9|1\.0|1\.1) at the end")
        if has("matplotlib"):
            self.assertEqual(files, ["nbody.png"])
        else:
            self.assertIn("no picture: matplotlib is not here", said)

    def test_without_matplotlib_the_ball_of_stars_says_so(self):
        # A module of that name that cannot be imported.
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "matplotlib.py"), "w") as file:
                file.write("raise ImportError")
            path = os.pathsep.join([folder, os.environ.get("PYTHONPATH", "")])
            done = subprocess.run(
                [sys.executable, os.path.abspath(os.path.join(EXAMPLES, "nbody.py")), "--bodies", "200", "--steps", "2"],
                capture_output=True, text=True, cwd=folder, env={**os.environ, "PYTHONPATH": path}, timeout=120)
        self.assertIn("no picture: matplotlib is not here", done.stdout, done.stderr)

    @unittest.skipUnless(has("scipy"), "scipy is not here: apt-get install -y python3-scipy")
    def test_scattering_by_points(self):
        said, _ = self.run_example("scattering.py", "--bodies", "1500")
        self.assertIn("optical theorem within 1e-4: True", said)
        self.assertIn("against a dense solution: within 1e-4: True", said)

    def test_each_example_is_here_and_is_told_of_in_the_page(self):
        with open(os.path.join(EXAMPLES, "..", "..", "docs", "python.md")) as file:
            page = file.read()
        tests = {match for match in re.findall(r'run_example\("(\w+\.py)"', open(__file__).read())}
        names = {name for name in os.listdir(EXAMPLES) if name.endswith(".py")}
        self.assertEqual(names, tests)
        for name in names:
            self.assertIn(f"samples/python/{name}", page)


if __name__ == "__main__":
    unittest.main()
