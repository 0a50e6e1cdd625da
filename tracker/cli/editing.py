"""What the commands that change a file share: the change is shown, agreed to where asked, and written safely."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.alone import alone_in
from tracker.cli.common import Stop, finish, note, short, workspace_root
from tracker.cli.output import print_text
from tracker.cli.writing import partly, write_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tracker.edit.change import Change

NOTHING = "nothing was written"

DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show the change, and write nothing.")]


def carry_out(root: Path, change: Change, *, dry_run: bool, ask: bool = False, brief: bool = False) -> None:
    """Show a change and write it; stop when the file is no longer as it was when the change was worked out.

    With `brief`, one that is written is not shown but only named: it may be as long as the file.
    """
    path = _inside(root, root / change.file)
    if dry_run:
        _rehearse(root, [change])
        return
    if not brief:
        _show(root, change)
    if ask and not typer.confirm("Write this?", default=True):
        note(NOTHING)
        finish(0)

    _refuse_changed(path, change)
    try:
        write_file(path, change.after, force=True, last_look=lambda: _refuse_changed(path, change))
    except KeyboardInterrupt:
        raise Stop(f"stopped while writing {short(path)}: it is whole, with the change or without it") from None
    if brief:
        note(short(root / change.file))


def carry_out_all(root: Path, changes: Sequence[Change], *, dry_run: bool) -> None:
    """Carry out changes that belong together, if every file is still as it was; say how far it came if one fails."""
    for change in changes:
        _refuse_changed(_inside(root, root / change.file), change)
    if dry_run:
        _rehearse(root, changes)
        return
    written: list[Path] = []
    for change in changes:
        try:
            carry_out(root, change, dry_run=False, brief=True)
        except (Stop, KeyboardInterrupt) as stop:
            raise partly(stop, written, len(changes)) from None
        written.append(root / change.file)


def _rehearse(root: Path, changes: Iterable[Change]) -> None:
    for change in changes:
        _show(root, change)
    note(f"{NOTHING}: --dry-run")


def _show(root: Path, change: Change) -> None:
    from tracker.edit.change import diff

    # A reader who has seen enough takes nothing back.
    with suppress(typer.Exit):
        print_text(diff(change, short(root / change.file)))


def alone(workspace: Path | None, *, asking: bool = False) -> AbstractContextManager[object]:
    """Keep other commands from writing in the workspace while this one reads it and works out a change.

    A person who is asked may take long: then nobody waits, and a file that has changed meanwhile is left alone.
    """
    return nullcontext() if asking else alone_in(workspace_root(workspace))


def _refuse_changed(path: Path, change: Change) -> None:
    now = path.read_bytes() if path.exists() else None
    if now != change.before:
        raise Stop(f"{short(path)} has changed meanwhile: {NOTHING}", "run the command again")


def _inside(root: Path, path: Path) -> Path:
    """Return the file that a link leads to; what stands outside the workspace is not ours to change."""
    target = path.resolve()
    if not target.is_relative_to(root.resolve()):
        raise Stop(f"{short(path)} is a link to {target}, outside the workspace: {NOTHING}", "change that file itself")
    return target


@contextmanager
def reasons() -> Iterator[None]:
    """Turn the reason why a change cannot be made into a stop of the command, and so an answer never given."""
    from tracker.edit.change import EditError

    try:
        yield
    except EditError as error:
        raise Stop(str(error), error.hint) from None
    except (typer.Abort, KeyboardInterrupt):
        typer.echo()
        raise Stop(f"stopped: {NOTHING}") from None


def at_terminal() -> bool:
    """Tell whether a person sits there to be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def refuse_missing(usage: str, missing: Sequence[str]) -> None:
    """Stop, as there is nobody to ask, and say what to give."""
    what = " and ".join(missing)
    raise Stop(f"{what} {'is' if len(missing) == 1 else 'are'} missing, and there is no terminal to ask on", usage)
