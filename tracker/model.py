"""All records of the project, frozen, in one place: what people write, and what is derived from it.

A text is a map from language to wording. `id` and `cycle` are never written in a file: the loader
takes them from the file's or folder's name.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

Text = Annotated[dict[str, str], Meta(extra={"text": True})]
Names = tuple[str, ...]


class ActionStatus(StrEnum):
    """How far an action has come. Evidence without one is a fact: printed, never counted."""

    COMPLETED = "completed"
    ONGOING = "ongoing"
    PLANNED = "planned"
    CANCELLED = "cancelled"


class Status(StrEnum):
    """What has been reported on a unit; says nothing about whether it is fulfilled."""

    REPORTED = "reported"
    SUPPORTED = "supported"
    PLANNED = "planned"
    EARLIER = "earlier"
    NONE = "none"
    NOT_APPLICABLE = "not-applicable"


class Role(StrEnum):
    """In what quality a piece of evidence stands beside a unit."""

    ADDRESSEE = "addressee"
    OTHER = "other"
    FACT = "fact"


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What people write: a key that is not a field is a mistake."""


class Reporting(Record, frozen=True):
    """A reporting clause: to which body, at which session, by which date or at what interval."""

    to: str | None = None
    session: int | None = None
    by: str | None = None
    every: str | None = None


class Clause(Record, frozen=True):
    """One request inside a compound paragraph."""

    verb: str | None = None
    addressees: Names | None = None
    condition: str | None = None
    reporting: Reporting | None = None
    gist: Text = {}
    text: Text = {}


class Paragraph(Record, frozen=True):
    """An operative paragraph, a part or an annex.

    Children inherit verb, addressees, condition and reporting clause.
    """

    number: str
    heading: Text = {}
    preamble: tuple[Text, ...] = ()
    text: Text = {}
    gist: Text = {}
    verb: str | None = None
    addressees: Names | None = None
    condition: str | None = None
    reporting: Reporting | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    clauses: tuple[Clause, ...] = ()


class Footnote(Record, frozen=True):
    """A footnote of a resolution: its mark as printed, the paragraphs that call it, none for the preamble."""

    mark: str
    paragraphs: Names = ()
    text: Text = {}


class Mandate(Record, frozen=True):
    """A resolution or decision that asks for something; its preamble asks for nothing and is kept as text."""

    id: str
    title: Text
    symbol: str | None = None
    adopted: str | None = None
    languages: Names = ("en",)
    text_from: str | None = None
    provisional: bool = False
    agenda: Names = ()
    recalls: Names = ()
    preamble: tuple[Text, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    footnotes: tuple[Footnote, ...] = ()


class Entry(Record, frozen=True):
    """One piece of evidence: an action (it has a status) or a fact (it has none)."""

    id: str
    cycle: str
    type: str
    summary: Text
    title: Text = {}
    status: ActionStatus | None = None
    date: str | None = None
    by: Names = ()
    partners: Names = ()
    countries: Names = ()
    figures: dict[str, str] = {}
    addresses: Names = ()
    sources: Names = ()
    follows: Names = ()
    part_of: str | None = None
    internal: bool = False


class Document(Record, frozen=True):
    """A source that evidence cites."""

    id: str
    title: Text = {}
    symbol: str | None = None
    date: str | None = None
    languages: Names = ()
    url: str | None = None
    note: str | None = None


class Session(Record, frozen=True):
    """The session of the body a report goes to."""

    number: int
    place: Text = {}
    dates: str | None = None


class Agenda(Record, frozen=True):
    """The agenda item a report is submitted under; the footnote cites the provisional agenda."""

    item: str
    title: Text = {}
    footnote: str | None = None


class Entity(Record, frozen=True):
    """The organisation that reports; what is addressed to any of `addressed_as` is a request to us."""

    name: str
    addressed_as: Names

    @property
    def names(self) -> Names:
        """All it is known by."""
        return (self.name, *self.addressed_as)


class Respondent(Record, frozen=True):
    """Someone asked for information: a State, a section, a field office."""

    name: str
    language: str | None = None


class Consultation(Record, frozen=True):
    """The call for inputs: the note verbale, its deadline, and who was asked or has replied."""

    note_verbale: str | None = None
    deadline: str | None = None
    respondents: tuple[Respondent, ...] = ()


class Select(Record, frozen=True):
    """Chooses entries for the outline; with `join` they make one paragraph."""

    units: Names = ()
    types: Names = ()
    order: Literal["file", "states"] = "file"
    join: bool = False


class BodyItem(Record, frozen=True):
    """One numbered paragraph of a report, or a lettered item of one."""

    text: Text = {}
    entries: Names = ()
    select: Select | None = None
    items: tuple[BodyItem, ...] = ()
    asks: str | None = None


class Section(Record, frozen=True):
    """A heading with its paragraphs and sub-sections; an internal one is never in a clean draft."""

    heading: Text = {}
    body: tuple[BodyItem, ...] = ()
    sections: tuple[Section, ...] = ()
    internal: bool = False


class Assessment(Record, frozen=True):
    """A person's judgement of implementation, shown beside coverage, never instead of it."""

    unit: str
    status: Literal["completed", "in-progress", "not-implemented", "no-action", "no-information"]
    because: Text = {}
    by: str | None = None
    date: str | None = None


class Brief(Record, frozen=True):
    """What a cycle's report is: to whom, on which mandates, for which period, in which order."""

    id: str
    title: Text
    to: str
    session: Session
    mandates: Names
    entity: Entity
    period: str
    languages: Names
    author: Literal["executive-director", "secretary-general", "secretariat"] = "secretariat"
    addendum: int | None = None
    symbol: str | None = None
    distribution: str | None = None
    date: str | None = None
    original: str | None = None
    agenda: Agenda | None = None
    state: Literal["draft", "submitted"] = "draft"
    word_limit: int | None = None
    evidence_from: Names = ()
    consultation: Consultation | None = None
    summary: Text = {}
    outline: tuple[Section, ...] = ()
    assessments: tuple[Assessment, ...] = ()


class Unit(Struct, frozen=True, kw_only=True):
    """A node of a mandate with what it inherits; a container holds others and is never counted."""

    mandate: str
    number: str
    parent: str | None
    path: tuple[str | int, ...]
    container: bool
    verb: str | None
    addressees: Names
    condition: str | None
    reporting: Reporting | None
    heading: Text
    gist: Text
    text: Text

    @property
    def ref(self) -> str:
        """The whole reference, as `ga-66-177:13`."""
        return f"{self.mandate}:{self.number}"
