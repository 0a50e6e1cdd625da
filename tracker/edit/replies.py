"""A filled workbook into evidence: new rows become entries, changed ones change theirs, and a person's work stays.

What the reply said last time is kept beside the evidence. A field is changed only where the reply has changed it
since and nobody else has; where both have, it is listed and left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.edit.change import Change, EditError
from tracker.edit.documents import with_document
from tracker.edit.reply_merge import Merge
from tracker.edit.reply_rows import (
    Taken,
    entry_ids,
    numbered,
    place_last_time,
    record_file,
    record_of,
    slug_of,
    taken_before,
)
from tracker.edit.reply_values import Who, reported, says_something, units_by_label
from tracker.intake.filled import Doubt
from tracker.intake.form import word
from tracker.lang import language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.edit.reply_values import Reported
    from tracker.intake.filled import Filled
    from tracker.load.workspace import Workspace


class Merged(NamedTuple):
    """What taking in a reply comes to: the files that change, in the order to write them, counts, and doubts."""

    changes: tuple[Change, ...]
    added: int
    changed: int
    same: int
    doubts: tuple[Doubt, ...]


class Receipt(NamedTuple):
    """Which report a reply is to, by whom, in which language, and on which day it came in."""

    cycle: str
    name: str
    code: str
    day: str


def take_in(ws: Workspace, filled: Filled, receipt: Receipt) -> Merged:
    """Work out what a reply adds and changes; raise `EditError` when a file cannot be changed safely."""
    document = f"reply-{receipt.cycle}-{slug_of(receipt.name)}"
    file = record_file(receipt.cycle, receipt.name)
    last = _last(ws, file)
    rows, doubts = _rows(ws, filled, Who(receipt.name, receipt.code, document), receipt.cycle, last)
    now = entry_ids(ws, receipt.cycle, receipt.name, numbered(rows, filled.keys, last))
    merge = Merge(ws, receipt.cycle, slug_of(receipt.name), last)
    for name, one in now.items():
        merge.entry(name, one)
    taken = last | {name: Taken(one.unit, _number(name), one.fields, one.remarks) for name, one in now.items()}
    record = record_of(receipt.name, document, taken)
    held = (ws.root / file).read_bytes() if (ws.root / file).exists() else None
    changes = [*_registered(ws, document, receipt, filled.name), *merge.changes()]
    if record != held:
        changes.append(Change(file, held, record))
    told = (*_of_others(filled, receipt), *filled.doubts, *doubts, *merge.doubts, *_gone(last, now))
    return Merged(tuple(changes), merge.added, merge.changed, len(now) - merge.added - merge.changed, told)


def _rows(
    ws: Workspace, filled: Filled, who: Who, cycle: str, last: dict[str, Taken]
) -> tuple[list[Reported], list[Doubt]]:
    """Return what the rows of a reply say; one that says nothing is only a doubt."""
    units = units_by_label(ws, ws.cycles[cycle].brief.mandates)
    rows: list[Reported] = []
    doubts: list[Doubt] = []
    for row in filled.rows:
        if not says_something(row):
            doubts.append(row.doubt("activity", "neither activity nor result: the row is left out"))
            continue
        one = reported(ws, row, who, units)
        if row.inserted and sum(other.cells == row.cells for other in filled.rows) == 1:
            unit = place_last_time(one, last)
            one = reported(ws, row._replace(unit=unit, inserted=False), who, units) if unit else one
        rows.append(one)
        doubts += one.doubts
    return rows, doubts


def _of_others(filled: Filled, receipt: Receipt) -> Iterator[Doubt]:
    """Yield what is to be said of a workbook that was made for somebody else, or for another report."""
    for key, taken in (("respondent", receipt.name), ("cycle", receipt.cycle)):
        made_for = filled.about.get(key, taken)
        if made_for.lower() != taken.lower():
            yield Doubt("", "", f"the workbook was made for {made_for}: it is taken for {taken}, as you say")


def _last(ws: Workspace, file: str) -> dict[str, Taken]:
    try:
        return taken_before(ws.root, file)
    except (ValueError, KeyError, TypeError, AttributeError):
        hint = "put it back as it was; without it, entries that differ from the reply are only listed"
        raise EditError(f"{file} is not as it was written: nothing was written", hint) from None


def _number(name: str) -> int:
    return int(name.rpartition("-")[2])


def _registered(ws: Workspace, document: str, receipt: Receipt, file: str) -> Iterator[Change]:
    """Yield the change that lists a reply among the documents, unless it is there."""
    if document not in ws.documents:
        lang = language(receipt.code)
        title = word(lang, "reply_of", name=lang.actor(receipt.name))
        fields = {"title": {receipt.code: title}, "date": receipt.day, "languages": [receipt.code], "note": file}
        yield with_document(ws.root, document, fields)


def _gone(last: dict[str, Taken], now: dict[str, Reported]) -> Iterator[Doubt]:
    for name in last:
        if name not in now:
            yield Doubt("", "", f"{name} is no longer in the reply: it stays until you delete it")
