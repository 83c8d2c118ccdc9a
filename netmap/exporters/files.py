"""Results on disk: whole or not at all, never over what netmap did not write, never through a link."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import secrets
import shutil
import signal
import threading
import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from platform import node as host_name
from types import FrameType

from ..errors import OutputError

__all__ = ["MANIFEST", "refuse_existing", "refuse_folder", "safe_name", "write_file", "write_folder"]

MANIFEST = "manifest.json"

# The host and process in the name of a temporary file say later whether its writer is still at work.
_TEMP = ".netmap-tmp-"
_TEMP_NAME = re.compile(r"\.netmap-tmp-([0-9a-f]{8})-(\d+)-[0-9a-f]+(-\d+)?")
_ABANDONED_AFTER = 24 * 3600.0

_REASONS = {
    errno.ENOSPC: "the disk is full",
    getattr(errno, "EDQUOT", -1): "the disk quota is used up",
    errno.EACCES: "permission was refused (a file may be open in another program)",
    errno.EPERM: "permission was refused (a file may be open in another program)",
    errno.EROFS: "the disk is read-only",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ENOTDIR: "part of the path is a file, not a folder",
    errno.EFBIG: "the file would be larger than is allowed here",
}


def write_folder(out: str | os.PathLike[str], files: Mapping[str, bytes], *, force: bool = False) -> list[str]:
    """Write `files` into the folder `out` so that they appear together or not at all.

    A new folder is written beside its place and renamed. Over an earlier result of netmap, known by its
    ``manifest.json``, each file is written beside its old one and replaced, ``manifest.json`` last; files that the
    earlier result listed and this one no longer has are removed. Anything that fails leaves what was there before.

    Parameters
    ----------
    out : path
        The folder; missing parents are made.
    files : mapping of str to bytes
        Plain file names and contents.
    force : bool, default False
        Write into a folder that netmap did not write. Files of other names in it are left alone.

    Returns
    -------
    list of str
        The names written, in the order of `files`.

    Raises
    ------
    OutputError
        The folder holds something else, is a file or a link, or could not be written. Nothing has changed then.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     write_folder(place + "/out", {"a.txt": b"one", "manifest.json": b'{"netmap": "1", "files": {}}'})
    ['a.txt', 'manifest.json']
    """
    folder = Path(os.path.abspath(out))
    for name in files:
        if not _plain(name):
            raise OutputError(f"{name!r} is not a plain file name.")
    with _as_output_error(folder):
        state, earlier = _look(folder, force)
        for name in [*files, *earlier]:
            _refuse_odd_target(folder / name)
        with _parents(folder.parent):
            _sweep(folder.parent)
            if state == "new" or (state == "empty" and not _is_working_directory(folder)):
                _write_new(folder, files)
            else:
                _sweep(folder)
                _write_over(folder, files, [name for name in earlier if name not in files])
    return list(files)


def write_file(path: str | os.PathLike[str], data: bytes, *, force: bool = False) -> str:
    """Write one file whole or not at all and return its path; an existing file needs `force`.

    Raises
    ------
    OutputError
        The file exists and `force` is not given, it is a link or a folder, or it could not be written.
    """
    target = Path(os.path.abspath(path))
    with _as_output_error(target):
        refuse_existing(target, force)
        with _parents(target.parent):
            _sweep(target.parent)
            _write_over(target.parent, {target.name: data}, [])
    return str(target)


def refuse_existing(path: str | os.PathLike[str], force: bool) -> None:
    """Raise `OutputError` where `path` must not be written: it exists and `force` is not given, or is no plain file."""
    target = Path(os.path.abspath(path))
    _refuse_odd_target(target)
    if target.exists() and not force:
        raise OutputError(f"The file {target} exists already. Use --force to replace it, or give another name.")


def refuse_folder(out: str | os.PathLike[str], force: bool) -> None:
    """Raise `OutputError` where results must not be written to the folder `out`, as `write_folder` would."""
    _look(Path(os.path.abspath(out)), force)


def safe_name(text: str) -> str:
    """Return a file name made from `text`: a readable part and a short hash that keeps different texts apart.

    Examples
    --------
    >>> safe_name("../../Ynys Môn")
    'ynys-mon-28c8643c'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").casefold()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
    mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{slug}-{mark}" if slug else mark


# -- what is there ---------------------------------------------------------------------------------------------


def _plain(name: str) -> bool:
    bad = not name or name in (".", "..") or name.startswith(_TEMP)
    return not bad and not any(c in name for c in "/\\:\0") and name == os.path.basename(name)


def _look(folder: Path, force: bool) -> tuple[str, list[str]]:
    """Return whether the folder is new, empty, ours or forced, and the names an earlier result listed."""
    if folder.is_symlink():
        raise OutputError(f"{folder} is a link to another place. Give the folder itself with --out.")
    if not folder.exists():
        return "new", []
    if not folder.is_dir():
        raise OutputError(f"{folder} is a file, not a folder. Choose another name with --out.")
    if all(_TEMP_NAME.fullmatch(entry.name) for entry in os.scandir(folder)):
        return "empty", []
    listed = _earlier(folder)
    if listed is not None:
        return "ours", listed
    if force:
        return "forced", []
    raise OutputError(
        f"The folder {folder} holds files that netmap did not write; nothing was changed. "
        "Choose another folder with --out, or write into this one with --force."
    )


def _earlier(folder: Path) -> list[str] | None:
    """Return the file names an earlier result of netmap lists in its manifest, or None where it is not ours."""
    try:
        held = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(held, dict) or "netmap" not in held or not isinstance(held.get("files"), dict):
        return None
    return sorted(name for name in held["files"] if isinstance(name, str) and _plain(name))


def _refuse_odd_target(target: Path) -> None:
    if target.is_symlink():
        raise OutputError(f"{target} is a link to another place; nothing was changed. Remove the link first.")
    if target.is_dir():
        raise OutputError(f"{target} is a folder where a file should go; nothing was changed.")


def _is_working_directory(folder: Path) -> bool:
    # Renaming over it would leave the user's terminal in a folder that no longer exists.
    with suppress(OSError):
        return os.path.samefile(folder, os.getcwd())
    return False


# -- writing ---------------------------------------------------------------------------------------------------


def _write_new(folder: Path, files: Mapping[str, bytes]) -> None:
    stage = folder.parent / _temp_name()
    try:
        os.mkdir(stage)
        for name, data in files.items():
            _write(stage / name, data)
        _sync(stage)
        with _undisturbed():
            _put_folder(stage, folder)
        _sync(folder.parent)
    finally:
        # After the rename nothing of this name is left; after a failure everything is.
        shutil.rmtree(stage, ignore_errors=True)


def _put_folder(stage: Path, folder: Path) -> None:
    try:
        os.replace(stage, folder)
    except OSError:
        # Windows does not rename over an empty folder.
        if not folder.is_dir():
            raise
        os.rmdir(folder)
        os.replace(stage, folder)


def _write_over(folder: Path, files: Mapping[str, bytes], stale: list[str]) -> None:
    tag = _temp_name()
    order = [name for name in files if name != MANIFEST] + [name for name in files if name == MANIFEST]
    staged = {name: folder / f"{tag}-{number}" for number, name in enumerate(order)}
    kept = {name: folder / f"{tag}-{len(order) + number}" for number, name in enumerate([*stale, *order])}
    done: list[str] = []
    try:
        for name in order:
            _write(staged[name], files[name])
        for name in [*stale, *order]:
            _keep(folder / name, kept[name])
        with _undisturbed():
            try:
                for name in [*order[:-1], *stale, *order[-1:]]:
                    done.append(name)
                    if name in staged:
                        os.replace(staged[name], folder / name)
                    else:
                        (folder / name).unlink(missing_ok=True)
            except BaseException:
                for name in reversed(done):
                    _put_back(folder / name, kept[name])
                raise
        _sync(folder)
    finally:
        for path in [*staged.values(), *kept.values()]:
            with suppress(OSError):
                path.unlink()


def _keep(target: Path, kept: Path) -> None:
    if not target.exists():
        return
    try:
        os.link(target, kept)
    except OSError:
        shutil.copy2(target, kept)


def _put_back(target: Path, kept: Path) -> None:
    with suppress(OSError):
        if kept.exists():
            os.replace(kept, target)
        else:
            target.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    with open(path, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    # Folders cannot be opened on Windows, and some file systems refuse to sync them.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back Ctrl-C for the few milliseconds in which old files give way to new ones."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        pressed.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before if before is not None else signal.default_int_handler)
    if pressed:
        raise KeyboardInterrupt


@contextmanager
def _parents(folder: Path) -> Iterator[None]:
    """Make missing parents, and take them away again where what follows fails."""
    made: list[Path] = []
    step = folder
    while not step.exists() and step != step.parent:
        made.append(step)
        step = step.parent
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for path in made:
            with suppress(OSError):
                path.rmdir()
        raise


@contextmanager
def _as_output_error(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()
        raise OutputError(f"{target} could not be written: {reason}. Nothing was changed.") from error


# -- what a killed run left behind -----------------------------------------------------------------------------


def _host() -> str:
    return hashlib.sha256(host_name().encode("utf-8", "replace")).hexdigest()[:8]


def _temp_name() -> str:
    return f"{_TEMP}{_host()}-{os.getpid()}-{secrets.token_hex(4)}"


def _sweep(folder: Path) -> None:
    """Remove the temporary files and folders of netmap runs that are no longer at work."""
    with suppress(OSError):
        for entry in list(os.scandir(folder)):
            if not entry.name.startswith(_TEMP) or not _abandoned(entry):
                continue
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path, ignore_errors=True)
                else:
                    os.unlink(entry.path)


def _abandoned(entry: os.DirEntry[str]) -> bool:
    parts = _TEMP_NAME.fullmatch(entry.name)
    if parts is None:
        return False
    with suppress(OSError):
        if time.time() - entry.stat(follow_symlinks=False).st_mtime > _ABANDONED_AFTER:
            return True
    # On Windows asking with signal 0 would send one, so only age counts there.
    if parts.group(1) != _host() or os.name == "nt":
        return False
    try:
        os.kill(int(parts.group(2)), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False
    return False
