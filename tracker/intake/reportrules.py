"""How reports are written in a language, read from `tracker/lang/intake/report-<code>.yaml`: data, not code."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache, reduce
from operator import getitem
from typing import TYPE_CHECKING

from tracker.intake.rules import RulesFile, rule_codes

if TYPE_CHECKING:
    from collections.abc import Iterable

_PREFIX = "report-"


class ReportRules(RulesFile):
    """The words and patterns of one language."""

    @cached_property
    def places(self) -> dict[str, str]:
        """What the places {n}, {y}, {m}, {d} of a pattern stand for."""
        numerals = self.language.data["numerals"]
        words = sorted((*numerals["words"], *numerals["multipliers"]), key=len, reverse=True)
        either = "|".join(map(re.escape, words))
        # A number is read from its start, and no number that counts anything is longer.
        digits = r"(?<!\d)(?<!\d[,.])\d{1,15}(?:[,.]\d{1,15}){0,5}"
        number = rf"{digits}|\b(?:{either})\b" if self.spaced else rf"{digits}|(?:{either}){{1,20}}"
        months = [name for name in self.language.data["dates"]["months"] if not name.isdigit()]
        month = "|".join(map(re.escape, months)) if months else r"\d{1,2}"
        return {"n": rf"(?P<n>{number})", "y": r"(?:19|20)\d\d", "m": rf"(?:{month})", "d": r"\d{1,2}"}

    def month(self, name: str) -> int:
        """Return the number of a month as written."""
        return int(name) if name.isdigit() else self.language.data["dates"]["months"].index(name) + 1

    def filled(self, pattern: str, *, groups: bool = False) -> re.Pattern[str]:
        """Return a pattern with its places filled in; with `groups`, the parts of a date are named."""
        for place in ("y2", "m2", "d2", "y", "m", "d"):
            inner = self.places[place[0]]
            if groups:
                inner = rf"(?<!\d)(?P<{place}>{inner})(?!\d)"
            pattern = pattern.replace(f"{{{place}}}", inner)
        return re.compile(pattern.replace("{n}", self.places["n"]))

    @cached_property
    def _joined(self) -> dict[tuple[str, ...], re.Pattern[str]]:
        return {}

    def any_of(self, *keys: str) -> re.Pattern[str]:
        """Return one pattern of all those that stand under a key, or under a key of a group."""
        if keys not in self._joined:
            patterns = reduce(getitem, keys, self.data)
            self._joined[keys] = re.compile("|".join(f"(?:{self.filled(one).pattern})" for one in patterns) or "(?!)")
        return self._joined[keys]

    def is_among(self, group: str, key: str, text: str) -> bool:
        """Tell whether a line is one of the words of a group, whatever its case."""
        return _bare(text) in {_bare(word) for word in self.data[group][key]}


def fits(patterns: Iterable[str], text: str) -> re.Match[str] | None:
    """Return the first match of a whole text with one of the patterns."""
    wanted = " ".join(text.split()) if "\t" not in text else text.strip()
    return next((found for pattern in patterns if (found := re.fullmatch(pattern, wanted))), None)


def _bare(text: str) -> str:
    return "".join(text.split()).lower().rstrip(".:：")


def known_codes() -> tuple[str, ...]:
    """Return the codes of the languages whose reports can be read."""
    return rule_codes(_PREFIX)


@lru_cache
def report_rules(code: str) -> ReportRules:
    """Read the rules of a language; raise `LookupError` where there are none."""
    if code not in known_codes():
        raise LookupError(code)
    return ReportRules(code, f"{_PREFIX}{code}")
