"""`tracker site`: the workspace as pages to look at."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.common import (
    LanguageOption,
    ReportOption,
    Stop,
    WorkspaceOption,
    chosen_language,
    chosen_report,
    note,
    note_unresolved,
    open_workspace,
    short,
)

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
    mine = _own_files(target, force=force)
    from tracker.render.site import site as pages_of

    pages = pages_of(ws, chosen_report(ws, report), language, clean=clean)
    _write(pages, target, mine)
    note_unresolved(pages.unresolved)
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
        raise Stop(f"{short(target)} is where the workspace keeps its files", "name another folder with --output DIR")
    return target


def _own_files(target: Path, *, force: bool) -> set[str] | None:
    """Return the files that an earlier run made; None when the folder holds nothing else and can be replaced whole."""
    there = {path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir()}
    marker = target / MARKER
    listed = marker.read_text(encoding="utf-8", errors="replace").splitlines() if MARKER in there else []
    made = {MARKER, *listed[1:]} if listed[:1] == [_SAYS] else set()
    foreign = sorted(there - made)
    if not foreign:
        return None
    if not force:
        more = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
        what = f"{short(target)} holds files that are not of the site: {foreign[0]}{more}"
        raise Stop(what, "name another folder with --output DIR, or keep them and write beside them: --force")
    return made & there


def _write(pages: Pages, target: Path, mine: set[str] | None) -> None:
    """Make the site beside its place and move it there, so that a run that fails leaves the old one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        written = _write_pages(pages, fresh)
        if mine is None:
            _swap(fresh, target)
        else:
            _merge(fresh, target, written, mine)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _write_pages(pages: Pages, folder: Path) -> list[str]:
    for name in ("entry", "mandate", "report"):
        (folder / name).mkdir()
    written = []
    for path, data in _with_progress(pages):
        (folder / path).write_bytes(data)
        written.append(path)
    listing = "\n".join((_SAYS, *sorted(written)))
    (folder / MARKER).write_bytes(f"{listing}\n".encode())
    return [*written, MARKER]


def _with_progress(pages: Pages) -> Iterable[tuple[str, bytes]]:
    if len(pages) < _MANY or not sys.stderr.isatty():
        yield from pages
        return
    with typer.progressbar(pages, length=len(pages), label="tracker site", file=sys.stderr) as bar:
        yield from bar


def _swap(fresh: Path, target: Path) -> None:
    # A temporary folder is private; the site's is as any other.
    fresh.chmod(0o777 & ~_umask())
    if not target.exists():
        fresh.rename(target)
        return
    old = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.")) / "old"
    try:
        target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            old.rename(target)
            raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _merge(fresh: Path, target: Path, written: list[str], mine: set[str]) -> None:
    for path in written:
        place = target / path
        if place.is_dir() or place.parent.resolve() != (target / path).parent:
            raise Stop(f"{short(place)} is no place for a page", "move it away, or name another folder")
        place.parent.mkdir(exist_ok=True)
        (fresh / path).replace(place)
    for path in mine.difference(written):
        (target / path).unlink(missing_ok=True)
