"""The overview of a site: figures, what asks for attention, and the charts, each with its numbers in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from tracker.cover.coverage import UnitCoverage
from tracker.cover.gaps import Gap, gaps
from tracker.cover.promises import open_announcements, to_renew
from tracker.cover.scope import scope_of
from tracker.dates import last_day, parse_date
from tracker.model import Status
from tracker.render.site import charts, links
from tracker.render.site.content import countries_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from tracker.cover.coverage import Coverage
    from tracker.model import Entry
    from tracker.render.site.cards import Cards
    from tracker.render.site.content import Content

_FEW = 12
# A slip such as 0201 for 2010 must not draw two thousand columns; what the United Nations did lies in between.
_EARLIEST, _LATEST = 1945, 2099


def overview(content: Content, cards: Cards) -> dict[str, Any]:
    """Return what the template of the overview prints."""
    coverage = content.coverage
    return {
        "counts": [(status, count) for status, count in coverage.counts.items() if count],
        "total": len(coverage.units),
        "bar": charts.stacked(coverage.counts, max(1, len(coverage.units))),
        "ours": reported_of(row for row in coverage.units if row.ours),
        "calls": reported_of(row for row in coverage.units if row.unit.addressees and not row.ours),
        "mandates": _mandates(content),
        "reports": reports(content),
        "attention": attention(content, cards),
        "timeline": timeline(content),
        "bars": [_bars(content, "types"), _bars(content, "countries")],
    }


def reported_of(rows: Iterable[UnitCoverage]) -> tuple[int, int]:
    """Return how many of some units are reported, and how many there are."""
    listed = list(rows)
    return sum(row.status is Status.REPORTED for row in listed), len(listed)


def _mandates(content: Content) -> list[dict[str, Any]]:
    made = []
    for covered in content.coverage.mandates:
        units = [row for row in covered.rows if isinstance(row, UnitCoverage)]
        counts = {status.value: sum(row.status is status for row in units) for status in Status}
        made.append(
            {
                "mandate": covered.mandate,
                "href": links.page("mandate", covered.mandate.id),
                "title": content.interface.text(covered.mandate.title),
                "counts": [(status, count) for status, count in counts.items() if count],
                "units": len(units),
                "unplaced": len(covered.unplaced),
                "bar": charts.stacked(counts, max(1, len(units))),
            }
        )
    return made


def reports(content: Content) -> list[dict[str, Any]]:
    """Return a line for each report: what it is, and how far what it is about is reported."""
    made = []
    for brief in content.briefs:
        coverage = content.seen_from(brief.id)
        reported, units = reported_of(row for row in coverage.units if row.unit.addressees)
        made.append(
            {
                "brief": brief,
                "href": links.page("report", brief.id),
                "entries": len(content.ws.cycles[brief.id].entries),
                "reported": reported,
                "units": units,
                "gaps": len(gaps(coverage)[Gap.OURS]),
            }
        )
    return made


def attention(content: Content, cards: Cards, report: str | None = None) -> list[dict[str, Any]]:
    """Return what asks for attention, as lists of links; empty ones are left out."""
    coverage: Coverage = content.seen_from(report) if report else content.coverage
    latest = content.ws.cycles[report].brief if report else content.latest
    name = latest.id if latest else ""
    scope = scope_of(content.ws, name) if name else content.scope
    unplaced = {tie.entry.id: tie.entry for covered in coverage.mandates for tie in covered.unplaced}
    provisional = [covered.mandate for covered in coverage.mandates if covered.mandate.provisional]
    lists = {
        "gaps": [(content.place(row.unit.ref), cards.short(row)) for row in gaps(coverage)[Gap.OURS]],
        "open": _entries(open_announcements(content.ws, scope), cards),
        "renew": _entries(to_renew(content.ws, scope), cards),
        "unplaced": _entries(unplaced.values(), cards),
        "provisional": [(content.place(mandate.id), cards.mandate(mandate)) for mandate in provisional],
    }
    words = content.interface
    return [
        {
            "key": key,
            "what": words.word(f"attention.{key}", count=len(found), report=name, entity=content.entity_in),
            "items": found,
        }
        for key, found in lists.items()
        if found
    ]


def _entries(entries: Iterable[Entry], cards: Cards) -> list[tuple[str, Markup]]:
    return [(card.href, card.title) for card in map(cards.entry, entries)]


def timeline(content: Content) -> dict[str, Any]:
    """Return the activities of each year by status, drawn and as numbers; those without a date are counted apart."""
    years: dict[int, Counter[str]] = defaultdict(Counter)
    undated = 0
    for entry in content.entries.values():
        if entry.status is None:
            continue
        first, last = content.years(entry) or (0, 0)
        drawn = range(max(first, _EARLIEST), min(last, _LATEST) + 1)
        undated += not drawn
        for year in drawn:
            years[year][entry.status.value] += 1
    if not years:
        return {"years": [], "undated": undated}
    most = max(years, key=lambda year: years[year].total())
    periods = _periods(content, min(years), max(years))
    return {
        "svg": charts.timeline(years, periods),
        "height": charts.timeline_height(len(periods)),
        "years": [(year, [years[year][status] for status in charts.ACTIONS]) for year in sorted(years)],
        "statuses": [status for status in charts.ACTIONS if any(counts[status] for counts in years.values())],
        "undated": undated,
        "first": min(years),
        "last": max(years),
        "most": most,
        "count": years[most].total(),
    }


def _periods(content: Content, first: int, last: int) -> list[tuple[str, float, float]]:
    made = []
    for brief in reversed(content.briefs[:_FEW]):
        span = parse_date(brief.period)
        if span and first <= int(span.last[:4]) and int(span.first[:4]) <= last:
            end = last_day(brief.period)
            made.append((brief.id, _moment(span.first, 0), min(_moment(end, 1), last + 1.0)))
    return made


def _moment(day: str, end: int) -> float:
    """Return a day as a moment in years; months are as long as each other, as far as a chart can tell."""
    return int(day[:4]) + (int(day[5:7]) - 1) / 12 + (int(day[8:10]) - 1 + end) / 372


def _bars(content: Content, what: str) -> dict[str, Any]:
    """Return how many activities there are of each type, or for each country, most first."""
    counts: Counter[str] = Counter()
    for entry in content.entries.values():
        if entry.status is not None:
            counts.update([entry.type] if what == "types" else countries_of(entry))
    name = content.interface.label if what == "types" else None
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    top = ordered[0][1] if ordered else 1
    rows = [
        {
            "id": key,
            "name": name("types", key) if name else content.interface.actor(key),
            "count": count,
            "bar": charts.single(count, top),
        }
        for key, count in ordered
    ]
    return {"what": what, "first": rows[:_FEW], "rest": rows[_FEW:]}
