"""Everything that can be wrong in a workspace: one rule a file, each its own manual page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.check import no_source, unknown_key, unknown_unit
from tracker.check.subject import Subject

if TYPE_CHECKING:
    from tracker.load.workspace import Workspace
    from tracker.problems import Problem

RULES = (
    unknown_key,
    unknown_unit,
    no_source,
)


def problems_of(ws: Workspace) -> list[Problem]:
    """Return every problem of a workspace, in file order."""
    subject = Subject(ws)
    return sorted(problem for rule in RULES for problem in rule.check(subject))
