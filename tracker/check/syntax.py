"""A file cannot be read as YAML.

Nothing in the file counts until it can be read: its paragraphs, entries or documents are missing
from every table and every draft. Most often a text holds a colon followed by a space and needs
quotes, a line is indented differently from those above it, or a tab stands where spaces should.
Aliases, anchors and tags are refused as well: a file means what it says, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.check.subject import Subject
    from tracker.problems import Problem

CODE = "syntax"
LEVEL = Level.ERROR


def check(subject: Subject) -> Iterable[Problem]:
    """Return what reading the files has found."""
    return subject.loaded(CODE)
