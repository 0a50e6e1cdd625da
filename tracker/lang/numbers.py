"""The numbers a text states, in digits or in words, so that two languages can be compared.

"$27.5 million", 2,750 万 and 27,500,000 are one number; October and 10 月 are both 10.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.lang import Language

# Where the comma parts decimals (27,5), the stop parts thousands (2.000), and the other way round.
_GROUPS = {".": ",", ",": "."}


class Numbers(NamedTuple):
    """The numbers of a text: those in digits (or as a month), and those in words."""

    written: frozenset[Decimal]
    spelled: frozenset[Decimal]

    @property
    def all(self) -> frozenset[Decimal]:
        """Both kinds together."""
        return self.written | self.spelled


class _Rules(NamedTuple):
    digits: re.Pattern[str]
    decimal: str
    months: dict[str, int]
    month: re.Pattern[str] | None
    word: re.Pattern[str]
    part: re.Pattern[str]
    runs_on: bool
    values: dict[str, Decimal]
    multipliers: dict[str, Decimal]


def numbers_in(lang: Language, text: str) -> Numbers:
    """Return the numbers stated in a text of this language."""
    return Numbers(written_in(lang, text), spelled_in(lang, text))


def written_in(lang: Language, text: str) -> frozenset[Decimal]:
    """Return the numbers a text states in digits, or as the name of a month."""
    rules = _rules(lang)
    written = {_value(match[1], match[2], rules) for match in rules.digits.finditer(text)}
    if rules.month:
        written |= {Decimal(rules.months[match[0]]) for match in rules.month.finditer(text)}
    return frozenset(written)


def spelled_in(lang: Language, text: str) -> frozenset[Decimal]:
    """Return the numbers a text states in words."""
    rules = _rules(lang)
    # The 万 of 2,750 万 is no number of its own.
    return frozenset(_spelled(match[0], rules) for match in rules.word.finditer(rules.digits.sub(" ", text)))


def figure(text: str) -> Decimal | None:
    """Return the number of a figure as written in an entry: 43, 1400+, ~350000, 27.5; None if it has none."""
    match = re.search(_digits("."), text)
    return _plain(match.group(0), ".") if match else None


@lru_cache
def _rules(lang: Language) -> _Rules:
    numerals = lang.data["numerals"]
    multipliers = {word: Decimal(value) for word, value in numerals.get("multipliers", {}).items()}
    values = {word: Decimal(value) for word, value in numerals.get("words", {}).items()}
    one, times, either = _either(values), _either(multipliers), _either({**values, **multipliers})
    # Where words are written without spaces, a numeral runs on: 二十二, 三百. Elsewhere it is one word.
    runs_on = all(len(word) == 1 for word in values)
    # "two hundred and fifty" is one number, "two and three" are two.
    joined = rf"(?:{re.escape(lang.data['list']['last'].rstrip())}(?= (?:{one})\b))?"
    word = rf"(?:{either})+" if runs_on else rf"\b(?:{one})(?:[ -](?:{one}|(?:{times}){joined}))*\b"
    digits = rf"({_digits(numerals['decimal'])})(?:\s*({times}){'' if runs_on else chr(92) + 'b'})?"
    names = [name for name in lang.data["dates"]["months"] if not name.isdigit()]
    # In the case the language writes them: "may" is a verb, "March" a month.
    month = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b") if names else None
    return _Rules(
        re.compile(digits, re.IGNORECASE),
        numerals["decimal"],
        {name: place for place, name in enumerate(names, 1)},
        month,
        re.compile(word, re.IGNORECASE),
        re.compile(either),
        runs_on,
        values,
        multipliers,
    )


def _either(words: Iterable[str]) -> str:
    # The longest first, so that "seven" does not stop at the start of "seventeen"; (?!) matches nothing.
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)"


def _digits(decimal: str) -> str:
    return rf"\d+(?:[{_GROUPS[decimal]}\u00a0\u202f]\d{{3}}(?!\d))*(?:[{decimal}]\d+)?"


def _plain(text: str, decimal: str) -> Decimal:
    ungrouped = re.sub(rf"[{_GROUPS[decimal]}\u00a0\u202f]", "", text)
    return Decimal(ungrouped.replace(decimal, ".")).normalize()


def _value(digits: str, multiplier: str | None, rules: _Rules) -> Decimal:
    value = _plain(digits, rules.decimal)
    return (value * rules.multipliers[multiplier.lower()]).normalize() if multiplier else value


def _spelled(text: str, rules: _Rules) -> Decimal:
    words = rules.part.findall(text.lower())
    if rules.runs_on and rules.multipliers.keys().isdisjoint(words):
        # 二〇一二 are digits in a row.
        return Decimal("".join(str(rules.values[word]) for word in words)).normalize()
    terms: list[Decimal] = []
    for word in words:
        if word in rules.values:
            terms.append(rules.values[word])
            continue
        times = rules.multipliers[word]
        # A multiplier takes what is smaller: in 一亿二千万, 万 takes 二千 and leaves 一亿 alone.
        smaller = sum((term for term in terms if term < times), Decimal(0))
        terms = [term for term in terms if term >= times] + [(smaller or 1) * times]
    return sum(terms, Decimal(0)).normalize()
