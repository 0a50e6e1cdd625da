"""The lines of a resolution without what belongs to its pages, its footnotes apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.intake.footnotes import Footnotes, Note
from tracker.intake.joining import Joiner
from tracker.intake.lines import MARK, Clean, Left, paged
from tracker.intake.note_marks import marked, unbroken
from tracker.intake.page_furniture import OF_THE_PAGE, furniture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.intake.rules import Rules
    from tracker.intake.source import Line, Source


def clean(source: Source, rules: Rules) -> Clean:
    """Take the furniture of pages and the footnotes out of a document."""
    lines, left = unbroken(paged(source.lines))
    of_pages = furniture(lines, rules)
    left += [Left(lines[place].number, lines[place].text.strip(), OF_THE_PAGE) for place in sorted(of_pages)]
    lines = [line for place, line in enumerate(lines) if place not in of_pages]
    joiner = Joiner(lines)
    footnotes = Footnotes(lines, joiner, rules)
    notes = [*(Note(str(number), text) for number, text in enumerate(source.notes, 1)), *footnotes.notes]
    kept = _joined(marked([lines[place] for place in footnotes.kept], notes))
    return Clean(kept, notes, [*left, *joiner.left], joiner.doubts)


def _joined(lines: Iterable[Line]) -> list[Line]:
    """Put marks of footnotes that stand on a line of their own behind the text they follow."""
    kept: list[Line] = []
    last = -1
    for line in lines:
        text = line.text.strip()
        if text and not MARK.sub("", text).strip():
            if last >= 0:
                kept[last] = kept[last]._replace(text=kept[last].text.rstrip() + text)
            continue
        kept.append(line)
        if text:
            last = len(kept) - 1
    return kept
