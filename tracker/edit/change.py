"""A change to one file of a workspace: its bytes before and after, worked out whole before anything is written."""

from __future__ import annotations

from codecs import BOM_UTF8
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.load import yaml
from tracker.problems import Place

if TYPE_CHECKING:
    from pathlib import Path


class EditError(Exception):
    """The change cannot be made; the message says why and the hint what to do. Nothing was written."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Change(NamedTuple):
    """The bytes of a file before and after; `before` is nothing where the file is new."""

    file: str
    before: bytes | None
    after: bytes


class Source(NamedTuple):
    """A file as it stood when the change was worked out."""

    file: str
    data: bytes
    text: str
    value: Any

    def place(self, *path: str | int) -> Place:
        """Return where a path of the file stands, or the nearest value around it."""
        marks = yaml.parse(self.text, marked=True).marks
        found = next((marks[path[:length]] for length in range(len(path), 0, -1) if path[:length] in marks), None)
        return Place(self.file, *(found[2:] if found else (1, 1)))

    def changed_to(self, text: str) -> Change:
        """Return the change that makes this text of the file; a byte order mark stays."""
        mark = BOM_UTF8 if self.data.startswith(BOM_UTF8) else b""
        return Change(self.file, self.data, mark + text.encode("utf-8"))


def source_of(root: Path, file: str) -> Source:
    """Read a file to be changed; one with a mistake in it is left alone."""
    data = (root / file).read_bytes()
    text, flaws = yaml.decode(data)
    parsed = yaml.parse(text)
    for flaw in flaws or parsed.flaws:
        place = Place(file, flaw.line, flaw.column)
        raise EditError(f"{place}: {flaw.message}", flaw.hint or "mend this first; tracker check lists all mistakes")
    return Source(file, data, text, parsed.value)


def diff(change: Change, name: str) -> str:
    """Write what changes as `name:line`, the lines that go with a minus, and those that come with a plus."""
    old, new = _lines(change.before or b""), _lines(change.after)
    # What is the same before and after the change can be long: only the lines between are compared.
    first = _same(old, new)
    last = _same(old[first:][::-1], new[first:][::-1])
    old, new = old[first : len(old) - last], new[first : len(new) - last]
    written = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            written.append(f"{name}:{first + new_start + 1}")
            written += [f"- {line}".rstrip() for line in old[start:end]]
            written += [f"+ {line}".rstrip() for line in new[new_start:new_end]]
    return "".join(f"{line}\n" for line in written)


def lines_before(change: Change) -> int:
    """Return how many lines the file had."""
    return len(_lines(change.before or b""))


def _same(old: list[str], new: list[str]) -> int:
    """Count the lines at the beginning that are the same."""
    return next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )


def _lines(data: bytes) -> list[str]:
    # Only these break a line in YAML; str.splitlines knows more.
    text = yaml.decode(data)[0]
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n") if text else []
