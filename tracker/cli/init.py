"""`tracker init`: a new workspace with an example to replace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.common import Stop, note


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="Where; by default here.", show_default=False)
    ] = Path(),
) -> None:
    """Begin a workspace, with an example.

    Folders, a README, and a small invented mandate, report and entry that work at once.

    \b
    tracker init my-mandates
    """
    from tracker.cli.writing import write_file
    from tracker.draft.templates import built_in
    from tracker.render.schema import NAMES, schema_text

    example = built_in("example")
    files = {path.relative_to(example): path.read_bytes() for path in sorted(example.rglob("*")) if path.is_file()}
    files |= {Path("schemas") / f"{name}.json": schema_text(name) for name in NAMES}
    taken = [path for path in ("mandates", "reports", *map(str, files)) if (folder / path).exists()]
    if taken:
        raise Stop(f"{folder / taken[0]} is there already", "begin in an empty folder: tracker init DIR")
    for path, data in files.items():
        write_file(folder / path, data)
    where = "" if folder == Path() else f"cd {folder} && "
    note(f"A workspace with an example to replace. Next: {where}tracker")
