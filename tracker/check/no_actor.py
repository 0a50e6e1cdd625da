"""An action does not say who acted.

Who acted decides what counts: a request to an office is answered by that office, a call on States
by States. An action by nobody only stands beside its paragraphs as support by others. Write who did
it, as `by: [unodc/gpml]` or `by: [KEN]`. An outcome or a statement, of which nobody is the author,
is a fact: it has no `status`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.check.records import Spot
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.records import Records
    from tracker.problems import Problem

CODE = "no-actor"
LEVEL = Level.WARNING


def check(records: Records) -> Iterator[Problem]:
    """Yield each action without `by`."""
    for entry in records.entries:
        if entry.status is not None and not entry.by:
            message = f"{entry.id} does not say who acted"
            hint = "add by: [unodc] or a State's code; leave out status if it is a fact"
            yield records.problem(Spot(entry.id, ("id",)), LEVEL, CODE, message, hint)
