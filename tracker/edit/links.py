"""Entries linked to the units they answer, and unlinked: what their `addresses` hold, and nothing else, changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker import refs
from tracker.edit.change import Change, EditError, source_of
from tracker.edit.lists import Unsafe, with_item, without_item
from tracker.load import yaml
from tracker.load.folder import is_data_file
from tracker.load.records import to_record
from tracker.load.resolve import Unresolved, cells, hint_for_entry, resolve
from tracker.load.workspace import Origin
from tracker.model import Entry
from tracker.problems import offer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.edit.change import Source
    from tracker.load.workspace import Workspace


class Linked(NamedTuple):
    """What linking comes to: the change, if there is one, and what is said about units that need none."""

    change: Change | None
    told: list[str]


def link(ws: Workspace, name: str, units: list[str]) -> Linked:
    """Add units to what an entry addresses; raise `EditError` when one is not there to be linked."""
    entry = entry_named(ws, name)
    source = source_of(ws.root, entry.origin.file)
    old = _addresses(source, entry)
    told, new = [], list(old)
    for unit in units:
        reference = reference_to(ws, unit, ws.cycles[entry.cycle].brief.mandates)
        standing = _standing_for(ws, reference, new)
        if standing is None:
            new.append(reference)
        else:
            within = "" if standing == reference else f", as part of {standing}"
            told.append(f"{entry.id} is linked to {reference} already{within}")
    placed = {reference.partition(":")[0] for reference in new if ":" in reference}
    told += [f"it stands on {one} as a whole too: tracker unlink {entry.id} {one}" for one in new if one in placed]
    return Linked(_changed(source, entry, old, new) if new != old else None, told)


def unlink(ws: Workspace, name: str, units: list[str]) -> Change | None:
    """Take units out of what an entry addresses; raise `EditError` for one that does not stand there."""
    entry = entry_named(ws, name)
    source = source_of(ws.root, entry.origin.file)
    old = _addresses(source, entry)
    gone = {place for unit in units for place in _positions(ws, entry.id, old, unit)}
    new = [reference for place, reference in enumerate(old) if place not in gone]
    return _changed(source, entry, old, new) if new != old else None


_KEY = "addresses"


class Named(NamedTuple):
    """An entry by its id, and where it is written; it need not be without mistakes."""

    id: str
    origin: Origin
    cycle: str

    @property
    def place(self) -> int:
        """Its place in the list that the file holds, counted from 0."""
        return int(self.origin.path[0])


def entry_named(ws: Workspace, name: str) -> Named:
    """Find an entry by its id; raise `EditError` with the nearest names when there is none, or more than one."""
    wanted = name.strip().lower()
    found = next((problem for problem in ws.problems if problem.message == f"the id {wanted} is used twice"), None)
    if found:
        raise EditError(f"{found.place}: {found.message}", f"{found.hint}: give one of the two another id")
    if wanted in ws.entries:
        return Named(wanted, ws.origins[wanted], ws.entries[wanted].cycle)
    faulty = next((entry for entry in _with_mistakes(ws) if entry.id == wanted), None)
    if faulty:
        return faulty
    if wanted in ws.origins or ":" in wanted:
        raise EditError(f"{name} is not an entry", "name the entry first, then the paragraphs")
    hint = "a file could not be read: tracker check" if ws.problems else hint_for_entry(ws, wanted)
    raise EditError(f"there is no entry {name}", hint)


def _with_mistakes(ws: Workspace) -> Iterator[Named]:
    """Yield entries that are no records, because of a mistake that linking them may mend."""
    for file in sorted({problem.place.path for problem in ws.problems}):
        parts = file.split("/")
        path = ws.root / file
        if len(parts) != 4 or parts[2] != "evidence" or parts[1] not in ws.cycles or not is_data_file(path):
            continue
        value = yaml.parse(yaml.decode(path.read_bytes())[0]).value
        for index, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, dict) and isinstance(item.get("id"), str):
                yield Named(item["id"], Origin(file, (index,)), parts[1])


def reference_to(ws: Workspace, text: str, mandates: tuple[str, ...]) -> str:
    """Return a reference as files have it; raise `EditError` when it names nothing.

    Without a mandate it is a paragraph of the report's only one.
    """
    head, colon, unit = text.strip().partition(":")
    if not colon and ws.by_symbol(head) not in ws.mandates and "/" not in head and not refs.is_mandate_id(head):
        head, colon, unit = "", ":", head
    if not head:
        named = [f"{mandate}:{unit}" for mandate in mandates]
        if len(named) != 1:
            known = [one for one in named if not isinstance(resolve(ws, one), Unresolved)]
            raise EditError(f"{unit} does not say of which resolution", offer(known or named))
        head = mandates[0]
    written = f"{ws.by_symbol(head)}{colon}{unit}"
    target = resolve(ws, written)
    if isinstance(target, Unresolved):
        raise EditError(target.message, target.hint)
    return str(refs.parse(written))


def _standing_for(ws: Workspace, reference: str, held: list[str]) -> str | None:
    """Return what already links a reference: itself, or a range that takes it in."""
    wanted = set(cells(ws, reference))
    return next((one for one in held if wanted <= set(cells(ws, one))), None)


def _positions(ws: Workspace, entry: str, held: list[str], unit: str) -> list[int]:
    spelt = {unit.strip(), _spelt(ws, unit, tuple({one.partition(":")[0] for one in held}))}
    found = [place for place, one in enumerate(held) if one in spelt or _canonical(one) in spelt]
    if found:
        return found
    wanted = {cell for reference in spelt for cell in cells(ws, reference)}
    around = next((one for one in held if wanted and wanted <= set(cells(ws, one))), None)
    if around:
        hint = f"unlink {around} as a whole, then link what shall stay"
        raise EditError(f"{unit} is linked only as part of the range {around}", hint)
    hint = f"it is linked to {', '.join(held)}" if held else "it is linked to nothing"
    raise EditError(f"{entry} is not linked to {unit}", hint)


def _spelt(ws: Workspace, unit: str, mandates: tuple[str, ...]) -> str:
    try:
        return reference_to(ws, unit, mandates)
    except EditError:
        # What names nothing any more can still be unlinked.
        return _canonical(f"{mandates[0]}:{unit}" if len(mandates) == 1 and ":" not in unit else unit)


def _canonical(text: str) -> str:
    try:
        return str(refs.parse(text))
    except refs.RefError:
        return text


def _addresses(source: Source, entry: Named) -> list[str]:
    held = source.value if isinstance(source.value, list) else []
    item = held[entry.place] if entry.place < len(held) else None
    if not isinstance(item, dict) or item.get("id") != entry.id:
        raise EditError(f"{source.file} has changed meanwhile: nothing was written", "try again")
    value = item.get(_KEY) or []
    addresses = [value] if isinstance(value, str) else value
    if not isinstance(addresses, list) or not all(isinstance(one, str) for one in addresses):
        raise EditError(f"{source.place(entry.place, _KEY)}: {_KEY} must be a list of references")
    return list(addresses)


def _changed(source: Source, entry: Named, old: list[str], new: list[str]) -> Change:
    text = source.text
    try:
        for place in reversed(range(len(old))):
            if old[place] not in new:
                text = without_item(text, entry.place, _KEY, place)
        for reference in new:
            if reference not in old:
                text = with_item(text, entry.place, _KEY, reference)
    except Unsafe:
        raise _by_hand(source, entry, new) from None
    return _checked(source, entry, text, new)


def _checked(source: Source, entry: Named, text: str, new: list[str]) -> Change:
    """Return the change if the new text says what it shall, and all else as before."""
    parsed = yaml.parse(text)
    item = {**source.value[entry.place], _KEY: new}
    expected = [*source.value[: entry.place], item, *source.value[entry.place + 1 :]]
    if parsed.flaws or parsed.value != expected:
        raise _by_hand(source, entry, new)
    findings = to_record({**item, "cycle": entry.cycle}, Entry, "en")[1]
    if findings:
        finding = findings[0]
        raise EditError(f"{source.place(entry.place, *finding.path)}: {finding.message}", finding.hint)
    return source.changed_to(text)


def _by_hand(source: Source, entry: Named, new: list[str]) -> EditError:
    place = source.place(entry.place, _KEY)
    return EditError(
        f"{place}: written in a way that is not changed here safely; nothing was written",
        f"change it by hand to {_KEY}: [{', '.join(new)}]",
    )
