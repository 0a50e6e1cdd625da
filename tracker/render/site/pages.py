"""The pages of a site, one after the other: each is its path and its bytes, the same each time for the same data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker import refs
from tracker.cover.coverage import ContainerCoverage
from tracker.draft.templates import built_in
from tracker.draft.titles import titles_of
from tracker.lang import pick
from tracker.model import Status
from tracker.render.site import charts, links
from tracker.render.site.cards import Cards, wordings
from tracker.render.site.interface import phrase
from tracker.render.site.naming import session_of
from tracker.render.site.overview import attention, overview, reported_of
from tracker.render.site.search import Index
from tracker.render.site.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markupsafe import Markup

    from tracker.cover.coverage import Coverage, MandateCoverage, UnitCoverage
    from tracker.model import Brief, Entry, Text
    from tracker.render.site.content import Content

ASSETS = ("style.css", "site.js")


class Pages:
    """All files of a site."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._cards = Cards(content)
        self._shell = Shell(content)

    @property
    def unresolved(self) -> tuple[tuple[str, str], ...]:
        """The records whose reference names nothing, with that reference."""
        return self._content.coverage.unresolved

    @property
    def internal(self) -> int:
        """How many entries shown are marked internal."""
        return sum(entry.internal for entry in self._content.entries.values())

    def __len__(self) -> int:
        content = self._content
        return 3 + len(ASSETS) + len(content.mandates) + len(content.briefs) + len(content.entries)

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        content = self._content
        title = phrase(content.interface.first, "title")
        yield "index.html", self._shell.page("index.html", "index", title, **overview(content, self._cards))
        for covered in content.coverage.mandates:
            mandate = covered.mandate
            yield self._page("mandate", mandate.id, mandate.title, self._mandate(covered))
        for brief in content.briefs:
            yield self._page("report", brief.id, brief.title, self._report(brief))
        for entry in content.entries.values():
            yield self._page("entry", entry.id, titles_of(entry), self._entry(entry))
        index = Index(content)
        yield "data.js", index.data()
        yield "texts.js", index.texts()
        for name in ASSETS:
            yield name, built_in(f"site/{name}").read_bytes()

    def _page(self, kind: str, name: str, title: Text, context: dict[str, Any]) -> tuple[str, bytes]:
        interface, path = self._content.interface, links.page(kind, name)
        named = pick(title, interface.first.code)[0]
        return path, self._shell.page(path, kind, named, title=interface.text(title), **context)

    def _mandate(self, covered: MandateCoverage) -> dict[str, Any]:
        words, mandate = self._content.interface, covered.mandate
        units = [row for row in covered.rows if not isinstance(row, ContainerCoverage)]
        return {
            "mandate": mandate,
            "adopted": words.date(mandate.adopted),
            "source": self._source(mandate.text_from) if mandate.text_from else None,
            "counts": _counts(units),
            "bar": charts.stacked(dict(_counts(units)), max(1, len(units))),
            "preamble": [wordings(text, words) for text in mandate.preamble],
            "rows": [self._cards.unit(row) for row in covered.rows],
            "unplaced": self._cards.evidence(covered.unplaced),
            "footnotes": [(note.mark, wordings(note.text, words)) for note in mandate.footnotes],
        }

    def _report(self, brief: Brief) -> dict[str, Any]:
        content, words = self._content, self._content.interface
        coverage = content.seen_from(brief.id)
        consultation = brief.consultation
        replied = [respondent.name for respondent in consultation.respondents] if consultation else []
        return {
            "brief": brief,
            "session": session_of(words, brief.to, brief.session.number),
            "period": words.date(brief.period),
            "respondents": words.actors(_in_english_order(replied, words.first.states_in_order)),
            "summary": wordings(brief.summary, words),
            "counts": _counts(coverage.units),
            "bar": charts.stacked(coverage.counts, max(1, len(coverage.units))),
            "ours": reported_of(row for row in coverage.units if row.ours),
            "attention": attention(content, self._cards, brief.id),
            "covered": self._covered(coverage),
            "entries": [self._cards.entry(entry) for entry in content.ws.cycles[brief.id].entries],
        }

    def _covered(self, coverage: Coverage) -> list[dict[str, Any]]:
        words = self._content.interface
        return [
            {
                "mandate": covered.mandate,
                "href": self._content.place(covered.mandate.id),
                "title": words.text(covered.mandate.title),
                "rows": [self._cards.line(row) for row in covered.rows],
            }
            for covered in coverage.mandates
        ]

    def _entry(self, entry: Entry) -> dict[str, Any]:
        content, words = self._content, self._content.interface
        follows = [content.entries[name] for name in entry.follows if name in content.entries]
        larger = content.entries.get(entry.part_of or "")
        return {
            "entry": entry,
            "card": self._cards.entry(entry),
            "partners": words.actors(entry.partners),
            "countries": words.actors(_in_english_order(entry.countries, words.first.states_in_order)),
            "summary": self._cards.summaries(entry),
            "answers": list(self._answers(entry)),
            "sources": [self._source(text) for text in entry.sources],
            "follows": [self._cards.entry(other) for other in follows],
            "followed_by": self._named(content.followers.get(entry.id, ())),
            "contains": self._named(content.parts.get(entry.id, ())),
            "part_of": [self._cards.entry(larger)] if larger else [],
            "printed": content.printed.get(entry.id, []),
        }

    def _named(self, names: Iterable[str]) -> list[Any]:
        return [self._cards.entry(self._content.entries[name]) for name in names]

    def _answers(self, entry: Entry) -> Iterator[tuple[str, Markup, Markup]]:
        """Yield the paragraphs and mandates an entry answers: where they are, what they say, how they stand."""
        content, words = self._content, self._content.interface
        for ref in content.units_of[entry.id]:
            row = content.rows.get(ref)
            if row:
                yield content.place(ref), self._cards.short(row), self._cards.badge(row)
            else:
                mandate = content.mandates[ref].mandate
                yield f"{content.place(ref)}#unplaced", self._cards.mandate(mandate), words.label("words", "unplaced")

    def _source(self, text: str) -> dict[str, Any]:
        name, paragraph = refs.source(text)
        document = self._content.ws.documents.get(name)
        words = self._content.interface
        return {
            "title": words.text(document.title) if document and document.title else name,
            "symbol": (document.symbol if document else None) or "",
            "paragraph": paragraph,
            "url": links.web(document.url) if document else "",
        }


def _counts(rows: Iterable[UnitCoverage]) -> list[tuple[str, int]]:
    listed = [row.status for row in rows]
    return [(status.value, listed.count(status)) for status in Status if status in listed]


def _in_english_order(codes: Iterable[str], order: dict[str, int]) -> list[str]:
    return sorted(codes, key=lambda code: order.get(code, len(order)))
