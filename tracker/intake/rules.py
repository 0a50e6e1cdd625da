"""How resolutions are written in a language, read from `tracker/lang/intake/<code>.yaml`: rules are data, not code."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker import lang

if TYPE_CHECKING:
    from tracker.lang import Language

_FOLDER = Path(lang.__file__).parent / "intake"
_LATIN_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 20_000
# The share of the commonest words below which a text is in none of the languages.
_LEAST = 0.06


class RulesFile:
    """What one file of rules says of one language."""

    def __init__(self, code: str, name: str) -> None:
        self.code = code
        self.data: dict[str, Any] = lang.read_data(_FOLDER / f"{name}.yaml")
        self.spaced: bool = self.data["spaced"] == "true"
        self.verified: bool = self.data["verified"] == "true"
        self.language: Language = lang.language(code)


class Rules(RulesFile):
    """The rules of one language: words as written, and patterns made of them."""

    @property
    def letters(self) -> str:
        """The letters of the language's own script, by which it labels sub-paragraphs."""
        return "".join(self.data.get("letters", ()))

    @cached_property
    def organ(self) -> re.Pattern[str]:
        """A line that is the name of the body that adopts, and nothing else: "The General Assembly,"."""
        known = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in _longest(self.data["organs"].values()))
        pattern = rf"\s*(?P<name>{known}|{self.data['organ_pattern']})\s*(?P<end>[,，،:：]?)\s*"
        return re.compile(pattern)

    def body_of(self, name: str) -> str | None:
        """Return the id of the body an opening line names, if it is a known one."""
        wanted = _folded(name)
        return next((body for body, known in self.data["organs"].items() if _folded(known) == wanted), None)

    @cached_property
    def annex(self) -> re.Pattern[str]:
        """The heading of an annex, with its number if it has one: "Annex II", 附件一."""
        words = "|".join(map(re.escape, self.data["annexes"]))
        return re.compile(
            rf"\s*(?:{words})\s*(?P<number>[IVXL]+|\d+|[A-Z]|[一二三四五六七八九十]+)?(?P<rest>[.:：．、\s].*)?"
        )

    @cached_property
    def part_word(self) -> re.Pattern[str]:
        """The word before the number of a part: "Part II", 第二部分."""
        words = "|".join(map(re.escape, self.data["parts"]))
        ends = "|".join(map(re.escape, self.data.get("part_ends", ())))
        numeral = r"(?P<number>[IVXL]+|[A-Z]|\d+|[一二三四五六七八九十]+)"
        return re.compile(rf"\s*(?:{words})\s*{numeral}{f'(?:{ends})' if ends else ''}(?P<rest>[.:：．、\s].*)?")

    @cached_property
    def closing(self) -> re.Pattern[str]:
        """The lines after the last paragraph: the meeting, the date, the vote."""
        return re.compile(rf"\s*(?:{'|'.join(self.data['closings'])})")

    @cached_property
    def furniture(self) -> re.Pattern[str]:
        """What stands at the edge of a page in this language."""
        return re.compile(rf"\s*(?:{'|'.join(self.data['furniture'])})\s*")

    @cached_property
    def annexed(self) -> re.Pattern[str]:
        """Words by which the text speaks of an annex."""
        return re.compile(self.data["annexed"])

    @cached_property
    def dash_item(self) -> re.Pattern[str]:
        """The start of an item of a list without numbers."""
        return re.compile(rf"\s*(?:{self.data['dash_items']})")

    @cached_property
    def unknown_verb(self) -> re.Pattern[str] | None:
        """A word at the start of a paragraph that has the form of a verb, known or not."""
        pattern = self.data.get("unknown_verb")
        return re.compile(rf"\s*{pattern}") if pattern else None

    @cached_property
    def noun_after(self) -> re.Pattern[str]:
        """What follows a word of `nouns` where it is a noun: "requests for"."""
        return re.compile(rf"\s+(?:{self.data['noun_after']})" if "noun_after" in self.data else "(?!)")

    @cached_property
    def lost(self) -> tuple[re.Pattern[str], ...]:
        """What shows that a copy has lost a character."""
        return tuple(map(re.compile, self.data.get("lost", ())))

    @cached_property
    def footnote_start(self) -> re.Pattern[str]:
        """The number and first words of a footnote: "45 Ibid."."""
        starts = "|".join(map(re.escape, self.data["footnote_starts"]))
        return re.compile(rf"\s*(?P<mark>\d{{1,3}})\s+(?P<text>(?:{starts}).*)")

    @cached_property
    def preamble(self) -> re.Pattern[str]:
        """The start of a preambular paragraph: "Recalling", 回顾."""
        return re.compile(rf"\s*(?:{'|'.join(self.data['preambles'])})")

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """An operative verb at the start of a paragraph, after words such as "also" and "strongly"."""
        return re.compile(rf"\s*(?P<before>(?:{self._before})*)(?P<verb>{self._verbs})", re.IGNORECASE)

    @cached_property
    def next_request(self) -> re.Pattern[str]:
        """An operative verb further on in a paragraph, after a comma or "and": the next clause begins with it."""
        if self.spaced:
            joint = r"(?:[,;]\s+(?:and\s+)?|\s+and\s+)"
            return re.compile(
                rf"(?P<joint>{self.data.get('joint', joint)})(?P<before>(?:{self._before})*)(?P<verb>{self._verbs})"
            )
        return re.compile(rf"(?P<joint>[，；])(?P<before>(?:{self._before})*)(?P<verb>{self._verbs})")

    @cached_property
    def _day(self) -> re.Pattern[str]:
        dates = self.language.data["dates"]
        months = "|".join(map(re.escape, dates["months"]))
        parts = {"day": r"(?P<day>\d{1,2})(?:er|\.º|º)?", "month": rf"(?P<month>{months})", "year": r"(?P<year>\d{4})"}
        spaced = re.sub(r"\s+", r"\\s*", str(dates["day"]))
        return re.compile(spaced.format(**parts), re.IGNORECASE)

    def day(self, text: str) -> str | None:
        """Return the first whole date in a text, as 2011-12-19."""
        for match in self._day.finditer(text):
            months = [name.lower() for name in self.language.data["dates"]["months"]]
            try:
                return date(int(match["year"]), months.index(match["month"].lower()) + 1, int(match["day"])).isoformat()
            except ValueError:
                continue
        return None

    @property
    def _verbs(self) -> str:
        end = r"(?!\w)" if self.spaced else ""
        return "|".join(rf"{re.escape(verb)}{end}" for verb in _longest(self.data["verbs"]))

    @property
    def _before(self) -> str:
        gap = r",?\s+" if self.spaced else ""
        return "|".join(rf"{re.escape(word)}{gap}" for word in _longest(self.data["before_verbs"]))

    def chains(self, match: re.Match[str]) -> bool:
        """Tell whether a verb further on begins a clause: some words are verbs only after "and also" or its like."""
        verb = match["verb"].lower()
        if verb in self.data.get("never_chained", ()):
            return False
        return bool(match["before"]) or verb not in self.data.get("chained_after_words", ())

    def verb_id(self, wording: str) -> str:
        """Return the id of a verb as written: "Calls upon" is calls-upon."""
        return str(self.data["verbs"][wording.lower()])


@lru_cache
def rules(code: str) -> Rules | None:
    """Return the rules of a language, or None where there is no file of them."""
    return Rules(code, code) if code in rule_codes() else None


@lru_cache
def rule_codes(prefix: str = "") -> tuple[str, ...]:
    """Return the languages that there are files of rules for, by what their names begin with."""
    names = (path.stem.removeprefix(prefix) for path in _FOLDER.glob(f"{prefix}*.yaml"))
    return tuple(sorted(name for name in names if "-" not in name))


def detect(text: str) -> str | None:
    """Return the language of a text, told by its commonest words; None when it is none that there are rules for."""
    sample = text[:_SAMPLE]
    words = _LATIN_WORD.findall(sample.lower())
    shares = {code: _share(sample, words, rule) for code in rule_codes() if (rule := rules(code))}
    best = max(shares, key=lambda code: shares[code], default=None)
    return best if best and shares[best] >= _LEAST else None


def _share(sample: str, words: list[str], rule: Rules) -> float:
    common = set(rule.data["words"])
    if rule.spaced:
        return sum(word in common for word in words) / max(1, len(words))
    found = sum(sample.count(word) * len(word) for word in common)
    return found / max(1, sum(not char.isspace() for char in sample))


def _folded(name: str) -> str:
    return " ".join(name.split()).lower().replace("’", "'")


def _longest(words: Any) -> list[str]:  # noqa: ANN401
    return sorted(words, key=len, reverse=True)
