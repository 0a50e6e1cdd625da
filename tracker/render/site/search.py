"""What the list on the overview filters and searches: rows of numbers and short texts, and texts folded for search.

Each file assigns one variable, since a page opened from a file may load scripts but fetch nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import msgspec

from tracker import refs
from tracker.draft.titles import titles_of
from tracker.lang import formats, pick
from tracker.model import ActionStatus, Status
from tracker.render.rows import status_word
from tracker.render.site import links
from tracker.render.site.charts import FILL_OF
from tracker.render.site.content import countries_of
from tracker.render.site.interface import phrase
from tracker.render.site.naming import opening, said_in_short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tracker.cover.coverage import UnitCoverage
    from tracker.lang import Language
    from tracker.model import Entry, Text
    from tracker.render.site.content import Content

# The words that the script prints; the rest stands in the page.
_WORDS = ("all", "found_units", "found_entries", "shown")
# Accents and vowel marks, as `folded` in site.js leaves them out of what is typed.
_MARKS = re.compile("[\u0300-\u036f\u064b-\u0655\u0670]")
ENTRY_STATUSES = (*(status.value for status in ActionStatus), "fact")


class Numbers:
    """Gives each name a number, in the order in which names come."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names: dict[str, int] = {}
        for name in names:
            self.of(name)

    def of(self, name: str) -> int:
        """Return a name's number, a new one for a new name."""
        return self.names.setdefault(name, len(self.names))


class Index:
    """Builds the two data files of a site."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._languages = content.interface.languages
        self._mandates = Numbers(content.mandates)
        self._cycles = Numbers(brief.id for brief in content.briefs)
        self._entry_numbers = Numbers(content.entries)
        self._addressees = Numbers()
        self._countries = Numbers()
        self._types = Numbers()
        self._statuses = Numbers((*(status.value for status in Status), *ENTRY_STATUSES))

    def data(self) -> bytes:
        """Write the rows and the words that go with them, as `data.js`."""
        units = [self._unit(row) for row in self._units()]
        entries = [self._entry(entry) for entry in self._content.entries.values()]
        names = {
            "statuses": self._labels("statuses", self._statuses),
            "addressees": self._labels("addressees", self._addressees),
            "types": self._labels("types", self._types),
            "countries": [self._actor(name) for name in self._countries.names],
            "mandates": [self._titled(name) for name in self._mandates.names],
            "cycles": [self._period(name) for name in self._cycles.names],
        }
        lists = {name: list(ids.names) for name, ids in self._lists().items()}
        fills = [FILL_OF[name] for name in self._statuses.names]
        symbols = [self._content.mandates[name].mandate.symbol or name for name in self._mandates.names]
        words = {lang.code: {key: phrase(lang, key) for key in _WORDS} for lang in self._languages}
        named = {"words": words, "ids": lists, "names": names, "symbols": symbols, "fills": fills}
        return _script("tracker", {**named, "units": units, "entries": entries})

    def texts(self) -> bytes:
        """Write the texts to search, one for each row, in small letters without accents, as `texts.js`."""
        units = [folded(self._unit_words(row)) for row in self._units()]
        entries = [folded(self._entry_words(entry)) for entry in self._content.entries.values()]
        return _script("trackerTexts", {"units": units, "entries": entries})

    def _lists(self) -> dict[str, Numbers]:
        return {
            "statuses": self._statuses,
            "addressees": self._addressees,
            "countries": self._countries,
            "mandates": self._mandates,
            "cycles": self._cycles,
        }

    def _units(self) -> Iterator[UnitCoverage]:
        return (row for row in self._content.coverage.units)

    def _unit(self, row: UnitCoverage) -> list[Any]:
        unit = row.unit
        evidence = [tie.entry.id for tie in row.evidence]
        return [
            unit.ref,
            links.unit(unit.ref),
            self._statuses.of(row.status),
            self._mandates.of(unit.mandate),
            [self._addressees.of(name) for name in unit.addressees],
            [self._entry_numbers.of(name) for name in evidence],
            int(row.ours),
            self._each(lambda lang: opening(unit, lang)),
            self._text(said_in_short(unit, self._parents_text(row))),
            self._each(lambda lang: status_word(row, lang)),
        ]

    def _parents_text(self, row: UnitCoverage) -> Text:
        parent = self._content.rows.get(row.unit.parent or "")
        return parent.unit.text if parent else {}

    def _entry(self, entry: Entry) -> list[Any]:
        mandates = {ref.partition(":")[0] for ref in self._content.units_of[entry.id]}
        years = self._content.years(entry) or (0, 0)
        return [
            entry.id,
            links.page("entry", entry.id),
            self._statuses.of(entry.status or "fact"),
            [self._mandates.of(name) for name in self._mandates.names if name in mandates],
            [self._countries.of(name) for name in countries_of(entry)],
            self._cycles.of(entry.cycle),
            *years,
            self._types.of(entry.type),
            self._text(titles_of(entry)),
            self._date(entry.date) if entry.date else "",
        ]

    def _date(self, text: str) -> Any:  # noqa: ANN401  # see _each
        return self._each(lambda lang: formats.date(lang, text))

    def _unit_words(self, row: UnitCoverage) -> Iterator[str]:
        unit = row.unit
        mandate = self._content.mandates[unit.mandate].mandate
        yield from (unit.ref, refs.printed(unit.number), mandate.symbol or "", *mandate.title.values())
        yield from (*unit.heading.values(), *unit.gist.values())
        yield from (unit.text or self._parents_text(row)).values()
        for lang in self._languages:
            yield opening(unit, lang)

    def _entry_words(self, entry: Entry) -> Iterator[str]:
        yield from (entry.id, entry.cycle, entry.date or "", *entry.title.values(), *entry.summary.values())
        yield from (*entry.addresses, *entry.sources)
        for lang in self._languages:
            yield lang.label("types", entry.type)
            yield from (lang.actor(name) for name in (*entry.by, *entry.partners, *entry.countries))

    def _labels(self, kind: str, ids: Numbers) -> list[Any]:
        return [self._label(kind, name) for name in ids.names]

    def _label(self, kind: str, name: str) -> Any:  # noqa: ANN401  # see _each
        return self._each(lambda lang: lang.label(kind, name))

    def _actor(self, name: str) -> Any:  # noqa: ANN401  # see _each
        return self._each(lambda lang: lang.actor(name))

    def _titled(self, name: str) -> Any:  # noqa: ANN401  # see _each
        mandate = self._content.mandates[name].mandate
        return self._each(lambda lang: f"{mandate.symbol or name} {pick(mandate.title, lang.code)[0]}")

    def _period(self, name: str) -> Any:  # noqa: ANN401  # see _each
        period = self._content.ws.cycles[name].brief.period
        return self._each(lambda lang: f"{name} ({formats.date(lang, period)})")

    def _each(self, make: Callable[[Language], str]) -> Any:  # noqa: ANN401  # a text, or one for each language
        made = {lang.code: make(lang) for lang in self._languages}
        return next(iter(made.values())) if len(set(made.values())) == 1 else made

    def _text(self, text: Text) -> Any:  # noqa: ANN401  # as _each; of another language, with its code
        made: dict[str, Any] = {}
        for lang in self._languages:
            wording, found = pick(text, lang.code)
            made[lang.code] = wording if found == lang.code else [wording, found]
        return made


def folded(parts: Iterable[str]) -> str:
    """Put texts into the form in which they are compared: small letters, no accents, single spaces, each text once."""
    text = " ".join(dict.fromkeys(part for part in parts if part))
    if not text.isascii():
        text = _MARKS.sub("", normalize("NFKD", text))
    return " ".join(text.lower().split())


def _script(variable: str, value: object) -> bytes:
    # A browser reads JSON in a text several times as fast as it reads the same as a script.
    text = msgspec.json.encode(msgspec.json.encode(value).decode())
    return b"window." + variable.encode() + b" = JSON.parse(" + text + b");\n"
