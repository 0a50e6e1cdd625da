"""A workbook that came back: its filled rows as texts, by the titles of their columns wherever these now stand.

Only values are read: no formula is worked out, and no link is followed.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

import openpyxl

from tracker.intake.filled import Doubt, Filled, Row, shortened
from tracker.intake.form import FORMAT, TYPED, VERSION, columns_by_title, plain
from tracker.intake.form import sheets_by_name as known_sheets
from tracker.intake.reply_sheet import doubts_of_titles, reply_sheet, text_of
from tracker.intake.source import Unreadable
from tracker.intake.unread import locked_cells_changed, unread_of_other, unread_of_reply
from tracker.intake.workbook_parts import workbook_contents

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.intake.reply_sheet import ReplySheet

_ABOUT_ROWS = 10
# The hidden sheet with the words of the drop-downs.
_LISTS = "lists"
# As many titles in one row are no answers.
_TITLES = 4
_LONGEST_NUMBER = 6


def read_workbook(path: Path) -> Filled:
    """Read a filled workbook; raise `Unreadable` for a file that is none."""
    contents = workbook_contents(path)
    reader = _Reader()
    if contents.has_pictures:
        reader.doubts.append(Doubt("", "", "it holds pictures, text boxes or other files, which are not read"))
    values = _opened(path.name, contents.data, values=True)
    formulas = _opened(path.name, contents.data, values=False) if contents.has_formulas else None
    try:
        reader.book(values, formulas)
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


class _Reader:
    def __init__(self) -> None:
        self.about: dict[str, str] = {}
        self.rows: list[Row] = []
        self.keys: dict[str, set[str]] = {}
        self.doubts: list[Doubt] = []
        self.found = False
        self._first: dict[tuple[object, ...], str] = {}

    def book(self, values: Any, formulas: Any) -> None:  # noqa: ANN401 - as above
        """Read all sheets: what the form says of itself first, since it tells what was sent."""
        others = []
        for sheet in values.worksheets:
            if plain(text_of(sheet.cell(1, 1))) == FORMAT:
                self._read_about(sheet)
            else:
                others.append(sheet)
        for sheet in others:
            if opened := reply_sheet(sheet):
                self.found = True
                self._read_reply(opened, formulas[sheet.title] if formulas else None)
            else:
                self._look_at_other(sheet)

    def _look_at_other(self, sheet: Any) -> None:  # noqa: ANN401 - as above
        if plain(sheet.title) == _LISTS and sheet.sheet_state != "visible":
            return
        marks = self.about.get("instructions", "")
        if not marks and known_sheets().get(plain(sheet.title)) == "instructions":
            message = "the hidden sheet “about” is gone: whether anything was typed here cannot be told"
            self.doubts.append(Doubt(sheet.title, "", message))
        else:
            self.doubts += unread_of_other(sheet, marks.split())

    def _read_about(self, sheet: Any) -> None:  # noqa: ANN401 - as above
        pairs = [(text_of(sheet.cell(row, 1)), text_of(sheet.cell(row, 2))) for row in range(1, _ABOUT_ROWS)]
        self.about = {plain(name): value for name, value in pairs if name}
        if self.about[FORMAT] != VERSION:
            message = f"written in version {self.about[FORMAT]} of the form, read as version {VERSION}"
            self.doubts.append(Doubt(sheet.title, "B1", message))

    def _read_reply(self, opened: ReplySheet, formulas: Any) -> None:  # noqa: ANN401 - as above
        self.doubts += doubts_of_titles(opened)
        unit, label = "", ""
        for number in range(opened.head + 1, opened.last + 1):
            unit, label = self._row(opened, number, unit, label)
            self._look_at_values(opened, number, formulas)
            self.doubts += locked_cells_changed(opened, number)
        self.doubts += unread_of_reply(opened)

    def _row(self, opened: ReplySheet, number: int, above: str, label_above: str) -> tuple[str, str]:
        """Read a row, and return the unit and label that a row inserted below it belongs to."""
        own = opened.text(number, "reference")
        label = opened.text(number, "paragraph") or label_above
        # Without references, what the paragraph is called tells the unit.
        unit = own or (f"?{label}" if "reference" not in opened.places and label else above)
        key = opened.own(number, "row") if len(opened.own(number, "row")) <= _LONGEST_NUMBER else ""
        if own and key:
            self.keys.setdefault(own, set()).add(key)
        typed = [text for name in TYPED if (text := opened.own(number, name))]
        are_titles = len(typed) >= _TITLES and all(columns_by_title().get(plain(text)) in TYPED for text in typed)
        if typed and not are_titles:
            self._take(opened, number, unit, key if own else "", inserted=not own and "reference" in opened.places)
        return unit, label

    def _take(self, opened: ReplySheet, number: int, unit: str, key: str, *, inserted: bool) -> None:
        letters = {name: opened.letter(name) for name in opened.places}
        cells = {name: text for name in TYPED if (text := opened.text(number, name))}
        where = f"{number}" if known_sheets().get(plain(opened.name)) == "reply" else f"{opened.name} {number}"
        row = Row(opened.name, number, where, unit, key, cells, letters, inserted)
        said = (unit, key, *cells.items())
        if key and said in self._first:
            self.doubts.append(row.doubt("activity", f"the same as {self._first[said]}: read once"))
            return
        self._first[said] = f"row {number} of {opened.name}"
        self.rows.append(row)
        for name in TYPED:
            if opened.is_merged(number, name):
                self._look_at_merged(opened, row, name)

    def _look_at_merged(self, opened: ReplySheet, row: Row, name: str) -> None:
        first, column = opened.first_of(row.number, name)
        if name in row.cells:
            message = f"merged with a cell above: “{shortened(row.cells[name])}” is read in this row too"
            self.doubts.append(row.doubt(name, message))
        elif column != opened.places[name] and first == row.number:
            self.doubts.append(row.doubt(name, "merged with the cell before it: nothing is read here"))

    def _look_at_values(self, opened: ReplySheet, number: int, formulas: Any) -> None:  # noqa: ANN401 - as above
        for name in (name for name in TYPED if name in opened.places):
            at = (number, opened.places[name])
            value = opened.own(number, name)
            if formulas is not None and formulas.cell(*at).data_type == "f":
                used = f"its value is used: “{shortened(value)}”" if value else "it has no value, and nothing is used"
                self.doubts.append(opened.doubt(number, name, f"a formula: {used}"))
            elif opened.sheet.cell(*at).data_type == "e":
                error = opened.sheet.cell(*at).value
                self.doubts.append(opened.doubt(number, name, f"Excel's error {error}: nothing is used"))
