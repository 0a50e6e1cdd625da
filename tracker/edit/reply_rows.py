"""Which entry a row of a reply is: by the number it carries, or, where it was inserted, by what it said last time."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tracker.edit.reply_values import Reported
    from tracker.load.workspace import Workspace

# Below this, a row without a number is a new one, not another wording of an old one.
_ALIKE = 0.6
_COMPARED = 500
# Below this share of its words, a wording is not another wording of the same.
_KEPT = 1 / 3
# Chinese does not part its words: there, each sign is one.
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_]+")


class Taken(NamedTuple):
    """What was taken from a row at the last import: its unit and number there, fields and remarks."""

    unit: str
    row: int
    fields: dict[str, Any]
    remarks: dict[str, str]


def slug_of(name: str) -> str:
    """Return a respondent's name as files and ids have it: `KEN` is ken, `unodc/gpml` is unodc-gpml."""
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))


def record_file(cycle: str, name: str) -> str:
    """Return where it is kept what was taken from a respondent's reply."""
    return f"reports/{cycle}/replies/{slug_of(name)}.json"


def taken_before(root: Path, file: str) -> dict[str, Taken]:
    """Return what was taken from a reply before, by entry; raise `ValueError` when the file is not as it was written.

    An entry is updated only where the reply has changed since.
    """
    path = root / file
    if not path.exists():
        return {}
    held = json.loads(path.read_text(encoding="utf-8"))
    return {str(name): Taken(**entry) for name, entry in held["entries"].items()}


def imported(root: Path, cycle: str) -> dict[str, str]:
    """Return the respondents whose replies were taken in, and the document each is cited by."""
    records = sorted((root / "reports" / cycle / "replies").glob("*.json"))
    held = [json.loads(path.read_text(encoding="utf-8")) for path in records]
    return {str(one["respondent"]): str(one["document"]) for one in held}


def record_of(name: str, document: str, taken: Mapping[str, Taken]) -> bytes:
    """Write what was taken from a reply, as `taken_before` reads it."""
    entries = {entry: one._asdict() for entry, one in sorted(taken.items())}
    held = {"respondent": name, "document": document, "entries": entries}
    return (json.dumps(held, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def place_last_time(one: Reported, last: Mapping[str, Taken]) -> str:
    """Return the unit where the same words stood last time, if it was one only: a sort may have moved the row."""
    said = {name: value for name, value in _said(one.fields).items() if name != "addresses"}
    units = {
        taken.unit
        for taken in last.values()
        if {name: value for name, value in _said(taken.fields).items() if name != "addresses"} == said
    }
    return units.pop() if len(units) == 1 else ""


def numbered(
    rows: Iterable[Reported], keys: Mapping[str, frozenset[str]], last: Mapping[str, Taken]
) -> list[tuple[int, Reported]]:
    """Give each row its number on its unit: the same as last time for the same row, wherever it stands now."""
    by_unit: dict[str, list[Reported]] = defaultdict(list)
    for one in rows:
        by_unit[one.unit].append(one)
    found: dict[int, int] = {}
    for unit, group in by_unit.items():
        before = {taken.row: taken for taken in last.values() if taken.unit == unit}
        printed = {int(key) for key in keys.get(unit, ()) if key.isdecimal()}
        found |= {id(one): number for number, one in _numbers(group, before, printed).items()}
    return [(found[id(one)], one) for group in by_unit.values() for one in group]


def _numbers(group: list[Reported], before: dict[int, Taken], printed: set[int]) -> dict[int, Reported]:
    result: dict[int, Reported] = {}
    loose: list[Reported] = []
    by_key: dict[int, list[Reported]] = defaultdict(list)
    for one in group:
        if one.row.key.isdecimal():
            by_key[int(one.row.key)].append(one)
        else:
            loose.append(one)
    for key, copies in by_key.items():
        # A row that was copied carries the number of the first: that one is it which says what it said.
        best = max(copies, key=lambda one: _likeness(one, before.get(key)))
        result[key] = best
        loose += [one for one in copies if one is not best]
    # The same words first, then other words for the same: what is alike must not take the place of what is the same.
    for least in (1.0, _ALIKE):
        for one in list(loose):
            free = [number for number in before if number not in result and number not in printed]
            scores = {number: _likeness(one, before[number], least) for number in free}
            likely = max(scores, key=scores.__getitem__, default=None)
            if likely is not None and scores[likely] >= least:
                result[likely] = one
                loose.remove(one)
    highest = max((*result, *before, *printed), default=0)
    return result | dict(enumerate(loose, highest + 1))


def _likeness(one: Reported, other: Taken | None, least: float = 0) -> float:
    """Return how alike two rows are, from 0 to 1; below `least` it need not be exact."""
    if other is None:
        return 0
    if _said(one.fields) == _said(other.fields):
        return 1
    now, then = (" ".join(fields["summary"].values())[:_COMPARED] for fields in (one.fields, other.fields))
    matcher = SequenceMatcher(None, now, then, autojunk=False)
    if min(0.99, matcher.real_quick_ratio(), matcher.quick_ratio()) < least:
        return 0
    return min(0.99, float(matcher.ratio()))


def are_other_words(before: str, now: str) -> bool:
    """Tell whether a text keeps so few words of another that it may tell of something else."""
    words, kept = (set(_WORD.findall(text[:_COMPARED].casefold())) for text in (before, now))
    return len(words & kept) < len(words) * _KEPT


def _said(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != "sources"}


def entry_ids(ws: Workspace, cycle: str, name: str, rows: Iterable[tuple[int, Reported]]) -> dict[str, Reported]:
    """Return the rows by the ids of their entries, made of report, respondent, unit and number."""
    return {f"{cycle}-{slug_of(name)}-{_unit_slug(ws, one.unit)}-{number}": one for number, one in rows}


def _unit_slug(ws: Workspace, unit: str) -> str:
    """Return a unit as ids have it; of those that come out the same, the second is numbered."""
    if not unit:
        return "unplaced"
    units = ws.units.get(unit.partition(":")[0], {}).values()
    same = [one.ref for one in units if _bare(one.ref) == _bare(unit)]
    # A unit that is no longer there must not take the place of one that is.
    place = same.index(unit) if unit in same else len(same)
    return _bare(unit) + (f"-n{place + 1}" if place else "")


def _bare(unit: str) -> str:
    return slug_of(unit.replace("#", "-c").replace("~", "-x"))
