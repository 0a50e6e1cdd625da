"""Which numbers begin a paragraph: the one right after the last, and what a scan may have made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.labels import FIRST, follows, misread_number_at

if TYPE_CHECKING:
    from tracker.intake.labels import Found
    from tracker.intake.scan import Scan

_MOST_SKIPPED = 2


class Numbered(NamedTuple):
    """A number that begins a paragraph, and the doubt about it, if there is one."""

    found: Found
    doubt: str = ""


class Numbering:
    """Accepts numbers line by line; remembers a list inside a paragraph, whose numbers are text."""

    def __init__(self, scan: Scan) -> None:
        self.scan = scan
        self._listed = 0

    def restart(self) -> None:
        """Forget the list of the paragraph before."""
        self._listed = 0

    def accept(self, place: int, last: int, *, at_end: bool, closed: bool) -> Numbered | None:
        """Return the number at a line if it begins a paragraph after `last`, which is 0 before the first.

        `at_end` says that the text before is at an end, `closed` that the closing formula has come.
        """
        found = self.scan.numbers[place]
        verb = found is not None and self.scan.opens_with_verb(found.rest)
        if found and not self._in_list(found, last, verb=verb) and _is_next(found, last):
            whole = at_end and (self.scan.fresh(place) or not found.rest[:1].islower())
            if verb or (whole and not closed):
                return Numbered(found)
        if closed or not (at_end and self.scan.complete(place)):
            return None
        return self._skipping(found, last) if found and verb else self._misread(place, last) if not found else None

    def _in_list(self, found: Found, last: int, *, verb: bool) -> bool:
        """Tell whether a number belongs to a list inside a paragraph, which begins with 1 again."""
        value = found.readings[0].value
        if (value == FIRST and last) or (self._listed and follows(value, self._listed) and not verb):
            self._listed = value
            return True
        return False

    def _misread(self, place: int, last: int) -> Numbered | None:
        text, expected = self.scan.texts[place], last // 10 + 1
        misread = misread_number_at(text, expected)
        if misread is None or not self.scan.opens_with_verb(misread.rest):
            return None
        return Numbered(misread, f'read as paragraph {expected}: "{text[:30]}…"')

    def _skipping(self, found: Found, last: int) -> Numbered | None:
        value, expected = found.readings[0].value // 10, last // 10 + 1
        if self._listed or not expected < value <= expected + _MOST_SKIPPED:
            return None
        return Numbered(found, f"paragraph {value} comes here, but there is no paragraph {expected} before it")


def _is_next(found: Found, last: int) -> bool:
    value = found.readings[0].value
    return follows(value, last) if last else value == FIRST
