"""A date as somebody types it into a cell, in any of the six languages, as EDTF; what can mean two days is a doubt."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import combining, normalize

from tracker.dates import parse_date
from tracker.lang import codes, language

if TYPE_CHECKING:
    from collections.abc import Iterator

_Y, _N = r"(?P<y>(?:19|20)\d\d)", r"\d{1,2}"
_M, _D = r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})"
_NAMED = r"<(?P<m>\d+)>"
# A point in time, or the part of one that its partner completes: the whole text must fit.
_POINTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_Y}[-/.]{_M}[-/.]{_D}",
        rf"{_Y}[-/.]{_M}",
        rf"{_Y}年{_M}月{_D}日?",
        rf"{_Y}年{_M}月",
        rf"{_Y}年?",
        rf"{_M}月{_D}日?",
        rf"{_M}月",
        rf"{_D}日",
        rf"{_D}\.{_M}\.{_Y}",
        rf"{_M}[-/.]{_Y}",
        rf"{_D} {_NAMED} {_Y}",
        rf"{_D} {_NAMED}",
        rf"{_NAMED} {_D} {_Y}",
        rf"{_Y} {_NAMED} {_D}",
        rf"{_NAMED} {_Y}",
        rf"{_Y} {_NAMED}",
        _NAMED,
        _D,
    )
)
_EITHER = re.compile(rf"(?P<a>{_N})[-/](?P<b>{_N})[-/]{_Y}")
_ISO = re.compile(r"[\d-]+/(?:[\d-]+|\.\.)")
_YEARS = re.compile(r"((?:19|20)\d\d)-((?:19|20)\d\d)")
_WORD = re.compile(r"[^\W\d_]+")
# What stands between the parts of a date and says nothing.
_FILLING = re.compile(
    r"(?<![^\W\d])(?:г|года|году|год|de|del|of|the|le|el|عام|سنة)(?![^\W\d])\.?|(?<=\d)(?:st|nd|rd|th|er|º)\b"
)
_LONGEST = 100


class Read(NamedTuple):
    """A date as EDTF, empty where there is none, and what is to be looked at."""

    value: str
    doubt: str = ""


def read_date(text: str) -> Read:
    """Read the text of a date cell."""
    if len(text) > _LONGEST:
        return Read("", "more than a date: none is taken")
    bare = _plain(text)
    if not bare:
        return Read("")
    if _ISO.fullmatch(bare) and parse_date(bare):
        return Read(bare)
    if match := _EITHER.fullmatch(bare):
        return _either(match, text)
    if re.fullmatch(r"[3-6]\d{4}", bare):
        return Read("", f"“{text}” is a number, perhaps a day that lost its format: no date is taken")
    found = _interval(bare) or _point(bare)
    if found and parse_date(found):
        return Read(found)
    return Read("", f"“{text}” is not understood as a date: none is taken")


def _plain(text: str) -> str:
    """Return a date with months as <5>, without filling words, with one kind of dash and of digits."""
    text = normalize("NFKC", text).casefold()
    text = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
    for name, number in _month_phrases():
        text = text.replace(name, f" <{number}> ")
    text = _WORD.sub(_month_of, text)
    text = re.sub(r"[‐‑‒–—―−~～]", "-", text)
    text = _FILLING.sub(" ", text).replace(",", " ").replace("،", " ")
    text = re.sub(r"\s*(?=[年月日])|(?<=[年月日])\s*", "", text)
    text = re.sub(r"<(\d+)>\s*\.", r"<\1> ", text)
    return re.sub(r"(?<=\d)\s*([./])\s*(?=\d)", r"\1", " ".join(text.split())).strip(" .;；。")


def _month_of(match: re.Match[str]) -> str:
    word = _bare(match.group())
    # The word "at" of Spanish and French is no month, and neither is a single letter.
    if len(word) < 3:
        return match.group()
    numbers = {number for name, number in _months() if _is_short_for(word, name)}
    return f"<{numbers.pop()}>" if len(numbers) == 1 else match.group()


def _is_short_for(word: str, name: str) -> bool:
    # Russian writes the month of a day in another case: мая, but май 2012.
    cyrillic = "\u0400" <= word[0] <= "\u04ff"
    return name.startswith(word) or (cyrillic and len(word) == len(name) and word[:-1] == name[:-1])


@lru_cache
def _months() -> tuple[tuple[str, int], ...]:
    return tuple((name, number) for name, number in _names() if " " not in name and not name.isdigit())


@lru_cache
def _month_phrases() -> tuple[tuple[str, int], ...]:
    """Return the names that stand between others or hold a blank: كانون الثاني/يناير."""
    listed = [(name.casefold(), at) for code in codes() for at, name in enumerate(_written(code), 1)]
    parts = [(part, at) for name, at in listed if "/" in name for part in (name, *name.split("/"))]
    return tuple(sorted(parts, key=lambda pair: -len(pair[0])))


def _names() -> Iterator[tuple[str, int]]:
    for code in codes():
        for number, name in enumerate(_written(code), 1):
            yield from ((_bare(part), number) for part in name.casefold().split("/"))


def _written(code: str) -> list[str]:
    return list(language(code).data["dates"]["months"])


def _bare(word: str) -> str:
    return "".join(sign for sign in normalize("NFKD", word) if not combining(sign))


def _either(match: re.Match[str], text: str) -> Read:
    first, second, year = int(match["a"]), int(match["b"]), match["y"]
    days = {f"{year}-{month:02}-{day:02}" for day, month in ((first, second), (second, first))}
    possible = sorted(day for day in days if parse_date(day))
    if len(possible) == 1:
        return Read(possible[0])
    if possible:
        return Read(possible[0][:4], f"“{text}” can be {' or '.join(possible)}: only the year is taken")
    return Read("", f"“{text}” is not understood as a date: none is taken")


@lru_cache
def _splitters() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    def words(key: str) -> str:
        held = [_bare(word.casefold()) for code in codes() for word in language(code).data["collection"][key]]
        return "|".join(map(re.escape, sorted(set(held), key=len, reverse=True)))

    until = rf"\s+(?:{words('until')})\s+|至|到|\s*-\s*(?![\d.]+-)|\s+/\s+"
    since = rf"^(?:{words('since')})\s*|(?:以来|起|开始)$"
    return re.compile(until), re.compile(since), re.compile(rf"^(?:the )?(?:{words('present')})$")


def _interval(bare: str) -> str:
    until, since, present = _splitters()
    text = _bare(bare)
    begun = since.sub("", text).strip()
    if text.endswith("至今"):
        first = _point(since.sub("", text.removesuffix("至今")).strip())
        return f"{first}/.." if first else ""
    if years := _YEARS.fullmatch(begun):
        return f"{years[1]}/{years[2]}"
    if re.fullmatch(r"(?:19|20)\d\d-\d\d(?:-\d\d)?", begun):
        return f"{begun}/.." if begun != text else ""
    for match in until.finditer(begun):
        left, right = begun[: match.start()].strip(), begun[match.end() :].strip()
        if present.match(right) and (first := _point(left)):
            return f"{first}/.."
        if found := _between(left, right):
            return found
    first = _point(begun) if begun != text else ""
    return f"{first}/.." if first else ""


def _between(left: str, right: str) -> str:
    """Return the interval of two points, of which one may leave to the other what both share."""
    first, last = _parts(left), _parts(right)
    if first is None or last is None:
        return ""
    if len(last) == 1 and "d" in last and "m" not in first:
        return ""
    whole_first = {**({"y": last["y"]} if "y" in last else {}), **first}
    if "d" in first and "m" not in first and "m" in last:
        whole_first["m"] = last["m"]
    whole_last = {**({"y": first["y"]} if "y" in first else {}), **last}
    if "d" in last and "m" not in last and "m" in first:
        whole_last["m"] = first["m"]
    start, end = _edtf(whole_first), _edtf(whole_last)
    return f"{start}/{end}" if start and end else ""


def _point(bare: str) -> str:
    parts = _parts(bare)
    return _edtf(parts) if parts else ""


def _parts(bare: str) -> dict[str, str] | None:
    for pattern in _POINTS:
        if match := pattern.fullmatch(bare):
            return {name: value for name, value in match.groupdict().items() if value}
    return None


def _edtf(parts: dict[str, str]) -> str:
    if "y" not in parts or ("d" in parts and "m" not in parts):
        return ""
    text = "-".join([parts["y"], *(f"{int(parts[name]):02}" for name in ("m", "d") if name in parts)])
    return text if parse_date(text) else ""
