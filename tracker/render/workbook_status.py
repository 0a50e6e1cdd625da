"""How a status looks, as a word in a cell and as a part of a bar: told apart on a black-and-white print too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.model import Status
from tracker.render.sheets import TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.render.sheets import Style

# A bold word first. What is missing is white on dark, what is there the darker the more there is.
_CELLS: Mapping[Status, Style] = {
    Status.REPORTED: {"bg_color": "#A9D08E"},
    Status.SUPPORTED: {"pattern": 11, "fg_color": "#9DC3E6", "bg_color": "#DDEBF7"},
    Status.PLANNED: {"pattern": 14, "fg_color": "#FFE699", "bg_color": "#FFF8E1", "border": 3},
    Status.EARLIER: {"pattern": 18, "fg_color": "#B4A7D6", "bg_color": "#FFFFFF", "border": 4, "italic": True},
    Status.NONE: {"bg_color": "#8B1A1A", "font_color": "#FFFFFF", "border": 2},
    Status.NOT_APPLICABLE: {"font_color": "#595959", "bold": False, "italic": True},
}
BARS: Mapping[Status, dict[str, Any]] = {
    Status.REPORTED: {"fill": {"color": "#A9D08E"}},
    Status.SUPPORTED: {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#9DC3E6", "bg_color": "#FFFFFF"}},
    Status.PLANNED: {"pattern": {"pattern": "percent_20", "fg_color": "#BF9000", "bg_color": "#FFF2CC"}},
    Status.EARLIER: {"pattern": {"pattern": "light_vertical", "fg_color": "#8E7CC3", "bg_color": "#FFFFFF"}},
    Status.NONE: {"fill": {"color": "#8B1A1A"}},
    Status.NOT_APPLICABLE: {"fill": {"color": "#FFFFFF"}},
}


def status_style(status: Status) -> Style:
    """Return how the word of a status is shown."""
    return {**TEXT, "bold": True, "align": "center", **_CELLS[status]}
