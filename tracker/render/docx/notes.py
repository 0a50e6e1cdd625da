"""The parts of a Word file beside its text: footnotes and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from tracker.render.docx.xml import local, paragraph, q, w

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element as Element

    from tracker.render.docx.base import Base
    from tracker.render.docx.text import Writer

_AUTHOR, _INITIALS = "tracker", "T"
_SEPARATORS = ((0, "separator"), (1, "continuationSeparator"))

# What stands behind the footnotes in the settings.
_AFTER = frozenset(
    (
        "endnotePr",
        "compat",
        "docVars",
        "rsids",
        "mathPr",
        "attachedSchema",
        "themeFontLang",
        "clrSchemeMapping",
        "doNotIncludeSubdocsInStats",
        "doNotAutoCompressPictures",
        "forceUpgrade",
        "captions",
        "readModeInkLockDown",
        "smartTagType",
        "schemaLibrary",
        "shapeDefaults",
        "doNotEmbedSmartTags",
        "decimalSymbol",
        "listSeparator",
    )
)


class Comments:
    """Collects comments; each spans the text of its paragraph."""

    def __init__(self, base: Base, writer: Writer, date: str) -> None:
        self._base, self._writer, self._date = base, writer, date
        self._made: list[Element] = []

    def around(self, runs: Sequence[Element], lines: Iterable[str]) -> list[Element]:
        """Return runs with a comment of these lines on them."""
        number = len(self._made)
        style = w("rPr", w("rStyle", val=self._base.style("Comment Reference")))
        opening: Element | None = w("r", style, w("annotationRef"))
        paragraphs = []
        for line in lines:
            paragraphs.append(paragraph(self._base.style("Comment Text"), opening, self._writer.text(line)))
            opening = None
        comment = w(
            "comment", *paragraphs, id=number, author=_AUTHOR, date=f"{self._date}T00:00:00Z", initials=_INITIALS
        )
        self._made.append(comment)
        called = w(
            "r", w("rPr", w("rStyle", val=self._base.style("Comment Reference"))), w("commentReference", id=number)
        )
        return [w("commentRangeStart", id=number), *runs, w("commentRangeEnd", id=number), called]

    def attach(self) -> None:
        """Put the comments into the file, instead of those on the file of styles."""
        self._base.drop_parts("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people")
        if self._made:
            _attach(self._base, "comments", w("comments", *self._made))


def attach_footnotes(base: Base, footnotes: Sequence[Element]) -> None:
    """Put the footnotes into the file, with the lines that Word draws above them, and name these in the settings."""
    settings: Element = base.document.settings.element
    base.drop_parts("footnotes")
    for old in settings.findall(q("footnotePr")):
        settings.remove(old)
    if not footnotes:
        return
    lines = [
        w("footnote", paragraph(base.style("Footnote Text"), w("r", w(kind))), type=kind, id=number)
        for number, kind in _SEPARATORS
    ]
    _attach(base, "footnotes", w("footnotes", *lines, *footnotes))
    named = w("footnotePr", *(w("footnote", id=number) for number, _ in _SEPARATORS))
    following = next((child for child in settings if local(child) in _AFTER), None)
    if following is None:
        settings.append(named)
    else:
        following.addprevious(named)


def _attach(base: Base, name: str, root: Element) -> None:
    kind = {"footnotes": RELATIONSHIP_TYPE.FOOTNOTES, "comments": RELATIONSHIP_TYPE.COMMENTS}[name]
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    content = {"footnotes": CONTENT_TYPE.WML_FOOTNOTES, "comments": CONTENT_TYPE.WML_COMMENTS}[name]
    package = base.part.package
    base.part.relate_to(Part(PackURI(f"/word/{name}.xml"), content, data, package), kind)
