"""One field of an entry set anew, or a remark above it, in the text of its file; all else stays as it is."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tracker.edit.entries import lines_of, text_lines
from tracker.edit.lists import Unsafe
from tracker.edit.nodes import Kind, break_at, item_of, line_end, line_start, root_of, usual_break
from tracker.edit.reply_values import ORDER
from tracker.load import yaml
from tracker.load.scalars import scalar

if TYPE_CHECKING:
    from tracker.edit.nodes import Node

Entry = dict[str, Any]


class Evidence:
    """A file of evidence while its entries are changed, each in the lines that are its own; `text` is read back whole.

    Reading the file again for every field would make a long reply a matter of minutes.
    """

    def __init__(self, text: str) -> None:
        self._before = text
        self._changed = False
        root = root_of(text)
        items = root.items if root and root.kind is Kind.LIST and not root.flow else ()
        starts = [_start_with_remarks(text, item) for item in items]
        self._head = text[: starts[0]] if starts else text
        self._own = [text[start:end] for start, end in pairwise([*starts, len(text)])]
        self._new: list[str] = []
        self._newline = usual_break(text)

    def set(self, index: int, name: str, value: Any) -> None:  # noqa: ANN401 - what YAML holds has no type
        """Set a field of an entry, as `with_field` does."""
        self._own[index] = with_field(self._own_at(index), name, value)
        self._changed = True

    def say(self, index: int, name: str, said: tuple[str, str]) -> None:
        """Change a remark above an entry, as `with_remark` does."""
        self._own[index] = with_remark(self._own_at(index), name, said)
        self._changed = True

    def add(self, entry: Entry, remarks: dict[str, str]) -> None:
        """Put an entry at the end, remarks above it."""
        lines = [*(f"# {name}: {said}" for name, said in remarks.items()), *lines_of(entry, "- ")]
        text = "".join(line + self._newline for line in lines)
        self._new.append(_checked(text, [entry]))
        self._changed = True

    @property
    def text(self) -> str:
        """The whole file; it must say what its parts say."""
        if not self._changed:
            return self._before
        text = self._head + "".join(self._own)
        for new in self._new:
            text += "" if not text or text.endswith(("\n", "\r")) else self._newline
            text += "" if not text or text.endswith((self._newline * 2, "\n\n")) else self._newline
            text += new
        parts = [yaml.parse(part).value for part in (*self._own, *self._new)]
        return _checked(text, [entry for part in parts for entry in part])

    def _own_at(self, index: int) -> str:
        if index >= len(self._own):
            raise Unsafe
        return self._own[index]


def _start_with_remarks(text: str, item: Node) -> int:
    start = line_start(text, item.start)
    while start and text.startswith("#", above := line_start(text, start - 1)):
        start = above
    return start


def with_field(text: str, name: str, value: Any) -> str:  # noqa: ANN401 - as above
    """Set a field of the entry that a text holds; with nothing to hold, it goes. `summary.en` sets one wording."""
    held = yaml.parse(text).value
    entry = item_of(text, 0)
    if entry is None or entry.kind is not Kind.MAP or not isinstance(held, list) or len(held) != 1:
        raise Unsafe
    field, _, language = name.partition(".")
    new = dict(held[0])
    if language:
        new[field] = {**new[field], language: value} if isinstance(new.get(field), dict) else value
        changed = _with_text(text, entry, language, value)
    elif value:
        new[field] = value
        changed = _with_value(text, entry, field, value)
    else:
        new.pop(field, None)
        changed = _without(text, entry, field)
    return _checked(changed, [new])


def with_remark(text: str, name: str, said: tuple[str, str]) -> str:
    """Change a remark above the entry that a text holds from one text to another; either may be empty."""
    held = yaml.parse(text).value
    entry = item_of(text, 0)
    old, new = (f"# {name}: {one}" if one else "" for one in said)
    if entry is None:
        raise Unsafe
    first = line_start(text, entry.start)
    at = first
    while old:
        at = line_start(text, at - 1) if at else -1
        line = text[at : line_end(text, at)] if at >= 0 else ""
        if not line.startswith("#"):
            raise Unsafe
        if line == old:
            break
    end = line_end(text, at) + len(break_at(text, line_end(text, at))) if old else first
    put = new + (break_at(text, line_end(text, first)) or usual_break(text)) if new else ""
    return _checked(text[: at if old else first] + put + text[end:], held)


def _checked(text: str, expected: list[Entry]) -> str:
    parsed = yaml.parse(text)
    if parsed.flaws or parsed.value != expected:
        raise Unsafe
    return text


def _with_value(text: str, entry: Node, name: str, value: Any) -> str:  # noqa: ANN401 - as above
    pair = entry.pair(name)
    if pair is None:
        after = [entry.pair(key) for key in ORDER[ORDER.index(name) + 1 :]]
        key = next((pair[0] for pair in after if pair), None)
        indent = text[line_start(text, key.start) : key.start] if key else "x"
        if key is None or indent.strip():
            raise Unsafe
        at = line_start(text, key.start)
        newline = break_at(text, line_end(text, at)) or usual_break(text)
        return text[:at] + "".join(line + newline for line in lines_of({name: value}, indent)) + text[at:]
    if pair[1].kind is Kind.MAP and not pair[1].flow and isinstance(value, dict):
        return _with_map(text, pair, {name: value})
    if not pair[1].on_one_line:
        raise Unsafe
    written = "".join(lines_of({name: value}, "")).removeprefix(f"{name}: ")
    return text[: pair[1].start] + written + text[pair[1].end :]


def _without(text: str, entry: Node, name: str) -> str:
    pair = entry.pair(name)
    if pair is None:
        return text
    start = line_start(text, pair[0].start)
    if text[start : pair[0].start].strip() or not pair[1].on_one_line:
        raise Unsafe
    end = line_end(text, pair[1].end)
    return text[:start] + text[end + len(break_at(text, end)) :]


def _with_map(text: str, pair: tuple[Node, Node], field: Entry) -> str:
    start = line_start(text, pair[0].start)
    indent = text[start : pair[0].start]
    if indent.strip() or not pair[1].pairs:
        raise Unsafe
    newline = break_at(text, line_end(text, start)) or usual_break(text)
    return text[:start] + newline.join(lines_of(field, indent)) + text[_end(text, pair[1].pairs[-1][1]) :]


def _end(text: str, value: Node) -> int:
    """Return where the last line of a scalar ends, without the empty lines that a block takes in."""
    inside = text[value.start : value.end]
    return line_end(text, value.start + len(inside.rstrip() if value.style in {"|", ">"} else inside))


def _with_text(text: str, entry: Node, language: str, wording: str) -> str:
    pair = entry.pair("summary")
    value = pair[1] if pair else None
    if value is None or value.kind is Kind.LIST:
        raise Unsafe
    if value.kind is Kind.MAP and (inner := value.pair(language)):
        key, value = inner
        start = line_start(text, key.start)
        indent = text[start : key.start]
        if not indent.strip() and not entry.flow:
            end = _end(text, value)
            newline = break_at(text, line_end(text, start)) or usual_break(text)
            return text[:start] + newline.join(text_lines(f"{indent}{language}:", wording, f"{indent}  ")) + text[end:]
    if not value.on_one_line or value.kind is not Kind.SCALAR:
        raise Unsafe
    return text[: value.start] + scalar(wording) + text[value.end :]
