"""Charts as SVG that stay readable in black and white: each status has a pattern of its own beside its word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from tracker.model import ActionStatus

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

ACTIONS = [status.value for status in ActionStatus]
_PATTERNS = {
    "stripes": '<path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke="#17594a" stroke-width="2.6"/>',
    "dots": '<circle cx="2" cy="2" r="1.4" fill="#1d4f83"/><circle cx="6" cy="6" r="1.4" fill="#1d4f83"/>',
    "lines": '<path d="M0 2h8M0 6h8" stroke="#6b5a1e" stroke-width="1.6"/>',
    "crosses": '<path d="M0 0l8 8M8 0l-8 8" stroke="#9b2c1f" stroke-width="1.3"/>',
}
_FULL, _PALE = "#17594a", "#e3e6ea"
# Statuses of paragraphs and of entries stand apart on every page, so that they can share a look.
FILL_OF = {
    "reported": _FULL,
    "supported": "url(#stripes)",
    "planned": "url(#dots)",
    "earlier": "url(#lines)",
    "none": "url(#crosses)",
    "not-applicable": _PALE,
    "completed": _FULL,
    "ongoing": "url(#stripes)",
    "cancelled": "url(#crosses)",
    "fact": _PALE,
}
_USED = re.compile(r"url\(#([a-z]+)\)")


def patterns_of(html: str) -> Markup:
    """Return the patterns that the charts and squares of a page use by name."""
    return patterns(_USED.findall(html))


def patterns(names: Container[str] = _PATTERNS) -> Markup:
    """Return some patterns, by default all."""
    made = "".join(
        f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="#fff"/>{strokes}</pattern>'
        for name, strokes in _PATTERNS.items()
        if name in names
    )
    drawn = f'<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>{made}</defs></svg>'
    return Markup(drawn if made else "")  # noqa: S704  # of our own constants


def swatch(status: str) -> Markup:
    """Return the small square that stands before a status's word."""
    return Markup('<svg class="swatch" aria-hidden="true"><rect width="14" height="14" fill="{}"/></svg>').format(
        FILL_OF[status]
    )


def stacked(counts: Mapping[str, int], scale: int) -> Markup:
    """Return a bar with a part for each status, as long as its share of `scale`; the words beside it say the counts."""
    x, parts = 0.0, []
    for status, count in counts.items():
        if not count:
            continue
        width = 100 * count / scale
        parts.append(_rect(f"{x:.2f}%", f"{width:.2f}%", FILL_OF[status]))
        x += width
    return _bar(parts)


def single(count: int, scale: int) -> Markup:
    """Return a plain bar, as long as its share of `scale`."""
    return _bar([_rect("0", f"{100 * count / scale:.2f}%", "#2f5f8f")])


def _bar(parts: list[Markup]) -> Markup:
    return Markup('<svg class="bar" width="100%" height="16" aria-hidden="true">{}</svg>').format(
        Markup("").join(parts)
    )


def _rect(x: str, width: str, fill: str) -> Markup:
    return Markup('<rect x="{}" y="1" width="{}" height="14" fill="{}"/>').format(x, width, fill)


_WIDTH, _LEFT, _TOP, _BASE = 960, 44, 18, 200


def timeline(years: Mapping[int, Mapping[str, int]], periods: Sequence[tuple[str, float, float]]) -> Markup:
    """Return columns of activities, one a year, each in parts by status, over the periods of the reports.

    A period is a report's id with its first and last moment in years, as 2012.0 and 2013.25.
    """
    first, last = min(years), max(years)
    step = (_WIDTH - _LEFT) / (last - first + 1)
    most = max(sum(counts.values()) for counts in years.values())
    parts = [_grid(most)]
    for year in range(first, last + 1):
        x = _LEFT + (year - first) * step
        parts.append(_column(x, step, years.get(year, {}), most))
        if (year - first) % max(1, round(52 / step)) == 0:
            parts.append(_label(x + step / 2, _BASE + 18, str(year), "middle"))
    parts += _periods(periods, first, step)
    return Markup("").join(parts)


def timeline_height(periods: int) -> int:
    """Return how high a timeline is: a line for each period stands under its columns."""
    return _BASE + 30 + 22 * periods


def _grid(most: int) -> Markup:
    step = next(size for size in (10**n * m for n in range(9) for m in (1, 2, 5)) if most / size <= 5)
    lines = []
    for value in range(0, most + 1, step):
        y = _BASE - value / most * (_BASE - _TOP)
        lines.append(Markup('<path d="M{} {:.1f}H{}" stroke="#d5dae0"/>').format(_LEFT, y, _WIDTH))
        lines.append(_label(_LEFT - 8, y + 4, str(value), "end"))
    return Markup("").join(lines)


def _column(x: float, step: float, counts: Mapping[str, int], most: int) -> Markup:
    y, parts = float(_BASE), []
    gap = min(6.0, step / 5)
    for status in ACTIONS:
        height = counts.get(status, 0) / most * (_BASE - _TOP)
        y -= height
        if height:
            parts.append(
                Markup(
                    '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}" stroke="#3c4650"/>'
                ).format(x + gap, y, step - 2 * gap, height, FILL_OF[status])
            )
    if parts and step > 18:
        parts.append(_label(x + step / 2, y - 5, str(sum(counts.values())), "middle"))
    return Markup("").join(parts)


def _periods(periods: Sequence[tuple[str, float, float]], first: int, step: float) -> list[Markup]:
    made = []
    for line, (name, start, end) in enumerate(periods):
        left = max(_LEFT + (start - first) * step, _LEFT)
        right = min(max(_LEFT + (end - first) * step, left + 4), _WIDTH)
        y = _BASE + 32 + 22 * line
        made.append(
            Markup('<rect x="{:.1f}" y="{}" width="{:.1f}" height="10" fill="#c9d8e8" stroke="#2f5f8f"/>').format(
                left, y, right - left
            )
        )
        if right > _WIDTH - 200:
            made.append(_label(left - 6, y + 9, name, "end"))
        else:
            made.append(_label(right + 6, y + 9, name, "start"))
    return made


def _label(x: float, y: float, text: str, anchor: str) -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(x, y, anchor, text)
