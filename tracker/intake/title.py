"""What a resolution says of itself before and after its text: number, title, date, agenda items, what it recalls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.lines import SYMBOL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.intake.rules import Rules
    from tracker.model import Names

# How each body's resolutions are cited; the number goes where {n} stands.
_SYMBOLS = {"ga": "A/RES/{n}", "sc": "S/RES/{n}", "ecosoc": "E/RES/{n}", "hrc": "A/HRC/RES/{n}"}
_BODIES = {symbol.removesuffix("{n}"): body for body, symbol in _SYMBOLS.items()}
# How far before its number the body may be named that adopted a resolution.
_REACH = 60
_MORE_LETTERS = re.compile(r"(?:(?:,| and|和|、) ?[A-Z](?![A-Za-z]))+")
_NUMBER = re.compile(
    r"S-\d{1,4}/\d{1,4}|(?:ES-)?\d{1,4}/\d{1,4}(?: ?[A-Z](?![A-Za-z]))?"
    r"|\d{1,4}(?: [A-Z])? ?[(（](?:\d{4}|[IVXLS-]+)[)）]"
)


class Masthead(NamedTuple):
    """What stands around the text; an empty field was not found."""

    body: str
    number: str
    symbol: str
    title: str
    adopted: str
    agenda: Names


def read_masthead(before: list[str], after: list[str], organ: str, rules: Rules) -> Masthead:
    """Read the lines before the name of the body, and the closing formula after the text."""
    body = rules.body_of(organ) or ""
    symbol = next((text for text in before if SYMBOL.fullmatch(text) and "/RES/" in text), "")
    number, title = _numbered(before, rules)
    if symbol:
        prefix = next((prefix for prefix in _BODIES if symbol.startswith(prefix)), "")
        body = body or _BODIES.get(prefix, "")
        number = number or symbol.removeprefix(prefix)
    number = _plain(number)
    if not symbol and number and body in _SYMBOLS:
        symbol = _SYMBOLS[body].format(n=number)
    adopted = _adopted(before, rules) or next((day for text in after if (day := rules.day(text))), "")
    items = next((match["items"] for text in before if (match := _fits(text, rules, "agenda"))), "")
    return Masthead(body, number, symbol, title or _title(before, rules), adopted, tuple(re.findall(r"\d+", items)))


def id_of(masthead: Masthead) -> str:
    """Return the id of a mandate, its body first: `ga-66-177`, `sc-1325`; empty where number or body is unknown."""
    if not masthead.body or not masthead.number:
        return ""
    number = re.sub(r" ?\(\d{4}\)", "", masthead.number) if masthead.body == "sc" else masthead.number
    return f"{masthead.body}-{'-'.join(re.findall(r'[a-z0-9]+', number.lower()))}"


def recalled(preamble: Iterable[str], body: str, rules: Rules) -> Names:
    """Return the symbols of the resolutions that a preamble cites, in order."""
    found: list[str] = []
    for text in preamble:
        for match in re.finditer(rules.data["recalls"], text):
            named = _body_named(match["organ"] or "", text[: match.start("numbers")][-_REACH:], rules) or body
            found.extend(_symbol(number, named) for number in _numbers(match["numbers"]))
    return tuple(dict.fromkeys(filter(None, found)))


def _numbers(text: str) -> Iterator[str]:
    """Yield the numbers of a list of resolutions; "74/255 A and B" are two."""
    for match in _NUMBER.finditer(text):
        number = _plain(match.group())
        yield number
        letters = _MORE_LETTERS.match(text, match.end())
        if letters and number[-1:].isalpha():
            yield from (f"{number[:-1]}{letter}" for letter in re.findall(r"[A-Z]", letters.group()))


def _symbol(number: str, body: str) -> str:
    if re.search(r"\(\d{4}\)", number):
        return _SYMBOLS["sc"].format(n=number)
    year = re.match(r"(\d{4})/", number)
    if year and int(year[1]) >= 1970:
        body = "ecosoc" if body not in {"ecosoc", "chr"} else body
    return _SYMBOLS[body].format(n=number) if body in _SYMBOLS else ""


def _body_named(organ: str, before: str, rules: Rules) -> str:
    """Return the body whose resolution is cited: beside the number, or named last before it; none for "its"."""
    beside = [body for body, names in rules.data["body_names"].items() if any(name in organ for name in names)]
    if beside:
        return str(beside[0])
    places = [
        (before.rfind(name) + len(name), body)
        for body, names in rules.data["body_names"].items()
        for name in names
        if name in before
    ]
    return max(places)[1] if places else ""


def _plain(number: str) -> str:
    number = number.translate(str.maketrans("（）", "()"))
    return re.sub(r"\s*\(", " (", re.sub(r"\s+", " ", number)).strip()


def _fits(text: str, rules: Rules, kind: str) -> re.Match[str] | None:
    for pattern in rules.data["masthead"][kind]:
        if match := re.fullmatch(pattern, text):
            return match
    return None


def _numbered(before: list[str], rules: Rules) -> tuple[str, str]:
    """Return the number of a resolution and the title beside it, which may run over several lines."""
    for place, text in reversed(list(enumerate(before))):
        if SYMBOL.fullmatch(text) or not (match := _fits(text, rules, "number")):
            continue
        title = match.groupdict().get("title") or ""
        for more in before[place + 1 :] if title else ():
            if _fits(more, rules, "skip") or SYMBOL.fullmatch(more) or len(more) > 300 or more.startswith("["):
                break
            title = f"{title}{' ' if rules.spaced else ''}{more}"
        return match["number"], title.strip(" *")
    return "", ""


def _title(before: list[str], rules: Rules) -> str:
    """Return the last lines before the text that are nothing else."""
    lines: list[str] = []
    for text in reversed(before):
        known = any(_fits(text, rules, kind) for kind in ("number", "adopted", "agenda", "draft", "skip"))
        if known or SYMBOL.fullmatch(text) or rules.day(text) or text.endswith((":", "：", ".", "。", ";", "；")):
            if lines:
                break
            continue
        lines.insert(0, text)
    return (" " if rules.spaced else "").join(lines)


def _adopted(before: list[str], rules: Rules) -> str:
    for text in (*before, " ".join(before)):
        for pattern in rules.data["masthead"]["adopted"]:
            if (match := re.search(pattern, text)) and (day := rules.day(match["date"])):
                return day
    return ""
