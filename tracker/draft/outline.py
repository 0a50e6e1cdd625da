"""A brief's outline to numbered sections: each entry is printed once, where it is first named or selected."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from tracker import refs
from tracker.cover.promises import retired_in
from tracker.cover.scope import scope_of
from tracker.draft.prose import Prose
from tracker.draft.select import Selector, outline_of
from tracker.draft.view import Item, Paragraph, Section, Source
from tracker.lang import REFERENCE, formats, language
from tracker.load.resolve import cells_of
from tracker.model import BodyItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.cover.scope import Scope
    from tracker.load.workspace import Workspace
    from tracker.model import Brief, Entry, Text
    from tracker.model import Section as BriefSection


class Outline:
    """Numbers the paragraphs of one draft in one run, in document order."""

    def __init__(self, ws: Workspace, scope: Scope, prose: Prose, *, clean: bool) -> None:
        self._ws = ws
        self._prose = prose
        self._clean = clean
        self._retired = retired_in(ws, scope)
        self._exists_in = frozenset((*scope.earlier, *scope.current))
        self._selector = Selector(ws, scope.current_entries(ws))
        self._paragraphs = 0
        self.printed: set[str] = set()
        self.asked: set[str] = set()
        self.repeated: set[str] = set()

    def report(self, brief: Brief) -> tuple[Section, ...]:
        """Return the sections of a report; of an outline made for it, only those with evidence."""
        return self._sections(outline_of(self._ws, brief), "", drop_empty=not brief.outline)

    def _sections(
        self,
        sections: Iterable[BriefSection],
        path: str,
        level: int = 0,
        headings: Iterator[int] | None = None,
        *,
        drop_empty: bool,
    ) -> tuple[Section, ...]:
        # What stands in a section without a heading is numbered on with what stands beside it.
        headings = headings or count(1)
        made = []
        for place, section in enumerate(sections, 1):
            if self._clean and section.internal:
                continue
            where = f"{path}{place}"
            items = self._items(section.body)
            paragraphs = tuple(self._paragraph(item, entries, internal=section.internal) for item, entries in items)
            deeper = (level + 1, None) if section.heading else (level, headings)
            inner = self._sections(section.sections, f"{where}.", *deeper, drop_empty=drop_empty)
            # An internal section holds questions; once they are answered its heading is in the way.
            if (drop_empty or section.internal) and not paragraphs and not inner:
                continue
            heading = self._prose.plain(section.heading, f"section {where}", "heading")
            made.append(
                Section(
                    level=level + 1,
                    numeral=formats.heading(self._prose.lang, level, next(headings)) if heading else "",
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
            printed = self._named(item)
            if item.select is None:
                if self._says_something(item, printed):
                    yield item, printed
                continue
            found = self._printable(self._selector.chosen(item.select, self._prose.lang.states_in_order))
            if item.select.join:
                printed, found = printed + found, []
            if self._says_something(item, printed):
                yield item, printed
            for entry in found:
                yield BodyItem(), [entry]

    def _says_something(self, item: BodyItem, printed: list[Entry]) -> bool:
        # A paragraph that only names what is internal, or printed elsewhere, is no paragraph.
        return bool(item.text or item.items or printed or self._unknown(item))

    def _known(self, item: BodyItem) -> list[Entry]:
        return [self._ws.entries[name] for name in item.entries if self._exists(name)]

    def _unknown(self, item: BodyItem) -> list[str]:
        return [name for name in item.entries if not self._exists(name)]

    def _exists(self, name: str) -> bool:
        # Entries of later reports do not exist for this one.
        return name in self._ws.entries and self._ws.entries[name].cycle in self._exists_in

    def _named(self, item: BodyItem) -> list[Entry]:
        self.repeated.update(entry.id for entry in self._known(item) if entry.id in self.printed)
        return self._printable(self._known(item))

    def _printable(self, entries: Iterable[Entry]) -> list[Entry]:
        allowed = [entry for entry in entries if not (self._clean and entry.internal)]
        fresh = {entry.id: entry for entry in allowed if entry.id not in self.printed}
        self.printed.update(fresh)
        return list(fresh.values())

    def _paragraph(self, item: BodyItem, entries: list[Entry], *, internal: bool) -> Paragraph:
        self._paragraphs += 1
        ref = f"paragraph {self._paragraphs}"
        text = self._text(item, entries, ref)
        lettered, inside = self._lettered(item.items, ref)
        told = [*entries, *inside]
        return Paragraph(
            number=self._paragraphs,
            marker=f"p{self._paragraphs}",
            text=text,
            lettered=lettered,
            entries=tuple(entry.id for entry in told),
            sources=_sources(told),
            units=_units(self._ws, told),
            internal=internal or bool(told and not item.text and all(entry.internal for entry in told)),
        )

    def _text(self, item: BodyItem, entries: list[Entry], ref: str) -> str:
        parts = [self._prose.text(item.text, ref, "text")]
        told = {entry.id: entry for entry in entries}
        for name in dict.fromkeys((*item.entries, *told)):
            if name in told:
                parts.append(self._prose.text(told[name].summary, name, "summary"))
            elif not self._exists(name):
                parts.append(self._prose.unknown(name))
        return self._prose.joined(parts)

    def _lettered(self, items: Iterable[BodyItem], ref: str, level: int = 0) -> tuple[tuple[Item, ...], list[Entry]]:
        made: list[Item] = []
        told: list[Entry] = []
        for item, entries in self._items(items):
            mark = formats.item(self._prose.lang, level, len(made) + 1)
            text = self._text(item, entries, f"{ref} {mark}")
            inner, inside = self._lettered(item.items, f"{ref} {mark}", level + 1)
            told += [*entries, *inside]
            made.append(Item(mark, text, inner))
        return tuple(made), told


class _Unwritten(Prose):
    """Stands in where paragraphs are only numbered, and no text is wanted."""

    def text(self, text: Text, ref: str, what: str) -> str:  # noqa: ARG002 - as the prose of a draft is asked
        """Return nothing."""
        return ""


def printed_in(ws: Workspace, cycle: str) -> tuple[dict[str, int], set[str]]:
    """Return the number of the paragraph that prints each entry, and the entries named again further on.

    Both are the same in every language.
    """
    outline = Outline(ws, scope_of(ws, cycle), _Unwritten(language(REFERENCE)), clean=False)
    sections = outline.report(ws.cycles[cycle].brief)
    numbers = {entry: paragraph.number for paragraph in paragraphs(sections) for entry in paragraph.entries}
    return numbers, outline.repeated


def paragraphs(sections: Iterable[Section]) -> Iterator[Paragraph]:
    """Yield all paragraphs of a report in the order of their numbers."""
    for section in sections:
        yield from section.paragraphs
        yield from paragraphs(section.sections)


def _sources(entries: Iterable[Entry]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(Source(*refs.source(text)) for entry in entries for text in entry.sources))


def _units(ws: Workspace, entries: Iterable[Entry]) -> tuple[str, ...]:
    named = [cell for entry in entries for cell in cells_of(ws, entry)]
    return tuple(dict.fromkeys(f"{mandate}:{number}".rstrip(":") for mandate, number in named))
