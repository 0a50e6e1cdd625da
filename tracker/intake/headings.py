"""What stands at the start of a block: a paragraph's 12., a heading's 一、 II. C. or 3., an item's (a)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.blocks import ENDS, width
from tracker.intake.labels import FIRST, readings_of
from tracker.intake.reportrules import fits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.intake.blocks import Block
    from tracker.intake.reportrules import ReportRules

NUMBER = re.compile(
    r"(?:(?P<chapter>\d{1,3})\.(?=\d{1,3}\s))?(?P<number>\d{1,3})(?(chapter)|\.)[\s\u3000]+(?P<text>.+)", re.DOTALL
)
ITEM = re.compile(r"\((?P<label>[a-zA-Z]{1,5}|\d{1,2})\)[\s\u3000]+(?P<text>.+)", re.DOTALL)
LETTER = re.compile(r"[^\W\d_]")
_TOP, _LETTERED, _ARABIC = 1, 2, 3
_MARKS = (
    (_TOP, "chinese", re.compile(r"(?P<label>[一二三四五六七八九十]{1,3})\s*[、.．]\s*(?P<text>.+)")),
    (_TOP, "upper roman", re.compile(r"(?P<label>[IVXL]{1,6})\.\s+(?P<text>.+)")),
    (_LETTERED, "upper letter", re.compile(r"(?P<label>[A-Z])\.\s+(?P<text>.+)")),
)
_LONGEST_HEADING, _LONG_TEXT = 400, 120


class Mark(NamedTuple):
    """What a heading's mark can mean: its level, its place in the series, and the heading after it."""

    level: int
    value: int
    text: str


def marks_of(text: str) -> list[Mark]:
    """Return the readings of a heading's mark: I. is a Roman one or the letter after H."""
    flat = " ".join(text.split())
    if width(flat) > _LONGEST_HEADING or ENDS.search(flat):
        return []
    found = [
        Mark(level, reading.value // FIRST, match["text"].strip())
        for level, style, pattern in _MARKS
        if (match := pattern.fullmatch(flat))
        for reading in readings_of(match["label"])
        if reading.style == style
    ]
    number = NUMBER.fullmatch(flat)
    if number and number["chapter"] is None:
        found.append(Mark(_ARABIC, int(number["number"]), number["text"].strip()))
    return found


def without_mark(text: str) -> str:
    """Return a heading without its mark."""
    flat = " ".join(text.split())
    return next((match["text"].strip() for *_, pattern in _MARKS if (match := pattern.fullmatch(flat))), flat)


def is_sentence(text: str) -> bool:
    """Tell running text from a heading: it ends as a sentence does, or is long."""
    return bool(ENDS.search(text)) or width(text) > _LONG_TEXT


def is_short(text: str) -> bool:
    """Tell whether a block without a number can be a heading."""
    return width(text) <= _LONGEST_HEADING and not re.search(r"[.。;；:：,，]\s*$", text) and bool(LETTER.search(text))


def first_of_body(blocks: Sequence[Block], rules: ReportRules) -> int | None:
    """Return where a report's text begins: at its first paragraph, or at the headings right before it."""
    at = next((place for place, block in enumerate(blocks) if _is_first_paragraph(block)), None)
    while at and _may_head(blocks[at - 1], rules):
        at -= 1
    return at


def _is_first_paragraph(block: Block) -> bool:
    match = NUMBER.match(block.text)
    if not match or match["number"] != "1":
        return False
    return match["chapter"] is not None or is_sentence(match["text"])


def _may_head(block: Block, rules: ReportRules) -> bool:
    head = rules.data["masthead"]
    patterns = [*(one for group in head["authors"].values() for one in group), *head["addendum"], *head["agenda"]]
    if fits(patterns, block.text) or rules.is_among("masthead", "contents", block.text):
        return False
    return bool(block.level) or is_short(block.text)
