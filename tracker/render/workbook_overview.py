"""The overview of a workbook: from where it is seen, counts by mandate and addressee, a chart, the gaps of ours."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tracker.cover.coverage import UnitCoverage
from tracker.cover.gaps import Gap, gaps
from tracker.lang import formats, shown
from tracker.model import Status
from tracker.render.rows import all_reported, lines
from tracker.render.sheets import (
    GROUP,
    HEAD,
    LINK,
    MUTED,
    NUMBER,
    SUBTITLE,
    TEXT,
    TITLE,
    WRAPPED,
)
from tracker.render.workbook_status import BARS, status_style

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.cover.coverage import Coverage, MandateCoverage
    from tracker.cover.scope import Scope
    from tracker.lang import Language
    from tracker.render.sheets import Book, Sheet, Value

_WIDTHS = (22, 40, *[13.5] * len(Status), 9, 12, 12)
_LAST = len(_WIDTHS) - 1
_FIRST_COUNT = 2
_TOTAL = _FIRST_COUNT + len(Status)
# More bars than these do not fit the first page.
_MOST_BARS = 20
_CHART_WIDTH, _TALLEST_CHART = 1120, 590
_ROW_POINTS, _POINTS_A_PIXEL = 15, 0.75


def write_overview(
    book: Book,
    sheet: Sheet,
    coverage: Coverage,
    scope: Scope,
    places: Mapping[str, tuple[str, int]],
    names: Mapping[str, str],
) -> None:
    """Write the first sheet; `places` says where each unit stands, `names` what the sheet of each mandate is called."""
    page = _Overview(book, sheet, coverage)
    page.write_origin(scope)
    page.leave_room_for_chart()
    page.write_mandates(names)
    page.place_chart()
    page.write_gaps(places)
    page.write_addressees()
    sheet.print_as(book.lang.word("book"), coverage.report or "")
    sheet.show_first()


class _Overview:
    def __init__(self, book: Book, sheet: Sheet, coverage: Coverage) -> None:
        self._book = book
        self._lang = book.lang
        self._sheet = sheet
        self._coverage = coverage
        self._at = 0
        self._first_mandate = self._chart_at = 0
        self._bars = min(len(coverage.mandates), _MOST_BARS)
        self._chart_height = min(105 + 30 * self._bars, _TALLEST_CHART)
        sheet.columns(_WIDTHS)

    def write_origin(self, scope: Scope) -> None:
        lang = self._lang
        self._line(lang.word("book"), TITLE)
        self._line(_seen_from(scope, lang))
        if scope.entity:
            names = lang.listed([lang.label("addressees", name) for name in scope.entity.addressed_as])
            self._line(lang.word("book.entity", addressees=names))
        self._line(lang.word("book.language", language=lang.name))
        self._line(lang.word("book.meaning"))

    def leave_room_for_chart(self) -> None:
        """Keep rows free above the tables: Excel heeds no page breaks where it fits the width, and cuts a chart."""
        if len(self._coverage.mandates) > _MOST_BARS:
            self._at += 1
            self._line(self._lang.word("book.chart_first", count=_MOST_BARS), MUTED)
        self._chart_at = self._at + 1
        rows = int(self._chart_height * _POINTS_A_PIXEL / _ROW_POINTS) + 2 if self._bars else 0
        for row in range(self._chart_at, self._chart_at + rows):
            self._sheet.set_height(row, _ROW_POINTS)
            self._at = row

    def place_chart(self) -> None:
        """Draw the counts by mandate as stacked bars."""
        if self._bars:
            chart = self._chart(self._first_mandate, self._first_mandate + self._bars - 1)
            chart.set_size({"width": _CHART_WIDTH, "height": self._chart_height})
            self._sheet.place(self._chart_at, 0, chart, {"x_offset": 4, "y_offset": 4, "object_position": 3})

    def _line(self, text: str, style: dict[str, Any] = WRAPPED) -> None:
        self._sheet.merge(self._at, 0, _LAST, text, style)
        self._at += 1

    def _heading(self, text: str) -> None:
        self._at += 1
        self._line(text, SUBTITLE)

    def _heads(self, name: str, title: str = "") -> None:
        """Write the heads of a table of counts; the statuses look there as they do everywhere in the book."""
        word = self._lang.word
        statuses = [self._lang.label("statuses", status) for status in Status]
        values = [name, title, *statuses, word("book.total"), word("ours"), word("book.ours_open")]
        centred = {**HEAD, "align": "center"}
        marked = [{**status_style(status), "valign": "vcenter"} for status in Status]
        styles = [HEAD, HEAD, *marked, centred, centred, centred]
        if not title:
            self._sheet.merge(self._at, 0, 1, name, HEAD)
        self._sheet.write_row(self._at, values, styles, skip_empty=True)
        self._at += 1

    def write_mandates(self, names: Mapping[str, str]) -> None:
        lang = self._lang
        self._heading(lang.word("book.by_mandate"))
        self._heads(lang.word("mandate"), _capital(lang.label("fields", "title")))
        self._first_mandate = self._at
        for covered in self._coverage.mandates:
            name = covered.mandate.symbol or covered.mandate.id
            values = (name, shown(covered.mandate.title, lang.code), *_counts(_units(covered)))
            self._sheet.write_row(self._at, values, [LINK, TEXT, *[NUMBER] * (len(values) - 2)])
            self._sheet.link(self._at, 0, name, (names[covered.mandate.id], 0))
            self._at += 1
        total = (lang.word("book.total"), "", *_counts(self._coverage.units))
        self._sheet.write_row(self._at, total, [GROUP, GROUP, *[{**NUMBER, "bold": True}] * (len(total) - 2)])
        self._at += 1

    def write_addressees(self) -> None:
        lang = self._lang
        asked: dict[str, list[UnitCoverage]] = {}
        for row in self._coverage.units:
            for name in row.unit.addressees or ("",):
                asked.setdefault(name, []).append(row)
        self._heading(lang.word("book.by_addressee"))
        self._line(lang.word("book.several"), MUTED)
        self._heads(lang.word("addressees"))
        for name, rows in sorted(asked.items(), key=lambda pair: (not pair[0], -len(pair[1]), pair[0])):
            label = lang.label("addressees", name) if name else lang.word("asks_nothing")
            self._sheet.merge(self._at, 0, 1, label, TEXT)
            for column, value in enumerate(_counts(rows), _FIRST_COUNT):
                self._sheet.write(self._at, column, value, NUMBER)
            self._at += 1

    def write_gaps(self, places: Mapping[str, tuple[str, int]]) -> None:
        lang = self._lang
        missing = gaps(self._coverage, ours_only=True)[Gap.OURS]
        self._heading(f"{lang.word('notes_gaps')} ({len(missing)})")
        if not missing:
            self._line(all_reported(self._coverage, lang) or lang.word("notes_none"))
        for row, line in zip(missing, lines(missing, self._coverage, lang), strict=True):
            self._sheet.merge(self._at, 1, _TOTAL - 1, line.asked, TEXT)
            self._sheet.link(self._at, 0, line.ref, places[row.unit.ref])
            self._sheet.write(self._at, _TOTAL, lang.label("statuses", row.status), status_style(row.status))
            self._at += 1

    def _chart(self, first: int, last: int) -> Any:  # noqa: ANN401 - XlsxWriter has no types
        chart = self._book.chart({"type": "bar", "subtype": "stacked"})
        font = {"name": self._book.font, "size": 10}
        for place, status in enumerate(Status):
            column = _FIRST_COUNT + place
            dark = status is Status.NONE
            chart.add_series(
                {
                    "name": self._lang.label("statuses", status),
                    "categories": [self._sheet.name, first, 0, last, 0],
                    "values": [self._sheet.name, first, column, last, column],
                    "gap": 45,
                    "border": {"color": "#404040", "width": 0.75},
                    # A count of nothing is not written.
                    "data_labels": {
                        "value": True,
                        "num_format": "0;;",
                        "font": {**font, "bold": True, "color": "#FFFFFF" if dark else "#000000"},
                    },
                    **BARS[status],
                }
            )
        chart.set_title({"name": self._lang.word("book.chart"), "name_font": {**font, "size": 12}, "overlay": False})
        chart.set_legend({"position": "bottom", "font": font})
        chart.set_y_axis({"reverse": True, "num_font": font, "major_tick_mark": "none"})
        chart.set_x_axis({"num_font": font, "num_format": "0", "major_gridlines": {"visible": False}, "visible": False})
        return chart


def _seen_from(scope: Scope, lang: Language) -> str:
    brief = scope.report
    if brief is None:
        return lang.word("book.seen_all")
    told = {"report": brief.id, "title": shown(brief.title, lang.code)}
    if lang.direction == "rtl":
        # An id such as 2017-cnd-60 would be turned round piece by piece in a line that runs from the right.
        told = {name: f"\u2068{text}\u2069" for name, text in told.items()}
    return lang.word("book.seen", period=formats.date(lang, brief.period), **told)


def _units(covered: MandateCoverage) -> list[UnitCoverage]:
    return [row for row in covered.rows if isinstance(row, UnitCoverage)]


def _counts(rows: Iterable[UnitCoverage]) -> list[Value]:
    """Return how many units have each status, how many there are, how many are ours, how many of ours are gaps."""
    rows = list(rows)
    found = Counter(row.status for row in rows)
    ours = [row for row in rows if row.ours]
    missing = sum(row.status is not Status.REPORTED for row in ours)
    return [*(found[status] for status in Status), len(rows), len(ours), missing]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
