"""WordprocessingML, written with the children of each element in the order that Word insists on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_XML = "http://www.w3.org/XML/1998/namespace"
# Control characters and halves of pairs, which no XML file may hold, and what Unicode keeps for itself.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Word calls a file damaged when properties stand in another order. Of those that a file of styles may bring, all are
# listed; of the others, those that we write.
_ORDER = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
        snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
        textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
    "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
        vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em
        lang eastAsianLayout specVanish oMath""",
    "sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType
        pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings""",
    "tblPr": "tblStyle bidiVisual tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW tcBorders shd vAlign",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
}
ORDER = {tag: {name: place for place, name in enumerate(names.split())} for tag, names in _ORDER.items()}


def q(tag: str) -> str:
    """Return the whole name of an element or attribute, `w:` understood."""
    return f"{{{W}}}{tag}"


def w(tag: str, *children: Element | None, **attributes: object) -> Element:
    """Make an element; children that are None are left out, the others put in order."""
    element = etree.Element(q(tag), nsmap={"w": W})
    for name, value in attributes.items():
        element.set(q(name), str(value))
    present = [child for child in children if child is not None]
    if rank := ORDER.get(tag):
        present.sort(key=lambda child: rank[local(child)])
    element.extend(present)
    return element


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(etree.QName(element).localname)


def put(parent: Element, child: Element) -> Element:
    """Put a child in its place among the others of its parent, instead of one of its name."""
    rank = ORDER[local(parent)]
    for old in parent.findall(child.tag):
        parent.remove(old)
    # What newer versions of Word have added stands behind what the standard knows.
    after = [place for place, other in enumerate(parent) if rank.get(local(other), len(rank)) < rank[local(child)]]
    parent.insert(after[-1] + 1 if after else 0, child)
    return child


def clean(text: str) -> str:
    """Return a text as XML can hold it: control characters are dropped, a tab is a space."""
    return _FORBIDDEN.sub("", text).replace("\t", " ").replace("\r", " ")


def texts(text: str) -> Iterator[Element]:
    """Yield the elements of a run for a text, its line breaks between them."""
    for place, line in enumerate(clean(text).split("\n")):
        if place:
            yield w("br")
        if line:
            element = w("t")
            element.text = line
            element.set(f"{{{_XML}}}space", "preserve")
            yield element


def run(text: str, *properties: Element | None) -> Element:
    """Make a run of text."""
    given = [item for item in properties if item is not None]
    return w("r", w("rPr", *given) if given else None, *texts(text))


def field(instruction: str, shown: str) -> list[Element]:
    """Make the runs of a field with what it shows until Word works it out anew."""
    code = w("instrText")
    code.text = f" {instruction} "
    code.set(f"{{{_XML}}}space", "preserve")
    marks = {name: w("r", w("fldChar", fldCharType=name)) for name in ("begin", "separate", "end")}
    return [marks["begin"], w("r", code), marks["separate"], run(shown), marks["end"]]


def paragraph(style: str, *runs: Element | None, properties: Iterable[Element] = ()) -> Element:
    """Make a paragraph of a style, by the style's id."""
    return w("p", w("pPr", w("pStyle", val=style), *properties), *runs)
