"""The status of one unit, and in what quality a piece of evidence stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model import ActionStatus, Role, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tracker.model import Brief, Entity, Entry, Tie, Unit

# Any State that acts answers a call on all of them; on how many of them is shown, never "done".
STATES = frozenset(("member-states", "states-parties", "states"))
_DONE = (ActionStatus.COMPLETED, ActionStatus.ONGOING)


def is_state(actor: str) -> bool:
    """Tell whether an actor is a State, or a part of one, as KEN/police: three capitals first."""
    code = actor.partition("/")[0]
    return len(code) == 3 and code.isalpha() and code.isupper()


def role_of(entry: Entry, addressees: Collection[str], entities: Iterable[Entity]) -> Role:
    """Return whether an entry is a fact, an action by one of the addressees, or one by others."""
    if entry.status is None:
        return Role.FACT
    if any(_is_addressed(actor, entry, addressees, entities) for actor in entry.by):
        return Role.ADDRESSEE
    return Role.OTHER


def _is_addressed(actor: str, entry: Entry, addressees: Collection[str], entities: Iterable[Entity]) -> bool:
    if is_state(actor) and not STATES.isdisjoint(addressees):
        return True
    if are_part_of((actor,), addressees):
        return True
    reporting = [entity for entity in entities if are_part_of((actor,), entity.names)]
    if reporting:
        return any(are_part_of(addressees, entity.addressed_as) for entity in reporting)
    # Whoever gives money is a donor; the organisation that raises it is not.
    return entry.type == "funding" and "donors" in addressees


def are_part_of(names: Iterable[str], organisations: Collection[str]) -> bool:
    """Tell whether one of some organisation paths lies within one of others: `unodc/gpml` is `unodc`."""
    return any(name == within or name.startswith(f"{within}/") for name in names for within in organisations)


def status_of(
    unit: Unit, ties: Iterable[Tie], retired: Collection[str], answers: Collection[tuple[Brief, bool]]
) -> Status:
    """Return the first status that fits.

    `answers` are the reports that answer a reporting clause, each with whether it still does: a
    report that is asked for every year is not answered by that of an earlier one.
    """
    ties = tuple(ties)
    states = {brief.state for brief, still in answers if still}
    acted = {(tie.role, tie.current) for tie in ties if tie.entry.status in _DONE}
    if (Role.ADDRESSEE, True) in acted or "submitted" in states:
        return Status.REPORTED
    if (Role.OTHER, True) in acted:
        return Status.SUPPORTED
    if "draft" in states or any(is_open(tie.entry, retired) for tie in ties):
        return Status.PLANNED
    if acted or any(brief.state == "submitted" for brief, _ in answers):
        return Status.EARLIER
    return Status.NONE if unit.addressees else Status.NOT_APPLICABLE


def is_open(entry: Entry, retired: Collection[str]) -> bool:
    """Tell whether an entry announces something that nothing has followed."""
    return entry.status is ActionStatus.PLANNED and entry.id not in retired


def reporting_states(unit: Unit, ties: Iterable[Tie]) -> int | None:
    """Count the States that report acting on a call addressed to States; None for other units."""
    if STATES.isdisjoint(unit.addressees):
        return None
    acted = (tie.entry for tie in ties if tie.current and tie.entry.status in _DONE)
    return len({actor.partition("/")[0] for entry in acted for actor in entry.by if is_state(actor)})
