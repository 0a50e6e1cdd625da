"""Problems as text for a person and as annotations for GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.problems import Problem


def as_text(problems: Iterable[Problem]) -> str:
    """Write a line a problem, `file:line:column: level: message [code]`, its hint indented below."""
    written = []
    for problem in problems:
        written.append(f"{problem.place}: {problem.level}: {problem.message} [{problem.code}]\n")
        if problem.hint:
            written.append(f"    {problem.hint}\n")
    return "".join(written)


def as_github(problems: Iterable[Problem]) -> str:
    """Write a workflow command a problem, which GitHub shows beside the line of the file."""
    return "".join(
        f"::{problem.level} file={_property(problem.place.path)},line={problem.place.line},col={problem.place.column},"
        f"title={_property(problem.code)}::{_message(problem)}\n"
        for problem in problems
    )


def _message(problem: Problem) -> str:
    text = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return text.replace("%", "%25").replace(":", "%3A").replace(",", "%2C").replace("\r", "%0D").replace("\n", "%0A")


def summary(problems: Iterable[Problem]) -> str:
    """Count them: "2 errors, 1 warning"."""
    levels = [problem.level for problem in problems]
    errors, warnings = levels.count(Level.ERROR), levels.count(Level.WARNING)
    if not levels:
        return "no problems"
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"
