"""Suggestions for a terminal, at any width, and as JSON. They never read as a mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec
from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tracker.draft.titles import first_words, titles_of
from tracker.lang import language, shown
from tracker.render.wrap import Wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from tracker.cover.suggest import Suggestion
    from tracker.model import Entry, Unit

CAUTION = "Suggestions, not a mapping: check before you `tracker link ENTRY UNIT`."
_COLUMNS = ("Paragraph", "Score", "Words that matched", "What is asked")
_NARROW = 64
_FEW = 5


class Asked(NamedTuple):
    """What units were sought for, in which language, and those found; `by_gist` those without official text in it.

    `why_none` says why nothing could be found where that is no matter of words.
    """

    entry: Entry | None
    text: str
    language: str
    found: Sequence[Suggestion]
    by_gist: frozenset[str]
    why_none: str = ""


def suggestions_table(asked: Sequence[Asked]) -> RenderableType:
    """Show the likeliest units of each entry below its name; last those for which there are none, by reason."""
    parts: list[RenderableType] = [Text(CAUTION, style="bold")]
    rows = [row for one in asked for row in one.found]
    longest = max((len(row.unit.ref) for row in rows), default=0)
    for one in asked:
        if one.found:
            parts += [Text(), _heading(one), _Rows(one, longest)]
    parts += _without(one for one in asked if not one.found)
    parts += _gist_notes(asked)
    return Group(*parts)


def suggestions_json(asked: Sequence[Asked]) -> bytes:
    """Write everything found, with the caution."""
    listed = [
        {
            "entry": one.entry.id if one.entry else None,
            "text": one.text,
            "language": one.language,
            "why_none": one.why_none or None,
            "units": [
                {
                    "ref": row.unit.ref,
                    "score": round(row.score, 2),
                    "words": row.words,
                    "by_gist": row.unit.ref in one.by_gist,
                    "gist": row.unit.gist,
                    "text": row.unit.text,
                }
                for row in one.found
            ],
        }
        for one in asked
    ]
    return msgspec.json.format(msgspec.json.encode({"caution": CAUTION, "suggestions": listed}), indent=2) + b"\n"


def _heading(one: Asked) -> Wrapped:
    if one.entry is None:
        return Wrapped(first_words(one.text, at_most=200), style="bold")
    heading = Wrapped(one.entry.id, style="bold")
    heading.append(f"  {shown(titles_of(one.entry), one.language)}", style="not bold")
    return heading


def _without(asked: Iterable[Asked]) -> list[RenderableType]:
    """Name what nothing was found for, reason by reason."""
    reasons: dict[str, list[str]] = {}
    for one in asked:
        name = one.entry.id if one.entry else first_words(one.text)
        reasons.setdefault(one.why_none or "Nothing likely: no paragraph shares enough words", []).append(name)
    parts: list[RenderableType] = []
    for reason, names in reasons.items():
        parts += [Text(), Wrapped(f"{reason} ({len(names)})", style="bold")]
        parts += [Text(f"  {name}") for name in names]
    return parts


def _gist_notes(asked: Iterable[Asked]) -> list[RenderableType]:
    """Say which mandates were matched on gists, which may be by the same hand as the entries."""
    found = {(one.language, row.unit.mandate) for one in asked for row in one.found if row.unit.ref in one.by_gist}
    notes = []
    for code in sorted({code for code, _ in found}):
        names = ", ".join(sorted(mandate for found_in, mandate in found if found_in == code))
        notes.append(f"Matched on gists, for want of the official text ({code}): {names}")
    return [Text(), *(Wrapped(text, style="dim") for text in notes)] if notes else []


class _Rows:
    """The units found for one entry: a table, or one below the other where it is narrow."""

    def __init__(self, one: Asked, longest: int) -> None:
        separator = str(language(one.language).data["list"]["separator"])
        self._longest = longest
        self._rows = [
            (
                row.unit.ref,
                f"{row.score:.1f}",
                Wrapped(separator.join(row.words[:_FEW])),
                Wrapped(_what_is_asked(row.unit, one.language)),
            )
            for row in one.found
        ]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.max_width >= _NARROW:
            yield self._table()
            return
        for reference, score, words, gist in self._rows:
            yield Text.assemble((reference, "cyan"), "  ", score)
            for part in (words, gist):
                yield Padding(part, (0, 0, 0, 2))

    def _table(self) -> Table:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=True, padding=(0, 2, 0, 0))
        table.add_column(_COLUMNS[0], min_width=self._longest, no_wrap=True, style="cyan")
        table.add_column(_COLUMNS[1], width=5, justify="right")
        table.add_column(_COLUMNS[2], ratio=4, overflow="fold")
        table.add_column(_COLUMNS[3], ratio=5, overflow="fold")
        for row in self._rows:
            table.add_row(*row)
        return table


def _what_is_asked(unit: Unit, code: str) -> str:
    text = unit.gist or unit.text or unit.heading
    return first_words(shown(text, code), at_most=120)
