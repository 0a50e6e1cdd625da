"""A reference names a paragraph that its mandate does not have.

Coverage is counted on units. Evidence that addresses a paragraph which there is not counts for
nothing, and the paragraph that was meant stands as a gap. References are written as
`ga-66-177:13`, `ga-66-177:3(a)(ii)`, `ga-66-177:1#2` for the second clause, and ranges between
paragraphs of one level as `ga-66-177:11-13`. The hint names the nearest paragraphs there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.subject import Subject
    from tracker.problems import Problem

CODE = "unknown-unit"
LEVEL = Level.ERROR


def check(subject: Subject) -> Iterator[Problem]:
    """Yield each reference whose mandate is there and whose paragraph is not."""
    for spot, why in subject.unresolved:
        if why.code == CODE:
            yield subject.problem(spot, LEVEL, CODE, why.message, why.hint)
