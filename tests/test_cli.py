"""The command line: what it says, where it says it, and how it ends."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import netmap
from netmap.cli import cli, main
from netmap.errors import DataError, NetmapError, OutputError, Problem, UsageError

ROOT = Path(__file__).resolve().parents[1]
LOCALGOV = ROOT / "data" / "localgov.csv"
ESTUARY = ROOT / "data" / "estuary"
COMMANDS = ["analyse", "check", "map", "measure", "convert", "init", "explain", "introduce", "rounds", "whatif"]


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small file in an empty working directory."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "small.csv"
    path.write_text("organisation,partner\nAsh,Birch\nBirch,Cedar\nCedar,Ash\nCedar,Dogwood\n", encoding="utf-8")
    return path


def fake_api(monkeypatch: pytest.MonkeyPatch, **functions: Any) -> None:
    """Put functions in the place of netmap.api's, for one test."""
    fake = ModuleType("netmap.api")
    for name, function in functions.items():
        setattr(fake, name, function)
    monkeypatch.setitem(sys.modules, "netmap.api", fake)


def raising(error: BaseException) -> Any:
    """A reader that fails with `error`."""

    def read(*args: Any, **kwargs: Any) -> Any:
        raise error

    return read


def shell(*words: str, cwd: Path = ROOT, **kwargs: Any) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    env = os.environ | {"PYTHONPATH": str(ROOT)} | kwargs.pop("env", {})
    env.pop("PYTHONUTF8", None)
    return subprocess.run(
        [sys.executable, "-m", "netmap", *words], cwd=cwd, env=env, capture_output=True, timeout=120, check=False,
        encoding=kwargs.pop("encoding", "utf-8"), **kwargs,
    )


# -- help and names --------------------------------------------------------------------------------------------


def test_the_commands_are_those_promised():
    """The commands of the interface exist, in the order a newcomer meets them."""
    assert list(cli.commands) == COMMANDS


def test_version(capsys):
    """--version names the program and its version."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"netmap {netmap.__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_shows_an_example(command, flag, capsys):
    """Help of every command ends with 0 and shows a command to copy."""
    assert main([command, flag]) == 0
    assert f"  netmap {command}" in capsys.readouterr().out


def test_help_comes_at_once():
    """The best of three calls for help takes less than 0.3 s of work."""
    best = min(_seconds() for _ in range(3))
    assert best < 0.3


def _seconds() -> float:
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert shell("--help").returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["anlyse", "x.csv"], "There is no command 'anlyse'. Did you mean analyse or analyze?"),
        (["draw"], "There is no command 'draw'. There are analyse, check, map, measure, convert, init, explain, introduce, rounds, whatif."),
        (["analyse", "small.csv", "--effort", "quik"],
         "'quik' is not known. Did you mean quick? It can be quick, normal or thorough."),
        (["analyse", "small.csv", "--sede", "1"], "--seed"),
        (["analyse", "smal.csv"], "There is no file or folder 'smal.csv' here. Did you mean small.csv?"),
        (["analyse", "qqqq.xyz"], "There is no file or folder 'qqqq.xyz' here.\n"),
        (["check", "nowhere/x.csv"], "There is no folder 'nowhere'."),
        (["analyse"], "Missing argument 'PATH...'"),
        (["analyse", "small.csv", "--map-columns", "Lead body"], "'Lead body' is not HEADING=COLUMN."),
        (["measure", "small.csv", "betweeness"], "There is no measure 'betweeness'. Did you mean betweenness"),
        (["explain", "betweeness"], "There is nothing to explain under 'betweeness'. Did you mean betweenness"),
        (["analyse", "small.csv", "--out", " "], "--out is empty: name the folder to write to."),
        (["map", "small.csv", "--renderer", "pyvs"], "Did you mean pyvis?"),
        (["analyse", "-", "-"], "Standard input (-) can be read once only."),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_near(words, said, small, capsys):
    """Each mistake in a command ends with 2, on standard error, naming what may have been meant."""
    assert main(words) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert "Traceback" not in shown.err


def test_no_command_shows_the_help(capsys):
    """netmap alone shows its help and ends as wrong usage does."""
    assert main([]) == 2
    assert "netmap analyse data.csv" in capsys.readouterr().err


# -- how a run ends --------------------------------------------------------------------------------------------


def test_data_problems_end_with_1_and_all_stand_in_words(small, capsys, monkeypatch):
    """Problems of the data are listed with their places; past ten the rest is counted."""
    bad = [Problem("x", f"Bad {i}.", "Mend it.", "error", "small.csv", None, i + 2) for i in range(12)]
    fake_api(monkeypatch, read=raising(DataError(bad)))
    assert main(["analyse", "small.csv"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "The data has problems that stopped the work:\n  - small.csv, row 2: Bad 0. Mend it.\n" in shown.err
    assert shown.err.endswith("  and 2 more: see them all with netmap check.\n")


@pytest.mark.parametrize(("error", "code"), [
    (UsageError("There is no kind 'x'."), 2),
    (OutputError("The disk is full."), 2),
    (NetmapError("It broke."), 3),
    (MemoryError(), 3),
    (KeyboardInterrupt(), 130),
    (ValueError("a\nb"), 3),
])
def test_every_failure_ends_in_words(error, code, small, capsys, monkeypatch):
    """No failure shows a traceback unless asked; each kind has its exit code."""
    fake_api(monkeypatch, read=raising(error))
    assert main(["analyse", "small.csv"]) == code
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert ("fault in netmap" in said) == (code == 3 and not isinstance(error, MemoryError))
    assert not (small.parent / "small-netmap").exists()


def test_a_fault_is_one_line_and_debug_shows_the_rest(small, capsys, monkeypatch):
    """A fault of netmap's own is one line with how to report it; --debug adds the traceback."""
    fake_api(monkeypatch, read=raising(ValueError("a\nb")))
    assert main(["check", "small.csv"]) == 3
    assert "Error: ValueError: a b\nThis is a fault in netmap" in capsys.readouterr().err
    assert main(["check", "small.csv", "--debug"]) == 3
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_a_panic_that_is_no_exception_is_caught(small, capsys, monkeypatch):
    """What a compiled package throws past `Exception` still ends in words."""

    class Panic(BaseException):
        pass

    fake_api(monkeypatch, read=raising(Panic("inside")))
    assert main(["analyse", "small.csv"]) == 3
    assert "Error: Panic: inside" in capsys.readouterr().err


# -- streams ---------------------------------------------------------------------------------------------------


def test_reading_is_said_before_anything_heavy_is_loaded(small, capsys, monkeypatch):
    """The first words come on standard error before the library is asked, and not with --quiet."""
    said: list[str] = []

    def read(*args: Any, **kwargs: Any) -> Any:
        said.append(capsys.readouterr().err)
        raise UsageError("enough")

    fake_api(monkeypatch, read=read)
    main(["check", "small.csv"])
    capsys.readouterr()
    main(["check", "small.csv", "--quiet"])
    assert said == ["Reading small.csv ...\n", ""]


def test_what_was_given_reaches_the_reader(small, capsys, monkeypatch):
    """Options on reading arrive as the library takes them."""
    seen: dict[str, Any] = {}

    def read(source: Any, **kwargs: Any) -> Any:
        seen.update(kwargs, source=source)
        raise UsageError("enough")

    fake_api(monkeypatch, read=read)
    main(["check", "small.csv", "--map-columns", "a=b=organisation", "--encoding", "cp1252", "--nodes", "PEOPLE"])
    assert seen == {
        "source": Path("small.csv"), "map_columns": {"a=b": "organisation"}, "encoding": "cp1252", "nodes": "people",
        "aliases": None,
    }


def test_standard_input_arrives_as_bytes(small, monkeypatch):
    """- hands the bytes of standard input to the reader, undecoded."""
    held: list[bytes] = []

    def read(source: Any, **kwargs: Any) -> Any:
        held.append(source.read())
        raise UsageError("enough")

    fake_api(monkeypatch, read=read)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a,b\n\xff,c\n")))
    assert main(["check", "-"]) == 2
    assert held == [b"a,b\n\xff,c\n"]


def test_a_console_that_knows_few_letters_stops_nothing():
    """Welsh names are printed to a cp1252 console with what it cannot show spelt out."""
    done = shell("explain", "solid", env={"PYTHONIOENCODING": "cp1252"}, encoding="cp1252")
    assert done.returncode == 0
    code = r"from netmap.cli import outcome; outcome._prepare_streams(); print('\u0177')"
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"PYTHONIOENCODING": "cp1252"}, cwd=ROOT, capture_output=True,
        check=True,
    )
    assert done.stdout.strip() == b"\\u0177"


def test_piped_output_is_utf8_whatever_the_locale():
    """What is piped on is UTF-8 even where the locale is plain ASCII."""
    code = r"from netmap.cli import outcome; outcome._prepare_streams(); print('\u0177')"
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONIOENCODING", "PYTHONUTF8")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env | {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        cwd=ROOT, capture_output=True, check=True,
    )
    assert done.stdout.strip() == "ŷ".encode()


def test_a_reader_that_leaves_early_is_no_error():
    """A broken pipe ends the run without a word."""
    import shlex

    command = f"{shlex.quote(sys.executable)} -m netmap explain | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "0"
