"""A map for the screen of a meeting: one network and its partners, safe for anybody to see, and what was left out."""

from __future__ import annotations

import sys
from pathlib import Path

import netmap as nm

DATA = Path(__file__).resolve().parents[1] / "data"


def main(out: str = ".") -> None:
    network = nm.read(DATA / "estuary")
    # Decided before anything is written: the file holds only what anybody may see.
    analysis = nm.analyse(network, audience="public", effort="quick")
    folder = Path(out) / "meeting"
    analysis.write(folder)

    print(f"Show {folder / 'map.html'}: it needs no network, and opens on any machine.")
    print("\nLeft out of it:")
    for row in analysis.suppressed.itertuples():
        print(f"    {row.what}: {row.count} ({row.reason})")

    print("\nThree things to say while it is on the screen:")
    for finding in [f for f in analysis.findings if f.certainty in ("solid", "likely")][:3]:
        print(f"  - {finding.headline}")
        print(f"    {finding.next_step}")


if __name__ == "__main__":
    main(*sys.argv[1:])
