"""A unit is judged completed, and nothing is reported on it.

An assessment is a person's judgement and stands beside coverage, never instead of it. One that says
`completed` where no action is reported asks its reader to believe it. Add the evidence, or choose
`no-information` or `in-progress`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.check.records import Spot
from tracker.cover.matrix import cover
from tracker.cover.scope import scope_of
from tracker.load.resolve import cells, inside
from tracker.model import Status
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.subject import Subject
    from tracker.cover.coverage import UnitCoverage
    from tracker.load.workspace import Workspace
    from tracker.problems import Problem

CODE = "hasty-assessment"
LEVEL = Level.WARNING

_TOLD = (Status.REPORTED, Status.SUPPORTED, Status.EARLIER)


def check(subject: Subject) -> Iterator[Problem]:
    """Yield each assessment `completed` that no reported action stands behind."""
    for name, cycle in subject.ws.cycles.items():
        judged = [item for item in cycle.brief.assessments if item.status == "completed"]
        if not judged:
            continue
        mandates = {mandate for item in judged for mandate, _ in cells(subject.ws, item.unit)}
        rows = cover(subject.ws, scope_of(subject.ws, name), sorted(mandates)).units if mandates else []
        for index, assessment in enumerate(cycle.brief.assessments):
            silent = _silent(subject.ws, rows, assessment.unit) if assessment in judged else []
            if silent:
                about = _listed(silent, assessment.unit)
                message = f"{assessment.unit} is judged completed, and nothing is reported on {about}"
                hint = "add the evidence, or judge it no-information or in-progress"
                spot = Spot(name, ("assessments", index, "status"))
                yield subject.problem(spot, LEVEL, CODE, message, hint)


def _silent(ws: Workspace, rows: list[UnitCoverage], text: str) -> list[str]:
    """Return the units inside what a reference names on which nothing is reported."""
    named = cells(ws, text)
    below = inside(ws, named)
    within = [row for row in rows if (row.unit.mandate, row.unit.number) in below]
    # A paragraph that asks for nothing has nothing to report, unless it is itself what is judged.
    judged = [row for row in within if row.unit.addressees or (row.unit.mandate, row.unit.number) in named]
    return [row.unit.ref for row in judged if row.status not in _TOLD]


def _listed(silent: list[str], judged: str) -> str:
    if silent == [judged]:
        return "it"
    return ", ".join(silent[:3]) + (f" and {len(silent) - 3} more" if len(silent) > 3 else "")
