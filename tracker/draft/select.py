"""Which entries an outline's `select` chooses, and the outline of a brief that has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.lang import codes, language
from tracker.load.units import Target, resolve
from tracker.model import BodyItem, Section, Select

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.load.workspace import Workspace
    from tracker.model import Brief, Entry


def selected(ws: Workspace, entries: Iterable[Entry], select: Select, order: dict[str, int]) -> list[Entry]:
    """Return the entries a `select` of an outline chooses; States in English alphabetical order if asked."""
    wanted = _wanted(ws, select)
    found = [entry for entry in entries if _fits(ws, entry, select, wanted)]
    if select.order == "states":
        found.sort(key=lambda entry: min((order.get(actor, len(order)) for actor in entry.by), default=len(order)))
    return found


def _wanted(ws: Workspace, select: Select) -> set[tuple[str, str]]:
    cells: set[tuple[str, str]] = set()
    for text in select.units:
        target = resolve(ws, text)
        if not isinstance(target, Target):
            continue
        units = ws.units[target.mandate]
        numbers = target.numbers or ("", *units)
        cells.update((target.mandate, number) for number in numbers)
        chosen = {f"{target.mandate}:{number}" for number in numbers}
        for unit in units.values():
            if unit.parent in chosen:
                chosen.add(unit.ref)
                cells.add((target.mandate, unit.number))
    return cells


def _fits(ws: Workspace, entry: Entry, select: Select, wanted: set[tuple[str, str]]) -> bool:
    if select.types and entry.type not in select.types:
        return False
    return not select.units or not wanted.isdisjoint(_cells_of(ws, entry))


def _cells_of(ws: Workspace, entry: Entry) -> set[tuple[str, str]]:
    targets = [target for text in entry.addresses if isinstance(target := resolve(ws, text), Target)]
    return {(target.mandate, number) for target in targets for number in target.numbers or ("",)}


def outline_of(ws: Workspace, brief: Brief) -> tuple[Section, ...]:
    """Return a brief's outline; where it has none, a section a mandate and a sub-section a unit."""
    if brief.outline:
        return brief.outline
    sections = []
    for name in brief.mandates:
        if name not in ws.mandates:
            continue
        units = [unit for unit in ws.units[name].values() if not unit.container]
        parts = [Section(heading=unit.gist or unit.text, body=_selecting(unit.ref)) for unit in units]
        words = {code: language(code).word("unplaced") for code in brief.languages if code in codes()}
        parts.append(Section(heading=words, body=_selecting(name)))
        sections.append(Section(heading=ws.mandates[name].title, sections=tuple(parts)))
    return tuple(sections)


def _selecting(ref: str) -> tuple[BodyItem, ...]:
    return (BodyItem(select=Select(units=(ref,))),)
