"""An entry cites no source.

Every sentence of a report must be traceable. An entry names the documents it was told in, with the
paragraph, as `sources: [ed-report-2013:21]`; the documents stand in `reports/documents.yaml`. What
is only planned may be known before any document says so, but then a mission report or a project
document is still the source to name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.check.records import Spot
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.records import Records
    from tracker.problems import Problem

CODE = "no-source"
LEVEL = Level.WARNING


def check(records: Records) -> Iterator[Problem]:
    """Yield each entry without sources."""
    for entry in records.entries:
        if not entry.sources:
            hint = "add sources: [document-key:paragraph]"
            yield records.problem(Spot(entry.id, ("id",)), LEVEL, CODE, f"{entry.id} cites no source", hint)
