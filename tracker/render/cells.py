"""What goes into one cell of a workbook: text that Excel accepts, the room it needs, and names of sheets."""

from __future__ import annotations

import re
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING
from unicodedata import bidirectional

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# What XML has no place for; Excel would call the file damaged, or show _x0001_.
_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Characters that take the room of two: Chinese, Japanese and Korean, and their punctuation.
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
    "\U00020000-\U0003fffd]"
)
_CYRILLIC = re.compile("[\u0400-\u052f]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TEXT = 32_767
_LONGEST_NAME = 31
# Points: the height of a line of 10 point text in each script, and Excel's limit to the height of a row.
_LINE, _WIDE_LINE, _PADDING = 13, 15, 5
TALLEST = 409.0


def cell_text(text: str) -> str:
    """Return a text as a cell can hold it: what is forbidden dropped, what is too long cut."""
    # Excel counts characters beyond the first plane twice.
    is_short = len(text) <= _LONGEST_TEXT // 2
    if is_short and text.isprintable():
        return text
    text = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if is_short:
        return text
    counted = text.encode("utf-16-le")
    if len(counted) <= 2 * _LONGEST_TEXT:
        return text
    return counted[: 2 * (_LONGEST_TEXT - 1)].decode("utf-16-le", errors="ignore") + "…"


def looks_like_formula(text: str) -> bool:
    """Tell whether Excel would take a text for a formula once somebody edits its cell, or hide its first mark."""
    return text.startswith(("=", "+", "-", "@", "'", "\t"))


def reads_from_right(text: str) -> bool:
    """Tell whether the first letter of a text is of a script that runs from the right."""
    sides = (side for side in map(bidirectional, text) if side in ("L", "R", "AL"))
    return next(sides, "L") != "L"


def head_text(text: str, at_most: int) -> str:
    """Return a text for the head or foot of a page, on one line; an ampersand would begin a code there."""
    line = " ".join(cell_text(text).split())
    line = line if len(line) <= at_most else f"{line[: at_most - 1]}…"
    return line.replace("&", "&&")


def width(text: str) -> float:
    """Return how many columns of a digit's width a text takes on one line."""
    if text.isascii():
        return len(text) * 0.86
    # Letters are narrower than digits, by which columns are measured; those of Russian are not.
    return len(text) * 0.86 + len(_WIDE.findall(text)) * 1.14 + len(_CYRILLIC.findall(text)) * 0.18


@lru_cache(maxsize=4096)
def height(text: str, room: float) -> float:
    """Return the points a text needs, wrapped in a column of this width."""
    if text.isascii() and "\n" not in text and width(text) <= room - 1:
        return _LINE + _PADDING
    lines = sum(_lines(line, room) for line in text.split("\n"))
    return lines * (_LINE if text.isascii() or not _WIDE.search(text) else _WIDE_LINE) + _PADDING


def _lines(line: str, room: float) -> int:
    size = width(line)
    if size > len(line) * 1.3:
        # Chinese breaks anywhere but before punctuation.
        return ceil(size / max(room - 1.5, 2))
    if size <= room - 1:
        return 1
    fitting = max(1, int(room * len(line) / size))
    count, start = 1, 0
    while start + fitting < len(line):
        space = line.rfind(" ", start, start + fitting + 1)
        # A word longer than the line is broken wherever that ends.
        start = space + 1 if space > start else start + fitting
        count += 1
    return count


def pieces(text: str, room: float, tallest: float) -> Iterator[str]:
    """Cut a text into pieces that each fit a height: between its lines, else between words or sentences."""
    if height(text, room) <= tallest:
        yield text
        return
    piece: list[str] = []
    for line in text.split("\n"):
        for part in _fitting(line, room, tallest):
            if piece and height("\n".join((*piece, part)), room) > tallest:
                yield "\n".join(piece)
                piece = []
            piece.append(part)
    yield "\n".join(piece)


def _fitting(line: str, room: float, tallest: float) -> Iterator[str]:
    def fits(end: int) -> bool:
        return height(line[:end].rstrip(), room) <= tallest

    while height(line, room) > tallest:
        share = max(1, int(len(line) * tallest / height(line, room)))
        # Where Chinese and Latin mix, a part may need more than its share.
        while share > 1 and not fits(share):
            share = share * 9 // 10
        breaks = (match.end() for match in re.finditer("[ 。；]", line[:share]))
        cut = next(filter(fits, reversed(list(breaks))), share)
        yield line[:cut].rstrip()
        line = line[cut:].lstrip()
    yield line


def sheet_name(text: str, taken: Collection[str]) -> str:
    """Return a name that Excel accepts for a sheet, unlike all those `taken`, whatever their case."""
    wanted = _NOT_IN_NAMES.sub("-", cell_text(text).replace("\n", " ").replace("\t", " ")).strip("' ")
    # Excel keeps the name History for itself.
    wanted = f"{wanted}_" if wanted.lower() == "history" else wanted or "-"
    lower = {name.lower() for name in taken}
    name, number = _shortened(wanted, _LONGEST_NAME), 1
    while name.lower() in lower:
        number += 1
        end = f" ({number})"
        name = _shortened(wanted, _LONGEST_NAME - len(end)) + end
    return name


def _shortened(name: str, at_most: int) -> str:
    return name.encode("utf-16-le")[: 2 * at_most].decode("utf-16-le", errors="ignore").strip("' ")
