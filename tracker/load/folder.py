"""The folder of a workspace: where it is, which files in it hold data, and whether any of them has changed."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SUFFIXES = (".yaml", ".yml")
_PROGRAM = Path(__file__).parent.parent
# What Python makes of a program stands beside it, in folders of this name.
_COMPILED = "__pycache__"
# A file changed within the same tick of the clock, right after it was read, keeps its times. Some file systems count in
# seconds; where they count finer, the clock of a server may still differ a little from that of a laptop.
_COARSE_TICK, _FINE_TICK = 2_000_000_000, 200_000_000
# Some file systems give their files larger numbers than a database holds.
_MOST = 2**63 - 1


class Stamp(NamedTuple):
    """What the file system says of a file; as long as none of it changes, the file has not."""

    size: int
    modified: int
    changed: int
    inode: int

    @classmethod
    def of(cls, found: os.stat_result) -> Stamp:
        """Return it from what the file system was asked."""
        return cls(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino & _MOST)

    @property
    def settled(self) -> bool:
        """Tell whether the tick of the clock is over that its times are from: any change now would show."""
        latest = max(self.modified, self.changed)
        return latest < time.time_ns() - (_FINE_TICK if latest % 1_000_000 else _COARSE_TICK)


def find_root(start: Path) -> Path | None:
    """Return the nearest folder from `start` upwards that holds `mandates/` and `reports/`."""
    for folder in (start, *start.parents):
        if (folder / "mandates").is_dir() and (folder / "reports").is_dir():
            return folder
    return None


def is_data_file(path: Path) -> bool:
    """Tell whether a file is one to read: YAML, and not one that an editor or macOS hides."""
    return is_data_name(path.name) and path.is_file()


def is_data_name(name: str) -> bool:
    """Tell whether a name is that of a file to read."""
    return name.lower().endswith(SUFFIXES) and not name.startswith(".")


def state_of(root: Path) -> bytes | None:
    """Return what stands for the data files of a workspace, and for the program that reads them, as they are now.

    None where a change might not be seen: a file was changed a moment ago, or is a link to another.
    """
    states = [program_state(), *(_state(root / folder, is_data_name) for folder in ("mandates", "reports"))]
    known = [state for state in states if state]
    return b"".join(known) if len(known) == len(states) else None


def program_state() -> bytes | None:
    """Return what stands for the program, as it is now; None where a change might not be seen."""
    # What Python makes of a module is put beside it under another name first, as x.pyc.140245.
    program = _state(_PROGRAM, lambda name: ".pyc" not in name)
    return program and blake2b(program + sys.version.encode(), digest_size=16).digest()


def _state(folder: Path, is_part: Callable[[str], bool]) -> bytes | None:
    # What stands behind a link may be moved without a trace.
    if folder.is_symlink():
        return None
    seen = blake2b(digest_size=16)
    with suppress(OSError):
        for entry in below(folder):
            seen.update(_seen(entry, is_part).encode("utf-8", "surrogateescape"))
        return seen.digest()
    return None


def _seen(entry: os.DirEntry[str], is_part: Callable[[str], bool]) -> str:
    """Return what shows whether something has changed; raise `OSError` where a change might not show."""
    if entry.is_symlink():
        raise OSError(None, "is a link, and what it leads to may change", entry.path)
    if entry.is_dir(follow_symlinks=False):
        # When something was last put into a folder is no matter: all that is in it is looked at.
        return "" if entry.name == _COMPILED else f"{entry.path}\0"
    if not is_part(entry.name):
        return ""
    found = entry.stat(follow_symlinks=False)
    size, modified, changed, inode = stamp = Stamp.of(found)
    if not stamp.settled:
        raise OSError(None, "was changed a moment ago, and may be again", entry.path)
    return f"{entry.path}\0{found.st_mode} {size} {modified} {changed} {inode}\0"


def _raise(error: OSError) -> None:
    raise error


def below(folder: Path, failed: Callable[[OSError], object] = _raise) -> Iterator[os.DirEntry[str]]:
    """Yield all that stands in a folder and in those in it, in a fixed order, however deep; links are not followed.

    `failed` is told why a folder cannot be looked into.
    """
    folders = [str(folder)]
    while folders:
        try:
            with os.scandir(folders.pop()) as found:
                entries = sorted(found, key=attrgetter("name"))
        except OSError as error:
            failed(error)
            continue
        yield from entries
        folders += [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
