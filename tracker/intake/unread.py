"""What somebody typed into a workbook where nothing is read: listed, so that nothing is lost without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.intake.filled import Doubt, shortened
from tracker.intake.form import COLUMNS, HIDDEN, LOCKED, TYPED, mark_of
from tracker.intake.reply_sheet import MOST_COLUMNS, MOST_ROWS, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tracker.intake.reply_sheet import ReplySheet

_MOST = 20
# What Excel puts before a comment that can be answered, for programs that know of none.
_THREADED = "Comment:"


def unread_of_reply(opened: ReplySheet) -> list[Doubt]:
    """Return what stands on a sheet of the form outside its cells, and what hangs on them."""
    names = {column: name for name, column in opened.places.items()}
    sent = _locked_texts(opened)
    doubts = []
    for cell in _cells(opened.sheet):
        name = names.get(cell.column, "")
        text = text_of(cell)
        if text and cell.row != opened.head and not _is_read(opened, cell.row, name, is_sent=text in sent):
            doubts.append(
                _doubt(opened.name, cell, f"“{shortened(text)}” stands in no cell of the form: it is not read")
            )
        doubts += _hanging(opened.name, cell, is_typed=name in TYPED)
    return _at_most(doubts)


def unread_of_other(sheet: Any, sent: Collection[str]) -> list[Doubt]:  # noqa: ANN401 - openpyxl has no types
    """Return what stands on any other sheet; `sent` are the marks of the texts that were sent with the form."""
    doubts = []
    for cell in _cells(sheet):
        text = text_of(cell)
        if text and mark_of(text) not in sent:
            doubts.append(
                _doubt(sheet.title, cell, f"“{shortened(text)}” stands on no sheet of the form: it is not read")
            )
        doubts += _hanging(sheet.title, cell, is_typed=False)
    return _at_most(doubts)


def locked_cells_changed(opened: ReplySheet, row: int) -> Iterator[Doubt]:
    """Yield what was changed in the locked and hidden cells of a row."""
    for name, mark in zip((*LOCKED, *HIDDEN), opened.own(row, "check").split(), strict=False):
        if name not in opened.places or opened.is_merged(row, name):
            continue
        text = opened.own(row, name)
        if mark_of(text) == mark:
            continue
        if name in HIDDEN:
            message = "a hidden cell was changed: look whether this row is on the right paragraph"
        else:
            message = (
                f"“{shortened(text)}” stands in a locked cell: it is not read" if text else "a locked cell was emptied"
            )
        yield opened.doubt(row, name, message)


def _locked_texts(opened: ReplySheet) -> set[str]:
    """Return what the locked cells say: a row that was inserted often repeats them."""
    rows = [row for row in range(opened.head + 1, opened.last + 1) if opened.own(row, "check")]
    return {opened.own(row, name) for row in rows for name in LOCKED}


def _is_read(opened: ReplySheet, row: int, name: str, *, is_sent: bool) -> bool:
    if row < opened.head or name not in COLUMNS:
        return False
    # With the marks gone nothing tells what was changed.
    return name not in LOCKED or is_sent or "check" not in opened.places or bool(opened.own(row, "check"))


def _cells(sheet: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    rows, columns = min(sheet.max_row, MOST_ROWS), min(sheet.max_column, MOST_COLUMNS)
    for row in sheet.iter_rows(max_row=rows, max_col=columns):
        yield from row


def _hanging(name: str, cell: Any, *, is_typed: bool) -> Iterator[Doubt]:  # noqa: ANN401 - as above
    if cell.comment:
        said = str(cell.comment.text).rpartition(_THREADED)[2]
        yield _doubt(name, cell, f"a comment, which is not read: “{shortened(said)}”")
    target = str(cell.hyperlink.target or "") if cell.hyperlink else ""
    if is_typed and target and target.removesuffix("/") not in text_of(cell):
        yield _doubt(name, cell, f"a link, of which only the text is read: {shortened(target, 100)}")


def _doubt(name: str, cell: Any, message: str) -> Doubt:  # noqa: ANN401 - as above
    return Doubt(name, cell.coordinate, message)


def _at_most(doubts: list[Doubt]) -> list[Doubt]:
    more = len(doubts) - _MOST
    if more <= 0:
        return doubts
    last = doubts[-1]
    return [*doubts[:_MOST], Doubt(last.sheet, last.cell, f"the last of {more} more that are not read")]
