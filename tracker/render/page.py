"""How a sheet is printed: landscape, one page wide, with a head, a foot and the number of the page."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from tracker.render.cells import head_text

if TYPE_CHECKING:
    from tracker.lang import Language


class Paper(IntEnum):
    """The sizes of paper, by the numbers that workbooks give them."""

    A3 = 8
    A4 = 9


def set_up_page(sheet: Any, lang: Language, font: str, head: str, foot: str, paper: Paper) -> None:  # noqa: ANN401 - no types
    """Set up the page of a sheet of XlsxWriter."""
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.7)
    start, end = ("&R", "&L") if lang.direction == "rtl" else ("&L", "&R")
    page = lang.word("page_of", page="&P", pages="&N")
    # The blank keeps a text that begins with a digit from being read as part of the size.
    small = f'&"{font},Regular"&8 '
    sheet.set_header(f"{start}{small}{head_text(head, 180)}")
    sheet.set_footer(f"{start}{small}{head_text(foot, 60)}{end}{small}{page}")
