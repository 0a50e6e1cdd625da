"""`tracker import report`: an earlier report becomes a brief and evidence for a person to finish."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.common import ForceOption, Stop, WorkspaceOption, note, read_workspace, refuse_faults, short
from tracker.cli.editing import alone, carry_out, reasons
from tracker.cli.reading import FileArgument, TextLanguageOption, counted, refusals, tell

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.edit.change import Change
    from tracker.intake.report import ImportedReport
    from tracker.load.workspace import Workspace


def report(
    file: FileArgument,
    cycle: Annotated[str, typer.Option("--cycle", metavar="CYCLE", help="Year, body and session, as 2016-cnd-59.")],
    language: TextLanguageOption = None,
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
    from tracker.intake.source import read
    from tracker.render.cycle import as_files, cited_mandates

    _refuse_names(cycle, document)
    with refusals():
        found = import_report(read(file), cycle, language)
    key = document or document_key(found.masthead.symbol, cycle)
    with alone(workspace):
        ws = _workspace_for(workspace, cycle)
        cited = cited_mandates(found, list(ws.mandates)) or list(ws.mandates)
        files = as_files(found, key, list(ws.mandates), index_of(ws, cited, found.language))
        _refuse_what_is_there(ws.root, cycle, files, force=force)
        # Before the cycle: without a cycle a document does no harm, but entries may not cite one that is not there.
        if key not in ws.documents:
            carry_out(ws.root, _with_document(ws.root, key, found), dry_run=False, brief=True)
        _write_cycle(ws.root, cycle, files, force=force)
    tell(found.doubts, found.left_out)
    paragraphs = len(list(found.bodies))
    entries = counted(len(found.entries), "entry", "entries")
    note(f"{paragraphs} paragraphs, {entries}; {counted(len(found.doubts), 'doubt')}")


def document_key(symbol: str, cycle: str) -> str:
    """Return the key of a source: its symbol in small letters, or the report's name where it has none."""
    return "-".join(re.findall(r"[a-z0-9]+", symbol.lower())) or f"report-{cycle}"


def _workspace_for(chosen: Path | None, cycle: str) -> Workspace:
    """Read the workspace; what an interrupted import has left of this report is no reason to stop."""
    ws = read_workspace(chosen)
    ws.problems = [problem for problem in ws.problems if not problem.place.path.startswith(f"reports/{cycle}/")]
    refuse_faults(ws)
    return ws


def _refuse_names(cycle: str, document: str | None) -> None:
    from tracker.refs import ID

    if not ID.fullmatch(cycle):
        raise Stop(f"{cycle} cannot be the name of a report", "small letters, digits and hyphens, as 2016-cnd-59")
    if document is not None and not ID.fullmatch(document):
        raise Stop(f"{document} cannot be the key of a document", "small letters, digits and hyphens, as e-cn-7-2016-4")


def _refuse_what_is_there(root: Path, cycle: str, files: dict[str, str], *, force: bool) -> None:
    """Stop where a report is there already, or files of a longer one, whose entries would count with the new."""
    there = [name for name in files if (root / name).exists()]
    if there and not force and not _is_begun(root, there, files):
        raise Stop(f"{there[0]} is there already", "choose another --cycle, or write over it with --force")
    stale = [
        short(path)
        for path in sorted((root / "reports" / cycle / "evidence").glob("*.yaml"))
        if re.fullmatch(r"section-\d+|paragraphs", path.stem) and path.relative_to(root).as_posix() not in files
    ]
    if stale:
        raise Stop(
            f"these would stay of an earlier import, and their entries count beside the new ones: {', '.join(stale)}",
            "keep elsewhere what you need of them, delete them, and run the command again",
        )


def _is_begun(root: Path, there: list[str], files: dict[str, str]) -> bool:
    """Tell whether the files that are there are what an import of the same report wrote before it was interrupted."""
    return len(there) < len(files) and all((root / name).read_bytes() == files[name].encode("utf-8") for name in there)


def _write_cycle(root: Path, cycle: str, files: dict[str, str], *, force: bool) -> None:
    """Write a cycle all at once, or into its folder the brief last: without it the rest is not yet a report."""
    from tracker.cli.writing import write_files, write_folder

    folder = root / "reports" / cycle
    data = {name: text.encode("utf-8") for name, text in files.items()}
    # A folder is moved at once only where it is begun on the same disk.
    if not folder.exists() and (root / "reports").stat().st_dev == root.stat().st_dev:
        write_folder(folder, {name.removeprefix(f"reports/{cycle}/"): held for name, held in data.items()}, root)
    else:
        missing = [name for name in reversed(data) if force or not (root / name).exists()]
        write_files(((root / name, data[name]) for name in missing), len(missing), force=force)
    for name in files:
        note(short(root / name))


def _with_document(root: Path, key: str, found: ImportedReport) -> Change:
    from tracker.edit.documents import with_document

    head = found.masthead
    fields = {
        **({"title": {found.language: head.title}} if head.title else {}),
        **({"symbol": head.symbol} if head.symbol else {}),
        **({"date": head.date} if head.date else {}),
        "languages": [found.language],
    }
    with reasons():
        return with_document(root, key, fields)
