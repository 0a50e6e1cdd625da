"""An action is dated outside the period its report covers.

A report tells what was done in its period. An action of another time was told in an earlier report
or belongs to the next one, and counts here all the same. Correct the date or the period, or move
the entry to the report of its time. What is only planned lies ahead and is not judged; facts have
no date of their own to be held to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.check.records import Spot
from tracker.dates import parse_date
from tracker.model import ActionStatus
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.subject import Subject
    from tracker.problems import Problem

CODE = "outside-period"
LEVEL = Level.WARNING


def check(subject: Subject) -> Iterator[Problem]:
    """Yield each action whose date has no day in common with its cycle's period."""
    for name, cycle in subject.ws.cycles.items():
        period = parse_date(cycle.brief.period)
        for entry in cycle.entries:
            span = parse_date(entry.date) if entry.date else None
            if period is None or span is None or entry.status in (None, ActionStatus.PLANNED):
                continue
            if not span.overlaps(period):
                message = f"{entry.id} is dated {entry.date}, outside the period {cycle.brief.period} of {name}"
                hint = "correct the date or the period, or move the entry to the report of its time"
                yield subject.problem(Spot(entry.id, ("date",)), LEVEL, CODE, message, hint)
