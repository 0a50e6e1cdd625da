"""The first page: the masthead as documents of the United Nations have it, and the table of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tracker.render.blocks import Heading, Numbered
from tracker.render.docx.xml import field, paragraph, q, w
from tracker.render.runs import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element as Element

    from tracker.lang import Language
    from tracker.render.blocks import Block
    from tracker.render.docx.base import Base
    from tracker.render.docx.parts import Masthead
    from tracker.render.docx.text import Writer
    from tracker.render.runs import Runs

# The principal organ whose document a report to a body is.
_ORGANS = {"cnd": "ecosoc", "ccpcj": "ecosoc", "csw": "ecosoc", "hrc": "ga"}
_THIN, _THICK = 4, 18
_DEEPEST = 3


class Entry(Struct, frozen=True):
    """A line of the table of contents: a heading, where it stands, and its first and last paragraph."""

    level: int
    numeral: str
    heading: Runs
    anchor: str
    first: int
    last: int


def masthead(made: Masthead, body: str, base: Base, writer: Writer, lang: Language) -> Iterator[Element]:
    """Yield the table with organ and symbol, and the lines on session and agenda below it."""
    organ = lang.label("bodies", _ORGANS.get(body, body))
    symbol, side = _cut(made.side)
    room = (round(base.width * 0.66), base.width - round(base.width * 0.66))
    nations = paragraph(base.style("Masthead Nations"), writer.text(lang.word("united_nations")))
    above = [nations, paragraph(base.style("Masthead Symbol"), *_symbol(symbol, base, writer))]
    below = [
        paragraph(base.style("Masthead Organ"), writer.text(organ)),
        paragraph(base.style("Masthead Side"), *writer.runs(side)),
    ]
    yield w(
        "tbl",
        w(
            "tblPr",
            w("bidiVisual") if writer.rtl else None,
            w("tblW", w=base.width, type="dxa"),
            w("tblLayout", type="fixed"),
            w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=0, type="dxa")),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in room)),
        _row(above, room, _THIN, "bottom"),
        _row(below, room, _THICK, "top"),
    )
    for line in made.lines:
        if plain(line) != organ:
            runs = writer.starred(line, made.note) if made.note else writer.runs(line)
            yield paragraph(base.style("Masthead"), *runs)


def _row(cells: Iterable[Element], room: Iterable[int], line: int, align: str) -> Element:
    made = []
    for cell, width in zip(cells, room, strict=True):
        border = w("tcBorders", w("bottom", val="single", sz=line, space=0, color="auto"))
        made.append(w("tc", w("tcPr", w("tcW", w=width, type="dxa"), border, w("vAlign", val=align)), cell))
    return w("tr", *made)


def _cut(side: Runs) -> tuple[str, Runs]:
    """Part the symbol from the lines below it."""
    for place, item in enumerate(side):
        if item.text == "\n":
            return plain(side[:place]), side[place + 1 :]
    return plain(side), ()


def _symbol(symbol: str, base: Base, writer: Writer) -> Iterator[Element]:
    # The organ's letter is larger than the rest: E/CN.15/2013/20.
    letter, slash, rest = symbol.partition("/")
    if slash:
        yield writer.text(letter, style=base.style("Symbol Letter"))
        yield writer.text(f"/{rest}")
    else:
        yield writer.text(symbol)


def split_heading(block: Heading, numerals: Iterable[str]) -> tuple[str, Runs]:
    """Part the numeral of a heading from its words."""
    text = block.runs[0].text if block.runs else ""
    found = max((numeral for numeral in numerals if numeral and text.startswith(numeral)), key=len, default="")
    if not found:
        return "", block.runs
    return found.strip(), (replace(block.runs[0], text=text[len(found) :].lstrip()), *block.runs[1:])


def entries(body: Sequence[Block], numerals: frozenset[str]) -> list[Entry]:
    """Return the lines of the table of contents, a heading each."""
    made: list[Entry] = []
    for place, block in enumerate(body):
        if isinstance(block, Heading) and 1 < block.level <= _DEEPEST + 1:
            numeral, words = split_heading(block, numerals)
            numbers = list(_numbers(body[place + 1 :], block.level)) or [0]
            anchor = f"_Toc{len(made) + 1:06}"
            made.append(Entry(block.level - 1, numeral, words, anchor, numbers[0], numbers[-1]))
    return made


def _numbers(blocks: Iterable[Block], level: int) -> Iterator[int]:
    for block in blocks:
        if isinstance(block, Heading) and block.level <= level:
            return
        if isinstance(block, Numbered):
            yield block.number


def contents(lines: Sequence[Entry], base: Base, writer: Writer, lang: Language) -> Iterator[Element]:
    """Yield the table of contents, a field that Word can work out anew.

    Only Word knows the pages, so until then it shows the paragraphs of each section, by which reports are cited.
    """
    begin, code, separate, *_, end = field(f'TOC \\o "1-{_DEEPEST}" \\h \\z', "")
    yield paragraph(base.style("TOC Heading"), writer.text(lang.word("contents")))
    column = writer.text(lang.word("paragraphs"))
    yield paragraph(base.style("Contents Column"), begin, code, separate, column)
    for line in lines:
        link = w("hyperlink", *_line(line, writer))
        link.set(q("anchor"), line.anchor)
        yield paragraph(base.style(f"TOC {line.level}"), link, end if line is lines[-1] else None)


def _line(line: Entry, writer: Writer) -> Iterator[Element]:
    if line.numeral:
        yield from (writer.text(line.numeral), writer.tab())
    yield writer.text(plain(line.heading))
    if line.first:
        yield writer.tab()
        yield writer.text(str(line.first) if line.first == line.last else f"{line.first}–{line.last}")
