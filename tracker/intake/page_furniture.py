"""What belongs to pages and not to the text: their heads, feet and numbers."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tracker.intake.lines import SENTENCE_ENDS, SYMBOL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.intake.rules import Rules
    from tracker.intake.source import Line

OF_THE_PAGE = "it belongs to the page, not to the text"
_NUMBER = re.compile(r"[-–—]?\s*\d{1,3}\s*[-–—]?")
_NUMBER_OF = re.compile(r"\d{1,2}/\d{1,2}|[-–—]\s*\d{1,3}\s*[-–—]")
_JOB = re.compile(r"\*\d{6,}\*|\d\d-\d{5}")
# The number of a page, of the printing job, a bar code, the letter of a language.
_WORD = re.compile(rf"\d+/\d+|\*\d{{6,}}\*|[A-Z]\.\d\d-\d{{4,5}}|\d\d-\d{{5}}|\([A-Z]\)|{SYMBOL.pattern}")
_LONGEST = 120
_SHORTEST_TITLE = 10


def furniture(lines: Sequence[Line], rules: Rules | None = None) -> set[int]:
    """Return the places of the lines that belong to pages.

    The rules of resolutions say what stands there in their language, and where the text begins; in a resolution a
    number alone may be more than that of a page.
    """
    edges = _edges(lines)
    repeated = _repeated(lines, edges)
    symbols: set[str] = set()
    above: set[str] = set()
    begun, found = False, set()
    for place, line in enumerate(lines):
        text = line.text.strip()
        # Above the name of the body a symbol is the document's own; further down, or again, it is the head of a page.
        head = SYMBOL.fullmatch(text) and (begun or text in symbols)
        number = _NUMBER_OF.fullmatch(text) or (_NUMBER.fullmatch(text) and (rules is None or place in edges))
        # The title stands again at the head of a page.
        # The date of adoption stands above the text and below it, on no page's account.
        title = rules and begun and place in edges and len(text) > _SHORTEST_TITLE and not rules.closing.match(text)
        title = title and any(line.endswith(text) for line in above)
        if text and (head or number or title or text in repeated or _is_known(text, rules)):
            found.add(place)
        if rules and not begun:
            above.add(text)
        symbols.update(match.group() for match in SYMBOL.finditer(text))
        begun = begun or bool(rules and rules.organ.fullmatch(text))
    return found


def _is_known(text: str, rules: Rules | None) -> bool:
    words = text.split()
    if rules:
        printed = any(map(_JOB.fullmatch, words)) and all(map(_WORD.fullmatch, words))
        return printed or rules.furniture.fullmatch(text) is not None
    return not SYMBOL.fullmatch(text) and all(map(_WORD.fullmatch, words))


def _edges(lines: Sequence[Line]) -> set[int]:
    """Return the places of the first and last two lines with text of every page, where there are pages."""
    pages: dict[int, list[int]] = {}
    for place, line in enumerate(lines):
        if line.text.strip():
            pages.setdefault(line.page, []).append(place)
    if len(pages) < 2:
        return set()
    return {place for page in pages.values() for place in (*page[:2], *page[-2:])}


def _repeated(lines: Sequence[Line], edges: set[int]) -> set[str]:
    counted = Counter(lines[place].text.strip() for place in edges)
    return {
        text for text, count in counted.items() if count > 1 and len(text) < _LONGEST and not SENTENCE_ENDS.search(text)
    }
