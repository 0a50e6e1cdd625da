"""The reporting clause of a paragraph: to which body, at which session, by which date or how often."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.lang import language
from tracker.lang.numbers import numbers_in
from tracker.model import Reporting

if TYPE_CHECKING:
    from tracker.intake.rules import Rules


# How far from the words that ask for a report the body may stand that it goes to.
_REACH = 60


def reporting_of(text: str, rules: Rules, body: str | None) -> Reporting | None:
    """Return the reporting clause of a request, or None where it asks for no report."""
    patterns = rules.data["reporting"]
    asks = re.search(patterns["asks"], text)
    if not asks:
        return None
    session = _session(text, rules)
    date = _date(text, rules)
    every = _every(text, rules)
    reach = text[asks.start() : asks.end() + _REACH]
    to = _body(reach, rules) or _own(body, reach, rules)
    if not (session or date or every or to):
        return None
    return Reporting(to=to, session=session, by=date, every=every)


def _own(body: str | None, text: str, rules: Rules) -> str | None:
    """Return the body that adopts, where the text calls it "the Council" or "it"; another's commission is not meant."""
    match = re.search(rules.data["reporting"]["own_body"], text)
    if not (match and body):
        return None
    word = match.groupdict().get("word")
    return body if not word or word in rules.data["organs"].get(body, "") else None


def _session(text: str, rules: Rules) -> int | None:
    match = re.search(rules.data["reporting"]["session"], text)
    return _count(match["ordinal"], rules) if match else None


def _date(text: str, rules: Rules) -> str | None:
    match = re.search(rules.data["reporting"]["by"], text)
    return rules.day(match["date"]) if match else None


def _every(text: str, rules: Rules) -> str | None:
    patterns = rules.data["reporting"]
    if match := re.search(patterns["every"], text):
        count = _count(match["count"], rules) if match["count"] else 1
        unit = patterns["units"].get(match["unit"])
        if count and unit:
            return f"{count} {unit}{'s' if count > 1 else ''}"
    if re.search(patterns["two_yearly"], text):
        return "2 years"
    return "1 year" if re.search(patterns["yearly"], text) else None


def _count(words: str, rules: Rules) -> int | None:
    digits = re.match(r"\d+", words)
    if digits:
        return int(digits.group())
    found = numbers_in(language(rules.code), words.lower()).all
    return int(next(iter(found))) if len(found) == 1 else None


def _body(text: str, rules: Rules) -> str | None:
    """Return the body named first after the words that ask for a report."""
    places = [
        (text.find(name), -len(name), body)
        for body, names in rules.data["body_names"].items()
        for name in names
        if name in text
    ]
    return min(places)[2] if places else None
