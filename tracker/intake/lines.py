"""The lines of a document without what belongs to its pages: heads, feet, footnotes and their marks.

Nothing goes in silence: what is left out is listed with its line, footnotes are kept apart, and a mark becomes one
private character in the text, so that it can be found again and taken out.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.footnotes import Footnotes, Note
from tracker.intake.source import MARK_BASE, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.intake.rules import Rules
    from tracker.intake.source import Source

MARK = re.compile(r"[\uE000-\uF8FF]")
SYMBOL = re.compile(r"[A-Z]{1,3}(?:/[A-Z0-9][A-Za-z0-9.]*(?: ?\([A-Z0-9.]+\))?){1,6}[*†]?")
_PAGE_MARK = re.compile(r"\s*<!-- ?[Pp]age (?P<page>\d+) ?-->\s*")
# Spaces that only typesetting tells apart, and characters without width.
_PLAIN_SPACES = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f"), " ") | dict.fromkeys(
    map(ord, "\u200b\ufeff"), ""
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# A mark the source itself sets apart: raised digits (but not those of m²), a number in brackets, or "4/".
_SET_APART = re.compile(
    r"\s?(?:(?<![mM])(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|\[(?P<bracketed>\d{1,3}) ?\]"
    r"|(?<=[\w,.;:)\"”]\s)(?P<slashed>\d{1,3})/(?![\w/]))"
)
_RAISED_START = re.compile(r"\s*(?P<mark>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*(?=\S)")
_PAGE_NUMBER = re.compile(r"[-–—]?\s*\d{1,3}\s*[-–—]?")
_PAGE_OF = re.compile(r"\d{1,2}/\d{1,2}|[-–—]\s*\d{1,3}\s*[-–—]")
_FIELD_CODE = re.compile(r"\s*(?P<code>\d{1,2} ?[FH])\s*$")
_DIGITS = re.compile(r"\s*\d{1,3}\s*")
_ENDS = re.compile(r"[.。!?！？][\"”’»)）\]]*\s*$")


class Doubt(NamedTuple):
    """Something for a person to look at, with the line of the source it stands in."""

    line: int
    message: str


class Clean(NamedTuple):
    """Lines without page furniture and footnotes; a private character stands where footnote `notes[i]` is called."""

    lines: list[Line]
    notes: list[Note]
    left_out: list[Doubt]
    doubts: list[Doubt]


def clean(source: Source, rules: Rules) -> Clean:
    """Take the furniture of pages and the footnotes out of a document."""
    notes = [Note(str(number + 1), text) for number, text in enumerate(source.notes)]
    result = Clean([], notes, [], [])
    lines = _without_furniture(list(_paged(source.lines)), rules, result)
    footnotes = Footnotes(lines, rules)
    result.notes.extend(footnotes.notes)
    lines = footnotes.kept
    lines = _without_field_codes(lines, result)
    result.lines.extend(_marked(lines, result))
    return result


def _paged(lines: tuple[Line, ...]) -> Iterator[Line]:
    """Count pages by the marks that some conversions leave between them."""
    page = 0
    for line in lines:
        line = line._replace(text=line.text.translate(_PLAIN_SPACES))  # noqa: PLW2901
        if match := _RAISED_START.match(line.text):
            line = line._replace(text=f"{match['mark'].translate(_RAISED)} {line.text[match.end() :]}")  # noqa: PLW2901
        if match := _PAGE_MARK.fullmatch(line.text):
            page = int(match["page"])
            yield line._replace(text="", page=page)
        else:
            yield line._replace(page=page) if page else line


def _without_furniture(lines: list[Line], rules: Rules, result: Clean) -> list[Line]:
    repeated = _repeated_at_edges(lines)
    edges = _edges(lines)
    begun, kept = False, []
    for line in lines:
        text = line.text.strip()
        # Above the name of the body a symbol is the resolution's own; below it, the head of a page.
        is_head = begun and SYMBOL.fullmatch(text) is not None
        begun = begun or rules.organ.fullmatch(text) is not None
        number = _PAGE_OF.fullmatch(text) or (line.number in edges and _PAGE_NUMBER.fullmatch(text))
        if text and (is_head or number or text in repeated or rules.furniture.fullmatch(text)):
            result.left_out.append(Doubt(line.number, f'"{text}" left out: it belongs to the page, not to the text'))
            continue
        kept.append(line)
    return kept


def _edges(lines: list[Line]) -> set[int]:
    """Return the numbers of the first and last two lines with text of every page, where there are pages."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        if line.text.strip():
            pages.setdefault(line.page, []).append(line)
    if len(pages) < 2:
        return set()
    return {line.number for page in pages.values() for line in (*page[:2], *page[-2:])}


def _repeated_at_edges(lines: list[Line]) -> set[str]:
    edges = _edges(lines)
    counted = Counter(line.text.strip() for line in lines if line.number in edges)
    return {text for text, count in counted.items() if count > 1 and len(text) < 120 and not _ENDS.search(text)}


def _without_field_codes(lines: list[Line], result: Clean) -> list[Line]:
    """Read marks that a PDF broke into three: "》0 F", "1", and the text again two lines further on."""
    kept: list[Line] = []
    waiting: Line | None = None
    for line in lines:
        text = line.text.strip()
        if waiting is not None and text:
            if _DIGITS.fullmatch(text):
                code = _FIELD_CODE.search(waiting.text)
                place = kept.index(waiting)
                start = code.start() if code else len(waiting.text)
                message = f'"{code["code"] if code else ""}" left out: the code of a footnote mark, not text'
                result.left_out.append(Doubt(waiting.number, message))
                kept[place] = waiting._replace(text=waiting.text[:start] + _mark_for(text, result))
                # The blank line after a broken mark parts nothing.
                waiting = None
                continue
            waiting = None
        if _FIELD_CODE.search(line.text):
            waiting = line
        kept.append(line)
    return kept


def _mark_for(mark: str, result: Clean) -> str:
    known = [place for place, note in enumerate(result.notes) if note.mark == mark]
    if not known:
        result.notes.append(Note(mark, ""))
        known = [len(result.notes) - 1]
    return chr(MARK_BASE + known[0])


def _marked(lines: list[Line], result: Clean) -> Iterator[Line]:
    """Replace the marks of footnotes: those set apart, and known ones that stand in the text as mere numbers."""
    lines = [line._replace(text=_SET_APART.sub(lambda match: _set_apart(match, result), line.text)) for line in lines]
    waiting = [note.mark for note in result.notes if note.mark.isdigit() and note.text]
    if not waiting or any(MARK.search(line.text) for line in lines):
        yield from lines
        return
    seen: set[str] = set()
    for line in lines:
        text, place = line.text, 0
        while match := _MARK_IN_TEXT.search(text, place):
            mark = match["mark"]
            expected = next((one for one in waiting if one not in seen), None)
            glued = not match["gap"]
            if mark == expected or (mark in seen and (glued or match["before"] in '.,;:)"”’。，；：）》')):
                seen.add(mark)
                text = text[: match.end("before")] + _mark_for(mark, result) + text[match.end("mark") :]
                place = match.end("before") + 1
            else:
                place = match.end("mark")
        yield line._replace(text=text)


def _set_apart(match: re.Match[str], result: Clean) -> str:
    return _mark_for((match["raised"] or match["bracketed"] or match["slashed"]).translate(_RAISED), result)


_MARK_IN_TEXT = re.compile(
    r"(?P<before>[^\W\d]|(?<=\d{4})|[.,;:)\]\"”’。，；：）》])(?P<gap> ?)(?P<mark>\d{1,3})"
    r"(?=[\s.,;:)”\"。，；]|$|[\u4e00-\u9fff])"
)
