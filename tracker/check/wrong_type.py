"""A value is not of the kind its field needs.

`addresses` is a list, `status` one of four words, `session: {number: …}` a whole number, a summary
a text or a map from language to text. A value of another kind cannot be counted or printed, so its
whole record is left out until it is mended. The message says what is wanted; the docs list the
fields of each file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.check.subject import Subject
    from tracker.problems import Problem

CODE = "wrong-type"
LEVEL = Level.ERROR


def check(subject: Subject) -> Iterable[Problem]:
    """Return what reading the files has found."""
    return subject.loaded(CODE)
