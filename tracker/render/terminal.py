"""Gaps and matrices as tables for a terminal, at any width, with or without colour."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tracker.lang import shown
from tracker.render.rows import SECRETARIAT, all_reported, lines, no_gaps, secretariat_rows
from tracker.render.wrap import Wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from tracker.cover.coverage import Coverage, UnitCoverage
    from tracker.cover.gaps import Gap
    from tracker.lang import Language
    from tracker.render.rows import Line

# Colour never stands alone: each status is also a word.
COLOURS = {
    "reported": "green",
    "supported": "cyan",
    "planned": "yellow",
    "earlier": "magenta",
    "none": "red",
    "not-applicable": "dim",
}
_FEW = 3
_NARROW = 64
# What the other columns need beside the references.
_BESIDE = 44


def gaps_table(
    coverage: Coverage, found: Mapping[Gap, Sequence[UnitCoverage]], lang: Language, at_most: int
) -> RenderableType:
    """Show the first gaps of each kind, under the counts."""
    parts: list[RenderableType] = [counts_line(coverage, lang)]
    if ours := all_reported(coverage, lang):
        parts += [Text(), Text(ours, style="green")]
    left = at_most
    # One width for all groups, so that their columns stand below each other.
    longest = max((len(row.unit.ref) for rows in found.values() for row in rows[:at_most]), default=0)
    for kind, rows in found.items():
        if not rows or left <= 0:
            continue
        parts += [Text(), Text(lang.word(kind) + lang.word("aside", text=str(len(rows))), style="bold")]
        table = _Rows(lang, longest)
        for line in lines(rows[:left], coverage, lang):
            table.add(line.ref, line)
        left -= len(rows)
        parts.append(table)
    if nothing := no_gaps(coverage, lang):
        parts += [Text(), Text(nothing)]
    return Group(*parts)


def matrix_table(coverage: Coverage, lang: Language, at_most: int) -> RenderableType:
    """Show the first rows of the matrix, a table a mandate, and what is not yet placed."""
    parts: list[RenderableType] = [counts_line(coverage, lang)]
    left = at_most
    longest = max((len(row.unit.number) for covered in coverage.mandates for row in covered.rows), default=0)
    for covered in coverage.mandates:
        if left <= 0:
            break
        named = " ".join(shown(covered.mandate.title, lang.code).split())
        title = f"{covered.mandate.symbol or covered.mandate.id}  {named}"
        parts += [Text(), Text(title, style="bold")]
        table = _Rows(lang, longest)
        for line in lines(covered.rows[:left], coverage, lang):
            table.add(line.number, line)
        left -= len(covered.rows)
        parts.append(table)
        if covered.unplaced:
            parts.append(Text(f"{lang.word('unplaced')}: {len(covered.unplaced)}"))
            parts += [Text(f"  {tie.entry.id}") for tie in islice(covered.unplaced, _FEW)]
            if len(covered.unplaced) > _FEW:
                parts.append(Text(f"  … tracker show {covered.mandate.id}", style="dim"))
    return Group(*parts)


def secretariat_table(coverage: Coverage, lang: Language, at_most: int) -> RenderableType:
    """Show the five columns of the Secretariat's own tables."""
    table = Table(box=box.SIMPLE_HEAD, show_lines=True, pad_edge=False, expand=True)
    for key, ratio in zip(SECRETARIAT, (None, None, 4, 8, 3), strict=True):
        table.add_column(lang.word(key), ratio=ratio, no_wrap=ratio is None, overflow="fold")
    rows = [row for covered in coverage.mandates for row in secretariat_rows(covered, coverage, lang)]
    for row in rows[:at_most]:
        table.add_row(*map(Wrapped, row))
    return table


def counts_line(coverage: Coverage, lang: Language) -> Text:
    """Say how many units have each status."""
    text = Text()
    if coverage.report:
        text.append(f"{coverage.report}: ", style="bold")
    for status, count in coverage.counts.items():
        if count:
            text.append(f"{count} {lang.label('statuses', status)}", style=COLOURS[status])
            text.append("  ")
    return text


class _Rows:
    """Rows of reference, status, what is asked and evidence: a table, or one below the other where it is narrow."""

    def __init__(self, lang: Language, longest: int) -> None:
        self._lang = lang
        self._longest = longest
        self._rows: list[tuple[str, Text, Wrapped, Wrapped]] = []

    def add(self, reference: str, line: Line) -> None:
        self._rows.append((reference, _status(line), Wrapped(line.asked), _evidence(line, self._lang)))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.max_width >= max(_NARROW, self._longest + _BESIDE):
            yield self._table()
            return
        for reference, status, asked, evidence in self._rows:
            yield Text.assemble((reference, "bold"), "  ", status)
            for part in (asked, evidence):
                if part.plain:
                    yield Padding(part, (0, 0, 0, 2))
            yield Text()

    def _table(self) -> Table:
        word = self._lang.word
        table = Table(
            box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=True, padding=(0, 2, 0, 0), leading=1
        )
        table.add_column(word("paragraph"), min_width=self._longest, no_wrap=True)
        table.add_column(word("status"), width=12, overflow="fold")
        table.add_column(word("gist"), ratio=5, overflow="fold")
        table.add_column(word("evidence"), ratio=6, overflow="fold")
        for reference, status, asked, evidence in self._rows:
            table.add_row(Text(reference), status, asked, evidence)
        return table


def _status(line: Line) -> Text:
    return Text(line.status_word, style=COLOURS.get(line.status, "bold"))


def _evidence(line: Line, lang: Language) -> Wrapped:
    text = Wrapped()
    promised = [f"{lang.word('announced')}{lang.data['colon']}{title}" for title in line.announced]
    facts = [f"{lang.label('statuses', 'fact')}{lang.data['colon']}{title}" for title in line.facts]
    for titles, style in ((promised, "yellow"), (line.actions, ""), (facts, "dim")):
        for title in titles[:_FEW]:
            text.append(f"{title}\n", style=style)
        if len(titles) > _FEW:
            text.append(f"+{len(titles) - _FEW}: tracker show {line.ref}\n", style="dim")
    if line.assessment:
        text.append(f"{lang.word('assessment')}{lang.data['colon']}{line.assessment}", style="italic")
    text.rstrip()
    return text
