"""Who has answered a call for information: for a terminal at any width, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from tracker.lang import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from tracker.cover.consulted import Answer

_LEGEND = "Entries on each paragraph; · asked and not answered."
_NAMES = language("en")


class Replies(NamedTuple):
    """The answers to one report's call, seen on a day; `days_left` is below zero once the deadline is over.

    `units` are those that somebody was asked about, or answered unasked.
    """

    report: str
    day: date
    deadline: str | None
    days_left: int | None
    answers: Sequence[Answer]
    units: Sequence[str]


def summary(replies: Replies) -> str:
    """Say in a line how many have answered and how long the others have."""
    answered = sum(bool(one.how) for one in replies.answers)
    told = f"{replies.report}: {answered} of {len(replies.answers)} answered."
    if replies.days_left is None:
        return f"{told} The brief names no deadline."
    count = abs(replies.days_left)
    days = f"{count} day{'' if count == 1 else 's'}"
    left = "today" if not count else f"{days} left" if replies.days_left > 0 else f"{days} ago"
    return f"{told} Deadline {replies.deadline}: {left}."


def replies_table(replies: Replies) -> RenderableType:
    """Show who has answered, then respondents by paragraphs, in as many blocks as the width asks for."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
    for name in ("Respondent", "Answered", "Entries", "Paragraphs"):
        table.add_column(name, justify="right" if name == "Entries" else "left")
    for one in replies.answers:
        known = _NAMES.actor(one.name)
        name = one.name if known == one.name else f"{one.name}  {known}"
        done = sum(ref in one.units for ref in one.asked)
        more = sum(ref not in one.asked for ref in one.units)
        paragraphs = f"{done} of {len(one.asked)}" + (f", {more} more" if more else "")
        table.add_row(name, _answered(one) or "no", str(len(one.entries) or "–"), paragraphs)
    return Group(Text(summary(replies), style="bold"), Text(), table, Text(), Text(_LEGEND), _Grid(replies))


def _answered(one: Answer) -> str:
    return one.day or {"imported": "yes", "by hand": "by hand", "": ""}[one.how]


class _Grid:
    """Respondents by paragraphs of one mandate after another, broken where the line ends."""

    def __init__(self, replies: Replies) -> None:
        self._answers = replies.answers
        self._by_mandate: dict[str, list[str]] = {}
        for ref in replies.units:
            self._by_mandate.setdefault(ref.partition(":")[0], []).append(ref)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        first = max((len(one.name) for one in self._answers), default=0)
        for mandate, refs in self._by_mandate.items():
            for block in _blocks(refs, max(options.max_width, 40) - max(first, len(mandate)) - 1):
                yield Text()
                yield from self._block(mandate, block, max(first, len(mandate)))

    def _block(self, mandate: str, refs: Sequence[str], first: int) -> Iterator[Text]:
        yield Text.assemble((mandate.ljust(first), "cyan"), *(_number(ref).rjust(_width(ref)) for ref in refs))
        for one in self._answers:
            cells = (_cell(one, ref).rjust(_width(ref)) for ref in refs)
            yield Text("".join((one.name.ljust(first), *cells)).rstrip())


def _blocks(refs: Iterable[str], room: int) -> Iterator[list[str]]:
    block: list[str] = []
    for ref in refs:
        if block and sum(map(_width, [*block, ref])) > room:
            yield block
            block = []
        block.append(ref)
    if block:
        yield block


def _number(ref: str) -> str:
    return ref.partition(":")[2]


def _width(ref: str) -> int:
    return max(len(_number(ref)), 2) + 2


def _cell(one: Answer, ref: str) -> str:
    count = len(one.units.get(ref, ()))
    return str(count) if count else "·" if ref in one.asked else ""


def replies_json(replies: Replies) -> bytes:
    """Write everything, the entries of each respondent by paragraph too."""
    listed = [
        {
            "name": one.name,
            "language": one.language,
            "answered": bool(one.how),
            "how": one.how or None,
            "date": one.day or None,
            "entries": one.entries,
            "asked": one.asked,
            "units": one.units,
        }
        for one in replies.answers
    ]
    head = {
        "report": replies.report,
        "date": replies.day.isoformat(),
        "deadline": replies.deadline,
        "days_left": replies.days_left,
    }
    return msgspec.json.format(msgspec.json.encode({**head, "respondents": listed}), indent=2) + b"\n"


def replies_csv(replies: Replies) -> str:
    """Write a line a respondent, a column a paragraph: the number of entries, nothing where it was not asked."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["respondent", "name", "language", "answered", "date", "entries", *replies.units])
    for one in replies.answers:
        counts = [len(one.units.get(ref, ())) if ref in one.asked or ref in one.units else "" for ref in replies.units]
        told = [one.name, _NAMES.actor(one.name), one.language, one.how or "no", one.day, len(one.entries)]
        writer.writerow([*told, *counts])
    return out.getvalue()
