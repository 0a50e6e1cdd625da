"""Who is named in a sentence: the countries in it, and who acts where the subject opens it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.intake.reportrules import report_rules
from tracker.lang import countries, vocabulary

if TYPE_CHECKING:
    from tracker.intake.reportrules import ReportRules

_BEFORE = 4


@lru_cache
def _country_names(code: str) -> dict[str, str]:
    rules = report_rules(code)
    known = {names[code]: country for country, names in countries().items() if names.get(code)}
    short = {name: country for country, names in rules.data["countries"].items() for name in names}
    # What looks like a country's name and is none is found first, and says nothing.
    none = dict.fromkeys(rules.data["not_countries"], "")
    return {_straight(name): country for name, country in {**known, **short, **none}.items()}


@lru_cache
def _country_pattern(code: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_country_names(code), key=len, reverse=True)))
    return re.compile(rf"\b(?:{names})(?!\w)" if report_rules(code).spaced else f"(?:{names})")


def countries_in(text: str, rules: ReportRules) -> list[str]:
    """Return the countries named, by the longest name that fits, in order."""
    names = _country_names(rules.code)
    found = [names[match.group()] for match in _country_pattern(rules.code).finditer(_straight(text))]
    return list(dict.fromkeys(code for code in found if code))


def _straight(text: str) -> str:
    return text.replace("’", "'")


@lru_cache
def _actors(code: str) -> tuple[tuple[str, str], ...]:
    """Return the names of those who may act, the longest first, and their ids."""
    rules = report_rules(code)
    known = {rules.language.label("organisations", name): name for name in vocabulary("organisations")}
    known |= {name: actor for actor, names in rules.data["actors"].items() for name in names}
    return tuple(sorted(known.items(), key=lambda pair: -len(pair[0])))


def actors_in(text: str, rules: ReportRules) -> tuple[str, ...]:
    """Return who acts where the subject opens the sentence, after words of time, place or manner."""
    rest = text.strip()
    for _ in range(_BEFORE):
        if actor := _subject(rest, rules):
            return (actor,)
        before = rules.any_of("before_subject").match(rest)
        if not before or not before.end():
            break
        rest = rest[before.end() :].lstrip(" ，,")
    return ()


def _subject(text: str, rules: ReportRules) -> str:
    for name, actor in _actors(rules.code):
        if _begins(text, name, rules):
            return actor
    return _replying_state(text, rules)


def _begins(text: str, name: str, rules: ReportRules) -> bool:
    if text[:1].lower() + text[1:] != text and rules.spaced:
        # "The Office" opens a sentence, "the Office" stands in it.
        text = text[:1].lower() + text[1:] if name[:1].islower() else text
    if not text.startswith(name):
        return False
    after = text[len(name) :]
    return not after.startswith(tuple(rules.data["not_subject"])) and not (rules.spaced and after[:1].isalnum())


def _replying_state(text: str, rules: ReportRules) -> str:
    rest = text
    for words in rules.data["state_before"]:
        if words and (match := re.match(words, rest)):
            rest = rest[match.end() :]
            break
    match = _country_pattern(rules.code).match(_straight(rest))
    code = _country_names(rules.code).get(match.group(), "") if match else ""
    if not match or not code:
        return ""
    after = rest[match.end() :].lstrip()
    for words in rules.data["state_after"]:
        if words and after.startswith(words):
            after = after[len(words) :]
            break
    return code if any(after.startswith(verb) for verb in rules.data["replies"]) else ""
