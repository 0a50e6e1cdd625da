"""Paragraphs and entries in the words a page prints, in every language of the site."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec import Struct

from tracker import refs
from tracker.cover.coverage import ContainerCoverage
from tracker.draft.titles import titles_of
from tracker.model import Role
from tracker.render.rows import status_word
from tracker.render.site import links
from tracker.render.site.charts import swatch
from tracker.render.site.interface import direction
from tracker.render.site.naming import numbered, request, said_in_short
from tracker.render.site.prose import rendered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.cover.coverage import Tie, UnitCoverage
    from tracker.model import Entry, Mandate, Text, Unit
    from tracker.render.site.content import Content
    from tracker.render.site.interface import Interface


class Wording(Struct, frozen=True):
    """A text in one of its languages."""

    code: str
    direction: str
    name: Markup
    text: str


class EntryCard(Struct, frozen=True, kw_only=True):
    """An entry in words."""

    id: str
    href: str
    title: Markup
    kind: Markup
    status: Markup
    action: bool
    date: Markup
    by: Markup
    cycle: str
    internal: bool
    summary: Markup


class Evidence(Struct, frozen=True):
    """An entry beside a paragraph: in which role, and whether it is of an earlier report."""

    entry: EntryCard
    role: Markup
    earlier: bool


class UnitLine(Struct, frozen=True, kw_only=True):
    """A paragraph in one line of a table; it leads nowhere when the site has no page of its mandate."""

    href: str
    number: str
    counted: bool
    ours: bool
    badge: Markup
    request: Markup
    said: Markup
    assessment: Markup


class UnitCard(Struct, frozen=True, kw_only=True):
    """A paragraph in words; a container has no status, only how much of it is reported."""

    ref: str
    fragment: str
    level: int
    heading: Markup
    counted: bool
    ours: bool
    badge: Markup
    request: Markup
    gist: Markup
    condition: Markup
    texts: list[Wording]
    assessment: Markup
    answered_by: str
    actions: list[Evidence]
    facts: list[Evidence]


class Cards:
    """Makes cards, those of entries once each."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._words = content.interface
        self._entries: dict[str, EntryCard] = {}
        # Each summary stands on its own page and beside every paragraph it answers.
        self._rendered = cache(rendered)

    def entry(self, entry: Entry) -> EntryCard:
        """Return the card of an entry."""
        if entry.id not in self._entries:
            words = self._words
            self._entries[entry.id] = EntryCard(
                id=entry.id,
                href=links.page("entry", entry.id),
                title=words.text(titles_of(entry)),
                kind=words.label("types", entry.type),
                status=_badge(words, entry.status or "fact"),
                action=entry.status is not None,
                date=words.date(entry.date),
                by=words.actors(entry.by),
                cycle=entry.cycle,
                internal=entry.internal,
                summary=words.text(entry.summary, self._rendered),
            )
        return self._entries[entry.id]

    def unit(self, row: UnitCoverage | ContainerCoverage) -> UnitCard:
        """Return the card of a paragraph."""
        unit, words = row.unit, self._words
        counted = not isinstance(row, ContainerCoverage)
        return UnitCard(
            ref=unit.ref,
            fragment=links.fragment(unit.ref),
            level=_depth(unit.number),
            heading=self._heading(unit),
            counted=counted,
            ours=row.ours,
            badge=self.badge(row),
            request=request(unit, words),
            gist=words.text(unit.gist),
            condition=words.label("conditions", unit.condition) if unit.condition else Markup(""),
            texts=wordings(unit.text, words),
            assessment=self._assessment(row),
            answered_by=getattr(row, "answered_by", None) or "",
            actions=self.evidence(tie for tie in row.evidence if tie.role is not Role.FACT),
            facts=self.evidence(tie for tie in row.evidence if tie.role is Role.FACT),
        )

    def line(self, row: UnitCoverage | ContainerCoverage) -> UnitLine:
        """Return the line of a paragraph."""
        return UnitLine(
            href=self._content.place(row.unit.ref),
            number=refs.printed(row.unit.number),
            counted=not isinstance(row, ContainerCoverage),
            ours=row.ours,
            badge=self.badge(row),
            request=request(row.unit, self._words),
            said=self.said(row),
            assessment=self._assessment(row),
        )

    def badge(self, row: UnitCoverage | ContainerCoverage) -> Markup:
        """Return how a paragraph stands; a container has no status of its own."""
        said = self._words.each(lambda lang: status_word(row, lang))
        if isinstance(row, ContainerCoverage):
            return said
        return Markup('<span class="badge">{}{}</span>').format(swatch(row.status), said)

    def short(self, row: UnitCoverage | ContainerCoverage) -> Markup:
        """Return a paragraph in one line: its reference and what it asks."""
        return Markup("<bdi>{}</bdi> {}").format(f"{row.unit.mandate}:{refs.printed(row.unit.number)}", self.said(row))

    def mandate(self, mandate: Mandate) -> Markup:
        """Return a mandate in one line: its symbol and title."""
        return Markup("<bdi>{}</bdi> {}").format(mandate.symbol or mandate.id, self._words.text(mandate.title))

    def said(self, row: UnitCoverage | ContainerCoverage) -> Markup:
        """Return what a paragraph asks, in short."""
        parent = self._content.rows.get(row.unit.parent or "")
        return self._words.text(said_in_short(row.unit, parent.unit.text if parent else {}))

    def summaries(self, entry: Entry) -> list[Wording]:
        """Return an entry's summary in all its languages, as HTML."""
        return [
            Wording(one.code, one.direction, one.name, self._rendered(one.text, one.code))
            for one in wordings(entry.summary, self._words)
        ]

    def _assessment(self, row: UnitCoverage | ContainerCoverage) -> Markup:
        """Return a person's judgement, with its reason, and whose and of which day it is; mostly there is none."""
        judged, words = row.assessment, self._words
        if judged is None:
            return Markup("")
        said = [words.label("statuses", judged.status)]
        said += [words.text(judged.because)] if judged.because else []
        signed = [part for part in (judged.by, words.date(judged.date)) if part]
        whose = Markup(" ({})").format(Markup(", ").join(signed)) if signed else ""
        return Markup("<b>{}</b> {}{}").format(words.label("words", "assessment"), Markup(" — ").join(said), whose)

    def evidence(self, ties: Iterable[Tie]) -> list[Evidence]:
        """Return evidence as a list prints it: what those who were asked did comes first."""
        ordered = sorted(ties, key=lambda tie: tie.role is not Role.ADDRESSEE)
        return [Evidence(self.entry(tie.entry), _role(tie.role, self._words), not tie.current) for tie in ordered]

    def _heading(self, unit: Unit) -> Markup:
        named = numbered(unit.number, self._words)
        return named + Markup(". ") + self._words.text(unit.heading) if unit.heading else named


@lru_cache
def _badge(words: Interface, status: str) -> Markup:
    return Markup('<span class="badge">{}{}</span>').format(swatch(status), words.label("statuses", status))


@lru_cache
def _role(role: Role, words: Interface) -> Markup:
    return words.word(f"role.{role}")


def _depth(number: str) -> int:
    return len(refs.split(number)) + ("#" in number)


def wordings(text: Text, words: Interface) -> list[Wording]:
    """Return a text in all its languages, each under the language's name."""
    return [
        Wording(code, direction(code), words.heading("languages", code), wording)
        for code, wording in text.items()
        if wording.strip()
    ]
