"""Every example runs as it stands: each script, and the notebook cell by cell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
SCRIPTS = sorted(path.name for path in EXAMPLES.glob("*.py"))

SAYS = {
    "five_minutes.py": "localgov-netmap",
    "compare_two_waves.py": "320 ties stayed, 80 began, 80 ended.",
    "map_for_a_meeting.py": "Left out of it:",
    "survey_roster.py": "10 of 12 organisations answered.",
}
WRITES = {
    "five_minutes.py": ["localgov-netmap/report.html", "localgov-netmap/map.html"],
    "map_for_a_meeting.py": ["meeting/map.html"],
    "survey_roster.py": ["survey-netmap/report.html"],
}


def test_every_script_is_known_here():
    """A script without an expectation would be run and never looked at."""
    assert sorted(SAYS) == SCRIPTS


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_run_and_say_what_they_are_for(script, tmp_path):
    """Run from an empty folder, the script ends well, says its sentence and writes its files."""
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / script)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert SAYS[script] in done.stdout
    assert "\x02" not in done.stdout
    for name in WRITES.get(script, []):
        assert (tmp_path / name).stat().st_size > 1000, name


def test_the_notebook_runs_from_top_to_bottom(monkeypatch):
    """Every cell of the researcher's notebook runs, and it is kept without outputs."""
    nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
    nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed")
    pytest.importorskip("ipykernel", reason="ipykernel is not installed")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("MPLBACKEND", "Agg")
    notebook = nbformat.read(EXAMPLES / "researcher.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells)
    ran = nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(EXAMPLES)}}
    ).execute()
    text = "".join(
        output.get("text", "") + str(output.get("data", {}).get("text/plain", ""))
        for cell in ran.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    )
    assert "similarity" in text
    assert "largest difference from networkx" in text
