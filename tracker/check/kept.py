"""What rules find in records by themselves, kept for each file until it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import msgpack

from tracker.check.records import Records
from tracker.load.folder import program_state
from tracker.load.packed import FOREIGN
from tracker.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

    from tracker.load.store import Store
    from tracker.load.workspace import Workspace

_NAME = "what check found in records"
# For each file: what it held then, and what was found in it.
_Found = dict[str, tuple[bytes, list[Problem]]]


def found_in_records(ws: Workspace, rules: Iterable[ModuleType], store: Store | None) -> list[Problem]:
    """Return what rules of one record find, which look only at the records of files that have changed."""
    program = program_state() if store and store.lasts else None
    # Which of two records with one id is looked at, another file may decide.
    if store is None or program is None or any(problem.code == "duplicate-id" for problem in ws.problems):
        return _found(rules, Records(ws))
    before = _kept(store.answer(_NAME, program))
    kept = {file: before[file] for file, holds in ws.contents.items() if file in before and before[file][0] == holds}
    new: _Found = {file: (holds, []) for file, holds in ws.contents.items() if file not in kept}
    for problem in _found(rules, Records(ws, new)):
        new[problem.place.path][1].append(problem)
    now = {**kept, **new}
    if new or len(now) < len(before):
        # The places of these were told as they are by now.
        settled = {file: found for file, found in now.items() if file not in ws.changed}
        store.keep_answer(_NAME, program, msgpack.encode(settled))
    return [problem for _, problems in now.values() for problem in problems]


def _found(rules: Iterable[ModuleType], records: Records) -> list[Problem]:
    return [problem for rule in rules for problem in rule.check(records)]


def _kept(answer: bytes | None) -> _Found:
    try:
        return msgpack.decode(answer, type=_Found) if answer else {}
    except FOREIGN:
        return {}
