"""Blocks of text to the tree of a report: headings, paragraphs in one run of numbers, their items.

A number at the start of a block is a paragraph's only if it is the last one's plus one; otherwise it is a
heading that counts from 1, or text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.intake.heading_levels import Levels
from tracker.intake.headings import ITEM, LETTER, NUMBER, is_sentence, is_short, without_mark
from tracker.intake.item_lists import ItemLists
from tracker.intake.lines import Doubt, Left
from tracker.intake.report_tree import Para, Part, Section, Tree
from tracker.intake.reportrules import fits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.intake.blocks import Block
    from tracker.intake.reportrules import ReportRules

_MOST_MISSING = 2
_MOST_LOOKED_AT = 40


def tree_of(blocks: Sequence[Block], rules: ReportRules) -> Tree:
    """Read the tree of a report from the blocks of its body."""
    return _Parser(blocks, rules).read()


class _Parser:
    """Reads blocks in order; knows the last number, the open heading and the open table."""

    def __init__(self, blocks: Sequence[Block], rules: ReportRules) -> None:
        self.blocks = blocks
        self.rules = rules
        self.tree = Tree(Section(0, "", blocks[0].line if blocks else 1), [], [])
        self.open = [self.tree.root]
        self.levels = Levels(rules)
        self.last = 0
        self.chapter: str | None = None
        self.annex = ""
        self.annexes: list[str] = []
        self.guessed: list[int] = []
        # Where the file itself names its headings, nothing else is one.
        self.styled = any(block.level for block in blocks)
        self.para: Para | None = None
        self.lists = ItemLists()
        self.caption = ""
        self.untitled = False
        # Counts what is kept, to tell which pieces left out stand together.
        self.kept = 0

    def read(self) -> Tree:
        for at, block in enumerate(self.blocks):
            left = len(self.tree.left)
            self._take(at, block)
            self.kept += len(self.tree.left) == left
        if self.guessed:
            count = len(self.guessed)
            headings = (
                "1 heading has no number: its level is"
                if count == 1
                else f"{count} headings have no number: their levels are"
            )
            self.tree.doubts.append(Doubt(self.guessed[0], f"from here on {headings} guessed"))
        return self.tree

    def _take(self, at: int, block: Block) -> None:
        taken = (
            self._paragraph(at, block)
            or self._title_of_caption(block)
            or self._caption(block)
            or self._heading(block)
            or self._item(at, block)
            or self._under_caption(block)
            or (not self.styled and self._unmarked(at, block))
        )
        if not taken:
            self._text(block)

    def _paragraph(self, at: int, block: Block) -> bool:
        match = NUMBER.match(block.text)
        if not match or block.level or (self.last and match["chapter"] != self.chapter):
            return False
        number, text = int(match["number"]), match["text"].strip()
        if number != self.last + 1 and not self._jumped(at, number, text):
            return False
        if not is_sentence(text) and self._next_number(at) == number:
            # The paragraph of this number is still to come: this is a heading that counts from 1.
            return False
        if number > self.last + 1:
            self.tree.doubts.append(Doubt(block.line, f"paragraph {self.last + 1} has not been found"))
        self.chapter, self.last = match["chapter"], number
        whole = f"{self.chapter}.{number}" if self.chapter else f"{self.annex}{number}"
        self.para = Para(whole, block.line, block.page, [Part("", text, block.line)])
        self.open[-1].paras.append(self.para)
        self.lists = ItemLists()
        self.caption, self.untitled = "", False
        return True

    def _jumped(self, at: int, number: int, text: str) -> bool:
        """Accept a number when one or two before it are missing and the next goes on from it."""
        missing = number - self.last - 1
        if not self.last or not 0 < missing <= _MOST_MISSING or not is_sentence(text):
            return False
        return (self.para is None or self.para.is_closed) and self._next_number(at) == number + 1

    def _next_number(self, at: int) -> int | None:
        for block in self.blocks[at + 1 :]:
            match = NUMBER.match(block.text)
            if match and not block.level and is_sentence(match["text"]):
                return int(match["number"])
        return None

    def _heading(self, block: Block) -> bool:
        if not LETTER.search(block.text) or (self.caption and not block.level):
            return False
        if annex := fits(self.rules.data["headings"]["annex"], block.text):
            self.annexes.append(annex["number"] or "")
            again = self.annexes.count(self.annexes[-1])
            self.annex = f"annex{self.annexes[-1]}{again if again > 1 else ''}."
            self.last, self.chapter = 0, None
            self.levels.begin_annex()
            self._open(1, block.text, block)
            return True
        if block.level:
            self._open(block.level, without_mark(block.text), block)
            return True
        mark, missing = self.levels.marked(block.text, self.open[-1].level)
        if mark is None:
            return False
        if missing:
            self.tree.doubts.append(Doubt(block.line, f'the heading before "{mark.text[:40]}" has not been found'))
        self._open(mark.level, mark.text, block, mark.value)
        return True

    def _open(self, level: int, text: str, block: Block, value: int = 0) -> None:
        heading = " ".join(text.split())
        self.levels.opened(level, heading, value)
        while self.open[-1].level >= level:
            self.open.pop()
        section = Section(level, heading, block.line)
        self.open[-1].sections.append(section)
        self.open.append(section)
        self.para, self.caption, self.untitled = None, "", False

    def _unmarked(self, at: int, block: Block) -> bool:
        if not is_short(block.text) or NUMBER.match(block.text) or ITEM.match(block.text):
            return False
        if self.para is not None and not self.para.is_closed:
            return False
        after = self.blocks[at + 1].text if at + 1 < len(self.blocks) else ""
        under = self.open[-1].level if self.para is None else 0
        level = self.levels.guessed(" ".join(block.text.split()), after, under=under)
        self.guessed.append(block.line)
        self._open(level, block.text, block)
        return True

    def _item(self, at: int, block: Block) -> bool:
        match = ITEM.fullmatch(block.text)
        if not match or self.para is None or self.caption:
            return False
        label, text = match["label"], match["text"].strip()
        item = self.lists.take(label, self._labels_after(at), announced=self.para.announces)
        if item.doubt:
            self.tree.doubts.append(Doubt(block.line, item.doubt))
        if item.outermost:
            self.para.parts.append(Part(label, text, block.line))
        elif self.lists.begun:
            # (i) under (b) stays with it.
            self.para.go_on(f"\n({label}) {text}")
        return self.lists.begun

    def _labels_after(self, at: int) -> list[str]:
        """Return the labels of the items that follow in the same paragraph, as far as they help to tell a list."""
        found = []
        for block in self.blocks[at + 1 : at + 1 + _MOST_LOOKED_AT]:
            if block.level or NUMBER.match(block.text):
                break
            if match := ITEM.fullmatch(block.text):
                found.append(match["label"])
        return found

    def _caption(self, block: Block) -> bool:
        names = self.rules.data["headings"]
        if not fits(names["captions"], block.text):
            return False
        if fits(names["titled"], block.text):
            self.caption, self.untitled = " ".join(block.text.split()), True
        self._leave(block, self.caption or "a remark on a table or figure")
        return True

    def _title_of_caption(self, block: Block) -> bool:
        """Leave out the title of a table or figure, on the line after its number; remarks may come between."""
        if not self.untitled or fits(self.rules.data["headings"]["captions"], block.text):
            return False
        self._leave(block, self.caption)
        self.untitled = False
        if not self.styled:
            # Where the file names no headings, nothing tells the cells of a table from what follows it.
            self.caption = ""
        return True

    def _under_caption(self, block: Block) -> bool:
        if self.caption:
            self._leave(block, self.caption)
        return bool(self.caption)

    def _text(self, block: Block) -> None:
        if self.para is None:
            self._leave(block, "under a heading, before any numbered paragraph")
            return
        number = NUMBER.match(block.text)
        if number:
            said = block.text.split()[0]
            message = f'the line begins with "{said}", but paragraph {self.last + 1} is next: taken as text'
            self.tree.doubts.append(Doubt(block.line, message))
        if number or not self.para.is_closed:
            self.para.go_on((" " if self.rules.spaced else "") + block.text)
        else:
            self.para.go_on(f"\n{block.text}")

    def _leave(self, block: Block, why: str) -> None:
        self.tree.left.append(Left(block.line, block.text, why, self.kept))
