"""A reference names a mandate that is not there.

What it refers to is not counted: an entry that addresses an unknown mandate is evidence for
nothing, and a brief that names one reports on nothing. Mandates are the files in `mandates/`, and
the name of the file is the id: `mandates/ga-66-177.yaml` is `ga-66-177`. A brief lists whole
mandates; single paragraphs are for entries to address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.check.records import Spot
from tracker.load.resolve import Target, resolve
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.subject import Subject
    from tracker.problems import Problem

CODE = "unknown-mandate"
LEVEL = Level.ERROR


def check(subject: Subject) -> Iterator[Problem]:
    """Yield each reference to a mandate that there is no file for, and paragraphs named as mandates."""
    for spot, why in subject.unresolved:
        if why.code == CODE:
            yield subject.problem(spot, LEVEL, CODE, why.message, why.hint)
    for name, cycle in subject.ws.cycles.items():
        for index, text in enumerate(cycle.brief.mandates):
            target = resolve(subject.ws, text)
            if isinstance(target, Target) and target.numbers:
                hint = f"did you mean {target.mandate}? a brief names whole mandates"
                spot = Spot(name, ("mandates", index))
                yield subject.problem(spot, LEVEL, CODE, f"{text} is a paragraph, not a mandate", hint)
