"""A wheel for any Python 3 of one platform: it holds a library, but no extension module. FMM_PLATFORM names the platform; build_wheel sets it."""

import os

from setuptools import Distribution, setup

try:
    from setuptools.command.bdist_wheel import bdist_wheel
except ImportError:  # before setuptools 70.1
    from wheel.bdist_wheel import bdist_wheel


class LibraryDistribution(Distribution):
    """What is installed goes where libraries of a platform go."""

    def has_ext_modules(self):
        return True


class LibraryWheel(bdist_wheel):
    """py3-none-PLATFORM, since ctypes asks for no Python of a version."""

    def get_tag(self):
        platform = os.environ.get("FMM_PLATFORM") or super().get_tag()[2]
        return "py3", "none", platform


setup(distclass=LibraryDistribution, cmdclass={"bdist_wheel": LibraryWheel})
