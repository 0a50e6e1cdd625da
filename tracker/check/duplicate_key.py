"""A key stands twice in one map.

Only one of the two can count, and a reader cannot tell which was meant. It happens when a block is
copied and one line of it is not changed: two `en:` under one summary, two `paragraphs:` in one
resolution. Keep one of the two, or put what both hold under one key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.check.subject import Subject
    from tracker.problems import Problem

CODE = "duplicate-key"
LEVEL = Level.ERROR


def check(subject: Subject) -> Iterable[Problem]:
    """Return what reading the files has found."""
    return subject.loaded(CODE)
