"""What commands print, and what they write: whole or not at all, and never over a person's own unasked."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from tracker.cli.common import Stop, note, short

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType


def print_text(text: str, *, for_spreadsheet: bool = False) -> None:
    """Print text as UTF-8, whatever the console says.

    A CSV sent to a file begins with the byte order mark without which Excel garbles Chinese; sent
    to another program it does not.
    """
    to_file = for_spreadsheet and stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    print_bytes(text.encode("utf-8-sig" if to_file else "utf-8", errors="surrogateescape"))


def print_bytes(data: bytes) -> None:
    """Print bytes to standard output as they are."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _reader_is_gone()


def _reader_is_gone() -> NoReturn:
    # The reader of a pipe has seen enough: `tracker matrix | head` is no failure.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise typer.Exit


def print_rich(renderable: RenderableType) -> None:
    """Print a table at the width of the terminal, or at 100 columns where there is none."""
    from rich.console import Console

    chosen = os.environ.get("COLUMNS", "")
    width = int(chosen) if chosen.isdigit() and int(chosen) > 0 else None
    if width is None and not sys.stdout.isatty():
        width = 100
    console = Console(width=width, highlight=False, emoji=False)
    with console.capture() as capture:
        console.print(renderable)
    print_bytes(capture.get().encode("utf-8", errors="surrogateescape"))


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


def write_file(path: Path, data: bytes, *, force: bool = False, last_look: Callable[[], None] | None = None) -> None:
    """Write a file beside its place and move it there; stop when one is there already.

    With `last_look`, what it raises just before the move keeps the file as it is.
    """
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
        if last_look:
            last_look()
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
