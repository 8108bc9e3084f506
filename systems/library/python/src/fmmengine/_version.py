"""The version of the package, which is that of the library that it brings."""

__version__ = "0.1.0"
