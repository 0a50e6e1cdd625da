"""What all pages of a site draw on, worked out once: the coverage, and what is tied to what."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from tracker.cover.matrix import cover
from tracker.cover.scope import scope_of
from tracker.cover.status import is_state
from tracker.dates import last_day, parse_date
from tracker.draft.outline import printed_in
from tracker.load.resolve import cells_of
from tracker.load.workspace import Cycle, Workspace
from tracker.render.site import links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.cover.coverage import ContainerCoverage, Coverage, UnitCoverage
    from tracker.cover.scope import Scope
    from tracker.lang import Language
    from tracker.model import Brief, Entry
    from tracker.render.site.interface import Interface


class Content:
    """A workspace as its site shows it: seen from one report, or from all of them."""

    def __init__(self, ws: Workspace, report: str | None, interface: Interface) -> None:
        self.ws = ws
        self.report = report
        self.interface = interface
        self.scope: Scope = scope_of(ws, report)
        self.coverage: Coverage = cover(ws, self.scope)
        self.mandates = {covered.mandate.id: covered for covered in self.coverage.mandates}
        seen = (*self.scope.earlier, *self.scope.current)
        cycles = sorted((ws.cycles[name].brief for name in seen), key=lambda brief: last_day(brief.period))
        self.briefs: Sequence[Brief] = cycles[::-1]
        self.entries: dict[str, Entry] = {entry.id: entry for entry, _ in self.scope.entries(ws)}
        self._seen: dict[str, Coverage] = {}

    def seen_from(self, report: str) -> Coverage:
        """Return the coverage as one report sees it."""
        if report == self.report:
            return self.coverage
        if report not in self._seen:
            self._seen[report] = cover(self.ws, scope_of(self.ws, report))
        return self._seen[report]

    def place(self, ref: str) -> str:
        """Return the address of a mandate or paragraph, or nothing where the site has no place for it."""
        if ref in self.rows:
            return links.unit(ref)
        return links.page("mandate", ref) if ref in self.mandates else ""

    def entity_in(self, lang: Language) -> str:
        """Return the name of the organisation whose requests are ours."""
        return lang.actor(self.scope.entity.name) if self.scope.entity else ""

    @property
    def latest(self) -> Brief | None:
        """The report that is looked at: the one chosen, else the last."""
        return self.ws.cycles[self.report].brief if self.report else next(iter(self.briefs), None)

    @cached_property
    def rows(self) -> dict[str, UnitCoverage | ContainerCoverage]:
        """Every paragraph shown, by reference."""
        return {row.unit.ref: row for covered in self.coverage.mandates for row in covered.rows}

    @cached_property
    def units_of(self) -> dict[str, list[str]]:
        """The paragraphs and mandates that each entry answers and the site has a place for."""
        found = {}
        for entry in self.entries.values():
            refs = [f"{mandate}:{number}" if number else mandate for mandate, number in cells_of(self.ws, entry)]
            found[entry.id] = [ref for ref in refs if ref in self.rows or ref in self.mandates]
        return found

    @cached_property
    def followers(self) -> dict[str, list[str]]:
        """What follows each entry."""
        return self._backwards({entry.id: entry.follows for entry in self.entries.values()})

    @cached_property
    def parts(self) -> dict[str, list[str]]:
        """What each larger activity contains."""
        return self._backwards(
            {entry.id: (entry.part_of,) for entry in self.entries.values() if entry.part_of is not None}
        )

    @cached_property
    def printed(self) -> dict[str, list[tuple[str, int]]]:
        """The reports that print each entry, with the number of the paragraph."""
        found = defaultdict(list)
        for brief in self.briefs:
            for name, number in printed_in(self.ws, brief.id)[0].items():
                found[name].append((brief.id, number))
        return found

    @staticmethod
    def _backwards(links: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
        found = defaultdict(list)
        for source, targets in links.items():
            for target in targets:
                found[target].append(source)
        return found

    def years(self, entry: Entry) -> tuple[int, int] | None:
        """Return the first and last year of an entry's date; one that goes on is known to do so in its own report."""
        span = parse_date(entry.date) if entry.date else None
        if span is None:
            return None
        first, last = int(span.first[:4]), int(span.last[:4])
        told_until = int(last_day(self.ws.cycles[entry.cycle].brief.period)[:4])
        return first, last if last < 9999 else max(first, min(told_until, 9998))


def countries_of(entry: Entry) -> list[str]:
    """Return the countries and regions an entry serves, and the States that act in it."""
    acting = [actor.partition("/")[0] for actor in (*entry.by, *entry.partners) if is_state(actor)]
    return list(dict.fromkeys((*entry.countries, *acting)))


def without_internal(ws: Workspace) -> Workspace:
    """Return the workspace without what is internal, and so counted without it."""
    clean = Workspace(ws.root)
    clean.mandates, clean.documents, clean.written = ws.mandates, ws.documents, ws.written
    for name, cycle in ws.cycles.items():
        files = [file.without(file.heads.internal) for file in cycle.files]
        clean.cycles[name] = Cycle(cycle.brief, files)
        clean.holders |= {head.id: file for file in files for head in file}
    return clean
