"""A text of a new file still says what should stand there.

`tracker new` writes files with texts to be replaced. Left as they are, they are printed: a report would
say "What was done, in the words the report will print."
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.records import Records
    from tracker.problems import Problem

CODE = "not-filled-in"
LEVEL = Level.WARNING

# As the files in templates/new have them; a test compares.
PLACEHOLDERS = frozenset(
    (
        "Title of the resolution",
        "Title of the report",
        "What it asks, in a few words of your own",
        "What was done, in the words the report will print.",
    )
)


def check(records: Records) -> Iterator[Problem]:
    """Yield each text that is still as `tracker new` wrote it."""
    for spot, text in records.texts:
        if not PLACEHOLDERS.isdisjoint(text.values()):
            yield records.problem(spot, LEVEL, CODE, "this text is still to be written", "put your own words here")
