"""What the rules look at: the workspace, and walks over it that several rules share."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec

from tracker.draft.outline import printed_in
from tracker.load.resolve import Unresolved, resolve
from tracker.problems import Level, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tracker.load.workspace import Workspace
    from tracker.load.yaml import Path
    from tracker.model import Brief, Clause, Document, Entry, Mandate, Paragraph, Text

R = TypeVar("R", "Mandate", "Document", "Brief")
_TEXT_FIELDS = frozenset(("title", "summary", "heading", "text", "gist", "place", "because"))
# How an id stands in a file that cannot be read as YAML: an entry's own, or a document's key.
_WRITTEN_ID = re.compile(r"^(?:- +id:|  id:) *[\"']?([^\s\"'#]+)|^([a-z0-9-]+):", re.MULTILINE)


class Spot(NamedTuple):
    """A field of a record: which record, and the path to the field inside it."""

    record: str
    path: Path


class Subject:
    """A workspace under check, with shared walks made once.

    Of records by themselves, only those of some files may be looked at; by default, all are.
    """

    def __init__(self, ws: Workspace, files: Collection[str] | None = None) -> None:
        self.ws = ws
        self._files = files

    def problem(
        self, spot: Spot, level: Level, code: str, message: str, hint: str = "", *, on_key: bool = False
    ) -> Problem:
        """Make a problem at a field's place in its file, or at the place of its key."""
        return Problem(self.ws.place(spot.record, *spot.path, on_key=on_key), level, code, message, hint)

    def loaded(self, code: str) -> list[Problem]:
        """Return the problems of one kind that reading the files has found."""
        return [problem for problem in self.ws.problems if problem.code == code]

    @cached_property
    def unresolved(self) -> list[tuple[Spot, Unresolved]]:
        """Every reference to a mandate or unit that names nothing, with why."""
        # Most references are made more than once.
        known: dict[str, Unresolved | None] = {}
        found = []
        for spot, text in self._references():
            if text not in known:
                known[text] = self._why_not(text)
            if why := known[text]:
                found.append((spot, why))
        return found

    def _why_not(self, text: str) -> Unresolved | None:
        """Return why a reference names nothing; None where it does, or what it names could not be read."""
        target = resolve(self.ws, text)
        if not isinstance(target, Unresolved) or text.partition(":")[0] in self.unread:
            return None
        return target if target.hint else target._replace(hint=self._by_symbol(text))

    @cached_property
    def printed(self) -> dict[str, tuple[dict[str, int], set[str]]]:
        """What each report prints in which paragraph, and what it names again further on."""
        return {cycle: printed_in(self.ws, cycle) for cycle in self.ws.cycles}

    def _by_symbol(self, text: str) -> str:
        """Return the hint for a reference that names its mandate by the symbol, or in capitals."""
        head, colon, unit = text.partition(":")
        name = self.ws.by_symbol(head.strip())
        meant = f"{name}{colon}{unit}"
        return f"did you mean {meant}?" if name in self.ws.mandates and meant != text else ""

    def _references(self) -> Iterator[tuple[Spot, str]]:
        for entry in self.ws.entries.values():
            for index, text in enumerate(entry.addresses):
                yield Spot(entry.id, ("addresses", index)), text
        for name, cycle in self.ws.cycles.items():
            for index, text in enumerate(cycle.brief.mandates):
                yield Spot(name, ("mandates", index)), text
            for index, assessment in enumerate(cycle.brief.assessments):
                yield Spot(name, ("assessments", index, "unit")), assessment.unit
            for path, item in self.body_items(name):
                for index, text in enumerate(item.select.units if item.select else ()):
                    yield Spot(name, (*path, "select", "units", index)), text

    @cached_property
    def unread(self) -> frozenset[str]:
        """The ids written in files that could not be read: what they name is there, and only faulty.

        One misspelt key in a mandate would otherwise make every reference to it a problem of its own.
        """
        faulty = {problem.place.path for problem in self.ws.problems}
        # Without its brief no evidence of a cycle is read.
        for path in (self.ws.root / "reports").glob("*/evidence/*.y*ml"):
            if path.parent.parent.name not in self.ws.cycles:
                faulty.add(path.relative_to(self.ws.root).as_posix())
        written = frozenset(name for path in faulty for name in self._ids_in(path))
        return written.difference(self.ws.mandates, self.ws.cycles, self.ws.entries, self.ws.documents)

    def _ids_in(self, path: str) -> Iterator[str]:
        file = self.ws.root / path
        yield file.parent.name if file.stem == "report" else file.stem
        if file.is_file():
            for match in _WRITTEN_ID.finditer(file.read_text(encoding="utf-8", errors="replace")):
                yield match.group(1) or match.group(2)

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

    def body_items(self, cycle: str) -> Iterator[tuple[Path, Any]]:
        """Yield every body item of a brief's outline, nested ones too, with its path."""
        yield from _items_of_sections(self.ws.cycles[cycle].brief.outline, ("outline",))

    @property
    def mandates(self) -> Iterator[Mandate]:
        """Every mandate that is looked at."""
        return self._looked_at(self.ws.mandates.values())

    @property
    def documents(self) -> Iterator[Document]:
        """Every document that is looked at."""
        return self._looked_at(self.ws.documents.values())

    @property
    def briefs(self) -> Iterator[Brief]:
        """Every brief that is looked at."""
        return self._looked_at(cycle.brief for cycle in self.ws.cycles.values())

    @property
    def entries(self) -> Iterator[Entry]:
        """Every entry that is looked at."""
        for cycle in self.ws.cycles.values():
            for file in cycle.files:
                if self._files is None or file.file in self._files:
                    yield from (head.entry for head in file)

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
        return (one for one in records if self._files is None or self.ws.written[one.id].file in self._files)


def _items_of_sections(sections: tuple[Any, ...], path: Path) -> Iterator[tuple[Path, Any]]:
    for index, section in enumerate(sections):
        yield from _items((*path, index, "body"), section.body)
        yield from _items_of_sections(section.sections, (*path, index, "sections"))


def _items(path: Path, items: tuple[Any, ...]) -> Iterator[tuple[Path, Any]]:
    for index, item in enumerate(items):
        yield (*path, index), item
        yield from _items((*path, index, "items"), item.items)


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
