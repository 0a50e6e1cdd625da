"""Units × evidence: the coverage of the chosen mandates, row by row in document order."""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING

from tracker.cover.coverage import ContainerCoverage, Coverage, MandateCoverage, Tie, UnitCoverage
from tracker.cover.promises import retired_in
from tracker.cover.status import Roles, are_part_of, reporting_states, status_of
from tracker.load.evidence import EntryHead
from tracker.load.resolve import Cell, cells
from tracker.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.cover.scope import Scope
    from tracker.load.evidence import EvidenceFile
    from tracker.load.workspace import Workspace
    from tracker.model import Brief, Mandate, Names, Role, Unit


# Entries of one file that a reference names: the order of the file, the file, their places in it, and whether they
# are current. There are as many as references, so that a plain tuple it is.
_Named = tuple[int, "EvidenceFile", "Sequence[int]", bool]


def cover(ws: Workspace, scope: Scope, mandates: Sequence[str] = ()) -> Coverage:
    """Return the coverage of some mandates, by default those of the report, else all."""
    chosen = dict.fromkeys(mandates or (scope.report.mandates if scope.report else ws.mandates))
    matrix = _Matrix(ws, scope)
    covered = tuple(matrix.mandate(name) for name in chosen if name in ws.mandates)
    if scope.report:
        matrix.unresolved += [(scope.report.id, name) for name in chosen if name not in ws.mandates]
    return Coverage(
        report=scope.report.id if scope.report else None,
        entity=scope.entity.name if scope.entity else None,
        retired=matrix.retired,
        unresolved=tuple(matrix.unresolved),
        mandates=covered,
    )


class _Matrix:
    """Implements `Beside`: it knows which evidence names which cell, and unpacks none of it before it must."""

    def __init__(self, ws: Workspace, scope: Scope) -> None:
        self._ws = ws
        self._scope = scope
        self.unresolved: list[tuple[str, str]] = []
        self._index = self._indexed()
        self.retired = retired_in(ws, scope)
        reports = [ws.cycles[name].brief for name in (*scope.earlier, *scope.current)]
        self._reports_on: dict[str, list[Brief]] = {}
        for brief in reports:
            for mandate in dict.fromkeys(brief.mandates):
                self._reports_on.setdefault(mandate, []).append(brief)
        # Whoever reports is known by its other names, whoever's requests are looked at.
        reporting = [brief.entity for brief in reports] + ([scope.entity] if scope.entity else [])
        self._roles = Roles({entity.name: entity for entity in reporting}.values())
        self._ours: dict[Names, bool] = {}
        self._assessments = {
            cell: item for brief in reports for item in brief.assessments for cell in cells(ws, item.unit)
        }

    def _indexed(self) -> dict[Cell, list[_Named]]:
        by_text: dict[str, list[_Named]] = defaultdict(list)
        for order, (file, current) in enumerate(self._scope.files(self._ws)):
            for text, places in file.named():
                by_text[text].append((order, file, places, current))
        index: dict[Cell, list[_Named]] = {}
        lost = []
        for text, named in by_text.items():
            found = cells(self._ws, text)
            for cell in found:
                index[cell] = _merged(index[cell], named) if cell in index else named
            if not found:
                lost += [(order, place, file.heads.ids[place], text) for order, file, at, _ in named for place in at]
        self.unresolved += [(entry, text) for _, _, entry, text in sorted(lost, key=itemgetter(0, 1))]
        return index

    def mandate(self, name: str) -> MandateCoverage:
        units = self._ws.units[name]
        rows: dict[str, UnitCoverage | ContainerCoverage] = {}
        held: dict[str, list[int]] = {}
        for number, unit in reversed(units.items()):
            if unit.container:
                reported, inside = held.pop(unit.ref, (0, 0))
                rows[number] = self._container(unit, reported, inside)
            else:
                rows[number] = row = self._unit(unit)
                reported, inside = int(row.status is Status.REPORTED), 1
            if unit.parent:
                above = held.setdefault(unit.parent, [0, 0])
                above[0] += reported
                above[1] += inside
        return MandateCoverage(self._ws.mandates[name], tuple(reversed(rows.values())), self)

    def _unit(self, unit: Unit) -> UnitCoverage:
        answers = self._answers(unit) if unit.reporting else []
        submitted = [brief.id for brief, still in answers if still and brief.state == "submitted"]
        return UnitCoverage(
            unit=unit,
            ours=self._is_ours(unit),
            status=status_of(unit, self._beside(unit), self.retired, answers),
            answered_by=submitted[-1] if submitted else None,
            assessment=self._assessments.get((unit.mandate, unit.number)),
            beside=self,
        )

    def _answers(self, unit: Unit) -> list[tuple[Brief, bool]]:
        """Return the reports that answer a reporting clause, each with whether it still does."""
        reports = self._reports_on.get(unit.mandate, ())
        return [(brief, self._still_answers(brief, unit)) for brief in reports if answers_clause(brief, unit)]

    def _still_answers(self, brief: Brief, unit: Unit) -> bool:
        recurring = unit.reporting is not None and unit.reporting.every is not None
        return not recurring or brief.id in self._scope.current

    def _container(self, unit: Unit, reported: int, units: int) -> ContainerCoverage:
        return ContainerCoverage(
            unit=unit,
            ours=self._is_ours(unit),
            assessment=self._assessments.get((unit.mandate, unit.number)),
            reported=reported,
            units=units,
            beside=self,
        )

    def _is_ours(self, unit: Unit) -> bool:
        known = self._ours.get(unit.addressees)
        if known is None:
            known = self._ours[unit.addressees] = are_part_of(unit.addressees, self._scope.addressed_as())
        return known

    def _heads(self, cell: Cell) -> Iterator[tuple[EntryHead, bool]]:
        for _, file, places, current in self._index.get(cell, ()):
            for place in places:
                yield EntryHead(file, place), current

    def _beside(self, unit: Unit) -> Iterator[tuple[EntryHead, Role, bool]]:
        for head, current in self._heads((unit.mandate, unit.number)):
            yield head, self._roles.of(head, unit.addressees), current

    def ties(self, unit: Unit) -> tuple[Tie, ...]:
        return self._ties((unit.mandate, unit.number), unit.addressees)

    def _ties(self, cell: Cell, addressees: Names) -> tuple[Tie, ...]:
        return tuple(Tie(head.entry, self._roles.of(head, addressees), current) for head, current in self._heads(cell))

    def states(self, unit: Unit) -> int | None:
        return reporting_states(unit, (head for head, now in self._heads((unit.mandate, unit.number)) if now))

    def unplaced(self, mandate: Mandate) -> tuple[Tie, ...]:
        attached = [number for number, unit in self._ws.units[mandate.id].items() if unit.container]
        ties = [tie for number in ("", *attached) for tie in self._ties((mandate.id, number), ())]
        return tuple({tie.entry.id: tie for tie in ties}.values())


def _merged(first: list[_Named], second: list[_Named]) -> list[_Named]:
    """Return what two references name that take in the same paragraph: each entry once, in order."""
    merged: dict[int, _Named] = {}
    for order, file, places, current in sorted((*first, *second), key=itemgetter(0)):
        known = merged[order][2] if order in merged else ()
        merged[order] = (order, file, sorted({*known, *places}), current)
    return list(merged.values())


def answers_clause(brief: Brief, unit: Unit) -> bool:
    """Tell whether a report is the one that a unit's reporting clause asks for.

    A reporting clause is answered by the report itself: by whom it asks, to the body and session it
    names, and on this mandate.
    """
    clause = unit.reporting
    if clause is None or unit.mandate not in brief.mandates:
        return False
    to_body = clause.to is None or clause.to == brief.to
    at_session = clause.session is None or clause.session == brief.session.number
    return to_body and at_session and are_part_of(unit.addressees, brief.entity.names)
