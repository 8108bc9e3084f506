"""docs/python.md does what it says: its programs run and print what stands below them."""

import multiprocessing
import os
import re
import subprocess
import sys
import unittest

import fmmengine
import fmmengine.fmm3d

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

    def test_what_the_page_names_is_there_and_what_is_there_it_names(self):
        prose = re.sub(r"```.*?```", "", page(), flags=re.S)
        quoted = set(re.findall(r"`([^`\n]+)`", prose))
        owners = (fmmengine.Fmm, fmmengine, fmmengine.fmm3d, os, multiprocessing)
        for text in (text for text in quoted if not text.startswith("float64(")):  # of Numba
            for name in re.findall(r"^(?:fmmengine\.|os\.|multiprocessing\.)?([a-z]\w*)\(|^([A-Z]\w+Error)$", text):
                name = name[0] or name[1]
                self.assertTrue(any(hasattr(owner, name) for owner in owners), f"`{text}`")
        for name in fmmengine.__all__:
            self.assertTrue(any(re.search(rf"\b{name}\b", text) for text in quoted), name)
        for name in (name for name in dir(fmmengine.Fmm) if not name.startswith("_")):
            self.assertTrue(any(re.search(rf"\b{name}\b", text) for text in quoted), name)


if __name__ == "__main__":
    unittest.main()
