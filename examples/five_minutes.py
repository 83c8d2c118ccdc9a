"""The coordinator's five minutes: one file in; findings, a report and a map out."""

from __future__ import annotations

import sys
from pathlib import Path

import netmap as nm

DATA = Path(__file__).resolve().parents[1] / "data"


def main(out: str = ".") -> None:
    network = nm.read(DATA / "localgov.csv")
    print(network)

    analysis = nm.analyse(network, seed=0)
    for finding in analysis.findings:
        print(f"\n{finding.id}  {finding.question}")
        print(f"    {finding.headline}")
        print(f"    How sure: {finding.certainty}. {finding.why_certain}")
        print(f"    Next: {finding.next_step}")
    print("\nNot answered:")
    for locked in analysis.locked:
        print(f"    {locked.id}  {locked.question} It needs {', '.join(locked.needs)}.")

    folder = Path(out) / "localgov-netmap"
    analysis.write(folder)
    print(f"\nOpen {folder / 'report.html'}")


if __name__ == "__main__":
    main(*sys.argv[1:])
