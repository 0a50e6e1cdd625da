"""Where readings are kept between commands, the option that does without, and how long reading takes."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from typer.core import TyperOption

if TYPE_CHECKING:
    import typer
    from rich.progress import Progress

    from tracker.load.store import Store

# A shorter wait needs no explanation.
_PATIENCE_SECONDS = 1.0


class _Chosen:
    without = False


def no_cache_option() -> TyperOption:
    """Return the option that every command takes that reads a workspace."""
    return TyperOption(
        param_decls=["--no-cache"],
        is_flag=True,
        expose_value=False,
        envvar="TRACKER_NO_CACHE",
        callback=_remember,
        help="Read every file again, and keep nothing.",
    )


def _remember(context: typer.Context, _option: object, value: bool) -> None:
    # What `tracker --no-cache gaps` says of the group holds for its command, which is asked afterwards.
    _Chosen.without = context.meta["tracker.no_cache"] = value or context.meta.get("tracker.no_cache", False)


def store_for(root: Path) -> Store:
    """Return what is kept of a workspace, or an empty store that keeps nothing."""
    from tracker.load.store import Store, store_file

    folder = None if _Chosen.without else _cache_folder()
    return Store(store_file(folder, root) if folder else None)


def _cache_folder() -> Path | None:
    """Return the folder for what can be made again: `TRACKER_CACHE`, or the system's own place.

    platformdirs knows the same places, and takes a fifth of a command's start to import.
    """
    chosen = os.environ.get("TRACKER_CACHE")
    if chosen:
        return Path(chosen)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "tracker" / "Cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "tracker"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "tracker"


class Reading:
    """A progress bar on standard error, when reading takes long and someone is watching."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._bar: Progress | None = None

    def __call__(self, done: int, size: int) -> None:
        """Show how many of the bytes to read have been read."""
        if self._bar is None:
            if done == size or time.monotonic() - self._begun < _PATIENCE_SECONDS or not sys.stderr.isatty():
                return
            self._bar = _begun_bar(size)
        self._bar.update(self._bar.task_ids[0], completed=done, total=size)
        if done == size:
            self._bar.stop()
            self._bar = None


def _begun_bar(size: int) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading the workspace"), BarColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task("", total=size)
    bar.start()
    return bar
