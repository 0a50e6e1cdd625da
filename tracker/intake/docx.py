"""Word files: the text a reader sees, with its automatic numbers, and its footnotes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from tracker.intake.docx_numbers import Numbering, Styles, W, number, switched_on, value
from tracker.intake.docx_parts import open_parts
from tracker.intake.source import MARK_BASE, MOST_NOTES, Line, Source, Unreadable, known

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_UNSEEN = frozenset(
    f"{W}{name}"
    for name in (
        *("del", "moveFrom", "delText", "instrText", "delInstrText", "rt"),
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr"),
    )
)
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-"}
_BREAKS = {f"{W}br", f"{W}cr"}
_REFERENCES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_DEEPEST_FIELD = 50
_OWN_MARKS = "*†‡§ \t"
_MOST_PARAGRAPHS = 200_000


def read_docx(name: str, data: bytes) -> Source:
    """Read a Word file: one line, or one for each line break, and a blank one for each paragraph."""
    parts = open_parts(name, data)
    if sum(1 for _ in parts.document.iter(f"{W}p")) > _MOST_PARAGRAPHS:
        what = f"{name} has more than {_MOST_PARAGRAPHS:,} paragraphs: no document is that long"
        raise Unreadable(what, "take the document out of it and save it as a file of its own")
    styles = Styles(parts.styles)
    story = _Story(styles, Numbering(parts.numbering, styles))
    story.tell(parts.document)
    if len(story.called) > MOST_NOTES:
        raise Unreadable(f"{name} has {len(story.called)} footnotes, more than can be kept apart", "split the file")
    texts = {"footnote": _notes(parts.footnotes), "endnote": _notes(parts.endnotes)}
    notes = tuple(texts[kind].get(note_id, "") for kind, note_id in story.called)
    return Source(name, "docx", tuple(story.lines), notes)


def _notes(root: Element | None) -> dict[str, str]:
    """Return the text of each footnote by id; its paragraphs are joined."""
    found: dict[str, str] = {}
    for note in () if root is None else root.iterchildren(f"{W}footnote", f"{W}endnote"):
        story = _Story(Styles(None), None)
        story.tell(note)
        text = " ".join(line.text.strip() for line in story.lines if line.text.strip())
        found[note.get(f"{W}id", "")] = text.lstrip(_OWN_MARKS)
    return found


@dataclass
class _Paragraph:
    """A paragraph not yet closed: its own text boxes are told before it."""

    element: Element
    rows: list[list[str]] = field(default_factory=lambda: [[]])


class _Story:
    """The paragraphs of a document or of a footnote, in the order they stand."""

    def __init__(self, styles: Styles, numbering: Numbering | None) -> None:
        self.lines: list[Line] = []
        self.called: dict[tuple[str, str], int] = {}
        self._styles = styles
        self._numbering = numbering
        self._open: list[_Paragraph] = []
        self._carried: list[list[str]] = []
        self._fields: list[bool] = []
        self._number = 0
        self._own_mark = False

    def tell(self, root: Element) -> None:
        """Walk the tree once, without recursion: a file may nest as deep as it likes."""
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                self._end(element)
            elif self._is_unseen(element):
                walker.skip_subtree()
            else:
                self._start(element)
        if self._carried:
            self._write(self._carried, "", 0)

    def _is_unseen(self, element: Element) -> bool:
        tag = element.tag
        if tag == f"{W}r":
            return switched_on(element, "rPr", "vanish")
        if tag == f"{W}tr":
            return element.find(f"{W}trPr/{W}del") is not None
        if tag == f"{_MC}Fallback":
            choice = element.getprevious()
            return choice is not None and choice.tag == f"{_MC}Choice"
        return tag in _UNSEEN

    def _start(self, element: Element) -> None:
        tag = element.tag
        if tag == f"{W}p":
            self._open.append(_Paragraph(element, self._carried or [[]]))
            self._carried = []
        elif not self._open:
            return
        elif tag in {f"{W}t", _MATH_TEXT}:
            self._add("".join(element.itertext()).replace("\r", " ").replace("\n", " "))
        elif tag in _CHARACTERS:
            self._add(_CHARACTERS[tag])
        elif tag == f"{W}sym":
            self._add(_symbol(element))
        elif tag in _REFERENCES and self._numbering is not None:
            self._call(_REFERENCES[tag], element)
        else:
            self._mark(tag, element)

    def _mark(self, tag: str, element: Element) -> None:
        if tag in _BREAKS:
            self._open[-1].rows.append([])
        elif tag == f"{W}fldChar":
            self._switch_field(element.get(f"{W}fldCharType"))

    def _end(self, element: Element) -> None:
        if element.tag == f"{W}r":
            self._own_mark = False
        elif element.tag == f"{W}p" and self._open:
            paragraph = self._open.pop()
            # An instruction that goes on into the next paragraph is a field without an end: its text is text.
            self._fields = [in_result for in_result in self._fields if in_result]
            if _is_joined_to_next(paragraph.element):
                self._carried = paragraph.rows
            else:
                self._close(paragraph)

    def _close(self, paragraph: _Paragraph) -> None:
        properties = paragraph.element.find(f"{W}pPr")
        style = value(properties, "pStyle") or self._styles.default
        depth = value(properties, "numPr", "ilvl")
        label = ""
        if self._numbering is not None:
            num_id = value(properties, "numPr", "numId")
            label = self._numbering.label(num_id, None if depth is None else number(depth, 0), style)
        outline = value(properties, "outlineLvl")
        found = self._styles.outline(style) if outline is None else number(outline, 9)
        self._write(paragraph.rows, label, found + 1 if found is not None and 0 <= found < 9 else 0)

    def _write(self, rows: list[list[str]], label: str, level: int) -> None:
        self._number += 1
        texts = ["".join(row) for row in rows]
        texts[0] = known(label) + texts[0]
        # A page break is often the last thing in a paragraph, or all of it.
        while len(texts) > 1 and not texts[-1]:
            texts.pop()
        self.lines += [Line(self._number, text, 1, level) for text in texts if text or len(texts) > 1]
        self.lines.append(Line(self._number, "", 1))

    def _add(self, text: str) -> None:
        if all(self._fields) and not self._own_mark:
            self._open[-1].rows[-1].append(known(text))

    def _call(self, kind: str, element: Element) -> None:
        place = self.called.setdefault((kind, element.get(f"{W}id", "")), len(self.called))
        if all(self._fields):
            self._open[-1].rows[-1].append(chr(min(MARK_BASE + place, 0xF8FF)))
        # The asterisk that stands in place of a number is the mark, not text.
        self._own_mark = element.get(f"{W}customMarkFollows") in {"1", "true", "on"}

    def _switch_field(self, kind: str | None) -> None:
        if kind == "begin" and len(self._fields) < _DEEPEST_FIELD:
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()


def _is_joined_to_next(paragraph: Element) -> bool:
    return any(value(paragraph, "pPr", "rPr", mark) is not None for mark in ("del", "moveFrom"))


def _symbol(element: Element) -> str:
    code = element.get(f"{W}char", "")
    try:
        return chr(int(code[-4:], 16))
    except ValueError:
        return ""
