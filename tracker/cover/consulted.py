"""Which units a respondent is asked about, and what it reported and planned on each before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.cover.promises import retired_in
from tracker.cover.status import STATES, are_part_of, is_open, is_state
from tracker.load.resolve import cells_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from tracker.cover.scope import Scope
    from tracker.load.resolve import Cell
    from tracker.load.workspace import Workspace
    from tracker.model import Brief, Entry, Unit


class Asked(NamedTuple):
    """The units a respondent is asked about, and the others that ask somebody for something."""

    units: tuple[Unit, ...]
    others: tuple[Unit, ...]


class Before(NamedTuple):
    """What a respondent reported on a unit when it last did, and its announcements still open."""

    reported: tuple[Entry, ...] = ()
    planned: tuple[Entry, ...] = ()


def asked_of(ws: Workspace, brief: Brief, name: str) -> Asked:
    """Divide the units of a report's mandates into those a respondent is asked about and the others.

    A State is asked what is asked of States or of itself; a part of the organisation that reports, what is a request
    to us, but not the report itself; anybody else, what names it. Who would be asked nothing is asked everything.
    """
    known = [mandate for mandate in brief.mandates if mandate in ws.mandates]
    units = [unit for mandate in known for unit in ws.units[mandate].values() if not unit.container and unit.addressees]
    asked = tuple(unit for unit in units if _is_asked(unit, brief, name))
    if not asked:
        return Asked(tuple(units), ())
    return Asked(asked, tuple(unit for unit in units if unit not in asked))


def _is_asked(unit: Unit, brief: Brief, name: str) -> bool:
    if are_part_of((name,), brief.entity.names):
        return are_part_of(unit.addressees, brief.entity.names) and unit.reporting is None
    return are_part_of((name,), unit.addressees) or (is_state(name) and not STATES.isdisjoint(unit.addressees))


def before(ws: Workspace, scope: Scope, name: str) -> dict[Cell, Before]:
    """Return what earlier reports hold of a respondent, by unit: the last one that tells of it, and open promises."""
    retired = retired_in(ws, scope)
    found: dict[Cell, Before] = {}
    for cycle in scope.earlier:
        told: dict[Cell, list[Entry]] = {}
        for entry in ws.cycles[cycle].entries:
            if not are_part_of((*entry.by, *entry.partners), (name,)):
                continue
            for cell in cells_of(ws, entry):
                held = found.get(cell, Before())
                if is_open(entry, retired):
                    found[cell] = held._replace(planned=(*held.planned, entry))
                else:
                    told.setdefault(cell, []).append(entry)
        for cell, entries in told.items():
            found[cell] = found.get(cell, Before())._replace(reported=tuple(entries))
    return found


class Answer(NamedTuple):
    """Whether a respondent has answered, on which day, what it was asked, and its entries on each unit.

    `how` is "imported" for a reply that was read in, "by hand" where there are only entries by it, else empty.
    """

    name: str
    language: str
    how: str
    day: str
    asked: tuple[str, ...]
    entries: tuple[str, ...]
    units: dict[str, tuple[str, ...]]


def answers(ws: Workspace, brief: Brief, documents: Mapping[str, str]) -> list[Answer]:
    """Return what became of each respondent of a report; `documents` are the replies that were read in, by name."""
    found = []
    respondents = brief.consultation.respondents if brief.consultation else ()
    names = [one.name for one in respondents]
    for one in respondents:
        held = [entry for entry in ws.cycles[brief.id].entries if one.name in _who_answered(entry, names)]
        units: dict[str, tuple[str, ...]] = {}
        for entry in held:
            for mandate, number in cells_of(ws, entry):
                if number and not ws.units[mandate][number].container:
                    ref = f"{mandate}:{number}"
                    units[ref] = (*units.get(ref, ()), entry.id)
        document = ws.documents.get(documents.get(one.name, ""))
        found.append(
            Answer(
                name=one.name,
                language=one.language or brief.languages[0],
                how="imported" if one.name in documents else "by hand" if held else "",
                day=(document.date if document else None) or "",
                asked=tuple(unit.ref for unit in asked_of(ws, brief, one.name).units),
                entries=tuple(entry.id for entry in held),
                units=units,
            )
        )
    return found


def _who_answered(entry: Entry, names: Collection[str]) -> set[str]:
    """Return the respondents that an entry is by: what `unodc/gpml` did is not said by `unodc` where both are asked."""
    around = [[name for name in names if are_part_of((actor,), (name,))] for actor in entry.by]
    return {max(found, key=len) for found in around if found}


def units_of(ws: Workspace, brief: Brief, told: Iterable[Answer]) -> list[str]:
    """Return the units that somebody was asked about, or answered unasked, in document order."""
    wanted = {ref for one in told for ref in (*one.asked, *one.units)}
    mandates = dict.fromkeys((*brief.mandates, *ws.mandates))
    return [unit.ref for name in mandates for unit in ws.units.get(name, {}).values() if unit.ref in wanted]
