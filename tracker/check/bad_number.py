"""A paragraph has a number that no reference can name.

Evidence reaches a paragraph through its number. It is written without stops and brackets: `3`,
`5 bis`, `a`, `ii`, `II` for a part, `annex`. A sub-paragraph stands under its paragraph with its
own letter alone: `number: a` in the `paragraphs` of 3, never `3(a)`. Where the official number is
not known, `~a`, `~b` stand for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker import refs
from tracker.check.records import Spot
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.records import Records
    from tracker.problems import Problem

CODE = "bad-number"
LEVEL = Level.ERROR


def check(records: Records) -> Iterator[Problem]:
    """Yield each paragraph that cannot be referred to."""
    for siblings, paragraphs in records.siblings():
        for index, paragraph in enumerate(paragraphs):
            if not refs.is_label(refs.label_of(paragraph.number)):
                spot = Spot(siblings.record, (*siblings.path, index, "number"))
                message = f"{paragraph.number!r} cannot number a paragraph"
                yield records.problem(spot, LEVEL, CODE, message, _hint(paragraph.number))


def _hint(number: str) -> str:
    labels = re.findall(r"~?\w+", number)
    if len(labels) == 1 and refs.is_label(labels[0]):
        return f"did you mean {labels[0]}?"
    if labels and all(map(refs.is_label, labels)):
        return f"put {labels[-1]} under {refs.join(tuple(labels[:-1]))}, in its paragraphs"
    return "write it as 3, 5 bis, a, ii, II or annex, or as ~a where it is not known"
