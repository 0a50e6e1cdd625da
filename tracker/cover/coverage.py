"""What coverage is made of: the rows of each mandate, and the evidence that stands beside them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from tracker.model import Status

if TYPE_CHECKING:
    from tracker.model import Assessment, Entry, Mandate, Role, Unit


class Tie(Struct, frozen=True):
    """An entry that stands beside a unit: in which role, and whether it counts in this report."""

    entry: Entry
    role: Role
    current: bool


class Beside(Protocol):
    """Finds what stands beside a unit, when it is wanted: most units are only counted."""

    def ties(self, unit: Unit) -> tuple[Tie, ...]:
        """Return the evidence on a unit, in the order of the cycles."""

    def states(self, unit: Unit) -> int | None:
        """Count the States that report acting on a call addressed to States; None for other units."""

    def unplaced(self, mandate: Mandate) -> tuple[Tie, ...]:
        """Return the evidence that names no unit of a mandate, only the mandate or a node that holds units."""


class UnitCoverage:
    """What has been reported on one unit."""

    def __init__(
        self,
        unit: Unit,
        *,
        ours: bool,
        status: Status,
        answered_by: str | None,
        assessment: Assessment | None,
        beside: Beside,
    ) -> None:
        self.unit = unit
        self.ours = ours
        self.status = status
        self.answered_by = answered_by
        self.assessment = assessment
        self._beside = beside

    @cached_property
    def evidence(self) -> tuple[Tie, ...]:
        """What stands beside it, in the order of the cycles."""
        return self._beside.ties(self.unit)

    @cached_property
    def states(self) -> int | None:
        """How many States report acting on it, where States are asked."""
        return self._beside.states(self.unit)


class ContainerCoverage:
    """How many of the units in a container are reported, and what is attached to it, not yet placed."""

    def __init__(
        self, unit: Unit, *, ours: bool, assessment: Assessment | None, reported: int, units: int, beside: Beside
    ) -> None:
        self.unit = unit
        self.ours = ours
        self.assessment = assessment
        self.reported = reported
        self.units = units
        self._beside = beside

    @cached_property
    def evidence(self) -> tuple[Tie, ...]:
        """What is attached to it, in the order of the cycles."""
        return self._beside.ties(self.unit)


class MandateCoverage:
    """The rows of one mandate in document order."""

    def __init__(self, mandate: Mandate, rows: tuple[UnitCoverage | ContainerCoverage, ...], beside: Beside) -> None:
        self.mandate = mandate
        self.rows = rows
        self._beside = beside

    @cached_property
    def unplaced(self) -> tuple[Tie, ...]:
        """The evidence that names no unit of it."""
        return self._beside.unplaced(self.mandate)


class Coverage(Struct, frozen=True, kw_only=True):
    """Everything reported on the chosen mandates, seen from one report or, with none, from all.

    `retired` holds the ids of announcements and ongoing actions that something follows; `unresolved`
    the entries with a reference that names nothing, and that reference.
    """

    report: str | None
    entity: str | None
    retired: frozenset[str]
    unresolved: tuple[tuple[str, str], ...]
    mandates: tuple[MandateCoverage, ...]

    @property
    def units(self) -> list[UnitCoverage]:
        """All counted units, in document order."""
        return [row for mandate in self.mandates for row in mandate.rows if isinstance(row, UnitCoverage)]

    @property
    def counts(self) -> dict[str, int]:
        """How many units have each status, in the order of the statuses."""
        counts = dict.fromkeys((status.value for status in Status), 0)
        for row in self.units:
            counts[row.status] += 1
        return counts
