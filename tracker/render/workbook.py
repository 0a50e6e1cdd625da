"""Coverage to a workbook to send on: an overview, a sheet a mandate in the Secretariat's columns, all evidence."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from tracker.cover.coverage import ContainerCoverage, UnitCoverage
from tracker.dates import OPEN, parse_date
from tracker.lang import formats, shown
from tracker.model import Status
from tracker.render.cells import pieces
from tracker.render.rows import SECRETARIAT, lines, secretariat_rows
from tracker.render.sheets import GROUP, MUTED, TEXT, TITLE, Book, Style
from tracker.render.workbook_evidence import write_evidence
from tracker.render.workbook_overview import write_overview
from tracker.render.workbook_status import status_style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.cover.coverage import Coverage, MandateCoverage
    from tracker.cover.scope import Scope
    from tracker.lang import Language
    from tracker.load.workspace import Workspace
    from tracker.render.sheets import Sheet

_WIDTHS = (14, 10, 34, 11, 13, 66, 18)
_HEAD_ROW = 2
_OF_UNITS: dict[Status, list[Style]] = {
    status: [TEXT, {**TEXT, "bold": True}, TEXT, {**TEXT, "align": "center"}, status_style(status), TEXT, TEXT]
    for status in Status
}
_OF_CONTAINERS: list[Style] = [*[GROUP] * 3, {**GROUP, "align": "center"}, *[GROUP] * 3]
# What is not placed can run over pages: grey as all that is no unit, but in plain letters.
_OF_UNPLACED: list[Style] = [*[GROUP] * 5, *[{**GROUP, "bold": False}] * 2]
# A row fills at most a third of a page, so that no printed page is left half empty; what is longer goes on in the next.
_TALLEST = 165.0


class _Row(NamedTuple):
    """A row of a mandate's sheet before it is laid out."""

    ref: str
    values: tuple[str, ...]
    styles: list[Style]


def matrix_workbook(ws: Workspace, scope: Scope, coverage: Coverage, lang: Language) -> bytes:
    """Write the matrix as an Excel file, the same bytes for the same data."""
    book = Book(lang, lang.word("book"), _as_of(ws, scope))
    overview = book.sheet(lang.word("book.summary"))
    sheets: dict[str, Sheet] = {}
    places: dict[str, tuple[str, int]] = {}
    for covered in coverage.mandates:
        sheet = book.sheet((covered.mandate.symbol or covered.mandate.id).replace("/", "-"))
        sheets[covered.mandate.id] = sheet
        places |= _write_mandate(sheet, covered, coverage, lang)
    write_overview(book, overview, coverage, scope, places, {name: sheet.name for name, sheet in sheets.items()})
    write_evidence(book.sheet(lang.word("evidence")), ws, coverage, lang)
    return book.to_bytes()


def _as_of(ws: Workspace, scope: Scope) -> date:
    """Return the day the data speak of: a clock would make every file another."""
    periods = [scope.report.period] if scope.report else [cycle.brief.period for cycle in ws.cycles.values()]
    spans = [span for span in map(parse_date, periods) if span]
    days = [span.first if span.last == OPEN else span.last for span in spans]
    return date.fromisoformat(max(days, default="2000-01-01"))


def _write_mandate(
    sheet: Sheet, covered: MandateCoverage, coverage: Coverage, lang: Language
) -> dict[str, tuple[str, int]]:
    """Write a mandate's sheet; return where each of its units stands."""
    name = covered.mandate.symbol or covered.mandate.id
    title = shown(covered.mandate.title, lang.code)
    sheet.columns(_WIDTHS)
    sheet.merge(0, 0, len(_WIDTHS) - 1, f"{name}  {title}", {**TITLE, "text_wrap": True})
    known = lang.word("text_unknown") if covered.mandate.provisional else ""
    sheet.write(1, 0, "  ".join(filter(None, (coverage.report, known))), MUTED)
    first, second, third, *rest = (lang.word(word) for word in SECRETARIAT)
    sheet.heads(_HEAD_ROW, [first, second, third, lang.word("ours_column"), lang.word("status"), *rest])
    at, places = _HEAD_ROW + 1, {}
    for row in _rows(covered, coverage, lang):
        places[row.ref] = (sheet.name, at)
        for part in _parts(row, lang):
            sheet.write_row(at, part, row.styles)
            at += 1
    sheet.filter(_HEAD_ROW, at - 1, len(_WIDTHS))
    sheet.print_as(f"{name}  {title}", coverage.report or lang.word("book"))
    return places


def _rows(covered: MandateCoverage, coverage: Coverage, lang: Language) -> Iterator[_Row]:
    told = iter(secretariat_rows(covered, coverage, lang))
    name = covered.mandate.symbol or covered.mandate.id
    for row in covered.rows:
        ref = row.unit.ref
        if isinstance(row, ContainerCoverage):
            [line] = lines([row], coverage, lang)
            values = (name, line.number, line.asked, line.ours, "", line.status_word, "")
            yield _Row(ref, values, _OF_CONTAINERS)
            continue
        first, number, asked, done, means = next(told)
        done = "\n".join((*_beside(row, coverage, lang), *_listed(done)))
        ours, word = lang.word("yes") if row.ours else "", lang.label("statuses", row.status)
        yield _Row(ref, (first, number, asked, ours, word, done, means), _OF_UNITS[row.status])
    for first, number, asked, done, means in told:
        values = (first, number, asked, "", "", "\n".join(_listed(done)), means)
        yield _Row(covered.mandate.id, values, _OF_UNPLACED)


def _beside(row: UnitCoverage, coverage: Coverage, lang: Language) -> Iterator[str]:
    """Yield what stands before the actions: how many States reported, and what a person judged."""
    if row.states:
        yield f"[{formats.states(lang, row.states)}]"
    if row.assessment:
        [line] = lines([row], coverage, lang)
        yield f"[{lang.word('assessment')}{lang.data['colon']}{line.assessment}]"


def _listed(text: str) -> list[str]:
    items = text.split("\n") if text else []
    return [f"– {item}" for item in items] if len(items) > 1 else items


def _parts(row: _Row, lang: Language) -> Iterator[tuple[str, ...]]:
    """Yield a row, or several where its texts are longer than a row can show: nothing is cut off on paper."""
    asked, done, means = (list(pieces(row.values[place], _WIDTHS[place], _TALLEST)) for place in (2, 5, 6))
    continued = lang.word("book.continued")
    for number, texts in enumerate(zip_longest(asked, done, means, fillvalue="")):
        first = texts[0] or (continued if number else "")
        yield (*row.values[:2], first, *row.values[3:5], *texts[1:])
