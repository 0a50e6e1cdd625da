"""The whole entries of an evidence file, unpacked one by one when they are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.load.packed import unpack_entry

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.load.fetch import Fetched
    from tracker.load.store import Store
    from tracker.model import Entry, EntryHead


class EvidenceFile:
    """Where the entries of one file are kept whole."""

    def __init__(self, root: Path, store: Store, fetched: Fetched) -> None:
        self._root = root
        self._store = store
        self._fetched = fetched
        self._bodies: bytes | None = None
        self._entries: dict[int, Entry] = {}

    @property
    def file(self) -> str:
        """The file, relative to the workspace."""
        return self._fetched.job.file

    def entry(self, head: EntryHead) -> Entry:
        """Return the whole entry that a head belongs to; raise `OSError` when the file has changed meanwhile."""
        if head.index not in self._entries:
            if self._bodies is None:
                self._bodies = self._found()
            self._entries[head.index] = unpack_entry(memoryview(self._bodies)[head.start : head.end])
        return self._entries[head.index]

    def _found(self) -> bytes:
        folder, _, name = self.file.rpartition("/")
        kept = self._store.bodies(folder, name, self._fetched.digest)
        if kept is not None:
            return kept
        from tracker.load.reading import read  # noqa: PLC0415 - what is in the store needs no YAML

        again = read(self._root, self._fetched.job)
        if again.digest != self._fetched.digest:
            raise OSError(None, "was changed while it was read: run the command again", self.file)
        return again.bodies
