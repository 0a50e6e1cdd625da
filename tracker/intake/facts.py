"""What a sentence says plainly: when, how far, what kind of activity, by whom, for whom, how many.

Only what stands together in the words counts; everything else is left to the person who finishes the entry.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.actors import actors_in, countries_in
from tracker.intake.dates import dates_in
from tracker.intake.lines import MARK
from tracker.intake.reportrules import report_rules
from tracker.lang.numbers import numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.intake.reportrules import ReportRules

_QUOTED = re.compile(r"“[^“”]*”|《[^《》]*》")
_LONGEST_SHORT_FORM = 20
_STATUSES = ("asserted", "cancelled", "planned", "ongoing", "completed")


class Facts(NamedTuple):
    """What was found; empty where nothing plain is said."""

    date: str
    status: str
    type: str
    by: tuple[str, ...]
    countries: tuple[str, ...]
    figures: dict[str, str]

    @property
    def is_activity(self) -> bool:
        """Tell whether it tells of something done, of a known kind, or of something to be done at a known time."""
        return bool(self.status and (self.type or (self.status == "planned" and self.date)))


def facts_of(text: str, rules: ReportRules) -> Facts:
    """Read the facts of a piece of text; the first sentence that tells a date or a status decides it."""
    plain = MARK.sub("", text)
    told = [facts_of_sentence(one, rules) for one in sentences_of(plain, rules)]
    first = next((one for one in told if one.is_activity), None)
    figures: dict[str, str] = {}
    for one in told:
        figures = {**one.figures, **figures}
    by = first.by if first else next((one.by for one in told if one.by), ())
    kinds = rules.data["otherwise"]
    return Facts(
        date=(first.date if first else "") or next((one.date for one in told if one.date), ""),
        status=first.status if first else "",
        type=(first.type or kinds["action"]) if first else kinds["fact"],
        by=by,
        countries=tuple(dict.fromkeys(code for one in told for code in one.countries if code not in by)),
        figures=figures,
    )


def facts_of_sentence(text: str, rules: ReportRules) -> Facts:
    """Read one sentence."""
    actors = actors_in(text, rules)
    reply = bool(actors) and actors[0].isupper()
    kind = "reply" if reply else _type(text, rules)
    served = tuple(code for code in countries_in(text, rules) if code not in actors)
    dates = dates_in(text, rules)
    status, said = _status(text, rules, is_dated=bool(dates))
    # "In November it offered to hold a meeting in May": what is planned has the date after the offer.
    ahead = [found for found in dates if found.end > said] if status == "planned" else []
    return Facts(
        date=next((found.value for found in ahead or dates), ""),
        status=status or ("completed" if reply else ""),
        type=kind,
        by=actors,
        countries=served,
        figures=_figures(text, rules),
    )


def sentences_of(text: str, rules: ReportRules) -> list[str]:
    """Part a text into its sentences; put together again they are the text."""
    sentences: list[str] = []
    start = 0
    no_end = rules.any_of("not_sentence_end")
    for match in re.finditer(rules.data["sentence_end"], text):
        if match.end() <= start or no_end.search(text, max(start, match.start() - _LONGEST_SHORT_FORM), match.start()):
            continue
        sentences.append(text[start : match.end()])
        start = match.end()
    return [*sentences, text[start:]] if text[start:].strip() else sentences


def _status(text: str, rules: ReportRules, *, is_dated: bool) -> tuple[str, int]:
    """Return how far an activity has come, and where the text says so; titles say nothing of it."""
    told = _QUOTED.sub(lambda match: "\u0001" * len(match.group()), text)
    found = {name: match for name in _STATUSES if (match := rules.any_of("statuses", name).search(told))}
    if "asserted" in found and not is_dated:
        return "", 0
    name = next((one for one in found if one != "asserted"), "")
    return name, found[name].start() if name else 0


@lru_cache
def _type_patterns(code: str) -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE if report_rules(code).spaced else 0
    return {name: re.compile("|".join(some), flags) for name, some in report_rules(code).data["types"].items()}


def _type(text: str, rules: ReportRules) -> str:
    """Return the type whose word stands where the activity is named: in Chinese and in English the table decides."""
    told = _QUOTED.sub("", text)
    return next((name for name, pattern in _type_patterns(rules.code).items() if pattern.search(told)), "")


@lru_cache
def _figure_patterns(code: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    rules = report_rules(code)
    more = "|".join(map(re.escape, rules.data.get("more_after", ()))) or "(?!)"
    return tuple(
        (name, re.compile(rules.filled(one).pattern.replace(") ?", f")(?P<more>{more})? ?", 1)))
        for name, some in rules.data["figures"].items()
        for one in some
    )


def _figures(text: str, rules: ReportRules) -> dict[str, str]:
    """Return the numbers that stand with the noun they count, as the source has them: 43, 1400+, ~350000."""
    found: dict[str, str] = {}
    for name, pattern in _figure_patterns(rules.code):
        match = pattern.search(text)
        if match and name not in found and (value := _value(match, text, rules)):
            found[name] = value
    return found


def _value(match: re.Match[str], text: str, rules: ReportRules) -> str:
    numbers = numbers_in(rules.language, match["n"]).all
    if len(numbers) != 1:
        return ""
    value = f"{next(iter(numbers)):f}"
    if value == "1":
        # "A workshop" is no figure.
        return ""
    before = text[: match.start()]
    if match.groupdict().get("more") or _ends(before, rules.data["more"]):
        return f"{value}+"
    return f"~{value}" if _ends(before, rules.data["about"]) else value


def _ends(text: str, patterns: Iterable[str]) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
