"""One file of a workspace to its records, packed; what cannot be read becomes a problem.

A file is read by itself; what only several files together can tell, an id used twice, is told later.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from tracker.load import yaml
from tracker.load.evidence import heads_of
from tracker.load.packed import Kind, Packed, Reading, pack
from tracker.load.records import to_record
from tracker.model import Brief, Document, Entry, Mandate
from tracker.problems import Level, Place, Problem
from tracker.refs import ID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tracker.load.packed import Heads, Job

_ENDLESS = re.compile(r"-?[0-9]{19,}")


def read(root: Path, job: Job) -> Packed:
    """Read a file; what is wrong with it is in the result, and nothing is raised."""
    return _Reader(root, job).packed()


def digest_of(data: bytes) -> bytes:
    """Return what stands for the bytes of a file: the same only for the same bytes."""
    return blake2b(data, digest_size=16).digest()


class _Reader:
    def __init__(self, root: Path, job: Job) -> None:
        self._job = job
        self._path = root / job.file
        self._text = ""
        self._digest = b""
        self._marks: dict[yaml.Path, yaml.Mark] | None = None
        self._problems: list[Problem] = []
        self._blanks: list[tuple[Place, str]] = []

    def packed(self) -> Packed:
        job, bodies = self._job, b""
        holds: object
        if job.kind is Kind.EVIDENCE:
            holds, bodies = self._evidence()
        elif job.kind is Kind.DOCUMENTS:
            holds = dict(self._documents())
        else:
            holds = self._one(Mandate if job.kind is Kind.MANDATE else Brief)
        head = pack(Reading(holds, tuple(self._problems), tuple(self._blanks)))
        return Packed(head, bodies, self._digest)

    def _one(self, kind: type) -> Any:
        value = self._value(dict)
        if value is None or not self._named(self._job.id, ()):
            return None
        record = self._record((), value, kind, _first_language(value), id=self._job.id)
        try:
            pack(record)
        except OverflowError:
            path = next(_endless(value, ()), ())
            self._problem(path, "wrong-type", "this number is larger than any that is counted", "look at its digits")
            return None
        return record

    def _documents(self) -> Iterator[tuple[str, Document]]:
        for key, inner in (self._value(dict) or {}).items():
            if not isinstance(inner, dict):
                self._problem((key,), "wrong-type", f"{key} must be a map of fields")
                continue
            record = self._record((key,), inner, Document, _first_language(inner), id=key)
            if record and self._named(key, (key,)):
                yield key, record

    def _evidence(self) -> tuple[Heads, bytes]:
        indexes, entries, bodies, ends = [], [], bytearray(), []
        for index, entry in self._entries():
            bodies += pack(entry)
            indexes.append(index)
            entries.append(entry)
            ends.append(len(bodies))
        return heads_of(entries, indexes, ends), bytes(bodies)

    def _entries(self) -> Iterator[tuple[int, Entry]]:
        cycle = self._job.file.split("/")[1]
        for index, inner in enumerate(self._value(list) or ()):
            if not isinstance(inner, dict):
                self._problem((index,), "wrong-type", f"item {index + 1} must be a map of fields")
                continue
            entry = self._record((index,), inner, Entry, self._job.language, cycle=cycle)
            if entry and self._named(entry.id, (index, "id")):
                yield index, entry

    def _value(self, kind: type) -> Any:
        try:
            data = self._path.read_bytes()
        except OSError as error:
            self._note(1, 1, "syntax", f"cannot be read: {error.strerror}")
            return None
        self._digest = digest_of(data)
        self._text, flaws = yaml.decode(data)
        parsed = yaml.parse(self._text)
        self._blanks += [(Place(self._job.file, line, column), key) for line, column, key in parsed.blanks]
        for flaw in flaws or parsed.flaws:
            self._note(flaw.line, flaw.column, flaw.code, flaw.message, flaw.hint)
        if flaws or (parsed.flaws and parsed.value is None):
            return None
        if parsed.value is None:
            # Evidence may still be empty; a mandate or brief then lacks its fields, which is reported.
            return kind()
        if not isinstance(parsed.value, kind):
            what = "a list of entries, each beginning with a dash" if kind is list else "a map of fields"
            self._problem((), "wrong-type", f"the file must hold {what}")
            return None
        return parsed.value

    def _record(self, path: yaml.Path, value: dict[str, Any], kind: type, language: str, **filled: str) -> Any:
        for name in filled.keys() & value.keys():
            hint = "it is taken from the name of the file or folder: delete this line"
            self._problem((*path, name), "unknown-key", f"unknown key {name}", hint, on_key=True)
        record, findings = to_record({**value, **filled}, kind, language)
        for finding in findings:
            at = (*path, *finding.path)
            self._problem(at, finding.code, finding.message, finding.hint, on_key=finding.on_key)
        return record

    def _named(self, name: str, path: yaml.Path) -> bool:
        if ID.fullmatch(name):
            return True
        hint = "use small letters, digits and single hyphens, as in ga-66-177"
        self._problem(path, "bad-id", f"{name!r} cannot be an id", hint)
        return False

    def _problem(self, path: yaml.Path, code: str, message: str, hint: str = "", *, on_key: bool = False) -> None:
        if self._marks is None:
            self._marks = yaml.parse(self._text, marked=True).marks
        self._note(*yaml.place_of(self._marks, path, on_key=on_key), code, message, hint)

    def _note(self, line: int, column: int, code: str, message: str, hint: str = "") -> None:
        self._problems.append(Problem(Place(self._job.file, line, column), Level.ERROR, code, message, hint))


def _endless(value: Any, path: yaml.Path) -> Iterator[yaml.Path]:
    """Yield where something stands that is all digits, and too many of them."""
    if isinstance(value, str) and _ENDLESS.fullmatch(value):
        yield path
    elif isinstance(value, (dict, list)):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _endless(inner, (*path, step))


def _first_language(value: dict[str, Any]) -> str:
    languages = value.get("languages")
    return str(languages[0]) if isinstance(languages, list) and languages else "en"
