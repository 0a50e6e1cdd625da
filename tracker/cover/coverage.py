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


class _Row(Struct, frozen=True, eq=False, kw_only=True, dict=True):
    """A unit or container, whether it is addressed to us, and what a person judges of it."""

    unit: Unit
    ours: bool
    assessment: Assessment | None
    beside: Beside

    @cached_property
    def evidence(self) -> tuple[Tie, ...]:
        """What stands beside it, in the order of the cycles; beside a container, what is not yet placed."""
        return self.beside.ties(self.unit)


class UnitCoverage(_Row, frozen=True, eq=False, kw_only=True):
    """What has been reported on one unit."""

    status: Status
    answered_by: str | None

    @cached_property
    def states(self) -> int | None:
        """How many States report acting on it, where States are asked."""
        return self.beside.states(self.unit)


class ContainerCoverage(_Row, frozen=True, eq=False, kw_only=True):
    """How many of the units in a container are reported."""

    reported: int
    units: int


class MandateCoverage(Struct, frozen=True, eq=False, dict=True):
    """The rows of one mandate in document order."""

    mandate: Mandate
    rows: tuple[UnitCoverage | ContainerCoverage, ...]
    beside: Beside

    @cached_property
    def unplaced(self) -> tuple[Tie, ...]:
        """The evidence that names no unit of it."""
        return self.beside.unplaced(self.mandate)


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
