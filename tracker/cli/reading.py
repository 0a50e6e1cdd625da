"""What the commands that import share: the file to read, what is said of it, and a refusal to read it."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.common import Stop, note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.intake.lines import Doubt

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A text, .docx, .pdf or HTML file.")]
TextLanguageOption = Annotated[
    str | None,
    typer.Option(
        "--language", "-l", metavar="CODE", help="The language of the text; by default found out.", show_default=False
    ),
]


@contextmanager
def refusals() -> Iterator[None]:
    """Turn the reason why a document cannot be read into a stop of the command."""
    from tracker.intake.source import Unreadable

    try:
        yield
    except Unreadable as error:
        raise Stop(str(error), error.hint) from None


def tell(doubts: Iterable[Doubt], left_out: Iterable[Doubt]) -> None:
    """List doubts and what was left out, each with its line in the source."""
    for mark, items in (("W", doubts), ("N", left_out)):
        for item in items:
            where = f"line {item.line}: " if item.line else ""
            note(f"{mark}: {where}{item.message}")


def counted(count: int, word: str, more: str = "") -> str:
    """Write a number with its noun; `more` is the plural where it does not end in s alone."""
    return f"{count or 'no'} {word if count == 1 else more or word + 's'}"
