"""Footnotes of a web page: a small raised link, and further down the text that it leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.intake.source import MARK_BASE, MOST_NOTES, Line, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPACE = re.compile(r"[ \t\r\n\f]+")
_AROUND_TAB = re.compile(r" *\x1f *")
_MARK = re.compile(r"[\[(]?\s*(\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§¶]{1,3})\s*[\])]?")
_NAMED = re.compile(r"_?(?:user-content-)?(?:fn|ftn|edn|note|footnote|cite_note)", re.IGNORECASE)
_ARROWS = "↩↑\ufe0e \n"
_BACK = re.compile(r"[\[(]?\s*(?:\w{1,4}|[*†‡§¶]{1,3}|\W{1,3})\s*[\])]?")


@dataclass
class Link:
    """A link to a place of the same page; `raised` in a superscript."""

    target: str
    raised: bool
    text: str = ""


@dataclass
class Row:
    """A line of a block: texts, and links within the page; `told` once it has more than white space."""

    block: int = 1
    level: int = 0
    left_out: bool = False
    as_written: bool = False
    told: bool = False
    pieces: list[str | Link] = field(default_factory=list)


def lines_and_notes(
    name: str, rows: list[Row], anchors: dict[str, tuple[int, int | None]]
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Return the lines of a page, and the notes that its small links lead to, taken out of the lines."""
    called = _called(rows, anchors)
    if len(called) > MOST_NOTES:
        raise Unreadable(f"{name} has {len(called)} footnotes, more than can be kept apart", "split the page")
    spans = _spans(rows, anchors, list(called))
    in_notes = {at for span in spans for at in span}
    marks = {target: chr(MARK_BASE + place) for place, target in enumerate(called)}
    notes = tuple(_note(rows, span, called[target], anchors) for target, span in zip(called, spans, strict=True))
    kept = [row for at, row in enumerate(rows) if at not in in_notes and not row.left_out]
    return tuple(_lines(kept, marks)), notes


def _called(rows: list[Row], anchors: dict[str, tuple[int, int | None]]) -> dict[str, str]:
    """Return the targets of the links that call a note, in the order called, and the mark each link shows."""
    found: dict[str, str] = {}
    for at, row in enumerate(rows):
        for piece in row.pieces if not row.left_out else ():
            if isinstance(piece, Link) and _calls(piece, at, anchors):
                found.setdefault(piece.target, _mark(piece))
    return found


def _calls(link: Link, at: int, anchors: dict[str, tuple[int, int | None]]) -> bool:
    looks_so = link.raised or _NAMED.match(link.target) is not None
    return looks_so and bool(_mark(link)) and link.target in anchors and anchors[link.target][0] > at


def _mark(link: Link) -> str:
    match = _MARK.fullmatch(link.text.strip())
    return match[1] if match else ""


def _spans(rows: list[Row], anchors: dict[str, tuple[int, int | None]], targets: list[str]) -> list[range]:
    """Return the rows of each note: to the end of its element or block, and never into the next note."""
    starts = sorted({anchors[target][0] for target in targets})
    following = dict(pairwise([*starts, len(rows)]))
    spans = []
    for target in targets:
        start, end = anchors[target]
        if end is None:
            end = start
            while end < len(rows) and rows[end].block == rows[start].block:
                end += 1
        spans.append(range(start, min(end, following[start])))
    return spans


def _note(rows: list[Row], span: range, mark: str, anchors: dict[str, tuple[int, int | None]]) -> str:
    parts = []
    for at in span:
        pieces = (piece for piece in rows[at].pieces if not _leads_back(piece, at, anchors))
        parts.append(_text(pieces, {}, as_written=False))
    text = " ".join(part for part in parts if part)
    return re.sub(rf"^[\[(]?{re.escape(mark)}[\])]?[.:]?(?:\s+|(?=\D))", "", text).rstrip(_ARROWS).strip()


def _leads_back(piece: str | Link, at: int, anchors: dict[str, tuple[int, int | None]]) -> bool:
    if not isinstance(piece, Link) or not _BACK.fullmatch(piece.text.strip()):
        return False
    return piece.target in anchors and anchors[piece.target][0] < at


def _lines(rows: list[Row], marks: dict[str, str]) -> list[Line]:
    lines: list[Line] = []
    number, block = 0, 0
    for row in rows:
        text = _text(row.pieces, marks, as_written=row.as_written)
        if row.block != block and text:
            if lines:
                lines.append(Line(number, "", 1))
            number, block = number + 1, row.block
        if text or (row.block == block and lines[-1].text):
            lines.append(Line(number, text, 1, row.level if text else 0))
    return lines


def _text(pieces: Iterable[str | Link], marks: dict[str, str], *, as_written: bool) -> str:
    whole = "".join(piece if isinstance(piece, str) else marks.get(piece.target, piece.text) for piece in pieces)
    if as_written:
        return whole.replace("\x1f", "\t").rstrip()
    return _AROUND_TAB.sub("\t", _SPACE.sub(" ", whole).strip(" "))
