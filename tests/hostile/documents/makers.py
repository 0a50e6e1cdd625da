"""Hostile documents made on the spot: bombs, traps, and files that are not what they are called.

A case names one in brackets behind the name of its file. What stands below the name is for the maker, if it asks.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

from conftest import SMALL, TESTS

from tracker.cover.scope import scope_of
from tracker.lang import language
from tracker.load.files import load
from tracker.render.collection import Form, reply_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Parts = dict[str, bytes]
MB = 1_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000
SECRET = b'<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
BOMB = f"<!DOCTYPE x [{LAUGHS}]>".encode()
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\0IEND\xaeB`\x82"
LINES = (
    "98/946. Benches beside brooks",
    "The General Assembly,",
    "Recalling its resolution 97/44 of 10 December 2030,",
    "1. Requests Member States to set up benches;",
    "2. Invites donors to give wood.",
)
WORDS = "".join(f"<p>{line}</p>" for line in LINES)
W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(parts: Parts, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, how)
    return out.getvalue()


# Word


def word(body: bytes = b"", **more: bytes) -> Parts:
    """Return the parts of a Word file: what is given of its body, then a resolution."""
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LINES).encode()
    document = b"<w:document %s><w:body>%s%s</w:body></w:document>" % (W, body, lines)
    return {"word/document.xml": document} | {f"word/{name}.xml": data for name, data in more.items()}


def with_entity(parts: Parts, part: str, declared: bytes, name: bytes) -> bytes:
    """Put a declaration before the root of a part, and a call of it inside."""
    text = re.sub(rb"^<\?xml[^>]*>\s*", b"", parts[part])
    called = re.sub(rb"(<[^>]*[^/>]>)", rb"\1&%s;" % name, text, count=1)
    return packed(parts | {part: declared + called})


def endless_styles() -> bytes:
    style = b'<w:style w:type="paragraph" w:styleId="%s"><w:basedOn w:val="%s"/></w:style>'
    styles = b"<w:styles %s>%s%s</w:styles>" % (W, style % (b"A", b"B"), style % (b"B", b"A"))
    body = b'<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>1. Requests</w:t></w:r></w:p>'
    return packed(word(body, styles=styles))


def lying(data: bytes, size: int) -> bytes:
    """Say of every part of an archive that it is so long, wherever that is said."""
    said = struct.pack("<I", size)
    for mark, at in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        for found in [match.start() for match in re.finditer(re.escape(mark), data)]:
            data = data[: found + at] + said + data[found + at + 4 :]
    return data


def overlapping() -> bytes:
    """Return an archive that lists the same 20 MB two thousand times."""
    data = packed({"word/document.xml": b"\0" * 20 * MB})
    start = data.index(b"PK\1\2")
    end = data.index(b"PK\5\6")
    entry = data[start:end]
    name = b"word/document.xml"
    listed = b"".join(entry.replace(name, b"%017d" % number) for number in range(1999)) + entry
    tail = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 2000, 2000, len(listed), start, 0)
    return data[:start] + listed + tail


def nested(levels: int) -> bytes:
    data = packed({"word/document.xml": b"\0" * 10 * MB})
    for _ in range(levels):
        data = packed({f"{place}.zip": data for place in range(16)})
    return data


# Excel


@lru_cache
def book() -> bytes:
    """Return the workbook that is sent to Kenya."""
    ws = load(SMALL)
    return reply_workbook(ws, scope_of(ws, "2020-cnd-63"), Form(ws.cycles["2020-cnd-63"].brief, "KEN", language("en")))


def excel() -> Parts:
    with zipfile.ZipFile(io.BytesIO(book())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


SHEET = "xl/worksheets/sheet2.xml"


def with_sheet(old: bytes, new: bytes) -> bytes:
    parts = excel()
    assert old in parts[SHEET]
    return packed(parts | {SHEET: parts[SHEET].replace(old, new, 1)})


def with_cell(cell: bytes) -> bytes:
    """Put a cell in place of the first one to be typed into."""
    parts = excel()
    text, count = re.subn(rb'<c r="E2"( s="\d+")/>', rb'<c r="E2"\1' + cell + b"</c>", parts[SHEET])
    assert count == 1
    return packed(parts | {SHEET: text})


def with_macros() -> bytes:
    parts = excel()
    kind, macros = b"spreadsheetml.sheet.main+xml", b"vnd.ms-excel.sheet.macroEnabled.main+xml"
    types = parts["[Content_Types].xml"].replace(kind, macros)
    return packed(parts | {"[Content_Types].xml": types, "xl/vbaProject.bin": OLE})


# PDF


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, of which the first is the catalogue."""
    data, starts = b"%PDF-1.7\n", []
    for number, held in enumerate(objects, 1):
        starts.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, end)


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), more, data)


PAGES = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>"


def swollen() -> bytes:
    """Return a PDF whose one page unpacks to a gigabyte of white space."""
    packer = zlib.compressobj(9)
    held = b"".join(packer.compress(b" " * MB) for _ in range(1000)) + packer.flush()
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", PAGES, PAGE, FONT, stream(held, b"/Filter/FlateDecode"))


def twice_swollen() -> bytes:
    """Return a PDF whose page unpacks and unpacks again."""
    packer = zlib.compressobj(9)
    held = b"".join(packer.compress(b"(Requests) Tj " * (MB // 14)) for _ in range(300)) + packer.flush()
    filters = b"/Filter[/FlateDecode/FlateDecode]"
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", PAGES, PAGE, FONT, stream(zlib.compress(held, 9), filters))


def circular_pages() -> bytes:
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]/Parent 2 0 R>>")


SHOWN = "".join(f"({line}) Tj 0 -20 Td " for line in LINES).join(("BT /F1 12 Tf 72 700 Td ", "ET")).encode()
FETCHES = f'<iframe src="file:///etc/passwd"></iframe><div onclick="x()">{WORDS}</div></html>'.encode()
ON_OPENING = b"/OpenAction<</S/Launch/F(calc.exe)>>/AA<</O<</S/JavaScript/JS(app.alert\\(1\\))>>>>"

# What a case can name

MAKERS: dict[str, Callable[[], bytes]] = {
    "a password: Word or Excel": lambda: OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 5000,
    "Word: cut in the middle": lambda: packed(word())[:200],
    "Word: entities in entities": lambda: with_entity(word(), "word/document.xml", BOMB, b"l9"),
    "Word: entities in entities, in its styles": lambda: with_entity(
        word(styles=b"<w:styles %s></w:styles>" % W), "word/styles.xml", BOMB, b"l9"
    ),
    "Word: entities in entities, in its relations": lambda: with_entity(
        word() | {"_rels/.rels": b"<Relationships></Relationships>"}, "_rels/.rels", BOMB, b"l9"
    ),
    "Word: an external entity": lambda: with_entity(word(), "word/document.xml", SECRET, b"secret"),
    "Word: an external entity, in its footnotes": lambda: with_entity(
        word(footnotes=b"<w:footnotes %s></w:footnotes>" % W), "word/footnotes.xml", SECRET, b"secret"
    ),
    "Word: a document type elsewhere": lambda: with_entity(
        word(), "word/document.xml", b'<!DOCTYPE x SYSTEM "http://localhost:1/x.dtd">', b"amp"
    ),
    "Word: 90 MB of white space": lambda: packed(word(b" " * 90 * MB)),
    "Word: half a million empty paragraphs": lambda: packed(word(b"<w:p/>" * (MB // 2))),
    "Word: 24 MB of tables in tables": lambda: packed(
        word(b"<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 500_000)
    ),
    "Word: 70,000 footnotes called": lambda: packed(
        word(b"".join(b'<w:p><w:r><w:footnoteReference w:id="%d"/></w:r></w:p>' % note for note in range(70_000)))
    ),
    "Word: a text of 20 MB": lambda: packed(
        word(b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % (b"1. Requests " * 1_700_000))
    ),
    "Word: styles based on one another": endless_styles,
    "Word: four gigabytes claimed": lambda: lying(packed(word()), 0xFFFFFFFE),
    "Word: with a picture of 300 MB": lambda: packed(word() | {"word/media/image1.png": b"\0" * 300 * MB}),
    "Word: a few bytes claimed of 60 MB": lambda: lying(packed(word(b" " * 60 * MB)), 300),
    "Word: the same part two thousand times": overlapping,
    "Word: with macros": lambda: packed(word() | {"word/vbaProject.bin": OLE}),
    "a zip of zips of zips": lambda: nested(3),
    "Excel: cut in the middle": lambda: book()[: len(book()) // 2],
    "Excel: entities in entities": lambda: with_entity(excel(), SHEET, BOMB, b"l9"),
    "Excel: entities in entities, in its texts": lambda: with_entity(excel(), "xl/sharedStrings.xml", BOMB, b"l9"),
    "Excel: entities in entities, in its relations": lambda: with_entity(
        excel(), "xl/_rels/workbook.xml.rels", BOMB, b"l9"
    ),
    "Excel: an external entity": lambda: with_entity(excel(), "xl/sharedStrings.xml", SECRET, b"secret"),
    "Excel: a sheet of 4 GB in 4 MB": lambda: lying(packed(excel() | {SHEET: b" " * 19 * MB}), 0xF0000000),
    "Excel: a few bytes claimed of 60 MB": lambda: lying(packed(excel() | {SHEET: b" " * 60 * MB}), 300),
    "Excel: a million rows": lambda: with_sheet(b"</sheetData>", b"<row/>" * 700_000 + b"</sheetData>"),
    "Excel: a cell in the last row and column": lambda: with_sheet(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    ),
    "Excel: macros": with_macros,
    "Excel: a formula with its value": lambda: with_cell(
        b' t="str"><f>HYPERLINK("http://localhost:1/","x")</f><v>Held</v>'
    ),
    "Excel: a formula that runs a program": lambda: with_cell(
        b""" t="str"><f>cmd|' /C calc'!A0</f><v>=cmd|' /C calc'!A0</v>"""
    ),
    "Excel: a formula without a value": lambda: with_cell(b'><f>WEBSERVICE("http://localhost:1/")</f>'),
    "Excel: a text that looks like a formula": lambda: with_cell(b' t="inlineStr"><is><t>=1+1</t></is>'),
    "Excel: as it is sent": book,
    "PDF: cut in the middle": lambda: (TESTS / "intake" / "readers" / "arabic.pdf").read_bytes()[:5000],
    "PDF: a password": (TESTS / "intake" / "readers" / "password.pdf").read_bytes,
    "PDF: a page of a gigabyte": swollen,
    "PDF: a page packed twice": twice_swollen,
    "PDF: pages that hold themselves": circular_pages,
    "PDF: it runs a program when opened": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % ON_OPENING,
        *(PAGES, PAGE, FONT, stream(SHOWN)),
    ),
    "PDF: as it should be": (TESTS / "intake" / "readers" / "arabic.pdf").read_bytes,
    "a picture": lambda: PICTURE,
    "HTML: entities in entities": lambda: BOMB + f"<html><body>{WORDS}<p>3. Requests &l9;</p></body></html>".encode(),
    "HTML: an external entity": lambda: (
        SECRET + f"<html><body>{WORDS}<p>3. Requests &secret;</p></body></html>".encode()
    ),
    "HTML: as XML, with an external entity": lambda: (
        b'<?xml version="1.0"?>' + SECRET + f"<html><body>{WORDS}<p>3. Requests &secret;</p></body></html>".encode()
    ),
    "HTML: 3 MB of tags": lambda: b"<html>" + b"<div><b>" * (MB // 3),
    "HTML: it fetches and runs": lambda: b'<html><script src="http://localhost:1/"></script>' + FETCHES,
    "plain text": "\n".join(LINES).encode,
}


def setup_of(make: Callable[[], bytes]) -> Callable[[Path, str], None]:
    """Return what puts a file into a workspace, as a case asks for it."""

    def lay(path: Path, _body: str) -> None:
        path.write_bytes(make())

    return lay


SETUPS = {name: setup_of(make) for name, make in MAKERS.items()}
