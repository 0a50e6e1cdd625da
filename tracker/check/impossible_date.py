"""A date is impossible, runs backwards, or is not a date.

The dates of entries decide which report they belong to, and the periods of reports what is current
and what is earlier; a date that cannot be read places its entry nowhere. Write as much of it as the
source gives: `2012`, `2012-10`, `2012-10-05`, an interval `2011-12/2012-03`, or `2011-12/..` for
what goes on. What is not known is left out.
"""

from __future__ import annotations

import re
from calendar import monthrange
from itertools import chain
from typing import TYPE_CHECKING, Any

from tracker.check.records import Spot
from tracker.dates import parse_date
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.records import Records
    from tracker.load.yaml import Path
    from tracker.model import Brief, Document, Entry
    from tracker.problems import Problem

CODE = "impossible-date"
LEVEL = Level.ERROR

_POINT = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_CARELESS = re.compile(r"(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?")
_FORMS = "write it as 2012, 2012-10 or 2012-10-05, from one to another as 2011-12/2012-03"


def check(records: Records) -> Iterator[Problem]:
    """Yield each date that names no day there was or will be."""
    for spot, text in _dates(records):
        if text and parse_date(text) is None:
            message, hint = _why(text)
            yield records.problem(spot, LEVEL, CODE, f"{spot.path[-1]}: {message}", hint)


def _dates(records: Records) -> Iterator[tuple[Spot, str | None]]:
    for mandate in records.mandates:
        yield Spot(mandate.id, ("adopted",)), mandate.adopted
    for spot, node in records.nodes():
        if node.reporting:
            yield Spot(spot.record, (*spot.path, "reporting", "by")), node.reporting.by
    dated: Iterator[Document | Entry] = chain(records.documents, records.entries)
    for record in dated:
        yield Spot(record.id, ("date",)), record.date
    for brief in records.briefs:
        yield from ((Spot(brief.id, path), text) for path, text in _dates_of(brief))


def _dates_of(brief: Brief) -> Iterator[tuple[Path, Any]]:
    yield ("period",), brief.period
    yield ("date",), brief.date
    yield ("session", "dates"), brief.session.dates
    if brief.consultation:
        yield ("consultation", "note_verbale"), brief.consultation.note_verbale
        yield ("consultation", "deadline"), brief.consultation.deadline
    for index, assessment in enumerate(brief.assessments):
        yield ("assessments", index, "date"), assessment.date


def _why(text: str) -> tuple[str, str]:
    start, slash, end = text.strip().partition("/")
    for point in (start, end) if slash and end != ".." else (start,):
        if parse_date(point) is None:
            return _why_point(point, text)
    return f"{text} ends before it begins", f"did you mean {end}/{start}?"


def _why_point(point: str, text: str) -> tuple[str, str]:
    match = _POINT.fullmatch(point)
    if match is None or match.group(1) == "0000":
        return f"{text!r} is not a date", _rewritten(text) or _FORMS
    year, month, day = match.groups()
    if not 1 <= int(month) <= 12:
        return f"{point} is impossible: there is no month {month}", _rewritten(f"{year}-{day}-{month}") or _FORMS
    last = monthrange(int(year), int(month))[1]
    return f"{point} is impossible: {year}-{month} has {last} days, no {day}", _FORMS


def _rewritten(point: str) -> str:
    match = _CARELESS.fullmatch(point)
    likely = "-".join(part.zfill(2) for part in match.groups() if part) if match else ""
    return f"did you mean {likely}?" if likely and parse_date(likely) else ""
