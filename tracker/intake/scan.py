"""What each line could be, told without knowing what came before: a numbered paragraph, a part, an annex, text."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.labels import Found, Reading, chinese_number_at, number_at, readings_of, sub_at
from tracker.intake.lines import MARK

if TYPE_CHECKING:
    from tracker.intake.rules import Rules
    from tracker.intake.source import Line

_PART = re.compile(
    r"\s*(?:(?P<label>[IVXL]{1,6}|[A-Z])(?:\s*[.．]?\s*$|[.．][\s\u3000]+(?P<rest>\S.*)$|\t(?P<tabbed>\S.*)$)"
    r"|(?P<numeral>[IVXL]{1,6})\s+(?P<spaced>[A-Z].*)$)"
)
_CHINESE_PART = re.compile(r"\s*(?P<label>[一二三四五六七八九十]{1,3})\s*(?:$|[、.．]\s*(?P<rest>\S.*)?$)")
_ENDS = re.compile(r"[;:.,،؛؟，；：。、!?！？—–][\"”’»)）\]]*(?:\s*(?:and|or|和|以及|或))?[\"”’]?$")
_ENDS_SENTENCE = re.compile(r"[;:.؛؟；：。][\"”’»)）\]]*(?:\s*(?:and|or))?[\"”’]?$")
_LONGEST_HEADING = 300
# How many lines, and how many labels of sub-paragraphs, are looked ahead.
_SIGHT, _LABELS_SEEN = 120, 12
_QUOTES = '"“«‘„「『'
_BALANCED = re.compile(r"“[^“”]*”")


class Part(NamedTuple):
    """The label of a part, what it can be, and the heading that stands on the same line."""

    label: str
    readings: tuple[Reading, ...]
    heading: str


class Scan:
    """The lines of a document with what each could be, and what comes before and after."""

    def __init__(self, lines: list[Line], rules: Rules) -> None:
        self.lines = [line for line in lines if line.text.strip()]
        self.rules = rules
        self.texts = [MARK.sub("", line.text).strip() for line in self.lines]
        raw = [line.text.strip() for line in self.lines]
        self._after_blank = _after_blank(lines)
        self.parted, self.unwrapped = self._layout()
        self.width = sorted(map(len, self.texts))[len(self.texts) * 3 // 4] if self.texts else 0
        self.subs: list[Found | None] = [sub_at(text, rules.letters) for text in raw]
        self.parts: list[Part | None] = [_part_at(text, rules) for text in self.texts]
        self.numbers: list[Found | None] = [
            number_at(text) or (None if part else chinese_number_at(text))
            for text, part in zip(raw, self.parts, strict=True)
        ]
        self.annexes: list[Part | None] = [_annex_at(text, rules) for text in self.texts]

    def _layout(self) -> tuple[bool, bool]:
        """Tell whether blank lines part blocks here, and whether every line is a block of its own."""
        ends = [bool(_ENDS.search(text)) for text in self.texts[:-1]]
        # Short lines are headings, which no stop ends; a line as long as the others that has none is a wrapped one.
        wide = sorted(map(len, self.texts))[len(self.texts) * 3 // 4] // 2 if ends else 0
        long = [len(text) >= min(wide, 60) for text in self.texts[:-1]]
        before_blank = [end for end, blank, one in zip(ends, self._after_blank[1:], long, strict=True) if blank and one]
        all_long = [end for end, one in zip(ends, long, strict=True) if one]
        return _mostly(before_blank, 0.6), _mostly(all_long, 0.85)

    def fresh(self, place: int) -> bool:
        """Tell whether the layout begins a new block at this line."""
        return place == 0 or self.unwrapped or (self.parted and self._after_blank[place])

    def complete(self, place: int) -> bool:
        """Tell whether the text before this line is at an end of some kind."""
        if place == 0:
            return True
        ends = _ENDS if self.fresh(place) else _ENDS_SENTENCE
        return bool(ends.search(self.texts[place - 1]))

    def settled(self, place: int) -> bool:
        """Tell whether a label can stand at this line: the text before is at an end, or is a heading."""
        if self.complete(place) or self.fresh(place):
            return True
        return len(self.texts[place - 1]) < 0.8 * self.width or self._labelled(place - 1)

    def begins(self, place: int) -> bool:
        """Tell whether a line begins a block by its words, where blank lines do not tell: a verb behind a comma."""
        text = self.texts[place]
        opens = self.opens_with_verb(text) or self.opens_preamble(text)
        return place > 0 and opens and not text[0].islower() and bool(_ENDS.search(self.texts[place - 1]))

    def stands_alone(self, place: int) -> bool:
        """Tell whether a line is nothing but a short label or heading below the end of a block."""
        return len(self.texts[place]) < 0.5 * self.width and bool(_ENDS.search(self.texts[place - 1]))

    def opens_resolution(self, place: int) -> bool:
        """Tell whether a line names the body that adopts, which the preamble follows."""
        if place + 1 >= len(self.lines):
            return False
        match = self.rules.organ.fullmatch(self.texts[place])
        if not match:
            return False
        after = self.texts[place + 1]
        opens = self.opens_with_verb(after) or self.opens_preamble(after) or self.numbers[place + 1] is not None
        return opens or bool(match["end"] and self.rules.body_of(match["name"]))

    def opens_with_verb(self, text: str) -> bool:
        """Tell whether a text begins with an operative verb."""
        return self.rules.opening.match(text) is not None

    def is_heading(self, place: int) -> bool:
        """Tell whether a line could be a heading: no sentence, and something labelled comes after it."""
        text = self.texts[place]
        if not self.no_sentence(text) or self._labelled(place):
            return False
        if self.opens_preamble(text) or self.opens_with_verb(text):
            return False
        after = self.after_headings(place)
        return after < len(self.lines) and (self._labelled(after) or self._opens(after))

    def no_sentence(self, text: str) -> bool:
        """Tell whether a text could be a heading by its form alone."""
        # Of a line that was nothing but the mark of a footnote, nothing is left.
        starts = not text or text[0].islower() or text[0] in _QUOTES
        return not (starts or _ENDS.search(text) or len(text) > _LONGEST_HEADING)

    def after_headings(self, place: int) -> int:
        """Return the place of the first line after a heading and the lines that carry it on."""
        return self._no_headings[place + 1]

    @cached_property
    def _no_headings(self) -> list[int]:
        """For each line the place of the first from there on that carries no heading on."""
        places = [len(self.lines)] * (len(self.lines) + 2)
        for place in reversed(range(len(self.lines))):
            text = self.texts[place]
            ends = self._labelled(place) or _ENDS.search(text) or self._opens(place) or len(text) > _LONGEST_HEADING
            places[place] = place if ends else places[place + 1]
        return places

    def _labelled(self, place: int) -> bool:
        return any((self.numbers[place], self.parts[place], self.annexes[place]))

    def _opens(self, place: int) -> bool:
        text = self.texts[place]
        return self.opens_with_verb(text) or self.opens_preamble(text) or self.rules.organ.fullmatch(text) is not None

    def opens_preamble(self, text: str) -> bool:
        """Tell whether a text begins as preambular paragraphs do."""
        return self.rules.preamble.match(text) is not None

    def is_operative(self, place: int) -> bool:
        """Tell whether a block without number is operative; where verb and preamble read alike, its end tells."""
        text = self.texts[place]
        if not self.opens_with_verb(text):
            return False
        if not self.opens_preamble(text):
            return True
        last = place
        while last + 1 < len(self.texts) and not (self.fresh(last + 1) and self.complete(last + 1)):
            last += 1
        return not self.texts[last].endswith((",", "，", "،"))

    def carries_on(self, place: int) -> bool:
        """Tell whether a line without label carries on the text before it; a page may end behind a comma."""
        if not (self.complete(place) and self.fresh(place)):
            return True
        return self.texts[place - 1].endswith(",") and self.texts[place][0].islower()

    def lists_without_stops(self, place: int) -> bool:
        """Tell whether a line is an item of a list whose items end without a stop."""
        short = len(self.texts[place - 1]) < 0.5 * self.width
        return self.parted and self.fresh(place) and short and not self.texts[place][0].islower()

    def belongs_to_item(self, place: int) -> bool:
        """Tell whether a block is an item without number, or quoted, and so part of what stands before it."""
        text = self.texts[place]
        return self.rules.dash_item.match(text) is not None or text[0] in _QUOTES

    def next_subs(self, place: int) -> list[Found]:
        """Return the labels of the next sub-paragraphs after a line, before the next numbered paragraph."""
        found: list[Found] = []
        for later in range(place + 1, min(place + _SIGHT, len(self.lines))):
            if (self.numbers[later] and self.complete(later)) or len(found) == _LABELS_SEEN:
                break
            if label := self.subs[later]:
                found.append(label)
        return found

    def begins_quoted(self, place: int) -> bool:
        """Tell whether a line inside a quotation begins a block of it."""
        labelled = self.numbers[place] or self.subs[place] or self.texts[place][0] in _QUOTES
        return bool(labelled) or (self.fresh(place) and self.complete(place))

    def quoted_until(self, place: int) -> int:
        """Return the place of the line that ends a quotation which this line leaves open; the line itself, if none."""
        if _BALANCED.sub("", self.texts[place]).count("“") == 0:
            return place
        for later in range(place + 1, min(place + _SIGHT, len(self.lines))):
            if "”" in _BALANCED.sub("", self.texts[later]):
                return later
        return place


def _mostly(ends: list[bool], share: float) -> bool:
    return bool(ends) and sum(ends) >= share * len(ends)


def _after_blank(lines: list[Line]) -> list[bool]:
    result, blank = [], True
    for line in lines:
        if not line.text.strip():
            blank = True
            continue
        result.append(blank)
        blank = False
    return result


def _part_at(text: str, rules: Rules) -> Part | None:
    if word := rules.part_word.fullmatch(text):
        rest = (word["rest"] or "").strip(" .:：．、\t\u3000")
        readings = readings_of(word["number"])
        return Part(word["number"], readings, rest) if readings and not _ENDS.search(rest) else None
    match = _PART.fullmatch(text) or _CHINESE_PART.fullmatch(text)
    if not match:
        return None
    groups = {"numeral": None} | match.groupdict()
    label = str(groups["label"] or groups["numeral"])
    rest = (groups.get("rest") or groups.get("tabbed") or groups.get("spaced") or "").strip()
    if rest and (_ENDS.search(rest) or rest[0].islower() or len(rest) > _LONGEST_HEADING):
        return None
    readings = readings_of(label)
    return Part(label, readings, rest) if readings else None


def _annex_at(text: str, rules: Rules) -> Part | None:
    match = rules.annex.fullmatch(text)
    if not match or (match["rest"] and _ENDS.search(match["rest"])):
        return None
    number = match["number"] or ""
    rest = (match["rest"] or "").strip(" .:：．、\t\u3000")
    if rest and (rest[0].islower() or len(rest) > _LONGEST_HEADING):
        return None
    return Part(number, readings_of(number) if number else (), rest)
