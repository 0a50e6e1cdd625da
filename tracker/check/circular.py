"""Entries follow one another, or are parts of one another, in a circle.

`follows` says that an entry delivers or replaces what was announced before it; `part_of`, that a
larger activity already counts it. In a circle every announcement would be retired and every figure
left out, and nothing would be open or counted. Delete the reference that runs the wrong way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.check.records import Spot
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.subject import Subject
    from tracker.problems import Problem

CODE = "circular"
LEVEL = Level.ERROR


def check(subject: Subject) -> Iterator[Problem]:
    """Yield each circle once, where it closes."""
    entries = subject.ws.entries
    for circle in _circles({name: tuple(dict.fromkeys(entry.follows)) for name, entry in entries.items()}):
        spot = Spot(circle[-1], ("follows", entries[circle[-1]].follows.index(circle[0])))
        hint = "an entry follows what was told before it: delete the one that runs backwards"
        yield subject.problem(spot, LEVEL, CODE, _told(circle, "follows"), hint)
    for circle in _circles({name: (entry.part_of,) for name, entry in entries.items() if entry.part_of}):
        hint = "a part stands below the whole: delete the one that runs upwards"
        yield subject.problem(Spot(circle[-1], ("part_of",)), LEVEL, CODE, _told(circle, "is part of"), hint)


def _told(circle: list[str], verb: str) -> str:
    if len(circle) == 1:
        return f"{circle[0]} {verb} itself"
    return f", which {verb} ".join(circle).replace(", which", "", 1) + f", which {verb} {circle[0]}"


def _circles(links: dict[str, tuple[str, ...]]) -> Iterator[list[str]]:
    done: set[str] = set()
    for start, first in links.items():
        trail = {start: iter(first)} if start not in done else {}
        while trail:
            name, rest = trail.popitem()
            target = next(rest, None)
            if target is None:
                done.add(name)
                continue
            trail[name] = rest
            if target in trail:
                names = list(trail)
                yield names[names.index(target) :]
            elif target in links and target not in done:
                trail[target] = iter(links[target])
