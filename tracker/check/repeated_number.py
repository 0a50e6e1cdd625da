"""Two paragraphs under one parent have the same number.

A reference names a paragraph by its numbers from the outside in. Of two with the same number only
the first can be meant: the second is never counted, and no evidence can reach it. Where numbering
starts again in a part or an annex, put its paragraphs under a node of their own: `number: II` or
`number: annex`, with `paragraphs` below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker import refs
from tracker.check.records import Spot
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.records import Records
    from tracker.problems import Problem

CODE = "repeated-number"
LEVEL = Level.ERROR


def check(records: Records) -> Iterator[Problem]:
    """Yield each paragraph whose number a paragraph beside it already has."""
    for siblings, paragraphs in records.siblings():
        seen: dict[str, Spot] = {}
        for index, paragraph in enumerate(paragraphs):
            spot = Spot(siblings.record, (*siblings.path, index, "number"))
            first = seen.setdefault(refs.label_of(paragraph.number), spot)
            if first is not spot:
                line = records.place(first).line
                hint = f"it stands already in line {line}; parts and annexes hold their paragraphs under them"
                message = f"the number {paragraph.number} stands twice"
                yield records.problem(spot, LEVEL, CODE, message, hint)
