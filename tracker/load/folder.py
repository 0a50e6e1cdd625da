"""The folder of a workspace: where it is, which files in it hold data, and whether any of them has changed."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.load.store import Stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SUFFIXES = (".yaml", ".yml")
_PROGRAM = Path(__file__).parent.parent
# What Python makes of a program, beside it.
_COMPILED = ("__pycache__", ".pyc")


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


def _raised(error: OSError) -> None:
    raise error


def state_of(root: Path) -> bytes | None:
    """Return what stands for the data files of a workspace, and for the program that reads them, as they are now.

    None where a change might not be seen: a file was changed a moment ago, or is a link to another.
    """
    states = [program_state(), *(_state(root / folder, is_data_name) for folder in ("mandates", "reports"))]
    known = [state for state in states if state]
    return b"".join(known) if len(known) == len(states) else None


def program_state() -> bytes | None:
    """Return what stands for the program, as it is now; None as of a workspace."""
    program = _state(_PROGRAM, lambda name: not name.endswith(_COMPILED))
    return program and blake2b(program + sys.version.encode(), digest_size=16).digest()


def _state(folder: Path, is_part: Callable[[str], bool]) -> bytes | None:
    seen = blake2b(digest_size=16)
    with suppress(OSError):
        for entry in below(folder):
            if entry.is_symlink():
                return None
            if is_part(entry.name):
                seen.update(os.fsencode(entry.path) + b"\0")
                # When something was last put into a folder is no matter: all that is in it is looked at.
                if not entry.is_dir(follow_symlinks=False):
                    found = entry.stat(follow_symlinks=False)
                    stamp = Stamp.of(found)
                    if not stamp.settled:
                        return None
                    seen.update(repr((found.st_mode, stamp)).encode())
        return seen.digest()
    return None


def below(folder: Path, failed: Callable[[OSError], object] = _raised) -> Iterator[os.DirEntry[str]]:
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
