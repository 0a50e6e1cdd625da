"""Labels at the start of a line: 3., 5 bis., (a), (ii), II, A. What one can mean, and what comes after it.

A label alone does not tell its kind: (i) is a roman one or the letter after (h), "I" a part or the letter
after H. So a label has readings, and the list that is open decides among them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.intake import list_numbers
from tracker.refs import label_of

FIRST = 10
TIMES = ("", "bis", "ter", "quater", "quinquies", "sexies", "septies", "octies")
_NUMBER = re.compile(
    rf"\s*(?P<number>\d{{1,3}})\s?(?P<times>{'|'.join(TIMES[1:])})?(?:\s*[.．、)]|\t|\s+[-–—]\s)(?!\d)[\s\u3000]*(?P<rest>.*)",
    re.DOTALL,
)
_CHINESE_NUMBER = re.compile(r"\s*(?P<number>[一二三四五六七八九十]{1,3})、[\s\u3000]*(?P<rest>.+)", re.DOTALL)
# What a scan makes of 1, 10, 11…: a letter l, a capital I or O.
_MISREAD = re.compile(r"\s*(?P<number>[\dlIO|]{1,3})\s?[.,]\s+(?P<rest>[^\W\d_a-z].*)", re.DOTALL)
_BARE = re.compile(r"\s*(?P<number>\d{1,3})[,:;]?\s+(?P<rest>[^\W\d_a-z].*)", re.DOTALL)
_SUB = re.compile(
    rf"\s*(?:[(（]\s*(?P<label>[^\W\d_]{{1,5}}|\d{{1,2}})\s?(?P<times>{'|'.join(TIMES[1:])})?\s*[)）]"
    r"|(?P<bare>[^\W\d_]{1,4})[)）]|(?P<dotted>[a-z])\.(?=\s+[A-Z])|(?P<circled>[㈠-㈩]))[.．、]?[\s\u3000]*(?P<rest>.*)",
    re.DOTALL,
)
# Arabic stretches a letter with this: هـ is the letter ه.
_STRETCH = "\u0640"
# Numbers that are one character with what encloses them.
_ENCLOSED = (("㈠", "㈩", "chinese"), ("①", "⑳", "arabic"))
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_CHINESE = "一二三四五六七八九"


class Reading(NamedTuple):
    """One thing a label can be: its style and its place in a list, in tenths: 20 is the second, 21 the second bis."""

    style: str
    value: int


class Found(NamedTuple):
    """A label at the start of a line, as written, and what stands after it."""

    label: str
    readings: tuple[Reading, ...]
    rest: str


def number_at(text: str) -> Found | None:
    """Read a paragraph's number: "3.", "5 bis.", "12)"."""
    match = _NUMBER.match(text)
    if not match:
        return None
    times = TIMES.index(match["times"] or "")
    value = int(match["number"]) * 10 + times
    return Found(label_of(f"{value // 10}{TIMES[times]}"), (Reading("number", value),), match["rest"])


def chinese_number_at(text: str) -> Found | None:
    """Read a paragraph's number as older Chinese texts print it: 一、, 十二、."""
    match = _CHINESE_NUMBER.match(text)
    value = _chinese(match["number"]) if match else 0
    return Found(str(value), (Reading("number", value * 10),), match["rest"]) if match and value else None


def misread_number_at(text: str, expected: int) -> Found | None:
    """Read a number that a scan has damaged, if it can be the one expected: "l.", "1O.", "12 Requests"."""
    for pattern in (_MISREAD, _BARE):
        match = pattern.match(text)
        if match:
            digits = match["number"].translate(str.maketrans("lI|O", "1110"))
            if digits.isdecimal() and int(digits) == expected:
                return Found(str(expected), (Reading("number", expected * 10),), match["rest"])
    return None


def follows(value: int, last: int) -> bool:
    """Tell whether a paragraph's value comes right after another's: 4 after 3, 3 bis after 3, 4 after 3 bis."""
    return value == last + 1 if value % 10 else value == last - last % 10 + 10


def sub_at(text: str, letters: str = "") -> Found | None:
    """Read the label of a sub-paragraph: (a), (ii), (1), (一), a); `letters` are the script's own, where not Latin."""
    match = _SUB.match(text)
    if not match:
        return None
    label = (match["label"] or match["bare"] or match["dotted"] or match["circled"]).rstrip(_STRETCH)
    times = TIMES.index(match["times"] or "")
    readings = tuple(Reading(one.style, one.value + times) for one in readings_of(label, letters))
    return Found(label, readings, match["rest"]) if readings else None


def readings_of(label: str, letters: str = "") -> tuple[Reading, ...]:
    """Return everything a label in brackets or of a part can be."""
    if label.isdecimal():
        return (Reading("arabic", int(label) * 10),)
    for first, last, style in _ENCLOSED:
        if len(label) == 1 and first <= label <= last:
            return (Reading(style, (ord(label) - ord(first) + 1) * 10),)
    if chinese := _chinese(label):
        return (Reading("chinese", chinese * 10),)
    for alphabet in (_STEMS, letters):
        if label.lower() in alphabet and len(label) == 1:
            return (Reading("lower letter", (alphabet.index(label.lower()) + 1) * 10),)
    case = "upper" if label.isupper() else "lower" if label.islower() else ""
    if not case or not label.isascii():
        return ()
    found = []
    if letter := _letter(label.lower()):
        found.append(Reading(f"{case} letter", letter * 10))
    if (roman := _roman(label.lower())) and list_numbers.written(roman, "lowerRoman") == label.lower():
        found.append(Reading(f"{case} roman", roman * 10))
    return tuple(found)


def written(reading: Reading) -> str:
    """Write a reading as references have it; Chinese numerals stand for roman ones, as in the UN's own versions."""
    style, (value, times) = reading.style, divmod(reading.value, 10)
    form = "lowerLetter" if style.endswith("letter") else "decimal" if style == "arabic" else "lowerRoman"
    text = list_numbers.written(value, form)
    return (text.upper() if style.startswith("upper") else text) + TIMES[times]


def part_label(reading: Reading) -> str:
    """Write the label of a part: its letter or its roman numeral, in capitals."""
    return written(reading).upper()


def _letter(label: str) -> int:
    if len(set(label)) != 1 or not "a" <= label[0] <= "z":
        return 0
    return ord(label[0]) - ord("a") + 1 + 26 * (len(label) - 1)


def _roman(label: str) -> int:
    values = [_ROMAN.get(char, 0) for char in label]
    if not all(values):
        return 0
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _chinese(label: str) -> int:
    if any(char not in _CHINESE + "十" for char in label):
        return 0
    tens, ten, ones = label.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    value = (_CHINESE.index(tens) + 1 if tens else 1) * 10 if ten else 0
    return value + (_CHINESE.index(ones) + 1 if ones else 0)
