"""The parts and paragraphs of a resolution while it is being read."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Piece:
    """One line of a text; `fresh` where the layout begins a new block with it."""

    line: int
    text: str
    fresh: bool = False


@dataclass(slots=True)
class Node:
    """A resolution, a part or annex of it, or a paragraph, with the lines that make it up."""

    label: str
    kind: str
    line: int
    heading: list[Piece] = field(default_factory=list)
    text: list[Piece] = field(default_factory=list)
    preamble: list[Piece] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Scope:
    """Where numbers count on: the resolution itself, a part of it, or an annex.

    `style` and `place` are those of a part's label; `last` is the value of the last number, `unnumbered` how many
    paragraphs without number there are.
    """

    node: Node
    style: str = ""
    place: int = 0
    last: int = 0
    unnumbered: int = 0

    @property
    def begun(self) -> bool:
        """Whether a paragraph of it has been read."""
        return bool(self.last or self.unnumbered)
