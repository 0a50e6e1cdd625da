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

from tracker.render.cells import TALLEST, cell_text, height, looks_like_formula, sheet_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.lang import Language

Value = str | int | float | date | None
Style = dict[str, Any]

_FONTS = {"zh": "Microsoft YaHei"}
_OTHER_FONT = "Arial"
_LINE_COLOUR = "#808080"
_BOX: Style = {"border": 1, "border_color": _LINE_COLOUR}

PLAIN: Style = {"valign": "top"}
WRAPPED: Style = {**PLAIN, "text_wrap": True}
TEXT: Style = {**_BOX, **WRAPPED}
TITLE: Style = {"bold": True, "font_size": 14, "valign": "vcenter"}
SUBTITLE: Style = {"bold": True, "font_size": 11, "valign": "bottom"}
MUTED: Style = {"font_color": "#595959", "valign": "top"}
HEAD: Style = {
    **_BOX,
    "bold": True,
    "bg_color": "#1F3864",
    "font_color": "#FFFFFF",
    "valign": "vcenter",
    "text_wrap": True,
}
GROUP: Style = {**TEXT, "bold": True, "bg_color": "#EDEDED"}
NUMBER: Style = {**_BOX, "num_format": '#,##0;-#,##0;"–"', "valign": "top", "align": "right"}
DATE: Style = {"num_format": "yyyy-mm-dd", "valign": "top", "align": "center"}
LINK: Style = {**TEXT, "font_color": "#0563C1", "underline": 1}
# For sheets that are protected: where one may type, and where not.
INPUT: Style = {**TEXT, "locked": False, "bg_color": "#FFFBE6"}
LOCKED: Style = {**TEXT, "bg_color": "#F2F2F2"}

# A status is a bold word first. Its shade and pattern tell it apart on a black-and-white print too: what
# is missing is white on black, what is there the darker the more there is.
STATUS: Mapping[str, Style] = {
    "reported": {"bg_color": "#A9D08E"},
    "supported": {"pattern": 11, "fg_color": "#9DC3E6", "bg_color": "#DDEBF7"},
    "planned": {"pattern": 14, "fg_color": "#FFE699", "bg_color": "#FFF8E1", "border": 3},
    "earlier": {"pattern": 18, "fg_color": "#B4A7D6", "bg_color": "#FFFFFF", "border": 4, "italic": True},
    "none": {"bg_color": "#8B1A1A", "font_color": "#FFFFFF", "border": 2},
    "not-applicable": {"font_color": "#595959", "bold": False, "italic": True},
}


class Choices(NamedTuple):
    """A drop-down: its words, and what is said of a cell when it is chosen; a strict one refuses other words."""

    words: Sequence[str]
    title: str = ""
    message: str = ""
    refusal: str = ""
    strict: bool = True


def status_style(status: str) -> Style:
    """Return how the word of a status is shown."""
    return {**TEXT, "bold": True, "align": "center", **STATUS.get(status, {})}


class Book:
    """A workbook in the making: `sheet` adds to it, `to_bytes` ends it.

    `created` comes from the data: a clock would make every file another.
    """

    def __init__(self, lang: Language, title: str, created: date) -> None:
        self.lang = lang
        self.font = _FONTS.get(lang.code, _OTHER_FONT)
        self._out = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._out, {"in_memory": True})
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

    def format(self, style: Style) -> Any:  # noqa: ANN401 - XlsxWriter has no types
        """Return the format of a style, made once."""
        key = tuple(style.items())
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"font_name": self.font, "font_size": 10, **style})
        return self._formats[key]

    def rule_format(self, style: Style) -> Any:  # noqa: ANN401 - XlsxWriter has no types
        """Return a format for a rule, which may hold lines and colours only."""
        return self._book.add_format(style)

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

    def columns(self, widths: Sequence[float], hidden: Sequence[int] = ()) -> None:
        """Set the widths of the columns, in digits."""
        self._widths = list(widths)
        for column, size in enumerate(widths):
            self._sheet.set_column(column, column, size, self._book.format({}), {"hidden": column in hidden})

    def write(self, row: int, column: int, value: Value, style: Style = TEXT) -> None:
        """Write a value as what it is: a text is never a formula, a link or a number."""
        if isinstance(value, str):
            text = cell_text(value)
            # With this mark a text stays one when somebody edits the cell.
            style = {**style, "quote_prefix": True} if looks_like_formula(text) else style
            if text:
                self._sheet.write_string(row, column, text, self._book.format(style))
                return
        form = self._book.format(style)
        if value is None or isinstance(value, str):
            self._sheet.write_blank(row, column, None, form)
        elif isinstance(value, date):
            self._sheet.write_datetime(row, column, value, form)
        else:
            self._sheet.write_number(row, column, value, form)

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
        """Write a text that leads to the beginning of a row of a sheet of this book."""
        name, to_row = target
        quoted = name.replace("'", "''")
        form = self._book.format({**style, "quote_prefix": True} if looks_like_formula(text) else style)
        self._sheet.write_url(row, column, f"internal:'{quoted}'!A{to_row + 1}", form, cell_text(text))

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
            rule = {"type": "formula", "criteria": "=TRUE", "format": self._book.rule_format(_BOX)}
            self._sheet.conditional_format(first_row, 0, last_row, columns - 1, rule)

    def print_as(self, head: str, foot: str, *, columns: int = 0) -> None:
        """Print on A4 landscape, one page wide, with a head, and a foot with the number of the page.

        With `columns` only the first so many are printed.
        """
        if columns:
            self._sheet.print_area(0, 0, self._last_row, columns - 1)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.7)
        start, end = ("&R", "&L") if self._book.lang.direction == "rtl" else ("&L", "&R")
        page = self._book.lang.word("page_of", page="&P", pages="&N")
        # The blank keeps a text that begins with a digit from being read as part of the size.
        font = f'&"{self._book.font},Regular"&8 '
        self._sheet.set_header(f"{start}{font}{_for_head(head, 180)}")
        self._sheet.set_footer(f"{start}{font}{_for_head(foot, 60)}{end}{font}{page}")

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
                "error_type": "stop" if choices.strict else "warning",
                "ignore_blank": True,
            },
        )

    def protect(self) -> None:
        """Lock all cells but those styled INPUT; sizes, filters and order can be changed, rows added."""
        allowed = ("format_columns", "format_rows", "insert_rows", "sort", "autofilter", "select_locked_cells")
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


def _for_head(text: str, at_most: int) -> str:
    # Excel takes 255 characters for the whole line, codes and all; an ampersand begins a code.
    line = " ".join(cell_text(text).split())
    line = line if len(line) <= at_most else f"{line[: at_most - 1]}…"
    return line.replace("&", "&&")
