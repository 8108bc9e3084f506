"""Memory over 10,000 solvers that come and go. Slow: asked for by FMM_SLOW=1."""

import os
import unittest

import numpy as np

import sums
from fmmengine import Fmm


def resident():
    """Memory of this process in MiB."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


@unittest.skipUnless(os.environ.get("FMM_SLOW") == "1", "slow: FMM_SLOW=1 asks for it")
class MemoryTests(unittest.TestCase):
    def test_ten_thousand_solvers_leave_nothing_behind(self):
        points, charges = sums.cloud(300), sums.signs(300)
        told = []
        for turn in range(10_000):
            with Fmm("laplace" if turn % 2 else "yukawa", order=3, gradient=True, leaf=30, **({} if turn % 2 else {"k": 1.0})) as fmm:
                fmm.set_points(points).evaluate(charges)
            if (turn + 1) % 1000 == 0:
                told.append(resident())
        print("MiB after each thousand:", *(f"{one:.0f}" for one in told))
        # Warm after two thousand; then flat, but for what an allocator moves about.
        self.assertLess(max(told[2:]), told[1] + 10)

    def test_threads_that_come_and_go_leave_nothing_behind(self):
        import threading
        points, charges = sums.cloud(300), np.ones(300)
        told = []
        with Fmm(order=3) as fmm:
            fmm.set_points(points)
            for turn in range(5_000):
                thread = threading.Thread(target=fmm.potential, args=(charges,))
                thread.start()
                thread.join()
                if (turn + 1) % 500 == 0:
                    told.append(resident())
        print("MiB after each 500:", *(f"{one:.0f}" for one in told))
        self.assertLess(max(told[2:]), told[1] + 10)


if __name__ == "__main__":
    unittest.main()
