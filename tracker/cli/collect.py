"""`tracker collect`: a workbook to fill in for each respondent of a report's consultation."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.common import ForceOption, Stop, WorkspaceOption, chosen_language, known_report, note, short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tracker.load.workspace import Workspace
    from tracker.model import Respondent

_MANY = 5


def collect(
    report: Annotated[str, typer.Argument(metavar="CYCLE", help="The report that information is asked for.")],
    respondents: Annotated[
        list[str] | None,
        typer.Option(
            "--respondent",
            metavar="NAME",
            help="Only this one, more than once for several; by default all of the brief.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="The folder; by default collect/ beside the brief.",
            show_default=False,
        ),
    ] = None,
    force: ForceOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Write a workbook to fill in for each respondent, in its language.

    \b
    tracker collect 2010-cnd-53
    tracker collect 2010-cnd-53 --respondent BLR --output for-belarus
    """
    from tracker.cli.common import open_workspace
    from tracker.cli.writing import write_files
    from tracker.cover.scope import scope_of
    from tracker.edit.reply_rows import slug_of
    from tracker.render.collection import Form, reply_workbook

    ws = open_workspace(workspace, report)
    report = known_report(ws, report)
    brief = ws.cycles[report].brief
    chosen = chosen_respondents(ws, report, respondents)
    languages = {one.name: chosen_language(one.language or brief.languages[0]) for one in chosen}
    folder = output or ws.root / "reports" / report / "collect"
    if folder.exists() and not folder.is_dir():
        raise Stop(f"{short(folder)} is a file", "name a folder with --output")
    paths = {one.name: folder / f"{report}-{slug_of(one.name)}.xlsx" for one in chosen}
    scope = scope_of(ws, report)

    def made(name: str) -> bytes:
        return reply_workbook(ws, scope, Form(brief, name, languages[name]))

    if not force:
        _refuse_taken(paths, made)
    missing = [one for one in chosen if force or not paths[one.name].exists()]
    write_files(((paths[one.name], made(one.name)) for one in _with_progress(missing)), len(missing), force=force)
    for path in paths.values():
        note(short(path))


def _refuse_taken(paths: dict[str, Path], made: Callable[[str], bytes]) -> None:
    """Stop where workbooks are there, unless they are what an interrupted `tracker collect` has written of these."""
    there = [name for name, path in paths.items() if path.exists()]
    if len(there) < len(paths):
        there = [name for name in there if not paths[name].is_file() or paths[name].read_bytes() != made(name)]
    if there:
        taken = short(paths[there[0]])
        raise Stop(f"{taken} is there already", "write elsewhere with --output, or over it with --force")


def chosen_respondents(ws: Workspace, report: str, names: Sequence[str] | None) -> list[Respondent]:
    """Return the respondents of a brief, or those of them that are named; stop when there is none."""
    from tracker.problems import did_you_mean

    consultation = ws.cycles[report].brief.consultation
    known = {one.name: one for one in consultation.respondents} if consultation else {}
    if not known:
        hint = "name them in its brief, as consultation: {respondents: [{name: KEN, language: en}]}"
        raise Stop(f"{report} has no respondents", hint)
    by_lower = {name.lower(): name for name in known}
    for name in names or ():
        if name.lower() not in by_lower:
            raise Stop(
                f"{name} is no respondent of {report}", did_you_mean(name, known) or f"it has {', '.join(known)}"
            )
    chosen = dict.fromkeys(by_lower[name.lower()] for name in names) if names else known
    _refuse_same_file(chosen)
    return [known[name] for name in chosen]


def _refuse_same_file(names: Iterable[str]) -> None:
    from tracker.edit.reply_rows import slug_of

    seen: dict[str, str] = {}
    for name in names:
        slug = slug_of(name)
        if not slug:
            raise Stop(f"{name} is no name for a respondent", "write a State's code or an organisation, as unodc/gpml")
        if slug in seen:
            raise Stop(f"{seen[slug]} and {name} would have the same file", "give one of the two another name")
        seen[slug] = name


def _with_progress(chosen: Sequence[Respondent]) -> Iterable[Respondent]:
    """Show how far it is where there are many, and a person sits before it."""
    if len(chosen) < _MANY or not sys.stderr.isatty():
        return chosen
    from rich.console import Console
    from rich.progress import track

    return track(chosen, "Writing", console=Console(stderr=True), transient=True)
