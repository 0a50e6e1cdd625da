"""The records under check, each by itself, and walks over what they hold that several rules share."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from tracker.problems import Problem

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Iterable, Iterator

    from tracker.load.workspace import Workspace
    from tracker.load.yaml import Path
    from tracker.model import Brief, Clause, Document, Entry, Mandate, Paragraph, Text
    from tracker.problems import Level, Place

R = TypeVar("R", "Mandate", "Document", "Brief")
_TEXT_FIELDS = frozenset(("title", "summary", "heading", "text", "gist", "place", "because"))


class Spot(NamedTuple):
    """A field of a record: which record, and the path to the field inside it."""

    record: str
    path: Path


class Records:
    """The records of a workspace, or of some of its files.

    A rule that is given no more than these finds in a record what it finds in it alone, whatever the others hold.
    """

    def __init__(self, ws: Workspace, files: Collection[str] | None = None) -> None:
        self._ws = ws
        self._files = files

    def problem(
        self, spot: Spot, level: Level, code: str, message: str, hint: str = "", *, on_key: bool = False
    ) -> Problem:
        """Make a problem at a field's place in its file, or at the place of its key."""
        return Problem(self.place(spot, on_key=on_key), level, code, message, hint)

    def place(self, spot: Spot, *, on_key: bool = False) -> Place:
        """Return where a field stands, or its key."""
        return self._ws.place(spot.record, *spot.path, on_key=on_key)

    @property
    def mandates(self) -> Iterator[Mandate]:
        """Every mandate that is looked at."""
        return self._looked_at(self._ws.mandates.values())

    @property
    def documents(self) -> Iterator[Document]:
        """Every document that is looked at."""
        return self._looked_at(self._ws.documents.values())

    @property
    def briefs(self) -> Iterator[Brief]:
        """Every brief that is looked at."""
        return self._looked_at(cycle.brief for cycle in self._ws.cycles.values())

    @property
    def entries(self) -> Iterator[Entry]:
        """Every entry that is looked at."""
        for cycle in self._ws.cycles.values():
            for file in cycle.files:
                if self._files is None or file.file in self._files:
                    yield from (head.entry for head in file)

    def siblings(self) -> Iterator[tuple[Spot, tuple[Paragraph, ...]]]:
        """Yield every list of paragraphs that stand under one parent."""
        for mandate in self.mandates:
            for path, paragraphs in _siblings(("paragraphs",), mandate.paragraphs):
                yield Spot(mandate.id, path), paragraphs

    def nodes(self) -> Iterator[tuple[Spot, Paragraph | Clause]]:
        """Yield every paragraph and clause of every mandate."""
        for spot, paragraphs in self.siblings():
            for index, paragraph in enumerate(paragraphs):
                path = (*spot.path, index)
                yield Spot(spot.record, path), paragraph
                for place, clause in enumerate(paragraph.clauses):
                    yield Spot(spot.record, (*path, "clauses", place)), clause

    def actors(self) -> Iterator[tuple[Spot, str]]:
        """Yield everyone an entry or a consultation names: who acted, with whom, for whom, who replied."""
        for entry in self.entries:
            for field in ("by", "partners", "countries"):
                for index, name in enumerate(getattr(entry, field)):
                    yield Spot(entry.id, (field, index)), name
        for brief in self.briefs:
            for index, respondent in enumerate(brief.consultation.respondents if brief.consultation else ()):
                yield Spot(brief.id, ("consultation", "respondents", index, "name")), respondent.name

    @cached_property
    def texts(self) -> list[tuple[Spot, Text]]:
        """Every text of every record that has one, with its place."""
        return [found for record in self._records() for found in texts_of(record)]

    def words(self, holding: re.Pattern[str]) -> Iterator[tuple[Spot, str]]:
        """Yield every text, name and key of every record in which a pattern is found, with its place."""
        encode = msgspec.json.Encoder().encode
        for record in self._records():
            # Most records hold nothing of what is looked for: one search tells.
            if holding.search(encode(record).decode()):
                found = ((path, word) for path, word in _words_of(record, ()) if holding.search(word))
                yield from ((Spot(record.id, path), word) for path, word in found)

    def names_not_ascii(self) -> Iterator[tuple[Spot, str]]:
        """Yield every word outside texts that holds a letter beyond the plain Latin ones, with its place."""
        for record in self._records():
            for path, word in _words_of(record, (), without=_TEXT_FIELDS):
                if not word.isascii():
                    yield Spot(record.id, path), word

    def _records(self) -> Iterator[Mandate | Document | Brief | Entry]:
        return chain(self.mandates, self.documents, self.briefs, self.entries)

    def _looked_at(self, records: Iterable[R]) -> Iterator[R]:
        return (one for one in records if self._files is None or self._ws.written[one.id].file in self._files)


def _siblings(path: Path, paragraphs: tuple[Paragraph, ...]) -> Iterator[tuple[Path, tuple[Paragraph, ...]]]:
    if paragraphs:
        yield path, paragraphs
    for index, paragraph in enumerate(paragraphs):
        yield from _siblings((*path, index, "paragraphs"), paragraph.paragraphs)


def texts_of(record: Mandate | Document | Brief | Entry) -> Iterator[tuple[Spot, Text]]:
    """Yield every text of a record, with its place."""
    return ((Spot(record.id, path), text) for path, text in _texts_of(record, ()))


def _texts_of(record: msgspec.Struct, path: Path) -> Iterator[tuple[Path, Text]]:
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if isinstance(value, dict):
            if value and name in _TEXT_FIELDS:
                yield (*path, name), value
        elif isinstance(value, msgspec.Struct):
            yield from _texts_of(value, (*path, name))
        elif isinstance(value, tuple):
            for index, inner in enumerate(value):
                if not isinstance(inner, msgspec.Struct):
                    break
                yield from _texts_of(inner, (*path, name, index))


def _words_of(value: object, path: Path, without: frozenset[str] = frozenset()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            inner = getattr(value, name)
            if inner and name not in without:
                yield from _words_of(inner, (*path, name), without)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key), key
            yield from _words_of(inner, (*path, key), without)
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _words_of(inner, (*path, index), without)
