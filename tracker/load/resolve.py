"""References to what they name: a whole mandate, a paragraph, a clause, a range of siblings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker import refs
from tracker.problems import did_you_mean, nearest, offer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tracker.load.workspace import Workspace
    from tracker.model import Entry, Unit

# A mandate and the number of a node of it; the number is empty for the whole mandate.
Cell = tuple[str, str]


def cells(ws: Workspace, text: str) -> tuple[Cell, ...]:
    """Return the cells a reference names, none when it names nothing."""
    if text not in ws.resolved:
        ws.resolved[text] = _cells(ws, text)
    return ws.resolved[text]


def _cells(ws: Workspace, text: str) -> tuple[Cell, ...]:
    mandate, _, number = text.partition(":")
    if number in ws.units.get(mandate, ()):
        # Nearly every reference names one paragraph, just as it is numbered.
        return ((mandate, number),)
    target = resolve(ws, text)
    if isinstance(target, Unresolved):
        return ()
    return tuple((target.mandate, number) for number in target.numbers or ("",))


def hint_for_entry(ws: Workspace, name: str) -> str:
    """Return what helps whoever named an entry that there is not."""
    likely = nearest(name, ws.entries) or [entry for entry in ws.entries if name in entry][:3]
    return offer(likely) or "entries stand in the folder evidence/ of each report"


def cells_of(ws: Workspace, entry: Entry) -> Collection[Cell]:
    """Return the cells an entry addresses, each once, in its order."""
    if len(entry.addresses) == 1:
        return cells(ws, entry.addresses[0])
    return list(dict.fromkeys(cell for text in entry.addresses for cell in cells(ws, text)))


def is_placed(ws: Workspace, entry: Entry) -> bool:
    """Tell whether an entry stands on a unit: on a mandate or a container it is only attached."""
    return any(number and not ws.units[mandate][number].container for mandate, number in cells_of(ws, entry))


def inside(ws: Workspace, named: Iterable[Cell]) -> set[Cell]:
    """Return some cells and everything below them."""
    waiting = list(named)
    found: set[Cell] = set()
    while waiting:
        mandate, number = cell = waiting.pop()
        if cell not in found:
            found.add(cell)
            below = ws.siblings[mandate].get(f"{mandate}:{number}" if number else None, ())
            waiting += [(mandate, inner) for inner in below]
    return found


class Unresolved(NamedTuple):
    """A reference that names nothing: why, with the nearest right names."""

    code: str
    message: str
    hint: str


class Target(NamedTuple):
    """What a reference names: a whole mandate (`numbers` empty), or nodes of it in document order."""

    mandate: str
    numbers: tuple[str, ...] = ()


def resolve(ws: Workspace, text: str) -> Target | Unresolved:
    """Find what a reference names; a range takes in all siblings from its first to its last."""
    try:
        ref = refs.parse(text)
    except refs.AmbiguousRefError as error:
        known = [name for name in ws.mandates if name.endswith(f"-{error.number}")]
        return Unresolved("ambiguous-number", str(error), offer(known or _organs(error.number)))
    except refs.RefError as error:
        return Unresolved("unknown-unit", str(error), "")
    if ref.mandate not in ws.mandates:
        hint = did_you_mean(ref.mandate, ws.mandates) or "mandates are the files in mandates/"
        return Unresolved("unknown-mandate", f"there is no mandate {ref.mandate}", hint)
    if not ref.unit:
        return Target(ref.mandate)
    return _in_mandate(ws, ref)


def _organs(number: str) -> list[str]:
    return [f"{organ}-{number}" for organ in ("ga", "hrc", "cnd")]


def _in_mandate(ws: Workspace, ref: refs.Ref) -> Target | Unresolved:
    units = ws.units[ref.mandate]
    wanted = [ref.unit, ref.until] if ref.until else [ref.unit]
    for number in wanted:
        if number not in units:
            names = [f"{ref.mandate}:{name}" for name in _near_numbers(number, units)]
            hint = offer(names) or f"{ref.mandate} has no paragraphs yet"
            return Unresolved("unknown-unit", f"{ref.mandate} has no paragraph {number}", hint)
    if not ref.until:
        return Target(ref.mandate, (ref.unit,))
    siblings = ws.siblings[ref.mandate][units[ref.unit].parent]
    if ref.until not in siblings or siblings.index(ref.until) < siblings.index(ref.unit):
        hint = "a range runs forwards, between paragraphs of the same level"
        return Unresolved("unknown-unit", f"{ref} is not a range of {ref.mandate}", hint)
    first, last = siblings.index(ref.unit), siblings.index(ref.until)
    return Target(ref.mandate, tuple(siblings[first : last + 1]))


def _near_numbers(number: str, units: dict[str, Unit]) -> list[str]:
    near = nearest(number, units)
    if near or not units:
        return near
    # A number past the end is nearest to the last paragraph there is.
    return [[unit.number for unit in units.values() if unit.parent is None][-1]]
