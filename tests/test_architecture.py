"""The house stands as designed: imports point down, files stay small, and starting up loads little."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "netmap"
FILES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {"pandas", "networkx", "scipy", "pyvis", "rich", "jinja2", "matplotlib", "community"}
LONGEST = 500


def test_import_contracts_are_kept():
    """import-linter finds no import that points up, and no package where it does not belong."""
    pytest.importorskip("importlinter", reason="import-linter is not installed")
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "setup.cfg"), no_cache=True, verbose=False) == 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_stay_small(path: Path):
    """No module grows past about 500 lines."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_modules_open_with_a_sentence_and_import_relatively(path: Path):
    """A module says in a sentence what it holds, and names its neighbours relatively."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = ast.get_docstring(tree)
    assert said is not None
    assert said.splitlines()[0].endswith((".", ":"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level > 0 or (node.module or "").partition(".")[0] != "netmap"
        if isinstance(node, ast.Import):
            assert all(name.name.partition(".")[0] != "netmap" for name in node.names)


@pytest.mark.parametrize("words", [["-c", "import netmap"], ["-m", "netmap", "--help"], ["-m", "netmap", "map", "-h"]])
def test_starting_up_loads_no_heavy_package(words: list[str]):
    """Importing netmap, and asking for help, load neither pandas nor networkx nor their like."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines() if "|" in line}
    assert "netmap" in loaded
    assert loaded & HEAVY == set()
