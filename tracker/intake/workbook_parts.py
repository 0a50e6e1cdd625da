"""An Excel file looked at before it is opened: what no reply needs or would take too long to read is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.archive import Archive, Format, refuse_old
from tracker.intake.source import Unreadable

if TYPE_CHECKING:
    from pathlib import Path

MOST_FILE = 10_000_000
_MOST_SPANNED = 100_000
_SAVE = "open it in Excel or LibreOffice and save it as .xlsx"
# Read as a whole into memory, where a sheet takes fifty times the room.
_EXCEL = Format(
    program="Excel",
    file="workbook (.xlsx)",
    save=_SAVE,
    again=f"ask for it again, or {_SAVE}",
    unprotect="remove it in Excel: File, Info, Protect Workbook",
    inside=(".xlsx",),
    most_bytes=20_000_000,
    most_xml=5_000_000,
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
# What is read cell by cell, however few the cells that hold something.
_SPANNING = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*>")
_AREA = re.compile(rb"\sref\s*=\s*[\"']\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?[\"']")
_XML = (".xml", ".rels", ".vml")
_SHEETS = "xl/worksheets/"
_STRICT = b"http://purl.oclc.org/ooxml/"
# Pictures, text boxes, and files put into the workbook: none of them is read.
_BESIDE = ("xl/media/", "xl/drawings/drawing", "xl/embeddings/")


class Contents(NamedTuple):
    """The bytes of a workbook that is safe to open, and what they hold beside values."""

    data: bytes
    has_formulas: bool
    has_pictures: bool


def workbook_contents(path: Path) -> Contents:
    """Look at a workbook; raise `Unreadable` for any other file, and for one that is not safe to open."""
    name = path.name or str(path)
    data = _read(path, name)
    if not data:
        raise Unreadable(f"{name} is empty", "ask for it again")
    refuse_old(name, data, _EXCEL)
    if path.suffix.lower() in {".csv", ".tsv", ".txt"}:
        message = f"{name} is a table as text, which has lost its other sheets and its hidden columns"
        raise Unreadable(message, "ask for the workbook itself (.xlsx)")
    if not data.startswith(b"PK"):
        raise Unreadable(f"{name} is no workbook (.xlsx)", _SAVE)
    archive = Archive(name, data, _EXCEL)
    _refuse_other_kinds(archive)
    formulas = [_FORMULA.search(text) for text in _xml_of_sheets(archive)]
    return Contents(data, any(formulas), any(part.startswith(_BESIDE) for part in archive.parts))


def _read(path: Path, name: str) -> bytes:
    try:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "is not there"
            raise Unreadable(f"{path} {what}", "name the file of one workbook")
        with path.open("rb") as file:
            data = file.read(MOST_FILE + 1)
    except OSError as error:
        raise Unreadable(f"{name} cannot be opened: {error.strerror or error}", "close it in other programs") from None
    if len(data) > MOST_FILE:
        raise Unreadable(f"{name} holds more than {MOST_FILE // 1_000_000} MB, which no reply does", _SAVE)
    return data


def _refuse_other_kinds(archive: Archive) -> None:
    if any(part.lower().endswith("vbaproject.bin") for part in archive.parts):
        hint = "open it, save it as .xlsx, which holds no macros, and import that"
        raise Unreadable(f"{archive.name} holds macros: it was not opened", hint)
    if "xl/workbook.xml" not in archive.parts:
        raise archive.refusal()
    if _STRICT in archive.xml("xl/workbook.xml"):
        hint = "open it in Excel and save it as Excel Workbook (.xlsx), not as Strict Open XML"
        raise Unreadable(f"{archive.name} is in the strict form of Excel, which is not read", hint)


def _xml_of_sheets(archive: Archive) -> list[bytes]:
    """Return the XML of the sheets, once every part has been looked at: they are parsed by a library that does not."""
    texts = {part: archive.xml(part) for part in archive.parts if part.lower().endswith(_XML)}
    sheets = [text for part, text in texts.items() if part.startswith(_SHEETS)]
    if any(sum(map(_spanned, _SPANNING.findall(text))) > _MOST_SPANNED for text in sheets):
        raise Unreadable(f"{archive.name} merges more cells than a reply has", "undo the merging, and save it again")
    return sheets


def _spanned(tag: bytes) -> int:
    """Return how many cells a merged area or a link takes in; one that does not say so plainly, too many."""
    area = _AREA.search(tag)
    if area is None:
        return _MOST_SPANNED + 1
    first, top, last, bottom = area.groups()
    if last is None:
        return 1
    return (abs(_column(last) - _column(first)) + 1) * (abs(int(bottom) - int(top)) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
