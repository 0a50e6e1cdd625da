"""Where the parts of one entry stand in the text of its file, in characters from its beginning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, NamedTuple, TypeAlias

import yaml
from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

# The compiled parser tells no types.
_Event: TypeAlias = Any
_Following: TypeAlias = Callable[[], Any]
_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BREAK = re.compile(r"\r\n|\r|\n")


class Kind(Enum):
    """What a value is."""

    SCALAR = "scalar"
    LIST = "list"
    MAP = "map"


class Node(NamedTuple):
    """A value of the file from `start` to `end`; the end of a list or map without brackets tells nothing.

    `style` is the quote of a scalar, or its `|` or `>`.
    """

    kind: Kind
    start: int
    end: int
    flow: bool = False
    style: str = ""
    text: str = ""
    items: tuple[Node, ...] = ()
    pairs: tuple[tuple[Node, Node], ...] = ()

    def pair(self, key: str) -> tuple[Node, Node] | None:
        """Return a key of a map and its value."""
        return next((pair for pair in self.pairs if pair[0].text == key), None)

    def at(self, path: Iterable[str | int]) -> Node | None:
        """Return the value that keys and places in lists lead to."""
        found: Node | None = self
        for step in path:
            if found is not None and isinstance(step, int):
                found = found.items[step] if step < len(found.items) else None
            elif found is not None:
                pair = found.pair(str(step))
                found = pair[1] if pair else None
        return found

    @property
    def on_one_line(self) -> bool:
        """Whether it is written where its key is: in brackets, in quotes, or as a plain word."""
        return self.flow or (self.kind is Kind.SCALAR and self.style not in {"|", ">"} and self.end > self.start)


def root_of(text: str) -> Node | None:
    """Return the whole value that a file holds; nothing when it is empty."""
    following = _Parser(text).get_event
    while type(event := following()) not in {ScalarEvent, SequenceStartEvent, MappingStartEvent}:
        if type(event) is StreamEndEvent:
            return None
    return _node(event, following)


def item_of(text: str, index: int) -> Node | None:
    """Return one item of the list that a file holds, counted from 0; nothing when there is none."""
    following = _Parser(text).get_event
    while type(event := following()) is not SequenceStartEvent:
        if type(event) in {StreamEndEvent, ScalarEvent, MappingStartEvent}:
            return None
    for _ in range(index):
        _skip(following)
    event = following()
    return None if type(event) is SequenceEndEvent else _node(event, following)


def _skip(following: _Following) -> None:
    depth = 0
    while True:
        kind = type(following())
        if kind in {SequenceStartEvent, MappingStartEvent}:
            depth += 1
        elif kind in {SequenceEndEvent, MappingEndEvent}:
            depth -= 1
        if depth <= 0:
            return


def _node(event: _Event, following: _Following) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    if type(event) is ScalarEvent:
        return Node(Kind.SCALAR, start, end, style=event.style or "", text=event.value)
    kind = Kind.LIST if type(event) is SequenceStartEvent else Kind.MAP
    flow = bool(event.flow_style)
    inner: list[Node] = []
    while type(event := following()) not in {SequenceEndEvent, MappingEndEvent}:
        inner.append(_node(event, following))
    end = event.end_mark.index
    if kind is Kind.LIST:
        return Node(kind, start, end, flow, items=tuple(inner))
    return Node(kind, start, end, flow, pairs=tuple(zip(inner[::2], inner[1::2], strict=True)))


def line_start(text: str, at: int) -> int:
    """Return where the line of a character begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """Return where the line of a character ends, before its line break."""
    found = _BREAK.search(text, at)
    return found.start() if found else len(text)


def break_at(text: str, at: int) -> str:
    """Return the line break that stands here, or nothing."""
    found = _BREAK.match(text, at)
    return found.group() if found else ""


def usual_break(text: str) -> str:
    """Return the last line break of a text, which goes on as it ended."""
    found = _BREAK.findall(text)
    return found[-1] if found else "\n"
