"""`tracker draft`: the report of a cycle."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.common import (
    Stop,
    WorkspaceOption,
    chosen_language,
    known_report,
    note,
    note_unresolved,
    open_workspace,
)

_NOT_TEXT = (".docx", ".doc", ".pdf", ".xlsx", ".odt")


class DraftFormat(StrEnum):
    """The forms a draft can be written in."""

    MD = "md"


def draft(
    cycle: Annotated[str, typer.Argument(metavar="CYCLE", help="The report to draft: a folder in reports/.")],
    language: Annotated[
        str | None,
        typer.Option(
            "--language",
            "-l",
            metavar="CODE",
            help="Language of the draft; by default the first of the report's.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[DraftFormat, typer.Option("--format", "-f", help="The form of the draft.")] = DraftFormat.MD,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write it, - for standard output; by default in reports/CYCLE/drafts/.",
            show_default=False,
        ),
    ] = None,
    template: Annotated[
        str, typer.Option("--template", "-t", metavar="NAME", help="A template of templates/.")
    ] = "report.md.j2",
    clean: Annotated[bool, typer.Option("--clean", help="Without drafting notes and internal entries.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a draft that is there.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Draft a report from its brief and evidence.

    \b
    tracker draft 2013-ccpcj-22                        in its first language, into its drafts/
    tracker draft 2013-ccpcj-22 -l en --output -       to read at once
    tracker draft 2013-ccpcj-22 -l zh --clean          ready to submit
    """
    if output and output.suffix.lower() in _NOT_TEXT:
        raise Stop(f"a draft is text, not {output.suffix}", "write it as .md")
    ws = open_workspace(workspace, cycle)
    name = known_report(ws, cycle)
    code = language or ws.cycles[name].brief.languages[0]
    lang = chosen_language(code)
    from tracker.draft.report import report_view
    from tracker.draft.templates import DraftError, render

    view = report_view(ws, name, code, clean=clean)
    try:
        text = render(view, template, ws.root)
    except DraftError as error:
        raise Stop(str(error)) from None
    from tracker.cli.output import emit

    path = output or ws.root / "reports" / name / "drafts" / f"{name}.{code}{'.clean' if clean else ''}.{form}"
    emit(text, path, force=force)
    if str(path) != "-":
        note(view.length.statement)
    if not lang.verified:
        note(f"the words of the report form in {lang.name} have not been reviewed yet: read them with care")
    note_unresolved([(found.ref, found.text) for found in view.unresolved])
    if view.unprinted:
        note(f"printed by no paragraph: {', '.join(view.unprinted)}")
    if view.missing:
        texts = "1 text is" if view.missing == 1 else f"{view.missing} texts are"
        note(f"{texts} missing in {lang.name}: look for [ in the draft")
