"""What is shipped is whole: metadata agree, the lock names no place, and every file the package reads goes with it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import netmap

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")


def folded(name: str) -> str:
    """A distribution's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_version_is_said_once():
    """The citation names the version that the package has, and the metadata take it from there."""
    assert f"version: {netmap.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert PROJECT["project"]["dynamic"] == ["version"]


def test_every_requirement_is_locked_by_hash():
    """Each dependency of the package and of its tests is in the lock, and each line of the lock has a hash."""
    locked = {folded(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", LOCK, re.MULTILINE)}
    groups = PROJECT["dependency-groups"]
    wanted = [*PROJECT["project"]["dependencies"], *groups["test"], *groups["lint"]]
    for name, extra in PROJECT["project"]["optional-dependencies"].items():
        # These are under the GPL, or with what is: nobody gets them without asking, not even those who test.
        wanted += extra if name not in ("infomap", "peers") else []
    names = {folded(re.split(r"[<>=!~ ;\[]", requirement)[0]) for requirement in wanted}
    assert names - locked == set()
    blocks = re.split(r"^(?=[A-Za-z0-9._-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_lock_names_no_place():
    """The lock holds no address of an index and no path of a machine."""
    assert re.findall(r"https?://|file:|--(?:extra-)?index-url|--find-links|(?<![\w.])/[a-z]+/", LOCK) == []


def test_locked_versions_lie_within_the_declared_bounds():
    """What the tests run with is what the package says it works with."""
    specifiers = pytest.importorskip("packaging.requirements", reason="packaging is not installed")
    locked: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", LOCK, re.MULTILINE):
        locked.setdefault(folded(name), []).append(version)
    for text in PROJECT["project"]["dependencies"]:
        requirement = specifiers.Requirement(text)
        for version in locked[folded(requirement.name)]:
            assert requirement.specifier.contains(version), f"{text}: {version}"


def test_files_read_by_the_package_are_shipped():
    """Every file of the package that is no Python and no C is matched by what the metadata say is shipped."""
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["*"]
    for path in sorted((ROOT / "netmap").rglob("*")):
        if path.is_dir() or path.suffix in (".py", ".pyc", ".c", ".h", ".so", ".pyd"):
            continue
        package = next(folder for folder in path.parents if (folder / "__init__.py").exists())
        inside = path.relative_to(package)
        assert any(inside.match(pattern) for pattern in patterns), path.relative_to(ROOT).as_posix()


def test_every_folder_of_modules_is_a_package():
    """A folder with modules but no __init__ would be left out of what is installed."""
    for path in (ROOT / "netmap").rglob("*.py"):
        assert (path.parent / "__init__.py").exists(), path.relative_to(ROOT).as_posix()


def test_two_commands_are_there():
    """The scripts the README names exist, and the check run calls the second."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for script in ("scripts/try.sh", "scripts/test.sh"):
        assert f"sh {script}" in readme
        assert (ROOT / script).is_file()
    assert "scripts/test.sh" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
