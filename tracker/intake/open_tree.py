"""The tree of a resolution as far as it has been read: which part is open, and where the next line goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.intake.labels import Reading, sub_at
from tracker.intake.lines import Doubt
from tracker.intake.nodes import Node, Piece, Scope
from tracker.intake.numbering import Numbering
from tracker.intake.restarts import Restarts
from tracker.intake.sublist import Sublist
from tracker.lang.formats import letters

if TYPE_CHECKING:
    from tracker.intake.labels import Found
    from tracker.intake.scan import Scan


class OpenTree:
    """Opens parts, annexes and paragraphs; what has no place yet waits as a heading for what comes below it."""

    def __init__(self, scan: Scan, start: int) -> None:
        self.scan = scan
        self.restarts = Restarts(scan)
        self.numbering = Numbering(scan)
        self.doubts: list[Doubt] = []
        self.root = Node("", "resolution", scan.lines[start].number if start < len(scan.lines) else 0)
        self.scopes = [Scope(self.root)]
        self.closed = False
        self._pieces = self.root.preamble
        self._heading: list[Piece] = []
        self._subs = Sublist(self.root)
        self._quoted_until = -1
        self.ended = False

    @property
    def _scope(self) -> Scope:
        return self.scopes[-1]

    def _at_end(self, place: int) -> bool:
        """Tell whether what was read is at an end: a stop, a heading, or nothing read yet."""
        heading = self._heading or self._pieces is self._scope.node.heading or not self._pieces
        return bool(heading) or self.scan.complete(place)

    def _piece(self, place: int, text: str | None = None, *, fresh: bool = False) -> Piece:
        line = self.scan.lines[place]
        return Piece(line.number, line.text if text is None else text, fresh)

    def _open(self, scope: Scope) -> None:
        self._scope.node.children.append(scope.node)
        self.scopes.append(scope)
        scope.node.heading.extend(self._heading)
        self._heading = []
        self._pieces = scope.node.heading
        self._subs = Sublist(scope.node)
        self.numbering.restart()
        self.closed = False

    def _open_annex(self, place: int, label: str) -> None:
        taken = {node.label for node in self._scope.node.children} | {node.label for node in self.root.children}
        while label in taken:
            self.doubts.append(
                Doubt(self.scan.lines[place].number, f"a second {label}: called {label}X, to be renamed")
            )
            label += "X"
        # The annex of resolution A stands between A and B.
        del self.scopes[2 if self._sister_follows(place) else 1 :]
        self._open(Scope(Node(label, "annex", self.scan.lines[place].number)))

    def _sister_follows(self, place: int) -> bool:
        if len(self.scopes) < 2 or not self.scopes[1].style:
            return False
        scope = self.scopes[1]
        return self.restarts.sister(place, Reading(scope.style, scope.place), past_annexes=True) is not None

    def _begin(self, place: int, node: Node, rest: str) -> None:
        """Begin a paragraph; its first line may hold the label of a sub-paragraph too."""
        node.heading.extend(self._heading)
        self._heading = []
        self._subs = Sublist(node)
        self._pieces = node.text
        sub = sub_at(rest, self.scan.rules.letters)
        if not (sub and self._add_sub(place, sub)):
            self._pieces.append(self._piece(place, rest, fresh=True))

    def _unnumbered(self, place: int) -> None:
        """Begin an operative paragraph that the text does not number: it gets a letter after ~."""
        scope = self._scope
        node = Node(f"~{letters(scope.unnumbered + 1)}", "unnumbered", self.scan.lines[place].number)
        scope.unnumbered += 1
        scope.node.children.append(node)
        self._begin(place, node, self.scan.lines[place].text)

    def _add_sub(self, place: int, found: Found) -> bool:
        announced = bool(self._pieces) and self._pieces[-1].text.rstrip().endswith((":", "："))
        placed = self._subs.place(found, self.scan.next_subs(place), announced=announced)
        if placed is None:
            return False
        line = self.scan.lines[place].number
        node = self._subs.add(placed, line)
        if placed.misprinted:
            self.doubts.append(Doubt(line, f"({found.label}) read as ({node.label}), as the labels around it require"))
        self._pieces = node.text
        inner = sub_at(found.rest, self.scan.rules.letters)
        if not (inner and self._add_sub(place, inner)):
            self._pieces.append(self._piece(place, found.rest, fresh=True))
        return True

    def _end(self) -> None:
        for piece in self._heading:
            self.doubts.append(Doubt(piece.line, f'"{piece.text}" stands below no paragraph: left out'))
        self._heading = []
