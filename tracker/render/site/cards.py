"""Paragraphs and entries in the words a page prints, in every language of the site."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec import Struct

from tracker import refs
from tracker.draft.titles import first_words, titles_of
from tracker.lang import formats
from tracker.model import ContainerCoverage, Role
from tracker.render.rows import status_word
from tracker.render.site import links
from tracker.render.site.charts import swatch
from tracker.render.site.interface import direction, phrase
from tracker.render.site.prose import rendered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.lang import Language
    from tracker.model import Entry, Text, Tie, Unit, UnitCoverage
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


class UnitCard(Struct, frozen=True, kw_only=True):
    """A paragraph in words; a container has no status, only how much of it is reported."""

    ref: str
    number: str
    href: str
    level: int
    heading: Markup
    counted: bool
    ours: bool
    status: str
    badge: Markup
    request: Markup
    gist: Markup
    condition: Markup
    texts: list[Wording]
    assessment: Markup
    because: Markup
    answered_by: str
    actions: list[Evidence]
    facts: list[Evidence]


class Cards:
    """Makes cards, those of entries once each."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._words = content.interface
        self._entries: dict[str, EntryCard] = {}

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
                summary=words.text(entry.summary, rendered),
            )
        return self._entries[entry.id]

    def unit(self, row: UnitCoverage | ContainerCoverage) -> UnitCard:
        """Return the card of a paragraph."""
        unit, words = row.unit, self._words
        counted = not isinstance(row, ContainerCoverage)
        assessment = row.assessment
        return UnitCard(
            ref=unit.ref,
            number=refs.printed(unit.number),
            href=links.unit(unit.ref),
            level=_depth(unit.number),
            heading=self._heading(unit),
            counted=counted,
            ours=row.ours,
            status=_status(row),
            badge=self.badge(row),
            request=request(unit, words),
            gist=words.text(unit.gist),
            condition=words.label("conditions", unit.condition) if unit.condition else Markup(""),
            texts=wordings(unit.text, words),
            assessment=words.label("statuses", assessment.status) if assessment else Markup(""),
            because=words.text(assessment.because) if assessment else Markup(""),
            answered_by=getattr(row, "answered_by", None) or "",
            actions=self._evidence(tie for tie in row.evidence if tie.role is not Role.FACT),
            facts=self._evidence(tie for tie in row.evidence if tie.role is Role.FACT),
        )

    def badge(self, row: UnitCoverage | ContainerCoverage) -> Markup:
        """Return how a paragraph stands; a container has no status of its own."""
        said = self._words.each(lambda lang: status_word(row, lang))
        if isinstance(row, ContainerCoverage):
            return said
        return Markup('<span class="badge">{}{}</span>').format(swatch(row.status), said)

    def short(self, row: UnitCoverage | ContainerCoverage) -> Markup:
        """Return a paragraph in one line: its reference and what it asks."""
        return Markup("{} {}").format(f"{row.unit.mandate}:{refs.printed(row.unit.number)}", self.said(row))

    def said(self, row: UnitCoverage | ContainerCoverage) -> Markup:
        """Return what a paragraph asks, in short."""
        parent = self._content.rows.get(row.unit.parent or "")
        return self._words.text(said_in_short(row.unit, parent.unit.text if parent else {}))

    def summaries(self, entry: Entry) -> list[Wording]:
        """Return an entry's summary in all its languages, as HTML."""
        return [
            Wording(one.code, one.direction, one.name, rendered(one.text, one.code))
            for one in wordings(entry.summary, self._words)
        ]

    def ties(self, ties: Iterable[Tie]) -> list[Evidence]:
        """Return evidence that stands beside no paragraph."""
        return self._evidence(ties)

    def _evidence(self, ties: Iterable[Tie]) -> list[Evidence]:
        # What those who were asked did comes first.
        ordered = sorted(ties, key=lambda tie: tie.role is not Role.ADDRESSEE)
        return [Evidence(self.entry(tie.entry), _role(tie.role, self._words), not tie.current) for tie in ordered]

    def _heading(self, unit: Unit) -> Markup:
        named = numbered(unit.number, self._words)
        return named + Markup(". ") + self._words.text(unit.heading) if unit.heading else named


def _status(row: UnitCoverage | ContainerCoverage) -> str:
    return "" if isinstance(row, ContainerCoverage) else row.status.value


@lru_cache
def _badge(words: Interface, status: str) -> Markup:
    return Markup('<span class="badge">{}{}</span>').format(swatch(status), words.label("statuses", status))


@lru_cache
def _role(role: Role, words: Interface) -> Markup:
    return words.word(f"role.{role}")


def _depth(number: str) -> int:
    return len(refs.split(number)) + ("#" in number)


def numbered(number: str, words: Interface) -> Markup:
    """Name a paragraph: "Paragraph 3 (a)", "Paragraph 1, request 2"; a part or an annex by its own label."""
    paragraph, _, clause = number.partition("#")
    return words.each(lambda lang: _numbered(refs.printed(paragraph), clause, lang))


def _numbered(paragraph: str, clause: str, lang: Language) -> str:
    if clause:
        return phrase(lang, "request_of", number=paragraph, clause=clause)
    if "~" in paragraph:
        return phrase(lang, "number_unknown", number=paragraph)
    return phrase(lang, "paragraph", number=paragraph) if paragraph[:1].isdigit() else paragraph


def request(unit: Unit, words: Interface) -> Markup:
    """Return who asks what way of whom: "Requests United Nations Office on Drugs and Crime"."""
    return words.each(lambda lang: opening(unit, lang))


def opening(unit: Unit, lang: Language) -> str:
    """Return a paragraph's verb and those it goes to, in one language."""
    verb = lang.label("verbs", unit.verb) if unit.verb else ""
    asked = lang.listed([lang.label("addressees", name) for name in unit.addressees])
    return str(lang.data["sentence_joiner"]).join(part for part in (verb, asked) if part)


def said_in_short(unit: Unit, parents_text: Text) -> Text:
    """Return what a list prints of a paragraph: its gist or heading, else the first words of its text."""
    if unit.gist or unit.heading:
        return unit.gist or unit.heading
    return {code: first_words(text, 120) for code, text in (unit.text or parents_text).items()}


def wordings(text: Text, words: Interface) -> list[Wording]:
    """Return a text in all its languages, each under the language's name."""
    return [
        Wording(code, direction(code), words.heading("languages", code), wording)
        for code, wording in text.items()
        if wording.strip()
    ]


def session_of(content: Content, body: str, number: int) -> Markup:
    """Name the body and session a report goes to."""
    return content.interface.each(
        lambda lang: f"{lang.label('bodies', body)}{lang.data['list']['separator']}{formats.session(lang, number)}"
    )
