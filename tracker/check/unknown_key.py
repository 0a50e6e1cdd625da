"""A key is not one that this kind of record has.

A mistyped key would otherwise be dropped in silence, and what stands under it with it: `adresses`
for `addresses` leaves a paragraph without its evidence. The hint names the nearest right key, or
all there are. The docs list the keys of each file; an editor that follows the first line of a file
to its schema marks them while one types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.check.subject import Subject
    from tracker.problems import Problem

CODE = "unknown-key"
LEVEL = Level.ERROR


def check(subject: Subject) -> Iterable[Problem]:
    """Return what reading the files has found."""
    return subject.loaded(CODE)
