"""Footnotes at the foot of pages or at the end of a text, taken out of the lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tracker.intake.rules import Rules
    from tracker.intake.source import Line

_RULE = re.compile(r"\s*(?:_{5,}|[-—–]{3,})\s*")
_NOTE = re.compile(r"\s*(?P<mark>\d{1,3}|\*+)(?:/?[.\s\u3000]\s*(?P<text>\S.*))?\s*")
_PARAGRAPH = re.compile(r"\s*(?:\d{1,3}(?:[.．、]|\s*[-–—]\s)|\([a-z]+\))\s*(?P<text>\S.*)")
_ENDS = re.compile(r"[.。!?！？][\"”’»)）\]]*\s*$")


class Note(NamedTuple):
    """A footnote: its mark and its text, which is empty where the document does not hold it."""

    mark: str
    text: str


class Footnotes:
    """Reads through the lines of a document: `kept` are those of the text, `notes` the footnotes."""

    def __init__(self, lines: list[Line], rules: Rules) -> None:
        self.rules = rules
        self.lines = lines
        self.kept: list[Line] = []
        self.notes: list[Note] = []
        self._paged = bool(lines) and lines[-1].page > lines[0].page
        closed = self._closing()
        place = 0
        while place < len(lines):
            if _RULE.fullmatch(lines[place].text):
                place = self._block(place + 1)
            elif self._starts(place, after_closing=place > closed):
                place = self._block(place)
            else:
                self.kept.append(lines[place])
                place += 1

    def _closing(self) -> int:
        """Return the place of the closing formula: the last line of its kind, below which no paragraph comes."""
        for place in reversed(range(len(self.lines))):
            if self.rules.closing.match(self.lines[place].text):
                return place
            if _PARAGRAPH.match(self.lines[place].text):
                break
        return len(self.lines)

    def _starts(self, place: int, *, after_closing: bool) -> bool:
        """Tell whether a footnote begins that no rule parts from the text: "45 Ibid.", or any at the very end."""
        text = self.lines[place].text
        if self.rules.footnote_start.match(text):
            return True
        match = _NOTE.fullmatch(text)
        if not (match and after_closing and match["text"] and match["mark"].isdigit()):
            return False
        last = int(self.notes[-1].mark) if self.notes and self.notes[-1].mark.isdigit() else 0
        return last < int(match["mark"]) and not _PARAGRAPH.match(text)

    def _block(self, place: int) -> int:
        """Read footnotes from a place on and return the place after them."""
        mark, text = "", ""
        start = place
        while place < len(self.lines):
            line = self.lines[place]
            if self._paged and line.page != self.lines[start].page:
                break
            found = _NOTE.fullmatch(line.text)
            if found and not self._is_paragraph(line.text) and _comes_after(found["mark"], mark):
                self._add(mark, text)
                mark, text = found["mark"], (found["text"] or "").strip()
            elif line.text.strip():
                if not mark or (_ENDS.search(text) and not self._more_notes(place, mark)):
                    break
                text = joined(text, line.text.strip())
            place += 1
        self._add(mark, text)
        return place

    def _add(self, mark: str, text: str) -> None:
        if mark:
            self.notes.append(Note(mark, text))

    def _is_paragraph(self, text: str) -> bool:
        match = _PARAGRAPH.match(text)
        return match is not None and self.rules.opening.match(match["text"]) is not None

    def _more_notes(self, place: int, last: str) -> bool:
        """Tell whether the rest of a page is footnotes still, since the next one begins further down on it."""
        if not self._paged or not last.isdigit():
            return False
        for line in self.lines[place:]:
            match = _NOTE.fullmatch(line.text)
            if line.page != self.lines[place].page or _PARAGRAPH.match(line.text):
                return False
            if match and match["mark"] == str(int(last) + 1):
                return True
        return False


def _comes_after(mark: str, last: str) -> bool:
    if not last or not mark.isdigit() or not last.isdigit():
        return True
    return int(mark) == int(last) + 1


def joined(text: str, more: str) -> str:
    """Join two lines of a footnote: with a space, but not between Chinese characters."""
    wide = text and more and ord(text[-1]) > 0x2E80 and ord(more[0]) > 0x2E80
    return f"{text}{more}" if wide or not text else f"{text} {more}"
