"""An id is used twice.

Ids join everything: an outline names entries, an entry names what it follows, sources name
documents. They are unique among mandates, reports, entries and documents together, so that an id
means one thing wherever it stands. The record that comes second is left out. Give it another id;
a place or a year at its end is usually enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.check.subject import Subject
    from tracker.problems import Problem

CODE = "duplicate-id"
LEVEL = Level.ERROR


def check(subject: Subject) -> Iterable[Problem]:
    """Return what reading the files has found."""
    return subject.loaded(CODE)
