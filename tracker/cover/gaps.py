"""Which units have no reported action, in the order in which they matter."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.cover.status import is_open
from tracker.model import Status

if TYPE_CHECKING:
    from collections.abc import Collection

    from tracker.cover.coverage import Coverage, UnitCoverage
    from tracker.model import Entry


class Gap(StrEnum):
    """The kinds of gap, most urgent first: one in a request to us is an alarm, others are information."""

    OURS = "ours"
    CALLS_OPEN = "calls_open"
    CALLS_SUPPORTED = "calls_supported"
    ASKS_NOTHING = "asks_nothing"


def gaps(coverage: Coverage, *, ours_only: bool = False) -> dict[Gap, list[UnitCoverage]]:
    """Return the units that are not reported, by kind of gap, each kind in document order."""
    found: dict[Gap, list[UnitCoverage]] = {kind: [] for kind in Gap}
    for row in coverage.units:
        if row.status is not Status.REPORTED and (row.ours or not ours_only):
            found[_kind(row)].append(row)
    return found


def _kind(row: UnitCoverage) -> Gap:
    if not row.unit.addressees:
        return Gap.ASKS_NOTHING
    if row.ours:
        return Gap.OURS
    return Gap.CALLS_SUPPORTED if row.status is Status.SUPPORTED else Gap.CALLS_OPEN


def announced(row: UnitCoverage, retired: Collection[str]) -> list[Entry]:
    """Return what was announced on a unit and nothing follows."""
    return [tie.entry for tie in row.evidence if is_open(tie.entry, retired)]
