"""`tracker new`: a commented skeleton in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.common import (
    Stop,
    WorkspaceOption,
    chosen_language,
    chosen_report,
    known_report,
    note,
    read_workspace,
    refuse_faults,
    short,
)
from tracker.cli.editing import alone

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.load.workspace import Workspace

app = typer.Typer(rich_markup_mode=None, help="Begin a mandate, a report or an entry.")

_LanguageOption = Annotated[
    str | None,
    typer.Option("--language", "-l", metavar="CODE", help="The language its texts begin in.", show_default=False),
]


@app.command("mandate")
def mandate(
    name: Annotated[str, typer.Argument(metavar="ID", help="Organ and number, as ga-66-177.")],
    language: _LanguageOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Begin a mandate.

    \b
    tracker new mandate ga-66-177
    """
    from tracker.refs import is_mandate_id

    with alone(workspace):
        ws = _workspace_for(workspace, name, language)
        if not is_mandate_id(name):
            hint = "put the organ first, as in ga-66-177 or cnd-51-7"
            raise Stop(f"{name} does not say whose resolution it is", hint)
        organ, _, rest = name.partition("-")
        symbol = f"A/RES/{rest.replace('-', '/')}" if organ == "ga" and rest.count("-") == 1 else ""
        _write(ws, ws.root / "mandates" / f"{name}.yaml", "mandate", {"id": name, "symbol": symbol}, language)


@app.command("report")
def report(
    name: Annotated[str, typer.Argument(metavar="CYCLE", help="Year, body and session, as 2014-ccpcj-23.")],
    after: Annotated[
        str | None, typer.Option("--after", metavar="PREVIOUS", help="The report it follows.", show_default=False)
    ] = None,
    language: _LanguageOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Begin a report, with --after as the one that follows another.

    The next report takes over the mandates and headings of the one before, and asks about every
    announcement that nothing follows and every ongoing action.

    \b
    tracker new report 2014-ccpcj-23 --after 2013-ccpcj-22
    """
    from tracker.render.skeleton import cycle_parts, next_brief

    with alone(workspace):
        ws = _workspace_for(workspace, name, language)
        path = ws.root / "reports" / name / "report.yaml"
        previous = chosen_report(ws, after)
        if previous:
            # What cannot be read cannot be asked about.
            refuse_faults(ws)
            _put(path, next_brief(ws, previous, name))
            return
        year, body, session = cycle_parts(name)
        mandates = ", ".join(ws.mandates)
        year = year or "2025"
        period = f"{year}-01-01/{year}-12-31"
        values = {"body": body, "session": session, "mandates": mandates, "period": period}
        _write(ws, path, "report", values, language)


@app.command("entry")
def entry(
    name: Annotated[str, typer.Argument(metavar="ID", help="A telling name, as mock-trial-senegal-2013.")],
    cycle: Annotated[str, typer.Option("--report", "-r", metavar="CYCLE", help="The report it is evidence for.")],
    language: _LanguageOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Begin a piece of evidence, in a file of its own.

    \b
    tracker new entry mock-trial-senegal-2013 --report 2014-ccpcj-23
    """
    with alone(workspace):
        ws = _workspace_for(workspace, name, language)
        report = known_report(ws, cycle)
        brief = ws.cycles[report].brief
        values = {"id": name, "entity": brief.entity.name, "example": next(iter(brief.mandates), "")}
        path = ws.root / "reports" / report / "evidence" / f"{name}.yaml"
        _write(ws, path, "entry", values, language or brief.languages[0])


def _workspace_for(workspace: Path | None, name: str, language: str | None) -> Workspace:
    from tracker.refs import DEVICES, ID

    if not ID.fullmatch(name):
        raise Stop(f"{name!r} cannot be an id", "use small letters, digits and single hyphens, as in ga-66-177")
    if name in DEVICES:
        raise Stop(f"{name} cannot be an id", "it names a device on Windows, where no file can have this name")
    ws = read_workspace(workspace)
    if language:
        chosen_language(language)
    if name in ws.origins:
        raise Stop(f"the id {name} is taken by {ws.place(name)}", "ids are unique in the whole workspace")
    return ws


def _write(ws: Workspace, path: Path, kind: str, values: dict[str, str], language: str | None) -> None:
    from tracker.draft.templates import built_in_text, render_text

    example = next(iter(ws.mandates), "ga-66-177")
    view: dict[str, object] = {"example": f"{example}:1", **values, "language": language or "en"}
    _put(path, render_text(built_in_text(f"new/{kind}.yaml.j2"), f"{kind}.yaml", view))


def _put(path: Path, text: str) -> None:
    from tracker.cli.writing import write_file

    if path.exists():
        raise Stop(f"{short(path)} is there already", "choose another id, or move the file away")
    write_file(path, text.encode("utf-8"))
    note(short(path))
