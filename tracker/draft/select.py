"""Which entries an outline's `select` chooses, and the outline of a brief that has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.lang import codes, language
from tracker.load.resolve import Cell, cells, cells_of, inside
from tracker.model import BodyItem, Section, Select

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.load.workspace import Workspace
    from tracker.model import Brief, Entry


class Selector:
    """Chooses among the current entries of a report; looks them up by what they address."""

    def __init__(self, ws: Workspace, entries: Iterable[Entry]) -> None:
        self._ws = ws
        self._entries = tuple(entries)
        self._by_cell: dict[Cell, list[int]] = {}
        for place, entry in enumerate(self._entries):
            for cell in cells_of(ws, entry):
                self._by_cell.setdefault(cell, []).append(place)

    def chosen(self, select: Select, states_in_order: dict[str, int]) -> list[Entry]:
        """Return what a `select` chooses, in file order, or by State in English alphabetical order."""
        found = [entry for entry in self._on(select) if not select.types or entry.type in select.types]
        if select.order == "states":
            last = len(states_in_order)
            found.sort(key=lambda entry: min((states_in_order.get(name, last) for name in entry.by), default=last))
        return found

    def _on(self, select: Select) -> Iterable[Entry]:
        if not select.units:
            return self._entries
        named = inside(self._ws, (cell for text in select.units for cell in cells(self._ws, text)))
        places = {place for cell in named for place in self._by_cell.get(cell, ())}
        return [self._entries[place] for place in sorted(places)]


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
        words = {code: language(code).word("other_action") for code in brief.languages if code in codes()}
        parts.append(Section(heading=words, body=_selecting(name)))
        sections.append(Section(heading=ws.mandates[name].title, sections=tuple(parts)))
    return tuple(sections)


def _selecting(ref: str) -> tuple[BodyItem, ...]:
    return (BodyItem(select=Select(units=(ref,))),)
