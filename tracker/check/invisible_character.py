"""A text or name holds a character that nobody sees.

A search does not find the word, a reference names something else, and an override shows a text in
another order than it is written in. Most come with a copy from a PDF file or a web page: soft
hyphens, spaces of no width, marks of direction. What belongs to a script is not meant: joiners in
Persian and Hindi and between pictures, marks of direction in a text that holds Arabic or Hebrew,
balanced embeddings there, breaks of no width in Thai, the variants of a Chinese character.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.lang.characters import INVISIBLE, called, out_of_place, visible
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.records import Records
    from tracker.problems import Problem

CODE = "invisible-character"
LEVEL = Level.WARNING

_AROUND = 12


def check(records: Records) -> Iterator[Problem]:
    """Yield each text or name with an invisible character that does not belong there."""
    for spot, word in records.words(INVISIBLE):
        if found := out_of_place(word):
            first = found[0]
            many = f" and {len(found) - 1} more" if len(found) > 1 else ""
            message = f"an invisible character stands here: {called(word[first])}{many}"
            around = " ".join(word[max(0, first - _AROUND) : first + _AROUND].split("\n"))
            hint = f"delete it: {visible(around)}"
            yield records.problem(spot, LEVEL, CODE, message, hint, on_key=spot.path[-1] == word)
