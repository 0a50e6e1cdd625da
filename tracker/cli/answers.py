"""What a command worked out, kept: as long as no file of the workspace changes, nothing is read to say it again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from tracker.cli.cache import store_for
from tracker.cli.common import workspace_root
from tracker.cli.seen import see

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tracker.cli.seen import Asked, Seen
    from tracker.load.store import Store

A = TypeVar("A")


class Answer(NamedTuple):
    """What is printed, what is said beside it, and whether a request to us is not reported."""

    data: str | bytes
    notes: tuple[str, ...] = ()
    missing: bool = False


def answered(asked: Asked, make: Callable[[Seen], tuple[str | bytes, bool]], kept_as: str = "") -> Answer:
    """Return what `make` makes of the coverage asked for, and the finding it tells, with what is said beside it.

    `kept_as` stands for all that `make` depends on; without it, nothing is kept.
    A text that is kept comes back as bytes.
    """

    def made(store: Store) -> Answer:
        seen = see(asked, store)
        data, missing = make(seen)
        return Answer(data, seen.notes(), missing)

    root = workspace_root(asked.workspace)
    if not kept_as:
        return made(store_for(root))
    question = f"{kept_as} {json.dumps([asked.mandates, asked.report, asked.entity])}"
    return kept_or_made(root, question, made, _packed, _unpacked)


def kept_or_made(
    root: Path,
    question: str,
    make: Callable[[Store], A],
    pack: Callable[[A], bytes],
    unpack: Callable[[bytes], A | None],
) -> A:
    """Return the answer to a question on a workspace: the one that is kept, else one made now.

    `unpack` returns None for what `pack` has not made.
    """
    from tracker.load.folder import state_of

    store = store_for(root)
    state = state_of(root) if store.lasts else None
    kept = store.answer(question, state) if state else None
    answer = unpack(kept) if kept else None
    if answer is None:
        answer = make(store)
        # What was moved away meanwhile may be moved back, and is then as it was before.
        if state and state_of(root) == state:
            store.keep_answer(question, state, pack(answer))
    return answer


def _packed(answer: Answer) -> bytes:
    beside = json.dumps([answer.notes, answer.missing]).encode()
    data = answer.data.encode() if isinstance(answer.data, str) else answer.data
    return b"%b\n%b" % (beside, data)


def _unpacked(kept: bytes) -> Answer | None:
    beside, _, data = kept.partition(b"\n")
    try:
        notes, missing = json.loads(beside)
        return Answer(data, tuple(map(str, notes)), bool(missing))
    except (TypeError, ValueError, RecursionError):
        return None
