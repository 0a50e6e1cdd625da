"""The lines of a document as both importers take them, and what is said of them: doubts, and what was left out.

Nothing goes in silence: what is left out is listed with its line, footnotes are kept apart, and a mark becomes one
private character in the text, so that it can be found again and taken out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.lang import REFERENCE, language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.intake.footnotes import Note
    from tracker.intake.rules import RulesFile
    from tracker.intake.source import Line, Source

MARK = re.compile(r"[\uE000-\uF8FF]")
SYMBOL = re.compile(r"[A-Z]{1,3}(?=/\S{0,80}\d)(?:/[A-Z\d][A-Za-z\d.-]*(?: ?\([A-Z\d.]+\))?){1,6}[*†]?")
SENTENCE_ENDS = re.compile(r"[.。!?！？][\"”’»)）\]]*\s*$")
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
PLAIN = str.maketrans(RAISED, "0123456789")
_PAGE_MARK = re.compile(r"\s*<!-- ?[Pp]age (?P<page>\d+) ?-->\s*")
# Spaces that only typesetting tells apart, and characters without width.
_PLAIN_SPACES = dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F), " ") | dict.fromkeys(
    map(ord, "\u200b\ufeff"), ""
)
# What is wider than any page says no more than a gap that is as wide.
_GAP = re.compile(r"(\s{100})\s+")
_RAISED_START = re.compile(rf"\s*(?P<mark>[{RAISED}]{{1,3}})\s*(?=\S)")
_SHOWN = 60


class Doubt(NamedTuple):
    """Something for a person to look at, with the line of the source it stands in."""

    line: int
    message: str


class Left(NamedTuple):
    """What was left out, and why; pieces that nothing kept stands between have the same `run`."""

    line: int
    text: str
    why: str
    run: int = 0


class Clean(NamedTuple):
    """Lines without page furniture and footnotes; a private character stands where footnote `notes[i]` is called."""

    lines: list[Line]
    notes: list[Note]
    left: list[Left]
    doubts: list[Doubt]


def told(run: list[Left]) -> Doubt:
    """Say what was left out together."""
    first, last = run[0], run[-1]
    if len(run) == 1:
        return Doubt(first.line, f'"{first.text}" left out: {first.why}')
    return Doubt(first.line, f'"{_cut(first.text)}" to "{_cut(last.text)}" in line {last.line} left out: {first.why}')


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def doubts_of_all(source: Source, rules: RulesFile, what: str) -> Iterator[Doubt]:
    """Say what makes a whole reading doubtful: pages without text, and rules that nobody has verified."""
    for page in source.unread:
        yield Doubt(0, f"page {page} holds no text: it may be a picture")
    if not rules.verified:
        name = language(REFERENCE).label("languages", rules.code)
        yield Doubt(0, f"the rules for {name} are not verified: look at every {what}")


def paged(lines: Iterable[Line]) -> Iterator[Line]:
    """Make spaces plain, and count pages by the marks that some conversions leave between them."""
    page = 0
    for line in lines:
        text = _GAP.sub(r"\1", line.text.translate(_PLAIN_SPACES))
        if match := _RAISED_START.match(text):
            text = f"{match['mark'].translate(PLAIN)} {text[match.end() :]}"
        if match := _PAGE_MARK.fullmatch(text):
            page, text = int(match["page"]), ""
        yield line._replace(text=text, page=page or line.page)
