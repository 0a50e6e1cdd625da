"""The entries of an evidence file: what coverage asks of them at hand, each one whole when it is wanted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tracker.load.packed import FOREIGN, Heads, unpack_entry
from tracker.model import ActionStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from tracker.load.fetch import Fetched
    from tracker.load.store import Store
    from tracker.model import Entry, Names

_STATUS: dict[str, ActionStatus | None] = dict(zip("-cgpx", (None, *ActionStatus), strict=True))
_LETTER = {status: letter for letter, status in _STATUS.items()}


class EntryHead(NamedTuple):
    """One entry: what coverage asks of it, and the way to the rest."""

    file: EvidenceFile
    place: int

    @property
    def id(self) -> str:
        """Its id."""
        return self.file.heads.ids[self.place]

    @property
    def status(self) -> ActionStatus | None:
        """How far the action has come; None for a fact."""
        return _STATUS[self.file.heads.status[self.place]]

    @property
    def doers(self) -> tuple[Names, bool]:
        """Who acts, and whether what they do is give money."""
        return self.file.heads.doers[self.file.heads.by[self.place]]

    @property
    def entry(self) -> Entry:
        """The whole entry; `OSError` when its file has changed since it was read."""
        return self.file.entry(self.place)


class EvidenceFile:
    """The entries of one file, without those left out: an id that is taken, or what a reader is not to see."""

    def __init__(
        self, root: Path, store: Store, fetched: Fetched, heads: Heads, left_out: Collection[int] = ()
    ) -> None:
        self.heads = heads
        self._root = root
        self._store = store
        self._fetched = fetched
        self._left_out = frozenset(left_out)
        self._entries: dict[int, Entry] = {}

    def without(self, places: Collection[int]) -> EvidenceFile:
        """Return the same file with more entries left out."""
        return EvidenceFile(self._root, self._store, self._fetched, self.heads, self._left_out.union(places))

    @property
    def file(self) -> str:
        """The file, relative to the workspace."""
        return self._fetched.job.file

    def __iter__(self) -> Iterator[EntryHead]:
        return (EntryHead(self, place) for place in range(len(self.heads.ids)) if place not in self._left_out)

    def named(self) -> Iterator[tuple[str, Sequence[int]]]:
        """Yield each reference that entries here address, with the places of those entries."""
        if not self._left_out:
            return iter(self.heads.named.items())
        all_named = self.heads.named.items()
        kept = ((text, [one for one in places if one not in self._left_out]) for text, places in all_named)
        return ((text, places) for text, places in kept if places)

    def followed(self) -> Iterator[str]:
        """Yield the ids that entries here deliver, cancel or replace."""
        for place, names in self.heads.follows.items():
            if place not in self._left_out:
                yield from names

    def index_of(self, place: int) -> int:
        """Return where an entry stands in the list that the file holds."""
        return self.heads.index[place] if self.heads.index else place

    def path_of(self, record_id: str) -> tuple[int]:
        """Return the path, in its file, of the first entry with an id."""
        return (self.index_of(self.heads.ids.index(record_id)),)

    def entry(self, place: int) -> Entry:
        """Return a whole entry."""
        if place not in self._entries:
            try:
                self._entries[place] = self._unpacked(place)
            except FOREIGN:
                # Whole, but by no hand of ours.
                self._bodies = self._read_again()
                self._entries[place] = self._unpacked(place)
        return self._entries[place]

    def _unpacked(self, place: int) -> Entry:
        start = self.heads.ends[place - 1] if place else 0
        return unpack_entry(memoryview(self._bodies)[start : self.heads.ends[place]])

    @cached_property
    def _bodies(self) -> bytes:
        kept = self._store.bodies(self._fetched.job.folder, self._fetched.job.name, self._fetched.digest)
        return self._read_again() if kept is None else kept

    def _read_again(self) -> bytes:
        from tracker.load.reading import read  # noqa: PLC0415 - what is in the store needs no YAML

        again = read(self._root, self._fetched.job)
        if again.digest != self._fetched.digest:
            raise OSError(None, "was changed while it was read: run the command again", self.file)
        return again.bodies


def heads_of(entries: Sequence[Entry], index: Sequence[int], ends: Sequence[int]) -> Heads:
    """Return what coverage asks of the entries of a file."""
    doers: dict[tuple[Names, bool], int] = {}
    named: dict[str, dict[int, None]] = {}
    for place, entry in enumerate(entries):
        for text in entry.addresses:
            named.setdefault(text, {})[place] = None
    return Heads(
        ids=tuple(entry.id for entry in entries),
        index=() if list(index) == list(range(len(index))) else tuple(index),
        ends=tuple(ends),
        status="".join(_LETTER[entry.status] for entry in entries),
        by=tuple(doers.setdefault((entry.by, entry.type == "funding"), len(doers)) for entry in entries),
        doers=tuple(doers),
        named={text: tuple(places) for text, places in named.items()},
        follows={place: entry.follows for place, entry in enumerate(entries) if entry.follows},
        internal=tuple(place for place, entry in enumerate(entries) if entry.internal),
    )
