"""A unit is judged completed, and nothing is reported on it.

An assessment is a person's judgement and stands beside coverage, never instead of it. One that says
`completed` where no action is reported asks its reader to believe it. Add the evidence, or choose
`no-information` or `in-progress`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.check.subject import Spot
from tracker.cover.matrix import cover
from tracker.cover.scope import scope_of
from tracker.load.units import Target, resolve
from tracker.model import Status
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.subject import Subject
    from tracker.load.workspace import Workspace
    from tracker.problems import Problem

CODE = "hasty-assessment"
LEVEL = Level.WARNING

_TOLD = (Status.REPORTED, Status.SUPPORTED, Status.EARLIER)


def check(subject: Subject) -> Iterator[Problem]:
    """Yield each assessment `completed` that no reported action stands behind."""
    for name, cycle in subject.ws.cycles.items():
        for index, assessment in enumerate(cycle.brief.assessments):
            silent = _silent(subject.ws, name, assessment.unit) if assessment.status == "completed" else []
            if silent:
                about = _listed(silent, assessment.unit)
                message = f"{assessment.unit} is judged completed, and nothing is reported on {about}"
                hint = "add the evidence, or judge it no-information or in-progress"
                spot = Spot(name, ("assessments", index, "status"))
                yield subject.problem(spot, LEVEL, CODE, message, hint)


def _silent(ws: Workspace, cycle: str, text: str) -> list[str]:
    """Return the units inside what a reference names on which nothing is reported."""
    target = resolve(ws, text)
    if not isinstance(target, Target):
        return []
    inside = _inside(ws, target)
    rows = [row for row in cover(ws, scope_of(ws, cycle), [target.mandate]).units if row.unit.number in inside]
    # A paragraph that asks for nothing has nothing to report, unless it is itself what is judged.
    judged = [row for row in rows if row.unit.addressees or row.unit.number in target.numbers]
    return [row.unit.ref for row in judged if row.status not in _TOLD]


def _listed(silent: list[str], judged: str) -> str:
    if silent == [judged]:
        return "it"
    return ", ".join(silent[:3]) + (f" and {len(silent) - 3} more" if len(silent) > 3 else "")


def _inside(ws: Workspace, target: Target) -> set[str]:
    units = ws.units[target.mandate]
    if not target.numbers:
        return set(units)
    inside = set(target.numbers)
    # Units stand in document order, so a parent is met before what it holds.
    for number, unit in units.items():
        if unit.parent and unit.parent.partition(":")[2] in inside:
            inside.add(number)
    return inside
