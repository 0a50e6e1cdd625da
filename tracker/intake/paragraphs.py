"""The tree of a resolution as records: texts joined, footnotes gathered, requests read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.intake.joining import Joiner
from tracker.intake.lines import Doubt
from tracker.intake.requests import requests_of
from tracker.intake.suspicions import of_paragraph
from tracker.model import Clause, Footnote, Paragraph
from tracker.refs import join

if TYPE_CHECKING:
    from tracker.intake.joining import Joined
    from tracker.intake.lines import Clean
    from tracker.intake.nodes import Node, Piece
    from tracker.intake.requests import Request
    from tracker.intake.rules import Rules
    from tracker.model import Text

_ASKING = frozenset(("number", "sub", "unnumbered"))


class Paragraphs:
    """Turns nodes into records, and remembers doubts and which paragraph calls which footnote."""

    def __init__(self, cleaned: Clean, rules: Rules, body: str) -> None:
        self.rules = rules
        self.body = body
        self.joiner = Joiner(cleaned.lines)
        self._notes = cleaned.notes
        self._found: list[Doubt] = []
        self._called: dict[int, list[str]] = {}

    @property
    def doubts(self) -> list[Doubt]:
        """What a person should look at, so far."""
        return [*self._found, *self.joiner.doubts]

    def paragraph(self, node: Node, above: tuple[str, ...] = (), *, asked: bool = False) -> Paragraph:
        """Return a node and all below it as a record; `asked` says that a paragraph above names whom it asks."""
        labels = (*above, node.label)
        path = join(labels)
        text = self._noted(self.joiner.join(node.text), path)
        asks = node.kind in _ASKING
        if asks:
            self._found.extend(of_paragraph(node, text, path, self.rules))
        requests = self._requests(node, text, above, asked=asked) if text and asks else []
        split = len(requests) > 1 and not node.children
        # What comes in items is asked by the last request before them.
        one = (
            next((one for one in reversed(requests) if one.addressees), requests[0]) if requests and not split else None
        )
        if asks and text and self._lacks_verb(node, requests, above):
            self._found.append(Doubt(node.line, f"paragraph {path}: no verb was found"))
        return Paragraph(
            number=node.label,
            heading=self.text("\n".join(self._noted(self.joiner.join([piece]), path) for piece in node.heading)),
            preamble=tuple(map(self.text, self.blocks(node.preamble, path))),
            text=self.text(text),
            verb=one.verb if one else None,
            addressees=(one.addressees or None) if one else None,
            condition=one.condition if one else None,
            reporting=one.reporting if one else None,
            paragraphs=tuple(
                self.paragraph(child, labels, asked=asked or bool(one and one.addressees)) for child in node.children
            ),
            clauses=tuple(map(self._clause, requests)) if split else (),
        )

    def _requests(self, node: Node, text: str, above: tuple[str, ...], *, asked: bool) -> list[Request]:
        # In an annex and below (a) the first word is as often a noun.
        guess = node.kind != "sub" and not any(label.startswith("annex") for label in above)
        return requests_of(text, self.rules, self.body, guess=guess, asked=asked)

    def _lacks_verb(self, node: Node, requests: list[Request], above: tuple[str, ...]) -> bool:
        in_annex = any(label.startswith("annex") for label in above)
        return node.kind != "sub" and not in_annex and not any(request.verb for request in requests)

    def _clause(self, request: Request) -> Clause:
        return Clause(
            verb=request.verb,
            addressees=request.addressees or None,
            condition=request.condition,
            reporting=request.reporting,
            text=self.text(request.text),
        )

    def text(self, wording: str) -> Text:
        """Return wording as a text in the language of the document."""
        return {self.rules.code: wording} if wording else {}

    def blocks(self, pieces: list[Piece], path: str = "") -> list[str]:
        """Return the paragraphs of a preamble."""
        return [self._noted(joined, path) for joined in self.joiner.paragraphs(pieces)]

    def _noted(self, joined: Joined, path: str) -> str:
        for mark in joined.marks:
            self._called.setdefault(mark, []).append(path)
        return joined.text

    def footnotes(self) -> tuple[Footnote, ...]:
        """Return the footnotes with the paragraphs that call them; one may lack its text, or whoever calls it."""
        return tuple(
            Footnote(
                mark=note.mark,
                paragraphs=tuple(dict.fromkeys(filter(None, self._called.get(place, ())))),
                text=self.text(note.text),
            )
            for place, note in enumerate(self._notes)
            if note.text or place in self._called
        )
