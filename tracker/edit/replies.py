"""A filled workbook into evidence: new rows become entries, changed ones change theirs, and a person's work stays.

What the reply said last time is kept beside the evidence. A field is changed only where the reply has changed it
since and nobody else has; where both have, it is listed and left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.edit.change import Change, EditError, Source, source_of
from tracker.edit.documents import with_document
from tracker.edit.entries import NEW_FILE
from tracker.edit.lists import Unsafe
from tracker.edit.reply_fields import Evidence
from tracker.edit.reply_rows import (
    Taken,
    entry_ids,
    numbered,
    place_last_time,
    record_file,
    record_of,
    slug_of,
    taken_before,
)
from tracker.edit.reply_values import ORDER, REMARKS, Who, reported, says_something, units_by_label
from tracker.intake.form import word
from tracker.intake.workbook import Doubt
from tracker.lang import language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.edit.reply_values import Reported
    from tracker.intake.workbook import Filled
    from tracker.load.workspace import Workspace

_SHORT = 60


class Merged(NamedTuple):
    """What taking in a reply comes to: the files that change, in the order to write them, counts, and doubts."""

    changes: tuple[Change, ...]
    added: int
    changed: int
    same: int
    doubts: tuple[Doubt, ...]


class Receipt(NamedTuple):
    """Which report a reply is to, by whom, in which language, and on which day it came in."""

    cycle: str
    name: str
    code: str
    day: str


def take_in(ws: Workspace, filled: Filled, receipt: Receipt) -> Merged:
    """Work out what a reply adds and changes; raise `EditError` when a file cannot be changed safely."""
    document = f"reply-{receipt.cycle}-{slug_of(receipt.name)}"
    who = Who(receipt.name, receipt.code, document)
    units = units_by_label(ws, ws.cycles[receipt.cycle].brief.mandates)
    file = record_file(receipt.cycle, receipt.name)
    last = _last(ws, file)
    doubts = list(filled.doubts)
    rows = []
    for row in filled.rows:
        if says_something(row):
            one = reported(ws, row, who, units)
            if row.inserted and sum(other.cells == row.cells for other in filled.rows) == 1:
                unit = place_last_time(one, last)
                one = reported(ws, row._replace(unit=unit, inserted=False), who, units) if unit else one
            rows.append(one)
            doubts += one.doubts
        else:
            doubts.append(row.doubt("activity", "neither activity nor result: the row is left out"))
    merge = _Merge(ws, receipt, last)
    now = entry_ids(ws, receipt.cycle, receipt.name, numbered(rows, filled.keys, last))
    for name, one in now.items():
        merge.entry(name, one)
    doubts += [*merge.doubts, *_gone(last, now)]
    taken = last | {name: Taken(one.unit, _number(name), one.fields, one.remarks) for name, one in now.items()}
    record = record_of(receipt.name, document, taken)
    held = (ws.root / file).read_bytes() if (ws.root / file).exists() else None
    changes = [*_registered(ws, document, receipt, filled.name), *merge.changes()]
    if record != held:
        changes.append(Change(file, held, record))
    return Merged(tuple(changes), merge.added, merge.changed, len(now) - merge.added - merge.changed, tuple(doubts))


def _last(ws: Workspace, file: str) -> dict[str, Taken]:
    try:
        return taken_before(ws.root, file)
    except (ValueError, KeyError, TypeError, AttributeError):
        hint = "put it back as it was; without it, entries that differ from the reply are only listed"
        raise EditError(f"{file} is not as it was written: nothing was written", hint) from None


def _number(name: str) -> int:
    return int(name.rpartition("-")[2])


def _registered(ws: Workspace, document: str, receipt: Receipt, file: str) -> Iterator[Change]:
    """Yield the change that lists a reply among the documents, unless it is there."""
    if document not in ws.documents:
        lang = language(receipt.code)
        title = word(lang, "reply_of", name=lang.actor(receipt.name))
        fields = {"title": {receipt.code: title}, "date": receipt.day, "languages": [receipt.code], "note": file}
        yield with_document(ws.root, document, fields)


def _gone(last: dict[str, Taken], now: dict[str, Reported]) -> Iterator[Doubt]:
    for name in last:
        if name not in now:
            yield Doubt("", "", f"{name} is no longer in the reply: it stays until you delete it")


class _Merge:
    def __init__(self, ws: Workspace, receipt: Receipt, last: dict[str, Taken]) -> None:
        self._ws = ws
        self._last = last
        self._first = ws.cycles[receipt.cycle].brief.languages[0]
        self._new_file = f"reports/{receipt.cycle}/evidence/replies-{slug_of(receipt.name)}.yaml"
        self._sources: dict[str, Source] = {}
        self._files: dict[str, Evidence] = {}
        self.doubts: list[Doubt] = []
        self.added = self.changed = 0
        self._touched = False

    def changes(self) -> list[Change]:
        """Return the changes to files of evidence."""
        made = []
        for file, evidence in self._files.items():
            try:
                change = self._sources[file].changed_to(evidence.text)
            except Unsafe:
                message = f"{file} is written in a way that is not changed here safely: nothing was written"
                raise EditError(
                    message, "begin each entry on a line of its own, with a dash, and import again"
                ) from None
            if change.after != change.before:
                made.append(change if (self._ws.root / file).exists() else change._replace(before=None))
        return made

    def entry(self, name: str, one: Reported) -> None:
        """Add an entry, or carry what the reply has changed over to the one that is there."""
        last = self._last.get(name)
        if name in self._ws.entries:
            self._carry_over(name, one, last)
        elif last is None:
            self._add(name, one)
        elif last.fields != one.fields:
            self._doubt(one, "activity", f"{name} was deleted from the evidence: what the reply now says is left out")

    def _add(self, name: str, one: Reported) -> None:
        self._open(self._new_file).add({"id": name, **one.fields}, one.remarks)
        self.added += 1

    def _open(self, file: str) -> Evidence:
        if file not in self._files:
            exists = (self._ws.root / file).exists()
            source = source_of(self._ws.root, file) if exists else Source(file, b"", NEW_FILE.rstrip() + "\n", None)
            self._sources[file], self._files[file] = source, Evidence(source.text)
        return self._files[file]

    def _carry_over(self, name: str, one: Reported, last: Taken | None) -> None:
        origin = self._ws.origins[name]
        file, index = origin.file, int(origin.path[0])
        self._open(file)
        self._touched = False
        entries = (self._sources[file].value[index], last.fields if last else {}, one.fields)
        here, then, now = (_flat(entry, self._first) for entry in entries)
        if last and last.fields["summary"].keys() != one.fields["summary"].keys():
            # In another language now: no wording takes the place of another, the summary as a whole does.
            here, then, now = (_flat(entry, "") for entry in entries)
        for field in dict.fromkeys((*then, *now)):
            if field == "sources":
                self._cite(file, index, here, (then.get(field), now[field]))
            elif now.get(field) != then.get(field) and here.get(field) != now.get(field):
                if last and here.get(field) == then.get(field):
                    self._set(file, index, one, (name, field, now.get(field)))
                else:
                    self._differs(one, name, field, (here.get(field), now.get(field)))
        for remark in REMARKS if last else ():
            said = (last.remarks.get(remark, "") if last else "", one.remarks.get(remark, ""))
            if said[0] != said[1]:
                self._say(file, index, one, (name, remark, said))
        self.changed += self._touched

    def _set(self, file: str, index: int, one: Reported, what: tuple[str, str, Any]) -> None:
        name, field, value = what
        try:
            self._files[file].set(index, field, value)
        except Unsafe:
            message = f"{name} is written in a way that is not changed here safely: set {field} to {_told(value)}"
            self._doubt(one, _column(field), message)
            return
        self._touched = True
        held = self._sources[file].value[index].get("summary")
        others = [code for code in held if f"summary.{code}" != field] if isinstance(held, dict) else []
        if field.startswith("summary.") and others:
            self._doubt(one, "activity", f"{name} has changed: look at its summary in {', '.join(others)}")

    def _say(self, file: str, index: int, one: Reported, what: tuple[str, str, tuple[str, str]]) -> None:
        name, remark, said = what
        try:
            self._files[file].say(index, remark, said)
        except Unsafe:
            self._doubt(one, remark, f"{name}: the {remark} is now {_told(said[1])}; its remark is no longer there")
            return
        self._touched = True

    def _cite(self, file: str, index: int, here: dict[str, Any], cited: tuple[Any, Any]) -> None:
        """Let an entry cite the row where it now stands; what else it cites stays."""
        then, now = cited
        held = list(here.get("sources") or ())
        if then and then != now and then[0] in held:
            held[held.index(then[0])] = now[0]
            try:
                self._files[file].set(index, "sources", held)
            except Unsafe:
                return
            self._touched = True

    def _differs(self, one: Reported, name: str, field: str, values: tuple[Any, Any]) -> None:
        here, now = map(_told, values)
        self._doubt(one, _column(field), f"{name} has {field} {here}, and the reply says {now}: left as it is")

    def _doubt(self, one: Reported, column: str, message: str) -> None:
        self.doubts.append(one.row.doubt(column, message))


def _flat(entry: dict[str, Any], first: str) -> dict[str, Any]:
    """Return the fields of an entry, each wording of its summary by itself, or all as one without a first language."""
    summary = entry.get("summary", {})
    if not first:
        return {name: entry[name] for name in ORDER if name in entry}
    wordings = summary if isinstance(summary, dict) else {first: summary}
    rest = {name: entry[name] for name in ORDER if name in entry and name != "summary"}
    return rest | {f"summary.{code}": text for code, text in wordings.items()}


def _column(field: str) -> str:
    return "activity" if field.startswith("summary") or field == "addresses" else field


def _told(value: Any) -> str:  # noqa: ANN401 - what YAML holds has no type
    if isinstance(value, list):
        text = ", ".join(map(str, value))
    elif isinstance(value, dict):
        text = ", ".join(f"{name}: {inner}" for name, inner in value.items())
    else:
        text = str(value or "")
    text = " ".join(text.split())
    return f"“{text if len(text) <= _SHORT else text[: _SHORT - 1] + '…'}”" if text else "nothing"
