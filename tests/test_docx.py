"""The Word file of a report: what stands in it, and that Word, which is strict, finds it in order."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from conftest import ROOT, TESTS, copied, run
from docx import Document
from lxml import etree

from tracker.cover.matrix import cover
from tracker.cover.scope import scope_of
from tracker.draft.outline import paragraphs
from tracker.draft.report import report_view
from tracker.draft.templates import render
from tracker.draft.view import Paragraph, Source
from tracker.lang import formats, language
from tracker.load.files import load
from tracker.render.docx.base import WordError
from tracker.render.docx.document import Job, word_file
from tracker.render.docx.provenance import comment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tracker.draft.view import Item, View

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BASE = ROOT / "templates" / "report.docx"
FOLDER = TESTS / "docx"
CYCLE = "2020-cnd-63"
CYCLES = ("2010-cnd-53", "2013-ccpcj-22", "2016-cnd-59", "2017-cnd-60-add1")

# The order of the schema (ISO/IEC 29500-1), for every element whose children Word wants in order.
PROPERTIES_OF_PARAGRAPHS = """
    pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
    suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
    snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
    textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"""
BORDERS = "top left start bottom right end insideH insideV tl2br tr2bl"
ORDER = {
    "document": "body",
    "body": "*p|tbl sectPr",
    "p": "pPr *bookmarkStart|bookmarkEnd|commentRangeStart|commentRangeEnd|hyperlink|r",
    "hyperlink": "*r",
    "r": "rPr *t|br|tab|fldChar|instrText|footnoteReference|footnoteRef|commentReference|annotationRef|separator"
    "|continuationSeparator",
    "pPr": PROPERTIES_OF_PARAGRAPHS,
    "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
        vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em
        lang eastAsianLayout specVanish oMath""",
    "numPr": "ilvl numId",
    "pBdr": "top left bottom right between bar",
    "sectPr": """*headerReference|footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType
        pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings""",
    "tbl": "tblPr tblGrid *tr",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing
        tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription""",
    "tblBorders": BORDERS,
    "tcBorders": BORDERS,
    "tblCellMar": "top left bottom right",
    "tr": "tblPrEx trPr *tc",
    "trPr": "*cantSplit|tblHeader",
    "tc": "tcPr *p|tbl",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "styles": "docDefaults latentStyles *style",
    "docDefaults": "rPrDefault pPrDefault",
    "style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked
        personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr *tblStylePr""",
    "tblStylePr": "pPr rPr tblPr trPr tcPr",
    "numbering": "numPicBullet *abstractNum num",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink *lvl",
    "num": "abstractNumId *lvlOverride",
    "lvlOverride": "startOverride lvl",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "settings": """zoom defaultTabStop evenAndOddHeaders characterSpacingControl footnotePr endnotePr compat
        decimalSymbol listSeparator""",
    "footnotes": "*footnote",
    "footnote": "*p|tbl",
    "comments": "*comment",
    "comment": "*p|tbl",
    "hdr": "*p|tbl",
    "ftr": "*p|tbl",
}
# Of these there may be several, and they stand among their own kind.
REPEATED = {"num", "footnote"}


class Docx:
    """A Word file taken apart."""

    def __init__(self, data: bytes) -> None:
        archive = zipfile.ZipFile(io.BytesIO(data))
        self.files = {name: archive.read(name) for name in archive.namelist()}
        self.xml = {name: etree.fromstring(text) for name, text in self.files.items()}
        self.document = self.xml["word/document.xml"]

    def part(self, name: str) -> Any:
        """Return a part by its name, or an empty one."""
        return self.xml.get(f"word/{name}.xml", etree.Element("none"))

    def values(self, tag: str, name: str, part: str = "document") -> list[str]:
        """Return an attribute of every element of a name."""
        return [element.get(W + name) for element in self.part(part).iter(W + tag)]


def view_of(root: Path, cycle: str, code: str, *, clean: bool = False) -> View:
    return report_view(load(root), cycle, code, clean=clean)


def made(
    root: Path,
    code: str = "en",
    cycle: str = CYCLE,
    *,
    clean: bool = False,
    annex: bool = False,
    template: str = "report.md.j2",
    base: bytes | None = None,
) -> bytes:
    ws = load(root)
    view = report_view(ws, cycle, code, clean=clean)
    job = Job(
        view=view,
        markdown=render(view, template, root),
        brief=ws.cycles[cycle].brief,
        coverage=cover(ws, scope_of(ws, cycle)),
        base=base or BASE.read_bytes(),
        annex=annex,
    )
    return word_file(job)


@pytest.fixture
def rich(small: Path) -> Path:
    """Copy the small workspace, its brief replaced by one that has everything."""
    shutil.copy(FOLDER / "report.yaml", small / "reports" / CYCLE / "report.yaml")
    return small


# What is in the file, as one reads it.


class Counter:
    """Counts numbered paragraphs as Word does, from the lists of the file."""

    def __init__(self, docx: Docx) -> None:
        numbering = docx.part("numbering")
        self.abstract = {item.get(W + "abstractNumId"): item for item in numbering.findall(f"{W}abstractNum")}
        self.nums = {item.get(W + "numId"): item for item in numbering.findall(f"{W}num")}
        styles = docx.part("styles").findall(f"{W}style")
        self.styles = {style.get(W + "styleId"): style for style in styles}
        self.counts: dict[str, list[int]] = {}
        self.begun: set[str] = set()

    def mark(self, paragraph: Any) -> str:
        """Return what Word shows before a paragraph."""
        shape = paragraph.find(f"{W}pPr")
        style = self.styles[shape.find(f"{W}pStyle").get(W + "val")]
        found = shape.find(f"{W}numPr")
        found = style.find(f"{W}pPr/{W}numPr") if found is None else found
        if found is None:
            return ""
        name, level = found.find(f"{W}numId").get(W + "val"), found.find(f"{W}ilvl")
        return self.counted(name, 0 if level is None else int(level.get(W + "val")))

    def counted(self, name: str, level: int) -> str:
        """Count one more paragraph of a list."""
        num = self.nums[name]
        key = num.find(f"{W}abstractNumId").get(W + "val")
        counts = self.counts.setdefault(key, [0] * 9)
        override = num.find(f"{W}lvlOverride/{W}startOverride")
        if name not in self.begun and override is not None:
            counts[0] = int(override.get(W + "val")) - 1
        self.begun.add(name)
        counts[level] += 1
        counts[level + 1 :] = [0] * (8 - level)
        shape = self.abstract[key].findall(f"{W}lvl")[level]
        kind, text = shape.find(f"{W}numFmt").get(W + "val"), shape.find(f"{W}lvlText").get(W + "val")
        return str(text.replace(f"%{level + 1}", written(kind, counts[level])))


def written(kind: str, number: int) -> str:
    forms: dict[str, Any] = {
        "decimal": str,
        "lowerLetter": formats.letters,
        "lowerRoman": lambda count: formats.roman(count).lower(),
        "arabicAbjad": lambda count: ["أ", "ب", "ج", "د", "هـ"][count - 1],
        "bullet": lambda _: "",
    }
    return str(forms[kind](number))


def text_of(element: Any) -> str:
    said = ""
    for item in element.iter():
        if item.tag == f"{W}t":
            said += item.text or ""
        elif item.tag == f"{W}br":
            said += " / "
        elif item.tag == f"{W}tab" and item.getparent().tag == f"{W}r":
            said += " ⇥ "
        elif item.tag == f"{W}footnoteReference" and item.get(W + "customMarkFollows") is None:
            said += f"[^{item.get(W + 'id')}]"
    return said.strip()


def outline(data: bytes) -> Iterator[str]:
    """Yield a line a paragraph: its style, its number, its text; below it its comment."""
    docx = Docx(data)
    counter = Counter(docx)
    comments = {item.get(W + "id"): item for item in docx.part("comments")}
    for paragraph in docx.document.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle").get(W + "val")
        within = "in a table: " if paragraph.getparent().tag == f"{W}tc" else ""
        yield f"{within}{style} | {counter.mark(paragraph)} | {text_of(paragraph)}"
        for reference in paragraph.iter(f"{W}commentReference"):
            yield from (f"    comment: {text_of(line)}" for line in comments[reference.get(W + "id")])
        if paragraph.find(f"{W}pPr/{W}sectPr") is not None:
            yield "=== a section ends"
    for note in docx.part("footnotes"):
        if note.get(W + "type") is None:
            yield f"footnote {note.get(W + 'id')}: {text_of(note)}"
    for name in sorted(name for name in docx.files if re.match(r"word/(header|footer)", name)):
        yield f"{name}: {text_of(docx.xml[name])}"
    yield f"title: {docx.xml['docProps/core.xml'].findtext('{http://purl.org/dc/elements/1.1/}title')}"


def expect(name: str, text: str) -> None:
    path = FOLDER / name
    if os.environ.get("TRACKER_UPDATE"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.is_file(), f"no expected output {name}: write it with TRACKER_UPDATE=1"
    assert text == path.read_text(encoding="utf-8")


CASES: dict[str, dict[str, Any]] = {
    "en": {},
    "en-clean": {"clean": True},
    "en-annex": {"clean": True, "annex": True},
    "zh": {},
    "zh-clean": {"clean": True},
    "ar": {"annex": True},
    "fr-clean": {"clean": True},
}


@pytest.mark.parametrize("name", CASES)
def test_what_stands_in_the_file(rich: Path, name: str) -> None:
    data = made(rich, name[:2], **CASES[name])
    expect(f"{name}.txt", "".join(f"{line.rstrip()}\n" for line in outline(data)))


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("cycle", CYCLES)
def test_the_numbers_shown_are_those_of_the_report(cycle: str, code: str) -> None:
    docx = Docx(made(ROOT, code, cycle))
    counter = Counter(docx)
    shown = [mark for paragraph in docx.document.iter(f"{W}p") if (mark := counter.mark(paragraph)) and mark != "•"]
    told = paragraphs(view_of(ROOT, cycle, code).sections)
    expected = [mark for paragraph in told for mark in (f"{paragraph.number}.", *marks(paragraph.lettered))]
    assert shown == expected
    assert len(docx.values("comment", "id", "comments")) == len(list(paragraphs(view_of(ROOT, cycle, code).sections)))


def marks(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        yield item.mark
        yield from marks(item.lettered)


def test_a_template_of_ones_own_becomes_word(rich: Path) -> None:
    (rich / "templates").mkdir()
    (rich / "templates" / "own.md.j2").write_text(
        "# {{ title }}\n\nAn *opening* with a [link](https://example.org).\n\n- one\n- two\n\n"
        "## A heading\n\n3. Third.\n\n4. Fourth.\n\n   (a) Item.\n\n9. Ninth.\n\n"
        "### Deeper\n\n> Quoted.\n\n| A | B |\n| - | - |\n| x | **y** |\n\n***\n\nThe end.[^a]\n\n[^a]: A note.\n",
        encoding="utf-8",
    )
    expect("own-template.txt", "".join(f"{line}\n" for line in outline(made(rich, template="own.md.j2"))))


# What Word insists on.


@pytest.mark.parametrize("name", CASES)
def test_every_element_stands_where_word_wants_it(rich: Path, name: str) -> None:
    docx = Docx(made(rich, name[:2], **CASES[name]))
    assert [fault for part, root in docx.xml.items() for fault in out_of_order(part, root)] == []


def test_the_file_of_styles_is_in_order_too() -> None:
    docx = Docx(BASE.read_bytes())
    assert [fault for part, root in docx.xml.items() for fault in out_of_order(part, root)] == []


def test_the_order_is_seen() -> None:
    wrong = etree.fromstring(f'<w:pPr xmlns:w="{W[1:-1]}"><w:jc/><w:spacing/></w:pPr>')
    assert list(out_of_order("here", wrong)) == ["here: pPr has jc, spacing"]


def out_of_order(part: str, root: Any) -> Iterator[str]:
    for element in root.iter():
        if not str(element.tag).startswith(W) or (tag := element.tag.removeprefix(W)) not in ORDER:
            continue
        ranks = {
            name: (place, word.startswith("*") or name in REPEATED)
            for place, word in enumerate(ORDER[tag].split())
            for name in word.removeprefix("*").split("|")
        }
        names = [child.tag.removeprefix(W) for child in element]
        places = [ranks.get(name, (-1, False)) for name in names]
        in_order = all(
            one[0] >= 0 and (one[0] < other[0] or (one[0] == other[0] and one[1])) for one, other in pairwise(places)
        )
        if not in_order or (-1, False) in places:
            yield f"{part}: {tag} has {', '.join(names)}"


@pytest.mark.parametrize("name", CASES)
def test_everything_named_is_there_once(rich: Path, name: str) -> None:
    docx = Docx(made(rich, name[:2], **CASES[name]))
    styles = set(docx.values("style", "styleId", "styles"))
    for part in ("document", "footnotes", "comments"):
        used = {value for tag in ("pStyle", "rStyle", "tblStyle") for value in docx.values(tag, "val", part)}
        assert used <= styles
    for tag, key, part in (
        ("style", "styleId", "styles"),
        ("bookmarkStart", "id", "document"),
        ("bookmarkStart", "name", "document"),
        ("footnote", "id", "footnotes"),
        ("comment", "id", "comments"),
        ("num", "numId", "numbering"),
    ):
        found = docx.values(tag, key, part)
        assert len(found) == len(set(found))
    assert set(docx.values("hyperlink", "anchor")) == set(docx.values("bookmarkStart", "name"))
    assert docx.values("footnoteReference", "id") == docx.values("footnote", "id", "footnotes")[2:]
    assert docx.values("footnote", "id", "settings") == docx.values("footnote", "id", "footnotes")[:2]
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert docx.values(tag, "id") == docx.values("comment", "id", "comments")
    assert set(docx.values("numId", "val")) <= set(docx.values("num", "numId", "numbering"))


@pytest.mark.parametrize("name", CASES)
def test_every_part_is_declared_and_related(rich: Path, name: str) -> None:
    docx = Docx(made(rich, name[:2], **CASES[name]))
    types = docx.xml["[Content_Types].xml"]
    declared = {item.get("PartName"): item.get("ContentType") for item in types if item.get("PartName")}
    assert {f"/{name}" for name in docx.files if not name.endswith(".rels") and name[0] != "["} == set(declared)
    for part in ("footnotes", "comments"):
        kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{part}+xml"
        assert declared.get(f"/word/{part}.xml", kind) == kind
    relations = docx.xml["word/_rels/document.xml.rels"]
    assert {f"word/{item.get('Target')}" for item in relations} <= set(docx.files)
    ids = {item.get("Id") for item in relations}
    assert len(ids) == len(relations)
    key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    assert {item.get(key) for item in docx.document.iter() if item.get(key)} <= ids


def test_a_clean_file_has_nothing_of_the_drafter(rich: Path) -> None:
    docx = Docx(made(rich, clean=True, annex=True))
    assert "word/comments.xml" not in docx.files
    text = docx.files["word/document.xml"].decode()
    assert not re.search(r"comment|Placeholder|NotesHeading|To be drafted|Questions", text)


def test_the_same_data_give_the_same_bytes(rich: Path) -> None:
    first = made(rich, annex=True)
    assert first == made(rich, annex=True)
    times = {info.date_time for info in zipfile.ZipFile(io.BytesIO(first)).infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert b"2020-01-20T00:00:00Z</dcterms:modified>" in Docx(first).files["docProps/core.xml"]


def test_an_arabic_report_runs_from_right_to_left(rich: Path) -> None:
    docx = Docx(made(rich, "ar", annex=True))
    styles = {style.get(W + "styleId"): style for style in docx.part("styles").findall(f"{W}style")}
    assert styles["Normal"].find(f"{W}pPr/{W}bidi") is not None
    # Each paragraph style takes it from there.
    for style in styles.values():
        based_on = style.find(f"{W}basedOn")
        if style.get(W + "type") == "paragraph" and based_on is not None:
            assert based_on.get(W + "val") in {"Normal", "TableText"}
    assert all(section.find(f"{W}bidi") is not None for section in docx.document.iter(f"{W}sectPr"))
    assert all(table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in docx.document.iter(f"{W}tbl"))
    body = docx.document.find(f"{W}body")
    texts = [run for run in body.iter(f"{W}r") if run.find(f"{W}t") is not None and "".join(run.itertext()).strip("* ")]
    assert all(run.find(f"{W}rPr/{W}rtl") is not None for run in texts)


def test_latin_and_chinese_have_fonts_of_their_own(rich: Path) -> None:
    docx = Docx(made(rich, "zh"))
    fonts = docx.part("styles").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
    assert (fonts.get(W + "ascii"), fonts.get(W + "eastAsia")) == ("Times New Roman", "SimSun")
    quoted = next(run for run in docx.document.iter(f"{W}r") if "“" in "".join(run.itertext()))
    assert quoted.find(f"{W}rPr/{W}rFonts").get(W + "hint") == "eastAsia"


# What people may write, and what they may bring.


@pytest.mark.parametrize("name", ["odd", "empty"])
@pytest.mark.parametrize("clean", [True, False])
def test_odd_briefs_are_printed_as_they_are_written(rich: Path, name: str, clean: bool) -> None:  # noqa: FBT001 - a case
    shutil.copy(FOLDER / f"{name}.yaml", rich / "reports" / CYCLE / "report.yaml")
    file = f"{name}-clean" if clean else name
    expect(f"{file}.txt", "".join(f"{line.rstrip()}\n" for line in outline(made(rich, clean=clean))))
    expect(f"{file}.md", render(view_of(rich, CYCLE, "en", clean=clean), "report.md.j2", rich))


def test_what_no_xml_may_hold_is_left_out(rich: Path) -> None:
    ws = load(rich)
    job = Job(
        view=report_view(ws, CYCLE, "en", clean=True),
        markdown="1. \x01\x0b\ufffe control & <w:p/> ]]> characters\n\n2. " + "a" * 100_000,
        brief=ws.cycles[CYCLE].brief,
        coverage=cover(ws, scope_of(ws, CYCLE)),
        base=BASE.read_bytes(),
    )
    docx = Docx(word_file(job))
    texts = [text_of(found) for found in docx.document.iter(f"{W}p")]
    assert texts[:2] == ["control & <w:p/> ]]> characters", "a" * 100_000]


def test_a_comment_names_each_source_on_a_line_of_its_own() -> None:
    told = Paragraph(
        number=1,
        marker="p1",
        text="Text.",
        lettered=(),
        entries=("a-2015", "b-2015"),
        sources=(Source("report", "8"), Source("report", "14"), Source("letter", "")),
        units=("cnd-58-6:1", "cnd-58-6:2"),
        internal=False,
    )
    assert list(comment(told, language("zh"))) == [
        "条目：a-2015、b-2015",
        "来源：report，第 8 段",
        "report，第 14 段",
        "letter",
        "所答段落：cnd-58-6:1、cnd-58-6:2",
    ]


def test_no_word_of_a_table_is_broken() -> None:
    docx = Docx(made(ROOT, "en", "2013-ccpcj-22", annex=True))
    _, annex, notes = docx.document.iter(f"{W}tbl")
    for table in (annex, notes):
        widths = [int(column.get(W + "w")) for column in table.iter(f"{W}gridCol")]
        heads = [text_of(cell).split() for cell in table.find(f"{W}tr").iter(f"{W}tc")]
        # A bold letter of 8.5 points is at most 120 twentieths of a point wide, and the cell has margins.
        assert all(width >= 216 + 120 * max(map(len, head)) for width, head in zip(widths, heads, strict=True))
    # A row of the annex may fill pages; one of the notes stays whole.
    assert len(list(notes.iter(f"{W}cantSplit"))) == len(list(notes.iter(f"{W}tr")))
    assert len(list(annex.iter(f"{W}cantSplit"))) == 1


def test_the_annex_cites_paragraphs_as_documents_do() -> None:
    cited = {cycle: set(second_column(Docx(made(ROOT, "en", cycle, annex=True)))) for cycle in CYCLES[:2]}
    # The numbers of the paragraphs of one resolution are not known; those of the other have clauses.
    assert cited["2010-cnd-53"] == {"Paragraph", ""}
    assert cited["2013-ccpcj-22"] == {"Paragraph", *(str(number) for number in range(1, 19))}


def test_what_a_resolution_asks_is_no_markdown(rich: Path) -> None:
    mandate = rich / "mandates" / "cnd-63-1.yaml"
    mandate.write_text(
        mandate.read_text(encoding="utf-8").replace("en: With a manual", "en: With *a* `manual`"), "utf-8"
    )
    docx = Docx(made(rich, clean=True, annex=True))
    asked = "Requests United Nations Office on Drugs and Crime: With *a* `manual`"
    assert asked in [text_of(cell) for cell in docx.document.iter(f"{W}tc")]


def second_column(docx: Docx) -> Iterator[str]:
    annex = list(docx.document.iter(f"{W}tbl"))[1]
    for row in annex.iter(f"{W}tr"):
        yield text_of(row.findall(f"{W}tc")[1])


def test_styles_changed_in_word_are_used(rich: Path) -> None:
    parts = Docx(BASE.read_bytes()).files
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"SimSun", b"KaiTi")
    # Word cuts a text wherever it was edited, and saves its own lines above footnotes with every file.
    parts["word/footnotes.xml"] = (
        b'<w:footnotes xmlns:w="' + W[1:-1].encode() + b'"><w:footnote w:id="-1"/></w:footnotes>'
    )
    types, relations = "[Content_Types].xml", "word/_rels/document.xml.rels"
    for file, tag in ((types, rb"<Override[^>]*styles[^>]*/>"), (relations, rb"<Relationship [^>]*styles[^>]*/>")):
        line = re.search(tag, parts[file])
        assert line
        more = line.group().replace(b"styles", b"footnotes").replace(b'"rId1"', b'"rId99"')
        parts[file] = parts[file].replace(line.group(), line.group() + more)
    for name in ("word/header2.xml", "word/header3.xml"):
        cut = parts[name].replace(b"{symbol}", b"Doc. {sym</w:t></w:r><w:r><w:t>bol}")
        parts[name] = cut
    (rich / "templates").mkdir()
    (rich / "templates" / "report.docx").write_bytes(zipped(parts))
    assert run("draft", CYCLE, "-l", "en", "-f", "docx", at=rich).code == 0
    docx = Docx((rich / "reports" / CYCLE / "drafts" / f"{CYCLE}.en.docx").read_bytes())
    assert b"KaiTi" in docx.files["word/styles.xml"]
    assert text_of(docx.part("header2")) == "Doc. E/CN.7/2020/99"
    assert docx.values("footnote", "id", "footnotes") == ["0", "1", "2", "3", "4"]


def zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def changed(pattern: str, into: str, part: str = "word/styles.xml") -> bytes:
    parts = Docx(BASE.read_bytes()).files
    parts[part], count = re.subn(pattern.encode(), into.encode(), parts[part])
    assert count
    return zipped(parts)


def without(pattern: str, part: str = "word/styles.xml") -> bytes:
    return changed(pattern, "", part)


def test_what_word_added_to_the_styles_stays_in_order(rich: Path) -> None:
    # East Asian paragraphs are taken off the grid; behind the standard's properties stand those of newer versions.
    newer = '<w14:ligatures xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"/>'
    for old, new, part in (
        (r'(<w:name w:val="Normal"/>.*?)</w:pPr>', r"\1<w:snapToGrid/></w:pPr>", "word/styles.xml"),
        (r"</w:sectPr>", "<w:rtlGutter/></w:sectPr>", "word/document.xml"),
    ):
        docx = Docx(made(rich, "ar", base=changed(old, new, part)))
        assert [fault for name, root in docx.xml.items() for fault in out_of_order(name, root)] == []
    docx = Docx(made(rich, base=changed(r"(<w:rPrDefault>.*?)</w:rPr>", rf"\1{newer}</w:rPr>")))
    defaults = docx.part("styles").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    assert [etree.QName(item).localname for item in defaults][-2:] == ["lang", "ligatures"]


def test_the_annex_lies_across_on_paper_that_lies_across_already(rich: Path) -> None:
    base = changed(r"<w:pgSz[^>]*/>", '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>', "word/document.xml")
    docx = Docx(made(rich, annex=True, base=base))
    assert {(size.get(W + "w"), size.get(W + "h")) for size in docx.document.iter(f"{W}pgSz")} == {("16838", "11906")}


def test_comments_on_the_file_of_styles_are_left_out(rich: Path) -> None:
    commented = Document(str(BASE))
    commented.add_comment(commented.paragraphs[0].runs, text="Which font is this?", author="Anna", initials="A")
    base = io.BytesIO()
    commented.save(base)
    assert b"Anna" in Docx(base.getvalue()).files["word/comments.xml"]
    assert "word/comments.xml" not in Docx(made(rich, clean=True, base=base.getvalue())).files
    assert b"Anna" not in Docx(made(rich, base=base.getvalue())).files["word/comments.xml"]


class Broken(NamedTuple):
    """A file of styles that cannot be used, and what is said of it."""

    data: bytes
    said: str


BROKEN = {
    "no-word": Broken(b"PK no Word file", "report.docx is damaged or was cut short: it cannot be unpacked"),
    "no-style": Broken(without(r'<w:name w:val="Item 2"/>'), "report.docx has no style 'Item 2'"),
    "no-numbers": Broken(
        without(r"<w:numPr>(?:(?!</w:numPr>).)*</w:numPr>"),
        "the style 'Numbered Paragraph' of report.docx is not numbered",
    ),
    "no-comments": Broken(without(r'<w:name w:val="annotation text"/>'), "report.docx has no style 'Comment Text'"),
    "no-page": Broken(
        without(r"<w:pgSz[^>]*/>", "word/document.xml"), "report.docx does not say how large its pages are"
    ),
    "no-height": Broken(
        changed(r"<w:pgSz[^>]*/>", '<w:pgSz w:w="11906"/>', "word/document.xml"),
        "report.docx does not say how large its pages are",
    ),
    "no-text": Broken(without(r"<w:body>.*</w:body>", "word/document.xml"), "report.docx is damaged: it has no text"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_of_styles_that_cannot_be_used_says_why(rich: Path, name: str) -> None:
    with pytest.raises(WordError) as error:
        made(rich, base=BROKEN[name].data)
    assert str(error.value) == BROKEN[name].said


def test_the_file_of_styles_is_what_its_script_makes(tmp_path: Path) -> None:
    copy = tmp_path / "templates" / "report.docx"
    copy.parent.mkdir()
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r})\nfrom tools import report_docx\nfrom pathlib import Path\n"
    code += f"report_docx.ROOT = Path({str(tmp_path)!r})\nreport_docx.main()\n"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)
    assert Docx(copy.read_bytes()).files == Docx(BASE.read_bytes()).files


# The command.


def test_the_command_writes_a_word_file(small: Path) -> None:
    done = run("draft", CYCLE, "-l", "en", "--format", "docx", at=small)
    assert (done.code, done.err.splitlines()[0]) == (0, f"reports/{CYCLE}/drafts/{CYCLE}.en.docx")
    again = run("draft", CYCLE, "-l", "en", "--format", "docx", at=small)
    assert (again.code, "is there already" in again.err) == (2, True)
    # The name of the file says its form.
    assert run("draft", CYCLE, "--clean", "-o", "x.docx", at=small).code == 0
    assert zipfile.is_zipfile(small / "x.docx")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "--format md -o x.docx",
            "tracker: a .docx file cannot hold Markdown\n  leave out --format md, or write it as .md\n",
        ),
        (
            "--format docx -o x.md",
            "tracker: a .md file cannot hold a Word file\n  leave out --format docx, or write it as .docx\n",
        ),
        ("-o x.pdf", "tracker: a draft is Markdown or a Word file, not .pdf\n  write it as .md or .docx\n"),
        (
            "--annex matrix",
            """tracker: --annex is for a Word file
  add --format docx; tracker matrix --format md prints the table alone
""",
        ),
    ],
)
def test_what_cannot_be_drafted_is_refused(small: Path, line: str, said: str) -> None:
    done = run("draft", CYCLE, *line.split(), at=small)
    assert (done.code, done.out, done.err) == (2, "", said)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks for a right to make links")
def test_a_file_of_styles_elsewhere_is_not_opened(small: Path) -> None:
    (small / "templates").mkdir()
    (small / "templates" / "report.docx").symlink_to(BASE)
    done = run("draft", CYCLE, "-f", "docx", "-o", "x.docx", at=small)
    assert (done.code, done.out, done.err) == (
        2,
        "",
        "tracker: templates/report.docx is a link that leads out of the workspace\n  put the file itself there\n",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_word_file_is_not_sent_to_the_terminal(small: Path) -> None:
    import pty  # noqa: PLC0415 - Windows has no such module

    told, terminal = pty.openpty()
    command = [sys.executable, "-m", "tracker", "draft", CYCLE, "-f", "docx", "-o", "-"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=small, env=environment, stdout=terminal, stderr=subprocess.PIPE, check=False)
    os.close(terminal)
    os.close(told)
    assert (done.returncode, done.stderr.decode()) == (
        2,
        "tracker: a Word file is not for the terminal\n  leave out --output -, or name a file\n",
    )


def test_only_a_word_file_loads_what_writes_one() -> None:
    code = (
        "import sys; sys.argv = ['tracker', *sys.argv[1:]]\nfrom tracker.cli.app import main\n"
        "try: main()\nexcept SystemExit: pass\nassert not {'docx', 'lxml', 'markdown_it'} & set(sys.modules)\n"
    )
    command = [sys.executable, "-c", code, "draft", "2013-ccpcj-22", "-l", "en", "-o", "-"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    small = copied(TESTS / "workspaces" / "small", tmp_path)
    shutil.copy(FOLDER / "report.yaml", small / "reports" / CYCLE / "report.yaml")
    (tmp_path / "report.docx").write_bytes(made(small, clean=True, annex=True))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "fodt", "report.docx"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=120)
    text = "".join(etree.parse(tmp_path / "report.fodt").getroot().itertext())
    for part in ("E/CN.7/2020/99", "The report covers nine months.", "The months of 2019.", "Action reported"):
        assert part in text
