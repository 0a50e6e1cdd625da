"""Tables, and the annex that shows the coverage in the Secretariat's five columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from tracker.render.docx.xml import paragraph, w
from tracker.render.rows import SECRETARIAT, secretariat_rows
from tracker.render.runs import WIDE, Run, inline, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element as Element

    from tracker.lang import Language
    from tracker.model import Coverage, MandateCoverage, Tie
    from tracker.render.blocks import Table
    from tracker.render.docx.base import Base
    from tracker.render.docx.text import Writer
    from tracker.render.runs import Runs

# Of the annex: resolution, paragraph, what is asked, what was done, with what means.
_SHARES = (10, 8, 28, 40, 14)
_NARROWEST, _WIDEST = 12, 40


def table(made: Table, base: Base, writer: Writer) -> Element:
    """Return a table as wide as the text, each column according to the longest cell in it."""
    columns = max(len(row) for row in made.rows)
    shares = [
        min(max(_NARROWEST, *(_length(row[place]) for row in made.rows if place < len(row))), _WIDEST)
        for place in range(columns)
    ]
    return _table(made.rows, shares, base.width, base, writer)


def annex(
    coverage: Coverage, width: int, base: Base, writer: Writer, lang: Language, *, clean: bool
) -> Iterator[Element]:
    """Yield the heading and the table of the annex; a clean one tells nothing internal."""
    yield paragraph(base.style("Annex Heading"), writer.text(lang.word("annex")))
    yield paragraph(base.style("Annex Title"), writer.text(lang.word("annex_matrix")))
    heads = tuple((Run(lang.word(key)),) for key in SECRETARIAT)
    covered = [_without_internal(mandate) if clean else mandate for mandate in coverage.mandates]
    rows = [
        tuple(_cell(text) for text in row) for mandate in covered for row in secretariat_rows(mandate, coverage, lang)
    ]
    yield _table([heads, *rows], _SHARES, width, base, writer)


def _cell(text: str) -> Runs:
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


def _without_internal(covered: MandateCoverage) -> MandateCoverage:
    def told(ties: Iterable[Tie]) -> tuple[Tie, ...]:
        return tuple(tie for tie in ties if not tie.entry.internal)

    rows = tuple(replace(row, evidence=told(row.evidence)) for row in covered.rows)
    return replace(covered, rows=rows, unplaced=told(covered.unplaced))


def _length(cell: Runs) -> int:
    # A Chinese character takes the room of two letters.
    return max(len(line) + len(WIDE.findall(line)) for line in plain(cell).split("\n"))


def _table(rows: Sequence[Sequence[Runs]], shares: Sequence[int], width: int, base: Base, writer: Writer) -> Element:
    room = [width * share // sum(shares) for share in shares]
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
        *(_row(row, room, base, writer, head=place == 0) for place, row in enumerate(rows)),
    )


def _row(cells: Sequence[Runs], room: Sequence[int], base: Base, writer: Writer, *, head: bool) -> Element:
    style = base.style("Table Heading" if head else "Table Text")
    made = []
    for place, width in enumerate(room):
        lines = _lines(cells[place]) if place < len(cells) else [()]
        told = [paragraph(style, *writer.runs(line, plain=head)) for line in lines]
        made.append(w("tc", w("tcPr", w("tcW", w=width, type="dxa")), *told))
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader")) if head else None, *made)
