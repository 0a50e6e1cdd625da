"""The units a text most likely answers: its words beside theirs, weighed by how few units have them (BM25).

Only within one language, and only by words: a suggestion is for a person to check, never a mapping.
"""

from __future__ import annotations

import re
from collections import Counter
from math import log
from typing import TYPE_CHECKING, NamedTuple

from tracker.lang.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tracker.lang.words import Word
    from tracker.load.workspace import Workspace
    from tracker.model import Unit

# The values usual for short texts: how soon a repeated word stops counting, how much a long text is marked down.
_SATURATION, _LENGTH = 0.9, 0.4
# What the best must reach: one word that most units have makes no likeness.
_LEAST = 0.5
_ONE_PHRASE = re.compile(r"[\w\s'’-]*")


class Suggestion(NamedTuple):
    """A unit that a text may answer, and what they share; scores are comparable within one text only."""

    unit: Unit
    score: float
    words: tuple[str, ...]


class Index:
    """Units by the words of their official text in one language, or of their gists.

    `by_gist` names the units that have no official text in this language. An index is false when it holds no word.
    """

    def __init__(self, units: Iterable[Unit], language: str, *, gists: bool = False) -> None:
        self._words = words_of(language)
        every = {unit.ref: unit for unit in units}
        self.by_gist = {ref for ref in every if not any(node.text.get(language) for node in _upwards(ref, every))}
        self._units = [unit for unit in every.values() if not unit.container]
        texts = [searched(unit, every, language, gists=gists) for unit in self._units]
        self._keys = [[word.key for word in self._words.of(text)] for text in texts]
        # What each word adds to the score of each unit that has it.
        self._shares = _shares(self._keys)

    def __bool__(self) -> bool:
        return bool(self._shares)

    def likeliest(self, text: str, count: int = 3) -> list[Suggestion]:
        """Return the units that share most with a text, best first; none where next to nothing is shared."""
        words = list(self._words.of(text))
        scores: dict[int, float] = {}
        for key in dict.fromkeys(word.key for word in words):
            for place, share in self._shares.get(key, {}).items():
                scores[place] = scores.get(place, 0) + share
        # Of equals the one that stands first in its resolution.
        likely = sorted((-score, place) for place, score in scores.items())
        if not likely or -likely[0][0] < _LEAST:
            return []
        return [
            Suggestion(self._units[place], -score, self._phrases(text, words, place)) for score, place in likely[:count]
        ]

    def _phrases(self, text: str, words: Sequence[Word], place: int) -> tuple[str, ...]:
        """Return what a text and a unit have in common as a person reads it: whole phrases, strongest first."""
        line = f" {' '.join(self._keys[place])} "
        found = []
        for start, end in _runs(text, words, line):
            keys = list(dict.fromkeys(word.key for word in words[start:end]))
            strength = sum(self._shares[key][place] for key in keys)
            found.append((strength, text[words[start].start : words[end - 1].end], keys))
        shown: list[str] = []
        told: set[str] = set()
        for _, phrase, keys in sorted(found, key=lambda one: -one[0]):
            if not told.issuperset(keys):
                shown.append(" ".join(phrase.split()))
                told.update(keys)
        return tuple(shown)


def _shares(keys_of_units: Sequence[Sequence[str]]) -> dict[str, dict[int, float]]:
    """Return what each word adds to each unit's score: much when few units have it, and less in a long text."""
    having = Counter(key for keys in keys_of_units for key in set(keys))
    mean = sum(map(len, keys_of_units)) / max(1, len(keys_of_units))
    shares: dict[str, dict[int, float]] = {}
    for place, keys in enumerate(keys_of_units):
        for key, times in Counter(keys).items():
            rare = log(1 + (len(keys_of_units) - having[key] + 0.5) / (having[key] + 0.5))
            slowed = _SATURATION * (1 - _LENGTH + _LENGTH * len(keys) / mean)
            shares.setdefault(key, {})[place] = rare * times * (_SATURATION + 1) / (times + slowed)
    return shares


def index_of(ws: Workspace, mandates: Iterable[str], language: str) -> Index:
    """Index the units of some mandates; of those that there are not, nothing."""
    return Index((unit for name in mandates for unit in ws.units.get(name, {}).values()), language)


def searched(unit: Unit, every: Mapping[str, Unit], language: str, *, gists: bool = False) -> str:
    """Return the text a unit is found by: its official text, and its gist only where it has none of its own.

    A sub-paragraph reads on from the words that open it. A clause is a part of its paragraph's text, and
    without a text of its own it is its gist that tells it from the next one.
    """
    parts = []
    for node in _upwards(unit.ref, every):
        text, gist = node.text.get(language, ""), node.gist.get(language, "")
        parts += [node.heading.get(language, ""), text, gist if gists or not text else ""]
    return "\n".join(filter(None, parts))


def _upwards(ref: str | None, every: Mapping[str, Unit]) -> Iterator[Unit]:
    """Yield a unit and all that it stands in."""
    while ref and ref in every:
        unit = every[ref]
        yield unit
        ref = unit.parent


def _runs(text: str, words: Sequence[Word], line: str) -> Iterator[tuple[int, int]]:
    """Yield where the longest runs of words begin and end that stand in the unit as well, with no mark inside."""
    start = 0
    while start < len(words):
        end, run = start, " "
        while end < len(words) and f"{run}{words[end].key} " in line:
            if end > start and not _ONE_PHRASE.fullmatch(text[words[end - 1].end : words[end].start]):
                break
            run += f"{words[end].key} "
            end += 1
        if end > start:
            yield start, end
        start = max(end, start + 1)
