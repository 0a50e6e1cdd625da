"""Problems found in the data are values: they are collected, sorted and printed, never raised."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Level(StrEnum):
    """How much a problem matters: an error makes results wrong, a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"


def shown_path(path: str) -> str:
    """Return the path of a file as it can be printed: a name from a system with other letters may not be text."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class Place(NamedTuple):
    """Where in the workspace: a path relative to it, line and column counted from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Problem(NamedTuple):
    """Something wrong in the data; sorts in file order."""

    place: Place
    level: Level
    code: str
    message: str
    hint: str = ""


def nearest(word: str, candidates: Iterable[str], at_most: int = 3) -> list[str]:
    """Return the candidates most like `word`, compared without regard to case, best first."""
    from difflib import get_close_matches  # noqa: PLC0415 - few commands meet a wrong name

    by_lower: dict[str, str] = {}
    for candidate in candidates:
        by_lower.setdefault(candidate.lower(), candidate)
    close = get_close_matches(word.lower(), by_lower, n=at_most, cutoff=0.6)
    return [by_lower[name] for name in close]


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Return the hint "did you mean …?" with the nearest right names, or nothing."""
    return offer(nearest(word, candidates))


def offer(names: Iterable[str]) -> str:
    """Return the hint that offers some right names, or nothing when there are none."""
    listed = " or ".join(names)
    return f"did you mean {listed}?" if listed else ""
