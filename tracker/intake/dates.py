"""Dates in running text as EDTF: 2012, 2012-10, 2012-10-05 and intervals of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tracker.dates import parse_date
from tracker.intake.reportrules import report_rules

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from tracker.intake.reportrules import ReportRules
# How far before a date the word may stand that says "since".
_LONGEST_SINCE = 60


class Found(NamedTuple):
    """A date as EDTF, and where its wording stands."""

    value: str
    start: int
    end: int


@lru_cache
def _patterns(code: str) -> tuple[re.Pattern[str], ...]:
    rules = report_rules(code)
    return tuple(rules.filled(pattern, groups=True) for pattern in rules.data["dates"]["patterns"])


def dates_in(text: str, rules: ReportRules) -> list[Found]:
    """Return the dates of a text in order; those in titles and of conventions are no dates of what is told."""
    kept = rules.any_of("dates", "ignore").sub(lambda match: "\u0001" * len(match.group()), text)
    return sorted(_all(kept, rules), key=lambda found: found.start)


def date_in(text: str, rules: ReportRules) -> Found | None:
    """Return the first date of a text."""
    return next(iter(dates_in(text, rules)), None)


def _all(text: str, rules: ReportRules) -> Iterator[Found]:
    since = rules.any_of("dates", "since")
    for pattern in _patterns(rules.code):
        for match in pattern.finditer(text):
            value = _edtf(match.groupdict(), rules)
            if value is None:
                continue
            if "/" not in value and since.search(text, max(0, match.start() - _LONGEST_SINCE), match.start()):
                value += "/.."
            yield Found(value, *match.span())
        # What a longer pattern has read is not read again by a shorter one.
        text = pattern.sub(lambda match: "\u0001" * len(match.group()), text)


def _edtf(parts: dict[str, str], rules: ReportRules) -> str | None:
    first = _point(parts.get("y"), parts.get("m"), parts.get("d"), rules)
    is_range = any(parts.get(name) for name in ("y2", "m2", "d2"))
    if not is_range:
        return first if parse_date(first) else None
    last = _point(
        parts.get("y2") or parts.get("y"),
        parts.get("m2") or (parts.get("m") if parts.get("d2") else None),
        parts.get("d2"),
        rules,
    )
    value = f"{first}/{last}"
    return value if parse_date(value) else None


def _point(year: str | None, month: str | None, day: str | None, rules: ReportRules) -> str:
    text = year or ""
    if month:
        text += f"-{rules.month(month):02}"
    if day:
        text += f"-{int(day):02}"
    return text
