"""What commands print, on standard output or to the file that was asked for."""

from __future__ import annotations

import os
import re
import stat
import sys
from typing import TYPE_CHECKING, NoReturn

import typer

from tracker.cli.common import note, short
from tracker.cli.writing import refuse_data, write_file

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import RenderableType

# A terminal obeys these; of them, a table has only the colours that it was given, and links.
_UNRULY = re.compile(r"\x1b(?!\[[0-9;]*m|\]8;)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def print_text(text: str, *, for_spreadsheet: bool = False) -> None:
    """Print text as UTF-8, whatever the console says.

    A CSV sent to a file begins with the byte order mark without which Excel garbles Chinese; sent
    to another program it does not. On a terminal, what changes the order of its letters is written out.
    """
    from tracker.lang.characters import visible, without_controls

    text = visible(text) if sys.stdout.isatty() else without_controls(text)
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
    text = _UNRULY.sub("", capture.get())
    if not sys.stdout.isatty():
        # A file or another program has no width to fill.
        text = "\n".join(line.rstrip(" ") for line in text.split("\n"))
    print_bytes(text.encode("utf-8", errors="surrogateescape"))


def emit(
    data: str | bytes, output: Path | None, *, force: bool, for_spreadsheet: bool = False, becomes: str = ""
) -> None:
    """Print a result, or write it to the file asked for and say so; `becomes` is the folder whose data it is."""
    if output is None or str(output) == "-":
        if isinstance(data, str):
            print_text(data, for_spreadsheet=for_spreadsheet)
        else:
            print_bytes(data)
        return
    if isinstance(data, str):
        data = data.encode("utf-8-sig" if for_spreadsheet else "utf-8")
    refuse_data(output, becomes)
    write_file(output, data, force=force)
    note(short(output))
