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
    short,
    workspace_root,
)
from tracker.cli.editing import NOTHING, DryRunOption, carry_out, reasons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.intake.lines import Doubt
    from tracker.intake.report import ImportedReport
    from tracker.intake.resolution import ImportedResolution
    from tracker.intake.source import Source

app = typer.Typer(rich_markup_mode=None, help="Turn a resolution, a report or a filled workbook into YAML to finish.")

_FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A text, .docx, .pdf or HTML file.")]
_TextLanguageOption = Annotated[
    str | None,
    typer.Option(
        "--language", "-l", metavar="CODE", help="The language of the text; by default found out.", show_default=False
    ),
]


@app.command("resolution")
def resolution(
    file: _FileArgument,
    name: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Organ and number, as ga-66-177.", show_default=False)
    ] = None,
    language: _TextLanguageOption = None,
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
    from tracker.intake.source import Unreadable
    from tracker.render.mandate import mandate_yaml

    if name is not None:
        _refuse_id(name)
    if into is not None and (output is not None or force):
        raise Stop("--into adds to the file of the mandate where it is", "leave out --output and --force")
    if into is None and dry_run:
        raise Stop("--dry-run goes with --into", "to see what is read and write nothing, give --output -")
    try:
        source = _read(file)
        found = import_resolution(source, mandate_id=name or "", code=language)
    except Unreadable as error:
        raise Stop(str(error), error.hint) from None
    if into is not None:
        _add_into(into, found, source, workspace, dry_run=dry_run)
        return
    chosen = rules(found.language)
    text = mandate_yaml(found.mandate, file.name, chosen.data["asking"] if chosen else ())
    if output is None:
        if not found.mandate.id:
            raise Stop(f"{file.name} does not say which resolution it is", "say it with --id, as in --id ga-66-177")
        output = workspace_root(workspace) / "mandates" / f"{found.mandate.id}.yaml"
    emit(text, output, force=force)
    _tell(found.doubts, found.left_out)
    count = len(found.mandate.paragraphs)
    note(f"{_counted(count, 'paragraph')} at the top level; {_counted(len(found.doubts), 'doubt')}")


def _add_into(into: str, found: ImportedResolution, source: Source, workspace: Path | None, *, dry_run: bool) -> None:
    """Add the texts that were read to a mandate, and say what did not fit."""
    from tracker.edit.languages import add_language

    ws = read_workspace(workspace)
    with reasons():
        added = add_language(ws, into, found, source)
    if added.change:
        carry_out(ws.root, added.change, dry_run=dry_run, brief=True)
    else:
        note(NOTHING)
    doubts = sorted((*found.doubts, *added.doubts))
    _tell(doubts, (*found.left_out, *added.left_out))
    paired = f"{added.paired} of {added.here} paragraphs paired with the {added.there} in {source.name}"
    texts = f"{_counted(added.texts, 'text')} in {found.language} {'to add' if dry_run else 'added'}"
    note(f"{paired}; {texts}, {_counted(len(doubts), 'doubt')}")


@app.command("report")
def report(
    file: _FileArgument,
    cycle: Annotated[str, typer.Option("--cycle", metavar="CYCLE", help="Year, body and session, as 2016-cnd-59.")],
    language: _TextLanguageOption = None,
    document: Annotated[
        str | None,
        typer.Option(metavar="KEY", help="Its key in reports/documents.yaml; by default made of its symbol."),
    ] = None,
    force: ForceOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Read an earlier report into a brief and an entry for each of its paragraphs.

    Which paragraphs of a resolution an entry answers, it leaves to you; remarks name the likeliest.

    \b
    tracker import report ED_report.docx --cycle 2016-cnd-59
    """
    from tracker.cover.suggest import index_of
    from tracker.intake.report import import_report
    from tracker.intake.source import Unreadable
    from tracker.render.cycle import as_files, cited_mandates

    _refuse_cycle(cycle)
    ws = open_workspace(workspace)
    try:
        found = import_report(_read(file), cycle, language)
    except Unreadable as error:
        raise Stop(str(error), error.hint) from None
    key = document or document_key(found.masthead.symbol, cycle)
    cited = cited_mandates(found, list(ws.mandates)) or list(ws.mandates)
    files = as_files(found, key, list(ws.mandates), index_of(ws, cited, found.language))
    _write_cycle(ws.root, files, force=force)
    if key not in ws.documents:
        _add_document(ws.root, key, found)
    _tell(found.doubts, found.left_out)
    paragraphs = len(list(found.bodies))
    entries = _counted(len(found.entries), "entry", "entries")
    note(f"{paragraphs} paragraphs, {entries}; {_counted(len(found.doubts), 'doubt')}")


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
        receive(file, open_workspace(workspace), (cycle, respondent, day), dry_run=dry_run)


def document_key(symbol: str, cycle: str) -> str:
    """Return the key of a source: its symbol in small letters, or the report's name where it has none."""
    import re

    return "-".join(re.findall(r"[a-z0-9]+", symbol.lower())) or f"report-{cycle}"


def _refuse_cycle(cycle: str) -> None:
    from tracker.refs import ID

    if not ID.fullmatch(cycle):
        raise Stop(f"{cycle} cannot be the name of a report", "small letters, digits and hyphens, as 2016-cnd-59")


def _write_cycle(root: Path, files: dict[str, str], *, force: bool) -> None:
    """Write the files of a cycle, the brief last: without it the rest is not yet a report."""
    from tracker.cli.output import write_file

    there = [name for name in files if (root / name).exists()]
    if there and not force:
        raise Stop(f"{there[0]} is there already", "choose another --cycle, or write over it with --force")
    for name in reversed(files):
        write_file(root / name, files[name].encode("utf-8"), force=force)
    for name in files:
        note(short(root / name))


def _add_document(root: Path, key: str, found: ImportedReport) -> None:
    from tracker.edit.documents import with_document

    head = found.masthead
    fields = {
        **({"title": {found.language: head.title}} if head.title else {}),
        **({"symbol": head.symbol} if head.symbol else {}),
        **({"date": head.date} if head.date else {}),
        "languages": [found.language],
    }
    with reasons():
        carry_out(root, with_document(root, key, fields), dry_run=False, brief=True)


def _read(file: Path) -> Source:
    from tracker.intake.source import read

    return read(file)


def _refuse_id(name: str) -> None:
    from tracker.refs import ID, is_mandate_id

    if not ID.fullmatch(name) or not is_mandate_id(name):
        raise Stop(f"{name} cannot be the id of a mandate", "put the organ first, as in ga-66-177 or cnd-51-7")


def _tell(doubts: Iterable[Doubt], left_out: Iterable[Doubt]) -> None:
    """List doubts and what was left out, each with its line in the source."""
    for mark, items in (("W", doubts), ("N", left_out)):
        for item in items:
            where = f"line {item.line}: " if item.line else ""
            note(f"{mark}: {where}{item.message}")


def _counted(count: int, word: str, more: str = "") -> str:
    return f"{count or 'no'} {word if count == 1 else more or word + 's'}"
