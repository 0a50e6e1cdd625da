"""What commands write: whole or not at all, never over a person's own unasked, one command at a time."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.alone import alone_in
from tracker.cli.common import FIRST_FAULTS, Stop, real, short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

# The names of what is not finished: hidden, read by no command, and swept away by the next that writes there.
_PREFIX, _SUFFIX = ".tracker-", ".tmp"


def write_file(path: Path, data: bytes, *, force: bool = False, last_look: Callable[[], None] | None = None) -> None:
    """Write a file beside its place and move it there; stop when one is there already.

    With `last_look`, what it raises just before the move keeps the file as it is.
    """
    _refuse_place(path, force=force)
    place = real(path)
    begun = [folder for folder in (place.parent, *place.parent.parents) if not folder.exists()]
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with alone_in(place.parent) as alone:
            if alone:
                _sweep(place.parent)
            # What came while this one waited for another is somebody's too.
            _replace(place, data, last_look or (lambda: _refuse_place(path, force=force)))
    except BaseException as error:
        _take_back(begun)
        if isinstance(error, OSError):
            raise unwritten(path, error) from None
        raise


def write_files(files: Iterable[tuple[Path, bytes]], count: int, *, force: bool = False) -> None:
    """Write several files, each whole; where one cannot be, say how many of all were."""
    written: list[Path] = []
    for path, data in files:
        try:
            write_file(path, data, force=force)
        except (Stop, KeyboardInterrupt) as stop:
            raise partly(stop, written, count) from None
        written.append(path)


def partly(stop: BaseException, written: Sequence[Path], count: int) -> Stop:
    """Return what stopped a command together with what it had written by then, each file whole."""
    names = ", ".join(map(short, written[:FIRST_FAULTS])) + (", …" if len(written) > FIRST_FAULTS else "")
    what = f"{len(written)} of {count} files were written: {names}" if written else f"none of {count} files was written"
    hint = getattr(stop, "hint", "") or "run the command again"
    return Stop(f"{str(stop) or 'stopped'}\n  {what}", hint)


def unwritten(path: Path, error: OSError) -> Stop:
    """Return what to say when the system does not let a file be written."""
    why = error.strerror or str(error)
    hint = "look whether the disk has room, the folder can be written to, and no other program has the file open"
    return Stop(f"{short(path)} could not be written: {why}", hint)


def write_folder(place: Path, files: Mapping[str, bytes], beside: Path) -> None:
    """Write a folder that is not there yet: all of its files at once, or none; `beside` is where it is begun."""
    with fresh_folder(beside) as fresh:
        try:
            for name, data in files.items():
                (fresh / "new" / name).parent.mkdir(parents=True, exist_ok=True)
                put(fresh / "new" / name, data)
        except OSError as error:
            raise unwritten(place, error) from None
        move_folder(fresh / "new", place)


@contextmanager
def fresh_folder(beside: Path) -> Iterator[Path]:
    """Give a hidden folder to fill before it is moved to its place; what is still in it at the end goes."""
    try:
        folder, held = _begun_folder(beside)
    except OSError as error:
        raise unwritten(beside, error) from None
    try:
        with held:
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def move_folder(fresh: Path, place: Path) -> None:
    """Move a folder that is filled to its place, where nothing is yet; all of it comes at once."""
    try:
        # A temporary folder is private; in its place it is as any other.
        fresh.chmod(0o777 & ~_umask())
        fresh.rename(place)
    except OSError as error:
        raise unwritten(place, error) from None


def put(file: Path, data: bytes, *, lasting: bool = True) -> None:
    """Put bytes into a file that nobody reads yet: whatever tracker writes, it writes here.

    What is lasting is on the disk when this ends, so that losing power loses neither old nor new.
    """
    with file.open("wb") as out:
        out.write(data)
        out.flush()
        if lasting:
            os.fsync(out.fileno())


def is_unfinished(path: Path) -> bool:
    """Tell whether a file is what a command that was killed has left."""
    return path.match(f"{_PREFIX}*{_SUFFIX}")


def refuse_data(path: Path, becomes: str) -> None:
    """Stop where a result would take the place of a workspace's data; only what becomes such data may, forced."""
    from tracker.load.folder import find_root, is_data_name

    place = real(path)
    root = find_root(place.parent)
    folders = [root / name for name in ("mandates", "reports") if name != becomes] if root else []
    if is_data_name(place.name) and any(place.is_relative_to(folder) for folder in folders):
        what = "holds" if place.exists() else "would be read as"
        raise Stop(f"{short(path)} {what} data of a workspace", "write elsewhere with --output")


def _refuse_place(path: Path, *, force: bool) -> None:
    """Stop where a file cannot or must not be written."""
    if path.is_dir():
        raise Stop(f"{short(path)} is a folder", "name a file in it")
    if (path.exists() or path.is_symlink()) and not force:
        raise Stop(f"{short(path)} is there already", "write elsewhere with --output, or over it with --force")
    place = real(path)
    if place.exists() and not place.is_file():
        raise Stop(f"{short(place)} is not a file", "for standard output, write --output -")
    # Moving another over it would not ask for the right to write to it.
    if place.exists() and not os.access(place, os.W_OK):
        raise Stop(f"{short(place)} is read-only", "allow writing to it first, or write elsewhere")


def _replace(place: Path, data: bytes, last_look: Callable[[], None]) -> None:
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=_PREFIX, suffix=_SUFFIX)
    os.close(handle)
    try:
        put(Path(name), data)
        _give_rights(Path(name), place)
        last_look()
        Path(name).replace(place)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)
        raise
    _keep_name(place.parent)


def _give_rights(file: Path, place: Path) -> None:
    # A temporary file is private; what is replaced keeps its rights, and a new file is as any other.
    if not place.exists():
        file.chmod(0o666 & ~_umask())
        return
    old, new = place.stat(), file.stat()
    if hasattr(os, "chown") and (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        # Only an administrator gives files away, but anyone may keep the group that colleagues read it by.
        with suppress(OSError):
            os.chown(file, -1, old.st_gid)
        with suppress(OSError):
            os.chown(file, old.st_uid, -1)
    file.chmod(stat.S_IMODE(old.st_mode))


def _keep_name(folder: Path) -> None:
    """Wait until the disk knows the new name too; some systems cannot, and the file is whole all the same."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(folder: Path) -> None:
    """Take away what a command that was killed has left unfinished in a folder."""
    for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        if left.is_dir() and not left.is_symlink():
            with suppress(Stop), alone_in(left, patience=0) as unused:
                if unused:
                    shutil.rmtree(left, ignore_errors=True)
        else:
            with suppress(OSError):
                left.unlink()


def _begun_folder(beside: Path) -> tuple[Path, ExitStack]:
    held = ExitStack()
    beside.mkdir(parents=True, exist_ok=True)
    with alone_in(beside) as alone:
        if alone:
            _sweep(beside)
        folder = Path(tempfile.mkdtemp(dir=beside, prefix=_PREFIX, suffix=_SUFFIX))
        # As long as it is held, no other command takes it for one that was left.
        held.enter_context(alone_in(folder))
    return folder, held


def _take_back(begun: list[Path]) -> None:
    """Take away folders that were made for a file which could not be written, as far as nothing is in them."""
    with suppress(OSError):
        for folder in begun:
            folder.rmdir()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
