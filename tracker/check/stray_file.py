"""A YAML file stands where nothing reads it.

Mandates are read from `mandates/`, a brief from `reports/CYCLE/report.yaml`, evidence from the files
directly in `reports/CYCLE/evidence/`, and sources from `reports/documents.yaml`. What stands elsewhere,
in a folder inside one of these or under another name, is not read, and what it reports is not counted.
Nor is a folder, a pipe or a broken link that has the name of a file. A link that leads out of the
workspace is read, and is missing where the workspace is copied to.
"""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.load.folder import below, is_data_name
from tracker.problems import Level, Place, Problem, shown_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.subject import Subject

CODE = "stray-file"
LEVEL = Level.WARNING


def check(subject: Subject) -> Iterator[Problem]:
    """Yield each YAML file under `mandates/` and `reports/` that is not read, or is not of this workspace."""
    root, real = subject.ws.root, subject.ws.root.resolve()
    for folder in ("mandates", "reports"):
        # What stands in a folder that cannot be looked into, nobody can read.
        for entry in below(root / folder, failed=lambda _: None):
            path = Path(entry.path)
            parts = path.relative_to(root).parts
            if is_data_name(entry.name) and (found := _wrong(path, parts, real)):
                yield Problem(Place(shown_path("/".join(parts)), 1, 1), LEVEL, CODE, *found)


def _wrong(path: Path, parts: tuple[str, ...], root: Path) -> tuple[str, str] | None:
    try:
        what = path.stat().st_mode
        inside = path.resolve().is_relative_to(root)
    except OSError as error:
        if path.is_symlink():
            return "this link leads nowhere, and what it stood for is not read", "put the file itself here"
        return f"this file is not read: {error.strerror}", "look who may read the folder"
    if stat.S_ISDIR(what):
        return "this is a folder: what is in it is not read as its name says", "give the folder another ending"
    if not stat.S_ISREG(what):
        return "this is no file: it is not read", "put a file here"
    if not _is_read(parts, path.parent):
        hint = "move it to mandates/, or to the evidence/ folder of a report, or give it another ending"
        return "this file is not read", hint
    if not inside:
        return (
            "this link leads out of the workspace: whoever gets the folder lacks the file",
            "put the file itself here",
        )
    return None


def _is_read(parts: tuple[str, ...], folder: Path) -> bool:
    match parts:
        case ("mandates", _) | ("reports", "documents.yaml") | ("reports", _, "evidence", _):
            return True
        case ("reports", "documents.yml"):
            return not (folder / "documents.yaml").is_file()
        case ("reports", _, "report.yaml"):
            return True
        case ("reports", _, "report.yml"):
            return not (folder / "report.yaml").is_file()
    return False
