"""Every code block of the README and of docs/ runs as it stands.

In one temporary folder per page, from the top: a csv block after a line that names a file (`name.csv`:) becomes that
file; python blocks share one namespace; lines of console blocks that begin with netmap (or python -m netmap) are run.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [page for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))] if page.exists()]
BLOCK = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([\w.-]+\.csv)`:\s*$")
# Examples of docstrings (pycon) are run as doctests of their modules.
KNOWN = {"pycon", "python", "console", "sh", "bash", "csv", "text", "json", "powershell", "bat", ""}


def blocks(page: Path) -> list[tuple[str, str, str]]:
    """Language, body and the line before, of every block of a page."""
    text = page.read_text(encoding="utf-8")
    return [(hit[1], hit[2], text[: hit.start()].rstrip().rpartition("\n")[2]) for hit in BLOCK.finditer(text)]


def commands(body: str) -> list[list[str]]:
    """The commands of a console block that netmap can run, as arguments to this Python."""
    found = []
    for line in body.replace("\\\n", " ").splitlines():
        words = shlex.split(line.strip().removeprefix("$ "), comments=True)
        if words[:1] == ["netmap"]:
            found.append(["-m", "netmap", *words[1:]])
        elif words[:2] == ["python", "-m"] and len(words) > 2 and words[2].startswith("netmap"):
            found.append(words[1:])
    return found


def run(words: list[str], where: Path) -> subprocess.CompletedProcess[str]:
    """Run one command in `where`."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=where,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def test_there_are_pages():
    """The pages this test is about exist."""
    names = {page.name for page in PAGES}
    assert {"README.md", "index.md", "preparing-a-spreadsheet.md", "researchers.md"} <= names


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_blocks_of_the_page_run(page, tmp_path, monkeypatch):
    """Read from the top, each block of the page does what it says without an error."""
    for name in ("data", "examples"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    space: dict[str, Any] = {"__name__": "page"}
    for language, body, before in blocks(page):
        assert language in KNOWN, f"{page.name}: a block in {language} is run by nobody"
        named = NAMED.search(before)
        if language == "csv" and named:
            (tmp_path / named[1]).write_text(body, encoding="utf-8")
        elif language == "python":
            exec(compile(body, page.name, "exec"), space)
        elif language in ("console", "sh", "bash"):
            for words in commands(body):
                done = run(words, tmp_path)
                # `check` ends with 1 where it has something to say about the data; that is not a failure.
                fine = (0, 1) if words[2:3] == ["check"] else (0,)
                assert done.returncode in fine, f"{' '.join(words)}\n{done.stdout}\n{done.stderr}"
                assert "Traceback" not in done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_of_the_page_lead_somewhere(page):
    """Every relative link of the page points at a file of the repository."""
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
