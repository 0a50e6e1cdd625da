"""The lines of a report to blocks of running text: page edges out, footnotes apart, wrapped lines joined."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

from tracker.intake.footnotes import Footnotes
from tracker.intake.joining import Joiner
from tracker.intake.lines import Doubt, Left, paged
from tracker.intake.note_marks import signed, unbroken
from tracker.intake.page_furniture import OF_THE_PAGE, furniture
from tracker.intake.source import MARK_BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.intake.footnotes import Note
    from tracker.intake.source import Line, Source

ENDS = re.compile(r"[.。;；:：!?！？…][”’」）)》\"]*\s*$")
_NUMBERED = re.compile(r"\s*(?:\d{1,3}\.(?:\d{1,3})?\s|\([a-zA-Z\d]{1,5}\)\s)")
_START = re.compile(
    r"\s*(?:\d{1,3}\.(?:\d{1,3})?[\s\u3000]|\([a-zA-Z\d]{1,5}\)[\s\u3000]|[IVXL]+\.\s|[A-Z]\.\s"
    r"|[一二三四五六七八九十]+\s*[、.．]\s*\S)"
)
# A line is full from here on: what follows it may be the rest of it.
_FULL = 0.8
_WIDEST_WRAPPED = 130
# So many spaces part columns, as on the first page.
_COLUMNS = " " * 6


class Block(NamedTuple):
    """Running text in one piece, its first and last line, and how many blank lines stand before it."""

    text: str
    line: int
    last: int
    page: int
    level: int
    gap: int


class _Row(NamedTuple):
    """A line with text, without the white space around it, and the blank lines before it."""

    line: Line
    text: str
    gap: int

    @property
    def width(self) -> int:
        return width(self.text)


def width(text: str) -> int:
    """Return how wide a text stands: a Chinese character takes two places."""
    return sum(1 + (east_asian_width(one) in "WF") for one in text)


class Pages(NamedTuple):
    """The blocks of a document.

    `starred` are the footnotes of its first page, `usual` the blank lines between wrapped lines.
    """

    blocks: list[Block]
    notes: list[str]
    starred: list[str]
    left: list[Left]
    doubts: list[Doubt]
    usual: int


def pages_of(source: Source) -> Pages:
    """Take the text out of its pages."""
    on_pages = source.kind in {"text", "pdf"}
    lines, left = unbroken(paged(source.lines))
    rows = list(_rows(lines))
    if on_pages:
        rows = _without_edges(rows, left)
    joiner = Joiner([row.line for row in rows])
    footnotes = Footnotes([row.line for row in rows], joiner)
    rows = [rows[place] for place in footnotes.kept]
    wrapped = on_pages and _limit(rows) <= _WIDEST_WRAPPED
    usual = _usual_gap(rows) if wrapped else 0
    blocks = _joined(rows, usual, joiner) if wrapped else [_block(row) for row in rows]
    pages = Pages(blocks, list(source.notes), [], [*left, *joiner.left], joiner.doubts, usual)
    for note in footnotes.notes:
        if note.mark.isdigit():
            _call(pages, note)
        else:
            pages.starred.append(note.text)
    return pages


def _rows(lines: Iterable[Line]) -> Iterator[_Row]:
    gap = 0
    for line in lines:
        text = line.text.strip()
        if text:
            yield _Row(line, text, gap)
        gap = 0 if text else gap + 1


def _without_edges(rows: list[_Row], left: list[Left]) -> list[_Row]:
    of_pages = furniture([row.line for row in rows])
    kept: list[_Row] = []
    for place, row in enumerate(rows):
        if place in of_pages:
            left.append(Left(row.line.number, row.text, OF_THE_PAGE, len(kept)))
        else:
            kept.append(row)
    return kept


def _limit(rows: list[_Row]) -> int:
    widths = sorted(row.width for row in rows)
    return widths[int(len(widths) * 0.95)] if widths else 0


def _usual_gap(rows: list[_Row]) -> int:
    full = _FULL * _limit(rows)
    gaps = Counter(after.gap for row, after in pairwise(rows) if row.width >= full)
    return gaps.most_common(1)[0][0] if gaps else 0


def _joined(rows: list[_Row], usual: int, joiner: Joiner) -> list[Block]:
    full = _FULL * _limit(rows)
    blocks: list[Block] = []
    before: _Row | None = None
    for row in rows:
        if before is not None and _goes_on(blocks[-1], before, row, usual, full):
            text = joiner.joined(blocks[-1].text, row.text, row.line.number)
            blocks[-1] = blocks[-1]._replace(text=text, last=row.line.number)
        else:
            blocks.append(_block(row))
        before = row
    return blocks


def _goes_on(block: Block, before: _Row, row: _Row, usual: int, full: float) -> bool:
    if row.line.level or _START.match(row.text) or _COLUMNS in before.text:
        return False
    ended = bool(ENDS.search(before.text))
    if before.width >= full:
        return row.gap <= usual or (not ended and bool(_NUMBERED.match(block.text)))
    if row.text[0].islower() and not ended:
        return row.gap <= usual
    return row.gap <= usual and not ended and bool(_NUMBERED.match(block.text)) and block.last > block.line


def _block(row: _Row) -> Block:
    number = row.line.number
    return Block(row.text, number, number, row.line.page, row.line.level, row.gap)


def _call(pages: Pages, note: Note) -> None:
    """Put the sign of a footnote where its page calls it."""
    places = [at for at, block in enumerate(pages.blocks) if block.last >= note.since and block.line <= note.line]
    found = signed([pages.blocks[at].text for at in places], note.mark, chr(MARK_BASE + len(pages.notes)))
    if found:
        at = places[found[0]]
        pages.blocks[at] = pages.blocks[at]._replace(text=found[1])
        pages.notes.append(note.text)
        return
    pages.doubts.append(Doubt(note.line, f"no mark calls footnote {note.mark}"))
    pages.left.append(Left(note.line, note.text, f"footnote {note.mark}, which no mark calls"))
