"""The paragraphs of a mandate beside those of the same resolution in another language, paired by their numbers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tracker.edit.texts import Wanted
from tracker.intake.lines import Doubt
from tracker.load.units import Inherited
from tracker.refs import join, label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracker.intake.resolution import ImportedResolution
    from tracker.intake.source import Source as Document
    from tracker.load import yaml
    from tracker.model import Footnote, Mandate, Paragraph, Text

_START = 24


class Comparison:
    """The mandate of the file held against the one that was read: which texts to add, and what does not fit."""

    def __init__(self, held: Mandate, found: ImportedResolution, document: Document) -> None:
        read = found.mandate
        self.code = found.language
        self.ordered = not held.provisional
        self.lines = dict(_lines_of(document, read.paragraphs, self.code))
        self.paired = 0
        self.wanted: list[Wanted] = []
        self.doubts: list[Doubt] = []
        self.left_out: list[Doubt] = []
        self._text(held.title, read.title, ("title",), "the title", 0)
        self._siblings(held.paragraphs, read.paragraphs, (), (), (Inherited(), Inherited()))
        self._preamble(held.preamble, read.preamble, (), "the preamble", 0)
        self._footnotes(held.footnotes, read.footnotes)

    def _siblings(
        self,
        held: Sequence[Paragraph],
        found: Sequence[Paragraph],
        labels: tuple[str, ...],
        path: yaml.Path,
        above: tuple[Inherited, Inherited],
    ) -> None:
        here, there = _keys(held, found, ordered=self.ordered)
        theirs = dict(zip(there, found, strict=True))
        for place, (key, node) in enumerate(zip(here, held, strict=True)):
            inner = (*labels, label_of(node.number))
            if other := theirs.pop(key, None):
                self._pair(node, other, inner, (*path, "paragraphs", place), above)
            else:
                self.doubts.append(Doubt(0, f"{_named(inner, node)} stands in the mandate only"))
        for node in theirs.values():
            what = _named((*labels, label_of(node.number)), node)
            self.doubts.append(Doubt(self._line(node), f"{what} is not in the mandate: not added"))

    def _pair(
        self,
        held: Paragraph,
        found: Paragraph,
        labels: tuple[str, ...],
        path: yaml.Path,
        above: tuple[Inherited, Inherited],
    ) -> None:
        self.paired += 1
        what, line = f"paragraph {join(labels)}", self._line(found)
        self._text(held.heading, found.heading, (*path, "heading"), f"the heading of {join(labels)}", line)
        self._preamble(held.preamble, found.preamble, path, f"the preamble of {join(labels)}", line)
        if self._text(held.text, found.text, (*path, "text"), what, line):
            self._clauses(held, found, path, what, line)
        own = (above[0].with_own(held), above[1].with_own(found))
        if found.verb or found.addressees or found.clauses:
            self._requests(_requests(held, own[0]), _requests(found, own[1]), what, line)
        self._siblings(held.paragraphs, found.paragraphs, labels, path, own)

    def _text(self, held: Text, found: Text, path: yaml.Path, what: str, line: int) -> bool:
        """Want a wording where the text lacks one; return whether the text then says what was read."""
        wording, own = found.get(self.code, ""), held.get(self.code)
        if wording and own is None:
            self.wanted.append(Wanted(path, wording, what, line))
        elif wording and bare(own or "") != bare(wording):
            self.doubts.append(Doubt(line, f"{what} has another {self.code} text already: left as it is"))
            return False
        return True

    def _preamble(self, held: Sequence[Text], found: Sequence[Text], path: yaml.Path, what: str, line: int) -> None:
        if len(held) == len(found):
            for place, (own, text) in enumerate(zip(held, found, strict=True)):
                self._text(own, text, (*path, "preamble", place), f"text {place + 1} of {what}", line)
        elif found:
            has = f"has {len(held)}" if held else "has none"
            self.left_out.append(Doubt(line, f"{what} left out: it has {_texts(len(found))}, the mandate {has}"))

    def _clauses(self, held: Paragraph, found: Paragraph, path: yaml.Path, what: str, line: int) -> None:
        if [clause.verb for clause in held.clauses] == [clause.verb for clause in found.clauses]:
            for place, (own, clause) in enumerate(zip(held.clauses, found.clauses, strict=True)):
                self._text(own.text, clause.text, (*path, "clauses", place, "text"), f"{what}#{place + 1}", line)

    def _footnotes(self, held: Sequence[Footnote], found: Sequence[Footnote]) -> None:
        theirs = dict(zip(_counted(note.mark for note in found), found, strict=True))
        for place, (key, note) in enumerate(zip(_counted(note.mark for note in held), held, strict=True)):
            if other := theirs.pop(key, None):
                self._text(note.text, other.text, ("footnotes", place, "text"), f"footnote {note.mark}", 0)
            else:
                self.doubts.append(Doubt(0, f"footnote {note.mark} stands in the mandate only"))
        self.left_out += [
            Doubt(0, f"footnote {note.mark} left out: it is not in the mandate") for note in theirs.values()
        ]

    def _requests(self, held: list[Inherited], found: list[Inherited], what: str, line: int) -> None:
        """Doubt where the text asks something else, or somebody else, than the mandate says."""
        ours, theirs = ([one.verb for one in side] for side in (held, found))
        if ours != theirs:
            read, said = (" and ".join(verb or "no verb" for verb in side) for side in (theirs, ours))
            self.doubts.append(Doubt(line, f"{what}: the {self.code} text reads as {read}, the mandate says {said}"))
            return
        for place, (own, other) in enumerate(zip(held, found, strict=True), start=1):
            # Who is asked cannot always be told: that is no other reading.
            if other.addressees and set(own.addressees) != set(other.addressees):
                which = f"{what}#{place}" if len(held) > 1 else what
                asked, said = (", ".join(side.addressees) or "nobody" for side in (other, own))
                message = f"{which}: the {self.code} text reads as asking {asked}, the mandate says {said}"
                self.doubts.append(Doubt(line, message))

    def _line(self, node: Paragraph) -> int:
        return self.lines.get(id(node), 0)


def _keys(
    held: Sequence[Paragraph], found: Sequence[Paragraph], *, ordered: bool
) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Return what siblings on each side pair by: their numbers, or where they have none their order."""
    sides = [[label_of(node.number) for node in side] for side in (held, found)]
    counts = {sum(label.startswith("~") for label in side) for side in sides}
    # Order tells nothing where one side has more of them, or where only some are known.
    marks = ("~", "~") if ordered and len(counts) == 1 else ("~here", "~there")
    here, there = (
        _counted(mark if label.startswith("~") else label for label in side)
        for mark, side in zip(marks, sides, strict=True)
    )
    return here, there


def _counted(labels: Iterable[str]) -> list[tuple[str, int]]:
    """Return labels with how often each has come before."""
    seen: Counter[str] = Counter()
    keys = []
    for label in labels:
        keys.append((label, seen[label]))
        seen[label] += 1
    return keys


def _requests(node: Paragraph, own: Inherited) -> list[Inherited]:
    return [own.with_own(clause) for clause in node.clauses] or [own]


def _named(labels: tuple[str, ...], node: Paragraph) -> str:
    inside = count(node.paragraphs)
    return f"paragraph {join(labels)}{f' with the {inside} below it' if inside else ''}"


def count(nodes: Sequence[Paragraph]) -> int:
    """Return how many paragraphs there are, on all levels."""
    return sum(1 + count(node.paragraphs) for node in nodes)


def _texts(count: int) -> str:
    return f"{count} text{'' if count == 1 else 's'}"


def bare(text: str) -> str:
    """Return a text without its white space, to compare it."""
    return "".join(text.split())


def _lines_of(document: Document, nodes: Sequence[Paragraph], code: str) -> Iterator[tuple[int, int]]:
    """Yield paragraphs, by identity, with the line of the document in which each begins, where that is found."""
    lines = [(line.number, text) for line in document.lines if (text := bare(line.text))]
    texts = [text for _, text in lines]
    at = 0
    for node in _flat(nodes):
        start = bare(next(filter(None, (node.heading.get(code), node.text.get(code))), ""))[:_START]
        # A wrapped line may break the beginning.
        pairs = ((place, f"{texts[place]}{''.join(texts[place + 1 : place + 2])}") for place in range(at, len(texts)))
        found = next((place for place, pair in pairs if 0 <= pair.find(start) < len(texts[place])), None)
        if start and found is not None:
            at = found + 1
            yield id(node), lines[found][0]


def _flat(nodes: Sequence[Paragraph]) -> Iterator[Paragraph]:
    for node in nodes:
        yield node
        yield from _flat(node.paragraphs)
