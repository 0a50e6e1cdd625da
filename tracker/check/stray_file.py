"""A YAML file stands where nothing reads it.

Mandates are read from `mandates/`, a brief from `reports/CYCLE/report.yaml`, evidence from the files
directly in `reports/CYCLE/evidence/`, and sources from `reports/documents.yaml`. What stands elsewhere,
in a folder inside one of these or under another name, is not read, and what it reports is not counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.load.files import is_data_file
from tracker.problems import Level, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tracker.check.subject import Subject

CODE = "stray-file"
LEVEL = Level.WARNING


def check(subject: Subject) -> Iterator[Problem]:
    """Yield each YAML file under `mandates/` and `reports/` that is not read."""
    root = subject.ws.root
    for folder in ("mandates", "reports"):
        for path in sorted((root / folder).rglob("*")):
            parts = path.relative_to(root).parts
            if is_data_file(path) and not _is_read(parts, path.parent):
                place = Place("/".join(parts), 1, 1)
                hint = "move it to mandates/, or to the evidence/ folder of a report, or give it another ending"
                yield Problem(place, LEVEL, CODE, "this file is not read", hint)


def _is_read(parts: tuple[str, ...], folder: Path) -> bool:
    match parts:
        case ("mandates", _) | ("reports", "documents.yaml") | ("reports", _, "evidence", _):
            return True
        case ("reports", "documents.yml"):
            return not (folder / "documents.yaml").exists()
        case ("reports", _, "report.yaml"):
            return True
        case ("reports", _, "report.yml"):
            return not (folder / "report.yaml").exists()
    return False
