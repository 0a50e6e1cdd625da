"""A brief takes evidence from a report that there is not.

`evidence_from` names other reports whose entries count as current here, so that an addendum need
not copy them. A wrong name brings nothing, and paragraphs that were answered stand as gaps. A
report is named by its folder in `reports/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.check.records import Spot
from tracker.problems import Level, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.subject import Subject
    from tracker.problems import Problem

CODE = "unknown-cycle"
LEVEL = Level.ERROR


def check(subject: Subject) -> Iterator[Problem]:
    """Yield each report named in `evidence_from` that has no folder."""
    cycles = subject.ws.cycles
    for name, cycle in cycles.items():
        for index, other in enumerate(cycle.brief.evidence_from):
            if other not in cycles and other not in subject.unread:
                hint = (
                    did_you_mean(other, cycles.keys() - {name})
                    or "reports are the folders in reports/ with a report.yaml"
                )
                spot = Spot(name, ("evidence_from", index))
                yield subject.problem(spot, LEVEL, CODE, f"there is no report {other}", hint)
