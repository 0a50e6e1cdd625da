"""`tracker schema`: JSON Schemas for editors."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from tracker.cli.common import (
    FixedLanguageOption,
    WorkspaceOption,
    chosen_language,
    note,
    short,
    workspace_root,
)
from tracker.cli.output import print_bytes


class SchemaName(StrEnum):
    """The kinds of file there is a schema for."""

    MANDATE = "mandate"
    REPORT = "report"
    ENTRIES = "entries"
    DOCUMENTS = "documents"


def schema(
    name: Annotated[
        SchemaName | None, typer.Argument(metavar="[mandate|report|entries|documents]", show_default=False)
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Write into schemas/ of the workspace.")] = False,
    workspace: WorkspaceOption = None,
    language: FixedLanguageOption = "en",
) -> None:
    """JSON Schemas for your editor.

    Print one, or write all of them where the first lines of the files point.

    \b
    tracker schema mandate
    tracker schema --write
    """
    chosen_language(language)
    from tracker.render.schema import NAMES, schema_text

    chosen = [name.value] if name else list(NAMES)
    if write:
        from tracker.cli.writing import write_files

        folder = workspace_root(workspace) / "schemas"
        files = {folder / f"{one}.json": schema_text(one) for one in chosen}
        # Schemas are made by this command alone, so a newer one replaces the older.
        write_files(files.items(), len(files), force=True)
        for path in files:
            note(short(path))
    elif name:
        print_bytes(schema_text(name.value))
    else:
        import msgspec

        everything = {one: msgspec.Raw(schema_text(one)) for one in chosen}
        print_bytes(msgspec.json.format(msgspec.json.encode(everything), indent=2) + b"\n")
