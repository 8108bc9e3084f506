"""docs/python.md does what it says: its programs run and print what stands below them."""

import os
import re
import subprocess
import sys
import unittest

CLONE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LONGEST = 165


def page():
    with open(os.path.join(CLONE, "docs", "python.md")) as file:
        return file.read()


def programs():
    """Each block of Python with the text that stands directly below it, or None."""
    return re.findall(r"```python\n(.*?)```\n(?:```text\n(.*?)```\n)?", page(), re.S)


class PageTests(unittest.TestCase):
    def test_programs_print_what_stands_below_them(self):
        found = programs()
        self.assertGreater(len(found), 3)
        for program, expected in found:
            with self.subTest(program.split("\n")[0]):
                if "scipy" in program and subprocess.run([sys.executable, "-c", "import scipy"], capture_output=True).returncode:
                    self.skipTest("scipy is not here: apt-get install -y python3-scipy")
                done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=CLONE, timeout=120)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertTrue(expected, "a program shows what it prints")
                self.assertEqual(done.stdout, expected)

    def test_the_page_is_short(self):
        self.assertLessEqual(len(page().split("\n")) - 1, LONGEST)

    def test_public_names_of_the_package_are_in_the_page(self):
        import fmmengine
        for name in set(fmmengine.__all__) - {"Errors", "Field", "InternalError", "NoMemoryError", "RangeError", "FmmError", "KernelError", "UnavailableError"}:
            self.assertIn(name, page())


if __name__ == "__main__":
    unittest.main()
