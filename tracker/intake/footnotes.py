"""Footnotes at the foot of pages or at the end of a text, taken out of the lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.lines import SENTENCE_ENDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.intake.joining import Joiner
    from tracker.intake.rules import Rules
    from tracker.intake.source import Line

_RULE = re.compile(r"\s*(?:_{5,}|[-—–]{3,})\s*")
_NOTE = re.compile(r"\s*(?P<mark>\d{1,3}|[*∗＊†‡]+)(?:/?[.\s\u3000]\s*(?P<text>\S.*))?\s*")
_GLUED = re.compile(r"\s*(?P<mark>\d{1,3}(?![\d.])|[*∗＊†‡]+)(?P<text>\S.*)")
_PARAGRAPH = re.compile(r"\s*(?:\d{1,3}(?:[.．、]|\s*[-–—]\s)|\([a-z]+\))\s*(?P<text>\S.*)")


class Note(NamedTuple):
    """A footnote: its mark, its text, its line, and the line its page begins with.

    The text is empty where the document does not hold it.
    """

    mark: str
    text: str
    line: int = 0
    since: int = 0


class Footnotes:
    """Reads through the lines of a document: `kept` are the places of those of the text, `notes` the footnotes.

    Without the rules of resolutions only a line across the page parts footnotes from the text.
    """

    def __init__(self, lines: Sequence[Line], joiner: Joiner, rules: Rules | None = None) -> None:
        self.rules = rules
        self.lines = lines
        self.joiner = joiner
        self.kept: list[int] = []
        self.notes: list[Note] = []
        self._since = 0
        self._paged = bool(lines) and lines[-1].page > lines[0].page
        closed = self._closing()
        place = 0
        while place < len(lines):
            if _RULE.fullmatch(lines[place].text):
                place = self._block(place + 1)
                self._since = lines[place].number if place < len(lines) else 0
            elif self._starts(place, after_closing=place > closed):
                place = self._block(place)
            else:
                self.kept.append(place)
                place += 1

    def _closing(self) -> int:
        """Return the place of the closing formula: the last line of its kind, below which no paragraph comes."""
        for place in reversed(range(len(self.lines))):
            if self.rules and self.rules.closing.match(self.lines[place].text):
                return place
            if _PARAGRAPH.match(self.lines[place].text):
                break
        return len(self.lines)

    def _starts(self, place: int, *, after_closing: bool) -> bool:
        """Tell whether a footnote begins that no rule parts from the text: "45 Ibid.", or any at the very end."""
        text = self.lines[place].text
        if self.rules and self.rules.footnote_start.match(text):
            return True
        match = _NOTE.fullmatch(text)
        if not (match and after_closing and match["text"] and match["mark"].isdigit()):
            return False
        return self._last < int(match["mark"]) and not _PARAGRAPH.match(text)

    @property
    def _last(self) -> int:
        return int(self.notes[-1].mark) if self.notes and self.notes[-1].mark.isdigit() else 0

    def _block(self, place: int) -> int:
        """Read footnotes from a place on and return the place after them."""
        note: Note | None = None
        start = place
        while place < len(self.lines):
            line = self.lines[place]
            if self._paged and line.page != self.lines[start].page:
                break
            found = self._note(line, note)
            if found:
                self._add(note)
                note = Note(found["mark"], (found["text"] or "").strip(), line.number, self._since)
            elif line.text.strip():
                if not note or (SENTENCE_ENDS.search(note.text) and not self._more_notes(place, note.mark)):
                    break
                note = note._replace(text=self.joiner.joined(note.text, line.text.strip(), line.number))
            place += 1
        self._add(note)
        return place

    def _add(self, note: Note | None) -> None:
        if note:
            self.notes.append(note)

    def _note(self, line: Line, before: Note | None) -> re.Match[str] | None:
        """Return the footnote that begins at a line; its mark may be glued to its text where it is the next one."""
        found = _NOTE.fullmatch(line.text) or _GLUED.fullmatch(line.text)
        if not found or self._is_paragraph(line.text):
            return None
        mark, last = found["mark"], before.mark if before else ""
        if found.re is _GLUED and mark.isdigit():
            return found if int(mark) == (int(last) if last.isdigit() else self._last) + 1 else None
        return found if _comes_after(mark, last) else None

    def _is_paragraph(self, text: str) -> bool:
        match = _PARAGRAPH.match(text)
        return match is not None and (self.rules is None or self.rules.opening.match(match["text"]) is not None)

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
