"""A workspace: all records by id, where each was written, and the problems met while reading."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tracker.load.units import units_of
from tracker.problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tracker.load import yaml
    from tracker.load.evidence import EntryHead, EvidenceFile
    from tracker.model import Brief, Document, Entry, Mandate, Unit
    from tracker.problems import Problem


class Origin(NamedTuple):
    """Where a record was written: its file, relative to the workspace, and its path inside."""

    file: str
    path: yaml.Path


class Cycle:
    """One reporting round: its brief, and the evidence of its folder in file order."""

    def __init__(self, brief: Brief, files: Iterable[EvidenceFile] = ()) -> None:
        self.brief = brief
        self.files = list(files)

    @property
    def heads(self) -> Iterator[EntryHead]:
        """Its entries, in file order."""
        return (head for file in self.files for head in file)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The whole entries of its folder, in file order."""
        return tuple(head.entry for head in self.heads)


class Workspace:
    """Everything in a workspace; where a record stands is looked up in its file on demand.

    `written` tells where mandates, documents and briefs were written, `holders` which file has an entry, and
    `contents` what stands for all that a file held: the same only for the same records. `changed` are the files
    that held something else when a place in them was looked up.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.mandates: dict[str, Mandate] = {}
        self.cycles: dict[str, Cycle] = {}
        self.holders: dict[str, EvidenceFile] = {}
        self.documents: dict[str, Document] = {}
        self.written: dict[str, Origin] = {}
        self.contents: dict[str, bytes] = {}
        self.changed: set[str] = set()
        self.problems: list[Problem] = []
        self.blanks: list[tuple[Place, str]] = []
        self.resolved: dict[str, tuple[tuple[str, str], ...]] = {}
        self._marks: dict[str, dict[yaml.Path, yaml.Mark]] = {}

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Every whole entry by its id, in the order of the cycles and their files."""
        return {entry.id: entry for cycle in self.cycles.values() for entry in cycle.entries}

    @cached_property
    def origins(self) -> dict[str, Origin]:
        """Where each record was written."""
        return {name: self.origin(name) for name in (*self.written, *self.holders)}

    def origin(self, record_id: str) -> Origin:
        """Return where a record was written."""
        if record_id in self.written:
            return self.written[record_id]
        file = self.holders[record_id]
        return Origin(file.file, file.path_of(record_id))

    @cached_property
    def units(self) -> dict[str, dict[str, Unit]]:
        """Every paragraph, clause and container, by mandate and number, in document order."""
        return {mandate.id: units_of(mandate) for mandate in self.mandates.values()}

    @cached_property
    def siblings(self) -> dict[str, dict[str | None, list[str]]]:
        """The numbers under each parent, by mandate, in document order."""
        found: dict[str, dict[str | None, list[str]]] = {}
        for mandate, units in self.units.items():
            under = found.setdefault(mandate, {})
            for unit in units.values():
                under.setdefault(unit.parent, []).append(unit.number)
        return found

    @cached_property
    def symbols(self) -> dict[str, str]:
        """The id of each mandate that has a symbol, by the symbol in small letters."""
        return {mandate.symbol.lower(): mandate.id for mandate in self.mandates.values() if mandate.symbol}

    def by_symbol(self, text: str) -> str:
        """Return the id of the mandate with this symbol, or the text itself, compared without regard to case."""
        return self.symbols.get(text.lower(), text.lower())

    def place(self, record_id: str, *path: str | int, on_key: bool = False) -> Place:
        """Return where a field of a record stands, or the nearest field around it."""
        origin = self.origin(record_id)
        return self.place_in(origin.file, (*origin.path, *path), on_key=on_key)

    def place_in(self, file: str, path: yaml.Path, *, on_key: bool = False) -> Place:
        """Return where a path of a file stands. Read again on demand: problems are rare."""
        from tracker.load import yaml  # noqa: PLC0415 - only problems have places
        from tracker.load.reading import digest_of  # noqa: PLC0415 - only problems have places

        if file not in self._marks:
            data = (self.root / file).read_bytes()
            if not self.contents.get(file, b"").startswith(digest_of(data)):
                self.changed.add(file)
            text, _ = yaml.decode(data)
            self._marks[file] = yaml.parse(text, marked=True).marks
        return Place(file, *yaml.place_of(self._marks[file], path, on_key=on_key))
