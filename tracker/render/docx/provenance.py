"""What a drafter sees and a clean file leaves out: where each paragraph comes from, and what is still to be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from tracker.cover.gaps import Gap, gaps
from tracker.cover.matrix import answers_clause
from tracker.draft.outline import paragraphs
from tracker.lang import pick
from tracker.render.blocks import Block, Heading, Item, Numbered, Plain
from tracker.render.rows import lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.cover.coverage import Coverage, UnitCoverage
    from tracker.draft.view import Paragraph, View
    from tracker.lang import Language
    from tracker.model import Brief
    from tracker.render.rows import Line


class Placeholder(Struct, frozen=True):
    """A paragraph still to be written, and the lines of the comment on it."""

    text: str
    comment: tuple[str, ...]


class PlaceholderHeading(Struct, frozen=True):
    """The heading over the placeholders that no paragraph of the report is near to."""

    text: str


Marked = Block | Placeholder | PlaceholderHeading


def told_by(view: View) -> dict[str, Paragraph]:
    """Return the paragraphs of the view by their markers."""
    return {paragraph.marker: paragraph for paragraph in paragraphs(view.sections)}


def comment(paragraph: Paragraph, lang: Language) -> Iterator[str]:
    """Yield the lines of the comment on a paragraph: its entries, where they were told, what they answer."""
    separator = lang.data["list"]["separator"]
    if paragraph.internal:
        yield lang.word("comment_internal")
    if not paragraph.entries:
        yield lang.word("comment_own_words")
        return
    yield _said("entries", separator.join(paragraph.entries), lang)
    if paragraph.sources:
        places = [
            lang.word("paragraph_in", report=source.document, number=source.paragraph)
            if source.paragraph
            else source.document
            for source in paragraph.sources
        ]
        yield from _told("sources", places, lang)
    if paragraph.units:
        yield _said("units", separator.join(paragraph.units), lang)


def _said(word: str, what: str, lang: Language) -> str:
    return f"{lang.word(word)}{lang.data['colon']}{what}"


def _told(word: str, items: Sequence[str], lang: Language) -> Iterator[str]:
    """Yield a line an item, the first behind the word: commas stand within items already."""
    yield _said(word, items[0], lang)
    yield from items[1:]


def with_placeholders(
    body: Sequence[Block], view: View, brief: Brief, coverage: Coverage, lang: Language
) -> list[Marked]:
    """Put a placeholder for each gap of ours behind the last paragraph that tells of it.

    One that no paragraph tells of stands before the last section, which holds the recommendations. None has a number,
    so that the numbers are those of the clean report. What the report answers by being written is no gap in it.
    """
    made: list[Marked] = list(body)
    told = told_by(view)
    waiting = []
    for row in gaps(coverage, ours_only=True)[Gap.OURS]:
        if answers_clause(brief, row.unit):
            continue
        holder = _placeholder(row, coverage, lang)
        if place := _behind(made, row.unit.ref, told):
            made.insert(place, holder)
        else:
            waiting.append(holder)
    if waiting:
        place = _last_section(made, view)
        made[place:place] = [PlaceholderHeading(lang.word("still_to_draft")), *waiting]
    return made


def _placeholder(row: UnitCoverage, coverage: Coverage, lang: Language) -> Placeholder:
    line = lines([row], coverage, lang)[0]
    text = lang.word("to_draft", what=f"{line.ref}{lang.data['colon']}{line.asked}")
    return Placeholder(text, tuple(_gap_comment(row, line, lang)))


def _gap_comment(row: UnitCoverage, line: Line, lang: Language) -> Iterator[str]:
    # The official text where it is at hand, in whatever language it is: it is quoted, not printed.
    text, _ = pick(row.unit.text, lang.code)
    yield _said("comment_asked", text or line.asked, lang)
    yield _said("status", line.status_word, lang)
    yield from _told("announcements", line.announced or [lang.word("notes_none")], lang)
    for word, items in (("actions", line.actions), ("facts", line.facts)):
        if items:
            yield from _told(word, items, lang)


def _behind(made: Sequence[Marked], ref: str, told: dict[str, Paragraph]) -> int:
    """Return the place behind the last paragraph that answers a unit, its items and placeholders; 0 for none."""
    found = 0
    for place, block in enumerate(made, 1):
        if isinstance(block, Numbered | Plain) and block.marker in told and ref in told[block.marker].units:
            found = place
        elif isinstance(block, Item | Placeholder) and found == place - 1:
            found = place if found else 0
    return found


def _last_section(made: Sequence[Marked], view: View) -> int:
    places = [place for place, block in enumerate(made) if isinstance(block, Heading) and block.level == 2]
    # Questions to the drafter stand behind the report's own last section.
    own = [section for section in view.sections if section.heading and not section.internal]
    return places[min(len(own), len(places)) - 1] if own and places else len(made)
