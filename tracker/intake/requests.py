"""What an operative paragraph asks: its verb, who is asked, on what condition, and for which report.

A paragraph that holds several requests gives one clause for each. What cannot be told is left out for a person.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.addressees import addressees_of
from tracker.intake.reporting import reporting_of

if TYPE_CHECKING:
    from tracker.intake.rules import Rules
    from tracker.model import Names, Reporting

_QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|《[^《》]*》|\([^()]*\)|（[^（）]*）|\"[^\"]*\"")


class Request(NamedTuple):
    """One request, with its own part of the paragraph's text."""

    text: str
    verb: str | None
    addressees: Names
    condition: str | None
    reporting: Reporting | None


def requests_of(text: str, rules: Rules, body: str | None, *, guess: bool, asked: bool) -> list[Request]:
    """Return the requests of a paragraph in order; one that nobody is asked in stays with the paragraph as a whole.

    `body` is the one that adopts; with `guess` a first word that only has the form of a verb is taken for one;
    `asked` says that the paragraph above names whom it asks, so that an item may hold condition and reporting clause.
    """
    starts = _starts(text, rules, guess=guess)
    ends = [start for start, _ in starts[1:]] + [len(text)]
    found = [
        _request(text[start:end].strip(), verb, rules, body, asked=asked)
        for (start, verb), end in zip(starts, ends, strict=True)
    ]
    if len(found) > 1 and any(request.addressees or request.verb in rules.data["asking"] for request in found):
        return found
    return [_request(text, starts[0][1], rules, body, asked=asked)]


def _starts(text: str, rules: Rules, *, guess: bool) -> list[tuple[int, str | None]]:
    first = rules.opening.match(text)
    if first is None:
        return [(0, _unknown_verb(text, rules) if guess else None)]
    starts: list[tuple[int, str | None]] = [(0, rules.verb_id(first["verb"]))]
    plain = _QUOTED.sub(lambda match: "\0" * len(match.group()), text)
    for match in rules.next_request.finditer(plain, first.end()):
        noun = match["verb"].lower() in rules.data.get("nouns", ()) and rules.noun_after.match(plain, match.end())
        if not noun and rules.chains(match):
            starts.append((match.end("joint"), rules.verb_id(match["verb"])))
    return starts


def _unknown_verb(text: str, rules: Rules) -> str | None:
    match = rules.unknown_verb.match(text) if rules.unknown_verb else None
    return match["verb"].lower() if match else None


def _request(text: str, verb: str | None, rules: Rules, body: str | None, *, asked: bool) -> Request:
    opening = rules.opening.match(text)
    rest = text[opening.end() :] if opening else text
    addressees = addressees_of(rest, verb, rules)
    if not (addressees or verb in rules.data["asking"] or (asked and verb is None)):
        return Request(text, verb, addressees, None, None)
    condition = next((name for words, name in rules.data["conditions"].items() if words in text), None)
    return Request(text, verb, addressees, condition, reporting_of(text, rules, body))
