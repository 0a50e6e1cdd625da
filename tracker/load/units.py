"""The paragraphs of a mandate to its units, and references to the units they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker import refs
from tracker.model import Paragraph, Unit
from tracker.problems import nearest

if TYPE_CHECKING:
    from tracker.load.workspace import Workspace
    from tracker.model import Clause, Mandate, Reporting


class Inherited(NamedTuple):
    """What a paragraph hands down to its sub-paragraphs and clauses."""

    verb: str | None = None
    addressees: tuple[str, ...] = ()
    condition: str | None = None
    reporting: Reporting | None = None

    def with_own(self, node: Paragraph | Clause) -> Inherited:
        """Return what stands when the node's own words go before what it inherits."""
        addressees = self.addressees if node.addressees is None else node.addressees
        return Inherited(
            node.verb or self.verb, addressees, node.condition or self.condition, node.reporting or self.reporting
        )


class _Place(NamedTuple):
    """Where a node stands: its mandate, the labels around it, its path in the file."""

    mandate: str
    labels: tuple[str, ...]
    path: tuple[str | int, ...]


def units_of(mandate: Mandate) -> dict[str, Unit]:
    """Return every node of a mandate by its number, in document order, with what it inherits."""
    units: dict[str, Unit] = {}
    for index, paragraph in enumerate(mandate.paragraphs):
        _add(units, paragraph, _Place(mandate.id, (), ("paragraphs", index)), Inherited())
    return units


def _add(units: dict[str, Unit], node: Paragraph, place: _Place, inherited: Inherited) -> None:
    mandate, outer, path = place
    labels = (*outer, "".join(node.number.split()))
    number = refs.join(labels)
    own = inherited.with_own(node)
    parent = f"{mandate}:{refs.join(outer)}" if outer else None
    units.setdefault(number, _unit(mandate, number, parent, path, own, node))
    for index, clause in enumerate(node.clauses):
        clause_number, at = f"{number}#{index + 1}", (*path, "clauses", index)
        units[clause_number] = _unit(mandate, clause_number, f"{mandate}:{number}", at, own.with_own(clause), clause)
    for index, child in enumerate(node.paragraphs):
        _add(units, child, _Place(mandate, labels, (*path, "paragraphs", index)), own)


def _unit(
    mandate: str,
    number: str,
    parent: str | None,
    path: tuple[str | int, ...],
    own: Inherited,
    node: Paragraph | Clause,
) -> Unit:
    inner = isinstance(node, Paragraph) and bool(node.paragraphs or node.clauses)
    return Unit(
        mandate=mandate,
        number=number,
        parent=parent,
        path=path,
        container=inner,
        verb=own.verb,
        addressees=own.addressees,
        condition=own.condition,
        reporting=own.reporting,
        heading=node.heading if isinstance(node, Paragraph) else {},
        gist=node.gist,
        text=node.text,
    )


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
        return Unresolved(
            "ambiguous-number", str(error), f"did you mean {' or '.join(known or _organs(error.number))}?"
        )
    except refs.RefError as error:
        return Unresolved("unknown-unit", str(error), "")
    if ref.mandate not in ws.mandates:
        names = nearest(ref.mandate, ws.mandates)
        hint = f"did you mean {' or '.join(names)}?" if names else "mandates are the files in mandates/"
        return Unresolved("unknown-mandate", f"there is no mandate {ref.mandate}", hint)
    if not ref.unit:
        return Target(ref.mandate)
    return _in_mandate(ws.units[ref.mandate], ref)


def _organs(number: str) -> list[str]:
    return [f"{organ}-{number}" for organ in ("ga", "hrc", "cnd")]


def _in_mandate(units: dict[str, Unit], ref: refs.Ref) -> Target | Unresolved:
    wanted = [ref.unit, ref.until] if ref.until else [ref.unit]
    for number in wanted:
        if number not in units:
            names = [f"{ref.mandate}:{name}" for name in _near_numbers(number, units)]
            hint = f"did you mean {' or '.join(names)}?" if names else f"{ref.mandate} has no paragraphs yet"
            return Unresolved("unknown-unit", f"{ref.mandate} has no paragraph {number}", hint)
    if not ref.until:
        return Target(ref.mandate, (ref.unit,))
    siblings = [unit.number for unit in units.values() if unit.parent == units[ref.unit].parent]
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
