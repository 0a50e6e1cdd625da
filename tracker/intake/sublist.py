"""Sub-paragraphs below one paragraph: which open list a label carries on, or whether it begins one inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.labels import FIRST, Reading, follows, written
from tracker.intake.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.intake.labels import Found


class Placed(NamedTuple):
    """Where a label stands: the depth of its list, what it was read as, and whether the source has it otherwise."""

    depth: int
    reading: Reading
    misprinted: bool = False


class Sublist:
    """The lists that are open below a paragraph, from the outermost in."""

    def __init__(self, owner: Node) -> None:
        self.owner = owner
        self._open: list[tuple[Reading, Node]] = []

    @property
    def depth(self) -> int:
        """How many lists are open."""
        return len(self._open)

    def place(self, found: Found, following: Sequence[Found], *, announced: bool = False) -> Placed | None:
        """Tell where a label belongs, looking at those after it; None when it is no label here.

        `announced` says that a colon stands before it: then a list of a kind that is open may begin inside another.
        """
        nexts = following[0].readings if following else ()
        carried = [
            Placed(depth, reading)
            for depth in reversed(range(len(self._open)))
            for reading in found.readings
            if reading.style == self._open[depth][0].style and follows(reading.value, self._open[depth][0].value)
        ]
        opened = [
            Placed(len(self._open), reading)
            for reading in found.readings
            if self._can_open(reading) or (announced and reading.value == FIRST)
        ]
        misprint = self._misprint(found, nexts)
        if misprint and (not carried or misprint.depth > carried[0].depth):
            return misprint
        if carried and opened and self._opens_rather(opened[0].reading, carried[0], following):
            return opened[0]
        return next(iter(carried or opened), None)

    def _opens_rather(self, opened: Reading, carried: Placed, following: Sequence[Found]) -> bool:
        """Tell whether the labels after it carry on the list that it opens, not the one that is open: (ii), not (j)."""
        outer = [self._expected(depth) for depth in range(carried.depth)]
        for found in following:
            if _goes_on(opened, found.readings):
                return True
            if _goes_on(carried.reading, found.readings) or opened in found.readings:
                return False
            if any(reading in found.readings for reading in outer):
                return False
        return False

    def add(self, placed: Placed, line: int) -> Node:
        """Open the paragraph a label begins and return it."""
        del self._open[placed.depth :]
        parent = self._open[-1][1] if self._open else self.owner
        node = Node(written(placed.reading), "sub", line)
        parent.children.append(node)
        self._open.append((placed.reading, node))
        return node

    def _expected(self, depth: int) -> Reading:
        last = self._open[depth][0]
        return Reading(last.style, last.value - last.value % 10 + 10)

    def _can_open(self, reading: Reading) -> bool:
        styles = {one.style for one, _ in self._open}
        return reading.value == FIRST and reading.style not in styles

    def _misprint(self, found: Found, nexts: tuple[Reading, ...]) -> Placed | None:
        """Read "(1)" before "(ii)" as (i), and "(e)" between (b) and (d) as (c): the labels around it tell."""
        if any(self._expected(depth) in found.readings for depth in range(len(self._open))):
            return None
        first = Reading("lower roman", FIRST)
        begins = found.label in {"1", "l"} and Reading("lower roman", 2 * FIRST) in nexts
        if begins and self._can_open(first):
            return Placed(len(self._open), first, misprinted=True)
        if any(self._can_open(reading) for reading in found.readings):
            return None
        for depth in reversed(range(len(self._open))):
            expected = self._expected(depth)
            if _goes_on(expected, nexts):
                return Placed(depth, expected, misprinted=True)
        return None


def _goes_on(reading: Reading, nexts: tuple[Reading, ...]) -> bool:
    return Reading(reading.style, reading.value + 10) in nexts
