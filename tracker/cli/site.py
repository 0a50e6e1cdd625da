"""`tracker site`: the workspace as pages to look at."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.alone import alone_in
from tracker.cli.common import (
    LanguageOption,
    ReportOption,
    Stop,
    WorkspaceOption,
    chosen_language,
    chosen_report,
    note,
    note_each,
    open_workspace,
    short,
)
from tracker.cli.seen import on_unresolved
from tracker.cli.writing import fresh_folder, is_unfinished, move_folder, put, unwritten, write_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.load.workspace import Workspace
    from tracker.render.site.pages import Pages

MARKER = "made-by-tracker.txt"
_SAYS = "Made by tracker site. Every file listed here is replaced when it is made again."
# From here on a person would wonder whether anything happens.
_MANY = 500


def site(
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="The folder; by default site/ of the workspace.", show_default=False
        ),
    ] = None,
    report: ReportOption = None,
    clean: Annotated[bool, typer.Option("--clean", help="Without what is marked internal, to publish.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Write into a folder that holds other files; they stay.")
    ] = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = "en",
) -> None:
    """Pages to look at: coverage, paragraphs, evidence, charts.

    Opens from the folder, in any browser, with no server and no network.

    \b
    tracker site
    tracker site --output ~/public/mandates --clean
    tracker site --language zh --report 2013-ccpcj-22
    """
    chosen_language(language)
    ws = open_workspace(workspace, report)
    target = _target(output, ws)
    _own_files(target, force=force)
    from tracker.draft.templates import built_in
    from tracker.render.site import site as pages_of

    pages = pages_of(ws, chosen_report(ws, report), language, clean=clean)
    _write(pages, target, force=force)
    own = ws.root / "templates" / "site"
    # In a checkout of tracker the workspace's templates are tracker's.
    if own.is_dir() and {file.name for file in own.iterdir()} != {file.name for file in built_in("site").iterdir()}:
        note("templates/site of the workspace is not used: the pages of a site are always tracker's own")
    note_each(on_unresolved(pages.unresolved))
    if pages.internal:
        note(f"entries marked internal are in it: {pages.internal}; to publish it without them: --clean")
    note(f"{short(target / 'index.html')} ({len(pages)} files): open it in a browser")


def _target(output: Path | None, ws: Workspace) -> Path:
    """Return the folder to write; stop where writing would mix pages with the workspace's own files."""
    target = (output or ws.root / "site").absolute()
    if target.is_symlink():
        raise Stop(f"{short(target)} is a link", "name the folder itself")
    target = target.resolve()
    if target.exists() and not target.is_dir():
        raise Stop(f"{short(target)} is a file", "name a folder with --output DIR")
    own = [ws.root / name for name in ("mandates", "reports", "templates")]
    if ws.root.is_relative_to(target) or any(target.is_relative_to(folder) for folder in own):
        why = "the workspace is in it" if target in ws.root.parents else "the workspace keeps its files there"
        raise Stop(f"{short(target)} cannot be the folder of a site: {why}", "name another folder with --output DIR")
    return target


def _own_files(target: Path, *, force: bool) -> set[str]:
    """Return the files that an earlier run made; stop where there are others, and nothing is forced."""
    # A link is somebody's, whatever it points at.
    found = (path for path in target.rglob("*") if path.is_symlink() or not path.is_dir())
    there = {path.relative_to(target).as_posix() for path in found if not is_unfinished(path)}
    marker = target / MARKER
    listed = marker.read_text(encoding="utf-8", errors="replace").splitlines() if MARKER in there else []
    made = {MARKER, *listed[1:]} if listed[:1] == [_SAYS] else set()
    foreign = sorted(there - made)
    if foreign and not force:
        more = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
        what = f"{short(target)} holds files that are not of the site: {foreign[0]}{more}"
        raise Stop(what, "name another folder with --output DIR, or keep them and write beside them: --force")
    return made & there


def _write(pages: Pages, target: Path, *, force: bool) -> None:
    """Make the site beside its place and move it there, so that a run that fails leaves the old one."""
    with fresh_folder(target.parent) as fresh:
        try:
            written = _write_pages(pages, fresh)
        except OSError as error:
            raise unwritten(target, error) from None
        with alone_in(target.parent):
            # Another run may have made it since.
            mine = _own_files(target, force=force)
            if target.exists():
                _merge(fresh, target, written, mine)
            else:
                move_folder(fresh, target)


def _write_pages(pages: Pages, folder: Path) -> list[str]:
    for name in ("entry", "mandate", "report"):
        (folder / name).mkdir()
    written = []
    for path, data in _with_progress(pages):
        # A site can be made again: to wait for the disk at each of its pages would take long.
        put(folder / path, data, lasting=False)
        written.append(path)
    put(folder / MARKER, _listing(written), lasting=False)
    return [*written, MARKER]


def _listing(files: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in (_SAYS, *sorted(files))).encode()


def _with_progress(pages: Pages) -> Iterable[tuple[str, bytes]]:
    if len(pages) < _MANY or not sys.stderr.isatty():
        yield from pages
        return
    with typer.progressbar(pages, length=len(pages), label="tracker site", file=sys.stderr) as bar:
        yield from bar


def _merge(fresh: Path, target: Path, written: list[str], mine: set[str]) -> None:
    """Replace page by page: each is the old or the new, and is known as the site's whenever this ends."""
    for path in written:
        _refuse_taken(target / path, made_before=path in mine)
    write_file(target / MARKER, _listing(mine.union(written) - {MARKER}), force=True)
    done = 0
    try:
        for path in written:
            (target / path).parent.mkdir(exist_ok=True)
            (fresh / path).replace(target / path)
            done += 1
        for path in mine.difference(written):
            (target / path).unlink(missing_ok=True)
    except OSError as error:
        stop = unwritten(target / path, error)
        what = f"{done} of {len(written)} files are new, the others as they were: run the command again"
        raise Stop(f"{stop}\n  {what}", stop.hint) from None


def _refuse_taken(place: Path, *, made_before: bool) -> None:
    """Stop before anything is replaced when a page would stand where something of the user's does."""
    taken = place.is_symlink() or (place.exists() and (place.is_dir() or not made_before))
    if taken or place.parent.resolve() != place.parent:
        raise Stop(
            f"{short(place)} is not of the site, and a page would take its place",
            "move it away, or name another folder with --output DIR",
        )
