"""The workspace under check as a whole: what its records refer to, and what reports print of them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tracker.check.records import Records, Spot
from tracker.draft.outline import printed_in
from tracker.load.folder import is_data_name
from tracker.load.resolve import Unresolved, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.load.workspace import Workspace
    from tracker.load.yaml import Path
    from tracker.problems import Problem

# How an id stands in a file that cannot be read as YAML: an entry's own, or a document's key.
_WRITTEN_ID = re.compile(r"^(?:- +id:|  id:) *[\"']?([^\s\"'#]+)|^([a-z0-9-]+):", re.MULTILINE)


class Subject(Records):
    """A workspace under check: all its records, what they refer to, and what reports print of them."""

    def __init__(self, ws: Workspace) -> None:
        super().__init__(ws)
        self.ws = ws

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
        for path in (self.ws.root / "reports").glob("*/evidence/*"):
            if is_data_name(path.name) and path.parent.parent.name not in self.ws.cycles:
                faulty.add(path.relative_to(self.ws.root).as_posix())
        written = frozenset(name for path in faulty for name in self._ids_in(path))
        return written.difference(self.ws.mandates, self.ws.cycles, self.ws.entries, self.ws.documents)

    def _ids_in(self, path: str) -> Iterator[str]:
        file = self.ws.root / path
        yield file.parent.name if file.stem == "report" else file.stem
        if file.is_file():
            for match in _WRITTEN_ID.finditer(file.read_text(encoding="utf-8", errors="replace")):
                yield match.group(1) or match.group(2)

    def body_items(self, cycle: str) -> Iterator[tuple[Path, Any]]:
        """Yield every body item of a brief's outline, nested ones too, with its path."""
        yield from _items_of_sections(self.ws.cycles[cycle].brief.outline, ("outline",))


def _items_of_sections(sections: tuple[Any, ...], path: Path) -> Iterator[tuple[Path, Any]]:
    for index, section in enumerate(sections):
        yield from _items((*path, index, "body"), section.body)
        yield from _items_of_sections(section.sections, (*path, index, "sections"))


def _items(path: Path, items: tuple[Any, ...]) -> Iterator[tuple[Path, Any]]:
    for index, item in enumerate(items):
        yield (*path, index), item
        yield from _items((*path, index, "items"), item.items)
