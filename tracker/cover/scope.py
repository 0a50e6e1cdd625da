"""From where coverage is seen: a report with its evidence, or, without one, everything there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.dates import last_day
from tracker.model import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.load.evidence import EntryHead, EvidenceFile
    from tracker.load.workspace import Workspace
    from tracker.model import Brief, Entry


class Scope(NamedTuple):
    """The cycles that count as current and as earlier, and the organisation that reports."""

    report: Brief | None
    current: tuple[str, ...]
    earlier: tuple[str, ...]
    entity: Entity | None

    def heads(self, ws: Workspace) -> Iterable[tuple[EntryHead, bool]]:
        """Yield the head of every entry that exists for this report, with whether it is current."""
        return ((head, is_current) for file, is_current in self.files(ws) for head in file)

    def files(self, ws: Workspace) -> Iterable[tuple[EvidenceFile, bool]]:
        """Yield every file of evidence that exists for this report, with whether it is current."""
        for cycles, is_current in ((self.earlier, False), (self.current, True)):
            for cycle in cycles:
                for file in ws.cycles[cycle].files:
                    yield file, is_current

    def entries(self, ws: Workspace) -> Iterable[tuple[Entry, bool]]:
        """Yield every entry that exists for this report, whole, with whether it is current."""
        return ((head.entry, is_current) for head, is_current in self.heads(ws))

    def current_entries(self, ws: Workspace) -> Iterable[Entry]:
        """Yield the entries that count in this report, whole."""
        return (entry for cycle in self.current for entry in ws.cycles[cycle].entries)

    def addressed_as(self) -> tuple[str, ...]:
        """Return the addressees that mean us."""
        return self.entity.addressed_as if self.entity else ()


def scope_of(ws: Workspace, report: str | None = None, entity: str | None = None) -> Scope:
    """Choose the cycles a report sees; without a report every cycle is current.

    A cycle is earlier when its period ended before that of the report ends; later ones do not exist.
    """
    by_period = sorted(ws.cycles.values(), key=lambda cycle: last_day(cycle.brief.period))
    if report is None:
        brief = None
        current = tuple(cycle.brief.id for cycle in by_period)
        earlier: tuple[str, ...] = ()
        named = by_period[-1].brief.entity if by_period else None
    else:
        brief = ws.cycles[report].brief
        current = tuple(dict.fromkeys((*(name for name in brief.evidence_from if name in ws.cycles), report)))
        end = last_day(brief.period)
        earlier = tuple(
            cycle.brief.id
            for cycle in by_period
            if cycle.brief.id not in current and last_day(cycle.brief.period) < end
        )
        named = brief.entity
    return Scope(brief, current, earlier, _entity(ws, brief, entity) if entity else named)


def _entity(ws: Workspace, brief: Brief | None, name: str) -> Entity:
    # A report's own words for its entity go before those of others, and later ones before earlier.
    known = [*([brief.entity] if brief else []), *(cycle.brief.entity for cycle in reversed(ws.cycles.values()))]
    return next((entity for entity in known if entity.name == name), Entity(name=name, addressed_as=(name,)))
