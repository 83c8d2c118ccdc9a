"""Which form of a kernel runs, the compiled one or its NumPy twin, and how compiled work is split among threads."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from typing import ParamSpec, TypeVar

from ..errors import UsageError

__all__ = ["compiled", "in_chunks", "kernels", "threads", "using"]

P = ParamSpec("P")
T = TypeVar("T")
J = TypeVar("J")

# The variables that choose: NETMAP_KERNELS is "python" or "compiled", NETMAP_THREADS a number.
_CHOICES = ("python", "compiled")
_MOST_THREADS = 8
_forced: list[str] = []


def _there() -> bool:
    try:
        import_module("._fast", __package__)
    except ImportError:
        return False
    return True


_THERE = _there()


def kernels() -> str:
    """Return which kernels run: ``"compiled"``, or ``"numpy"`` where they are not built or NETMAP_KERNELS says python."""
    wanted = _forced[-1] if _forced else os.environ.get("NETMAP_KERNELS", "")
    if wanted and wanted not in _CHOICES:
        raise UsageError(f"NETMAP_KERNELS is python or compiled, not {wanted!r}.")
    if wanted == "compiled" and not _THERE:
        raise UsageError("NETMAP_KERNELS asks for compiled kernels, but netmap was installed without a C compiler.")
    return "compiled" if _THERE and wanted != "python" else "numpy"


@contextmanager
def using(which: str) -> Iterator[None]:
    """Run what is inside with ``"python"`` or ``"compiled"`` kernels, whatever the environment says."""
    _forced.append(which)
    try:
        kernels()
        yield
    finally:
        _forced.pop()


def compiled(twin: Callable[P, T]) -> Callable[P, T]:
    """Mark a kernel that has a compiled form: the function of the same name in `_compiled`, run where it can be.

    A compiled form that does not cover the arguments returns NotImplemented, and the twin runs.
    """
    name = twin.__name__

    @wraps(twin)
    def kernel(*args: P.args, **kwargs: P.kwargs) -> T:
        if kernels() == "compiled":
            found = getattr(import_module("._compiled", __package__), name)(*args, **kwargs)
            if found is not NotImplemented:
                result: T = found
                return result
        return twin(*args, **kwargs)

    return kernel


def threads() -> int:
    """Return how many threads compiled kernels use: NETMAP_THREADS, else one for each processor, at most eight."""
    said = os.environ.get("NETMAP_THREADS", "")
    if said:
        if not said.isdecimal() or int(said) < 1:
            raise UsageError(f"NETMAP_THREADS is a whole number from 1, not {said!r}.")
        return min(int(said), 64)
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, _MOST_THREADS)


def in_chunks(work: Callable[[J], T], jobs: list[J]) -> Iterator[T]:
    """Yield ``work(job)`` for every job, in order, done by several threads at once.

    What a job is must not depend on the number of threads; then neither does the result. Jobs are to take some tens of
    milliseconds: between two of them the interpreter sees to Ctrl-C.
    """
    count = min(threads(), len(jobs))
    if count <= 1:
        for job in jobs:
            yield work(job)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(count) as pool:
        # Only a few are handed out ahead, so that neither results pile up nor an interrupt waits for all the rest.
        waiting = [pool.submit(work, job) for job in jobs[: 2 * count]]
        try:
            for i in range(len(jobs)):
                done = waiting[i].result()
                if len(waiting) < len(jobs):
                    waiting.append(pool.submit(work, jobs[len(waiting)]))
                yield done
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
