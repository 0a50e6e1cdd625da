"""On which level a heading stands: by its mark, by its words, or, where the source tells neither, as a guess."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.intake.headings import Mark, marks_of

if TYPE_CHECKING:
    from tracker.intake.reportrules import ReportRules

_SERIES = re.compile(r"(?P<word>[A-Z]\w+) \d{1,2}\b")


class Levels:
    """What the headings so far say of the next: the last mark of each level, series of words, words met before."""

    def __init__(self, rules: ReportRules) -> None:
        self.rules = rules
        self.in_annex = False
        self._values: dict[int, int] = {}
        # "Goal 3" stands where "Goal 2" stood.
        self._series: dict[str, int] = {}
        # An annex repeats the headings of the report.
        self._known: dict[str, int] = {}

    def begin_annex(self) -> None:
        """Count anew."""
        self.in_annex = True
        self._values, self._series = {}, {}

    def marked(self, text: str, open_level: int) -> tuple[Mark | None, bool]:
        """Return the reading of a mark that comes next in its series, and whether the one before it is missing."""
        readings = marks_of(text)
        for mark in readings:
            # Letters begin again under a heading at the top whose own mark is lost.
            begins_again = mark.level == 2 and mark.value == 1 and open_level == 1
            if mark.value == self._values.get(mark.level, 0) + 1 or begins_again:
                return mark, False
        missing = (mark for mark in readings if mark.level < 3 and mark.value == self._values.get(mark.level, 0) + 2)
        return next(missing, None), True

    def opened(self, level: int, heading: str, value: int = 0) -> None:
        """Remember a heading; the series under it begin anew."""
        self._values = {one: last for one, last in self._values.items() if one <= level}
        if value:
            self._values[level] = value
        self._known.setdefault(heading, level)

    def guessed(self, heading: str, after: str, *, under: int) -> int:
        """Guess the level of a heading without a mark; `under` is that of a heading directly before it, else 0."""
        level = self._guess(heading, after, under)
        # What stands in an annex stands under its heading.
        level = max(level, 2) if self.in_annex else level
        if series := _SERIES.match(heading):
            self._series[series["word"]] = level
        self._series = {word: one for word, one in self._series.items() if one <= level}
        return level

    def _guess(self, heading: str, after: str, under: int) -> int:
        series = _SERIES.match(heading)
        if series and series["word"] in self._series:
            return self._series[series["word"]]
        if self.rules.is_among("headings", "top", heading):
            return 1
        if heading in self._known:
            return self._known[heading]
        if any((mark.level, mark.value) == (2, 1) for mark in marks_of(after)):
            return 1
        if under:
            return under + 1
        return max([*self._series.values(), *self._values], default=0) + 1
