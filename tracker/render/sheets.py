"""A thin layer over XlsxWriter that every workbook is written with: one look, safe cells, the same bytes each time.

A text is always written as a text. Rows are as high as their wrapped texts need, since a program that
only writes a file cannot leave that to Excel. Fonts: Microsoft YaHei for Chinese, which Windows and Office for
the Mac both have; Arial for all others, which has Latin, Cyrillic and Arabic letters on both, and on Linux a twin
of the same widths (Liberation Sans), so that heights come out right everywhere.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import xlsxwriter

from tracker.render.cells import TALLEST, cell_text, height, looks_like_formula, reads_from_right, sheet_name
from tracker.render.page import Paper, set_up_page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.lang import Language

Value = str | int | float | date | None
Style = dict[str, Any]

_FONTS = {"zh": "Microsoft YaHei"}
_OTHER_FONT = "Arial"
# So many links Excel takes on a sheet.
_MOST_LINKS = 65_530
_BOX: Style = {"border": 1, "border_color": "#808080"}

PLAIN: Style = {"valign": "top"}
WRAPPED: Style = {**PLAIN, "text_wrap": True}
TEXT: Style = {**_BOX, **WRAPPED}
TITLE: Style = {"bold": True, "font_size": 14, "valign": "vcenter"}
SUBTITLE: Style = {"bold": True, "font_size": 11, "valign": "bottom"}
MUTED: Style = {"font_color": "#595959", "valign": "top"}
HEAD: Style = {**TEXT, "bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "valign": "vcenter"}
GROUP: Style = {**TEXT, "bold": True, "bg_color": "#EDEDED"}
NUMBER: Style = {**_BOX, "num_format": '#,##0;-#,##0;"–"', "valign": "top", "align": "right"}
DATE: Style = {"num_format": "yyyy-mm-dd", "valign": "top", "align": "center"}
LINK: Style = {**TEXT, "font_color": "#0563C1", "underline": 1}
# For sheets that are protected: where one may type, and where not.
INPUT: Style = {**TEXT, "locked": False, "bg_color": "#FFFBE6"}
LOCKED: Style = {**TEXT, "bg_color": "#F2F2F2"}


class Choices(NamedTuple):
    """A drop-down: its words, and what is said of a cell when it is chosen; a strict one refuses other words."""

    words: Sequence[str]
    title: str = ""
    message: str = ""
    refusal: str = ""
    strict: bool = True


class Book:
    """A workbook in the making; `created` comes from the data, since a clock would make every file another."""

    def __init__(self, lang: Language, title: str, created: date) -> None:
        self.lang = lang
        self.font = _FONTS.get(lang.code, _OTHER_FONT)
        self._out = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._out, {"in_memory": True})
        # The format of a rule may hold lines and colours only, no font.
        self.lines = self._book.add_format(_BOX)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._names: list[str] = []
        self._lists: Any = None
        self._listed: dict[tuple[str, ...], str] = {}
        moment = datetime(created.year, created.month, created.day)  # noqa: DTZ001 - XlsxWriter wants it bare
        self._book.set_properties({"title": cell_text(title), "created": moment})

    def sheet(self, name: str) -> Sheet:
        """Add a sheet; its name is made one that Excel accepts."""
        safe = self._take(name)
        sheet = self._book.add_worksheet(safe)
        sheet.hide_gridlines(2)
        if self.lang.direction == "rtl":
            sheet.right_to_left()
        return Sheet(self, sheet, safe)

    def _take(self, name: str) -> str:
        safe = sheet_name(name, self._names)
        self._names.append(safe)
        return safe

    def format(self, style: Style, text: str = "") -> Any:  # noqa: ANN401 - XlsxWriter has no types
        """Return the format, made once, in which a text stays one when it is edited, and Arabic runs from the right."""
        if looks_like_formula(text):
            style = {**style, "quote_prefix": True}
        # Left to itself, LibreOffice takes every line for one that runs from the left.
        if self.lang.direction == "rtl" and reads_from_right(text):
            style = {**style, "reading_order": 2}
        key = tuple(style.items())
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"font_name": self.font, "font_size": 10, **style})
        return self._formats[key]

    def chart(self, options: Mapping[str, str]) -> Any:  # noqa: ANN401 - XlsxWriter has no types
        """Make a chart, to be placed with `Sheet.place`."""
        return self._book.add_chart(dict(options))

    def list_of(self, words: Sequence[str]) -> str:
        """Keep a list of words on a hidden sheet, since a drop-down holds 255 characters; return where it stands."""
        key = tuple(map(cell_text, words))
        if key not in self._listed:
            if self._lists is None:
                self._lists = self._book.add_worksheet(self._take("lists"))
                self._lists.very_hidden()
            column = len(self._listed)
            for row, word in enumerate(key):
                self._lists.write_string(row, column, word)
            area = xlsxwriter.utility.xl_range_abs(0, column, len(key) - 1, column)
            self._listed[key] = f"='{self._lists.get_name()}'!{area}"
        return self._listed[key]

    def to_bytes(self) -> bytes:
        """Return the file; nothing can be added afterwards."""
        self._book.close()
        return self._out.getvalue()


class Sheet:
    """One sheet: rows and columns count from 0."""

    def __init__(self, book: Book, sheet: Any, name: str) -> None:  # noqa: ANN401 - XlsxWriter has no types
        self.name = name
        self._book = book
        self._sheet = sheet
        self._widths: list[float] = []
        self._last_row = 0
        self._links = 0

    def columns(self, widths: Sequence[float], hidden: Sequence[int] = ()) -> None:
        """Set the widths of the columns, in digits."""
        self._widths = list(widths)
        for column, size in enumerate(widths):
            self._sheet.set_column(column, column, size, self._book.format({}), {"hidden": column in hidden})

    def write(self, row: int, column: int, value: Value, style: Style = TEXT) -> None:
        """Write a value as what it is: a text is never a formula, a link or a number."""
        if isinstance(value, str) and (text := cell_text(value)):
            self._sheet.write_string(row, column, text, self._book.format(style, text))
        elif isinstance(value, date):
            self._sheet.write_datetime(row, column, value, self._book.format(style))
        elif isinstance(value, int | float):
            self._sheet.write_number(row, column, value, self._book.format(style))
        else:
            self._sheet.write_blank(row, column, None, self._book.format(style))

    def write_row(
        self,
        row: int,
        values: Sequence[Value],
        styles: Style | Sequence[Style] = TEXT,
        *,
        tallest: float = TALLEST,
        skip_empty: bool = False,
    ) -> None:
        """Write a row from the first column on, as high as its texts need and no higher than `tallest`."""
        each = [styles] * len(values) if isinstance(styles, dict) else styles
        for column, (value, style) in enumerate(zip(values, each, strict=True)):
            if not (skip_empty and value in ("", None)):
                self.write(row, column, value, style)
        self.set_height(row, min(tallest, self.height_of(values)))

    def height_of(self, values: Sequence[Value]) -> float:
        """Return the points that the texts of a row need in their columns."""
        sized = zip(values, self._widths, strict=False)
        return max((height(value, size) for value, size in sized if isinstance(value, str)), default=0) or 17

    def set_height(self, row: int, points: float) -> None:
        """Set the height of a row, within what Excel allows."""
        self._last_row = max(row, self._last_row)
        self._sheet.set_row(row, min(TALLEST, points))

    def link(self, row: int, column: int, text: str, target: tuple[str, int], style: Style = LINK) -> None:
        """Write a text that leads to the beginning of a row of a sheet of this book, as far as Excel takes links."""
        self._links += 1
        if self._links > _MOST_LINKS:
            self.write(row, column, text)
            return
        name, to_row = target
        place, text = "internal:'{}'!A{}".format(name.replace("'", "''"), to_row + 1), cell_text(text)
        self._sheet.write_url(row, column, place, self._book.format(style, text), text)

    def merge(self, row: int, first: int, last: int, text: str, style: Style = WRAPPED) -> None:
        """Write a text across some columns, as high as it needs; for headings and instructions, never for data."""
        self._sheet.merge_range(row, first, row, last, "", self._book.format(style))
        self.write(row, first, text, style)
        size = style.get("font_size", 10) / 10
        self.set_height(row, height(cell_text(text), sum(self._widths[first : last + 1]) / size) * size)

    def heads(self, row: int, words: Sequence[str], *, frozen_columns: int = 0) -> None:
        """Write the heads of a table; they stay in sight and stand on every page that is printed."""
        self.write_row(row, words, HEAD)
        self._sheet.freeze_panes(row + 1, frozen_columns)
        self._sheet.repeat_rows(row)

    def filter(self, head_row: int, last_row: int, columns: int) -> None:
        """Put filters on the heads of a table."""
        self._sheet.autofilter(head_row, 0, max(last_row, head_row), columns - 1)

    def box(self, first_row: int, last_row: int, columns: int) -> None:
        """Draw lines around all cells of a large table by one rule, so that its empty cells need not be written."""
        if last_row >= first_row:
            rule = {"type": "formula", "criteria": "=TRUE", "format": self._book.lines}
            self._sheet.conditional_format(first_row, 0, last_row, columns - 1, rule)

    def print_as(self, head: str, foot: str, *, columns: int = 0, paper: Paper = Paper.A4) -> None:
        """Set up what is printed, with a head and a foot; with `columns`, only the first so many."""
        if columns:
            self._sheet.print_area(0, 0, self._last_row, columns - 1)
        set_up_page(self._sheet, self._book.lang, self._book.font, head, foot, paper)

    def choices(self, area: tuple[int, int, int, int], choices: Choices) -> None:
        """Offer words to choose from in an area: first row, first column, last row, last column."""
        self._sheet.data_validation(
            *area,
            {
                "validate": "list",
                "source": self._book.list_of(choices.words),
                "input_title": choices.title[:32],
                "input_message": choices.message[:255],
                "error_message": choices.refusal[:255],
                "error_type": "stop" if choices.strict else "information",
                "ignore_blank": True,
            },
        )

    def protect(self) -> None:
        """Lock all cells but those styled INPUT; sizes can be changed, rows added.

        Excel sorts only the cells that are not locked: what is typed would part from what it answers.
        """
        allowed = ("format_columns", "format_rows", "insert_rows", "select_locked_cells")
        self._sheet.protect("", dict.fromkeys((*allowed, "select_unlocked_cells"), True))

    def place(self, row: int, column: int, chart: Any, options: Mapping[str, Any]) -> None:  # noqa: ANN401
        """Put a chart on the sheet, its corner in a cell."""
        self._sheet.insert_chart(row, column, chart, dict(options))

    def hide(self) -> None:
        """Hide the sheet, as far as its menu goes."""
        self._sheet.very_hidden()

    def show_first(self) -> None:
        """Make this the sheet that is seen when the book is opened."""
        self._sheet.activate()
