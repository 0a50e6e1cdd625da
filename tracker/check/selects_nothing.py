"""A `select` of an outline finds no entry.

It was written to print something, and the report has nothing in its place. Either the evidence is
still to be collected, or the units or types are not those of the entries: a `select` with both
finds the entries that have one of the units and one of the types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.check.records import Spot
from tracker.cover.scope import scope_of
from tracker.draft.select import Selector
from tracker.problems import Level, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.check.subject import Subject
    from tracker.model import Entry, Select
    from tracker.problems import Problem

CODE = "selects-nothing"
LEVEL = Level.WARNING


def check(subject: Subject) -> Iterator[Problem]:
    """Yield each `select` that no current entry of its cycle fits; unknown units are told elsewhere."""
    if subject.ws.problems:
        # Evidence in a file that cannot be read is missing here only.
        return
    ws = subject.ws
    unresolved = {(spot.record, spot.path[:-2]) for spot, _ in subject.unresolved}
    for name in ws.cycles:
        current = list(scope_of(ws, name).current_entries(ws))
        selector = Selector(ws, current)
        for path, item in subject.body_items(name):
            spot = Spot(name, (*path, "select"))
            if item.select and spot not in unresolved and not selector.chosen(item.select, {}):
                yield subject.problem(spot, LEVEL, CODE, "this select finds no entry", _hint(item.select, current))


def _hint(select: Select, current: Iterable[Entry]) -> str:
    used = {entry.type for entry in current}
    strange = next((name for name in select.types if name not in used), None)
    if strange is None:
        both = " and is of one of these types" if select.types else ""
        return f"no entry addresses one of these units{both}; add evidence, or delete the select"
    return did_you_mean(strange, used) or f"no entry is of the type {strange}"
