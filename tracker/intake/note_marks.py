"""The marks that call footnotes, where a copy has broken them or glued them to the text: each becomes one sign."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.intake.footnotes import Note
from tracker.intake.joining import WIDE
from tracker.intake.lines import MARK, PLAIN, RAISED, Left
from tracker.intake.source import MARK_BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.intake.source import Line

_TO_RAISED = str.maketrans("0123456789", RAISED)
_CODE = re.compile(r"\b(?P<code>(?P<number>\d{1,2}) ?[FH])\s*$")
_AFTER_CODE = re.compile(r"\s*(?P<mark>\d{1,3})(?![\d.．、)])\s*(?P<rest>.*)")
# A mark the source itself sets apart: raised digits (but not those of m²), a number in brackets, or "4/".
_SET_APART = re.compile(
    rf"\s?(?:(?<![mM])(?P<raised>[{RAISED}]{{1,3}})|\[(?P<bracketed>\d{{1,3}}) ?\]"
    r"|(?<=[\w,.;:)\"”]\s)(?P<slashed>\d{1,3})/(?![\w/]))"
)
_IN_TEXT = re.compile(
    r"(?P<before>[^\W\d]|(?<=\d{4})|[.,;:)\]\"”’。，；：）》])(?P<gap> ?)(?P<mark>\d{1,3})"
    r"(?=[\s.,;:)”\"。，；]|$|[\u4e00-\u9fff])"
)


def unbroken(lines: Iterable[Line]) -> tuple[list[Line], list[Left]]:
    """Mend marks that a PDF broke, "》0 F", "1", and the text again two lines further on: the mark is raised."""
    kept: list[Line] = []
    left: list[Left] = []
    # The last line with text, which only blank ones come after.
    last = -1
    for line in lines:
        code = _CODE.search(kept[last].text) if kept else None
        found = _AFTER_CODE.match(line.text) if code else None
        if code and found and (not found["rest"] or int(found["mark"]) == int(code["number"]) + 1):
            left.append(Left(kept[last].number, code["code"], "the code of a footnote mark, not text"))
            text = kept[last].text[: code.start()].rstrip() + found["mark"].translate(_TO_RAISED)
            # The blank lines before a broken mark part nothing.
            kept[last:] = [kept[last]._replace(text=text)]
            line = line._replace(text=found["rest"])  # noqa: PLW2901 - what is left of the line
            if not line.text:
                continue
        kept.append(line)
        if line.text.strip():
            last = len(kept) - 1
    return kept, left


def marked(lines: list[Line], notes: list[Note]) -> Iterator[Line]:
    """Put signs for the marks of footnotes: those set apart, and known ones that stand in order as mere numbers."""
    lines = [line._replace(text=_SET_APART.sub(lambda match: _set_apart(match, notes), line.text)) for line in lines]
    waiting = [note.mark for note in notes if note.mark.isdigit() and note.text]
    if not waiting or any(MARK.search(line.text) for line in lines):
        yield from lines
        return
    seen: set[str] = set()
    for line in lines:
        text, place = line.text, 0
        while match := _IN_TEXT.search(text, place):
            mark = match["mark"]
            expected = next((one for one in waiting if one not in seen), None)
            glued = not match["gap"]
            if mark == expected or (mark in seen and (glued or match["before"] in '.,;:)"”’。，；：）》')):
                seen.add(mark)
                text = text[: match.end("before")] + _sign(mark, notes) + text[match.end("mark") :]
                place = match.end("before") + 1
            else:
                place = match.end("mark")
        yield line._replace(text=text)


def _set_apart(match: re.Match[str], notes: list[Note]) -> str:
    return _sign((match["raised"] or match["bracketed"] or match["slashed"]).translate(PLAIN), notes)


def _sign(mark: str, notes: list[Note]) -> str:
    place = next((place for place, note in enumerate(notes) if note.mark == mark), len(notes))
    if place == len(notes):
        notes.append(Note(mark, ""))
    return chr(MARK_BASE + place)


def signed(texts: list[str], mark: str, sign: str) -> tuple[int, str] | None:
    """Put a sign for the mark of a footnote in the text of its page that calls it; return which, and how it reads."""
    for pattern in _patterns(mark):
        for place, text in enumerate(texts):
            if found := pattern.search(text):
                # The spaces only kept the mark apart.
                before, after = text[: found.start("mark")].rstrip(" "), text[found.end("mark") :]
                return place, f"{before}{sign}{after.lstrip(' ') if re.search(WIDE + '$', before) else after}"
    return None


@lru_cache
def _patterns(mark: str) -> tuple[re.Pattern[str], ...]:
    """Return how a mark may stand, the plainest first: set apart; 。12015 年 for note 1; "Council1 and"; 流动 1并."""
    raised = mark.translate(_TO_RAISED)
    counted = r"(?! ?[年月日个项次名])"
    return (
        re.compile(rf"(?P<mark>(?<![mM{RAISED}]){raised}(?![{RAISED}])|\[{mark} ?\])"),
        re.compile(rf"(?<=[。，；：、！？”』」）》]) ?(?P<mark>{mark})(?=(?:19|20)\d\d(?!\d))"),
        re.compile(rf"(?<=[。，；：、！？”』」）》.,;:’)\"])(?P<mark>{mark})(?=\s|$|[^\W\d_]){counted}"),
        re.compile(rf"(?<=[^\W\d_\u4e00-\u9fff])(?P<mark>{mark})(?=[\s.,;:)]|$)"),
        re.compile(rf"(?<=[\u4e00-\u9fff”）》]) ?(?P<mark>{mark})(?=[\u4e00-\u9fff，。；、”）]|$){counted}"),
    )
