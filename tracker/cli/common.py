"""What all commands share: their common options, how they find the workspace, how they print and stop."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from tracker.cli.cache import Reading, store_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.lang import Language
    from tracker.load.store import Store
    from tracker.load.workspace import Workspace

FINDINGS, CANNOT_RUN = 1, 2
FIRST_ROWS, FIRST_FAULTS = 50, 5

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace", "-w", metavar="DIR", help="The workspace; by default the one you stand in.", show_default=False
    ),
]
LanguageOption = Annotated[
    str,
    typer.Option(
        "--language", "-l", metavar="CODE", envvar="TRACKER_LANGUAGE", help="Language of what is printed: en, zh…"
    ),
]
FixedLanguageOption = Annotated[
    str,
    typer.Option("--language", "-l", metavar="CODE", help="Accepted; this prints English only."),
]
MandatesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[MANDATE]...", help="Mandates, by id or symbol.", show_default=False)
]
ReportOption = Annotated[
    str | None,
    typer.Option(
        "--report", "-r", metavar="CYCLE", help="See it from this report; by default from all.", show_default=False
    ),
]
EntityOption = Annotated[
    str | None,
    typer.Option(
        "--entity", metavar="NAME", help="Whose requests are ours; by default the report's.", show_default=False
    ),
]


class TableFormat(StrEnum):
    """The forms a table can be printed in."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"


FormatOption = Annotated[TableFormat, typer.Option("--format", "-f", help="The form of what is printed.")]
AllOption = Annotated[bool, typer.Option("--all", help=f"Every row, not only the first {FIRST_ROWS}.")]


OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write it to a file, as UTF-8.", show_default=False),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


class Stop(Exception):  # noqa: N818
    """The command cannot go on; the message says why and the hint what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def open_workspace(chosen: Path | None, report: str | None = None, store: Store | None = None) -> Workspace:
    """Read the workspace as a report sees it; stop when there is none or a file holds no records."""
    from tracker.cover.scope import scope_of
    from tracker.load.files import load

    def seen(ws: Workspace) -> tuple[str, ...]:
        if ws.problems and report and report.lower() not in ws.cycles:
            # A brief that cannot be read is told as such, not as a report that there is not.
            return ()
        scope = scope_of(ws, chosen_report(ws, report))
        return scope.earlier + scope.current

    root = workspace_root(chosen)
    ws = load(root, seen, store or store_for(root), Reading())
    refuse_faults(ws)
    return ws


def refuse_faults(ws: Workspace) -> None:
    """Stop when a file holds no records, or a report no time: an answer would leave something out."""
    from tracker.dates import parse_date

    timeless = [name for name, cycle in ws.cycles.items() if parse_date(cycle.brief.period) is None]
    if timeless:
        hint = "tracker check says where, and how to write it"
        raise Stop(f"the period of {', '.join(timeless)} is no time: which reports are earlier cannot be told", hint)
    if ws.problems:
        from tracker.render.problems import as_text

        count = len(ws.problems)
        listing = as_text(sorted(ws.problems)[:20])
        what = "1 problem stands" if count == 1 else f"{count} problems stand"
        raise Stop(
            f"{listing}{what} in the way of a right answer", "mend the files named above; tracker check lists all"
        )


def read_workspace(chosen: Path | None, store: Store | None = None) -> Workspace:
    """Read the workspace with whatever problems it has; stop when there is none."""
    from tracker.load.files import load

    root = workspace_root(chosen)
    return load(root, store=store or store_for(root), told=Reading())


def workspace_root(chosen: Path | None) -> Path:
    """Return the folder of the workspace; stop when there is none."""
    from tracker.load.folder import find_root

    if chosen is not None and not chosen.is_dir():
        raise Stop(f"there is no folder {chosen}")
    root = find_root((chosen or Path.cwd()).resolve())
    if root is None or (chosen is not None and root != chosen.resolve()):
        where = chosen or "this folder"
        hint = "go to one, name it with --workspace DIR, or begin one: tracker init my-mandates"
        raise Stop(f"{where} is not a workspace: it has no folders mandates/ and reports/", hint)
    return root


def chosen_language(code: str) -> Language:
    """Return a language's words; stop when there is no file for it."""
    from tracker.lang import language

    refuse_language(code)
    return language(code)


def refuse_language(code: str) -> None:
    """Stop when there is no file for a language."""
    from tracker.lang import codes

    if code not in codes():
        raise Stop(f"there is no language {code!r}", f"there are {', '.join(codes())}")


def chosen_report(ws: Workspace, name: str | None) -> str | None:
    """Return the id of the cycle named, if one is; stop when there is no such cycle."""
    return None if name is None else known_report(ws, name)


def known_report(ws: Workspace, name: str) -> str:
    """Return the id of the cycle named; stop when there is no such cycle."""
    if name.lower() in ws.cycles:
        return name.lower()
    from tracker.problems import did_you_mean

    hint = did_you_mean(name, ws.cycles) or f"there are {', '.join(ws.cycles) or 'none yet'}"
    if ws.problems:
        hint = "a file could not be read, perhaps its brief: tracker check"
    raise Stop(f"there is no report {name}", hint)


def chosen_mandates(ws: Workspace, names: list[str] | None) -> list[str]:
    """Return the ids of the mandates named by id or symbol; stop when one is unknown."""
    chosen = []
    for name in names or ():
        found = ws.by_symbol(name)
        if found not in ws.mandates:
            from tracker.load.resolve import Unresolved, resolve

            target = resolve(ws, name.lower())
            hint = target.hint if isinstance(target, Unresolved) else f"for one paragraph: tracker show {name}"
            raise Stop(f"there is no mandate {name}", hint)
        chosen.append(found)
    return chosen


def note(text: str) -> None:
    """Say something beside the result, on standard error; what names of files hold cannot turn a terminal about."""
    from tracker.lang.characters import visible, without_controls

    typer.echo(visible(text) if sys.stderr.isatty() else without_controls(text), err=True)


def note_each(notes: Iterable[str]) -> None:
    """Say what stands beside a result, on standard error."""
    for line in notes:
        note(line)


def refuse_table_in_file(form: TableFormat, output: Path | None) -> None:
    """Stop when a terminal's table is asked for as a file."""
    if form is TableFormat.TABLE and output is not None:
        raise Stop("a table is for the terminal", "choose a form for the file: --format csv, md or json")


def real(path: Path) -> Path:
    """Return where a path leads; stop where that is in a circle."""
    try:
        return path.resolve()
    except RuntimeError:
        raise Stop(f"{path}: a link there leads to itself", "name the file or folder that is meant") from None


def short(path: Path) -> str:
    """Return a path as one would type it from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def finish(code: int) -> NoReturn:
    """End the command with an exit code."""
    raise typer.Exit(code)
