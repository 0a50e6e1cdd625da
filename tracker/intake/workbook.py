"""A workbook that came back: its filled rows as texts, by the titles of their columns wherever these now stand.

Only values are read: no formula is worked out, and no link is followed.
"""

from __future__ import annotations

import io
import warnings
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

import openpyxl
from openpyxl.utils import get_column_letter

from tracker.intake.form import FORMAT, HIDDEN, LOCKED, TYPED, VERSION, check_of, columns_by_title, plain
from tracker.intake.form import sheets_by_name as known_sheets
from tracker.intake.source import Unreadable, known
from tracker.intake.workbook_parts import has_formulas, workbook_data

if TYPE_CHECKING:
    from pathlib import Path

_MOST_ROWS, _MOST_COLUMNS, _HEAD_WITHIN = 5_000, 60, 50
_NEEDED = 4
# More than Excel lets anybody type.
_LONGEST = 32_767


class Doubt(NamedTuple):
    """Something for a person to look at, with its sheet and cell; a file as a whole has neither."""

    sheet: str
    cell: str
    message: str

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.cell}: " if self.cell else f"{self.sheet}: " if self.sheet else ""
        return where + self.message


class Row(NamedTuple):
    """A filled row: the unit it names or stands below, its own number there, and what was typed, by column.

    `where` is how a source cites the row; `letters` are the columns of its cells. A row that was `inserted` has no
    unit of its own: it is taken to belong to the one above.
    """

    sheet: str
    number: int
    where: str
    unit: str
    key: str
    cells: dict[str, str]
    letters: dict[str, str]
    inserted: bool

    def doubt(self, column: str, message: str) -> Doubt:
        """Return a doubt about one of its cells."""
        return Doubt(self.sheet, f"{self.letters.get(column, 'A')}{self.number}", message)


class Filled(NamedTuple):
    """All that a workbook says: for which report, by whom and in which language, if it still tells; its rows.

    `keys` are the numbers of rows that it has for each unit, filled or not.
    """

    name: str
    about: dict[str, str]
    rows: tuple[Row, ...]
    keys: dict[str, frozenset[str]]
    doubts: tuple[Doubt, ...]


def read_workbook(path: Path) -> Filled:
    """Read a filled workbook; raise `Unreadable` for a file that is none."""
    data = workbook_data(path)
    reader = _Reader(path.name)
    values = _opened(path.name, data, values=True)
    formulas = _opened(path.name, data, values=False) if has_formulas(data) else None
    try:
        for sheet in values.worksheets:
            reader.sheet(sheet, formulas[sheet.title] if formulas else None)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise _damaged(path.name) from None
    if not reader.found:
        hint = "it must have the columns of the workbook sent out, with their titles: tracker collect CYCLE"
        raise Unreadable(f"{path.name} holds no sheet that replies are collected on", hint)
    keys = {unit: frozenset(held) for unit, held in reader.keys.items()}
    return Filled(path.name, reader.about, tuple(reader.rows), keys, tuple(reader.doubts))


def _opened(name: str, data: bytes, *, values: bool) -> Any:  # noqa: ANN401 - openpyxl has no types
    try:
        with warnings.catch_warnings():
            # openpyxl tells of everything in a file that it would not write again; nothing is written here.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), data_only=values, keep_links=False, keep_vba=False)
    except Exception:  # noqa: BLE001 - openpyxl raises whatever a damaged part leads to
        raise _damaged(name) from None


def _damaged(name: str) -> Unreadable:
    hint = "open it in Excel or LibreOffice and save it as .xlsx, or ask for it again"
    return Unreadable(f"{name} is damaged: Excel's own programs would mend it, this one does not", hint)


class _Sheet(NamedTuple):
    """A sheet with the places of its columns, and what stands where cells were merged."""

    name: str
    sheet: Any
    formulas: Any
    places: dict[str, int]
    merged: dict[tuple[int, int], tuple[int, int]]

    def value(self, row: int, column: int, *, merged: bool = True) -> str:
        at = self.merged.get((row, column), (row, column)) if merged else (row, column)
        return text_of(self.sheet.cell(*at))

    def cell(self, row: int, name: str, *, merged: bool = True) -> str:
        return self.value(row, self.places[name], merged=merged) if name in self.places else ""

    def is_inside(self, row: int, name: str) -> bool:
        """Tell whether a cell was merged into another."""
        at = (row, self.places.get(name, 0))
        return self.merged.get(at, at) != at

    def letter(self, name: str) -> str:
        return str(get_column_letter(self.places[name]))


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.about: dict[str, str] = {}
        self.rows: list[Row] = []
        self.keys: dict[str, set[str]] = {}
        self.doubts: list[Doubt] = []
        self.found = False

    def sheet(self, sheet: Any, formulas: Any) -> None:  # noqa: ANN401 - openpyxl has no types
        if plain(text_of(sheet.cell(1, 1))) == FORMAT:
            self._read_about(sheet)
            return
        head, places = _head(sheet)
        if not places:
            return
        self.found = True
        merged = {
            (row, column): (area.min_row, area.min_col)
            for area in sheet.merged_cells.ranges
            if area.max_row <= _MOST_ROWS and area.max_col <= _MOST_COLUMNS
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        }
        opened = _Sheet(sheet.title, sheet, formulas, places, merged)
        if "reference" not in places:
            self.doubts.append(Doubt(sheet.title, "", "the hidden column with the references is gone"))
        if sheet.max_row > _MOST_ROWS:
            self.doubts.append(Doubt(sheet.title, f"A{_MOST_ROWS}", "what stands below this row is not read"))
        unit, label = "", ""
        for number in range(head + 1, min(sheet.max_row, _MOST_ROWS) + 1):
            unit, label = self._row(opened, number, unit, label)

    def _read_about(self, sheet: Any) -> None:  # noqa: ANN401 - as above
        pairs = [(text_of(sheet.cell(row, 1)), text_of(sheet.cell(row, 2))) for row in range(1, 10)]
        self.about = {plain(name): value for name, value in pairs if name}
        if self.about[FORMAT] != VERSION:
            message = f"written in version {self.about[FORMAT]} of the form, read as version {VERSION}"
            self.doubts.append(Doubt(sheet.title, "B1", message))

    def _row(self, sheet: _Sheet, number: int, above: str, label_above: str) -> tuple[str, str]:
        """Read a row, and return the unit and label that a row inserted below it belongs to."""
        own = sheet.cell(number, "reference")
        label = sheet.cell(number, "paragraph") or label_above
        # Without references, what the paragraph is called tells the unit.
        unit = own or (f"?{label}" if "reference" not in sheet.places and label else above)
        key = sheet.cell(number, "row", merged=False)
        if own and key:
            self.keys.setdefault(own, set()).add(key)
        typed = {name: sheet.cell(number, name, merged=False) for name in TYPED}
        if any(typed.values()) and columns_by_title().get(plain(typed["activity"])) != "activity":
            self._take(sheet, number, unit, key if own else "", inserted=not own and "reference" in sheet.places)
        self._look_at_formulas(sheet, number)
        self._look_at_locked(sheet, number)
        return unit, label

    def _take(self, sheet: _Sheet, number: int, unit: str, key: str, *, inserted: bool) -> None:
        letters = {name: sheet.letter(name) for name in sheet.places}
        cells = {name: text for name in TYPED if (text := sheet.cell(number, name))}
        where = f"{number}" if known_sheets().get(plain(sheet.name)) == "reply" else f"{sheet.name} {number}"
        row = Row(sheet.name, number, where, unit, key, cells, letters, inserted)
        self.rows.append(row)
        for name in TYPED:
            if sheet.is_inside(number, name) and name in cells:
                message = f"merged with a cell above: “{_short(cells[name])}” is read in this row too"
                self.doubts.append(row.doubt(name, message))

    def _look_at_formulas(self, sheet: _Sheet, number: int) -> None:
        for name in TYPED if sheet.formulas is not None else ():
            if name in sheet.places and sheet.formulas.cell(number, sheet.places[name]).data_type == "f":
                value = sheet.cell(number, name)
                used = f"its value is used: “{_short(value)}”" if value else "it has no value, and nothing is used"
                self.doubts.append(Doubt(sheet.name, f"{sheet.letter(name)}{number}", f"a formula: {used}"))

    def _look_at_locked(self, sheet: _Sheet, number: int) -> None:
        check = sheet.cell(number, "check", merged=False)
        names = (*LOCKED, *HIDDEN[:2])
        if not check or any(sheet.places.get(name) is None or sheet.is_inside(number, name) for name in names):
            return
        if check_of(sheet.cell(number, name) for name in names) != check:
            self.doubts.append(
                Doubt(sheet.name, f"{sheet.letter('paragraph')}{number}", "locked cells of this row were changed")
            )


def _head(sheet: Any) -> tuple[int, dict[str, int]]:  # noqa: ANN401 - as above
    """Return the row with the titles of the columns, and where each stands."""
    known_titles = columns_by_title()
    for number in range(1, min(sheet.max_row, _HEAD_WITHIN) + 1):
        places: dict[str, int] = {}
        for column in range(1, min(sheet.max_column, _MOST_COLUMNS) + 1):
            name = known_titles.get(plain(text_of(sheet.cell(number, column))))
            if name:
                places.setdefault(name, column)
        if "activity" in places and len(places) >= _NEEDED:
            return number, places
    return 0, {}


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


def _short(text: str, at_most: int = 40) -> str:
    line = " ".join(text.split())
    return line if len(line) <= at_most else f"{line[: at_most - 1]}…"
