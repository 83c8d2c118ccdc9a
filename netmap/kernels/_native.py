"""Which form of a kernel runs, the compiled one or its NumPy twin, and how compiled work is split among threads."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["compiled", "in_chunks", "kept_memory", "kernels", "progressed", "reporting", "stop_flag", "threads", "using"]

P = ParamSpec("P")
T = TypeVar("T")
J = TypeVar("J")

# The variables that choose: NETMAP_KERNELS is "python" or "compiled", NETMAP_THREADS a number.
_CHOICES = ("python", "compiled")
_MOST_THREADS = 8
# Seconds after which a thread that waits looks up.
_LISTEN = 0.1
_forced: list[str] = []
_here = threading.local()
_reports: list[Callable[[int, int], None]] = []


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


@contextmanager
def reporting(report: Callable[[int, int], None]) -> Iterator[None]:
    """Tell `report` of long work inside: how many parts of it are done and how many there are.

    It is called in the thread that called the kernel, after every part.
    """
    _reports.append(report)
    try:
        yield
    finally:
        _reports.pop()


def progressed(parts: int, total: int) -> None:
    """Report that so many parts of a kernel's work are done."""
    if _reports:
        _reports[-1](parts, total)


def stop_flag() -> NDArray[np.int32] | None:
    """Return what tells a compiled kernel in this thread to stop, None where the thread hears of Ctrl-C itself."""
    return getattr(_here, "stop", None)


def in_chunks(work: Callable[[J], T], jobs: list[J]) -> Iterator[T]:
    """Yield ``work(job)`` for every job, in order, done by several threads at once.

    What a job is must not depend on the number of threads; then neither does the result. Only the main thread hears of
    Ctrl-C; it then sets the `stop_flag` of the others.
    """
    count = min(threads(), len(jobs))
    if count <= 1:
        with kept_memory():
            for i, job in enumerate(jobs):
                result = work(job)
                progressed(i + 1, len(jobs))
                yield result
        return
    from concurrent.futures import ThreadPoolExecutor

    stop = np.zeros(1, dtype=np.int32)

    def begin() -> None:
        _here.stop = stop

    with kept_memory(), ThreadPoolExecutor(count, initializer=begin) as pool:
        # Only a few are handed out ahead, so that neither results pile up nor an interrupt waits for all the rest.
        waiting = [pool.submit(work, job) for job in jobs[: 2 * count]]
        try:
            for i in range(len(jobs)):
                result = _wait(waiting[i])
                if len(waiting) < len(jobs):
                    waiting.append(pool.submit(work, jobs[len(waiting)]))
                progressed(i + 1, len(jobs))
                yield result
        finally:
            stop[0] = 1
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def kept_memory() -> Iterator[None]:
    """Let compiled kernels hand their large tables on from one part of the work to the next."""
    if not _THERE:
        yield
        return
    from . import _fast

    _fast.keep(True)
    try:
        yield
    finally:
        _fast.keep(False)


def _wait(future: Future[T]) -> T:
    """Return the result of a future; Ctrl-C is heard while waiting, on Windows too."""
    while True:
        try:
            return future.result(timeout=_LISTEN)
        except TimeoutError:
            if future.done():
                return future.result()
