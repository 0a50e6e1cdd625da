"""A mandate is provisional: its official text has not been read.

It holds what a report or a note says of the resolution, with labels like `~a` where a number is not
known. Coverage counted on it may change when the text comes: paragraphs may be missing, and
entries that could not be placed address the mandate as a whole. Import the official text, place the
entries, and delete `provisional`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.check.records import Spot
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.records import Records
    from tracker.problems import Problem

CODE = "provisional"
LEVEL = Level.WARNING


def check(records: Records) -> Iterator[Problem]:
    """Yield each provisional mandate."""
    for mandate in records.mandates:
        if mandate.provisional:
            message = f"{mandate.id} is provisional: its official text has not been read"
            hint = "import the text, place the entries that address the whole mandate, delete this line"
            spot = Spot(mandate.id, ("provisional",))
            yield records.problem(spot, LEVEL, CODE, message, hint, on_key=True)
