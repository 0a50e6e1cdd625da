"""Footnotes at the foot of a page: taken out of the lines, and found again where the text calls them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from tracker.intake.source import Line

_RULE = re.compile(r"\s*_{5,}\s*")
_NOTE = re.compile(r"\s*(?P<mark>\d{1,3}|[*∗＊†‡]+)\s*(?P<text>\S.*)")
NUMBERED = re.compile(r"\s*(?:\d{1,3}\.(?:\d{1,3})?\s|\([a-zA-Z\d]{1,5}\)\s)")
ENDS = re.compile(r"[.。;；:：!?！？…][”’」）)》\"]*\s*$")
_LATIN = re.compile(r"[A-Za-z0-9À-ɏ]")
_PUNCTUATION = "，。；：、！？“”‘’（）《》—…/"


class Row(NamedTuple):
    """A line with text, without the white space around it, and the blank lines before it."""

    line: Line
    text: str
    gap: int

    @property
    def width(self) -> int:
        """How wide its text stands."""
        return width(self.text)


def width(text: str) -> int:
    """Return how wide a text stands: a Chinese character takes two places."""
    return sum(1 + (east_asian_width(one) in "WF") for one in text)


class Note(NamedTuple):
    """A footnote: its mark, its text, its line, and the line after which its page begins."""

    mark: str
    text: str
    line: int
    after: int


def without_notes(rows: list[Row]) -> tuple[list[Row], list[Note], list[str]]:
    """Take out the footnotes that stand under a line of underscores at the end of a page."""
    kept: list[Row] = []
    notes: list[Note] = []
    starred: list[str] = []
    at, since = 0, 0
    while at < len(rows):
        if not _RULE.fullmatch(rows[at].text):
            kept.append(rows[at])
            at += 1
            continue
        page, at = rows[at].line.page, at + 1
        while at < len(rows) and (match := _NOTE.fullmatch(rows[at].text)) and _may_be_note(match, rows[at], notes):
            text, number = match["text"], rows[at].line.number
            at += 1
            while at < len(rows) and not ENDS.search(text) and rows[at].line.page == page:
                text = together(text, rows[at].text)
                at += 1
            if match["mark"].isdigit():
                notes.append(Note(match["mark"], text, number, since))
            else:
                starred.append(text)
        since = rows[at].line.number if at < len(rows) else 0
    return kept, notes, starred


def _may_be_note(match: re.Match[str], row: Row, notes: list[Note]) -> bool:
    if not match["mark"].isdigit():
        return True
    last = int(notes[-1].mark) if notes else 0
    return int(match["mark"]) == last + 1 and not NUMBERED.match(row.text)


def together(first: str, second: str) -> str:
    """Join two lines: Chinese without a space, Latin words and numbers with one."""
    if not first or not second:
        return first + second
    ends, begins = first[-1], second[0]
    latin = bool(_LATIN.match(ends)), bool(_LATIN.match(begins))
    wide = _is_cjk(ends), _is_cjk(begins)
    if ends == "-" and latin[1] and len(first) > 1 and _LATIN.match(first[-2]):
        return first + second
    if (wide[0] and wide[1]) or not (any(latin) or not any(wide)):
        return first + second
    if (latin[0] and _is_punctuation(begins)) or (latin[1] and (_is_punctuation(ends) or ends == "/")):
        return first + second
    return f"{first} {second}"


def _is_cjk(one: str) -> bool:
    return east_asian_width(one) in "WF"


def _is_punctuation(one: str) -> bool:
    return one in _PUNCTUATION


def mark_at(texts: list[str], mark: str) -> tuple[int, int] | None:
    """Return in which text of a page a footnote is called, and where; its mark is glued to what is beside it."""
    for pattern in _mark_patterns(mark):
        for number, text in enumerate(texts):
            if found := pattern.search(text):
                return number, found.start("mark")
    return None


@lru_cache
def _mark_patterns(mark: str) -> tuple[re.Pattern[str], ...]:
    """Return how a mark may stand, the plainest first: 。12015 年 calls note 1, as do "Council1 and" and 流动 1并."""
    counted = r"(?! ?[年月日个项次名])"
    return (
        re.compile(rf"(?<=[。，；：、！？”』」）》]) ?(?P<mark>{mark})(?=(?:19|20)\d\d(?!\d))"),
        re.compile(rf"(?<=[。，；：、！？”』」）》.,;:’)\"])(?P<mark>{mark})(?=\s|$|[^\W\d_]){counted}"),
        re.compile(rf"(?<=[^\W\d_\u4e00-\u9fff])(?P<mark>{mark})(?=[\s.,;:)]|$)"),
        re.compile(rf"(?<=[\u4e00-\u9fff”）》]) ?(?P<mark>{mark})(?=[\u4e00-\u9fff，。；、”）]|$){counted}"),
    )


def with_mark(text: str, start: int, length: int, sign: str) -> str:
    """Put a sign in the place of a mark, without the spaces that only kept the mark apart."""
    before, after = text[:start].rstrip(" "), text[start + length :]
    if before and _is_cjk(before[-1]):
        after = after.lstrip(" ")
    return f"{before}{sign}{after}"
