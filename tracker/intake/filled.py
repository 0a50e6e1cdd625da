"""What a filled workbook says: its rows as texts by column, and whatever a person should look at."""

from __future__ import annotations

from typing import NamedTuple


class Doubt(NamedTuple):
    """Something for a person to look at, with its sheet and cell; a file as a whole has neither."""

    sheet: str
    cell: str
    message: str

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.cell}: " if self.cell else f"{self.sheet}: " if self.sheet else ""
        return where + self.message


class Row(NamedTuple):
    """A filled row: the unit it names or stands below, its own number there, and what was typed, by column.

    `where` is how a source cites the row; `letters` are the columns of its cells. A row that was `inserted` has no
    unit of its own: it is taken to belong to the one above.
    """

    sheet: str
    number: int
    where: str
    unit: str
    key: str
    cells: dict[str, str]
    letters: dict[str, str]
    inserted: bool

    def doubt(self, column: str, message: str) -> Doubt:
        """Return a doubt about one of its cells."""
        return Doubt(self.sheet, f"{self.letters.get(column, 'A')}{self.number}", message)


class Filled(NamedTuple):
    """All that a workbook says: for which report, by whom and in which language, if it still tells; its rows.

    `keys` are the numbers of rows that it has for each unit, filled or not.
    """

    name: str
    about: dict[str, str]
    rows: tuple[Row, ...]
    keys: dict[str, frozenset[str]]
    doubts: tuple[Doubt, ...]


def shortened(text: str, at_most: int = 40) -> str:
    """Return the beginning of a text on one line, to be quoted in a doubt."""
    line = " ".join(text.split())
    return line if len(line) <= at_most else f"{line[: at_most - 1]}…"
