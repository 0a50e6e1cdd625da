"""Coverage as commands see it, what is said beside it, and the answers made of it, kept while no file changes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from tracker.cli.cache import store_for
from tracker.cli.common import FIRST_FAULTS, Stop, chosen_mandates, chosen_report, note, open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from tracker.cover.coverage import Coverage
    from tracker.cover.scope import Scope
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
        """Return what could not be counted, in question."""
        found = on_unresolved(self.coverage.unresolved)
        entity = self.scope.entity
        if self.coverage.units and entity and not any(row.ours for row in self.coverage.units):
            names = ", ".join(entity.addressed_as)
            found.append(f"no paragraph here is addressed to {entity.name} (as {names}): no gap can be one of ours")
        return tuple(found)


class Answer(NamedTuple):
    """What is printed, what is said beside it, and whether there are findings."""

    data: bytes
    notes: tuple[str, ...] = ()
    findings: bool = False


def see(asked: Asked) -> Seen:
    """Compute the coverage that was asked for."""
    from tracker.cover.matrix import cover
    from tracker.cover.scope import scope_of

    ws = open_workspace(asked.workspace, asked.report)
    scope = scope_of(ws, chosen_report(ws, asked.report), _known_entity(ws, asked.entity))
    return Seen(ws, scope, cover(ws, scope, chosen_mandates(ws, asked.mandates)))


def answered(root: Path, question: str, make: Callable[[], Answer]) -> Answer:
    """Return the answer to a question on a workspace: the one that is kept, else one made now."""
    from tracker.load.folder import state_of

    store = store_for(root)
    # A file that changes between now and its reading makes an answer for a state that is past: no one asks for it.
    state = state_of(root) if store.lasts else None
    if state is None:
        return make()
    kept = store.answer(question, state)
    answer = _unpacked(kept) if kept else None
    if answer is None:
        answer = make()
        store.keep_answer(question, state, _packed(answer))
    return answer


def _packed(answer: Answer) -> bytes:
    return b"%b\n%b" % (json.dumps([answer.notes, answer.findings]).encode(), answer.data)


def _unpacked(kept: bytes) -> Answer | None:
    beside, _, data = kept.partition(b"\n")
    try:
        notes, findings = json.loads(beside)
        return Answer(data, tuple(map(str, notes)), bool(findings))
    except (TypeError, ValueError):
        # Whole, but by no hand of ours.
        return None


def tell(notes: Iterable[str]) -> None:
    """Say on standard error what stands beside a result."""
    for line in notes:
        note(line)


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
