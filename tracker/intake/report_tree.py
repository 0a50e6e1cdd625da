"""The tree of a report: sections, their numbered paragraphs, and the items of those."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.headings import is_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.intake.lines import Doubt, Left


class Part(NamedTuple):
    """A piece of a paragraph: its opening (no label) or an item."""

    label: str
    text: str
    line: int


@dataclass
class Para:
    """A numbered paragraph."""

    number: str
    line: int
    page: int
    parts: list[Part]

    @property
    def text(self) -> str:
        """The whole of it, an item a line."""
        return "\n".join(f"({part.label}) {part.text}" if part.label else part.text for part in self.parts)

    @property
    def is_closed(self) -> bool:
        """Tell whether its last words end a sentence."""
        return is_sentence(self.parts[-1].text)

    @property
    def announces(self) -> bool:
        """Tell whether its last words open a list."""
        return self.parts[-1].text.rstrip().endswith((":", "："))

    def go_on(self, text: str) -> None:
        """Add text to its last piece."""
        last = self.parts[-1]
        self.parts[-1] = last._replace(text=last.text + text)


@dataclass
class Section:
    """A heading with what stands under it; the outermost has none and level 0."""

    level: int
    heading: str
    line: int
    paras: list[Para] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    @property
    def all_paras(self) -> Iterator[Para]:
        """All paragraphs under it, in order."""
        yield from self.paras
        for section in self.sections:
            yield from section.all_paras


class Tree(NamedTuple):
    """All sections, what was left out, and what to look at."""

    root: Section
    left: list[Left]
    doubts: list[Doubt]
