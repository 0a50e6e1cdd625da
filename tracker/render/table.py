"""Gaps and matrices as CSV for a spreadsheet; a cell that looks like a formula is kept a text."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from tracker.draft.prose import titled
from tracker.render.rows import SECRETARIAT, lines, secretariat_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.cover.coverage import Coverage, UnitCoverage
    from tracker.cover.gaps import Gap
    from tracker.lang import Language
    from tracker.render.rows import Line

_COLUMNS = (
    "mandate",
    "paragraph",
    "ours",
    "status",
    "verb",
    "addressees",
    "gist",
    "announcements",
    "actions",
    "facts",
    "assessment",
)


def gaps_csv(coverage: Coverage, found: Mapping[Gap, Sequence[UnitCoverage]], lang: Language) -> str:
    """Write one line a unit that is not reported, in the order of the kinds of gap."""
    rows = [row for kind in found.values() for row in kind]
    return _csv(_heads(lang), (_cells(line) for line in lines(rows, coverage, lang)))


def matrix_csv(coverage: Coverage, lang: Language) -> str:
    """Write one line a unit or container, mandate by mandate, then the evidence not yet placed."""
    rows = [row for covered in coverage.mandates for row in covered.rows]
    cells = [_cells(line) for line in lines(rows, coverage, lang)]
    for covered in coverage.mandates:
        titles = [titled(tie.entry, lang) for tie in covered.unplaced]
        if titles:
            cells.append((covered.mandate.id, "", "", lang.word("unplaced"), "", "", "", "", "\n".join(titles), "", ""))
    return _csv(_heads(lang), cells)


def secretariat_csv(coverage: Coverage, lang: Language) -> str:
    """Write the five columns of the Secretariat's own tables."""
    rows = [row for covered in coverage.mandates for row in secretariat_rows(covered, coverage, lang)]
    return _csv((lang.word(name) for name in SECRETARIAT), rows)


def _heads(lang: Language) -> list[str]:
    return [lang.word("ours_column" if name == "ours" else name) for name in _COLUMNS]


def _cells(line: Line) -> tuple[str, ...]:
    asked = (line.verb, line.addressees, line.gist)
    lists = ("\n".join(titles) for titles in (line.announced, line.actions, line.facts))
    return (line.mandate, line.number, line.ours, line.status_word, *asked, *lists, line.assessment)


def _csv(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([_as_text(cell) for cell in row] for row in rows)
    return out.getvalue()


def _as_text(cell: str) -> str:
    # A spreadsheet runs what begins so as a formula; the apostrophe makes it show the text.
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
