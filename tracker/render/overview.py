"""Where things stand, in one screen: reports, mandates, what asks for attention, what to type next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
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
    from rich.console import RenderableType

    from tracker.lang import Language
    from tracker.load.workspace import Workspace
    from tracker.model import Brief

_FEW = 12


def overview_page(ws: Workspace, lang: Language) -> RenderableType:
    """Show the reports with their gaps, the mandates, what asks for attention and the next command."""
    counted = lang.word("overview", mandates=len(ws.mandates), reports=len(ws.cycles), entries=len(ws.entries))
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


def _reports(ws: Workspace, briefs: list[Brief], lang: Language) -> Table:
    table = _table(lang, "report", "session", "state", "entries", "reported", "gaps")
    for brief in briefs[:_FEW]:
        coverage = cover(ws, scope_of(ws, brief.id))
        asked = [row for row in coverage.units if row.unit.addressees]
        missing = len(gaps(coverage)[Gap.OURS])
        table.add_row(
            brief.id,
            f"{lang.label('bodies', brief.to)}, {formats.session(lang, brief.session.number)}",
            lang.label("statuses", brief.state),
            str(len(ws.cycles[brief.id].entries)),
            f"{sum(row.status is Status.REPORTED for row in asked)}/{len(asked)}",
            Text(str(missing), style="red" if missing else "green"),
        )
    if len(briefs) > _FEW:
        table.add_row("", lang.word("and_more", count=len(briefs) - _FEW))
    return table


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
