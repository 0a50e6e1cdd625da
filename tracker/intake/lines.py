"""The lines of a document without what belongs to its pages: heads, feet, footnotes and their marks.

Nothing goes in silence: what is left out is listed with its line, footnotes are kept apart, and a mark becomes one
private character in the text, so that it can be found again and taken out.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.source import MARK_BASE, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.intake.rules import Rules
    from tracker.intake.source import Source

MARK = re.compile(r"[\uE000-\uF8FF]")
SYMBOL = re.compile(r"[A-Z]{1,3}(?:/[A-Z0-9][A-Za-z0-9.]*(?: ?\([A-Z0-9.]+\))?){1,6}[*†]?")
_RULE = re.compile(r"\s*(?:_{5,}|[-—–]{3,})\s*")
_NOTE = re.compile(r"\s*(?P<mark>\d{1,3}|\*+)(?:/?[.\s\u3000]\s*(?P<text>\S.*))?\s*")
_PARAGRAPH = re.compile(r"\s*(?:\d{1,3}[.．、]|\([a-z]+\))\s*\S")
_PAGE_MARK = re.compile(r"\s*<!-- ?[Pp]age (?P<page>\d+) ?-->\s*")
# Spaces that only typesetting tells apart, and characters without width.
_PLAIN_SPACES = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f"), " ") | dict.fromkeys(
    map(ord, "\u200b\ufeff"), ""
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# A mark the source itself sets apart: raised digits (but not those of m²), or a number in square brackets.
_SET_APART = re.compile(r"\s?(?:(?<![mM])(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|\[(?P<bracketed>\d{1,3}) ?\])")
_RAISED_START = re.compile(r"\s*(?P<mark>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*(?=\S)")
_PAGE_NUMBER = re.compile(r"\s*(?:[-–—]\s*\d{1,3}\s*[-–—]|\d{1,3}/\d{1,3}|\d{1,3})\s*")
_FIELD_CODE = re.compile(r"\s*(?P<code>\d{1,2} ?[FH])\s*$")
_DIGITS = re.compile(r"\s*\d{1,3}\s*")
_ENDS = re.compile(r"[.。!?！？][\"”’»)）\]]*\s*$")


class Doubt(NamedTuple):
    """Something for a person to look at, with the line of the source it stands in."""

    line: int
    message: str


class Note(NamedTuple):
    """A footnote: its mark and its text, which is empty where the document does not hold it."""

    mark: str
    text: str


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
    lines = _without_notes(lines, rules, result)
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
    first_symbol = next((line.text.strip() for line in lines if SYMBOL.fullmatch(line.text.strip())), "")
    seen, kept = False, []
    for line in lines:
        text = line.text.strip()
        is_symbol = bool(SYMBOL.fullmatch(text))
        is_head = is_symbol and (seen or text != first_symbol)
        seen = seen or is_symbol
        number = line.number in edges and _PAGE_NUMBER.fullmatch(text) is not None
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


def _without_notes(lines: list[Line], rules: Rules, result: Clean) -> list[Line]:
    """Take out blocks of footnotes: below a rule to the page's end, after the closing formula, or known by "Ibid."."""
    paged = lines[-1].page > lines[0].page if lines else False
    closed = _last_closing(lines, rules)
    kept: list[Line] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        if _RULE.fullmatch(line.text):
            place = _take_block(lines, place + 1, result, page=line.page if paged else None)
        elif _starts_note(line, rules, result, after_closing=place > closed):
            place = _take_block(lines, place, result, page=line.page if paged else None, one=True)
        else:
            kept.append(line)
            place += 1
    return kept


def _last_closing(lines: list[Line], rules: Rules) -> int:
    """Return the place of the closing formula: of its kind the last line, and no paragraph comes after it."""
    for place in reversed(range(len(lines))):
        text = lines[place].text
        if rules.closing.match(text):
            return place
        if _PARAGRAPH.match(text):
            break
    return len(lines)


def _starts_note(line: Line, rules: Rules, result: Clean, *, after_closing: bool) -> bool:
    if rules.footnote_start.match(line.text):
        return True
    match = _NOTE.fullmatch(line.text)
    if not (match and after_closing and match["text"] and match["mark"].isdigit()):
        return False
    last = int(result.notes[-1].mark) if result.notes and result.notes[-1].mark.isdigit() else 0
    return last < int(match["mark"]) and not re.match(r"\d{1,3}[.．、]", line.text.strip())


def _take_block(lines: list[Line], place: int, result: Clean, *, page: int | None, one: bool = False) -> int:
    """Read footnotes from a place on and return the place after them."""
    mark, text, after_blank = "", "", False
    while place < len(lines):
        line = lines[place]
        found = _NOTE.fullmatch(line.text)
        if page is not None and line.page != page:
            break
        if not line.text.strip():
            after_blank = True
            place += 1
            continue
        if found and _is_next(found["mark"], mark):
            if mark:
                result.notes.append(Note(mark, text))
            mark, text = found["mark"], (found["text"] or "").strip()
        elif not mark or (text and page is None and (_ENDS.search(text) or (one and after_blank))):
            break
        else:
            text = _joined(text, line.text.strip())
        after_blank = False
        place += 1
    if mark:
        result.notes.append(Note(mark, text))
    return place


def _is_next(mark: str, last: str) -> bool:
    if not last or not mark.isdigit() or not last.isdigit():
        return True
    return int(mark) == int(last) + 1


def _joined(text: str, more: str) -> str:
    wide = text and more and ord(text[-1]) > 0x2E80 and ord(more[0]) > 0x2E80
    return f"{text}{more}" if wide or not text else f"{text} {more}"


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
    return _mark_for((match["raised"] or match["bracketed"]).translate(_RAISED), result)


_MARK_IN_TEXT = re.compile(
    r"(?P<before>[^\W\d]|(?<=\d{4})|[.,;:)\]\"”’。，；：）》])(?P<gap> ?)(?P<mark>\d{1,3})"
    r"(?=[\s.,;:)”\"。，；]|$|[\u4e00-\u9fff])"
)
