"""One command at a time in a folder: a lock that leaves nothing in it, and ends with the command even when killed."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tracker.cli.common import Stop, short

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Longer than any command writes; who still waits then sits beside one that hangs.
_PATIENCE_SECONDS = 30.0
_held: set[Path] = set()


@contextmanager
def alone_in(folder: Path, patience: float = _PATIENCE_SECONDS) -> Iterator[bool]:
    """Wait until no other command of tracker writes in a folder, and keep others waiting; stop when it takes too long.

    Tells whether that could be made sure: some network drives know no locks.
    """
    folder = folder.resolve()
    handle = None if folder in _held else _opened(folder)
    if handle is None:
        yield folder in _held
        return
    try:
        locked = _waited_for(handle, folder, patience)
        if locked:
            _held.add(folder)
        yield locked
    finally:
        # Closed, it is no longer locked.
        _held.discard(folder)
        os.close(handle)


def _waited_for(handle: int, folder: Path, patience: float) -> bool:
    end = time.monotonic() + patience
    while True:
        try:
            _lock(handle)
        except (BlockingIOError, PermissionError):
            if time.monotonic() >= end:
                message = f"another command of tracker is writing in {short(folder)}: nothing was written"
                raise Stop(message, "wait until it has ended, and run the command again") from None
            time.sleep(0.02)
        except OSError:
            return False
        else:
            return True


if sys.platform == "win32":
    import msvcrt
    import tempfile
    from pathlib import Path as _Path
    from zlib import crc32

    def _opened(folder: Path) -> int | None:
        # A folder cannot be locked there: an empty file among the temporary ones stands for it.
        name = f"tracker-{crc32(os.path.normcase(folder).encode('utf-8', 'surrogatepass')):08x}.lock"
        try:
            return os.open(_Path(tempfile.gettempdir()) / name, os.O_RDWR | os.O_CREAT)
        except OSError:
            return None

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _opened(folder: Path) -> int | None:
        try:
            return os.open(folder, os.O_RDONLY)
        except OSError:
            return None

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
