"""A footnote is begun and not written as one.

A footnote stands inside a text as `^[see resolution 1333 (2000)]`: a circumflex, a bracket at once, and
the bracket that closes it. Without the closing bracket, with a space before the bracket or with a
Chinese one, it is printed as it stands, and the numbers of the footnotes after it are wrong.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.check.records import Spot
from tracker.draft.prose import without_footnotes
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.records import Records
    from tracker.problems import Problem

CODE = "broken-footnote"
LEVEL = Level.WARNING

_BEGUN = re.compile(r"\^\s*[\[【［]")


def check(records: Records) -> Iterator[Problem]:
    """Yield each text in which something begins like a footnote and is none."""
    for spot, text in records.texts:
        for code, wording in text.items():
            if _BEGUN.search(without_footnotes(wording)):
                at = Spot(spot.record, (*spot.path, code))
                yield records.problem(at, LEVEL, CODE, "a footnote is begun here and not closed", "write it as ^[…]")
