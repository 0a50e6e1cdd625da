"""`tracker import`: documents that an office holds become YAML for a person to finish."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.common import (
    ForceOption,
    Stop,
    WorkspaceOption,
    note,
    open_workspace,
    read_workspace,
    workspace_root,
)
from tracker.cli.editing import NOTHING, DryRunOption, alone, carry_out, reasons
from tracker.cli.importing_report import report
from tracker.cli.reading import FileArgument, TextLanguageOption, counted, refusals, tell

if TYPE_CHECKING:
    from tracker.intake.resolution import ImportedResolution
    from tracker.intake.source import Source

app = typer.Typer(rich_markup_mode=None, help="Turn a resolution, a report or a filled workbook into YAML to finish.")


@app.command("resolution")
def resolution(
    file: FileArgument,
    name: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Organ and number, as ga-66-177.", show_default=False)
    ] = None,
    language: TextLanguageOption = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write it there; - prints it.", show_default=False),
    ] = None,
    force: ForceOption = False,
    into: Annotated[
        str | None,
        typer.Option(metavar="MANDATE", help="Add its texts to this mandate instead.", show_default=False),
    ] = None,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Read a resolution into mandates/ID.yaml, and list what a person should look at.

    \b
    tracker import resolution A_RES_66_177.docx
    tracker import resolution draft.pdf --id ga-66-177 --language zh
    tracker import resolution A_RES_66_177.html --output -
    tracker import resolution A_RES_66_177_zh.docx --into ga-66-177 --dry-run
    """
    from tracker.cli.output import emit
    from tracker.intake.resolution import import_resolution
    from tracker.intake.rules import rules
    from tracker.intake.source import read
    from tracker.render.mandate import mandate_yaml

    if name is not None:
        _refuse_id(name)
    if into is not None and (output is not None or force):
        raise Stop("--into adds to the file of the mandate where it is", "leave out --output and --force")
    if into is None and dry_run:
        raise Stop("--dry-run goes with --into", "to see what is read and write nothing, give --output -")
    with refusals():
        source = read(file)
        found = import_resolution(source, mandate_id=name or "", code=language)
    if into is not None:
        _add_into(into, found, source, workspace, dry_run=dry_run)
        return
    chosen = rules(found.language)
    text = mandate_yaml(found.mandate, file.name, chosen.data["asking"] if chosen else ())
    if output is None:
        if not found.mandate.id:
            raise Stop(f"{file.name} does not say which resolution it is", "say it with --id, as in --id ga-66-177")
        output = workspace_root(workspace) / "mandates" / f"{found.mandate.id}.yaml"
    emit(text, output, force=force, becomes="mandates")
    tell(found.doubts, found.left_out)
    count = len(found.mandate.paragraphs)
    note(f"{counted(count, 'paragraph')} at the top level; {counted(len(found.doubts), 'doubt')}")


def _add_into(into: str, found: ImportedResolution, source: Source, workspace: Path | None, *, dry_run: bool) -> None:
    """Add the texts that were read to a mandate, and say what did not fit."""
    from tracker.edit.languages import add_language

    with alone(workspace):
        ws = read_workspace(workspace)
        with reasons():
            added = add_language(ws, into, found, source)
        if added.change:
            carry_out(ws.root, added.change, dry_run=dry_run, brief=True)
        else:
            note(NOTHING)
    doubts = sorted((*found.doubts, *added.doubts))
    tell(doubts, (*found.left_out, *added.left_out))
    paired = f"{added.paired} of {added.here} paragraphs paired with the {added.there} in {source.name}"
    texts = f"{counted(added.texts, 'text')} in {found.language} {'to add' if dry_run else 'added'}"
    note(f"{paired}; {texts}, {counted(len(doubts), 'doubt')}")


app.command("report")(report)


@app.command("workbook")
def workbook(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Filled workbooks (.xlsx).")],
    cycle: Annotated[
        str | None,
        typer.Option(metavar="CYCLE", help="The report it is for; by default what it says.", show_default=False),
    ] = None,
    respondent: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Whose reply it is; by default what it says.", show_default=False),
    ] = None,
    day: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help="The day it came in; by default today.", show_default=False),
    ] = None,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Read workbooks that respondents have filled in, and list what a person should look at.

    Each row becomes an entry. The same workbook a second time adds nothing; a corrected one changes what it
    corrects, but nothing that you have changed yourself.

    \b
    tracker import workbook 2010-cnd-53-blr.xlsx
    tracker import workbook 2010-cnd-53-blr.xlsx --date 2009-10-30 --dry-run
    """
    from tracker.cli.receiving import receive

    if len(files) > 1 and (cycle or respondent):
        raise Stop("--cycle and --respondent go with one workbook", "give the others by themselves")
    for file in files:
        with alone(workspace):
            receive(file, open_workspace(workspace), (cycle, respondent, day), dry_run=dry_run)


def _refuse_id(name: str) -> None:
    from tracker.refs import ID, is_mandate_id

    if not ID.fullmatch(name) or not is_mandate_id(name):
        raise Stop(f"{name} cannot be the id of a mandate", "put the organ first, as in ga-66-177 or cnd-51-7")
