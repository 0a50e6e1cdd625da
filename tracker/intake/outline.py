"""The paragraphs of a resolution as a tree, read line by line.

The rule that keeps dirt out: a number begins a paragraph only when it comes right after the last one; whatever else
looks like a number is text. Numbers begin again only below a part or an annex.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.intake.labels import part_label
from tracker.intake.lines import Doubt
from tracker.intake.nodes import Node, Piece, Scope
from tracker.intake.open_tree import OpenTree
from tracker.intake.sublist import Sublist
from tracker.lang.formats import letters

if TYPE_CHECKING:
    from tracker.intake.scan import Scan


class Outline(OpenTree):
    """Reads the lines after the masthead: `root` holds the tree, `doubts` what a person should look at."""

    def __init__(self, scan: Scan, start: int) -> None:
        super().__init__(scan, start)
        self.closing: list[Piece] = []
        for place in range(start, len(scan.lines)):
            self._read(place)
        self._end()

    def _read(self, place: int) -> None:
        if self.ended:
            self.closing.append(self._piece(place))
            return
        if place <= self._quoted_until:
            self._pieces.append(self._piece(place, fresh=self.scan.begins_quoted(place)))
            return
        if self._scope.begun and not self.closed:
            self._quoted_until = self.scan.quoted_until(place)
        for reads in (self._ends, self._annex, self._part, self._number, self._sub, self._opens_again):
            if reads(place):
                return
        self._text(place)

    def _ends(self, place: int) -> bool:
        """Read the closing formula: the meeting, the date, the vote."""
        if not self.scan.rules.closing.match(self.scan.texts[place]):
            return False
        at_end = self.scan.complete(place) and (self.scan.fresh(place) or not self.scan.parted)
        if not self.closed and not (self._scope.begun and at_end):
            return False
        self.closed = True
        self.closing.append(self._piece(place))
        return True

    def _annex(self, place: int) -> bool:
        annex = self.scan.annexes[place]
        if annex is None or not (self.closed or (self.root.children and self.scan.complete(place))):
            return False
        number = part_label(annex.readings[0]) if annex.readings else ""
        self._open_annex(place, f"annex{number}")
        if annex.heading:
            self._scope.node.heading.append(self._piece(place, annex.heading))
        return True

    def _part(self, place: int) -> bool:
        part = self.scan.parts[place]
        if part is None or not (self.closed or self._at_end(place) or self.scan.stands_alone(place)):
            return False
        found = self.restarts.of_part(place, part, self.scopes)
        if found is None:
            return False
        if found.running_on:
            self._heading.append(self._piece(place))
            return True
        del self.scopes[found.depth :]
        node = Node(part_label(found.reading), "part", self.scan.lines[place].number)
        self._open(Scope(node, found.reading.style, found.reading.value))
        if part.heading:
            node.heading.append(self._piece(place, part.heading))
        return True

    def _number(self, place: int) -> bool:
        scope = self._scope
        at_end = self._at_end(place) or self.scan.fresh(place) or self.scan.stands_alone(place)
        numbered = self.numbering.accept(place, scope.last, at_end=at_end, closed=self.closed)
        line = self.scan.lines[place].number
        if numbered is None:
            found = self.scan.numbers[place]
            if found and self.scan.complete(place) and self.scan.opens_with_verb(found.rest):
                following = scope.last // 10 + 1
                self.doubts.append(
                    Doubt(
                        line, f'the line begins with "{found.label}.", but paragraph {following} is next: taken as text'
                    )
                )
            return False
        if numbered.doubt:
            self.doubts.append(Doubt(line, numbered.doubt))
        self.numbering.restart()
        self.closed = False
        scope.last = numbered.found.readings[0].value
        node = Node(numbered.found.label, "number", line)
        scope.node.children.append(node)
        self._begin(place, node, numbered.found.rest)
        return True

    def _sub(self, place: int) -> bool:
        found = self.scan.subs[place]
        if found is None or self.closed or not (self._scope.begun or self._scope.node.kind != "resolution"):
            return False
        at_end = self.scan.complete(place) or (self.scan.fresh(place) and not found.rest[:1].islower())
        return at_end and found.rest[:1] not in set(",;.)،؛，；。、") and self._add_sub(place, found)

    def _opens_again(self, place: int) -> bool:
        """Read the name of a body: at the head of a part with a preamble of its own, or of another resolution."""
        node = self._scope.node
        if not self.scan.opens_resolution(place):
            return False
        if node.kind != "part" or self._scope.begun:
            if self.root.children:
                self._end_before_another(place)
            return self.ended
        self._pieces = node.preamble
        self._pieces.append(self._piece(place, fresh=True))
        return True

    def _end_before_another(self, place: int) -> None:
        self.ended = True
        self.closing.append(self._piece(place))
        message = "another resolution begins here: it is left out, with all that comes after it"
        self.doubts.append(Doubt(self.scan.lines[place].number, message))

    def _text(self, place: int) -> None:
        """Read a line without a label: it carries on, or is a heading, a preamble, a paragraph without number."""
        at_end = self._at_end(place)
        if self._wraps_heading(place):
            (self._heading or self._scope.node.heading).append(self._piece(place))
        elif self.restarts.of_lost_annex(place, self._scope):
            self._open_annex(place, "annex")
            self._pieces.append(self._piece(place))
        elif at_end and self.scan.is_heading(place):
            self._head(place)
        elif self.closed:
            self.closing.append(self._piece(place))
        elif self._heading and not self.scan.complete(place) and not self._scope.begun:
            self._heading.append(self._piece(place))
        elif not self._scope.begun:
            self._before_paragraphs(place)
        elif self.scan.carries_on(place) and not (self._scope.unnumbered and self.scan.begins(place)):
            self._pieces.append(self._piece(place, fresh=self.scan.lists_without_stops(place)))
        elif self._scope.unnumbered and not self.scan.belongs_to_item(place):
            self._unnumbered(place)
        else:
            self._after_items(place)

    def _wraps_heading(self, place: int) -> bool:
        """Tell whether a line is the rest of a heading that runs over two."""
        heading = self._heading or (self._scope.node.heading if self._pieces is self._scope.node.heading else [])
        if not heading or heading[-1].line != self.scan.lines[place - 1].number or self.scan.complete(place):
            return False
        return self.scan.texts[place][0].islower() or (self.scan.parted and not self.scan.fresh(place))

    def _head(self, place: int) -> None:
        """Keep a heading for what comes below it; numbers that begin again below it make it a part or an annex."""
        after = self.scan.after_headings(place)
        if self.root.children and self._scope.begun and self.scan.opens_resolution(after):
            self._end_before_another(place)
            return
        restart = self.restarts.of_heading(place, self._scope, closed=self.closed)
        if restart == "annex":
            self._open_annex(place, "annex")
        elif restart == "part":
            if self._scope.style == "none":
                self.scopes.pop()
            siblings = sum(node.label.startswith("~") for node in self._scope.node.children)
            node = Node(f"~{letters(siblings + 1)}", "part", self.scan.lines[place].number)
            self._open(Scope(node, "none", siblings + 1))
        elif self.closed:
            self.closing.append(self._piece(place))
            return
        elif self._scope.node.kind != "resolution" and not self._scope.begun and not self._scope.node.preamble:
            self._scope.node.heading.append(self._piece(place))
            return
        else:
            self._heading.append(self._piece(place))
            return
        self._scope.node.heading.append(self._piece(place))

    def _before_paragraphs(self, place: int) -> None:
        """Read what stands before the first paragraph of a resolution, a part or an annex."""
        node, text = self._scope.node, self.scan.texts[place]
        at_end = self._at_end(place) or self.scan.begins(place)
        if at_end and self.scan.is_operative(place) and not self.restarts.numbered_below(place):
            self._unnumbered(place)
            return
        if self._pieces is node.heading and node.kind != "resolution" and self.scan.no_sentence(text):
            node.heading.append(self._piece(place))
            return
        if node.kind == "annex":
            self._pieces = node.text
        elif self._pieces is not node.preamble:
            self._pieces = node.preamble
        starts = at_end and (self.scan.fresh(place) or self.scan.opens_preamble(text))
        if not self.scan.parted and self.scan.opens_preamble(text) and self.scan.texts[place - 1][-1:] in {",", "，"}:
            starts = True
        self._pieces.append(self._piece(place, fresh=starts))

    def _after_items(self, place: int) -> None:
        """Read a block without label after sub-paragraphs: it closes the paragraph that holds them."""
        if label := self.scan.subs[place]:
            line = self.scan.lines[place].number
            self.doubts.append(Doubt(line, f"({label.label}) follows no label of its kind: taken as text"))
        elif self.scan.is_operative(place) and not self.scan.texts[place][0].islower():
            line = self.scan.lines[place].number
            self.doubts.append(Doubt(line, f'"{self.scan.texts[place][:30]}…" has no number: taken as text'))
        elif not self.scan.belongs_to_item(place) and self._subs.depth:
            self._pieces = self._subs.owner.text
            self._subs = Sublist(self._subs.owner)
        self._pieces.append(self._piece(place, fresh=True))
