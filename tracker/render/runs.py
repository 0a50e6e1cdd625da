"""The text of Markdown: stretches of one kind, with their footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.token import Token

# Chinese characters and their punctuation.
WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


class Run(Struct, frozen=True):
    """A stretch of text of one kind; `note` names the footnote that stands here; a line break is its own text."""

    text: str
    bold: bool = False
    italic: bool = False
    note: int | None = None


Runs = tuple[Run, ...]


def inline(markdown: str) -> Runs:
    """Take one line of Markdown apart: a cell, or the summary of an entry."""
    return runs_of(parser().parseInline(markdown)[0].children or [])


def plain(runs: Iterable[Run]) -> str:
    """Return the text of runs alone."""
    return "".join(run.text for run in runs)


def parser() -> MarkdownIt:
    """Return the parser of Markdown, in which HTML is text."""
    # What stands indented is an item, never code.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("code")
    return parser.use(footnote_plugin)


def runs_of(tokens: Sequence[Token]) -> Runs:
    """Return the text of a line's tokens; a link is its text and its address."""
    made: list[Run] = []
    bold = italic = 0
    address = ""
    for token in tokens:
        bold += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        italic += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        text = {"hardbreak": "\n", "softbreak": " "}.get(token.type, token.content)
        if token.type == "link_open":
            address = str(token.attrs["href"])
        elif token.type == "link_close" and address != plain(made[-1:]):
            text = f" ({address})"
        if token.type == "footnote_ref":
            made.append(Run("", note=token.meta["id"]))
        elif text:
            made.append(Run(text, bold > 0, italic > 0))
    return tuple(_joined(made))


def _joined(runs: list[Run]) -> Iterable[Run]:
    """Put runs of one kind together; a line broken between Chinese characters is joined without a space."""
    made: list[Run] = []
    for place, run in enumerate(runs):
        following = runs[place + 1].text if place + 1 < len(runs) else ""
        if run.text == " " and made and WIDE.match(made[-1].text[-1:]) and WIDE.match(following[:1]):
            continue
        if made and _alike(made[-1], run):
            made[-1] = replace(made[-1], text=made[-1].text + run.text)
        else:
            made.append(run)
    return made


def _alike(one: Run, other: Run) -> bool:
    breaks = "\n" in (one.text, other.text) or one.note is not None or other.note is not None
    return not breaks and (one.bold, one.italic) == (other.bold, other.italic)
