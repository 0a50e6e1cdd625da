"""The filled row of a reply as the fields of an entry: words stay as they were typed, and every doubt is kept."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker import refs
from tracker.cover.status import is_state
from tracker.edit.reply_names import actor_of, country_of, likely, parted
from tracker.intake.form import FACT, label_of, plain, words_by_label
from tracker.intake.reply_dates import read_date
from tracker.lang import codes, language
from tracker.lang.words import language_of, words_of
from tracker.load.resolve import Unresolved, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tracker.intake.filled import Doubt, Row
    from tracker.load.workspace import Workspace

# In the order in which an entry is written.
ORDER = ("type", "status", "date", "by", "partners", "countries", "figures", "addresses", "summary", "sources")
# What an entry has no field for stands above it as remarks, for whoever writes the prose.
REMARKS = ("place", "figures", "funding", "source")
_SEPARATORS = re.compile(r"[;；؛\n]+")
_COMMAS = re.compile(r"[,，、،]")
_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_FIGURES = re.compile(r"[;；؛\n、]+|,\s+|，")
_NUMBER = r"[~≈]?\s?\d[\d.,\u00a0\u202f ]*(?:\s?%|\+)?"
_NAMED_FIRST = re.compile(rf"(?P<name>[^\d:：=]+?)\s*[:：=]?\s*(?P<number>{_NUMBER})")
_NUMBER_FIRST = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<name>[^\d:：=]+)")
# As many as there are countries.
_MOST_NAMES = 250
_LONGEST_NAME = 100
_ENDS = re.compile(r"[.。!?！？;；؟…][\"”’»)）\]]*$")


class Who(NamedTuple):
    """By whom a reply is, in which language, and the key of the document it is cited by."""

    name: str
    code: str
    document: str


class Reported(NamedTuple):
    """What one row says: the unit it names, empty where it names none, fields, remarks and doubts.

    A unit that is no longer in the mandate is still told apart by its name; the entry is then placed on none.
    """

    row: Row
    unit: str
    fields: dict[str, Any]
    remarks: dict[str, str]
    doubts: tuple[Doubt, ...]


def says_something(row: Row) -> bool:
    """Tell whether a row tells anything that a report could print."""
    return "activity" in row.cells or "result" in row.cells


def reported(ws: Workspace, row: Row, who: Who, units: dict[str, str]) -> Reported:
    """Put a row into fields; `units` are the references by what paragraphs are called on the form."""
    reader = _Row(ws, row, who)
    unit = reader.unit(units)
    is_known = bool(unit) and not isinstance(resolve(ws, unit), Unresolved)
    sources = [f"{who.document}:{row.where}"]
    reader.source(sources)
    fields: dict[str, Any] = {
        "type": reader.type(),
        "status": reader.status(),
        "date": reader.date(),
        "by": [who.name],
        "partners": reader.partners(),
        "countries": reader.countries(),
        "figures": reader.figures(),
        "addresses": [unit] if is_known else [],
        "summary": reader.summary(),
        "sources": sources,
    }
    reader.remark("place")
    reader.remark("funding")
    kept = {name: fields[name] for name in ORDER if fields[name] or name == "addresses"}
    remarks = {name: reader.remarks[name] for name in REMARKS if name in reader.remarks}
    return Reported(row, unit, kept, remarks, tuple(reader.doubts))


def units_by_label(ws: Workspace, mandates: Iterable[str]) -> dict[str, str]:
    """Return the references of units by their paragraph on the form, for a form that has lost its references."""
    found: dict[str, str] = {}
    for mandate in mandates:
        for unit in ws.units.get(mandate, {}).values():
            found[plain(label_of(ws.mandates[mandate].symbol or mandate, unit.number))] = unit.ref
    return found


class _Row:
    def __init__(self, ws: Workspace, row: Row, who: Who) -> None:
        self.ws = ws
        self.row = row
        self.who = who
        self.lang = language(who.code)
        self.doubts: list[Doubt] = []
        self.remarks: dict[str, str] = {}

    def _doubt(self, column: str, message: str) -> None:
        self.doubts.append(self.row.doubt(column, message))

    def unit(self, units: dict[str, str]) -> str:
        name = self.row.unit
        if name.startswith("?"):
            name = units.get(plain(name[1:]), name)
        if not name or name.startswith("?"):
            self._doubt("paragraph", "which paragraph it is on is not known: it is placed on none")
            return ""
        if self.row.inserted:
            self._doubt("paragraph", f"this row was inserted: taken to be on {name}, as the row above")
        target = resolve(self.ws, name)
        if not isinstance(target, Unresolved):
            return name
        self._doubt("paragraph", f"{target.message}: say in the entry where it belongs")
        return name if is_reference(name) else ""

    def type(self) -> str:
        text = self.row.cells.get("type", "")
        if not text:
            # The one type that says no more than that somebody replied.
            name = "reply" if is_state(self.who.name) else "other"
            self._doubt("type", f"no type: written as {name}")
            return name
        found = words_by_label("types").get(plain(text))
        if not found:
            self._doubt("type", f"“{text}” is no known type: written as it stands{_near(text, 'types')}")
        return found or " ".join(text.split())

    def status(self) -> str:
        text = self.row.cells.get("status", "")
        if not text:
            self._doubt("status", "no status: written as a fact, which is printed and not counted")
            return ""
        found = words_by_label("statuses").get(plain(text), "")
        if not found:
            near = _near(text, "statuses")
            self._doubt("status", f"“{text}” is no status: written as a fact, which is not counted{near}")
        return "" if found == FACT else found

    def date(self) -> str:
        read = read_date(self.row.cells.get("date", ""))
        if read.doubt:
            self._doubt("date", read.doubt)
        return read.value

    def countries(self) -> list[str]:
        found = []
        for text in self._names("countries", country_of):
            code = country_of(text)
            if not code:
                self._doubt("countries", f"“{text}” is no country: written as it stands{likely(text)}")
            found.append(code or text)
        return list(dict.fromkeys(found))

    def partners(self) -> list[str]:
        found = []
        for text in self._names("partners", actor_of):
            known = actor_of(text)
            if not known:
                self._doubt(
                    "partners", f"“{text}” is no known organization or State: written as it stands{likely(text)}"
                )
            found.append(known or text)
        return list(dict.fromkeys(found))

    def _names(self, column: str, known: Callable[[str], str]) -> list[str]:
        """Return the names in a cell: parted by semicolons or lines, else by commas and the word for "and"."""
        text = self.row.cells.get(column, "")
        parts = [part.strip(" .。") for part in _SEPARATORS.split(text)]
        if len(parts) == 1 and not known(text):
            parts = [part.strip(" .。") for part in _COMMAS.split(text)]
        names = [name for part in parts for name in parted(part, known) if name]
        if len(names) > _MOST_NAMES:
            self._doubt(column, f"{len(names)} names: those after the first {_MOST_NAMES} are left out")
        return names[:_MOST_NAMES]

    def figures(self) -> dict[str, str]:
        text = _with_plain_digits(self.row.cells.get("figures", ""))
        found: dict[str, str] = {}
        left = []
        for part in filter(None, (piece.strip(" .。") for piece in _FIGURES.split(text))):
            match = _NAMED_FIRST.fullmatch(part) or _NUMBER_FIRST.fullmatch(part)
            name = " ".join(match["name"].split()) if match else ""
            # "12 million": the word belongs to the number, and the number is left as it is told.
            is_name = 0 < len(name) <= _LONGEST_NAME and not name.casefold().startswith(_multipliers())
            if match and is_name and name not in found:
                found[name] = "".join(match["number"].split())
            else:
                left.append(part)
        if left:
            self.remarks["figures"] = "; ".join(left)
            self._doubt("figures", f"“{'; '.join(left)}” does not say what was counted and how many: kept as a remark")
        return found

    def summary(self) -> dict[str, str]:
        parts = [self.row.cells[name] for name in ("activity", "result") if name in self.row.cells]
        if "activity" not in self.row.cells:
            self._doubt("activity", "no activity: the result stands for it")
        text = parts[0]
        for part in parts[1:]:
            stop = "" if _ENDS.search(text) else str(self.lang.data["full_stop"])
            text = f"{text}{stop}{self.lang.data['sentence_joiner']}{part}"
        code = language_of(text)
        # Languages of one script are not told apart by a few words: what was asked for is believed.
        if words_of(code).script == words_of(self.who.code).script:
            code = self.who.code
        else:
            self._doubt("activity", f"not written in the language asked for ({self.who.code}): taken as {code}")
        return {code: text}

    def remark(self, column: str) -> None:
        if text := self.row.cells.get(column):
            self.remarks[column] = " ".join(text.split())

    def source(self, sources: list[str]) -> None:
        text = self.row.cells.get("source", "")
        named = {plain(name): name for name in self.ws.documents}
        named |= {plain(one.symbol): name for name, one in self.ws.documents.items() if one.symbol}
        if found := named.get(plain(text)):
            sources.append(found)
        else:
            self.remark("source")


def is_reference(text: str) -> bool:
    """Tell whether a text is written as a reference to a paragraph, of whatever mandate."""
    try:
        return bool(refs.parse(text).unit) and len(text) <= _LONGEST_NAME
    except refs.RefError:
        return False


def _with_plain_digits(text: str) -> str:
    """Return a text with the digits of other scripts as 0 to 9; the comma of Chinese may part thousands."""
    text = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
    return _THOUSANDS.sub(",", text)


@lru_cache
def _multipliers() -> tuple[str, ...]:
    held = (language(code).data["numerals"].get("multipliers", {}) for code in codes())
    return tuple(word.casefold() for words in held for word in words)


def _near(text: str, kind: str) -> str:
    labels = words_by_label(kind)
    near = get_close_matches(plain(text), labels, 1, 0.7)
    return f" (did you mean {labels[near[0]]}?)" if near else ""
