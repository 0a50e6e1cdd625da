"""Texts of one more language put into a file, each beside those that are there: insertions only, read back whole."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.edit.change import EditError
from tracker.edit.lists import Unsafe, longer
from tracker.edit.nodes import Kind, Node, break_at, line_end, line_start, root_of, usual_break
from tracker.load import yaml
from tracker.load.records import to_record
from tracker.load.scalars import scalar
from tracker.model import Mandate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tracker.edit.change import Change, Source

# A new text stands below these fields of a paragraph, a clause or a footnote.
_BELOW = {
    "paragraphs": ("number", "heading"),
    "clauses": ("verb", "addressees", "condition", "reporting"),
    "footnotes": ("mark", "paragraphs"),
}
_Insertions = list[tuple[int, str]]


class Wanted(NamedTuple):
    """A wording for a text of the file, and how a person is told of it."""

    path: yaml.Path
    wording: str
    what: str
    line: int


class Writer:
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

    def safe(self, wanted: list[Wanted]) -> list[Wanted]:
        """Return those wordings after which the file still says all it said, and them."""
        return self._kept([one for one in wanted if self._is_known(one)])

    def _is_known(self, wanted: Wanted) -> bool:
        try:
            return bool(self._insertions(wanted))
        except Unsafe:
            return False

    def _kept(self, wanted: list[Wanted]) -> list[Wanted]:
        parsed = yaml.parse(self._longer(wanted))
        if not parsed.flaws and parsed.value == self._expected(wanted):
            return wanted
        half = len(wanted) // 2
        return [*self._kept(wanted[:half]), *self._kept(wanted[half:])] if half else []

    def change(self, wanted: list[Wanted]) -> Change | None:
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

    def _expected(self, wanted: Collection[Wanted]) -> dict[str, Any]:
        value: dict[str, Any] = deepcopy(self.source.value)
        for one in wanted:
            *outer, last = one.path
            holder: Any = value
            for step in outer:
                holder = holder[step]
            own = holder.get(last, {}) if isinstance(holder, dict) else holder[last]
            holder[last] = {**({self.first: own} if isinstance(own, str) else own), self.code: one.wording}
        return value

    def _longer(self, wanted: Collection[Wanted]) -> str:
        insertions = [insertion for one in wanted for insertion in self._insertions(one)]
        pieces, done = [], 0
        for at, new in sorted(insertions, key=lambda insertion: insertion[0]):
            pieces += [self.text[done:at], new]
            done = at
        return "".join((*pieces, self.text[done:]))

    def _insertions(self, wanted: Wanted) -> _Insertions:
        *outer, name = wanted.path
        holder = self.root.at(outer)
        if holder is None:
            raise Unsafe
        if isinstance(name, int):
            return self._beside(holder, None, holder.items[name], wanted.wording)
        pair = holder.pair(name)
        return self._beside(holder, *pair, wanted.wording) if pair else self._begun(holder, wanted)

    def _begun(self, holder: Node, wanted: Wanted) -> _Insertions:
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
            return [(self._colon(*pair), f" {_value(wording, inside=value.flow)}")]
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
        return f"{quote}{self.code}{quote}: {_value(wording, inside=True)}"

    def _written(self, wording: str, indent: str) -> str:
        """Write a wording below its key, as a block where it has several lines."""
        lines = [f"{self.code}: |-", *(f"{self.step}{line}" for line in wording.split("\n"))]
        if len(lines) == 2 or yaml.parse("\n".join(lines)).value != {self.code: wording}:
            lines = [f"{self.code}: {scalar(wording, inside=False)}"]
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


def _value(wording: str, *, inside: bool) -> str:
    """Write a wording; in braces always in quotes, so that a file in JSON stays one."""
    return json.dumps(wording, ensure_ascii=False) if inside else scalar(wording, inside=False)


def _steps(text: str, node: Node) -> Iterator[int]:
    """Yield by how much the maps of the file are indented below their keys."""
    for key, value in node.pairs:
        if value.kind is Kind.MAP and value.pairs and not value.flow:
            first = value.pairs[0][0]
            yield first.start - line_start(text, first.start) - (key.start - line_start(text, key.start))
        yield from _steps(text, value)
    for item in node.items:
        yield from _steps(text, item)
