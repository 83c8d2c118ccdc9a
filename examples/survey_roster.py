"""A survey with one column per organisation, turned into ties with who answered, and on to a report."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

import netmap as nm

HERE = Path(__file__).resolve().parent


def tables(roster: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Turn the answers into two tables: organisations, with who answered, and partnerships, one row a report."""
    who, sector, *asked = roster.columns
    answers = roster.set_index(who)
    organisations = pd.DataFrame({"org_id": asked, "name": asked})
    organisations["sector"] = organisations["org_id"].map(answers[sector]).fillna("unknown")
    organisations["on_roster"] = "yes"
    organisations["responded"] = organisations["org_id"].isin(answers.index).map({True: "yes", False: "no"})

    long = answers[asked].rename_axis(index="source", columns="target").stack().rename("intensity").reset_index()
    # "-" is oneself; an empty cell is "did not say", which is not the same as 0, "not at all".
    long["intensity"] = pd.to_numeric(long["intensity"], errors="coerce")
    long = long[long["intensity"] > 0].astype({"intensity": int})
    long["kind"] = "partnership"
    long["reported_by"] = long["source"]
    return {"organisations": organisations, "partnerships": long}


def main(out: str = ".") -> None:
    roster = pd.read_csv(HERE / "survey_roster.csv", dtype=str, encoding="utf-8")
    folder = Path(out) / "survey"
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables(roster).items():
        frame.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8")

    network = nm.read(folder)
    print(network)
    answered = network.organisations["responded"].astype(bool)
    print(f"{int(answered.sum())} of {len(answered)} organisations answered.")
    agreed = network.view(symmetrise="both").m
    print(f"{network.view().m} ties if one end is enough, {agreed} if both must say so.")

    analysis = nm.analyse(network, seed=0, effort="quick")
    for finding in analysis.findings:
        print(f"{finding.id} ({finding.certainty}): {finding.headline}")
    analysis.write(Path(out) / "survey-netmap")


if __name__ == "__main__":
    main(*sys.argv[1:])
