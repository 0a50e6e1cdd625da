"""A name looks like another word than it is.

A Cyrillic or Greek letter among Latin ones, a full-width digit, a long dash for a hyphen, an accent
written as a character of its own: the eye reads `unodc`, and a comparison finds nothing. It is
counted nowhere. Names are compared letter by letter, so they must be typed with the letters they show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.lang.characters import INVISIBLE, called, differing, twin
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.records import Records
    from tracker.load.yaml import Path
    from tracker.problems import Problem

CODE = "look-alike"
LEVEL = Level.WARNING

# What is compared or looked up; texts, notes and figures may hold any letter.
_NAMES = frozenset(
    (
        *("type", "verb", "addressees", "condition", "by", "partners", "countries", "sources", "follows", "part_of"),
        *("addresses", "to", "mandates", "entries", "units", "unit", "types", "evidence_from", "name", "addressed_as"),
        *("languages", "language", "symbol", "text_from", "recalls", "number", "figures"),
    )
)


def check(records: Records) -> Iterator[Problem]:
    """Yield each name that is not the word it looks like."""
    for spot, word in records.names_not_ascii():
        plain = twin(word) if _is_name(spot.path, word) else ""
        # Where a character is invisible, another rule says so.
        if plain and not INVISIBLE.search(word):
            message = f"{word} only looks like {plain}: it holds {called(differing(word, plain))}"
            hint = f"type it again: {plain}"
            yield records.problem(spot, LEVEL, CODE, message, hint, on_key=spot.path[-1] == word)


def _is_name(path: Path, word: str) -> bool:
    field = next((step for step in reversed(path) if isinstance(step, str) and step in _NAMES), "")
    # Of figures only what is counted has a name; how many is told as the source tells it.
    return path[-1] == word if field == "figures" else bool(field)
