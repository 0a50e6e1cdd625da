"""Coverage as a person asks for it, and what is said beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.cli.common import FIRST_FAULTS, Stop, chosen_mandates, chosen_report, open_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tracker.cover.coverage import Coverage
    from tracker.cover.scope import Scope
    from tracker.load.store import Store
    from tracker.load.workspace import Workspace


class Asked(NamedTuple):
    """What a person asks to see: of which workspace, which mandates, from which report, whose requests as ours."""

    workspace: Path | None
    mandates: list[str] | None
    report: str | None
    entity: str | None


class Seen(NamedTuple):
    """The coverage asked for, and what it was computed from."""

    ws: Workspace
    scope: Scope
    coverage: Coverage

    def notes(self) -> tuple[str, ...]:
        """Return what to say beside it: references that name nothing, and an entity that nothing is addressed to."""
        found = on_unresolved(self.coverage.unresolved)
        entity = self.scope.entity
        if self.coverage.units and entity and not any(row.ours for row in self.coverage.units):
            names = ", ".join(entity.addressed_as)
            found.append(f"no paragraph here is addressed to {entity.name} (as {names}): no gap can be one of ours")
        return tuple(found)


def see(asked: Asked, store: Store | None = None) -> Seen:
    """Compute the coverage that was asked for."""
    from tracker.cover.matrix import cover
    from tracker.cover.scope import scope_of

    ws = open_workspace(asked.workspace, asked.report, store)
    scope = scope_of(ws, chosen_report(ws, asked.report), _known_entity(ws, asked.entity))
    return Seen(ws, scope, cover(ws, scope, chosen_mandates(ws, asked.mandates)))


def on_unresolved(unresolved: Sequence[tuple[str, str]]) -> list[str]:
    """Say which references name nothing, since what they tie counts nowhere."""
    first = unresolved[:FIRST_FAULTS]
    found = [f"not counted: {record} names {reference}, which there is not" for record, reference in first]
    if len(unresolved) > len(first):
        found.append(f"and {len(unresolved) - len(first)} more; tracker check lists all")
    return found


def _known_entity(ws: Workspace, name: str | None) -> str | None:
    if name is None:
        return None
    addressees = {unit.addressees for units in ws.units.values() for unit in units.values()}
    known = {cycle.brief.entity.name for cycle in ws.cycles.values()}.union(*addressees)
    if name in known:
        return name
    from tracker.problems import did_you_mean

    hint = did_you_mean(name, known) or f"there are {', '.join(sorted(known))}"
    raise Stop(f"no paragraph is addressed to {name}, and no report is by it", hint)
