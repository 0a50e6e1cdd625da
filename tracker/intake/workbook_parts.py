"""An Excel file looked at before it is opened: what is protected, damaged, something else or a trap is refused."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from tracker.intake.source import OLE, Unreadable

if TYPE_CHECKING:
    from pathlib import Path

MOST_FILE = 10_000_000
_MOST_PARTS, _MOST_BYTES, _MOST_XML, _MOST_SPANNED = 1_000, 20_000_000, 5_000_000, 100_000
_SAVE = "open it in Excel or LibreOffice and save it as .xlsx"
_AGAIN = "ask for it again, or open it in Excel or LibreOffice and save it as .xlsx"
# Whatever declares entities names them in one of these; an encoding of its own would hide the words.
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)")
_KNOWN_ENCODINGS = {b"utf-8", b"us-ascii", b"ascii"}
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
# What is read cell by cell, however few the cells that hold something.
_SPANNING = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*>")
_AREA = re.compile(rb"\sref\s*=\s*[\"']\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?[\"']")
_XML = (".xml", ".rels", ".vml")
_SHEETS = "xl/worksheets/"


def workbook_data(path: Path) -> bytes:
    """Return the bytes of a workbook that is safe to open; raise `Unreadable` for any other file."""
    name = path.name or str(path)
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
    _refuse_others(name, path.suffix.lower(), data)
    _refuse_unsafe(name, data)
    return data


def has_formulas(data: bytes) -> bool:
    """Tell whether a sheet of a workbook holds formulas; they are looked for only where there are any."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(_FORMULA.search(archive.read(part)) for part in archive.namelist() if part.startswith(_SHEETS))


def _refuse_others(name: str, suffix: str, data: bytes) -> None:
    if not data:
        raise Unreadable(f"{name} is empty", "ask for it again")
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable(f"{name} is protected by a password", "remove it in Excel: File, Info, Protect Workbook")
        raise Unreadable(f"{name} is an old Excel .xls", _SAVE)
    if suffix in {".csv", ".tsv", ".txt"}:
        raise Unreadable(f"{name} is a table as text, which has lost its sheets and hidden columns", _SAVE)
    if not data.startswith(b"PK"):
        raise Unreadable(f"{name} is no Excel workbook", _SAVE)


def _refuse_unsafe(name: str, data: bytes) -> None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception:  # noqa: BLE001 - zipfile raises a dozen kinds over damaged bytes, and all mean the same
        raise Unreadable(f"{name} is damaged or was cut short: it cannot be unpacked", _AGAIN) from None
    with archive:
        members = archive.infolist()
        total = sum(member.file_size for member in members)
        if len(members) > _MOST_PARTS or len({member.filename for member in members}) < len(members):
            raise Unreadable(f"{name} is not put together as Excel does it", _AGAIN)
        if total > _MOST_BYTES or any(_is_xml(one) and one.file_size > _MOST_XML for one in members):
            raise Unreadable(f"{name} would unpack to {total // 1_000_000} MB: it was not unpacked", _AGAIN)
        if any(member.flag_bits & 1 for member in members):
            raise Unreadable(f"{name} is protected by a password", "unpack it with the password first")
        _refuse_other_kinds(name, archive)
        for member in members:
            if _is_xml(member):
                _refuse_traps(name, member, archive)


def _is_xml(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith(_XML)


def _refuse_other_kinds(name: str, archive: zipfile.ZipFile) -> None:
    members = set(archive.namelist())
    if "mimetype" in members and "content.xml" in members:
        raise Unreadable(f"{name} is an OpenDocument file (.ods)", _SAVE)
    if any(member.lower().endswith("vbaproject.bin") for member in members):
        hint = "open it, save it as .xlsx, which holds no macros, and import that"
        raise Unreadable(f"{name} holds macros: it was not opened", hint)
    if "xl/workbook.bin" in members:
        raise Unreadable(f"{name} is a binary workbook (.xlsb)", _SAVE)
    if "xl/workbook.xml" not in members:
        inside = sorted(member for member in members if member.lower().endswith(".xlsx"))
        hint = f"unpack it and name the file inside: {inside[0]}" if inside else _SAVE
        raise Unreadable(f"{name} is an archive without an Excel workbook in it", hint)


def _refuse_traps(name: str, member: zipfile.ZipInfo, archive: zipfile.ZipFile) -> None:
    try:
        text = archive.read(member)
    except Exception:  # noqa: BLE001 - as above
        raise Unreadable(f"{name} is damaged: its part {member.filename} cannot be unpacked", _AGAIN) from None
    encoding = _ENCODING.match(text.lstrip(b"\xef\xbb\xbf"))
    is_hidden = text.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in text[:4]
    if is_hidden or (encoding and encoding[1].lower() not in _KNOWN_ENCODINGS) or _DECLARES.search(text):
        raise Unreadable(f"{name} declares entities or a strange encoding, which Excel never does", _AGAIN)
    if member.filename.startswith(_SHEETS) and sum(map(_spanned, _SPANNING.findall(text))) > _MOST_SPANNED:
        raise Unreadable(f"{name} merges more cells than a reply has", "undo the merging, and save it again")


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
