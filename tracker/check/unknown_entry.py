"""An entry is named that there is not.

An outline that names a wrong entry leaves a hole in the report; a `follows` that names a wrong one
leaves an announcement open that was kept; a `part_of` lets figures be counted twice. The hint names
the nearest entries there are. Entries may stand in any report's evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.check.records import Spot
from tracker.load.resolve import hint_for_entry
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.subject import Subject
    from tracker.problems import Problem

CODE = "unknown-entry"
LEVEL = Level.ERROR


def check(subject: Subject) -> Iterator[Problem]:
    """Yield each name of an entry that there is not."""
    entries = subject.ws.entries
    for spot, name in _named(subject):
        if name not in entries and name not in subject.unread:
            yield subject.problem(spot, LEVEL, CODE, f"there is no entry {name}", hint_for_entry(subject.ws, name))


def _named(subject: Subject) -> Iterator[tuple[Spot, str]]:
    for entry in subject.ws.entries.values():
        for index, name in enumerate(entry.follows):
            yield Spot(entry.id, ("follows", index)), name
        if entry.part_of:
            yield Spot(entry.id, ("part_of",)), entry.part_of
    for cycle in subject.ws.cycles:
        for path, item in subject.body_items(cycle):
            for index, name in enumerate(item.entries):
                yield Spot(cycle, (*path, "entries", index)), name
            if item.asks:
                yield Spot(cycle, (*path, "asks")), item.asks
