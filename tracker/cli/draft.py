"""`tracker draft`: the report of a cycle."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.common import (
    Stop,
    WorkspaceOption,
    chosen_language,
    known_report,
    note,
    note_each,
    open_workspace,
)
from tracker.cli.seen import on_unresolved

if TYPE_CHECKING:
    from tracker.draft.view import View
    from tracker.load.workspace import Workspace

_NOT_A_DRAFT = (".doc", ".docm", ".dotx", ".odt", ".pdf", ".rtf", ".xlsx")
_STYLES = "report.docx"


class DraftFormat(StrEnum):
    """The forms a draft can be written in."""

    MD = "md"
    DOCX = "docx"


class Annex(StrEnum):
    """What a Word file can have as its annex."""

    MATRIX = "matrix"


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
    form: Annotated[
        DraftFormat | None,
        typer.Option("--format", "-f", help="Markdown, or a Word file; by default md.", show_default=False),
    ] = None,
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
    clean: Annotated[
        bool, typer.Option("--clean", help="Without drafting notes, comments and internal entries.")
    ] = False,
    annex: Annotated[
        Annex | None,
        typer.Option("--annex", help="Of a Word file: the coverage in the Secretariat's columns.", show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a draft that is there.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Draft a report from its brief and evidence.

    \b
    tracker draft 2013-ccpcj-22                        in its first language, into its drafts/
    tracker draft 2013-ccpcj-22 -l en --output -       to read at once
    tracker draft 2013-ccpcj-22 -l zh --clean          ready to submit
    tracker draft 2013-ccpcj-22 --format docx          in Word, with comments on where each paragraph comes from
    """
    form = _form(form, output)
    if annex and form is not DraftFormat.DOCX:
        raise Stop("--annex is for a Word file", "add --format docx; tracker matrix --format md prints the table alone")
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

    made = _in_word(ws, view, text, annex=annex is not None) if form is DraftFormat.DOCX else text
    path = output or ws.root / "reports" / name / "drafts" / f"{name}.{code}{'.clean' if clean else ''}.{form}"
    emit(made, path, force=force)
    if str(path) != "-":
        note(view.length.statement)
    if not lang.verified:
        note(f"the words of the report form in {lang.name} have not been reviewed yet: read them with care")
    note_each(on_unresolved([(found.ref, found.text) for found in view.unresolved]))
    if view.unprinted:
        note(f"printed by no paragraph: {', '.join(view.unprinted)}")
    if view.missing:
        texts = "1 text is" if view.missing == 1 else f"{view.missing} texts are"
        note(f"{texts} missing in {lang.name}: look for [ in the draft")


def _form(form: DraftFormat | None, output: Path | None) -> DraftFormat:
    """Return the form asked for, or the one that the name of the file says."""
    suffix = output.suffix.lower() if output else ""
    if suffix in _NOT_A_DRAFT:
        raise Stop(f"a draft is Markdown or a Word file, not {suffix}", "write it as .md or .docx")
    if form is DraftFormat.MD and suffix == ".docx":
        raise Stop("a .docx file cannot hold Markdown", "leave out --format md, or write it as .md")
    if form is DraftFormat.DOCX and suffix not in ("", ".docx"):
        raise Stop(f"a {suffix} file cannot hold a Word file", "leave out --format docx, or write it as .docx")
    chosen = form or (DraftFormat.DOCX if suffix == ".docx" else DraftFormat.MD)
    if chosen is DraftFormat.DOCX and str(output) == "-" and sys.stdout.isatty():
        raise Stop("a Word file is not for the terminal", "leave out --output -, or name a file")
    return chosen


def _in_word(ws: Workspace, view: View, text: str, *, annex: bool) -> bytes:
    from tracker.cover.matrix import cover
    from tracker.cover.scope import scope_of
    from tracker.draft.templates import DraftError, built_in
    from tracker.render.docx.base import WordError
    from tracker.render.docx.document import Job, word_file

    own = ws.root / "templates" / _STYLES
    if not own.resolve().is_relative_to(ws.root.resolve()):
        raise Stop(f"templates/{_STYLES} is a link that leads out of the workspace", "put the file itself there")
    try:
        styles = (own if own.is_file() else built_in(_STYLES)).read_bytes()
        coverage = cover(ws, scope_of(ws, view.report))
        brief = ws.cycles[view.report].brief
        job = Job(view=view, markdown=text, brief=brief, coverage=coverage, base=styles, annex=annex)
        return word_file(job)
    except DraftError as error:
        raise Stop(str(error)) from None
    except WordError as error:
        raise Stop(str(error), f"mend templates/{_STYLES} in Word; without it the built-in one is used") from None
