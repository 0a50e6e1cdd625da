"""`tracker init`: a new workspace with an example to replace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.common import LanguageOption, Stop, WorkspaceOption, chosen_language, note


def init(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Where; by default here.", show_default=False)
    ] = None,
    workspace: WorkspaceOption = None,
    language: LanguageOption = "en",
) -> None:
    """Begin a workspace, with an example.

    Folders, a README, and a small invented mandate, report and entry that work at once.

    \b
    tracker init my-mandates
    """
    if chosen_language(language).code not in ("en", "zh"):
        note("the example speaks English and Chinese only")
    where = folder or workspace or Path()
    from tracker.cli.output import write_file

    files = _files(language)
    taken = [folder for folder in ("mandates", "reports", "schemas") if (where / folder).exists()]
    if taken:
        raise Stop(f"{where / taken[0]} is there already", "begin in another folder: tracker init DIR")
    for path, data in files.items():
        # A README that is there already is somebody's own.
        if not (where / path).exists():
            write_file(where / path, data)
    note("A workspace with an example to replace. Next:")
    if where != Path():
        note(f'  cd "{where}"')
    note("  tracker")


def _files(language: str) -> dict[Path, bytes]:
    from tracker.draft.templates import built_in
    from tracker.render.schema import NAMES, schema_text

    example = built_in("example")
    files = {path.relative_to(example): path.read_bytes() for path in sorted(example.rglob("*")) if path.is_file()}
    if language == "zh":
        # The example speaks both; the first language of a report is the one it is drafted in.
        files = {path: data.replace(b"languages: [en, zh]", b"languages: [zh, en]") for path, data in files.items()}
    return files | {Path("schemas") / f"{name}.json": schema_text(name) for name in NAMES}
