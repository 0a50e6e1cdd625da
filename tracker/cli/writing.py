"""Files are written whole or not at all, and never over a person's own."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from tracker.cli.common import Stop, note, print_bytes, print_text, short


def emit(data: str | bytes, output: Path | None, *, force: bool, for_spreadsheet: bool = False) -> None:
    """Print a result, or write it to the file asked for and say so."""
    if output is None or str(output) == "-":
        if isinstance(data, str):
            print_text(data, for_spreadsheet=for_spreadsheet)
        else:
            print_bytes(data)
        return
    if isinstance(data, str):
        data = data.encode("utf-8-sig" if for_spreadsheet else "utf-8")
    write_file(output, data, force=force)
    note(short(output))


def write_file(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a file beside its place and move it there; stop when one is there already."""
    if path.is_dir():
        raise Stop(f"{short(path)} is a folder", "name a file in it")
    if (path.exists() or path.is_symlink()) and not force:
        raise Stop(f"{short(path)} is there already", "write elsewhere with --output, or over it with --force")
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise Stop(f"{short(path)} is not a file", "for standard output, write --output -")
    # A temporary file is private; what is replaced keeps its mode, and a new file is as any other.
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
