"""A workbook that came back, taken in: what `tracker import workbook` does with each file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.common import Stop, chosen_language, known_report, note
from tracker.cli.editing import NOTHING, carry_out_all, reasons

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.edit.replies import Merged, Receipt
    from tracker.intake.filled import Filled
    from tracker.load.workspace import Workspace
    from tracker.model import Respondent

# What the command says of a reply: its report, its respondent, and the day it came in.
Said = tuple[str | None, str | None, str | None]


def receive(file: Path, ws: Workspace, said: Said, *, dry_run: bool) -> None:
    """Read a workbook, write what it adds and changes, and list what a person should look at."""
    from tracker.edit.replies import take_in
    from tracker.intake.source import Unreadable
    from tracker.intake.workbook import read_workbook

    try:
        filled = read_workbook(file)
    except Unreadable as error:
        raise Stop(str(error), error.hint) from None
    receipt = _receipt(ws, filled, said)
    with reasons():
        merged = take_in(ws, filled, receipt)
    carry_out_all(ws.root, merged.changes, dry_run=dry_run)
    if not merged.changes:
        note(NOTHING)
    for doubt in merged.doubts:
        note(f"W: {doubt}")
    note(f"{receipt.name}: {_counts(merged)}")


def _counts(merged: Merged) -> str:
    told = ((merged.added, "new"), (merged.changed, "changed"), (merged.same, "as before"))
    entries = ", ".join(f"{count} {word}" for count, word in told if count) or "none"
    doubts = len(merged.doubts)
    return f"entries: {entries}; {doubts or 'no'} {'doubt' if doubts == 1 else 'doubts'}"


def _receipt(ws: Workspace, filled: Filled, said: Said) -> Receipt:
    """Find out to which report a reply is and by whom; stop when neither the file nor the command says."""
    from tracker.edit.replies import Receipt

    cycle, name = said[0] or filled.about.get("cycle"), said[1] or filled.about.get("respondent")
    if not cycle or not name:
        missing = "whose reply it is" if cycle else "for which report it is"
        raise Stop(f"{filled.name} no longer says {missing}", "say it with --cycle CYCLE --respondent NAME")
    cycle = known_report(ws, cycle)
    asked = _respondent(ws, cycle, name)
    code = filled.about.get("language") or asked.language or ws.cycles[cycle].brief.languages[0]
    return Receipt(cycle, asked.name, chosen_language(code).code, _day(said[2]))


def _respondent(ws: Workspace, cycle: str, name: str) -> Respondent:
    consultation = ws.cycles[cycle].brief.consultation
    known = {one.name.lower(): one for one in (consultation.respondents if consultation else ())}
    if name.lower() in known:
        return known[name.lower()]
    from tracker.problems import did_you_mean

    names = [one.name for one in known.values()]
    raise Stop(f"{name} is no respondent of {cycle}", did_you_mean(name, names) or "name it in the brief first")


def _day(text: str | None) -> str:
    from datetime import UTC, datetime

    from tracker.dates import parse_date

    if text is None:
        return datetime.now(UTC).astimezone().date().isoformat()
    if parse_date(text) is None:
        raise Stop(f"{text} is not a date", "write it as 2009-10-30")
    return text
