"""The files of a workspace to its records; what cannot be read becomes a problem."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tracker.load import yaml
from tracker.load.records import to_record
from tracker.load.workspace import Cycle, Origin, Workspace
from tracker.model import Brief, Document, Entry, Mandate
from tracker.problems import Level, Place, Problem
from tracker.refs import ID

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

_SUFFIXES = (".yaml", ".yml")


def load(root: Path, sees: Callable[[Workspace], Collection[str]] | None = None) -> Workspace:
    """Read every file of a workspace; what cannot be read becomes a problem, never an exception.

    With `sees`, only the evidence of the cycles it names is read: it is asked once all briefs are,
    since their periods tell which cycles a report can see.
    """
    workspace = Workspace(root)
    reader = _Reader(workspace)
    with _collector_off():
        for file in _files(root / "mandates"):
            reader.mandate(file)
        documents = _first(root / "reports", "documents")
        if documents:
            reader.documents(documents)
        for folder in sorted(path for path in (root / "reports").iterdir() if path.is_dir()):
            reader.brief(folder)
        for name in sees(workspace) if sees else list(workspace.cycles):
            reader.evidence(name)
    return workspace


def is_data_file(path: Path) -> bool:
    """Tell whether a file is one to read: YAML, and not one that an editor or macOS hides."""
    return path.suffix.lower() in _SUFFIXES and not path.name.startswith(".") and path.is_file()


def _first(folder: Path, name: str) -> Path | None:
    return next((folder / f"{name}{suffix}" for suffix in _SUFFIXES if (folder / f"{name}{suffix}").is_file()), None)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if is_data_file(path))


def _first_language(value: dict[str, Any]) -> str:
    languages = value.get("languages")
    return str(languages[0]) if isinstance(languages, list) and languages else "en"


@contextmanager
def _collector_off() -> Iterator[None]:
    # Reading makes many objects and no cycles: the collector would walk them all, again and again.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Reader:
    def __init__(self, workspace: Workspace) -> None:
        self.ws = workspace

    def mandate(self, file: Path) -> None:
        value = self._value(file, dict)
        if value is None or not self._named(file.stem, file):
            return
        record = self._record(file, (), value, Mandate, _first_language(value), id=file.stem)
        if record and self._claim(file.stem, file, ()):
            self.ws.mandates[file.stem] = record

    def documents(self, file: Path) -> None:
        for key, inner in (self._value(file, dict) or {}).items():
            if not isinstance(inner, dict):
                self._problem(file, (key,), "wrong-type", f"{key} must be a map of fields")
                continue
            record = self._record(file, (key,), inner, Document, _first_language(inner), id=key)
            if record and self._named(key, file, (key,)) and self._claim(key, file, (key,)):
                self.ws.documents[key] = record

    def brief(self, folder: Path) -> None:
        file = _first(folder, "report")
        if file is None:
            evidence = _files(folder / "evidence")
            if evidence:
                place = Place(self._relative(evidence[0]), 1, 1)
                message = f"the evidence of {folder.name} has no brief beside it"
                hint = f"write {self._relative(folder)}/report.yaml, or run: tracker new report {folder.name}"
                self.ws.problems.append(Problem(place, Level.ERROR, "missing-field", message, hint))
            return
        value = self._value(file, dict)
        if value is None or not self._named(folder.name, file):
            return
        brief = self._record(file, (), value, Brief, _first_language(value), id=folder.name)
        if brief and self._claim(folder.name, file, ()):
            self.ws.cycles[folder.name] = Cycle(brief, ())

    def evidence(self, name: str) -> None:
        brief = self.ws.cycles[name].brief
        files = _files(self.ws.root / "reports" / name / "evidence")
        entries = [entry for path in files for entry in self._entries(path, name, brief.languages[0])]
        self.ws.cycles[name] = Cycle(brief, tuple(entries))

    def _entries(self, file: Path, cycle: str, language: str) -> Iterator[Entry]:
        for index, inner in enumerate(self._value(file, list) or ()):
            if not isinstance(inner, dict):
                self._problem(file, (index,), "wrong-type", f"item {index + 1} must be a map of fields")
                continue
            entry = self._record(file, (index,), inner, Entry, language, cycle=cycle)
            at = (index, "id")
            if entry and self._named(entry.id, file, at) and self._claim(entry.id, file, (index,)):
                self.ws.entries[entry.id] = entry
                yield entry

    def _value(self, file: Path, kind: type) -> Any:
        name = self._relative(file)
        try:
            text, flaws = yaml.decode(file.read_bytes())
        except OSError as error:
            self.ws.problems.append(
                Problem(Place(name, 1, 1), Level.ERROR, "syntax", f"cannot be read: {error.strerror}")
            )
            return None
        parsed = yaml.parse(text)
        self.ws.blanks += [(Place(name, line, column), key) for line, column, key in parsed.blanks]
        for flaw in flaws or parsed.flaws:
            place = Place(name, flaw.line, flaw.column)
            self.ws.problems.append(Problem(place, Level.ERROR, flaw.code, flaw.message, flaw.hint))
        if flaws or (parsed.flaws and parsed.value is None):
            return None
        if parsed.value is None:
            # Evidence may still be empty; a mandate or brief then lacks its fields, which is reported.
            return kind()
        if not isinstance(parsed.value, kind):
            what = "a list of entries, each beginning with a dash" if kind is list else "a map of fields"
            self._problem(file, (), "wrong-type", f"the file must hold {what}")
            return None
        return parsed.value

    def _record(
        self, file: Path, path: yaml.Path, value: dict[str, Any], kind: type, language: str, **filled: str
    ) -> Any:
        for name in filled.keys() & value.keys():
            hint = "it is taken from the name of the file or folder: delete this line"
            self._problem(file, (*path, name), "unknown-key", f"unknown key {name}", hint, on_key=True)
        record, findings = to_record({**value, **filled}, kind, language)
        for finding in findings:
            self._problem(
                file, (*path, *finding.path), finding.code, finding.message, finding.hint, on_key=finding.on_key
            )
        return record

    def _named(self, name: str, file: Path, path: yaml.Path = ()) -> bool:
        if ID.fullmatch(name):
            return True
        hint = "use small letters, digits and single hyphens, as in ga-66-177"
        self._problem(file, path, "bad-id", f"{name!r} cannot be an id", hint)
        return False

    def _claim(self, record_id: str, file: Path, path: yaml.Path) -> bool:
        here = Origin(self._relative(file), path)
        first = self.ws.origins.setdefault(record_id, here)
        if first == here:
            return True
        hint = f"it is taken by {self.ws.place_in(*first)}"
        self._problem(file, path, "duplicate-id", f"the id {record_id} is used twice", hint)
        return False

    def _problem(
        self, file: Path, path: yaml.Path, code: str, message: str, hint: str = "", *, on_key: bool = False
    ) -> None:
        place = self.ws.place_in(self._relative(file), path, on_key=on_key)
        self.ws.problems.append(Problem(place, Level.ERROR, code, message, hint))

    def _relative(self, path: Path) -> str:
        return path.relative_to(self.ws.root).as_posix()
