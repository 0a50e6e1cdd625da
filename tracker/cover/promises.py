"""What was announced and what followed: announcements still open, ongoing actions to renew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cover.status import is_open
from tracker.load.resolve import cells_of
from tracker.model import ActionStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.cover.scope import Scope
    from tracker.load.workspace import Workspace
    from tracker.model import Entry, EntryHead


def retired_by(entries: Iterable[Entry | EntryHead]) -> frozenset[str]:
    """Return the ids that later entries deliver, cancel or replace."""
    return frozenset(target for entry in entries for target in entry.follows)


def open_announcements(ws: Workspace, scope: Scope) -> list[Entry]:
    """Return what was announced on the report's mandates and nothing follows, in the order of the cycles."""
    visible = [head for head, _ in scope.heads(ws)]
    retired = retired_by(visible)
    return [head.entry for head in visible if is_open(head, retired) and _concerns(ws, scope, head)]


def to_renew(ws: Workspace, scope: Scope) -> list[Entry]:
    """Return the ongoing actions of the last cycle on the report's mandates that nothing follows."""
    last = _last_cycle(ws, scope)
    if last is None:
        return []
    retired = retired_by(head for head, _ in scope.heads(ws))
    return [
        head.entry
        for head in ws.cycles[last].heads
        if head.status is ActionStatus.ONGOING and head.id not in retired and _concerns(ws, scope, head)
    ]


def _last_cycle(ws: Workspace, scope: Scope) -> str | None:
    if scope.report is None:
        return None
    mandates = set(scope.report.mandates)
    shared = [cycle for cycle in scope.earlier if mandates & set(ws.cycles[cycle].brief.mandates)]
    return shared[-1] if shared else None


def _concerns(ws: Workspace, scope: Scope, head: EntryHead) -> bool:
    if scope.report is None:
        return True
    return any(mandate in scope.report.mandates for mandate, _ in cells_of(ws, head))
