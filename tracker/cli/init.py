"""`tracker init`: a new workspace with an example to replace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.common import LanguageOption, Stop, WorkspaceOption, chosen_language, note, real


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
    from tracker.cli.alone import alone_in
    from tracker.cli.writing import write_files

    files = _files(language)
    with alone_in(next(one for one in (real(where), *real(where).parents) if one.exists())):
        _refuse_taken(where, files)
        # A README that is there already is somebody's own.
        missing = {where / path: data for path, data in files.items() if not (where / path).exists()}
        write_files(missing.items(), len(missing))
    note("A workspace with an example to replace. Next:")
    if where != Path():
        note(f'  cd "{where}"')
    note("  tracker")


def _refuse_taken(where: Path, files: dict[Path, bytes]) -> None:
    """Stop where there are folders of a workspace, unless an interrupted `tracker init` began them and no one else."""
    from tracker.cli.writing import is_unfinished

    taken = [where / folder for folder in ("mandates", "reports", "schemas") if (where / folder).exists()]
    held = [path for folder in taken for path in folder.rglob("*") if not path.is_dir() and not is_unfinished(path)]
    there = {path.relative_to(where) for path in held}
    as_begun = all(path in files and (where / path).read_bytes() == files[path] for path in there)
    if taken and (there >= files.keys() - {Path("README.md")} or not as_begun):
        raise Stop(f"{taken[0]} is there already", "begin in another folder: tracker init DIR")


def _files(language: str) -> dict[Path, bytes]:
    from tracker.draft.templates import built_in
    from tracker.render.schema import NAMES, schema_text

    example = built_in("example")
    files = {path.relative_to(example): path.read_bytes() for path in sorted(example.rglob("*")) if path.is_file()}
    if language == "zh":
        # The example speaks both; the first language of a report is the one it is drafted in.
        files = {path: data.replace(b"languages: [en, zh]", b"languages: [zh, en]") for path, data in files.items()}
    return files | {Path("schemas") / f"{name}.json": schema_text(name) for name in NAMES}
