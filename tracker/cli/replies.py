"""`tracker replies`: who has answered a report's call for information."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.collect import chosen_respondents
from tracker.cli.common import ForceOption, OutputOption, Stop, WorkspaceOption, known_report, open_workspace
from tracker.cli.output import emit, print_rich

if TYPE_CHECKING:
    from datetime import date

    from tracker.load.workspace import Workspace


class Form(StrEnum):
    """The forms that replies can be printed in."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def replies(
    report: Annotated[str, typer.Argument(metavar="CYCLE", help="The report that information was asked for.")],
    form: Annotated[Form, typer.Option("--format", "-f", help="The form of what is printed.")] = Form.TABLE,
    day: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help="Count days from this one; by default today.", show_default=False),
    ] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Show who has answered, who has not, and how long they have.

    \b
    tracker replies 2010-cnd-53
    tracker replies 2010-cnd-53 --format csv --output replies.csv
    """
    from tracker.cover.consulted import answers, units_of
    from tracker.dates import last_day
    from tracker.render.replies import Replies, replies_csv, replies_json, replies_table

    if form is Form.TABLE and output is not None:
        raise Stop("a table is for the terminal", "choose a form for the file: --format csv or json")
    ws = open_workspace(workspace, report)
    report = known_report(ws, report)
    brief = ws.cycles[report].brief
    chosen_respondents(ws, report, None)
    today = _day(day)
    deadline = last_day(brief.consultation.deadline or "") if brief.consultation else ""
    left = (_day(deadline) - today).days if deadline else None
    told = answers(ws, brief, _imported(ws, report))
    found = Replies(report, today, deadline or None, left, told, units_of(ws, brief, told))
    if form is Form.TABLE:
        print_rich(replies_table(found))
    else:
        data = replies_json(found) if form is Form.JSON else replies_csv(found)
        emit(data, output, force=force, for_spreadsheet=form is Form.CSV)


def _day(text: str | None) -> date:
    from datetime import UTC, date, datetime

    if text is None:
        return datetime.now(UTC).astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Stop(f"{text} is not a day", "write it as 2009-10-30") from None


def _imported(ws: Workspace, report: str) -> dict[str, str]:
    """Return the documents of the replies that were read in, by respondent."""
    from tracker.edit.reply_rows import imported

    try:
        return imported(ws.root, report)
    except (ValueError, KeyError, TypeError, OSError):
        raise Stop(f"a file of reports/{report}/replies is not as it was written", "put it back as it was") from None
