"""How long MRQAP takes on a hundred organisations with four predictors and 1,999 relabellings each.

    python benchmarks/mrqap.py [--organisations 100] [--predictors 4] [--draws 1999]

prints the seconds with every pair known and with a fifth of the organisations silent, and ends with 1 above ten.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

import numpy as np

from netmap.chance.qap import mrqap

MOST_SECONDS = 10.0


def seconds(n: int, predictors: int, draws: int, silent: int) -> float:
    """Time one regression; rows of the silent are unknown in every matrix."""
    rng = np.random.default_rng(0)
    matrices = {f"x{k}": rng.random((n, n)) for k in range(predictors)}
    told = rng.random((n, n))
    for matrix in (told, *matrices.values()):
        matrix[:silent] = np.nan
    start = time.perf_counter()
    mrqap(told, matrices, draws=draws)
    return time.perf_counter() - start


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both times; 1 where one takes too long."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--organisations", type=int, default=100)
    parser.add_argument("--predictors", type=int, default=4)
    parser.add_argument("--draws", type=int, default=1999)
    asked = parser.parse_args(arguments)
    ok = True
    for what, silent in (("every pair known", 0), ("a fifth silent", asked.organisations // 5)):
        took = seconds(asked.organisations, asked.predictors, asked.draws, silent)
        print(f"{what}: {took:.1f} s")
        ok &= took <= MOST_SECONDS
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
