"""Text that breaks lines as Chinese does: between characters, never before a closing mark.

Rich breaks at spaces only, so that a Chinese sentence after "2019 年 10" would begin a new line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import get_character_cell_size
from rich.containers import Lines
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod, OverflowMethod

_NEVER_FIRST = "，。、；：？！）》」』”’…,.;:?!)]}%"
_NEVER_LAST = "（《「『“‘([{"


class Wrapped(Text):
    """A text for a table cell, in any language."""

    def wrap(  # noqa: D102
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        del console, justify, overflow, tab_size
        lines = Lines()
        for line in self.split("\n", allow_blank=True):
            parts = [line] if no_wrap else line.divide(breaks(line.plain, width))
            for part in parts:
                part.rstrip()
                lines.append(part)
        return lines


def breaks(text: str, width: int) -> list[int]:
    """Return where to break a line of text so that no piece is wider than `width` cells."""
    found: list[int] = []
    used, start, last = 0, 0, 0
    for at, character in enumerate(text):
        if at > start and _may_break(text[start:at], character):
            last = at
        size = get_character_cell_size(character)
        if used + size > width and character != " ":
            start = last if last > start else at
            found.append(start)
            used = sum(map(get_character_cell_size, text[start:at]))
        used += size
    return found


def _may_break(before: str, after: str) -> bool:
    if before[-1] == " ":
        # A numeral stays with the word it counts: "2012 年", "5 月".
        return not (before[-2:-1].isdigit() and _is_wide(after))
    if after == " " or after in _NEVER_FIRST or before[-1] in _NEVER_LAST:
        return False
    return _is_wide(before[-1]) or _is_wide(after)


def _is_wide(character: str) -> bool:
    return get_character_cell_size(character) == 2
