"""The county set in data/ is what the generator makes, and its README lists every planted fact."""

from __future__ import annotations

import shlex
from pathlib import Path

import pandas as pd

from netmap.simulate.__main__ import main

DATA = Path(__file__).resolve().parents[2] / "data"


def command() -> list[str]:
    """The options of the command the README gives."""
    (line,) = [
        line.strip()
        for line in (DATA / "county" / "README.md").read_text(encoding="utf-8").splitlines()
        if line.strip().startswith("python -m netmap.simulate data/county")
    ]
    return shlex.split(line)[4:]


def test_the_county_is_what_the_command_in_its_readme_makes(tmp_path):
    """Running the README's command again gives every file byte for byte."""
    assert main([str(tmp_path / "county"), *command()]) == 0
    made = sorted(path.name for path in (tmp_path / "county").iterdir())
    assert made == sorted(path.name for path in (DATA / "county").glob("*.csv"))
    for name in made:
        assert (tmp_path / "county" / name).read_bytes() == (DATA / "county" / name).read_bytes(), name
    assert (tmp_path / "county-truth.csv").read_bytes() == (DATA / "county-truth.csv").read_bytes()


def test_the_readme_lists_every_planted_fact():
    """Each row of the truth is a row of the README's table, with the same value and question."""
    truth = pd.read_csv(DATA / "county-truth.csv", dtype=str, keep_default_na=False)
    readme = (DATA / "county" / "README.md").read_text(encoding="utf-8")
    for row in truth.itertuples():
        subject = row.subject.replace(" | ", " and ")
        assert f"| {row.fact} | {subject} | {row.value} | {row.question} |" in readme


def test_the_county_has_the_size_it_is_said_to_have():
    """150 organisations, 400 tied pairs in each of two waves, 12 networks."""
    frames = {path.stem: pd.read_csv(path, dtype=str) for path in (DATA / "county").glob("*.csv")}
    assert len(frames["organisations"]) == 150
    assert len(frames["networks"]) == 12
    ties = frames["partnerships"]
    ties = ties[(ties["status"] == "active") & (ties["kind"] != "leadership")]
    for wave in ("2023", "2025"):
        rows = ties[ties["wave"] == wave]
        assert len({frozenset(pair) for pair in zip(rows["source"], rows["target"], strict=True)}) == 400
