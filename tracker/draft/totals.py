"""The figures of a report's evidence added up, without counting a part beside the whole that contains it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from tracker.draft.view import Total
from tracker.lang import formats
from tracker.lang.numbers import figure
from tracker.model import ActionStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.lang import Language
    from tracker.model import Entry

_DONE = (ActionStatus.COMPLETED, ActionStatus.ONGOING)


def totals_of(lang: Language, entries: Iterable[Entry]) -> dict[str, Total]:
    """Add up each figure of the actions done; a total with a "more than" or "about" in it says so."""
    done = {entry.id: entry for entry in entries if entry.status in _DONE}
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entry in done.values():
        for name, written in entry.figures.items():
            if not _is_contained(entry, name, done):
                found[name].append((entry.id, written))
    return {name: _total(lang, name, parts) for name, parts in sorted(found.items())}


def _is_contained(entry: Entry, name: str, done: dict[str, Entry]) -> bool:
    """Tell whether a larger activity, however many steps up, states the same figure."""
    seen = {entry.id}
    whole = entry.part_of
    while whole in done and whole not in seen:
        if name in done[whole].figures:
            return True
        seen.add(whole)
        whole = done[whole].part_of
    return False


def _total(lang: Language, name: str, parts: list[tuple[str, str]]) -> Total:
    value = sum((figure(written) or Decimal(0) for _, written in parts), Decimal(0))
    return Total(
        name=name,
        value=formats.count(lang, int(value)) if value == int(value) else str(value),
        at_least=any("+" in written for _, written in parts),
        about=any("~" in written for _, written in parts),
        entries=tuple(entry for entry, _ in parts),
    )
