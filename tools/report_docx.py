"""Make `templates/report.docx`, the Word file whose styles a report is set in: `python tools/report_docx.py`.

Each style is shown once in its text, so that whoever changes it in Word sees what it looks like.
"""  # noqa: INP001 - a folder of scripts is no package

from __future__ import annotations

import sys
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tracker.render.docx.pack import packed  # noqa: E402 - the path above comes first
from tracker.render.docx.xml import W, field, paragraph, run, w  # noqa: E402 - as above

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

# In twentieths of a point. The text stands between wide margins, in which the numerals of headings hang.
LEFT = RIGHT = 1267
STEP = 567
HANG = 850
# In the table of contents, where 十一、 needs more room than II.
NUMERAL = 740
PAGE, MARGIN = (11906, 16838), {"top": 1440, "right": 1191, "bottom": 1440, "left": 1191}
TEXT_WIDTH = PAGE[0] - MARGIN["left"] - MARGIN["right"]
LATIN, CHINESE, CHINESE_HEADING = "Times New Roman", "SimSun", "SimHei"
OFFICE = "http://schemas.openxmlformats.org"
TYPES = "application/vnd.openxmlformats"


class Style(NamedTuple):
    """A paragraph style: its properties, and those of its text, by element name."""

    name: str
    paragraph: Mapping[str, object] = MappingProxyType({})
    text: Mapping[str, object] = MappingProxyType({})
    based_on: str = "Normal"
    following: str = ""


def letters(size: float, *, bold: bool = False, italic: bool = False) -> dict[str, object]:
    """Return the properties of text; for Arabic and other complex scripts each is said twice."""
    given: dict[str, object] = {"sz": round(size * 2), "szCs": round(size * 2)}
    if bold:
        given |= {"b": None, "bCs": None, "rFonts": {"eastAsia": CHINESE_HEADING}}
    if italic:
        given |= {"i": None, "iCs": None}
    return given


def gap(before: int = 0, after: int = 0) -> dict[str, object]:
    """Return the space around a paragraph."""
    return {"spacing": {"before": before, "after": after}}


def inset(left: int = LEFT, right: int = RIGHT, **more: int) -> dict[str, object]:
    """Return the distance of a paragraph from the margins."""
    return {"ind": {"left": left, "right": right, **more}}


def heading(level: int, size: float, before: int, after: int, *, italic: bool = False) -> Style:
    """Return a style of headings, their numerals hanging in the margin."""
    shape: dict[str, object] = {
        "keepNext": None,
        "keepLines": None,
        "tabs": [{"val": "left", "pos": LEFT}],
        "outlineLvl": level - 1,
    }
    shape |= gap(before, after) | inset(hanging=HANG)
    return Style(f"heading {level}", shape, letters(size, bold=True, italic=italic), following="Numbered Paragraph")


def contents(level: int) -> Style:
    """Return a style of lines in the table of contents."""
    left = LEFT + NUMERAL + STEP * (level - 1)
    shape: dict[str, object] = {
        "tabs": [{"val": "left", "pos": left}, {"val": "right", "leader": "dot", "pos": TEXT_WIDTH - RIGHT}]
    }
    return Style(f"toc {level}", shape | gap(after=40) | inset(left, hanging=STEP if level > 1 else NUMERAL))


def counted(name: str, level: int) -> Style:
    """Return a style whose paragraphs are counted: numbered paragraphs, and the items inside them."""
    left = {"tabs": [{"val": "left", "pos": LEFT + STEP}]} | inset()
    if level:
        left = inset(LEFT + STEP * (level + 1), hanging=STEP)
    return Style(name, {"numPr": (level, 1), "jc": "both"} | left | gap(after=120))


BOX = {"pBdr": dict.fromkeys(("top", "left", "bottom", "right"), ("single", 4, 6))} | inset(LEFT + 140, RIGHT + 140)
# Word leaves out highlighting that a style asks for; shading it shows.
MARKED: dict[str, object] = {"shd": {"val": "clear", "color": "auto", "fill": "FFFF66"}}
STYLES = (
    Style("Masthead Nations", {}, letters(14)),
    Style("Masthead Symbol", {"jc": "right"}),
    Style("Masthead Organ", gap(60, 120), letters(18, bold=True)),
    Style("Masthead Side", gap(120, 120)),
    Style("Masthead", gap(180)),
    Style(
        "Title",
        {"keepNext": None, "keepLines": None} | gap(480, 240) | inset(),
        letters(14, bold=True),
        following="Subtitle",
    ),
    Style("Subtitle", {"keepNext": None} | gap(after=240) | inset(), letters(12, bold=True)),
    Style("Summary Heading", {"keepNext": None, "jc": "center"} | gap() | BOX, letters(10.5, bold=True)),
    Style("Summary", {"jc": "both"} | gap(before=120) | BOX),
    Style("TOC Heading", {"keepNext": None} | gap(360, 60) | inset(), letters(14)),
    Style("Contents Column", {"keepNext": None, "jc": "right"} | gap(after=60) | inset(), letters(8, italic=True)),
    *(contents(level) for level in (1, 2, 3)),
    heading(1, 14, 360, 200),
    heading(2, 12, 280, 160),
    heading(3, 10.5, 200, 120),
    heading(4, 10.5, 200, 120, italic=True),
    counted("Numbered Paragraph", 0),
    counted("Item 1", 1),
    counted("Item 2", 2),
    counted("Item 3", 3),
    Style("Body Text", {"jc": "both"} | gap(after=120) | inset()),
    Style("List Bullet", {"numPr": (0, 2)} | gap(after=60) | inset(LEFT + 340, hanging=340)),
    Style("Quote", {"jc": "both"} | gap(after=120) | inset(LEFT + STEP, RIGHT + STEP)),
    Style("Rule", {"pBdr": {"bottom": ("single", 6, 1)}} | gap(before=120, after=240) | inset(4000, 4000)),
    Style("Table Text", {"spacing": {"before": 40, "after": 40, "line": 210, "lineRule": "atLeast"}}, letters(8.5)),
    Style("Table Heading", {"keepNext": None}, letters(8.5, bold=True), based_on="Table Text"),
    Style("Annex Heading", {"keepNext": None} | gap(after=120), letters(14, bold=True)),
    Style("Annex Title", {"keepNext": None} | gap(after=240), letters(12, bold=True)),
    Style("Placeholder Heading", {"keepNext": None} | MARKED | gap(360, 200) | inset(), letters(14, bold=True)),
    Style("Placeholder", {"jc": "both"} | MARKED | gap(after=120) | inset()),
    Style(
        "Notes Heading", {"pageBreakBefore": None, "keepNext": None} | gap(after=200) | inset(), letters(14, bold=True)
    ),
    Style("Notes Subheading", {"keepNext": None} | gap(280, 120) | inset(), letters(10.5, bold=True)),
    Style("footnote text", {"spacing": {"line": 210, "lineRule": "atLeast"}} | inset(), letters(8.5)),
    # A symbol and "2/15" read from left to right in Arabic too.
    Style("header", {"pBdr": {"bottom": ("single", 4, 4)}, "bidi": 0}, letters(9, bold=True)),
    Style("footer", {"bidi": 0}, letters(9)),
    Style("annotation text", {}, letters(10)),
)
# Word knows these names; all others are ours.
WORDS_OWN = (
    "Title",
    "Subtitle",
    "TOC",
    "toc",
    "heading",
    "Body",
    "List",
    "Quote",
    "footnote",
    "header",
    "footer",
    "annotation",
)
LETTERS: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("Symbol Letter", letters(20)),
    ("footnote reference", {"vertAlign": "superscript"}),
    ("annotation reference", letters(8)),
)


def main() -> None:
    """Write the file."""
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(("officeDocument", "word/document.xml"), ("core", "docProps/core.xml")),
        "docProps/core.xml": core(),
        "word/document.xml": document(),
        "word/_rels/document.xml.rels": relations(
            ("styles", "styles.xml"),
            ("numbering", "numbering.xml"),
            ("settings", "settings.xml"),
            *(("header", f"header{place}.xml") for place in (1, 2, 3)),
            *(("footer", f"footer{place}.xml") for place in (1, 2, 3)),
        ),
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(),
        "word/settings.xml": settings(),
        **{f"word/header{place}.xml": head(side) for place, side in enumerate(("", "right", "left"), 1)},
        **{f"word/footer{place}.xml": foot(side) for place, side in enumerate(("", "right", "left"), 1)},
    }
    made = {
        name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for name, root in parts.items()
    }
    (ROOT / "templates" / "report.docx").write_bytes(packed(made))


def identifier(name: str) -> str:
    """Return the id of a style, as Word makes it from the name."""
    special = {"annotation text": "CommentText", "annotation reference": "CommentReference", "toc": "TOC"}
    return special.get(name) or "".join(special.get(word, word[:1].upper() + word[1:]) for word in name.split())


def properties(kind: str, given: Mapping[str, object]) -> Element | None:
    """Return the properties of a style."""
    return w(kind, *(prop(name, value) for name, value in given.items())) if given else None


def prop(name: str, value: object) -> Element:
    """Return one property from its value: nothing, a value, or the attributes of the element."""
    if name == "tabs" and isinstance(value, list):
        return w("tabs", *(w("tab", **stop) for stop in value))
    if name == "numPr" and isinstance(value, tuple):
        level = w("ilvl", val=value[0]) if value[0] else None
        return w("numPr", level, w("numId", val=value[1]))
    if name == "pBdr" and isinstance(value, dict):
        return w(name, *(w(side, val=v[0], sz=v[1], space=v[2], color="auto") for side, v in value.items()))
    if isinstance(value, dict):
        return w(name, **value)
    return w(name) if value is None else w(name, val=value)


def styles() -> Element:
    """Return the styles."""
    fonts = w("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=CHINESE, cs=LATIN)
    letters_of_all = w(
        "rPr", fonts, w("sz", val=21), w("szCs", val=24), w("lang", val="en-GB", eastAsia="zh-CN", bidi="ar-SA")
    )
    lines_of_all = w("pPr", w("spacing", line=270, lineRule="atLeast"))
    return w(
        "styles",
        w("docDefaults", w("rPrDefault", letters_of_all), w("pPrDefault", lines_of_all)),
        # Full stops at the end of a Chinese line stay inside the margin.
        w(
            "style",
            w("name", val="Normal"),
            w("qFormat"),
            w("pPr", w("overflowPunct", val=0)),
            type="paragraph",
            default=1,
            styleId="Normal",
        ),
        default("Default Paragraph Font", "character"),
        default("Normal Table", "table"),
        default("No List", "numbering"),
        *(
            w(
                "style",
                w("name", val=style.name),
                w("basedOn", val=identifier(style.based_on)),
                w("next", val=identifier(style.following)) if style.following else None,
                w("uiPriority", val=place),
                w("qFormat"),
                properties("pPr", style.paragraph),
                properties("rPr", style.text),
                type="paragraph",
                styleId=identifier(style.name),
                **({} if style.name.startswith(WORDS_OWN) else {"customStyle": 1}),
            )
            for place, style in enumerate(STYLES, 1)
        ),
        *(
            w(
                "style",
                w("name", val=name),
                w("basedOn", val="DefaultParagraphFont"),
                w("uiPriority", val=50),
                properties("rPr", given),
                type="character",
                styleId=identifier(name),
                **({} if name.startswith(WORDS_OWN) else {"customStyle": 1}),
            )
            for name, given in LETTERS
        ),
        table_style(),
    )


def default(name: str, kind: str) -> Element:
    """Return a style that Word wants to find."""
    style = w("style", w("name", val=name), w("uiPriority", val=99), w("semiHidden"), w("unhideWhenUsed"))
    if kind == "table":
        sides = (
            w(side, w=width, type="dxa") for side, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
        )
        style.append(w("tblPr", w("tblInd", w=0, type="dxa"), w("tblCellMar", *sides)))
    for key, value in {
        "type": kind,
        "default": "1",
        "styleId": {"Normal Table": "TableNormal"}.get(name, identifier(name)),
    }.items():
        style.set(f"{{{W}}}{key}", value)
    return style


def table_style() -> Element:
    """Return the style of tables: a thin line above, a thick one under the head and at the foot."""
    lines = {"top": (4, "auto"), "bottom": (12, "auto"), "insideH": (4, "BFBFBF")}
    return w(
        "style",
        w("name", val="Report Table"),
        w("basedOn", val="TableNormal"),
        w("uiPriority", val=60),
        w("qFormat"),
        w(
            "tblPr",
            w(
                "tblBorders",
                *(w(side, val="single", sz=size, space=0, color=color) for side, (size, color) in lines.items()),
            ),
        ),
        w(
            "tblStylePr",
            w(
                "tcPr",
                w("tcBorders", w("bottom", val="single", sz=12, space=0, color="auto")),
                w("vAlign", val="bottom"),
            ),
            type="firstRow",
        ),
        type="table",
        customStyle=1,
        styleId="ReportTable",
    )


def numbering() -> Element:
    """Return the counting of paragraphs and their items in one run, and bullets."""
    kinds = (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"), ("decimal", "(%4)"))
    names = ("Numbered Paragraph", "Item 1", "Item 2", "Item 3")
    levels = []
    for place, ((kind, mark), name) in enumerate(zip(kinds, names, strict=True)):
        shape = {key: value for key, value in counted("", place).paragraph.items() if key in ("tabs", "ind")}
        levels.append(level(place, kind, mark, name, shape))
    bullet = level(0, "bullet", "•", "List Bullet", inset(LEFT + 340, hanging=340))
    return w(
        "numbering",
        w("abstractNum", w("multiLevelType", val="multilevel"), *levels, abstractNumId=0),
        w("abstractNum", w("multiLevelType", val="hybridMultilevel"), bullet, abstractNumId=1),
        w("num", w("abstractNumId", val=0), numId=1),
        w("num", w("abstractNumId", val=1), numId=2),
    )


def level(place: int, kind: str, mark: str, style: str, shape: dict[str, object]) -> Element:
    """Return one level of a list, tied to its style."""
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=kind),
        w("pStyle", val=identifier(style)),
        w("lvlText", val=mark),
        w("lvlJc", val="left"),
        properties("pPr", shape),
        ilvl=place,
    )


def settings() -> Element:
    """Return the settings: two sides of a sheet, and the narrow punctuation that Chinese lines need."""
    mode = w(
        "compatSetting",
        name="compatibilityMode",
        uri=f"{OFFICE.replace('openxmlformats.org', 'microsoft.com')}/office/word",
        val=15,
    )
    return w(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=STEP),
        w("evenAndOddHeaders"),
        w("characterSpacingControl", val="compressPunctuation"),
        w("compat", mode),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


def head(side: str) -> Element:
    """Return the head of the pages of one side; the first page has none."""
    made = paragraph("Header", run("{symbol}"), properties=[w("jc", val=side)]) if side else paragraph("Normal")
    return w("hdr", made)


def foot(side: str) -> Element:
    """Return the foot of the pages of one side: the page and how many there are."""
    runs = [*field("PAGE", "2"), run("/"), *field("NUMPAGES", "2")]
    made = paragraph("Footer", *runs, properties=[w("jc", val=side)]) if side else paragraph("Footer")
    return w("ftr", made)


def document() -> Element:
    """Return the text: each style shows itself. A report leaves only the set-up of the page from it."""
    relation = f"{{{OFFICE}/officeDocument/2006/relationships}}id"
    references = []
    for place, kind in enumerate(("first", "default", "even"), 1):
        for part, number in (("header", 3 + place), ("footer", 6 + place)):
            reference = w(f"{part}Reference", type=kind)
            reference.set(relation, f"rId{number}")
            references.append(reference)
    page = w("sectPr", *references, w("pgSz", w=PAGE[0], h=PAGE[1]), margins(), w("cols", space=720), w("titlePg"))
    return w("document", w("body", *samples(), page))


def margins() -> Element:
    """Return the margins of the page."""
    return w(
        "pgMar", **{side: MARGIN[side] for side in ("top", "right", "bottom", "left")}, header=720, footer=720, gutter=0
    )


def samples() -> Iterator[Element]:
    """Yield a paragraph in each style."""
    for style in STYLES:
        if not style.name.startswith(("header", "footer", "annotation", "footnote")):
            yield paragraph(identifier(style.name), run(f"{style.name}. Sample 样本 عينة"))


def content_types() -> Element:
    """Return what kind of part each is."""
    space = f"{OFFICE}/package/2006/content-types"
    root = etree.Element(f"{{{space}}}Types", nsmap={None: space})
    for extension, kind in (("rels", f"{TYPES}-package.relationships+xml"), ("xml", "application/xml")):
        etree.SubElement(root, f"{{{space}}}Default", Extension=extension, ContentType=kind)
    named = {"document": "document.main", "styles": "styles", "numbering": "numbering", "settings": "settings"}
    named |= {f"{part}{place}": part for part in ("header", "footer") for place in (1, 2, 3)}
    kinds = {f"/word/{name}.xml": f"{TYPES}-officedocument.wordprocessingml.{kind}+xml" for name, kind in named.items()}
    kinds["/docProps/core.xml"] = f"{TYPES}-package.core-properties+xml"
    for name, kind in kinds.items():
        etree.SubElement(root, f"{{{space}}}Override", PartName=name, ContentType=kind)
    return root


def relations(*targets: tuple[str, str]) -> Element:
    """Return the relations of a part to others."""
    space = f"{OFFICE}/package/2006/relationships"
    root = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
    for place, (kind, target) in enumerate(targets, 1):
        where = (
            "package/2006/relationships/metadata/core-properties"
            if kind == "core"
            else f"officeDocument/2006/relationships/{kind}"
        )
        etree.SubElement(root, f"{{{space}}}Relationship", Id=f"rId{place}", Type=f"{OFFICE}/{where}", Target=target)
    return root


def core() -> Element:
    """Return the properties of the file; a report puts its own in their place."""
    terms = "http://purl.org/dc/elements/1.1/"
    space = f"{OFFICE}/package/2006/metadata/core-properties"
    root = etree.Element(f"{{{space}}}coreProperties", nsmap={"cp": space, "dc": terms})
    etree.SubElement(root, f"{{{terms}}}title").text = "Styles of reports"
    return root


if __name__ == "__main__":
    main()
