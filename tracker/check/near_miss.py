"""A word is nearly a known one.

Types, verbs, addressees, organisations, regions, conditions and bodies are open lists: a word of
your own is fine. One that differs from a known word by a letter or two is more likely a slip, and a
slip counts: who is asked as `membre-states` is nobody, and a `trainning` is in no table of
trainings. A word used three times or more is taken as meant.
"""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker import lang
from tracker.check.records import Spot
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.subject import Subject
    from tracker.problems import Problem

CODE = "near-miss"
LEVEL = Level.WARNING

_SINGULAR = {
    "types": "type",
    "verbs": "verb",
    "conditions": "condition",
    "bodies": "body",
    "organisations": "organisation, region or addressee",
}
# Whatever is asked can act, and whatever acts can be asked.
_ACTORS = ("organisations", "regions", "addressees", "bodies")
_USES_OF_A_MEANT_WORD = 3
# Singular and plural, a letter too many or two changed round; not words that merely share a stem.
_ALIKE = 0.82
_ALMOST = 0.93


def check(subject: Subject) -> Iterator[Problem]:
    """Yield each rare word that is close to a known one."""
    words = list(_words(subject))
    uses = Counter((kinds, word) for _, kinds, word in words)
    slips = {use: _slip_for(*use, count) for use, count in uses.items()}
    own = {cycle.brief.entity.name for cycle in subject.ws.cycles.values()}
    for spot, kinds, word in words:
        close = slips[kinds, word]
        if close and word not in own:
            message = f"{word} is no known {_SINGULAR[kinds[0]]}"
            yield subject.problem(spot, LEVEL, CODE, message, f"did you mean {close}?")


def _slip_for(kinds: tuple[str, ...], word: str, uses: int) -> str:
    """Return the known word that a word is a slip for, or nothing where it is none."""
    slug = "-".join(word.lower().split())
    close = _close(slug, kinds) or (slug if slug != word else "")
    # A word used often is meant, unless it is written as no word of a vocabulary is, or is almost that of
    # somebody who is asked: then every request to them is lost.
    slip = slug != word or (kinds == _ACTORS and SequenceMatcher(None, word, close).ratio() > _ALMOST)
    return close if slip or uses < _USES_OF_A_MEANT_WORD else ""


def _words(subject: Subject) -> Iterator[tuple[Spot, tuple[str, ...], str]]:
    for entry in subject.ws.entries.values():
        yield Spot(entry.id, ("type",)), ("types",), entry.type
    for spot, name in subject.actors():
        # In capitals it is a State, and `unknown-country` looks at it.
        organisation = name.partition("/")[0]
        if not organisation.isupper():
            yield spot, _ACTORS, organisation
    yield from _words_of_mandates(subject)
    for name, cycle in subject.ws.cycles.items():
        yield Spot(name, ("to",)), ("bodies",), cycle.brief.to
        for index, word in enumerate(cycle.brief.entity.addressed_as):
            yield Spot(name, ("entity", "addressed_as", index)), _ACTORS, word


def _words_of_mandates(subject: Subject) -> Iterator[tuple[Spot, tuple[str, ...], str]]:
    for (record, path), node in subject.nodes():
        if node.verb:
            yield Spot(record, (*path, "verb")), ("verbs",), node.verb
        for index, word in enumerate(node.addressees or ()):
            if word.isupper():
                continue
            yield Spot(record, (*path, "addressees", index)), _ACTORS, word.partition("/")[0]
        if node.condition:
            yield Spot(record, (*path, "condition")), ("conditions",), node.condition
        if node.reporting and node.reporting.to:
            yield Spot(record, (*path, "reporting", "to")), ("bodies",), node.reporting.to


def _close(word: str, kinds: tuple[str, ...]) -> str:
    known = _known(kinds)
    if word in known:
        return ""
    turned = [name for name in known if sorted(name) == sorted(word.lower())]
    return next(iter(turned or get_close_matches(word.lower(), known, 1, _ALIKE)), "")


@lru_cache
def _known(kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.partition("/")[0] for kind in kinds for name in lang.vocabulary(kind)))
