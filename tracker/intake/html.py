"""Web pages: the text of their blocks, without menus and scripts, and the footnotes they link to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from tracker.intake.html_notes import Link, Row, lines_and_notes
from tracker.intake.html_tokens import Tag, decoded_html, tokens
from tracker.intake.list_numbers import written
from tracker.intake.source import Source, known

_LEFT_OUT = {"nav", "header", "footer", "aside", "select", "button", "svg", "object"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = {"ol", "ul", "menu", "dir"}
_CELLS = {"td", "th"}
_BLOCKS = frozenset(
    {
        *("p", "div", "li", "tr", "table", "blockquote", "section", "article", "main", "body", "html", "hr", "pre"),
        *("dl", "dt", "dd", "form", "fieldset", "figure", "figcaption", "address", "center", "caption", "details"),
        *("summary", "thead", "tbody", "tfoot", "hgroup"),
        *_HEADINGS,
        *_LISTS,
        *_LEFT_OUT,
    }
)
_VOID = {"hr"}
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLES = {
    "decimal": "decimal",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "none": "none",
}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")
_WHITE = " \t\r\n\f"
_SEARCHED, _LONGEST_LABEL = 20, 200
# Stands for a tab until white space is collapsed: no text read can hold it.
TAB = "\x1f"


def read_html(name: str, data: bytes) -> Source:
    """Read a page: one line for each block or line break, a blank one between blocks."""
    reader = _Reader()
    for token in tokens(decoded_html(name, data)):
        if isinstance(token, str):
            reader.add(token)
        elif token.closes:
            reader.close(token)
        else:
            reader.open(token)
    rows = reader.finish()
    lines, notes = lines_and_notes(name, rows, reader.anchors)
    return Source(name, "html", lines, notes)


class _Open(NamedTuple):
    tag: str
    anchor: str


@dataclass
class _List:
    form: str
    next: int


@dataclass
class _Reader:
    """The blocks of a page, as its tags open and close."""

    rows: list[Row] = field(default_factory=list)
    anchors: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    _row: Row = field(default_factory=Row)
    _block: int = 1
    _opened: list[_Open] = field(default_factory=list)
    _count: Counter[str] = field(default_factory=Counter)
    _lists: list[_List] = field(default_factory=list)
    _link: Link | None = None
    _raised: int = 0
    _label: str = ""

    def add(self, text: str) -> None:
        """Add text where the page has come to."""
        if not self._count["pre"]:
            self._piece(known(text))
            return
        for at, line in enumerate(known(text.replace("\r\n", "\n")).split("\n")):
            if at:
                self._end_row()
            self._row.as_written = True
            self._piece(line)

    def open(self, tag: Tag) -> None:
        """Begin an element."""
        name = tag.name
        if name in _BLOCKS:
            self._open_block(tag)
        elif name == "br":
            self._end_row()
        elif name in _CELLS and self._row.told:
            self._piece(TAB)
        elif name == "sup":
            self._raised += 1
        elif name == "a":
            self._begin_link(tag.attributes.get("href", ""))
        self._anchor(tag)

    def _anchor(self, tag: Tag) -> None:
        anchor = tag.attributes.get("id") or (tag.attributes.get("name", "") if tag.name == "a" else "")
        if anchor and anchor not in self.anchors:
            self.anchors[anchor] = (len(self.rows), None)
            if tag.name in _BLOCKS and tag.name not in _VOID:
                self._opened[-1] = self._opened[-1]._replace(anchor=anchor)

    def close(self, tag: Tag) -> None:
        """End an element, and those inside that were left open."""
        name = tag.name
        if name in _BLOCKS:
            self._end_block()
            if self._count[name]:
                while self._pop() != name:
                    pass
        elif name == "a":
            self._link = None
        elif name == "sup":
            self._raised = max(0, self._raised - 1)

    def finish(self) -> list[Row]:
        """End what is still open and return the rows."""
        self._end_block()
        while self._opened:
            self._pop()
        return self.rows

    def _open_block(self, tag: Tag) -> None:
        name = tag.name
        self._end_block()
        self._close_implied(name)
        if name in _VOID:
            return
        self._opened.append(_Open(name, ""))
        self._count[name] += 1
        if name in _LISTS:
            self._lists.append(_list(tag))
        elif name == "li" and self._lists:
            self._label = f"{self._label}{_label(self._lists[-1], tag)}"[-_LONGEST_LABEL:]

    def _close_implied(self, name: str) -> None:
        """End an open paragraph at any block, and an item at the next: the tags that end them are often left out."""
        while self._opened and self._opened[-1].tag == "p":
            self._pop()
        if name != "li":
            return
        for depth, opened in enumerate(reversed(self._opened[-_SEARCHED:]), 1):
            if opened.tag in _LISTS:
                return
            if opened.tag == "li":
                for _ in range(depth):
                    self._pop()
                return

    def _pop(self) -> str:
        opened = self._opened.pop()
        self._count[opened.tag] -= 1
        if opened.tag in _LISTS and self._lists:
            self._lists.pop()
        elif opened.tag == "li":
            self._label = ""
        if opened.anchor:
            self.anchors[opened.anchor] = (self.anchors[opened.anchor][0], len(self.rows))
        return opened.tag

    def _begin_link(self, href: str) -> None:
        self._link = None
        if href.startswith("#") and len(href) > 1:
            self._link = Link(href[1:], raised=bool(self._raised))
            self._row.pieces.append(self._link)

    def _piece(self, text: str) -> None:
        if text.strip() and not self._row.told:
            # The number of an item stands before its first words, however deep in it they are.
            text, self._label = f"{self._label}{text.lstrip(_WHITE) if self._label else text}", ""
            self._row.told = True
            self._row.level = max((level for name, level in _HEADINGS.items() if self._count[name]), default=0)
            self._row.left_out = any(self._count[name] for name in _LEFT_OUT)
        if self._link is not None:
            self._link.text += text
            self._link.raised |= bool(self._raised)
        elif text:
            self._row.pieces.append(text)

    def _end_row(self) -> None:
        self._row.block = self._block
        self.rows.append(self._row)
        self._row = Row()
        self._link = None

    def _end_block(self) -> None:
        if self._row.pieces:
            self._end_row()
            self._block += 1
        self._raised = 0


def _list(tag: Tag) -> _List:
    if tag.name != "ol":
        return _List("bullet", 1)
    style = _LIST_STYLE.search(tag.attributes.get("style", ""))
    form = _STYLES.get(style[1] if style else "", _FORMS.get(tag.attributes.get("type", ""), "decimal"))
    return _List(form, _whole(tag.attributes.get("start"), 1))


def _label(items: _List, tag: Tag) -> str:
    if items.form == "bullet":
        return f"•{TAB}"
    number = _whole(tag.attributes.get("value"), items.next)
    items.next = number + 1
    label = written(number, items.form)
    return f"{label}.{TAB}" if label else ""


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,6}", text) else otherwise
