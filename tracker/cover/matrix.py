"""Units × evidence: the coverage of the chosen mandates, row by row in document order."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tracker.cover.promises import retired_by
from tracker.cover.status import Roles, are_part_of, reporting_states, status_of
from tracker.load.resolve import Cell, cells, inside
from tracker.model import (
    ContainerCoverage,
    Coverage,
    MandateCoverage,
    Status,
    Tie,
    UnitCoverage,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.cover.scope import Scope
    from tracker.load.workspace import Workspace
    from tracker.model import Brief, EntryHead, Unit

# Evidence for each mandate and number; the number is empty for a whole mandate.
_Index = dict[Cell, list[tuple["EntryHead", bool]]]


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
    def __init__(self, ws: Workspace, scope: Scope) -> None:
        self._ws = ws
        self._scope = scope
        self.unresolved: list[tuple[str, str]] = []
        self._index, heads = self._indexed()
        self.retired = retired_by(heads)
        visible = (*scope.earlier, *scope.current)
        self._reports = [ws.cycles[name].brief for name in visible]
        # Whoever reports is known by its other names, whoever's requests are looked at.
        reporting = [brief.entity for brief in self._reports] + ([scope.entity] if scope.entity else [])
        self._roles = Roles({entity.name: entity for entity in reporting}.values())
        self._assessments = {
            cell: item for brief in self._reports for item in brief.assessments for cell in cells(ws, item.unit)
        }

    def _indexed(self) -> tuple[_Index, list[EntryHead]]:
        index: _Index = defaultdict(list)
        heads: list[EntryHead] = []
        for counted in self._scope.heads(self._ws):
            head = counted[0]
            heads.append(head)
            for text in head.addresses:
                named = cells(self._ws, text)
                if not named:
                    self.unresolved.append((head.id, text))
                for cell in named:
                    there = index[cell]
                    # A range and a paragraph inside it name that paragraph once.
                    if not there or there[-1] is not counted:
                        there.append(counted)
        return index, heads

    def mandate(self, name: str) -> MandateCoverage:
        units = self._ws.units[name]
        counted = {(name, number): self._unit(unit) for number, unit in units.items() if not unit.container}
        rows = tuple(counted.get((name, number)) or self._container(unit, counted) for number, unit in units.items())
        attached = [number for number, unit in units.items() if unit.container]
        unplaced = [tie for number in ("", *attached) for tie in self._ties(name, number, ())]
        return MandateCoverage(self._ws.mandates[name], rows, _once(unplaced))

    def _unit(self, unit: Unit) -> UnitCoverage:
        ties = self._ties(unit.mandate, unit.number, unit.addressees)
        answers = self._answers(unit) if unit.reporting else []
        submitted = [brief.id for brief, still in answers if still and brief.state == "submitted"]
        return UnitCoverage(
            unit=unit,
            ours=self._is_ours(unit),
            status=status_of(unit, ties, self.retired, answers),
            states=reporting_states(unit, ties),
            answered_by=submitted[-1] if submitted else None,
            assessment=self._assessments.get((unit.mandate, unit.number)),
            evidence=ties,
        )

    def _answers(self, unit: Unit) -> list[tuple[Brief, bool]]:
        """Return the reports that answer a reporting clause, each with whether it still does."""
        return [(brief, self._still_answers(brief, unit)) for brief in self._reports if answers_clause(brief, unit)]

    def _still_answers(self, brief: Brief, unit: Unit) -> bool:
        recurring = unit.reporting is not None and unit.reporting.every is not None
        return not recurring or brief.id in self._scope.current

    def _container(self, unit: Unit, counted: dict[Cell, UnitCoverage]) -> ContainerCoverage:
        cell = (unit.mandate, unit.number)
        rows = [counted[below] for below in inside(self._ws, [cell]) if below in counted]
        return ContainerCoverage(
            unit=unit,
            ours=self._is_ours(unit),
            assessment=self._assessments.get(cell),
            reported=sum(row.status is Status.REPORTED for row in rows),
            units=len(rows),
            evidence=self._ties(*cell, unit.addressees),
        )

    def _is_ours(self, unit: Unit) -> bool:
        return are_part_of(unit.addressees, self._scope.addressed_as())

    def _ties(self, mandate: str, number: str, addressees: tuple[str, ...]) -> tuple[Tie, ...]:
        found = self._index.get((mandate, number), ())
        return tuple([Tie(head, self._roles.of(head, addressees), current) for head, current in found])


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


def _once(ties: list[Tie]) -> tuple[Tie, ...]:
    return tuple({tie.head.id: tie for tie in ties}.values())
