"""The files of a workspace to a workspace: which there are, in which order, and who has each id."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from tracker.load.evidence import EvidenceFile
from tracker.load.fetch import Fetched, File, fetch
from tracker.load.folder import SUFFIXES, Stamp, is_data_name
from tracker.load.packed import FOREIGN, Job, Kind, Reading, unpack
from tracker.load.store import Store
from tracker.load.workspace import Cycle, Origin, Workspace
from tracker.problems import Level, Place, Problem, shown_path

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from tracker.load.fetch import Told


def load(
    root: Path,
    sees: Callable[[Workspace], Collection[str]] | None = None,
    store: Store | None = None,
    told: Told | None = None,
) -> Workspace:
    """Read every file of a workspace; a file that cannot be read becomes a problem, never an exception.

    With `sees`, only the evidence of the cycles it names is read: it is asked once all briefs are,
    since their periods tell which cycles a report can see. What is in `store` and has not changed is
    not read again. `told` is called with bytes read and bytes to read.
    """
    ws = Workspace(root)
    loader = _Loader(ws, store or Store(), told)
    with _collector_off():
        loader.mandates()
        loader.documents()
        loader.briefs()
        loader.evidence(sees(ws) if sees else list(ws.cycles))
    return ws


@contextmanager
def _collector_off() -> Iterator[None]:
    # Reading makes many objects and no cycles: the collector would walk them all, again and again.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


class _Loader:
    def __init__(self, ws: Workspace, store: Store, told: Told | None) -> None:
        self._ws = ws
        self._store = store
        self._told = told

    def mandates(self) -> None:
        for fetched, mandate in self._read(self._files("mandates", Kind.MANDATE)):
            if mandate and self._claim(mandate.id, fetched.job.file):
                self._ws.mandates[mandate.id] = mandate

    def documents(self) -> None:
        for fetched, documents in self._read(self._named("reports", "documents", Kind.DOCUMENTS)):
            for key, document in documents.items():
                if self._claim(key, fetched.job.file, (key,)):
                    self._ws.documents[key] = document

    def briefs(self) -> None:
        with os.scandir(self._ws.root / "reports") as found:
            folders = sorted(entry.name for entry in found if _is(entry.is_dir))
        cycles = [name for name in folders if self._is_text("reports", name)]
        briefs = {cycle: self._named(f"reports/{cycle}", "report", Kind.BRIEF) for cycle in cycles}
        for cycle in (cycle for cycle, files in briefs.items() if not files):
            self._miss_brief(cycle)
        for fetched, brief in self._read(file for files in briefs.values() for file in files):
            if brief and self._claim(brief.id, fetched.job.file):
                self._ws.cycles[brief.id] = Cycle(brief)

    def evidence(self, cycles: Iterable[str]) -> None:
        files = [
            file
            for name in cycles
            for file in self._files(f"reports/{name}/evidence", Kind.EVIDENCE, self._ws.cycles[name].brief.languages[0])
        ]
        found = [EvidenceFile(self._ws.root, self._store, fetched, heads) for fetched, heads in self._read(files)]
        for file in self._each_id_once(found):
            self._ws.cycles[file.file.split("/")[1]].files.append(file)

    def _each_id_once(self, files: list[EvidenceFile]) -> list[EvidenceFile]:
        """Return the files without the entries whose id is taken; say who has it."""
        holders = self._ws.holders
        for file in files:
            holders.update(dict.fromkeys(file.heads.ids, file))
        if len(holders) == sum(len(file.heads.ids) for file in files) and holders.keys().isdisjoint(self._ws.written):
            return files
        holders.clear()
        return [self._without_taken(file) for file in files]

    def _without_taken(self, file: EvidenceFile) -> EvidenceFile:
        taken = []
        here: set[str] = set()
        for place, name in enumerate(file.heads.ids):
            elsewhere = name in self._ws.written or self._ws.holders.setdefault(name, file) is not file
            if elsewhere or name in here:
                taken.append(place)
            here.add(name)
        for place in taken:
            self._refuse(file.heads.ids[place], file.file, (file.index_of(place),))
        return file.without(taken) if taken else file

    def _read(self, files: Iterable[File]) -> Iterator[tuple[Fetched, Any]]:
        for found in fetch(self._ws.root, self._store, list(files), self._told):
            fetched, reading = self._unpacked(found)
            if fetched.digest:
                self._ws.contents[fetched.job.file] = fetched.digest + fetched.job.language.encode()
            self._ws.problems += reading.problems
            self._ws.blanks += reading.blanks
            yield fetched, reading.holds

    def _unpacked(self, fetched: Fetched) -> tuple[Fetched, Reading[Any]]:
        try:
            return fetched, unpack(fetched.job.kind, fetched.head)
        except FOREIGN:
            # Whole, but no reading of ours: the file is read, now and the next time.
            from tracker.load.reading import read  # noqa: PLC0415 - what is in the store needs no YAML

            self._store.forget(fetched.job.folder, [fetched.job.name])
            packed = read(self._ws.root, fetched.job)
            return Fetched(fetched.job, packed.head, packed.digest), unpack(fetched.job.kind, packed.head)

    def _files(self, folder: str, kind: Kind, language: str = "") -> list[File]:
        """Return the data files of a folder, by name; one that has no such folder has none."""
        try:
            with os.scandir(self._ws.root / folder) as found:
                entries = sorted(found, key=attrgetter("name"))
        except (FileNotFoundError, NotADirectoryError):
            return []
        files = [entry for entry in entries if is_data_name(entry.name) and _is(entry.is_file)]
        return [
            File(Job(f"{folder}/{entry.name}", kind, language), stamp)
            for entry in files
            if self._is_text(folder, entry.name) and (stamp := _stamp(entry))
        ]

    def _named(self, folder: str, name: str, kind: Kind) -> list[File]:
        """Return the one file of a folder with a name, if it is there."""
        for suffix in SUFFIXES:
            path = self._ws.root / folder / f"{name}{suffix}"
            if path.is_file() and (stamp := _stamp(path)):
                return [File(Job(f"{folder}/{name}{suffix}", kind), stamp)]
        return []

    def _is_text(self, folder: str, name: str) -> bool:
        """Tell whether a name can be printed and compared; one from a system with other letters may not be."""
        shown = shown_path(name)
        if shown == name:
            return True
        place = Place(f"{folder}/{shown}", 1, 1)
        message, hint = "this name is not written in Unicode", "give it a name of small letters, digits and hyphens"
        self._ws.problems.append(Problem(place, Level.ERROR, "bad-id", message, hint))
        return False

    def _miss_brief(self, cycle: str) -> None:
        evidence = self._files(f"reports/{cycle}/evidence", Kind.EVIDENCE)
        if evidence:
            message = f"the evidence of {cycle} has no brief beside it"
            hint = f"write reports/{cycle}/report.yaml, or run: tracker new report {cycle}"
            place = Place(evidence[0].job.file, 1, 1)
            self._ws.problems.append(Problem(place, Level.ERROR, "missing-field", message, hint))

    def _claim(self, record_id: str, file: str, path: tuple[str, ...] = ()) -> bool:
        here = Origin(file, path)
        if self._ws.written.setdefault(record_id, here) is here:
            return True
        self._refuse(record_id, file, path)
        return False

    def _refuse(self, record_id: str, file: str, path: tuple[str | int, ...]) -> None:
        first = self._ws.origin(record_id)
        hint = f"it is taken by {self._ws.place_in(*first)}"
        message = f"the id {record_id} is used twice"
        place = self._ws.place_in(file, path)
        self._ws.problems.append(Problem(place, Level.ERROR, "duplicate-id", message, hint))


def _is(kind: Callable[[], bool]) -> bool:
    """Tell whether something is a file, or a folder; a link in a circle is neither."""
    try:
        return kind()
    except OSError:
        return False


def _stamp(file: os.DirEntry[str] | Path) -> Stamp | None:
    """Return what the file system says of a file, or nothing when it was deleted a moment ago."""
    try:
        return Stamp.of(file.stat())
    except FileNotFoundError:
        return None
