"""The numbers of paragraphs skip or go back.

A paragraph that is not listed can never be a gap: the table looks complete and a request is
forgotten. Add the paragraph that is missing, also when it asks for nothing, or correct the number.
Numbers run on from 1 or from a, with `5 bis` after 5; parts, annexes and labels like `~a` are not
judged, nor is a provisional mandate, of which only some paragraphs may be known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker import refs
from tracker.check.records import Spot
from tracker.lang.formats import letters, roman
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.records import Records
    from tracker.model import Paragraph
    from tracker.problems import Problem

CODE = "number-order"
LEVEL = Level.WARNING

_ARABIC = re.compile(r"([0-9]+)([a-z]*)")
_INSERTED = ("", "bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "")
_NEXT_ROMAN = {roman(number).lower(): roman(number + 1).lower() for number in range(1, 100)}


def check(records: Records) -> Iterator[Problem]:
    """Yield each paragraph that does not follow the one before it."""
    provisional = {mandate.id for mandate in records.mandates if mandate.provisional}
    for siblings, paragraphs in records.siblings():
        if siblings.record in provisional:
            continue
        for index, before, label in _breaks(paragraphs):
            spot = Spot(siblings.record, (*siblings.path, index, "number"))
            wanted = _after(before)[0 if label in _NEXT_ROMAN else -1]
            hint = f"expected {wanted}: add what is missing, or correct the number or the order"
            yield records.problem(spot, LEVEL, CODE, f"paragraph {label} comes after {before}", hint)


def _breaks(paragraphs: tuple[Paragraph, ...]) -> Iterator[tuple[int, str, str]]:
    before = ""
    for index, paragraph in enumerate(paragraphs):
        label = refs.label_of(paragraph.number)
        if not _after(label):
            continue
        # Where numbering goes on from part to part, a part begins with any number.
        alike = before[:1].isdigit() == label[:1].isdigit()
        if before and alike and label != before and label not in _after(before):
            yield index, before, label
        before = label


def _after(label: str) -> tuple[str, ...]:
    """Return what may come next, a Roman numeral first; nothing where the order cannot be judged."""
    match = _ARABIC.fullmatch(label)
    if match:
        number, inserted = match.groups()
        later = _INSERTED[_INSERTED.index(inserted) + 1] if inserted in _INSERTED else ""
        return (number + later, str(int(number) + 1)) if later else (str(int(number) + 1),)
    after = (_NEXT_ROMAN[label],) if label in _NEXT_ROMAN else ()
    if len(label) == 1 and label.islower():
        return (*after, letters(ord(label) - ord("a") + 2))
    # After (z) come (aa), (bb), (cc).
    doubled = len(label) == 2 and label[0] == label[1] and label[0] < "z" and label.islower()
    return (*after, chr(ord(label[0]) + 1) * 2) if doubled else after
