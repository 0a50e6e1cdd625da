"""A key stands without a value.

It is read as if it were not there. That is handy while a file is being filled in, and it hides slips:
an action whose `status:` is left empty becomes a fact, and counts for nothing. Fill it in, or delete
the line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.problems import Level, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.subject import Subject

CODE = "no-value"
LEVEL = Level.WARNING


def check(subject: Subject) -> Iterator[Problem]:
    """Yield each key that has no value."""
    for place, key in subject.ws.blanks:
        yield Problem(place, LEVEL, CODE, f"{key} has no value and is not read", "fill it in, or delete the line")
