"""A figure of an entry does not occur in its summary.

`figures` go into tables and totals, the summary into the report: they must say the same. A figure
the summary does not tell is either a slip of the pen or something a reader of the report should
learn. It may be told in digits or in words, as 43 or forty-three, 27.5 million or 27,500,000, and
must be told in each language of the summary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker import lang
from tracker.check.records import Spot
from tracker.lang.numbers import figure, spelled_in, written_in
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.records import Records
    from tracker.problems import Problem

CODE = "figure-not-told"
LEVEL = Level.WARNING


def check(records: Records) -> Iterator[Problem]:
    """Yield each figure that a language of the summary leaves out."""
    known = lang.codes()
    for entry in records.entries:
        if not entry.figures:
            continue
        versions = {code: text for code, text in entry.summary.items() if code in known}
        digits = {code: written_in(lang.language(code), text) for code, text in versions.items()}
        for name, value in entry.figures.items():
            number = figure(value)
            # "A manual" tells one.
            if number is None or number == 1:
                continue
            unwritten = [code for code, numbers in digits.items() if number not in numbers]
            silent = [code for code in unwritten if number not in spelled_in(lang.language(code), versions[code])]
            if silent:
                message = f"the summary in {' and '.join(silent)} does not tell {name}: {value}"
                hint = "tell the figure in the summary, or correct one of the two"
                yield records.problem(Spot(entry.id, ("figures", name)), LEVEL, CODE, message, hint)
