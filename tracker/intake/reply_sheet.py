"""One sheet of a workbook that came back: where its columns now stand, and what a cell of one shows."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl.utils import get_column_letter

from tracker.intake.filled import Doubt, shortened
from tracker.intake.form import COLUMNS, LOCKED, TYPED, columns_by_title, plain, titles
from tracker.intake.source import known
from tracker.lang import REFERENCE, language

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ROWS, MOST_COLUMNS = 5_000, 60
_HEAD_WITHIN, _NEEDED = 50, 4
# More than Excel lets anybody type.
_LONGEST = 32_767


class ReplySheet(NamedTuple):
    """A sheet with the row of its titles, the places of its columns, and the first cell of each that was merged."""

    name: str
    sheet: Any
    head: int
    places: dict[str, int]
    merged: dict[tuple[int, int], tuple[int, int]]

    @property
    def last(self) -> int:
        """The last row that is read."""
        return min(int(self.sheet.max_row), MOST_ROWS)

    def own(self, row: int, column: str) -> str:
        """Return what a cell itself holds, as text."""
        return text_of(self.sheet.cell(row, self.places[column])) if column in self.places else ""

    def text(self, row: int, column: str) -> str:
        """Return what a cell shows: merged with cells above, the text of those."""
        if column not in self.places:
            return ""
        at = self.merged.get((row, self.places[column]), (row, self.places[column]))
        # A text that reaches over several columns is that of the first.
        return text_of(self.sheet.cell(*at)) if at[1] == self.places[column] else ""

    def first_of(self, row: int, column: str) -> tuple[int, int]:
        """Return row and column of the cell that a cell was merged into, or its own."""
        at = (row, self.places.get(column, 0))
        return self.merged.get(at, at)

    def is_merged(self, row: int, column: str) -> bool:
        """Tell whether a cell was merged into another."""
        return self.first_of(row, column) != (row, self.places.get(column, 0))

    def letter(self, column: str) -> str:
        """Return the letter of a column."""
        return str(get_column_letter(self.places[column]))

    def doubt(self, row: int, column: str, message: str) -> Doubt:
        """Return a doubt about a cell."""
        return Doubt(self.name, f"{self.letter(column)}{row}", message)


def reply_sheet(sheet: Any) -> ReplySheet | None:  # noqa: ANN401 - openpyxl has no types
    """Return a sheet that has the columns of the form, else nothing."""
    for number in range(1, min(sheet.max_row, _HEAD_WITHIN) + 1):
        places: dict[str, int] = {}
        for column in range(1, min(sheet.max_column, MOST_COLUMNS) + 1):
            name = columns_by_title().get(plain(text_of(sheet.cell(number, column))))
            if name:
                places.setdefault(name, column)
        if len(places) >= _NEEDED and ("activity" in places or "reference" in places):
            return ReplySheet(sheet.title, sheet, number, _with_retitled(places), _merged(sheet))
    return None


def _with_retitled(places: dict[str, int]) -> dict[str, int]:
    """Add the columns whose titles were changed: each where it was sent, after the one that stands before it."""
    found = dict(places)
    for before, name in zip((*LOCKED, *TYPED), (*LOCKED, *TYPED)[1:], strict=False):
        after = found.get(before, 0) + 1
        if name not in found and before in found and after not in found.values() and after <= MOST_COLUMNS:
            found[name] = after
    return {name: found[name] for name in COLUMNS if name in found}


def doubts_of_titles(sheet: ReplySheet) -> Iterator[Doubt]:
    """Yield what is to be said of columns that have another title, or are gone."""
    named = titles(language(REFERENCE))
    for name in TYPED:
        if name not in sheet.places:
            yield Doubt(sheet.name, "", f"the column {named[name]} is gone: nothing is read from it")
        elif columns_by_title().get(plain(title := sheet.own(sheet.head, name))) != name:
            found = f"“{shortened(title)}” is no title of the form" if title else "this column has lost its title"
            yield sheet.doubt(sheet.head, name, f"{found}: read as {named[name]}")
    if "reference" not in sheet.places:
        yield Doubt(sheet.name, "", "the hidden column with the references is gone")
    if sheet.sheet.max_row > MOST_ROWS:
        yield Doubt(sheet.name, f"A{MOST_ROWS}", "what stands below this row is not read")
    if sheet.sheet.max_column > MOST_COLUMNS:
        beyond = f"{get_column_letter(MOST_COLUMNS)}{sheet.head}"
        yield Doubt(sheet.name, beyond, "what stands in the columns after this one is not read")


def _merged(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:  # noqa: ANN401 - as above
    return {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        if area.max_row <= MOST_ROWS and area.max_col <= MOST_COLUMNS
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }


def text_of(cell: Any) -> str:  # noqa: ANN401 - as above
    """Return what a cell shows, as text: a day as far as its format tells it, a number without an empty fraction."""
    value, form = cell.value, str(cell.number_format or "")
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, (datetime, date)):
        return _day(value, form)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        if form.endswith("%"):
            return f"{value * 100:g}%"
        return f"{value:.0f}" if float(value).is_integer() else f"{value:.10g}"
    if isinstance(value, time):
        return value.isoformat("minutes")
    text = known(str(value)[:_LONGEST]).replace("_x000D_", "")
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(lines).strip()


def _day(value: date, form: str) -> str:
    """Return a day, or the month or year alone where the format shows no more: Excel makes a day of "May 2012"."""
    shown = form.lower().split(";")[0]
    if "y" in shown and "d" not in shown:
        return value.strftime("%Y-%m" if "m" in shown else "%Y")
    return value.strftime("%Y-%m-%d")
