"""The evidence sheet of a workbook: a row for each entry beside each paragraph it is tied to, all of it filterable."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker import refs
from tracker.dates import OPEN, parse_date
from tracker.draft.prose import without_footnotes
from tracker.lang import formats, shown
from tracker.render.sheets import DATE, WRAPPED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.cover.coverage import Coverage, MandateCoverage, Tie
    from tracker.lang import Language
    from tracker.load.workspace import Workspace
    from tracker.model import Entry
    from tracker.render.sheets import Sheet, Style, Value

# What is printed comes first; from `partners` on, columns are for the screen, so that the print stays readable.
_COLUMNS = {
    "entry": 19,
    "mandate": 13,
    "paragraph": 10,
    "role": 12,
    "when": 13,
    "type": 15,
    "status": 12,
    "date": 15,
    "by": 20,
    "countries": 16,
    "summary": 56,
    "sources": 20,
    "partners": 22,
    "figures": 20,
    "first_day": 12,
    "last_day": 12,
    "report": 16,
    "follows": 16,
    "part_of": 16,
    "internal": 10,
}
_PRINTED = list(_COLUMNS).index("partners")
_STYLES: list[Style] = [DATE if name in ("first_day", "last_day") else WRAPPED for name in _COLUMNS]
# The oldest day Excel knows.
_OLDEST = "1900-01-01"
_TALLEST = 240.0


def write_evidence(sheet: Sheet, ws: Workspace, coverage: Coverage, lang: Language) -> None:
    """Write every piece of evidence beside each unit it is tied to, in document order."""
    sheet.columns(list(_COLUMNS.values()))
    sheet.heads(0, _heads(lang), frozen_columns=1)
    cells = _Cells(ws, lang)
    at = 0
    for covered in coverage.mandates:
        name = covered.mandate.symbol or covered.mandate.id
        for number, tie in _ties(covered):
            at += 1
            sheet.write_row(at, cells.of(name, number, tie), _STYLES, tallest=_TALLEST, skip_empty=True)
    sheet.box(1, at, len(_COLUMNS))
    sheet.filter(0, at, len(_COLUMNS))
    sheet.print_as(lang.word("evidence"), coverage.report or lang.word("book"), columns=_PRINTED)


def _ties(covered: MandateCoverage) -> Iterator[tuple[str, Tie]]:
    attached = set()
    for row in covered.rows:
        for tie in row.evidence:
            if row.unit.container:
                attached.add(tie.entry.id)
            yield refs.printed(row.unit.number), tie
    # What is attached to a container is told there already; this is what names the mandate only.
    yield from (("", tie) for tie in covered.unplaced if tie.entry.id not in attached)


def _heads(lang: Language) -> list[str]:
    own = {name: f"book.{name}" for name in ("entry", "role", "when", "first_day", "last_day")}
    words = {**own, "mandate": "mandate", "paragraph": "paragraph", "summary": "summary"}
    heads = [lang.word(words[name]) if name in words else lang.label("fields", name) for name in _COLUMNS]
    return [head[:1].upper() + head[1:] for head in heads]


class _Cells:
    """Puts an entry into words; those that do not depend on the paragraph are found once."""

    def __init__(self, ws: Workspace, lang: Language) -> None:
        self._ws = ws
        self._lang = lang
        self._made: dict[str, list[Value]] = {}

    def of(self, mandate: str, number: str, tie: Tie) -> list[Value]:
        entry, lang = tie.entry, self._lang
        if entry.id not in self._made:
            self._made[entry.id] = self._entry(entry)
        role = lang.word(f"book.role.{tie.role}")
        when = lang.word("book.current" if tie.current else "earlier")
        return [entry.id, mandate, number, role, when, *self._made[entry.id]]

    def _entry(self, entry: Entry) -> list[Value]:
        lang = self._lang
        countries = sorted(entry.countries, key=lambda code: lang.states_in_order.get(code, len(lang.states_in_order)))
        return [
            lang.label("types", entry.type),
            lang.label("statuses", entry.status or "fact"),
            formats.date(lang, entry.date) if entry.date else "",
            self._actors(entry.by),
            self._actors(countries),
            without_footnotes(shown(entry.summary, lang.code)),
            "\n".join(map(self._source, entry.sources)),
            self._actors(entry.partners),
            "\n".join(f"{name}{lang.data['colon']}{value}" for name, value in entry.figures.items()),
            *_days(entry),
            entry.cycle,
            "\n".join(entry.follows),
            entry.part_of or "",
            lang.word("yes") if entry.internal else "",
        ]

    def _actors(self, names: tuple[str, ...] | list[str]) -> str:
        return str(self._lang.data["list"]["separator"]).join(map(self._lang.actor, names))

    def _source(self, source: str) -> str:
        """Name a source by its symbol, where it has one, and paragraph."""
        name, _, paragraph = source.partition(":")
        document = self._ws.documents.get(name)
        told = (document.symbol if document else None) or name
        return self._lang.word("paragraph_in", report=told, number=paragraph) if paragraph else told


def _days(entry: Entry) -> tuple[date | None, date | None]:
    """Return the first and last day a date can mean, to sort and filter by; none where it has no end."""
    span = parse_date(entry.date) if entry.date else None
    if span is None or span.first < _OLDEST:
        return None, None
    return date.fromisoformat(span.first), None if span.last == OPEN else date.fromisoformat(span.last)
