"""The view: everything a template may print, in one language, as plain records.

`docs/templates.md` describes each field for those who write templates; a test fails when it misses one.
"""

from __future__ import annotations

from msgspec import Struct


class Source(Struct, frozen=True):
    """A place in a source document; `paragraph` is empty when the whole document is cited."""

    document: str
    paragraph: str


class Item(Struct, frozen=True):
    """A lettered item of a paragraph: `mark` as "(a)", its text and the items inside it."""

    mark: str
    text: str
    lettered: tuple[Item, ...]


class Paragraph(Struct, frozen=True, kw_only=True):
    """A numbered paragraph with its provenance; `marker` names it in the rendered text."""

    number: int
    marker: str
    text: str
    lettered: tuple[Item, ...]
    entries: tuple[str, ...]
    sources: tuple[Source, ...]
    units: tuple[str, ...]
    internal: bool


class Section(Struct, frozen=True, kw_only=True):
    """A heading with its numeral ("I. ") and level (from 1), its paragraphs and sub-sections."""

    level: int
    numeral: str
    heading: str
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    internal: bool


class Footnote(Struct, frozen=True):
    """A footnote, numbered in one run through the report."""

    number: int
    text: str


class Masthead(Struct, frozen=True, kw_only=True):
    """The head of the first page, each line ready to print; an empty one is not known."""

    body: str
    symbol: str
    distribution: str
    date: str
    original: str
    session: str
    place_dates: str
    agenda_item: str
    agenda_title: str
    agenda_footnote: str


class Total(Struct, frozen=True, kw_only=True):
    """A figure added up over the actions done; parts of a larger activity that states it are not counted twice."""

    name: str
    value: str
    at_least: bool
    about: bool
    entries: tuple[str, ...]


class Note(Struct, frozen=True):
    """One line of the drafting notes: what it is about, what it says, and how it stands."""

    ref: str
    text: str
    status: str


class Notes(Struct, frozen=True, kw_only=True):
    """What the drafter must know and a clean draft leaves out."""

    gaps: tuple[Note, ...]
    calls: tuple[Note, ...]
    announcements: tuple[Note, ...]
    renewals: tuple[Note, ...]
    unplaced: tuple[Note, ...]
    unprinted: tuple[Note, ...]
    missing: tuple[Note, ...]


class Length(Struct, frozen=True, kw_only=True):
    """The length in words against the limit (0 when there is none); `statement` says it in a sentence."""

    words: int
    limit: int
    estimated: bool
    statement: str


class View(Struct, frozen=True, kw_only=True):
    """A report in one language, numbered and ready for a template.

    `missing` counts the texts that have no version in this language; `notes` is None in a clean
    draft; `words` holds the words of the language's file, by key.
    """

    report: str
    language: str
    direction: str
    clean: bool
    masthead: Masthead
    title: str
    author: str
    addendum: str
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    totals: dict[str, Total]
    unprinted: tuple[str, ...]
    unresolved: tuple[Note, ...]
    missing: int
    notes: Notes | None
    length: Length
    words: dict[str, str]
