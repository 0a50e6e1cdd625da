"""The paragraphs of a mandate to its units: one each, with what it inherits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker import refs
from tracker.model import Paragraph, Unit

if TYPE_CHECKING:
    from tracker.model import Clause, Mandate, Reporting


class Inherited(NamedTuple):
    """What a paragraph hands down to its sub-paragraphs and clauses."""

    verb: str | None = None
    addressees: tuple[str, ...] = ()
    condition: str | None = None
    reporting: Reporting | None = None

    def with_own(self, node: Paragraph | Clause) -> Inherited:
        """Return what stands when the node's own words go before what it inherits."""
        if node.addressees is None and not (node.verb or node.condition or node.reporting):
            return self
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
    labels = (*outer, refs.label_of(node.number) or "?")
    number = refs.join(labels)
    # A number that stands twice is an error, but what stands under it must not be lost from the count.
    while number in units:
        labels = (*outer, f"{labels[-1]}*")
        number = refs.join(labels)
    own = inherited.with_own(node)
    parent = f"{mandate}:{refs.join(outer)}" if outer else None
    units[number] = _unit(mandate, number, parent, path, own, node)
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
