"""Dates as sources give them: EDTF level 0, from a bare year to an interval with an open end."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
OPEN = "9999-12-31"


class Span(NamedTuple):
    """The first and last day a date can mean, as ISO text; `OPEN` when it has no end."""

    first: str
    last: str

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last


@lru_cache(maxsize=4096)
def parse_date(text: str) -> Span | None:
    """Return the days a date covers, or None when it is impossible, reversed or not a date."""
    start, slash, end = text.strip().partition("/")
    first = _point(start)
    if first is None or not slash:
        return first
    last = Span(OPEN, OPEN) if end == ".." else _point(end)
    if last is None or last.last < first.first:
        return None
    return Span(first.first, last.last)


def _point(text: str) -> Span | None:
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day is not None:
        return Span(text, text)
    last_month = int(month or 12)
    return Span(first.isoformat(), f"{year}-{last_month:02}-{monthrange(int(year), last_month)[1]}")


def last_day(text: str) -> str:
    """Return the last day of a date or period, which orders reports in time; empty when it is no date."""
    span = parse_date(text)
    return span.last if span else ""
