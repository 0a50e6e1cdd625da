"""The command `tracker`: assembles the commands and turns every stop into a message and an exit code."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from tracker import __version__
from tracker.cli.commands import Commands
from tracker.cli.common import CANNOT_RUN, LanguageOption, Stop, WorkspaceOption, note

app = typer.Typer(
    name="tracker",
    cls=Commands,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


def _typed(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


@app.callback(invoke_without_command=True)
def tracker(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    language: LanguageOption = "en",
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Say which paragraphs of a resolution have no reported action, and draft the next report on it.

    \b
    tracker                                    where things stand
    tracker gaps --report 2013-ccpcj-22        what has no reported action
    tracker draft 2013-ccpcj-22 --language zh  the report, from the evidence
    tracker init my-mandates                   a new workspace
    """
    if context.invoked_subcommand is None:
        from tracker.cli.overview import overview

        overview(context, workspace, language)
        return
    # `tracker -l zh gaps` means the same as `tracker gaps -l zh`.
    given = {name: value for name, value in (("workspace", workspace), ("language", language)) if _typed(context, name)}
    if "language" in given:
        os.environ.pop("TRACKER_LANGUAGE", None)
    below = getattr(context.command, "commands", {})[context.invoked_subcommand]
    # A group hands them to the command below it.
    inner = dict.fromkeys(getattr(below, "commands", {}), given) or given
    context.default_map = {context.invoked_subcommand: inner}


def main() -> None:
    """Run the command; exit 0 when fine, 1 with findings, 2 when it cannot run."""
    if sys.stdout is None:
        note("tracker: there is nowhere to print to: standard output is closed")
        sys.exit(CANNOT_RUN)
    try:
        app()
    except Stop as stop:
        note(f"tracker: {stop}" + (f"\n  {stop.hint}" if stop.hint else ""))
        sys.exit(CANNOT_RUN)
    except OSError as error:
        note(f"tracker: {error.filename or 'what is printed'}: {error.strerror or error}")
        sys.exit(CANNOT_RUN)
