"""An outline names an entry that is already printed.

An entry is printed once, where it is first named or selected. Named again further on, it leaves nothing
there, or an opening sentence with nothing after it. Where an earlier `select` takes it, narrow the
`select` or put the paragraph that names the entry before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.check.records import Spot
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.subject import Subject
    from tracker.problems import Problem

CODE = "named-twice"
LEVEL = Level.WARNING


def check(subject: Subject) -> Iterator[Problem]:
    """Yield the last place in an outline that names an entry printed before it."""
    for cycle, (numbers, repeated) in subject.printed.items():
        places = {
            name: Spot(cycle, (*path, "entries", index))
            for path, item in subject.body_items(cycle)
            for index, name in enumerate(item.entries)
        }
        for name in sorted(repeated):
            message = f"{name} is printed in paragraph {numbers[name]} already"
            hint = "name it once; an earlier select may have taken it"
            yield subject.problem(places[name], LEVEL, CODE, message, hint)
