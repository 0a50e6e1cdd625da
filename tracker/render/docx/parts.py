"""The blocks of a report by their place in it: masthead, front, body, and the notes for the drafter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tracker.render.blocks import Heading, Numbered, Plain, Rule
from tracker.render.runs import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.draft.view import View
    from tracker.render.blocks import Block
    from tracker.render.runs import Runs


class Masthead(Struct, frozen=True):
    """The lines beside the organ's name, those below it, and the note on the * in them."""

    side: Runs = ()
    lines: tuple[Runs, ...] = ()
    note: Runs = ()


class Parts(Struct, frozen=True):
    """Where each block of a report goes; `masthead` is None where a template prints none."""

    masthead: Masthead | None
    front: tuple[Block, ...]
    body: tuple[Block, ...]
    notes: tuple[Block, ...]


def parts_of(blocks: Sequence[Block], view: View) -> Parts:
    """Find the masthead before the title, the front behind it, and the drafting notes behind the body."""
    masthead = _masthead(blocks[: _first(blocks, _is_title)], view)
    rest = list(blocks[_first(blocks, _is_title) :] if masthead else blocks)
    if masthead and (note := next((block for block in rest if _is_note(block, masthead)), None)):
        rest.remove(note)
        masthead = replace(masthead, note=_without_star(note))
    notes = _first(rest, lambda block: isinstance(block, Heading) and plain(block.runs) == view.words["notes"])
    body = min(_first(rest, _begins_body), notes)
    return Parts(masthead, _without_line(rest[:body]), _without_line(rest[body:notes]), tuple(rest[notes:]))


def _without_line(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks without the line under the last one: under the report it is drawn in any case."""
    told = list(blocks)
    while told and isinstance(told[-1], Rule):
        told.pop()
    return tuple(told)


def _masthead(blocks: Sequence[Block], view: View) -> Masthead | None:
    """Return the masthead when one paragraph before the title begins with the symbol."""
    printed = [block.runs for block in blocks if isinstance(block, Plain)]
    side = next((runs for runs in printed if plain(runs).startswith(view.masthead.symbol)), None)
    if side is None or len(printed) != len(blocks):
        return None
    return Masthead(side, tuple(runs for runs in printed if runs is not side))


def _is_note(block: Block, masthead: Masthead) -> bool:
    starred = any("*" in plain(line) for line in masthead.lines)
    return starred and isinstance(block, Plain) and plain(block.runs).startswith("* ")


def _without_star(block: Block) -> Runs:
    first, *others = block.runs if isinstance(block, Plain) else ()
    return (replace(first, text=first.text.removeprefix("*").lstrip()), *others)


def _is_title(block: Block) -> bool:
    return isinstance(block, Heading) and block.level == 1


def _begins_body(block: Block) -> bool:
    return isinstance(block, Numbered) or (isinstance(block, Heading) and block.level > 1)


def _first(blocks: Sequence[Block], test: Callable[[Block], bool]) -> int:
    return next((place for place, block in enumerate(blocks) if test(block)), len(blocks))
