"""Dates, numerals and sessions as reports of a language write them; the patterns are language data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.dates import parse_date

if TYPE_CHECKING:
    from tracker.lang import Language

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_CJK = "〇一二三四五六七八九"


def date(lang: Language, text: str) -> str:
    """Write an EDTF date as a report does: "19 December 2011", "2012 年 7 月"; what is none stays as written."""
    start, slash, end = text.strip().partition("/")
    if parse_date(text) is None:
        return text
    if not slash or start == end:
        return _point(lang, start)
    if end == "..":
        return str(lang.data["dates"]["open"]).format(first=_point(lang, start))
    pattern = _shared_pattern(start, end)
    if pattern not in lang.data["dates"]:
        return str(lang.data["dates"]["range"]).format(first=_point(lang, start), last=_point(lang, end))
    last = {f"last_{name}": value for name, value in _parts(lang, end).items()}
    return str(lang.data["dates"][pattern]).format(**_parts(lang, start), **last)


def _shared_pattern(start: str, end: str) -> str | None:
    if len(start) == len(end) == len("2011-12-19"):
        if start[:7] == end[:7]:
            return "days_in_month"
        if start[:4] == end[:4]:
            return "days_in_year"
    if len(start) == len(end) == len("2011-12") and start[:4] == end[:4]:
        return "months_in_year"
    return None


def _point(lang: Language, text: str) -> str:
    kind = ("year", "month", "day")[text.count("-")]
    return str(lang.data["dates"][kind]).format(**_parts(lang, text))


def _parts(lang: Language, text: str) -> dict[str, str]:
    numbers = text.split("-")
    parts = {"year": numbers[0]}
    if len(numbers) > 1:
        parts["month"] = lang.data["dates"]["months"][int(numbers[1]) - 1]
    if len(numbers) > 2:
        parts["day"] = str(int(numbers[2]))
    return parts


def heading(lang: Language, level: int, number: int) -> str:
    """Return the numeral before a heading, with its stop: "I. ", "一、"; levels count from 0."""
    patterns = lang.data["numerals"]["headings"]
    return _numeral(lang, patterns[min(level, len(patterns) - 1)], number)


def item(lang: Language, level: int, number: int) -> str:
    """Return the mark of a lettered item: "(a)", "(i)"; levels count from 0."""
    patterns = lang.data["numerals"]["items"]
    return _numeral(lang, patterns[min(level, len(patterns) - 1)], number)


def _numeral(lang: Language, pattern: str, number: int) -> str:
    # A language may have marks of its own (أولا, ألف): lists in its file, by the name its patterns use.
    series: dict[str, list[str]] = lang.data["numerals"].get("series", {})
    own = {name: marks[number - 1] if number <= len(marks) else str(number) for name, marks in series.items()}
    return pattern.format(
        arabic=number,
        roman=roman(number),
        small_roman=roman(number).lower(),
        upper=letters(number).upper(),
        lower=letters(number),
        cjk=cjk(number),
        **own,
    )


def session(lang: Language, number: int) -> str:
    """Name a session: "Twenty-second session", "第二十二届会议"."""
    return lang.word("session", ordinal=ordinal(lang, number))


def ordinal(lang: Language, number: int) -> str:
    """Write an ordinal in words where the language's file has them, else in its other way."""
    if number < 1:
        return str(number)
    rules = lang.data["numerals"]
    words = rules.get("ordinals", ())
    if number <= len(words):
        return str(words[number - 1])
    tens, units = number // 10 * 10, number % 10
    if units == 0 and str(tens) in rules.get("ordinal_tens", {}):
        return str(rules["ordinal_tens"][str(tens)])
    if str(tens) in rules.get("ordinal_tens_with", {}):
        return f"{rules['ordinal_tens_with'][str(tens)]}{rules['ordinal_joiner']}{words[units - 1].lower()}"
    return str(rules["ordinal_otherwise"]).format(number=number, cjk=cjk(number))


def states(lang: Language, count: int) -> str:
    """Say how many States reported: "4 States"; one is a word of its own in most languages."""
    return lang.word("one_state") if count == 1 else lang.word("states", count=count)


def count(lang: Language, number: int) -> str:
    """Write a number with the language's mark between thousands."""
    return f"{number:,}".replace(",", lang.data["numerals"]["thousands"])


def roman(number: int) -> str:
    """Write a number in Roman numerals."""
    text = ""
    for value, letter in _ROMAN:
        text += letter * (number // value)
        number %= value
    return text


def letters(number: int) -> str:
    """Write a number as items are lettered: a, b, … z, aa, ab."""
    text = ""
    while number:
        number, place = divmod(number - 1, 26)
        text = chr(ord("a") + place) + text
    return text


def cjk(number: int) -> str:
    """Write a number below 1,000 in Chinese numerals, others in digits: 二十二, 一百〇五, 1000."""
    if not 0 <= number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    text = f"{_CJK[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_CJK[tens]}十"
    elif hundreds and units:
        text += "〇"
    return text + (_CJK[units] if units or not number else "")
