"""`tracker check`: every problem in the workspace."""

from __future__ import annotations

import os
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.answers import kept_or_made
from tracker.cli.common import (
    FINDINGS,
    FixedLanguageOption,
    Stop,
    WorkspaceOption,
    finish,
    note,
    read_workspace,
    real,
    refuse_language,
    workspace_root,
)
from tracker.cli.output import print_bytes, print_text

if TYPE_CHECKING:
    from tracker.load.store import Store
    from tracker.problems import Problem


class CheckFormat(StrEnum):
    """The forms problems can be printed in."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Only problems in these files and folders.", show_default=False),
    ] = None,
    form: Annotated[
        CheckFormat, typer.Option("--format", "-f", help="The form of what is printed.")
    ] = CheckFormat.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 for warnings too.")] = False,
    workspace: WorkspaceOption = None,
    language: FixedLanguageOption = "en",
) -> None:
    """List every problem in the files.

    In file order, with file:line:column, and what to do. Never writes.

    \b
    tracker check
    tracker check reports/2013-ccpcj-22 --strict
    tracker check --format github
    """
    refuse_language(language)
    from tracker.problems import Level

    root = workspace_root(workspace)
    found = _seen_from_here(_within(_problems(root), paths, root), root)
    errors = sum(problem.level is Level.ERROR for problem in found)
    if form is CheckFormat.JSON:
        from tracker.render.data import problems_json

        print_bytes(problems_json(found))
    elif form is CheckFormat.GITHUB:
        from tracker.render.problems import as_github

        print_text(as_github(found))
    else:
        from tracker.render.problems import as_text, summary

        print_text(as_text(found))
        note(summary(found))
    if errors or (strict and found):
        finish(FINDINGS)


def _problems(root: Path) -> list[Problem]:
    """Return every problem of a workspace, as they are kept while no file changes, else found now."""
    from msgspec import msgpack

    from tracker.problems import Problem

    def found(store: Store) -> list[Problem]:
        from tracker.check import problems_of

        return problems_of(read_workspace(root, store), store)

    def unpacked(kept: bytes) -> list[Problem] | None:
        from tracker.load.packed import FOREIGN

        with suppress(*FOREIGN):
            return msgpack.decode(kept, type=list[Problem])
        return None

    return kept_or_made(root, "check", found, msgpack.encode, unpacked)


def _seen_from_here(problems: list[Problem], root: Path) -> list[Problem]:
    """Return the problems with paths that open from where one stands."""
    try:
        prefix = Path(os.path.relpath(root)).as_posix()
    except ValueError:  # On Windows, from another drive.
        prefix = root.as_posix()
    if prefix == ".":
        return problems
    places = (problem.place._replace(path=f"{prefix}/{problem.place.path}") for problem in problems)
    return [problem._replace(place=place) for problem, place in zip(problems, places, strict=True)]


def _within(problems: list[Problem], paths: list[Path] | None, root: Path) -> list[Problem]:
    if not paths:
        return problems
    wanted = []
    for path in paths:
        full = real(path)
        if not full.exists():
            raise Stop(f"there is no file or folder {path}")
        if not full.is_relative_to(root):
            raise Stop(f"{path} is not in the workspace {root}")
        wanted.append(full)
    return [problem for problem in problems if any((root / problem.place.path).is_relative_to(path) for path in wanted)]
