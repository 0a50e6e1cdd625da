"""The Word file that a report is set in: its styles by name, its counting and its language."""

from __future__ import annotations

import io
from string import Formatter
from typing import TYPE_CHECKING

from docx import Document
from docx.opc.part import XmlPart

from tracker.intake.docx_parts import open_parts
from tracker.intake.source import Unreadable
from tracker.render.docx.xml import clean, local, put, q, w

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from tracker.lang import Language

# Word checks spelling, breaks lines and chooses fonts by these.
_TAGS = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ru": "ru-RU"}
_KINDS = {
    "lower": "lowerLetter",
    "upper": "upperLetter",
    "small_roman": "lowerRoman",
    "roman": "upperRoman",
    "arabic": "decimal",
    "cjk": "chineseCounting",
    "letter": "arabicAbjad",
}
ITEMS = ("Item 1", "Item 2", "Item 3")


class WordError(Exception):
    """The Word file that a report is set in cannot be used; the message says why."""


class Base:
    """A copy of the Word file, emptied and made ready for a language."""

    def __init__(self, data: bytes, lang: Language) -> None:
        try:
            # Which unpacks whatever it is given: what is no Word file or would be too large goes no further.
            open_parts("report.docx", data)
        except Unreadable as refusal:
            raise WordError(str(refusal)) from None
        try:
            self.document = Document(io.BytesIO(data))
            body: Element | None = self.document.element.body
            self._styles: Element = self.document.styles.element
        except Exception as error:
            raise WordError("report.docx is no Word file, or it is damaged") from error
        if body is None:
            raise WordError("report.docx is damaged: it has no text")
        self.part, self.body = self.document.part, body
        self._ids = {
            _shown(str(name.get(q("val")))): str(style.get(q("styleId")))
            for style in self._styles.findall(q("style"))
            if (name := style.find(q("name"))) is not None
        }
        self.page = self._emptied()
        self._lists: Element = self._numbering()
        self._set_language(lang)
        self._mark_items(lang)

    def style(self, name: str) -> str:
        """Return the id of a style; raise `WordError` when someone has deleted it."""
        if name.lower() not in self._ids:
            raise WordError(f"report.docx has no style {name!r}")
        return self._ids[name.lower()]

    def drop_parts(self, *kinds: str) -> None:
        """Leave out parts of the file of styles that belong to its own text."""
        for key in [key for key, rel in self.part.rels.items() if rel.reltype.rpartition("/")[2] in kinds]:
            del self.part.rels[key]

    def count_from(self, number: int) -> str:
        """Begin another run of numbers, where a template leaves some out; return the id of the list."""
        name = str(1 + max(int(found.get(q("numId"))) for found in self._lists.findall(q("num"))))
        override = w("lvlOverride", w("startOverride", val=number), ilvl=0)
        self._lists.findall(q("num"))[-1].addnext(
            w("num", w("abstractNumId", val=self._abstract().get(q("abstractNumId"))), override, numId=name)
        )
        return name

    def show_symbol(self, symbol: str) -> None:
        """Write the symbol where the heads and feet of pages have `{symbol}`."""
        for part in self._parts("header", "footer"):
            for paragraph in part.element.iter(q("p")):
                found = list(paragraph.iter(q("t")))
                whole = "".join(text.text or "" for text in found)
                # Word is free to cut a text into several runs.
                if "{symbol}" in whole:
                    found[0].text = whole.replace("{symbol}", clean(symbol))
                    for text in found[1:]:
                        text.text = ""

    def _parts(self, *kinds: str) -> list[XmlPart]:
        rels = [rel for rel in self.part.rels.values() if not rel.is_external]
        found = [rel.target_part for rel in rels if rel.reltype.rpartition("/")[2] in kinds]
        return [part for part in found if isinstance(part, XmlPart)]

    def _emptied(self) -> Element:
        page = self.body.find(q("sectPr"))
        try:
            size, margins = page.find(q("pgSz")), page.find(q("pgMar"))
            self.paper = int(size.get(q("w"))), int(size.get(q("h")))
            self.width = self.paper[0] - int(margins.get(q("left"))) - int(margins.get(q("right")))
        except (AttributeError, TypeError, ValueError):
            raise WordError("report.docx does not say how large its pages are") from None
        for child in list(self.body):
            self.body.remove(child)
        return page

    def _numbering(self) -> Element:
        if not (parts := self._parts("numbering")):
            raise WordError("report.docx has no numbered lists")
        root: Element = parts[0].element
        return root

    def _set_language(self, lang: Language) -> None:
        defaults = _within(self._styles, "docDefaults", "rPrDefault", "rPr")
        tag = _TAGS.get(lang.code, "en-GB")
        put(defaults, w("lang", val=tag, eastAsia="zh-CN", bidi="ar-SA"))
        if lang.direction == "rtl":
            normal = self._style_element("Normal")
            put(_part_of(normal, "pPr"), w("bidi"))
            put(_part_of(normal, "rPr"), w("rtl"))
            put(self.page, w("bidi"))

    def _style_element(self, name: str) -> Element:
        wanted = self.style(name)
        return next(style for style in self._styles.findall(q("style")) if style.get(q("styleId")) == wanted)

    def _abstract(self) -> Element:
        found = self._style_element("Numbered Paragraph").find(f"{q('pPr')}/{q('numPr')}/{q('numId')}")
        if found is None:
            raise WordError("the style 'Numbered Paragraph' of report.docx is not numbered")
        numbers = {num.get(q("numId")): num.find(q("abstractNumId")) for num in self._lists.findall(q("num"))}
        wanted = numbers.get(found.get(q("val")))
        lists = {item.get(q("abstractNumId")): item for item in self._lists.findall(q("abstractNum"))}
        if wanted is None or wanted.get(q("val")) not in lists:
            raise WordError("the list of the style 'Numbered Paragraph' is not in report.docx")
        return lists[wanted.get(q("val"))]

    def _mark_items(self, lang: Language) -> None:
        """Give the items the marks of the language: (a) in English, a) in French."""
        levels = {level.get(q("ilvl")): level for level in self._abstract().findall(q("lvl"))}
        for place, pattern in enumerate(lang.data["numerals"]["items"][: len(ITEMS)], 1):
            if (level := levels.get(str(place))) is None:
                raise WordError(
                    f"the list of 'Numbered Paragraph' in report.docx has no level for {ITEMS[place - 1]!r}"
                )
            (before, name, _, _), *after = Formatter().parse(pattern)
            put(level, w("numFmt", val=_KINDS.get(str(name), "decimal")))
            put(level, w("lvlText", val=f"{before}%{place + 1}{after[0][0] if after else ''}"))


def _shown(name: str) -> str:
    """Return the name of a style as Word shows it, without regard to case: in the file comments are annotations."""
    return name.lower().replace("annotation ", "comment ")


def _part_of(style: Element, kind: str) -> Element:
    """Return the properties of a style, made where they belong when there are none."""
    found = style.find(q(kind))
    if found is not None:
        return found
    made = w(kind)
    following = [child for child in style if local(child) in ("rPr", "tblPr", "trPr", "tcPr", "tblStylePr")]
    if following:
        following[0].addprevious(made)
    else:
        style.append(made)
    return made


def _within(root: Element, *path: str) -> Element:
    """Return an element by its path from the root, made with those around it when there is none."""
    for tag in path:
        found = root.find(q(tag))
        if found is None:
            found = w(tag)
            root.insert(0, found)
        root = found
    return root
