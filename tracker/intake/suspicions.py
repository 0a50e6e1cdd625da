"""What a copy or a scan may have spoilt in a paragraph: said with its line, never mended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.intake.lines import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.intake.nodes import Node, Piece
    from tracker.intake.rules import Rules

_STOP = re.compile(r"[.;:,،؛؟。；：，!?！？…—–][\"”’»)）\]]*(?:\s*(?:and|or|et|y|и|و|和|以及|或))?$")
_GLUED = re.compile(r"(?<=[a-z]{3})\d{1,3}(?=[\s,.;:)]|$)|(?<=[a-z][,.;])\d{1,3}(?=\s|$)")
_AFTER_STOP = re.compile(r"(?<=[a-z0-9)][,;.\"”]) \d{2,3}(?= [a-z]|$|[,.;](?:\s|$))")
_UNREADABLE = "\ufffd"


def of_paragraph(node: Node, text: str, path: str, rules: Rules) -> Iterator[Doubt]:
    """Yield what a person should look at in one paragraph, `path` being its number."""
    if not text and not node.children:
        yield Doubt(node.line, f"paragraph {path} has no text")
    elif text and not node.children and not _STOP.search(text) and not _AFTER_STOP.search(text[-8:]):
        yield Doubt(node.line, f'paragraph {path} ends without a stop: "…{text[-20:]}"')
    for piece in node.text:
        yield from _of_line(piece, rules)


def _of_line(piece: Piece, rules: Rules) -> Iterator[Doubt]:
    for pattern in (_GLUED, _AFTER_STOP) if rules.spaced else ():
        for found in pattern.finditer(piece.text):
            yield Doubt(piece.line, f'"{found.group().strip()}" may be the mark of a footnote')
    if _UNREADABLE in piece.text:
        yield Doubt(piece.line, f"a character could not be read: it stands as {_UNREADABLE}")
    for pattern in rules.lost:
        for found in pattern.finditer(piece.text):
            yield Doubt(piece.line, f'"{found.group()}" may have lost a character')
