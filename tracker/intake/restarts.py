"""Where numbers begin again: below the label of a part, or below a heading whose label the source has lost."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.labels import FIRST, Reading

if TYPE_CHECKING:
    from tracker.intake.nodes import Scope
    from tracker.intake.scan import Part, Scan


class FoundPart(NamedTuple):
    """The label of a part: how deep it stands, how it was read, and whether the numbers run on below it."""

    depth: int
    reading: Reading
    running_on: bool


class Restarts:
    """Looks ahead from a heading to the numbers below it."""

    def __init__(self, scan: Scan) -> None:
        self.scan = scan
        # How far the labels of mere headings have come, by their style: A, B, C with paragraphs 1 to 30.
        self._headings: dict[str, int] = {}

    def of_part(self, place: int, part: Part, scopes: list[Scope]) -> FoundPart | None:
        """Tell what the label of a part is here; None when it continues nothing."""
        for reading in part.readings:
            if self._headings.get(reading.style) == reading.value - FIRST and reading.value > FIRST:
                self._headings[reading.style] = reading.value
                return FoundPart(0, reading, running_on=True)
        for depth in range(len(scopes) - 1, 0, -1):
            for reading in part.readings:
                if reading.style == scopes[depth].style and reading.value == scopes[depth].place + FIRST:
                    return FoundPart(depth, reading, running_on=False)
        open_styles = {scope.style for scope in scopes}
        for reading in reversed(part.readings):
            if reading.value == FIRST and reading.style not in open_styles:
                running_on = not self._restarts_below(place, reading, scopes[-1])
                if running_on:
                    self._headings[reading.style] = FIRST
                return FoundPart(len(scopes), reading, running_on)
        return None

    def _restarts_below(self, place: int, reading: Reading, scope: Scope) -> bool:
        first = self._first_number(place)
        if first is None:
            return True
        if scope.last:
            return first == FIRST
        sister = self.sister(place, reading, past_annexes=True)
        return sister is not None and self._first_number(sister) in {None, FIRST}

    def _first_number(self, place: int) -> int | None:
        """Return the first number below a line, before the next label of a part or annex and the closing formula."""
        later = self._deciding[place + 1]
        if later == len(self.scan.lines):
            return None
        if self.scan.annexes[later] or self.scan.rules.closing.match(self.scan.texts[later]):
            return None
        if self.scan.parts[later]:
            # A part that opens right with a part inside it: its numbers are those below the inner label.
            inside = self.scan.parts[place] is not None and later == self.scan.after_headings(place)
            return self._first_number(later) if inside else None
        found = self.scan.numbers[later]
        return found.readings[0].value if found else None

    @cached_property
    def _deciding(self) -> list[int]:
        """For each line the place of the first from there on that is a number, a label, or the closing formula."""
        places = [len(self.scan.lines)] * (len(self.scan.lines) + 2)
        for place in reversed(range(len(self.scan.lines))):
            places[place] = place if self._decides(place) else places[place + 1]
        return places

    def _decides(self, place: int) -> bool:
        found = self.scan.numbers[place]
        verb = found is not None and self.scan.opens_with_verb(found.rest)
        if not (verb or self.scan.settled(place)):
            return False
        labelled = found or self.scan.annexes[place] or self.scan.parts[place]
        return bool(labelled) or self.scan.rules.closing.match(self.scan.texts[place]) is not None

    def sister(self, place: int, reading: Reading, *, past_annexes: bool = False) -> int | None:
        """Return the place of the label that comes after one of this style: II after I."""
        for later in range(place + 1, len(self.scan.lines)):
            part = self.scan.parts[later]
            if part and any(one.style == reading.style and one.value == reading.value + FIRST for one in part.readings):
                return later
            if self.scan.annexes[later] and not past_annexes:
                return None
        return None

    def numbered_below(self, place: int) -> bool:
        """Tell whether paragraph 1 comes further on, before the next label of a part or annex."""
        return self._first_number(place) == FIRST

    def of_heading(self, place: int, scope: Scope, *, closed: bool) -> str:
        """Tell whether a heading without label begins an annex, a part, or neither of them."""
        after = self.scan.after_headings(place)
        found = self.scan.numbers[after] if after < len(self.scan.lines) else None
        at_first = found is not None and found.readings[0].value == FIRST
        below = at_first or (found is None and self.numbered_below(place))
        if scope.node.kind == "resolution" and not scope.begun and not closed:
            return "part" if at_first and self._restarts_later(after) else ""
        if scope.node.kind == "resolution" or (closed and scope.node.kind == "part"):
            if not (below and (scope.begun or closed)):
                return ""
            return "annex" if closed or self._speaks_of_annex(place) else "part"
        if not at_first or after != self._last_of_headings(place, after):
            return ""
        if scope.last:
            return "part"
        return "part" if scope.node.kind == "annex" and self._restarts_later(after) else ""

    def _last_of_headings(self, place: int, after: int) -> int:
        """Return the place after this line's own heading: a heading above another belongs to the whole."""
        for later in range(place + 1, after):
            if self.scan.fresh(later):
                return later
        return after

    def _restarts_later(self, place: int) -> bool:
        for later in range(place + 1, len(self.scan.lines)):
            if (self.scan.annexes[later] or self.scan.parts[later]) and self.scan.settled(later):
                return False
            found = self.scan.numbers[later]
            if found and found.readings[0].value == FIRST and not self.scan.complete(later):
                return True
        return False

    def of_lost_annex(self, place: int, scope: Scope) -> bool:
        """Tell whether an annex begins without the word: the text speaks of one, and numbers begin again."""
        if scope.node.kind != "resolution" or not scope.last or not self._apart(place):
            return False
        ended = self.scan.texts[place - 1].endswith((".", "。"))
        begins = ended and self.scan.no_sentence(self.scan.texts[place]) and self.numbered_below(place)
        return begins and self._speaks_of_annex(place)

    def _apart(self, place: int) -> bool:
        return self.scan.fresh(place) or (not self.scan.parted and self.scan.stands_alone(place))

    def _speaks_of_annex(self, place: int) -> bool:
        return self._annexed < place

    @cached_property
    def _annexed(self) -> int:
        """The place of the first line that speaks of an annex."""
        texts = enumerate(self.scan.texts)
        return next((place for place, text in texts if self.scan.rules.annexed.search(text)), len(self.scan.lines))
