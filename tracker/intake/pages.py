"""Lines as they stand on pages to blocks of running text: page edges out, footnotes apart, wrapped lines joined.

Nothing goes in silence: what is not running text is kept as `Left`, with its line and the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.lines import Doubt
from tracker.intake.pagenotes import ENDS, NUMBERED, Note, Row, mark_at, together, with_mark, without_notes
from tracker.intake.source import MARK_BASE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.intake.source import Line, Source

_SYMBOL = r"(?:[AES]|ST|E/CN\.\d+|A/[A-Z.]+\d*)/[A-Z\d][\w./()-]*\d[\w./()-]*"
# What stands at the edge of a page: its number, the number of the printing job, a bar code.
_EDGE = re.compile(rf"\d+/\d+|\*\d{{6,}}\*|[A-Z]\.\d\d-\d{{4,5}}|\d\d-\d{{5}}|\([A-Z]\)|{_SYMBOL}")
_PAGE = re.compile(r"\d{1,3}")
SYMBOL = re.compile(_SYMBOL)
_START = re.compile(
    r"\s*(?:\d{1,3}\.(?:\d{1,3})?[\s\u3000]|\([a-zA-Z\d]{1,5}\)[\s\u3000]|[IVXL]+\.\s|[A-Z]\.\s"
    r"|[一二三四五六七八九十]+\s*[、.．]\s*\S)"
)
_SPLIT_MARK = re.compile(r"\s*\b(\d{1,2}) ?F$")
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


class Left(NamedTuple):
    """What was left out, and why; pieces that nothing kept stands between have the same `run`."""

    line: int
    text: str
    why: str
    run: int = 0


class Pages(NamedTuple):
    """The blocks of a document.

    `starred` are the footnotes of its first page, `usual` the blank lines between wrapped lines.
    """

    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    starred: tuple[str, ...]
    left: tuple[Left, ...]
    doubts: tuple[Doubt, ...]
    usual: int


def pages_of(source: Source) -> Pages:
    """Take the text out of its pages."""
    rows, left = _rows(source.lines), list[Left]()
    on_pages = source.kind in {"text", "pdf"}
    if on_pages:
        rows, left = _without_edges(rows)
    rows, found, starred = without_notes(rows)
    wrapped = on_pages and _limit(rows) <= _WIDEST_WRAPPED
    usual = _usual_gap(rows) if wrapped else 0
    blocks = _joined(rows, usual) if wrapped else [_block(row) for row in rows]
    notes, doubts = list(source.notes), []
    for note in found:
        if _call(blocks, note, len(notes)):
            notes.append(note.text)
        else:
            doubts.append(Doubt(note.line, f"no mark calls footnote {note.mark}"))
            left.append(Left(note.line, note.text, f"footnote {note.mark}, which no mark calls"))
    return Pages(tuple(blocks), tuple(notes), tuple(starred), tuple(left), tuple(doubts), usual)


def _rows(lines: Iterable[Line]) -> list[Row]:
    rows: list[Row] = []
    gap = 0
    for line in lines:
        text = line.text.replace("\xa0", " ").strip()
        split = _SPLIT_MARK.search(rows[-1].text) if rows and text else None
        mark = str(int(split[1]) + 1) if split else ""
        if mark and text.startswith(mark):
            # Some PDF writers part the mark of a footnote: "0 F" ends one line and "1" begins the next.
            rows[-1] = rows[-1]._replace(text=_SPLIT_MARK.sub(mark, rows[-1].text))
            text = text.removeprefix(mark).strip()
        if not text:
            gap += 1
            continue
        rows.append(Row(line, text, gap))
        gap = 0
    return rows


def _without_edges(rows: list[Row]) -> tuple[list[Row], list[Left]]:
    kept: list[Row] = []
    left: list[Left] = []
    symbols: set[str] = set()
    for row in rows:
        if _is_edge(row, symbols):
            left.append(Left(row.line.number, row.text, "the head or foot of a page", len(kept)))
        else:
            kept.append(row)
        symbols.update(SYMBOL.findall(row.text))
    return kept, left


def _is_edge(row: Row, symbols: set[str]) -> bool:
    if SYMBOL.fullmatch(row.text):
        # The symbol of the document stands on its first page, and again at the head of each other page.
        return row.text in symbols
    return bool(_PAGE.fullmatch(row.text)) or all(_EDGE.fullmatch(word) for word in row.text.split())


def _limit(rows: list[Row]) -> int:
    widths = sorted(row.width for row in rows)
    return widths[int(len(widths) * 0.95)] if widths else 0


def _usual_gap(rows: list[Row]) -> int:
    full = _FULL * _limit(rows)
    gaps = Counter(after.gap for row, after in pairwise(rows) if row.width >= full)
    return gaps.most_common(1)[0][0] if gaps else 0


def _joined(rows: list[Row], usual: int) -> list[Block]:
    full = _FULL * _limit(rows)
    blocks: list[Block] = []
    before: Row | None = None
    for row in rows:
        if before is not None and _goes_on(blocks[-1], before, row, usual, full):
            text = together(blocks[-1].text, row.text)
            blocks[-1] = blocks[-1]._replace(text=text, last=row.line.number)
        else:
            blocks.append(_block(row))
        before = row
    return blocks


def _goes_on(block: Block, before: Row, row: Row, usual: int, full: float) -> bool:
    if row.line.level or _START.match(row.text):
        return False
    if _COLUMNS in before.text:
        return False
    ended = bool(ENDS.search(before.text))
    if before.width >= full:
        return row.gap <= usual or (not ended and bool(NUMBERED.match(block.text)))
    if row.text[0].islower() and not ended:
        return row.gap <= usual
    return row.gap <= usual and not ended and bool(NUMBERED.match(block.text)) and block.last > block.line


def _block(row: Row) -> Block:
    number = row.line.number
    return Block(row.text, number, number, row.line.page, row.line.level, row.gap)


def _call(blocks: list[Block], note: Note, index: int) -> bool:
    """Put the sign of a footnote where its page calls it; tell whether a mark was found."""
    places = [at for at, block in enumerate(blocks) if block.last >= note.after and block.line <= note.line]
    found = mark_at([blocks[at].text for at in places], note.mark)
    if found is None:
        return False
    at = places[found[0]]
    text = with_mark(blocks[at].text, found[1], len(note.mark), chr(MARK_BASE + index))
    blocks[at] = blocks[at]._replace(text=text)
    return True
