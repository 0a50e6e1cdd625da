"""The status of one unit, and in what quality a piece of evidence stands beside it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.model import ActionStatus, Role, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tracker.load.evidence import EntryHead
    from tracker.model import Brief, Entity, Entry, Names, Unit

# Any State that acts answers a call on all of them; on how many of them is shown, never "done".
STATES = frozenset(("member-states", "states-parties", "states"))
_DONE = (ActionStatus.COMPLETED, ActionStatus.ONGOING)


@lru_cache(maxsize=10_000)
def is_state(actor: str) -> bool:
    """Tell whether an actor is a State, or a part of one, as KEN/police: three capitals first."""
    code = actor.partition("/")[0]
    return len(code) == 3 and code.isalpha() and code.isupper()


class Roles:
    """In what quality evidence stands beside a unit, where these organisations report."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entities = tuple(entities)
        # The same few actors answer the same few addressees, over and over.
        self._known: dict[tuple[Names, bool, Names], bool] = {}

    def of(self, head: EntryHead, addressees: Names) -> Role:
        """Return whether an entry is a fact, an action by one of the addressees, or one by others."""
        if head.status is None:
            return Role.FACT
        by, gives = head.doers
        known = self._known.get((by, gives, addressees))
        if known is None:
            known = any(self._is_addressed(actor, addressees, gives=gives) for actor in by)
            self._known[by, gives, addressees] = known
        return Role.ADDRESSEE if known else Role.OTHER

    def _is_addressed(self, actor: str, addressees: Names, *, gives: bool) -> bool:
        if is_state(actor) and not STATES.isdisjoint(addressees):
            return True
        if are_part_of((actor,), addressees):
            return True
        reporting = [entity for entity in self._entities if are_part_of((actor,), entity.names)]
        if reporting:
            return any(are_part_of(addressees, entity.addressed_as) for entity in reporting)
        # Whoever gives money is a donor; the organisation that raises it is not.
        return gives and "donors" in addressees


def are_part_of(names: Iterable[str], organisations: Collection[str]) -> bool:
    """Tell whether one of some organisation paths lies within one of others: `unodc/gpml` is `unodc`."""
    return any(name == within or name.startswith(f"{within}/") for name in names for within in organisations)


def status_of(
    unit: Unit,
    beside: Iterable[tuple[EntryHead, Role, bool]],
    retired: Collection[str],
    answers: Collection[tuple[Brief, bool]],
) -> Status:
    """Return the first status that fits.

    `beside` are the entries that stand beside the unit, each with its role and whether it is current;
    `answers` are the reports that answer a reporting clause, each with whether it still does: a
    report that is asked for every year is not answered by that of an earlier one.
    """
    states = {brief.state for brief, still in answers if still}
    if "submitted" in states:
        return Status.REPORTED
    acted = set()
    announced = "draft" in states
    for head, role, current in beside:
        if head.status in _DONE:
            if role is Role.ADDRESSEE and current:
                return Status.REPORTED
            acted.add((role, current))
        elif is_open(head, retired):
            announced = True
    if (Role.OTHER, True) in acted:
        return Status.SUPPORTED
    if announced:
        return Status.PLANNED
    if acted or any(brief.state == "submitted" for brief, _ in answers):
        return Status.EARLIER
    return Status.NONE if unit.addressees else Status.NOT_APPLICABLE


def is_open(entry: Entry | EntryHead, retired: Collection[str]) -> bool:
    """Tell whether an entry announces something that nothing has followed."""
    return entry.status is ActionStatus.PLANNED and entry.id not in retired


def reporting_states(unit: Unit, current: Iterable[EntryHead]) -> int | None:
    """Count the States that report acting on a call addressed to States; None for other units."""
    if STATES.isdisjoint(unit.addressees):
        return None
    acting = (actor for head in current if head.status in _DONE for actor in head.doers[0])
    return len({actor.partition("/")[0] for actor in acting if is_state(actor)})
