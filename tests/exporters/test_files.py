"""What the writer promises: whole results or none, and nobody else's files touched."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from netmap.errors import OutputError
from netmap.exporters import files
from netmap.exporters.files import safe_name, write_file, write_folder


def result(**contents: str) -> dict[str, bytes]:
    """A result with a manifest as netmap writes it."""
    held = {name.replace("_", "."): text.encode() for name, text in contents.items()}
    manifest = {"netmap": "1", "files": dict.fromkeys(held, "sha")}
    return {**held, "manifest.json": json.dumps(manifest).encode()}


def contents(folder: Path) -> dict[str, str]:
    """Everything in a folder, hidden files included."""
    return {p.name: p.read_text() for p in sorted(folder.iterdir()) if p.name != "manifest.json"}


def test_new_folder_holds_exactly_the_files_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    """A new result is complete, and no temporary file stays."""
    names = write_folder(tmp_path / "out", result(report_html="one", ties_csv="two"))
    assert names == ["report.html", "ties.csv", "manifest.json"]
    assert contents(tmp_path / "out") == {"report.html": "one", "ties.csv": "two"}
    assert os.listdir(tmp_path) == ["out"]


def test_a_new_folder_has_the_usual_permissions(tmp_path: Path) -> None:
    """Colleagues can read a result in a shared folder: its mode follows the umask, not that of temporary files."""
    (tmp_path / "usual").mkdir()
    (tmp_path / "usual" / "file").write_text("")
    write_folder(tmp_path / "out", result(a_txt="one"))
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "usual").stat().st_mode
    assert (tmp_path / "out" / "a.txt").stat().st_mode == (tmp_path / "usual" / "file").stat().st_mode


def test_over_an_earlier_result_files_no_longer_made_are_removed(tmp_path: Path) -> None:
    """A second run replaces, removes what only the first listed, and keeps what the user put there."""
    out = tmp_path / "out"
    write_folder(out, result(report_html="one", people_csv="names"))
    (out / "notes.txt").write_text("mine")
    write_folder(out, result(report_html="two"))
    assert contents(out) == {"notes.txt": "mine", "report.html": "two"}


def test_a_folder_netmap_did_not_write_is_left_alone(tmp_path: Path) -> None:
    """The error says what to do, and nothing is touched."""
    (tmp_path / "report.html").write_text("mine")
    with pytest.raises(OutputError) as caught:
        write_folder(tmp_path, result(report_html="two"))
    assert str(caught.value) == (
        f"The folder {tmp_path} holds files that netmap did not write; nothing was changed. "
        "Choose another folder with --out, or write into this one with --force."
    )
    assert caught.value.exit_code == 2
    assert contents(tmp_path) == {"report.html": "mine"}


@pytest.mark.parametrize(
    "manifest", ["", "[]", "{}", '{"netmap": "1"}', '{"files": {}}', '{"netmap": "1", "files": 3}', "\udcff"]
)
def test_a_manifest_of_another_program_is_not_ours(tmp_path: Path, manifest: str) -> None:
    """Only a manifest with netmap's own two keys makes a folder ours."""
    (tmp_path / "manifest.json").write_bytes(manifest.encode("utf-8", "surrogateescape"))
    with pytest.raises(OutputError, match="did not write"):
        write_folder(tmp_path, result(a_txt="one"))


def test_force_writes_into_a_strange_folder_and_keeps_the_rest(tmp_path: Path) -> None:
    """With force only files of the same names are replaced."""
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "b.txt").write_text("mine")
    write_folder(tmp_path, result(a_txt="new"), force=True)
    assert contents(tmp_path) == {"a.txt": "new", "b.txt": "mine"}


def test_an_empty_folder_needs_no_force(tmp_path: Path) -> None:
    """Nothing can be lost in an empty folder."""
    (tmp_path / "out").mkdir()
    write_folder(tmp_path / "out", result(a_txt="one"))
    assert contents(tmp_path / "out") == {"a.txt": "one"}


def test_the_working_directory_is_written_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty working directory stays the same folder, so that a terminal open in it sees the files."""
    monkeypatch.chdir(tmp_path)
    number = tmp_path.stat().st_ino
    write_folder(".", result(a_txt="one"))
    assert tmp_path.stat().st_ino == number
    assert contents(tmp_path) == {"a.txt": "one"}


def test_missing_parents_are_made_and_taken_away_on_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A result goes into a new path, and a failure leaves no empty folders."""
    write_folder(tmp_path / "a" / "b", result(a_txt="one"))
    assert contents(tmp_path / "a" / "b") == {"a.txt": "one"}
    monkeypatch.setattr(files, "_write", fails(OSError(errno.ENOSPC, "No space left on device")))
    with pytest.raises(OutputError):
        write_folder(tmp_path / "c" / "d", result(a_txt="one"))
    assert os.listdir(tmp_path) == ["a"]


def fails(error: BaseException, after: int = 0):  # type: ignore[no-untyped-def]
    """A stand-in for a writing step that works `after` times and then fails."""
    real, count = files._write, [0]

    def step(path: Path, data: bytes) -> None:
        count[0] += 1
        if count[0] > after:
            path.write_bytes(data[:1])
            raise error
        real(path, data)

    return step


@pytest.mark.parametrize("earlier", [True, False])
@pytest.mark.parametrize("after", [0, 1, 2])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_full_disk_or_ctrl_c_while_writing_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, earlier: bool, after: int, error: BaseException
) -> None:
    """Whichever file fails, the earlier result is as it was and nothing half-written stays."""
    out = tmp_path / "out"
    if earlier:
        write_folder(out, result(a_txt="old", b_txt="old"))
    before = {p.name: p.read_bytes() for p in out.iterdir()} if earlier else {}
    monkeypatch.setattr(files, "_write", fails(error, after))
    with pytest.raises(KeyboardInterrupt if isinstance(error, KeyboardInterrupt) else OutputError) as caught:
        write_folder(out, result(a_txt="new", b_txt="new"))
    if isinstance(caught.value, OutputError):
        assert str(caught.value) == f"{out} could not be written: the disk is full. Nothing was changed."
    assert os.listdir(tmp_path) == (["out"] if earlier else [])
    if earlier:
        assert {p.name: p.read_bytes() for p in out.iterdir()} == before


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_failure_between_two_replacements_is_rolled_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """A file held open by another program (as Windows reports it) brings the replaced ones back."""
    out = tmp_path / "out"
    write_folder(out, result(a_txt="old", people_csv="old"))
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    real, count = os.replace, [0]

    def replace(source: Path, target: Path) -> None:
        if ".netmap-tmp-" in str(source) and ".netmap-tmp-" not in str(target):
            count[0] += 1
            if count[0] == after + 1:
                raise PermissionError(errno.EACCES, "The process cannot access the file")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(OutputError, match="a file may be open in another program"):
        write_folder(out, result(a_txt="new", c_txt="new"))
    assert {p.name: p.read_bytes() for p in out.iterdir()} == before


def test_ctrl_c_between_two_replacements_waits_for_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The set is finished before the interruption is passed on."""
    out = tmp_path / "out"
    write_folder(out, result(a_txt="old", b_txt="old"))
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        write_folder(out, result(a_txt="new", b_txt="new"))
    assert contents(out) == {"a.txt": "new", "b.txt": "new"}


def test_the_manifest_is_replaced_last_and_after_removals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The manifest is the record of a finished set."""
    out = tmp_path / "out"
    write_folder(out, result(a_txt="old", people_csv="old"))
    seen: list[tuple[str, bool]] = []
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        seen.append((Path(target).name, (out / "people.csv").exists()))
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    write_folder(out, {"manifest.json": result(a_txt="x")["manifest.json"], "a.txt": b"x"})
    assert seen == [("a.txt", True), ("manifest.json", False)]


@pytest.mark.parametrize("name", ["../a", "a/b", "a\\b", "", ".", "..", "/etc/x", "C:x", "a\0"])
def test_only_plain_names_are_written(tmp_path: Path, name: str) -> None:
    """A name from data cannot lead out of the folder."""
    with pytest.raises(OutputError, match="not a plain file name"):
        write_folder(tmp_path / "out", {name: b"x"})
    assert os.listdir(tmp_path) == []


def test_a_manifest_cannot_make_netmap_remove_files_elsewhere(tmp_path: Path) -> None:
    """Names in an old manifest that lead out of the folder are ignored."""
    (tmp_path / "precious.txt").write_text("mine")
    out = tmp_path / "out"
    out.mkdir()
    (out / "manifest.json").write_text(json.dumps({"netmap": "1", "files": {"../precious.txt": "sha", "a": "sha"}}))
    (out / "a").write_text("")
    write_folder(out, result(b_txt="one"))
    assert (tmp_path / "precious.txt").read_text() == "mine"
    assert contents(out) == {"b.txt": "one"}


def test_links_are_refused(tmp_path: Path) -> None:
    """Neither a linked folder nor a linked file is written through."""
    real = tmp_path / "real"
    real.mkdir()
    (tmp_path / "link").symlink_to(real)
    with pytest.raises(OutputError, match="is a link to another place"):
        write_folder(tmp_path / "link", result(a_txt="one"))
    write_folder(tmp_path / "out", result(a_txt="one"))
    (tmp_path / "secret").write_text("mine")
    (tmp_path / "out" / "a.txt").unlink()
    (tmp_path / "out" / "a.txt").symlink_to(tmp_path / "secret")
    with pytest.raises(OutputError, match="is a link to another place; nothing was changed"):
        write_folder(tmp_path / "out", result(a_txt="two"))
    with pytest.raises(OutputError, match="is a link to another place; nothing was changed"):
        write_file(tmp_path / "out" / "a.txt", b"two", force=True)
    assert (tmp_path / "secret").read_text() == "mine"
    assert os.listdir(real) == []


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    """Output onto a file says that it is a file."""
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputError) as caught:
        write_folder(tmp_path / "out", result(a_txt="one"), force=True)
    assert str(caught.value) == f"{tmp_path / 'out'} is a file, not a folder. Choose another name with --out."


def test_write_file_needs_force_over_an_existing_one(tmp_path: Path) -> None:
    """A single output never replaces a file unasked."""
    target = tmp_path / "a.graphml"
    assert write_file(target, b"one") == str(target)
    with pytest.raises(OutputError) as caught:
        write_file(target, b"two")
    assert str(caught.value) == (f"The file {target} exists already. Use --force to replace it, or give another name.")
    assert target.read_bytes() == b"one"
    write_file(target, b"two", force=True)
    assert target.read_bytes() == b"two"
    assert os.listdir(tmp_path) == ["a.graphml"]


def test_what_a_dead_run_left_is_swept_and_a_live_one_is_not(tmp_path: Path) -> None:
    """Temporary files go once their process has ended; other people's hidden files stay."""
    dead = subprocess.Popen([sys.executable, "-c", "pass"])
    dead.wait()
    host = files._host()
    gone = [f".netmap-tmp-{host}-{dead.pid}-aaaa", f".netmap-tmp-{'0' * 8}-1-bbbb"]
    stay = [f".netmap-tmp-{host}-{os.getpid()}-cccc", ".netmap-tmp-notes", f".netmap-tmp-{'1' * 8}-1-dddd"]
    for name in gone + stay:
        (tmp_path / name).mkdir()
        (tmp_path / name / "half").write_text("")
    os.utime(tmp_path / gone[1], (time.time() - 90_000,) * 2)
    write_folder(tmp_path / "out", result(a_txt="one"))
    assert sorted(os.listdir(tmp_path)) == sorted([*stay, "out"])


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_a_killed_run_leaves_an_old_or_a_new_result(tmp_path: Path) -> None:
    """Killed at any moment, the folder holds one whole result or the manifest tells, and the next run cleans up."""
    program = (
        "import sys, json, itertools\n"
        "from netmap.exporters.files import write_folder\n"
        "for i in itertools.count():\n"
        "    held = {f'{k}.txt': (str(i) * 50_000).encode() for k in range(3)}\n"
        "    held['manifest.json'] = json.dumps({'netmap': '1', 'run': i, 'files': {n: 'x' for n in held}}).encode()\n"
        "    write_folder(sys.argv[1], held)\n"
        "    print(i, flush=True)\n"
    )
    out = tmp_path / "out"
    for pause in (0.001, 0.004, 0.009):
        run = subprocess.Popen([sys.executable, "-c", program, str(out)], stdout=subprocess.PIPE)
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(pause)
        run.kill()
        run.wait()
        for name in ("0.txt", "1.txt", "2.txt"):
            text = (out / name).read_text()
            assert text == text[: len(text) // 50_000] * 50_000
        assert json.loads((out / "manifest.json").read_text())["netmap"] == "1"
    write_folder(out, result(a_txt="one"))
    assert contents(out) == {"a.txt": "one"}
    assert os.listdir(tmp_path) == ["out"]


@pytest.mark.skipif(os.name == "nt", reason="needs limits on file size")
def test_a_real_limit_on_size_is_reported_and_leaves_the_earlier_result(tmp_path: Path) -> None:
    """The system itself refuses a large file: the message says so, and the old files are there."""
    out = tmp_path / "out"
    write_folder(out, result(a_txt="old"))
    program = (
        "import resource, sys\n"
        "from netmap.errors import OutputError\n"
        "from netmap.exporters.files import write_folder\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n"
        "    write_folder(sys.argv[1], {'a.txt': b'new', 'b.txt': b'x' * 1_000_000})\n"
        "except OutputError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(out)], capture_output=True, text=True, check=True)
    assert (
        done.stdout
        == f"{out} could not be written: the file would be larger than is allowed here. Nothing was changed.\n"
    )
    assert contents(out) == {"a.txt": "old"}


def test_safe_names_are_plain_short_and_different() -> None:
    """Names from data become file names that no system minds and that never meet."""
    hostile = ["../../etc/x", "/etc/passwd", "CON", "x" * 300, "a\0b", "A/B", "a-b", "ŵ", "ẃ", "", "日本", "Ynys Môn"]
    names = [safe_name(text) for text in hostile]
    assert len(set(names)) == len(hostile)
    assert all(files._plain(name) and len(name) <= 50 for name in names)
    assert safe_name("Ynys Môn").startswith("ynys-mon-")
