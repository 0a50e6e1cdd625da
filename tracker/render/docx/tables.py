"""Tables, and the annex that shows the coverage in the Secretariat's five columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.render.docx.xml import paragraph, w
from tracker.render.rows import SECRETARIAT, secretariat_rows
from tracker.render.runs import WIDE, Run, inline, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element as Element

    from tracker.cover.coverage import Coverage
    from tracker.lang import Language
    from tracker.render.blocks import Table
    from tracker.render.docx.base import Base
    from tracker.render.docx.text import Writer
    from tracker.render.runs import Runs

# Of the annex: resolution, paragraph, what is asked, what was done, with what means.
_SHARES = (10, 9, 27, 41, 13)
# In letters, of which one takes about 120 twentieths of a point; every cell has white space on both sides.
_LONGEST_WORD, _LONGEST_LINE = 16, 60
_LETTER, _MARGINS = 120, 216
_WORDS, _LINES = re.compile(r"[^\s-]+"), re.compile(r".+")
# How the tool names a clause of a paragraph, and a paragraph whose number is not known.
_CLAUSE, _UNKNOWN = "#", "~"


def table(made: Table, base: Base, writer: Writer) -> Element:
    """Return a table as wide as the text."""
    count = max(len(row) for row in made.rows)
    columns = [[plain(row[place]) for row in made.rows if place < len(row)] for place in range(count)]
    return _table(made.rows, _room(columns, base.width), base, writer, whole_rows=True)


def annex(
    coverage: Coverage, width: int, base: Base, writer: Writer, lang: Language, *, clean: bool
) -> Iterator[Element]:
    """Yield the heading and the table of the annex; a clean one tells nothing internal."""
    yield paragraph(base.style("Annex Heading"), writer.text(lang.word("annex")))
    yield paragraph(base.style("Annex Title"), writer.text(lang.word("annex_matrix")))
    heads = tuple((Run(lang.word(key)),) for key in SECRETARIAT)
    told = (row for covered in coverage.mandates for row in secretariat_rows(covered, coverage, lang, clean=clean))
    rows = [_as_cited(row) for row in told]
    room = [width * share // sum(_SHARES) for share in _SHARES]
    yield _table([heads, *rows], room, base, writer)


def _as_cited(row: Sequence[str]) -> tuple[Runs, ...]:
    """Return the cells of a row; documents cite a paragraph as a whole, and only by a number that is known."""
    symbol, number, asked, done, means = row
    cited = "" if number.startswith(_UNKNOWN) else number.partition(_CLAUSE)[0]
    return *((Run(text),) for text in (symbol, cited, asked)), _told(done), _told(means)


def _told(text: str) -> Runs:
    """Take the summaries of entries apart, of which only these may hold Markdown."""
    made: list[Run] = []
    for line in text.split("\n"):
        made += ([Run("\n")] if made else []) + list(inline(line))
    return tuple(made)


def _lines(cell: Runs) -> list[Runs]:
    """Part a cell into its lines, each a paragraph of its own."""
    breaks = [place for place, run in enumerate(cell) if run.text == "\n"]
    return [
        cell[start:end] for start, end in zip([0, *(place + 1 for place in breaks)], [*breaks, len(cell)], strict=True)
    ]


def _room(columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """Give each column room for its longest word, and share out what is left by the longest line."""
    least = [_MARGINS + _LETTER * _longest(column, _WORDS, _LONGEST_WORD) for column in columns]
    lines = [_longest(column, _LINES, _LONGEST_LINE) for column in columns]
    left = width - sum(least)
    if left < 0:
        return [width * share // sum(least) for share in least]
    return [share + left * line // sum(lines) for share, line in zip(least, lines, strict=True)]


def _longest(texts: Iterable[str], parts: re.Pattern[str], most: int) -> int:
    # A Chinese character takes the room of two letters.
    found = (len(part) + len(WIDE.findall(part)) for text in texts for part in parts.findall(text))
    return min(max(found, default=1), most)


def _table(
    rows: Sequence[Sequence[Runs]], room: Sequence[int], base: Base, writer: Writer, *, whole_rows: bool = False
) -> Element:
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=base.style("Report Table")),
            w("bidiVisual") if writer.rtl else None,
            w("tblW", w=sum(room), type="dxa"),
            w("tblLayout", type="fixed"),
            w("tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
        ),
        w("tblGrid", *(w("gridCol", w=share) for share in room)),
        *(_row(row, room, base, writer, head=place == 0, whole=whole_rows) for place, row in enumerate(rows)),
    )


def _row(cells: Sequence[Runs], room: Sequence[int], base: Base, writer: Writer, *, head: bool, whole: bool) -> Element:
    style = base.style("Table Heading" if head else "Table Text")
    made = []
    for place, width in enumerate(room):
        lines = _lines(cells[place]) if place < len(cells) else [()]
        told = [paragraph(style, *writer.runs(line, plain=head)) for line in lines]
        made.append(w("tc", w("tcPr", w("tcW", w=width, type="dxa")), *told))
    kept = w("trPr", w("cantSplit"), w("tblHeader") if head else None) if head or whole else None
    return w("tr", kept, *made)
