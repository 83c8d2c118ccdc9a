"""The command that writes a made-up county."""

from __future__ import annotations

import pandas as pd

from netmap.simulate import county
from netmap.simulate.__main__ import main


def test_the_command_writes_what_the_library_makes(tmp_path, capsys):
    """Options of the command are those of `county`, and the files are the same."""
    code = main(
        [str(tmp_path / "made"), "--organisations", "30", "--networks", "4", "--alignment", "strong", "--seed", "7"]
    )
    assert code == 0
    assert "30 organisations, 81 partnerships, 4 networks, 2 waves, seed 7" in capsys.readouterr().out
    county(organisations=30, networks=4, alignment="strong", seed=7).write(tmp_path / "same")
    for name in ("partnerships.csv", "values.csv"):
        assert (tmp_path / "made" / name).read_bytes() == (tmp_path / "same" / name).read_bytes()
    assert (tmp_path / "made-truth.csv").exists()


def test_the_command_can_observe(tmp_path):
    """With a loss asked for, the folder is the observed one and the truth says what was lost."""
    main([str(tmp_path / "seen"), "--organisations", "30", "--networks", "4", "--non-response", "0.5"])
    truth = pd.read_csv(tmp_path / "seen-truth.csv")
    assert (truth["fact"] == "not_responding").sum() == 15


def test_the_command_says_what_cannot_be(tmp_path, capsys):
    """A county that cannot be made ends with exit code 2, a sentence, and no folder."""
    assert main([str(tmp_path / "none"), "--organisations", "3"]) == 2
    assert capsys.readouterr().err == "A made-up county needs at least 20 organisations, not 3.\n"
    assert not (tmp_path / "none").exists()
