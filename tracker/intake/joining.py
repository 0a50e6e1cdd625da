"""The lines of a paragraph as one text: wrapped lines joined, footnote marks taken out and remembered."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.lines import MARK, Doubt, Left
from tracker.intake.source import MARK_BASE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.intake.nodes import Piece
    from tracker.intake.source import Line

_BROKEN = re.compile(r"(?P<first>\w+)[-\u00ad\u2010]$")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LONGEST_WORD = 60
_SPACES = re.compile(r"[ \t\u3000]+")
WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_SPACED_DIGIT = re.compile(rf"{WIDE} [0-9A-Za-z]|[0-9A-Za-z] {WIDE}")
_TIGHT_DIGIT = re.compile(r"[\u4e00-\u9fff][0-9A-Za-z]|[0-9A-Za-z][\u4e00-\u9fff]")


class Joined(NamedTuple):
    """A text without marks, and the indexes of the footnotes called in it, in order."""

    text: str
    marks: tuple[int, ...]


class Joiner:
    """Joins the lines of one document as that document writes: its words tell what a line's end has broken."""

    def __init__(self, lines: Iterable[Line]) -> None:
        texts = [MARK.sub("", line.text).strip() for line in lines]
        self.words = Counter(word.lower() for text in texts for word in _WORD.findall(_inner(text)))
        whole = "\n".join(texts)
        self._spaced_digits = len(_SPACED_DIGIT.findall(whole)) > len(_TIGHT_DIGIT.findall(whole))
        self.doubts: list[Doubt] = []
        self.left: list[Left] = []
        # Quotation marks and dashes are as wide as the writing they stand in.
        self._wide = re.compile(rf"{WIDE}|[“”‘’…—]" if len(re.findall(WIDE, whole)) * 3 > len(whole) else WIDE)

    def join(self, pieces: Iterable[Piece]) -> Joined:
        """Join lines; what the layout sets apart stays on a line of its own."""
        # Only the last line can be changed by what comes after it.
        before, last = [], ""
        for piece in pieces:
            line = _SPACES.sub(" ", piece.text).strip()
            if not last or not line:
                last = last or line
            elif piece.fresh:
                before.append(f"{last}\n")
                last = line
            else:
                both = self.joined(last, line, piece.line)
                before.append(both[: len(both) - len(line)])
                last = line
        text = "".join([*before, last])
        marks = tuple(ord(mark) - MARK_BASE for mark in MARK.findall(text))
        return Joined(_without_marks(text), marks)

    def paragraphs(self, pieces: Iterable[Piece]) -> list[Joined]:
        """Join lines into the blocks that they begin."""
        blocks: list[list[Piece]] = []
        for piece in pieces:
            if piece.fresh or not blocks:
                blocks.append([])
            blocks[-1].append(piece)
        return [self.join(block) for block in blocks]

    def joined(self, text: str, line: str, number: int) -> str:
        """Join a text and the line that carries it on."""
        before, after = MARK.sub("", text).rstrip()[-1:], MARK.sub("", line).lstrip()[:1]
        if not before or not after:
            return text + line
        wide = [bool(self._wide.match(char)) for char in (before, after)]
        if all(wide) or (any(wide) and not self._spaced_digits):
            return text + line
        if any(wide):
            # A stop of full width has its own space: "，1988" needs none more.
            narrow = after if wide[0] else before
            stop = before if wide[0] else after
            return text + (" " if narrow.isalnum() and "\u4e00" <= stop <= "\u9fff" else "") + line
        if broken := _BROKEN.search(text, len(text) - _LONGEST_WORD):
            return self._unbroken(text, line, number, broken["first"])
        self._doubt_split_word(text, line, number)
        return f"{text} {line}"

    def _unbroken(self, text: str, line: str, number: int, first: str) -> str:
        rest = _WORD.match(line)
        if rest is None or not line[0].islower():
            return text + line
        second = rest.group()
        if self.words[f"{first}-{second}".lower()]:
            return text + line
        if self.words[f"{first}{second}".lower()]:
            self.left.append(Left(number, "-", f'it broke "{first}{second}" at the end of the line before'))
            return text[:-1] + line
        self.doubts.append(Doubt(number, f'"{first}-{second}" was broken at the line\'s end: one word or two?'))
        return text + line

    def _doubt_split_word(self, text: str, line: str, number: int) -> None:
        last, first = _LAST_WORD.search(text, len(text) - _LONGEST_WORD), re.match(r"[^\W\d_]+", line)
        if last and first and line[0].islower() and not self.words[last.group().lower()]:
            whole = (last.group() + first.group()).lower()
            if self.words[whole]:
                self.doubts.append(Doubt(number, f'"{last.group()} {first.group()}" may be one word'))


def _inner(text: str) -> str:
    """Return a line without its first and last word, which its ends may have broken."""
    words = text.split(" ")
    return " ".join(words[1:-1])


def _without_marks(text: str) -> str:
    text = re.sub(rf" ?{MARK.pattern} ?(?=[\s.,;:)\]，。；：、])", "", text)
    text = re.sub(rf"(?<= ){MARK.pattern} ", "", text)
    return MARK.sub("", text).strip()
