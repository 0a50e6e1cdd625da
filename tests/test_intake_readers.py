"""Documents are read as lines, or refused in one sentence; no bytes end in a traceback."""

from __future__ import annotations

import io
import os
import random
import struct
import sys
import zipfile
from time import process_time
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

from tracker.intake.docx import read_docx
from tracker.intake.html import read_html
from tracker.intake.list_numbers import written
from tracker.intake.pdf import read_pdf
from tracker.intake.source import MARK_BASE, Line, Source, Unreadable, read
from tracker.intake.text import read_text

if TYPE_CHECKING:
    from pathlib import Path

CASES = TESTS / "intake" / "readers"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
CHINESE = "大会敦促各缔约国充分适用《联合国反腐败公约》，并请秘书长提出报告。\n" * 3
RUSSIAN = "Генеральная Ассамблея настоятельно призывает государства-участники.\n"
SAVE_AS = "open it in Notepad and save it as UTF-8 (Save as, Encoding), or in Word and save it as .docx"
AGAIN = "download or copy it again, or open it in Word and save it as .docx"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def case(path: Path) -> dict[str, str]:
    """Cut a file into its parts, each below a line `--- name`."""
    _, *parts = path.read_text(encoding="utf-8").split("\n--- ")
    return {name: text for name, _, text in (part.partition("\n") for part in parts)}


def packed(**members: str | bytes) -> bytes:
    """Return a zip archive; dots and slashes of names are written as in `word/document.xml`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(parts: dict[str, str]) -> bytes:
    """Return a Word file of XML parts, each without its root."""
    members = {}
    for name, text in parts.items():
        inside = f"<w:body>{text}</w:body>" if name == "document" else text
        members[f"word/{name}.xml"] = f"<w:{name} {NAMESPACES}>{inside}</w:{name}>"
    return packed(**members)


def pdf(*pages: str) -> bytes:
    """Return a PDF with these pages; a page without text is as a scan leaves it."""
    kids = " ".join(f"{4 + 2 * place} 0 R" for place in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for place, text in enumerate(pages):
        shown = " ".join(f"({line}) Tj 0 -20 Td" for line in text.split("\n") if line)
        stream = f"BT /F1 12 Tf 72 700 Td {shown} ET"
        font, box = "/Resources<</Font<</F1 3 0 R>>>>", "/MediaBox[0 0 595 842]"
        objects.append(f"<</Type/Page/Parent 2 0 R{font}{box}/Contents {5 + 2 * place} 0 R>>")
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    text, starts = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        starts.append(len(text))
        text += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    count = len(objects) + 1
    trailer = f"trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{len(text)}\n%%EOF"
    return f"{text}xref\n0 {count}\n0000000000 65535 f \n{table}{trailer}".encode()


def said(source: Source) -> str:
    """Write a source as the cases do: number, heading level or page, text; then the notes."""
    rows = []
    for line in source.lines:
        if source.kind != "text" and not line.text:
            continue
        mark = f"h{line.level}" if line.level else f"p{line.page}" if line.page > 1 else ""
        text = "".join(f"[{ord(sign) - MARK_BASE}]" if "\ue000" <= sign <= "\uf8ff" else sign for sign in line.text)
        rows.append(f"{f'{line.number} {mark}':<4}| {text}".replace("\t", "⇥").rstrip())
    rows += [f"[{place}] {note}".rstrip() for place, note in enumerate(source.notes)]
    return "".join(f"{row}\n" for row in rows)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.docx.txt")), ids=lambda path: path.name)
def test_word_files(path: Path) -> None:
    parts = case(path)
    expected = parts.pop("says")
    assert said(read_docx("x.docx", docx(parts))) == expected


@pytest.mark.parametrize("path", sorted(CASES.glob("*.html.txt")), ids=lambda path: path.name)
def test_web_pages(path: Path) -> None:
    parts = case(path)
    assert said(read_html("x.html", parts["page"].encode())) == parts["says"]


@pytest.mark.parametrize("path", sorted(CASES.glob("*.text.txt")), ids=lambda path: path.name)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_plain_text(path: Path, end: str) -> None:
    parts = case(path)
    text = parts["text"].replace("⇥", "\t").replace("␌", "\f").replace("\n", end)
    assert said(read_text("x.txt", text.encode("utf-8-sig"))) == parts["says"]


def test_a_line_ends_only_where_an_editor_ends_it() -> None:
    text = "one\u2028two\x85three\x0bfour\n\ue000\uf0b7\x01" + "five" * 60
    assert [line.text for line in read_text("x", text.encode()).lines] == [
        "one two three four",
        "\ufffd•\ufffd" + "five" * 60,
    ]


def test_a_blank_line_follows_each_paragraph() -> None:
    two = {"document": "<w:p><w:r><w:t>One</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>Two</w:t></w:r></w:p>"}
    expected = [(1, "One"), (1, ""), (2, ""), (3, "Two"), (3, "")]
    assert [(line.number, line.text) for line in read_docx("x", docx(two)).lines] == expected
    page = b"<p>One<br><br>more<p> <p>Two"
    expected = [(1, "One"), (1, ""), (1, "more"), (1, ""), (2, "Two")]
    assert [(line.number, line.text) for line in read_html("x", page).lines] == expected


def test_pages_of_a_pdf() -> None:
    source = read_pdf("x.pdf", pdf("1. Urges\n2. Invites", "", "3. Requests"))
    assert source.lines == (Line(1, "1. Urges", 1), Line(2, "2. Invites", 1), Line(3, "", 2), Line(4, "3. Requests", 3))
    assert source.unread == (2,)


def test_a_word_parted_in_a_pdf_keeps_its_hyphen() -> None:
    source = read_pdf("x.pdf", pdf("Representative of the Secretary-\nGeneral and others"))
    assert [line.text for line in source.lines] == ["Representative of the Secretary-", "General and others"]


def test_arabic_in_a_pdf_keeps_its_order() -> None:
    # Made with a font that has one sign for lam and alef.
    lines = read(CASES / "arabic.pdf").lines
    assert [line.text for line in lines] == ["1 - تحث الدول الأطراف على تطبيق الاتفاقية تطبيقا كاملا؛"]


@pytest.mark.parametrize(
    ("form", "number", "expected"),
    [
        ("lowerLetter", 26, "z"),
        ("lowerLetter", 28, "bb"),
        ("lowerRoman", 14, "xiv"),
        ("upperRoman", 1999, "MCMXCIX"),
        ("upperRoman", 4000, "4000"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 105, "一百零五"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 3, "丙"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalZero", 7, "07"),
        ("arabicAbjad", 3, "ج"),
        ("russianLower", 2, "б"),
        ("none", 1, ""),
        ("somethingNew", 5, "5"),
        ("lowerLetter", 0, "0"),
    ],
)
def test_numbers_of_lists(form: str, number: int, expected: str) -> None:
    assert written(number, form) == expected


def test_content_tells_the_kind_before_the_name(tmp_path: Path) -> None:
    wanted = {"docx": docx({"document": "<w:p><w:r><w:t>x</w:t></w:r></w:p>"}), "pdf": pdf("x"), "html": b"<html><p>x"}
    for kind, content in wanted.items():
        path = tmp_path / f"{kind}.txt"
        path.write_bytes(content)
        assert (read(path).kind, read(path).name) == (kind, path.name)


@pytest.mark.parametrize(
    "page",
    [
        CHINESE.encode("utf-8"),
        b'<meta charset="gb2312">' + CHINESE.encode("gb18030"),
        b'<meta charset="gb2312">' + CHINESE.encode("utf-8"),
        b"\xef\xbb\xbf" + CHINESE.encode("utf-8"),
        ("\ufeff" + CHINESE).encode("utf-16-le"),
        ("\ufeff" + CHINESE).encode("utf-16-be"),
    ],
)
def test_encodings_of_web_pages(page: bytes) -> None:
    assert read_html("x.html", page).lines[0].text == CHINESE.strip().replace("\n", " ")


REFUSED = {
    "empty.txt": (b"", "empty.txt is empty", "save or download it again"),
    "blank.txt": (b" \n\n\t", "blank.txt holds no text, only white space", "look whether it is the file you meant"),
    "gb.txt": (CHINESE.encode("gb18030"), "gb.txt is not in UTF-8: it seems to be Chinese in GB18030 (GBK)", SAVE_AS),
    "bom.txt": (CHINESE.encode("utf-16"), "bom.txt is text in UTF-16, not in UTF-8", SAVE_AS),
    "le.txt": ("Urges States\n".encode("utf-16-le"), "le.txt is text in UTF-16, not in UTF-8", SAVE_AS),
    "be.txt": (CHINESE.encode("utf-16-be"), "be.txt is text in UTF-16, not in UTF-8", SAVE_AS),
    "latin.txt": (
        "L’Assemblée générale demande instamment aux États de coopérer.".encode("cp1252"),
        "latin.txt is not in UTF-8: it seems to be in Windows-1252, the older encoding of western Windows",
        SAVE_AS,
    ),
    "russian.txt": (
        RUSSIAN.encode("cp1251"),
        "russian.txt is not in UTF-8: it seems to be in an older encoding, such as Windows-1251, Windows-1256 or Big5",
        SAVE_AS,
    ),
    "damaged.txt": (
        CHINESE.encode() + b"\xe4\n",
        "damaged.txt is UTF-8 with a damaged character in line 4",
        "correct that line, or download the file again",
    ),
    "binary.txt": (
        bytes(range(256)) * 4,
        "binary.txt is not a text: it holds bytes that no text has",
        "save the document as .docx, .pdf, .html or UTF-8 text",
    ),
    "scan.txt": (
        b"\x89PNG\r\n\x1a\n123",
        "scan.txt is a picture (PNG), not a text",
        "recognise its text first (OCR)",
    ),
    "old.rtf": (b"{\\rtf1 x}", "old.rtf is an RTF file, not a text", "open it and save it as .docx"),
    "old.doc": (
        OLE + "WordDocument".encode("utf-16-le"),
        "old.doc is an old Word .doc, not a Word file (.docx)",
        "open it in Word and save it as .docx",
    ),
    "secret.docx": (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "secret.docx is protected by a password",
        "remove it in Word: File, Info, Protect Document",
    ),
    "text.docx": (
        b"Urges",
        "text.docx is called .docx but is no Word file",
        "open it in Word and save it as .docx",
    ),
    "short.docx": (
        packed(x="y" * 1000)[:80],
        "short.docx is damaged or was cut short: it cannot be unpacked",
        AGAIN,
    ),
    "broken.docx": (
        packed(**{"word/document.xml": "<w:document"}),
        "broken.docx is damaged: its part word/document.xml cannot be read",
        AGAIN,
    ),
    "deep.docx": (
        docx({"document": "<w:p>" * 10_000 + "</w:p>" * 10_000}),
        "deep.docx is damaged: its part word/document.xml cannot be read",
        AGAIN,
    ),
    "book.docx": (
        packed(**{"xl/workbook.xml": "<x/>"}),
        "book.docx is an Excel workbook, not a Word file (.docx)",
        "open it and save it as .docx",
    ),
    "open.odt": (
        packed(mimetype="application/vnd.oasis.opendocument.text"),
        "open.odt is an OpenDocument text (.odt), not a Word file (.docx)",
        "open it and save it as .docx",
    ),
    "all.zip": (
        packed(**{"a/66-177.docx": "x", "readme": "y"}),
        "all.zip is a zip archive without a Word file (.docx) in it",
        "unpack it and name the file inside: a/66-177.docx",
    ),
    "bomb.docx": (
        packed(**{"word/document.xml": b"\0" * 30_000_000}),
        "bomb.docx would unpack to 30 MB: it was not unpacked",
        "look where it came from; open it in Word and save it as .docx",
    ),
    "parts.docx": (
        packed(**{str(number): "" for number in range(2001)}),
        "parts.docx holds 2001 parts, which no Word file (.docx) does",
        "look where it came from; open it in Word and save it as .docx",
    ),
    "entities.docx": (
        packed(**{"word/document.xml": f'<!DOCTYPE a [<!ENTITY b "c">]><w:document {NAMESPACES}>&b;</w:document>'}),
        "entities.docx declares entities or a strange encoding in its part word/document.xml, which Word never does",
        AGAIN,
    ),
    "long.docx": (
        packed(**{"word/document.xml": random.Random(1).randbytes(13_000_000).hex()}),
        "long.docx holds 26 MB of text: no document is that long",
        "take the document out of it and save it as a file of its own",
    ),
    "encoded.docx": (
        packed(**{"word/document.xml": f'<?xml version="1.0"?><w:document {NAMESPACES}/>'.encode("utf-16")}),
        "encoded.docx declares entities or a strange encoding in its part word/document.xml, which Word never does",
        AGAIN,
    ),
    "old.xls": (
        OLE + "Workbook".encode("utf-16-le"),
        "old.xls is an old Excel .xls, not a Word file (.docx)",
        "open it in Word and save it as .docx",
    ),
    "pages.pdf": (
        pdf(*[""] * 2001),
        "pages.pdf has 2001 pages: no document is that long (at most 2000 are read)",
        "save the pages of the document as a file of their own",
    ),
    "scan.pdf": (
        pdf("", ""),
        "scan.pdf is a scan (2 pages, no text)",
        "recognise its text first (OCR), or take the .docx from the official site",
    ),
    "short.pdf": (
        pdf("x")[:-40],
        "short.pdf is damaged or was cut short",
        "download it again, or get the .docx",
    ),
    "no.pdf": (b"Urges", "no.pdf is called .pdf but is no PDF", "download it again, or get the .docx"),
    "secret.pdf": (
        (CASES / "password.pdf").read_bytes(),
        "secret.pdf is protected by a password",
        "save it without: print it to a PDF, or get the .docx",
    ),
    "page.html": (
        b"<html><script>x()</script></html>",
        "page.html holds no text, only white space",
        "look whether it is the file you meant",
    ),
    "gb.html": (
        b"<html>" + CHINESE.encode("gb18030"),
        "gb.html is not in UTF-8: it seems to be Chinese in GB18030 (GBK)",
        SAVE_AS,
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_named(name: str, tmp_path: Path) -> None:
    content, message, hint = REFUSED[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Unreadable) as refusal:
        read(tmp_path / name)
    assert (str(refusal.value), refusal.value.hint) == (message, hint)


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    for path, message in [
        (tmp_path, f"{tmp_path.name} is a folder"),
        (tmp_path / "x", f"there is no file {tmp_path / 'x'}"),
    ]:
        with pytest.raises(Unreadable) as refusal:
            read(path)
        assert str(refusal.value) == message


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Unreadable, match="pipe is no ordinary file"):
        read(tmp_path / "pipe")


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.write(b"1. Urges\n")
        file.truncate(200_000_000)
    with pytest.raises(Unreadable) as refusal:
        read(path)
    assert str(refusal.value) == "large.txt holds 200 MB: no document is that long (at most 20 MB are read)"


@pytest.mark.parametrize("tag", ["<div>", "<li>", "<!--", "<a b='", '<a b="', "<![CDATA[", "&#9", "<sup><a href=#x>1"])
def test_a_page_of_nothing_but_tags_takes_no_longer_than_its_length(tag: str) -> None:
    # The parsers of other libraries need minutes for some of these: ten times the length, a hundred times as long.
    seconds = []
    for length in (30_000, 300_000):
        page = ("<p>Urges" + tag * (length // len(tag))).encode()
        begun = process_time()
        assert read_html("x.html", page).lines[0].text.startswith("Urges")
        seconds.append(process_time() - begun)
    assert seconds[1] < 30 * seconds[0] + 0.5


VALID = {
    "docx": docx({name: text for name, text in case(CASES / "numbering.docx.txt").items() if name != "says"}),
    "notes": docx({name: text for name, text in case(CASES / "notes.docx.txt").items() if name != "says"}),
    "pdf": pdf("1. Urges", "2. Requests"),
    "html": case(CASES / "page.html.txt")["page"].encode(),
    "txt": (CHINESE + RUSSIAN).encode(),
}


def damaged(content: bytes, dice: random.Random) -> bytes:
    """Change, drop, repeat or cut off some bytes."""
    for _ in range(dice.randint(1, 4)):
        at, length = dice.randrange(len(content) + 1), dice.choice([1, 1, 4, 40])
        content = dice.choice(
            [
                content[:at] + dice.randbytes(length) + content[at + length :],
                content[:at] + content[at + length :],
                content[:at] + content[at : at + length] * 3 + content[at + length :],
                content[: at + 1],
                content[:at] + struct.pack("<I", dice.choice([0, 1, 2**31, 2**32 - 1])) + content[at + 4 :],
            ]
        )
    return content


def damaged_inside(content: bytes, dice: random.Random) -> bytes:
    """Damage one part of a Word file, and pack it again: a damaged archive does not even open."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    chosen = dice.choice(sorted(members))
    text = members[chosen].decode()
    values = [at for at in range(len(text)) if text.startswith('val="', at)] or [0]
    at = dice.choice(values) + 5
    odd = dice.choice(["", "-1", "99999", "9" * 5000, "%1%2%9", "x", "bullet", "none", "1", "2"])
    members[chosen] = dice.choice(
        [f"{text[:at]}{odd}{text[text.find(chr(34), at) :]}".encode(), damaged(members[chosen], dice)]
    )
    return packed(**members)


@pytest.mark.parametrize("kind", VALID)
def test_damaged_files_are_read_or_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{kind.replace('notes', 'docx')}"
    outcomes = set()
    # Each PDF takes a process of its own.
    for seed in range(40 if kind == "pdf" else 200):
        dice = random.Random(seed)
        how = damaged_inside if kind in {"docx", "notes"} and seed % 4 else damaged
        path.write_bytes(how(VALID[kind], dice))
        try:
            outcomes.add("read" if read(path).lines else "empty")
        except Unreadable:
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}
