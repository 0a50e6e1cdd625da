"""A State is written with a code that no State has.

Coverage counts how many States have reported, and drafts print their names in each language, in
the order the United Nations keeps. Both go by the three capital letters of ISO 3166-1: KEN, CHN,
GBR. Words in capitals are taken as States; organisations and regions are written in small letters.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tracker import lang
from tracker.check.records import Spot
from tracker.problems import Level, nearest, offer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.records import Records
    from tracker.problems import Problem

CODE = "unknown-country"
LEVEL = Level.ERROR

# Codes of other lists that share too few letters with the right ones to be found by likeness.
_ELSEWHERE = {
    "BA": "BIH", "BJ": "BEN", "BY": "BLR", "EE": "EST", "GW": "GNB", "IE": "IRL", "IL": "ISR", "KM": "COM",
    "KP": "PRK", "RS": "SRB", "SI": "SVN", "UA": "UKR", "UK": "GBR", "DPRK": "PRK", "DRC": "COD", "GER": "DEU",
    "NED": "NLD", "PRC": "CHN", "ROK": "KOR", "RSA": "ZAF", "SUI": "CHE", "UAE": "ARE",
}  # fmt: skip


def check(records: Records) -> Iterator[Problem]:
    """Yield each word in capitals that is no country's code, and each country written out."""
    for spot, name in (*records.actors(), *_asked(records)):
        word = name.partition("/")[0]
        if word in lang.countries() or word in _others():
            continue
        if word.isupper():
            yield records.problem(spot, LEVEL, CODE, f"{word} is no country's code", _hint(word))
        elif code := _by_name().get(_plain(word)):
            hint = f"write {_shown(code)}"
            yield records.problem(spot, LEVEL, CODE, f"{word} is a country's name, not its code", hint)


def _asked(records: Records) -> Iterator[tuple[Spot, str]]:
    """Yield the States that a resolution asks by name; other addressees are an open list."""
    for (record, path), node in records.nodes():
        for index, word in enumerate(node.addressees or ()):
            if word.isupper():
                yield Spot(record, (*path, "addressees", index)), word


def _hint(word: str) -> str:
    if word.lower() in _others():
        return f"did you mean {word.lower()}? only States are written in capitals"
    likely = offer(map(_shown, _likely(word)))
    return likely or "a State is its three letters of ISO 3166-1, as KEN for Kenya"


def _likely(word: str) -> list[str]:
    if word in _ELSEWHERE:
        return [_ELSEWHERE[word]]
    if _plain(word) in _by_name():
        return [_by_name()[_plain(word)]]
    if len(word) == 2:
        # The longer code of a country nearly always holds the two letters of its shorter one.
        return [code for code in lang.countries() if code[0] == word[0] and word[1] in code[1:]][:3]
    alike = nearest(word, lang.countries(), 12)
    # What is mistaken is most often the last letter.
    alike.sort(key=lambda code: sum(map(str.__ne__, code, word[:2])))
    return alike[:3] or [_by_name()[name] for name in nearest(_plain(word), _by_name(), 1)]


def _shown(code: str) -> str:
    return f"{code} ({lang.countries()[code][lang.REFERENCE]})"


def _plain(word: str) -> str:
    return word.replace("-", " ").casefold()


@lru_cache
def _by_name() -> dict[str, str]:
    return {
        _plain(name): row["code"]
        for row in lang.countries().values()
        for language, name in row.items()
        if language != "code"
    }


@lru_cache
def _others() -> frozenset[str]:
    kinds = ("organisations", "regions", "addressees", "bodies")
    return frozenset(name.partition("/")[0] for kind in kinds for name in lang.vocabulary(kind))
