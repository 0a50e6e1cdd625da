"""`tracker import`: documents that an office holds become YAML for a person to finish."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.common import ForceOption, Stop, WorkspaceOption, note, workspace_root

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.intake.lines import Doubt
    from tracker.intake.source import Source

app = typer.Typer(rich_markup_mode=None, help="Turn a resolution or a report into YAML to finish.")

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
    workspace: WorkspaceOption = None,
) -> None:
    """Read a resolution into mandates/ID.yaml, and list what a person should look at.

    \b
    tracker import resolution A_RES_66_177.docx
    tracker import resolution draft.pdf --id ga-66-177 --language zh
    tracker import resolution A_RES_66_177.html --output -
    """
    from tracker.cli.output import emit
    from tracker.intake.resolution import import_resolution
    from tracker.intake.rules import rules
    from tracker.intake.source import Unreadable
    from tracker.render.mandate import mandate_yaml

    if name is not None:
        _refuse_id(name)
    try:
        source = _read(file)
        found = import_resolution(source, mandate_id=name or "", code=language)
    except Unreadable as error:
        raise Stop(str(error), error.hint) from None
    chosen = rules(found.language)
    text = mandate_yaml(found.mandate, file.name, chosen.data["asking"] if chosen else ())
    if output is None:
        if not found.mandate.id:
            raise Stop(f"{file.name} does not say which resolution it is", "say it with --id, as in --id ga-66-177")
        output = workspace_root(workspace) / "mandates" / f"{found.mandate.id}.yaml"
    emit(text, output, force=force)
    _tell(found.doubts, found.left_out)
    count = len(found.mandate.paragraphs)
    note(f"{count} paragraphs at the top level; {_counted(len(found.doubts), 'doubt')}")


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


def _counted(count: int, word: str) -> str:
    return f"{count or 'no'} {word}{'' if count == 1 else 's'}"
