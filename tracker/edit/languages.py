"""A second language for a mandate that is there: each text goes beside the others of its paragraph.

Paragraphs pair by their numbers. A text that stands there already is never changed, and every other byte stays.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.edit.change import Change, EditError, Source, source_of
from tracker.edit.lists import Unsafe, longer
from tracker.edit.nodes import Kind, Node, break_at, line_end, line_start, root_of, usual_break
from tracker.intake.lines import Doubt
from tracker.load import yaml
from tracker.load.records import to_record
from tracker.load.units import Inherited
from tracker.model import Mandate
from tracker.problems import did_you_mean
from tracker.refs import join, label_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from tracker.intake.resolution import ImportedResolution
    from tracker.intake.source import Source as Document
    from tracker.load.workspace import Workspace
    from tracker.model import Footnote, Paragraph, Text

_START = 24
_BRACKETS = re.compile(r"\([^()]*\)")
# A new text stands below these fields of a paragraph, a clause or a footnote.
_BELOW = {
    "paragraphs": ("number", "heading"),
    "clauses": ("verb", "addressees", "condition", "reporting"),
    "footnotes": ("mark", "paragraphs"),
}
_Insertions = list[tuple[int, str]]


class Added(NamedTuple):
    """What adding a language comes to: the change, if there is one, the counts, and what a person should look at.

    `here` and `there` count the paragraphs of the file and of the document, `texts` what is added.
    """

    change: Change | None
    paired: int
    here: int
    there: int
    texts: int
    doubts: tuple[Doubt, ...]
    left_out: tuple[Doubt, ...]


def add_language(ws: Workspace, name: str, found: ImportedResolution, document: Document) -> Added:
    """Add the texts of a resolution to a mandate; raise `EditError` when it is another one, or nothing pairs."""
    held = _mandate(ws, name)
    _refuse_other(held, found.mandate, document.name)
    source = source_of(ws.root, ws.origins[held.id].file)
    comparison = _Comparison(held, found, document)
    if not comparison.paired:
        raise EditError(
            f"no paragraph of {document.name} pairs with one of {held.id}: nothing was written",
            f"is it another resolution? {document.name} is {_told(found.mandate)}, {held.id} is {_told(held)}",
        )
    writer = _Writer(source, held.languages[0], found.language)
    texts = writer.safe(comparison.wanted)
    by_hand = [text for text in comparison.wanted if text not in texts]
    why = f"is written in a way that is not changed here safely: add the {found.language} text by hand"
    doubts = sorted([*comparison.doubts, *(Doubt(text.line, f"{text.what} {why}") for text in by_hand)])
    return Added(
        writer.change(texts),
        comparison.paired,
        _count(held.paragraphs),
        _count(found.mandate.paragraphs),
        len(texts),
        tuple(doubts),
        tuple(sorted(comparison.left_out)),
    )


def _mandate(ws: Workspace, name: str) -> Mandate:
    wanted = ws.by_symbol(name)
    if wanted in ws.mandates:
        return ws.mandates[wanted]
    files = {f"mandates/{wanted}{suffix}" for suffix in (".yaml", ".yml")}
    if problem := next((problem for problem in sorted(ws.problems) if problem.place.path in files), None):
        raise EditError(f"{problem.place}: {problem.message}", problem.hint or "mend this first")
    hint = did_you_mean(wanted, ws.mandates) or "to begin it, import the resolution without --into"
    raise EditError(f"there is no mandate {name}", hint)


def _refuse_other(held: Mandate, found: Mandate, name: str) -> None:
    """Refuse another resolution: numbers of paragraphs alone would pair with any."""
    if held.symbol and found.symbol:
        # The year that the Security Council puts in brackets is often left out.
        if len({_bare(_BRACKETS.sub("", symbol)).lower() for symbol in (held.symbol, found.symbol)}) > 1:
            hint = "look whether the file and the mandate are the right ones"
            raise EditError(f"{name} is {found.symbol}, and {held.id} is {held.symbol}: nothing was written", hint)
    elif found.id and found.id != held.id:
        hint = f"if it is the same resolution, say so: --into {held.id} --id {held.id}"
        raise EditError(f"{name} is {found.id}, not {held.id}: nothing was written", hint)


def _told(mandate: Mandate) -> str:
    title = next(iter(mandate.title.values()), "")
    return " ".join(filter(None, (mandate.symbol, f"“{title}”" if title else ""))) or "without a title"


class _Wanted(NamedTuple):
    """A wording for a text of the file, and how a person is told of it."""

    path: yaml.Path
    wording: str
    what: str
    line: int


class _Comparison:
    """The mandate of the file held against the one that was read: which texts to add, and what does not fit."""

    def __init__(self, held: Mandate, found: ImportedResolution, document: Document) -> None:
        read = found.mandate
        self.code = found.language
        self.ordered = not held.provisional
        self.lines = dict(_lines_of(document, read.paragraphs, self.code))
        self.paired = 0
        self.wanted: list[_Wanted] = []
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
            self.wanted.append(_Wanted(path, wording, what, line))
        elif wording and _bare(own or "") != _bare(wording):
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
    inside = _count(node.paragraphs)
    return f"paragraph {join(labels)}{f' with the {inside} below it' if inside else ''}"


def _count(nodes: Sequence[Paragraph]) -> int:
    return sum(1 + _count(node.paragraphs) for node in nodes)


def _texts(count: int) -> str:
    return f"{count} text{'' if count == 1 else 's'}"


def _bare(text: str) -> str:
    return "".join(text.split())


def _lines_of(document: Document, nodes: Sequence[Paragraph], code: str) -> Iterator[tuple[int, int]]:
    """Yield paragraphs, by identity, with the line of the document in which each begins, where that is found."""
    lines = [(line.number, text) for line in document.lines if (text := _bare(line.text))]
    texts = [text for _, text in lines]
    at = 0
    for node in _flat(nodes):
        start = _bare(next(filter(None, (node.heading.get(code), node.text.get(code))), ""))[:_START]
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


class _Writer:
    """The file while wordings are put into it; whatever else would change makes a wording one for a person to add."""

    def __init__(self, source: Source, first: str, code: str) -> None:
        root = root_of(source.text)
        if root is None or root.kind is not Kind.MAP:
            raise EditError(f"{source.file} holds no mandate")
        self.source = source
        self.text = source.text
        self.root = root
        self.first = first
        self.code = code
        self.step = " " * next(_steps(source.text, root), 2)

    def safe(self, wanted: list[_Wanted]) -> list[_Wanted]:
        """Return those wordings after which the file still says all it said, and them."""
        return self._kept([one for one in wanted if self._is_known(one)])

    def _is_known(self, wanted: _Wanted) -> bool:
        try:
            return bool(self._insertions(wanted))
        except Unsafe:
            return False

    def _kept(self, wanted: list[_Wanted]) -> list[_Wanted]:
        parsed = yaml.parse(self._longer(wanted))
        if not parsed.flaws and parsed.value == self._expected(wanted):
            return wanted
        half = len(wanted) // 2
        return [*self._kept(wanted[:half]), *self._kept(wanted[half:])] if half else []

    def change(self, wanted: list[_Wanted]) -> Change | None:
        """Return the change that adds wordings, and names their language; nothing where there is none."""
        value = self._expected(wanted)
        text = self._longer(wanted)
        languages = value.get("languages") or [self.first]
        if self.code not in languages:
            value["languages"] = [*languages, self.code]
            text = self._with_language(text)
        change = self.source.changed_to(text)
        # Read again as the file will be: what decodes otherwise, or is no record, is never written.
        decoded, flaws = yaml.decode(change.after)
        record = to_record({**value, "id": "x"}, Mandate, self.first)[0]
        if flaws or record is None or yaml.parse(decoded).value != value:
            message = f"{self.source.file} is written in a way that is not changed here safely: nothing was written"
            raise EditError(message, f"add {self.code} to its languages by hand, then run the command again")
        return change if change.after != change.before else None

    def _expected(self, wanted: Collection[_Wanted]) -> dict[str, Any]:
        value: dict[str, Any] = deepcopy(self.source.value)
        for one in wanted:
            *outer, last = one.path
            holder: Any = value
            for step in outer:
                holder = holder[step]
            own = holder.get(last, {}) if isinstance(holder, dict) else holder[last]
            holder[last] = {**({self.first: own} if isinstance(own, str) else own), self.code: one.wording}
        return value

    def _longer(self, wanted: Collection[_Wanted]) -> str:
        insertions = [insertion for one in wanted for insertion in self._insertions(one)]
        pieces, done = [], 0
        for at, new in sorted(insertions, key=lambda insertion: insertion[0]):
            pieces += [self.text[done:at], new]
            done = at
        return "".join((*pieces, self.text[done:]))

    def _insertions(self, wanted: _Wanted) -> _Insertions:
        *outer, name = wanted.path
        holder = self.root.at(outer)
        if holder is None:
            raise Unsafe
        if isinstance(name, int):
            return self._beside(holder, None, holder.items[name], wanted.wording)
        pair = holder.pair(name)
        return self._beside(holder, *pair, wanted.wording) if pair else self._begun(holder, wanted)

    def _begun(self, holder: Node, wanted: _Wanted) -> _Insertions:
        """Begin a text where the paragraph has none."""
        name = wanted.path[-1]
        fields = _BELOW.get(str(wanted.path[-3]) if len(wanted.path) > 2 else "", ())
        if not holder.pairs:
            raise Unsafe
        pair = max((pair for pair in holder.pairs if pair[0].text in fields), key=_start, default=holder.pairs[-1])
        if holder.flow:
            quote = pair[0].style
            return [(pair[1].end, f", {quote}{name}{quote}: {{{self._in_braces(wanted.wording, quote)}}}")]
        indent = self._indent(pair[0])
        at = self._end(pair[1])
        return [self._line(at, f"{indent}{name}:"), self._line(at, self._written(wanted.wording, indent + self.step))]

    def _beside(self, holder: Node, key: Node | None, value: Node, wording: str) -> _Insertions:
        """Put a wording beside those of a text that is there."""
        if value.kind is Kind.MAP:
            return self._in_map(value, wording)
        if value.kind is Kind.LIST:
            raise Unsafe
        if value.start == value.end:
            return self._in_nothing(holder, key, wording)
        if holder.flow:
            quote = key.style if key else ""
            return [
                (value.start, f"{{{quote}{self.first}{quote}: "),
                (value.end, f", {self._in_braces(wording, quote)}}}"),
            ]
        if key is None or line_start(self.text, key.start) != line_start(self.text, value.start):
            indent = self._deeper(value, self._indent(value))
            return [(value.start, f"{self.first}: "), self._line(self._end(value), self._written(wording, indent))]
        indent = self._deeper(value, self._indent(key) + self.step)
        return [
            self._line(self._colon(key, value), f"{indent}{self.first}:"),
            self._line(self._end(value), self._written(wording, indent)),
        ]

    def _in_map(self, value: Node, wording: str) -> _Insertions:
        if (pair := value.pair(self.code)) and pair[1].start == pair[1].end:
            # Somebody has made room for it.
            return [(self._colon(*pair), f" {_scalar(self.code, wording, inside=value.flow)}")]
        if not value.flow:
            last, inner = value.pairs[-1]
            return [self._line(self._end(inner), self._written(wording, self._indent(last)))]
        if not value.pairs:
            return [(value.start + 1, self._in_braces(wording))]
        last, inner = value.pairs[-1]
        return [(inner.end, f", {self._in_braces(wording, last.style)}")]

    def _in_nothing(self, holder: Node, key: Node | None, wording: str) -> _Insertions:
        """Begin a text whose key is there with nothing after it."""
        if key is None:
            raise Unsafe
        if holder.flow:
            return [(self.text.find(":", key.end) + 1, f" {{{self._in_braces(wording, key.style)}}}")]
        return [self._line(line_end(self.text, key.end), self._written(wording, self._indent(key) + self.step))]

    def _in_braces(self, wording: str, quote: str = "") -> str:
        return f"{quote}{self.code}{quote}: {_scalar(self.code, wording, inside=True)}"

    def _written(self, wording: str, indent: str) -> str:
        """Write a wording below its key, as a block where it has several lines."""
        lines = [f"{self.code}: |-", *(f"{self.step}{line}" for line in wording.split("\n"))]
        if len(lines) == 2 or yaml.parse("\n".join(lines)).value != {self.code: wording}:
            lines = [f"{self.code}: {_scalar(self.code, wording)}"]
        return "\n".join(f"{indent}{line}" for line in lines)

    def _line(self, at: int, lines: str) -> tuple[int, str]:
        newline = break_at(self.text, line_end(self.text, at)) or usual_break(self.text)
        return at, newline + lines.replace("\n", newline)

    def _indent(self, key: Node) -> str:
        return " " * (key.start - line_start(self.text, key.start))

    def _deeper(self, value: Node, indent: str) -> str:
        """Return an indent below which the further lines of a value stand, or refuse."""
        lines = self.text[value.start : value.end].splitlines()[1:]
        if any(line.strip() and not line.startswith(f"{indent} ") for line in lines):
            raise Unsafe
        return indent

    def _colon(self, key: Node, value: Node) -> int:
        return self.text.find(":", key.end, max(value.start, key.end + 1)) + 1

    def _end(self, value: Node) -> int:
        """Return where the last line of a value ends, without the empty lines that a block takes in."""
        while value.kind is not Kind.SCALAR and not value.flow:
            value = value.pairs[-1][1] if value.pairs else value.items[-1]
        inside = self.text[value.start : value.end]
        return line_end(self.text, value.start + len(inside.rstrip() if value.style in {"|", ">"} else inside))

    def _with_language(self, text: str) -> str:
        """Name the new language; where none are named, the first one too."""
        root = root_of(text) or self.root
        both = f"{self.first}, {self.code}"
        if pair := root.pair("languages"):
            try:
                return longer(text, pair[1], self.code if pair[1].items else both)
            except Unsafe:
                return text
        key = root.pairs[0][0]
        if root.flow:
            return f"{text[: key.start]}languages: [{both}], {text[key.start :]}"
        start = line_start(text, key.start)
        newline = break_at(text, line_end(text, start)) or usual_break(text)
        return f"{text[:start]}languages: [{both}]{newline}{text[start:]}"


def _start(pair: tuple[Node, Node]) -> int:
    return pair[0].start


def _scalar(code: str, wording: str, *, inside: bool = False) -> str:
    """Write a wording plain where it is read back as it is; in braces, where a comma would end it, in quotes."""
    if not inside and yaml.parse(f"{code}: {wording}").value == {code: wording}:
        return wording
    return json.dumps(wording, ensure_ascii=False)


def _steps(text: str, node: Node) -> Iterator[int]:
    """Yield by how much the maps of the file are indented below their keys."""
    for key, value in node.pairs:
        if value.kind is Kind.MAP and value.pairs and not value.flow:
            first = value.pairs[0][0]
            yield first.start - line_start(text, first.start) - (key.start - line_start(text, key.start))
        yield from _steps(text, value)
    for item in node.items:
        yield from _steps(text, item)
