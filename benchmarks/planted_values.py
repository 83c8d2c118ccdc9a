"""How often netmap calls partners alike in values: on counties where nothing was planted, and where it was.

    python benchmarks/planted_values.py [--none 200] [--strong 50] [--organisations 60]

prints a table, and ends with 1 where more than 7% of the first are called aligned or fewer than nine in ten of the
second are found.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence

from netmap.finding import Finding
from netmap.questions import sharing
from netmap.simulate import county
from netmap.study import Settings, Study

MOST_FALSE, LEAST_FOUND = 0.07, 0.9


def verdict(alignment: str, organisations: int, seed: int) -> tuple[str, str]:
    """Make one county and return what F4 says of it: more, less or no more alike; and how sure."""
    made = county(organisations=organisations, networks=5, waves=1, alignment=alignment, seed=seed)
    finding = sharing.answer(Study(made.network(), Settings(seed=0, effort="quick")))
    assert isinstance(finding, Finding), finding
    for word in ("no more", "more", "less"):
        if f"Partners are {word}" in finding.headline:
            return word, finding.certainty
    raise AssertionError(finding.headline)


def tally(alignment: str, organisations: int, seeds: Iterable[int]) -> Counter[tuple[str, str]]:
    """Count the verdicts over many counties."""
    return Counter(verdict(alignment, organisations, seed) for seed in seeds)


def called(counts: Counter[tuple[str, str]], word: str) -> int:
    """How many counties were given this verdict, however sure."""
    return sum(number for (said, _), number in counts.items() if said == word)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 where it misses what is asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--none", type=int, default=200, help="counties without planted alignment")
    parser.add_argument("--strong", type=int, default=50, help="counties with strong alignment")
    parser.add_argument("--organisations", type=int, default=60)
    asked = parser.parse_args(arguments)
    print("planted   counties   more alike   less alike   no more   solid or likely")
    ok = True
    for alignment, number in (("none", asked.none), ("strong", asked.strong)):
        counts = tally(alignment, asked.organisations, range(number))
        more, less, same = (called(counts, word) for word in ("more", "less", "no more"))
        firm = sum(n for (word, sure), n in counts.items() if word == "more" and sure in ("solid", "likely"))
        print(f"{alignment:<8} {number:>9} {more:>12} {less:>12} {same:>9} {firm:>17}")
        ok &= more <= MOST_FALSE * number if alignment == "none" else more >= LEAST_FOUND * number
    print(f"At most {MOST_FALSE:.0%} of the first may be called more alike, at least {LEAST_FOUND:.0%} of the second.")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
