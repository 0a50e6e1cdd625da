"""A brief's outline to numbered sections: each entry is printed once, where it is first named or selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.draft.view import Item, Paragraph, Section, Source
from tracker.lang import formats
from tracker.load.units import Target, resolve
from tracker.model import BodyItem, Select
from tracker.model import Section as BriefSection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.cover.scope import Scope
    from tracker.draft.prose import Prose
    from tracker.load.workspace import Workspace
    from tracker.model import Brief, Entry


class Outline:
    """Numbers the paragraphs of one draft in one run, in document order."""

    def __init__(self, ws: Workspace, scope: Scope, prose: Prose, retired: frozenset[str], *, clean: bool) -> None:
        self._ws = ws
        self._prose = prose
        self._retired = retired
        self._clean = clean
        self._current = [entry for entry, current in scope.entries(ws) if current]
        self._paragraphs = 0
        self.printed: set[str] = set()
        self.asked: set[str] = set()

    def sections(
        self, sections: Iterable[BriefSection], level: int = 0, *, drop_empty: bool = False
    ) -> tuple[Section, ...]:
        """Return the sections that are printed, with numerals that count them at their level."""
        kept = [section for section in sections if not (self._clean and section.internal)]
        numbered = 0
        made = []
        for section in kept:
            heading = self._prose.text(section.heading, "outline", "heading")
            paragraphs = tuple(self._paragraph(found, internal=section.internal) for found in self._items(section.body))
            inner = self.sections(section.sections, level + 1 if section.heading else level, drop_empty=drop_empty)
            if drop_empty and not paragraphs and not inner:
                continue
            numbered += bool(heading)
            made.append(
                Section(
                    level=level + 1,
                    numeral=formats.heading(self._prose.lang, level, numbered) if heading else "",
                    heading=heading,
                    paragraphs=paragraphs,
                    sections=inner,
                    internal=section.internal,
                )
            )
        return tuple(made)

    def _items(self, body: Iterable[BodyItem]) -> Iterator[tuple[BodyItem, list[Entry]]]:
        for item in body:
            if item.asks is not None:
                if item.asks in self._retired or self._clean:
                    continue
                self.asked.add(item.asks)
            entries = [self._ws.entries[name] for name in item.entries if name in self._ws.entries]
            printed = self._printable(entries)
            if item.select is None:
                # A paragraph that only prints what is internal or printed elsewhere is no paragraph.
                if item.text or item.items or printed or not entries:
                    yield item, printed
                continue
            selected = self._printable(self._selected(item.select))
            if item.select.join:
                if item.text or printed or selected:
                    yield item, printed + selected
                continue
            if item.text or printed:
                yield item, printed
            for entry in selected:
                yield BodyItem(), [entry]

    def _printable(self, entries: Iterable[Entry]) -> list[Entry]:
        fresh = [entry for entry in entries if entry.id not in self.printed and not (self._clean and entry.internal)]
        self.printed.update(entry.id for entry in fresh)
        return fresh

    def _selected(self, select: Select) -> list[Entry]:
        return selected(self._ws, self._current, select, self._prose.lang.states_in_order)

    def _paragraph(self, found: tuple[BodyItem, list[Entry]], *, internal: bool) -> Paragraph:
        item, entries = found
        self._paragraphs += 1
        parts = [self._prose.text(item.text, "outline", "text")]
        parts += [self._prose.text(entry.summary, entry.id, "summary") for entry in entries]
        parts += [
            self._prose.lang.word("text_missing", what=name) for name in item.entries if name not in self._ws.entries
        ]
        return Paragraph(
            number=self._paragraphs,
            marker=f"p{self._paragraphs}",
            text=self._prose.joined(parts),
            lettered=self._lettered(item.items),
            entries=tuple(entry.id for entry in entries),
            sources=_sources(entries),
            units=_units(self._ws, entries),
            internal=internal or any(entry.internal for entry in entries),
        )

    def _lettered(self, items: Iterable[BodyItem], level: int = 0) -> tuple[Item, ...]:
        made = []
        for number, item in enumerate(items, 1):
            parts = [self._prose.text(item.text, "outline", "item")]
            entries = self._printable(self._ws.entries[name] for name in item.entries if name in self._ws.entries)
            parts += [self._prose.text(entry.summary, entry.id, "summary") for entry in entries]
            mark = formats.item(self._prose.lang, level, number)
            made.append(Item(mark, self._prose.joined(parts), self._lettered(item.items, level + 1)))
        return tuple(made)


def selected(ws: Workspace, entries: Iterable[Entry], select: Select, order: dict[str, int]) -> list[Entry]:
    """Return the entries a `select` of an outline chooses; States in English alphabetical order if asked."""
    wanted = _wanted(ws, select)
    found = [entry for entry in entries if _fits(ws, entry, select, wanted)]
    if select.order == "states":
        found.sort(key=lambda entry: min((order.get(actor, len(order)) for actor in entry.by), default=len(order)))
    return found


def default_sections(ws: Workspace, brief: Brief) -> tuple[BriefSection, ...]:
    """Return an outline for a brief that has none: a section a mandate, a sub-section a unit with evidence."""
    sections = []
    for name in brief.mandates:
        if name not in ws.mandates:
            continue
        units = [unit for unit in ws.units[name].values() if not unit.container]
        parts = [BriefSection(heading=unit.gist, body=_selecting(unit.ref)) for unit in units]
        # What names no unit comes last, without a heading of its own.
        parts.append(BriefSection(body=_selecting(name)))
        sections.append(BriefSection(heading=ws.mandates[name].title, sections=tuple(parts)))
    return tuple(sections)


def _selecting(ref: str) -> tuple[BodyItem, ...]:
    return (BodyItem(select=Select(units=(ref,))),)


def _wanted(ws: Workspace, select: Select) -> set[tuple[str, str]]:
    cells: set[tuple[str, str]] = set()
    for text in select.units:
        target = resolve(ws, text)
        if not isinstance(target, Target):
            continue
        units = ws.units[target.mandate]
        numbers = target.numbers or ("", *units)
        cells.update((target.mandate, number) for number in numbers)
        chosen = {f"{target.mandate}:{number}" for number in numbers}
        for unit in units.values():
            if unit.parent in chosen:
                chosen.add(unit.ref)
                cells.add((target.mandate, unit.number))
    return cells


def _fits(ws: Workspace, entry: Entry, select: Select, wanted: set[tuple[str, str]]) -> bool:
    if select.types and entry.type not in select.types:
        return False
    return not select.units or not wanted.isdisjoint(_cells_of(ws, entry))


def _cells_of(ws: Workspace, entry: Entry) -> set[tuple[str, str]]:
    targets = [target for text in entry.addresses if isinstance(target := resolve(ws, text), Target)]
    return {(target.mandate, number) for target in targets for number in target.numbers or ("",)}


def _sources(entries: Iterable[Entry]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source_of(text) for entry in entries for text in entry.sources))


def source_of(text: str) -> Source:
    """Split a source as an entry cites it, `ed-report-2013:21`, into document and paragraph."""
    document, _, paragraph = text.partition(":")
    return Source(document, paragraph)


def _units(ws: Workspace, entries: Iterable[Entry]) -> tuple[str, ...]:
    refs: dict[str, None] = {}
    for entry in entries:
        for text in entry.addresses:
            target = resolve(ws, text)
            if isinstance(target, Target):
                for number in target.numbers or ("",):
                    refs[f"{target.mandate}:{number}".rstrip(":")] = None
    return tuple(refs)
