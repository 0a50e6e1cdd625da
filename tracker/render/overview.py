"""Where things stand, in one screen: reports, mandates, what asks for attention, what to type next."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from rich import box
from rich.console import Group
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from tracker.cover.gaps import Gap, gaps
from tracker.cover.matrix import cover
from tracker.cover.promises import open_announcements, to_renew
from tracker.cover.scope import scope_of
from tracker.dates import last_day
from tracker.lang import formats, shown
from tracker.model import Status
from tracker.render.skeleton import cycle_parts
from tracker.render.terminal import counts_line
from tracker.render.wrap import Wrapped

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from tracker.lang import Language
    from tracker.load.workspace import Workspace
    from tracker.model import Brief

T = TypeVar("T")
_FEW = 12


def overview_page(ws: Workspace, lang: Language) -> RenderableType:
    """Show the reports with their gaps, the mandates, what asks for attention and the next command."""
    counted = lang.word("overview", mandates=len(ws.mandates), reports=len(ws.cycles), entries=len(ws.holders))
    briefs = sorted(
        (cycle.brief for cycle in ws.cycles.values()), key=lambda brief: last_day(brief.period), reverse=True
    )
    parts: list[RenderableType] = [Text(counted, style="bold"), counts_line(cover(ws, scope_of(ws)), lang), Text()]
    if briefs:
        parts.append(_reports(ws, briefs, lang))
    if ws.mandates:
        parts += [Text(), _mandates(ws, lang)]
    attention = _attention(ws, briefs, lang)
    if attention:
        parts += [Text(), Text(lang.word("attention"), style="bold"), *(Text(f"- {line}") for line in attention)]
    parts += [Text(), Text.assemble((lang.word("next"), "bold"), next_command(ws, briefs))]
    return Group(*parts)


class _Fitting:
    """A table that leaves out columns, from the second on, where a terminal is too narrow for their words."""

    def __init__(self, lang: Language, fields: Sequence[str], rows: Sequence[Sequence[RenderableType]]) -> None:
        self._lang = lang
        self._fields = fields
        self._rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for first in range(1, len(self._fields) - 1):
            table = self._without(range(1, first))
            # The lines between columns, blank as they are, are not measured.
            least = Measurement.get(console, options.update(width=1000), table).minimum + len(table.columns)
            if least <= options.max_width:
                break
        yield table

    def _without(self, places: Container[int]) -> Table:
        table = _table(self._lang, *_others(self._fields, places))
        for row in self._rows:
            table.add_row(*_others(row, places))
        return table


def _others(cells: Sequence[T], places: Container[int]) -> list[T]:
    return [cell for place, cell in enumerate(cells) if place not in places]


def _reports(ws: Workspace, briefs: list[Brief], lang: Language) -> _Fitting:
    rows: list[list[RenderableType]] = []
    for brief in briefs[:_FEW]:
        coverage = cover(ws, scope_of(ws, brief.id))
        asked = [row for row in coverage.units if row.unit.addressees]
        missing = len(gaps(coverage)[Gap.OURS])
        row: list[RenderableType] = [
            brief.id,
            f"{lang.label('bodies', brief.to)}, {formats.session(lang, brief.session.number)}",
            lang.label("statuses", brief.state),
            str(sum(1 for _ in ws.cycles[brief.id].heads)),
            f"{sum(row.status is Status.REPORTED for row in asked)}/{len(asked)}",
            Text(str(missing), style="red" if missing else "green"),
        ]
        rows.append(row)
    if len(briefs) > _FEW:
        rows.append(["", lang.word("and_more", count=len(briefs) - _FEW), "", "", "", ""])
    return _Fitting(lang, ("report", "session", "state", "entries", "reported", "gaps"), rows)


def _mandates(ws: Workspace, lang: Language) -> Table:
    table = _table(lang, "mandate", "units", "title")
    for mandate in list(ws.mandates.values())[:_FEW]:
        units = sum(not unit.container for unit in ws.units[mandate.id].values())
        table.add_row(mandate.id, str(units), Wrapped(shown(mandate.title, lang.code)))
    if len(ws.mandates) > _FEW:
        table.add_row("", "", lang.word("and_more", count=len(ws.mandates) - _FEW))
    return table


def _table(lang: Language, *fields: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for place, name in enumerate(fields):
        right = name in ("units", "entries", "reported", "gaps")
        head = lang.label("fields", name).capitalize()
        table.add_column(head, no_wrap=place == 0, justify="right" if right else "left", overflow="fold")
    return table


def _attention(ws: Workspace, briefs: list[Brief], lang: Language) -> list[str]:
    coverage = cover(ws, scope_of(ws))
    found = {
        "problems": len(ws.problems) + len(coverage.unresolved),
        "unplaced": len({tie.entry.id for covered in coverage.mandates for tie in covered.unplaced}),
    }
    report = briefs[0].id if briefs else ""
    if report:
        scope = scope_of(ws, report)
        found |= {"open": len(open_announcements(ws, scope)), "renew": len(to_renew(ws, scope))}
    lines = [lang.word(f"attention_{key}", count=count, report=report) for key, count in found.items() if count]
    provisional = [mandate.id for mandate in ws.mandates.values() if mandate.provisional]
    if provisional:
        lines.append(lang.word("attention_provisional", mandates=lang.listed(provisional)))
    return lines


def next_command(ws: Workspace, briefs: list[Brief]) -> str:
    """Return the command that most likely comes next."""
    if ws.problems:
        return "tracker check"
    if not ws.mandates:
        return "tracker new mandate ga-66-177"
    if not briefs:
        return "tracker new report 2025-cnd-68"
    latest = briefs[0]
    if latest.state == "submitted":
        year, body, session = cycle_parts(latest.id)
        following = f"{int(year) + 1}-{body}-{int(session) + 1}" if year else "NEXT"
        return f"tracker new report {following} --after {latest.id}"
    missing = gaps(cover(ws, scope_of(ws, latest.id)))[Gap.OURS]
    return f"tracker gaps --report {latest.id}" if missing else f"tracker draft {latest.id}"
