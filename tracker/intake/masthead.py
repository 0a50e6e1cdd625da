"""What stands on the first page of a report before its text: organ, session, agenda item, title, author."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.intake.dates import date_in
from tracker.intake.lines import SYMBOL, Left
from tracker.intake.reportrules import fits
from tracker.lang import codes, language
from tracker.lang.formats import ordinal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.intake.blocks import Block
    from tracker.intake.reportrules import ReportRules

_STARS = re.compile(r"[*∗＊†‡]+")
_LAST_SESSION = 120


@dataclass
class Masthead:
    """The fields found; what is empty does not stand there."""

    symbol: str = ""
    distribution: str = ""
    date: str = ""
    original: str = ""
    body: str = ""
    session: int = 0
    place: str = ""
    dates: str = ""
    item: str = ""
    item_title: str = ""
    item_footnote: str = ""
    title: str = ""
    author: str = ""
    addendum: int = 0
    summary: list[str] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


class _Reader:
    def __init__(self, rules: ReportRules, usual: int) -> None:
        self.rules = rules
        self.usual = usual
        self.found = Masthead()
        # Blocks that say nothing of themselves, with the place where they stand: before or after the agenda item.
        self.titles: list[list[str]] = []
        self.in_summary = self.in_contents = self.broken = False

    def read(self, blocks: Sequence[Block]) -> Masthead:
        for block in blocks:
            text = " ".join(_STARS.sub("", block.text).split())
            self.broken = self.broken or block.gap > self.usual
            if not text:
                continue
            if self.rules.is_among("masthead", "summary", text):
                self.in_summary, self.in_contents = True, False
            elif self.rules.is_among("masthead", "contents", text):
                self.in_contents = True
                self._leave(block, "the table of contents")
            elif self.in_summary:
                self.found.summary.append(text)
            elif self.in_contents:
                self._leave(block, "the table of contents")
            elif self._field(block, text):
                self.broken = True
            else:
                self._title(block, text)
        self._place_titles()
        return self.found

    def _leave(self, block: Block, why: str) -> None:
        self.found.left.append(Left(block.line, block.text, why))

    def _field(self, block: Block, text: str) -> bool:
        head, found = self.rules.data["masthead"], self.found
        if match := fits(head["session"], text):
            groups = match.groupdict()
            found.session = (
                found.session
                or int(groups.get("number") or 0)
                or _ordinals(self.rules.code).get(groups.get("ordinal", "").lower(), 0)
            )
        elif match := fits(head["agenda"], text):
            found.item = _spaced(match["item"].strip().rstrip("."))
        elif match := fits(head["original"], text):
            found.original = _language_code(match["language"])
        elif match := fits(head["distribution"], text):
            found.distribution = match["distribution"].lower()
        elif match := fits(head["addendum"], text):
            found.addendum = int(match["number"] or 1)
        elif author := next((name for name, patterns in head["authors"].items() if fits(patterns, text)), ""):
            found.author = author
        elif SYMBOL.fullmatch(text):
            found.symbol = found.symbol or text
        elif body := self._body(text):
            # The Council stands over its commission, to which the report goes.
            found.body = body
        else:
            return self._dated(text) or self._head_of_page(block, text)
        return True

    def _body(self, text: str) -> str:
        organs = self.rules.data["organs"]
        return next((body for body, names in organs.items() if text in names), "")

    def _dated(self, text: str) -> bool:
        """Read a line that is a date, or the place and days of the session."""
        found = date_in(text, self.rules)
        if not found:
            return False
        rest = (text[: found.start] + text[found.end :]).strip(" ,，、")
        if len(rest) > 40 or found.end - found.start < len(text) / 3:
            return False
        if "/" in found.value and not self.found.dates:
            self.found.dates, self.found.place = found.value, rest
        elif not rest and not self.found.date:
            self.found.date = found.value
        else:
            return False
        return True

    def _head_of_page(self, block: Block, text: str) -> bool:
        """Read the line over the organ: "United Nations" and the symbol."""
        symbol = SYMBOL.search(text)
        rest = SYMBOL.sub("", text).strip()
        if rest not in self.rules.data["masthead"]["heads"]:
            return False
        if symbol and not self.found.symbol:
            self.found.symbol = symbol.group()
        else:
            self._leave(block, "the head of the first page")
        return True

    def _title(self, block: Block, text: str) -> None:
        if self.broken or not self.titles:
            self.titles.append([])
        self.titles[-1].append(text)
        self.broken = False
        if block.level and not self.found.item:
            self.broken = True

    def _place_titles(self) -> None:
        """Give the report the last title, and the agenda item those before it."""
        joiner = " " if self.rules.spaced else ""
        titles = [joiner.join(lines) for lines in self.titles]
        if titles:
            self.found.title = titles[-1]
        if self.found.item:
            self.found.item_title = ("; " if self.rules.spaced else "；").join(titles[:-1])
        elif titles[:-1]:
            self.found.left += [Left(0, text, "on the first page") for text in titles[:-1]]


def masthead_of(blocks: Sequence[Block], starred: Sequence[str], rules: ReportRules, usual: int) -> Masthead:
    """Read the blocks before the text; `starred` are the footnotes of the first page."""
    found = _Reader(rules, usual).read(blocks)
    for text in starred:
        if not found.item_footnote and SYMBOL.match(text):
            found.item_footnote = text.rstrip("。. ")
        else:
            found.left.append(Left(0, text, "a footnote of the first page"))
    return found


def _spaced(item: str) -> str:
    """Write an agenda item as 5 (c)."""
    return re.sub(r"(?<=\d)\(", " (", item)


@lru_cache
def _ordinals(code: str) -> dict[str, int]:
    lang = language(code)
    return {ordinal(lang, number).lower(): number for number in range(1, _LAST_SESSION)}


def _language_code(name: str) -> str:
    """Return the code of a language by its name in any language."""
    for code in codes():
        for known, wording in language(code).data.get("languages", {}).items():
            if wording.lower() == name.lower():
                return str(known)
    return ""
