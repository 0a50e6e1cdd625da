"""A field that must be there is missing.

An entry needs `id`, `type` and `summary`; a mandate its `title`; a paragraph its `number`; a brief
its `title`, `to`, `session`, `mandates`, `entity`, `period` and `languages`. Without one of them the
record cannot be counted or printed, so it is left out until it is mended. A cycle with evidence and
no `report.yaml` beside it is found here too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.check.subject import Subject
    from tracker.problems import Problem

CODE = "missing-field"
LEVEL = Level.ERROR


def check(subject: Subject) -> Iterable[Problem]:
    """Return what reading the files has found."""
    return subject.loaded(CODE)
