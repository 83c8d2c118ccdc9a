"""Arrays in, arrays out: the loops every measure rests on, compiled where they can be, each with a readable NumPy/SciPy form."""

from ._native import kernels, reporting, threads, using

__all__ = ["kernels", "reporting", "threads", "using"]
