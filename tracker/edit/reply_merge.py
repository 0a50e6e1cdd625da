"""The rows of a reply carried into evidence: what is new is added, and a field is changed where only the reply has.

Where a person has changed the same field since, both are told, and the person's is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.edit.change import Change, EditError, Source, source_of
from tracker.edit.entries import NEW_FILE
from tracker.edit.lists import Unsafe
from tracker.edit.reply_fields import Evidence
from tracker.edit.reply_rows import are_other_words
from tracker.edit.reply_values import ORDER, REMARKS
from tracker.intake.filled import shortened

if TYPE_CHECKING:
    from tracker.edit.reply_rows import Taken
    from tracker.edit.reply_values import Reported
    from tracker.intake.filled import Doubt
    from tracker.load.workspace import Workspace

_SHORT = 60


class Merge:
    """The entries of a reply put into the files of evidence, each counted as new or changed."""

    def __init__(self, ws: Workspace, cycle: str, slug: str, last: dict[str, Taken]) -> None:
        self._ws = ws
        self._last = last
        self._first = ws.cycles[cycle].brief.languages[0]
        self._new_file = f"reports/{cycle}/evidence/replies-{slug}.yaml"
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
            elif field == "addresses" and not now[field]:
                # The paragraph is no longer there, which is listed: where the entry belongs now, a person says.
                continue
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
        before = _flat(self._sources[file].value[index], self._first).get(field)
        if field.startswith("summary.") and are_other_words(str(before), str(value)):
            message = f"{name} was {_told(before)}, which is something else: look whether this is a correction"
            self._doubt(one, "activity", message)
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
    return f"“{shortened(text, _SHORT)}”" if text.strip() else "nothing"
