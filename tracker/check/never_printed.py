"""An entry is printed by no report.

It was collected, it counts as coverage, and no reader of the report will see it: a table says
"reported" for what the report does not tell. Name it in a body of the outline, let a `select` find
it, or delete it. Without an outline a draft prints every entry on the mandates of its brief.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.check.records import Spot
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.subject import Subject
    from tracker.problems import Problem

CODE = "never-printed"
LEVEL = Level.WARNING


def check(subject: Subject) -> Iterator[Problem]:
    """Yield each entry that stands in no draft, not even among what is internal."""
    if subject.ws.problems:
        # Evidence in a file that cannot be read is missing here only.
        return
    ws = subject.ws
    printed = {name for numbers, _ in subject.printed.values() for name in numbers}
    for entry in ws.entries.values():
        if entry.id not in printed:
            if ws.cycles[entry.cycle].brief.outline:
                hint = f"name it in the outline of {ws.origins[entry.cycle].file}"
            else:
                hint = f"let it address a mandate of {ws.origins[entry.cycle].file}"
            yield subject.problem(Spot(entry.id, ("id",)), LEVEL, CODE, f"no report prints {entry.id}", hint)
