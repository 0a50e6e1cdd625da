"""Markdown to blocks: what a template has printed, as headings, numbered paragraphs, items, tables and notes.

HTML is text. The one thing honoured is the marker `<!-- p12 -->` at the end of a paragraph, by which
its provenance is found in the view.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tracker.lang import formats
from tracker.render.runs import Run, Runs, parser, runs_of

if TYPE_CHECKING:
    from markdown_it.token import Token

    from tracker.lang import Language

_MARKER = re.compile(r"\s*<!--\s*(\w+)\s*-->\s*$")
_HOLDERS = ("list_item_open", "blockquote_open", "heading_open")
_CELLS = ("th_open", "td_open")
_DEEPEST_ITEM = 2


class Heading(Struct, frozen=True):
    """A heading; the title of the report has level 1."""

    level: int
    runs: Runs


class Numbered(Struct, frozen=True):
    """A numbered paragraph, with the number that Markdown gives it and its marker, if it has one."""

    number: int
    runs: Runs
    marker: str = ""


class Item(Struct, frozen=True):
    """A lettered item of a numbered paragraph, its mark left out since it is counted; levels from 0."""

    level: int
    runs: Runs


class Plain(Struct, frozen=True):
    """A paragraph without a number; `kind` is empty, `quote` or `bullet`."""

    runs: Runs
    marker: str = ""
    kind: str = ""


class Table(Struct, frozen=True):
    """A table: its rows of cells, the first row the head."""

    rows: tuple[tuple[Runs, ...], ...]


class Rule(Struct, frozen=True):
    """A line across the page."""


Block = Heading | Numbered | Item | Plain | Table | Rule


class Page(Struct, frozen=True):
    """A text in blocks, and its footnotes by the name that runs give them."""

    blocks: tuple[Block, ...]
    footnotes: dict[int, Runs]


def read(markdown: str, lang: Language) -> Page:
    """Take Markdown apart; the marks of lettered items are those of the language."""
    return _Reader(markdown, lang).page()


class _Reader:
    """Goes through the tokens once; what an open list item or quotation means for the next text is kept."""

    def __init__(self, markdown: str, lang: Language) -> None:
        # As the parser counts them: other characters that break lines are text.
        self._lines = re.split(r"\r\n?|\n", markdown)
        self._tokens = parser().parse(markdown)
        self._lang = lang
        self._blocks: list[Block] = []
        self._footnotes: dict[int, Runs] = {}
        self._footnote: int | None = None
        self._rows: list[list[Runs]] = []
        self._cell = False
        # What is open around a text; the number that waits for its text; indent and count of each level of items.
        self._open: list[Token] = []
        self._number: int | None = None
        self._levels: list[tuple[int, int]] | None = None

    def page(self) -> Page:
        """Return all blocks."""
        for token in self._tokens:
            if token.type.endswith("_open"):
                self._begin(token)
            elif token.type.endswith("_close"):
                self._end(token)
            elif token.type == "inline":
                self._text(runs_of(token.children or []), token)
            elif token.type == "hr":
                self._blocks.append(Rule())
            elif token.type == "fence":
                self._text((Run(token.content.rstrip("\n")),), token)
        return Page(tuple(self._blocks), self._footnotes)

    def _begin(self, token: Token) -> None:
        if token.type in _HOLDERS:
            if token.type == "list_item_open" and token.info and not self._open:
                self._number, self._levels = int(token.info), []
            elif token.type == "heading_open" and not self._open:
                self._levels = None
            self._open.append(token)
        elif token.type == "footnote_open":
            self._footnote = token.meta["id"]
            self._footnotes[token.meta["id"]] = ()
        elif token.type == "table_open":
            self._rows = []
        elif token.type == "tr_open":
            self._rows.append([])
        elif token.type in _CELLS:
            self._cell = True

    def _end(self, token: Token) -> None:
        if f"{token.type.removesuffix('_close')}_open" in _HOLDERS:
            self._open.pop()
            if self._number is not None and not self._open:
                # A paragraph that is nothing but its items has a number all the same.
                self._numbered(self._number, ())
        elif token.type == "footnote_close":
            self._footnote = None
        elif token.type == "table_close":
            self._blocks.append(Table(tuple(tuple(row) for row in self._rows)))
        elif f"{token.type.removesuffix('_close')}_open" in _CELLS:
            self._cell = False

    def _text(self, runs: Runs, token: Token) -> None:
        if self._footnote is not None:
            before = self._footnotes[self._footnote]
            self._footnotes[self._footnote] = (*before, Run("\n"), *runs) if before else runs
        elif self._cell:
            self._rows[-1].append(runs)
        elif self._number is not None:
            self._numbered(self._number, runs)
        else:
            self._blocks.append(self._block(runs, token))

    def _numbered(self, number: int, runs: Runs) -> None:
        self._number = None
        self._blocks.append(Numbered(number, *_without_marker(runs)))

    def _block(self, runs: Runs, token: Token) -> Block:
        innermost = self._open[-1] if self._open else None
        if innermost and innermost.type == "heading_open":
            return Heading(int(innermost.tag[1]), runs)
        if any(holder.type == "blockquote_open" for holder in self._open):
            return Plain(runs, kind="quote")
        if self._levels is not None and (item := self._item(runs, token)):
            return item
        if innermost and innermost.type == "list_item_open" and not innermost.info:
            return Plain(*_without_marker(runs), kind="bullet")
        return Plain(*_without_marker(runs))

    def _item(self, runs: Runs, token: Token) -> Item | None:
        line = self._lines[token.map[0]] if token.map else ""
        indent = len(line) - len(line.lstrip(" "))
        levels = [known for known in self._levels or () if known[0] <= indent]
        if not levels or levels[-1][0] < indent:
            levels.append((indent, 0))
        level, number = len(levels) - 1, levels[-1][1] + 1
        mark = formats.item(self._lang, level, number)
        if level > _DEEPEST_ITEM or not line.lstrip(" ").startswith(f"{mark} "):
            return None
        self._levels = [*levels[:-1], (indent, number)]
        # "1)" is also the mark of a list in Markdown, which has taken it off already.
        if runs[0].text.startswith(mark):
            runs = (replace(runs[0], text=runs[0].text[len(mark) :].lstrip()), *runs[1:])
        return Item(level, runs)


def _without_marker(runs: Runs) -> tuple[Runs, str]:
    if not runs or not (found := _MARKER.search(runs[-1].text)):
        return runs, ""
    rest = runs[-1].text[: found.start()]
    return (*runs[:-1], *((replace(runs[-1], text=rest),) if rest else ())), found.group(1)
