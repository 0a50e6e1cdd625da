"""`tracker` alone: where things stand in one screen, and what to type next."""

from __future__ import annotations

from pathlib import Path

import typer

from tracker.cli.common import chosen_language, finish, read_workspace
from tracker.cli.output import print_rich


def overview(context: typer.Context, workspace: Path | None, language: str) -> None:
    """Show where things stand in a workspace; elsewhere, help."""
    from tracker.load.folder import find_root

    if workspace is None and find_root(Path.cwd().resolve()) is None:
        typer.echo(context.get_help())
        finish(0)
    lang = chosen_language(language)
    ws = read_workspace(workspace)
    from tracker.render.overview import overview_page

    print_rich(overview_page(ws, lang))
