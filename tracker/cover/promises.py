"""What was announced and what followed: announcements still open, ongoing actions to renew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cover.status import is_open
from tracker.load.resolve import cells_of
from tracker.model import ActionStatus

if TYPE_CHECKING:
    from tracker.cover.scope import Scope
    from tracker.load.workspace import Workspace
    from tracker.model import Entry


def retired_in(ws: Workspace, scope: Scope) -> frozenset[str]:
    """Return the ids that any entry that exists for a report delivers, cancels or replaces."""
    return frozenset(target for file, _ in scope.files(ws) for target in file.followed())


def open_announcements(ws: Workspace, scope: Scope) -> list[Entry]:
    """Return what was announced on the report's mandates and nothing follows, in the order of the cycles."""
    retired = retired_in(ws, scope)
    planned = (head for head, _ in scope.heads(ws) if is_open(head, retired))
    return [head.entry for head in planned if _concerns(ws, scope, head.entry)]


def to_renew(ws: Workspace, scope: Scope) -> list[Entry]:
    """Return the ongoing actions of the last cycle on the report's mandates that nothing follows."""
    last = _last_cycle(ws, scope)
    if last is None:
        return []
    retired = retired_in(ws, scope)
    ongoing = (head for head in ws.cycles[last].heads if head.status is ActionStatus.ONGOING)
    return [head.entry for head in ongoing if head.id not in retired and _concerns(ws, scope, head.entry)]


def _last_cycle(ws: Workspace, scope: Scope) -> str | None:
    if scope.report is None:
        return None
    mandates = set(scope.report.mandates)
    shared = [cycle for cycle in scope.earlier if mandates & set(ws.cycles[cycle].brief.mandates)]
    return shared[-1] if shared else None


def _concerns(ws: Workspace, scope: Scope, entry: Entry) -> bool:
    if scope.report is None:
        return True
    return any(mandate in scope.report.mandates for mandate, _ in cells_of(ws, entry))
