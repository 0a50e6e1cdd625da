"""Automatic numbering of Word: which number stands before a paragraph, counted as Word counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.list_numbers import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_GAPS = {"space": " ", "nothing": ""}
_LONGEST_LABEL = 100
_DEEPEST, _LAST_LEVEL = 50, 8


class Style(NamedTuple):
    """What a paragraph style says of headings and numbering."""

    based_on: str | None
    outline: int | None
    num_id: str | None
    depth: int | None


class Level(NamedTuple):
    """How one level of a list is numbered; `restart` is the depth from which a paragraph above begins it anew."""

    start: int
    form: str
    text: str
    gap: str
    restart: int
    digits_only: bool
    style: str | None


class Styles:
    """Paragraph styles by id; each takes from the one it is based on what it does not say itself."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default = ""
        for element in () if root is None else root.iterchildren(f"{W}style"):
            name = element.get(f"{W}styleId", "")
            self._styles[name] = _style(element)
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in {"1", "true", "on"}:
                self.default = name

    def line(self, name: str | None) -> Iterator[tuple[str, Style]]:
        """Return a style and those it is based on, nearest first."""
        for _ in range(_DEEPEST):
            style = self._styles.get(name or "")
            if style is None:
                return
            yield name or "", style
            name = style.based_on

    def outline(self, name: str | None) -> int | None:
        """Return the outline level of a style, from 0."""
        return next((style.outline for _, style in self.line(name) if style.outline is not None), None)


class Numbering:
    """The lists of a document, and how far each has been counted."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, Level]] = {}
        self._linked: dict[str, str] = {}
        self._lists: dict[str, str] = {}
        self._own_levels: dict[tuple[str, int], Level] = {}
        self._own_starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for abstract in () if root is None else root.iterchildren(f"{W}abstractNum"):
            self._read_list(abstract)
        for num in () if root is None else root.iterchildren(f"{W}num"):
            self._read_use(num)

    def label(self, num_id: str | None, depth: int | None, style: str | None) -> str:
        """Count one paragraph and return its number with the gap after it; empty where it has none."""
        if num_id is None:
            num_id, depth_of_style = self._of_style(style)
            depth = depth_of_style if depth is None else depth
        if num_id is None:
            return ""
        depth = depth or 0
        level = self._level(num_id, depth)
        if level is None:
            return ""
        return self._written(num_id, level, self._count(num_id, depth, level))

    def _read_list(self, abstract: Element) -> None:
        name = abstract.get(f"{W}abstractNumId", "")
        self._levels[name] = dict(_levels(abstract))
        link = value(abstract, "numStyleLink")
        if link:
            self._linked[name] = link

    def _read_use(self, num: Element) -> None:
        num_id = num.get(f"{W}numId", "")
        self._lists[num_id] = value(num, "abstractNumId") or ""
        for override in num.iterchildren(f"{W}lvlOverride"):
            start = value(override, "startOverride")
            depth = number(override.get(f"{W}ilvl"), 0)
            if start is not None and depth <= _LAST_LEVEL:
                self._own_starts.setdefault(num_id, {})[depth] = number(start, 1)
            for depth, level in _levels(override):
                self._own_levels[num_id, depth] = level

    def _of_style(self, style: str | None) -> tuple[str | None, int | None]:
        for name, found in self._styles.line(style):
            if found.num_id is not None:
                # In a list of several levels the level names its style more reliably than the style its level.
                levels = self._levels.get(self._list(found.num_id), {})
                return found.num_id, next(
                    (depth for depth, level in levels.items() if level.style == name), found.depth
                )
        return None, None

    def _list(self, num_id: str) -> str:
        name = self._lists.get(num_id, "")
        for _ in range(_DEEPEST):
            linked = (style.num_id for _, style in self._styles.line(self._linked.get(name)) if style.num_id)
            name, last = self._lists.get(next(linked, num_id), ""), name
            if name == last:
                break
        return name

    def _level(self, num_id: str, depth: int) -> Level | None:
        own = self._own_levels.get((num_id, depth))
        return own or self._levels.get(self._list(num_id), {}).get(depth)

    def _count(self, num_id: str, depth: int, level: Level) -> dict[int, int]:
        counts = self._counts.setdefault(self._list(num_id), {})
        # Uses of one list go on counting, unless a use says where it begins: that holds for its first paragraph.
        for begun, start in self._own_starts.pop(num_id, {}).items():
            counts[begun] = start - (begun == depth)
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for lower in [lower for lower in counts if lower > depth]:
            found = self._level(num_id, lower)
            if found is None or depth < found.restart:
                del counts[lower]
        return counts

    def _written(self, num_id: str, level: Level, counts: dict[int, int]) -> str:
        if level.form == "bullet":
            return f"{level.text if level.text in {'-', '–', '—', '*'} else '•'}{level.gap}"

        def place(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            other = self._level(num_id, depth)
            if other is None:
                return ""
            return written(counts.get(depth, other.start), "decimal" if level.digits_only else other.form)

        text = _PLACE.sub(place, level.text)
        return f"{text}{level.gap}" if text.strip() else ""


def value(element: Element | None, *names: str) -> str | None:
    """Return the value of a property under an element, given by its path of names; None where it is not there."""
    for name in names:
        element = None if element is None else element.find(f"{W}{name}")
    return None if element is None else element.get(f"{W}val", "")


def number(text: str | None, otherwise: int) -> int:
    """Return a whole number as Word writes it, or another where there is none or one too large to mean anything."""
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,5}", text) else otherwise


def switched_on(element: Element, *names: str) -> bool:
    """Tell whether a property under an element is set, and not set to "off"."""
    return value(element, *names) not in {None, "0", "false", "off"}


def _style(element: Element) -> Style:
    outline, depth = value(element, "pPr", "outlineLvl"), value(element, "pPr", "numPr", "ilvl")
    return Style(
        value(element, "basedOn"),
        None if outline is None else number(outline, 9),
        value(element, "pPr", "numPr", "numId"),
        None if depth is None else number(depth, 0),
    )


def _levels(root: Element) -> Iterator[tuple[int, Level]]:
    for element in root.iterchildren(f"{W}lvl"):
        depth = number(element.get(f"{W}ilvl"), 0)
        if depth <= _LAST_LEVEL:
            yield depth, _level(element, depth)


def _level(element: Element, depth: int) -> Level:
    return Level(
        number(value(element, "start"), 1),
        value(element, "numFmt") or "decimal",
        (value(element, "lvlText") or "")[:_LONGEST_LABEL],
        _GAPS.get(value(element, "suff") or "", "\t"),
        number(value(element, "lvlRestart"), depth),
        switched_on(element, "isLgl"),
        value(element, "pStyle"),
    )
