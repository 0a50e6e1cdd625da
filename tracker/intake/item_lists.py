"""The lists below one paragraph of a report: whether a label is an item of the outermost, or of one inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.labels import FIRST, Found, Reading, readings_of
from tracker.intake.nodes import Node
from tracker.intake.sublist import Placed, Sublist

if TYPE_CHECKING:
    from collections.abc import Sequence

_SECOND_NEXT = 2 * FIRST


class Item(NamedTuple):
    """Whether a label begins an item of the outermost list, and what a person should look at."""

    outermost: bool
    doubt: str = ""


class ItemLists:
    """Reads the labels of one paragraph in order."""

    def __init__(self) -> None:
        self._lists = Sublist(Node("", "paragraph", 0))
        self._last: Reading | None = None

    @property
    def begun(self) -> bool:
        """Whether an item has been read."""
        return self._last is not None

    def take(self, label: str, following: Sequence[str], *, announced: bool) -> Item:
        """Place a label among the open lists; `announced` says that a colon stands before it."""
        found = Found(label, readings_of(label), "")
        nexts = [Found(one, readings_of(one), "") for one in following]
        placed = self._lists.place(found, nexts, announced=announced and self.begun)
        if placed is None:
            return self._without_one_before(found)
        self._lists.add(placed, 0)
        if not placed.depth:
            self._last = placed.reading
        doubt = f"the label ({label}) does not follow the one before it" if placed.misprinted else ""
        return Item(not placed.depth, doubt)

    def _without_one_before(self, found: Found) -> Item:
        """Accept the item after a missing one; what fits nowhere stays text of the item before it."""
        last = self._last
        if last is None:
            return Item(outermost=False, doubt=f"({found.label}) begins no list: taken as text")
        for reading in found.readings:
            if reading == Reading(last.style, last.value + _SECOND_NEXT):
                self._lists.add(Placed(0, reading), 0)
                self._last = reading
                return Item(outermost=True, doubt=f"the item before ({found.label}) has not been found")
        return Item(outermost=False, doubt=f"({found.label}) goes on no list that is open: taken as text")
