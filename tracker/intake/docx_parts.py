"""The parts of a Word file, unpacked and parsed only when that is safe."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from tracker.intake.source import OLE, Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST_PARTS, _MOST_BYTES, _MOST_XML = 2_000, 100_000_000, 25_000_000
# Text in XML shrinks to a twentieth, long tables to a hundredth.
_LARGE, _MOST_RATIO = 20_000_000, 250
_AGAIN = "download or copy it again, or open it in Word and save it as .docx"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BY_MEMBER = {"xl/workbook.xml": "an Excel workbook", "ppt/presentation.xml": "a PowerPoint presentation"}
_BY_TYPE = {
    b"application/vnd.oasis.opendocument.text": "an OpenDocument text (.odt)",
    b"application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument spreadsheet (.ods)",
    b"application/epub+zip": "an e-book (.epub)",
}


class Parts(NamedTuple):
    """The parts that hold text, or that say how its paragraphs are numbered; None where there is none."""

    document: Element
    styles: Element | None = None
    numbering: Element | None = None
    footnotes: Element | None = None
    endnotes: Element | None = None


def open_parts(name: str, data: bytes) -> Parts:
    """Unpack a Word file; refuse what is protected, damaged, something else or a zip bomb."""
    if data.startswith(OLE):
        raise _office_file(name, data)
    if not data.startswith(b"PK"):
        raise Unreadable(f"{name} is called .docx but is no Word file", "open it in Word and save it as .docx")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception:  # noqa: BLE001 - zipfile raises a dozen kinds over damaged bytes, and all mean the same
        raise Unreadable(f"{name} is damaged or was cut short: it cannot be unpacked", _AGAIN) from None
    with archive:
        _refuse_unsafe(name, archive)
        return _parts(name, archive)


def _office_file(name: str, data: bytes) -> Unreadable:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Unreadable(f"{name} is protected by a password", "remove it in Word: File, Info, Protect Document")
    if "WordDocument".encode("utf-16-le") in data:
        return Unreadable(f"{name} is an old Word .doc", "open it in Word and save it as .docx")
    return Unreadable(f"{name} is an old Office file, not a .docx", "open it in Word and save it as .docx")


def _refuse_unsafe(name: str, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    total, packed = sum(member.file_size for member in members), sum(member.compress_size for member in members)
    hint = "look where it came from; open it in Word and save it as .docx"
    if len(members) > _MOST_PARTS:
        raise Unreadable(f"{name} holds {len(members)} parts, which no Word file does", hint)
    if total > _MOST_BYTES or (total > _LARGE and total > packed * _MOST_RATIO):
        raise Unreadable(f"{name} would unpack to {total // 1_000_000} MB: it was not unpacked", hint)
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(f"{name} is protected by a password", "unpack it with the password first")


def _parts(name: str, archive: zipfile.ZipFile) -> Parts:
    top = _related(_parsed(name, archive, "_rels/.rels"), "")
    main = top.get("officeDocument", "word/document.xml")
    document = _parsed(name, archive, main)
    if document is None or not str(document.tag).endswith("}document"):
        raise _other_archive(name, archive)
    folder, file = posixpath.split(main)
    related = _related(_parsed(name, archive, f"{folder}/_rels/{file}.rels"), folder)

    def part(kind: str) -> Element | None:
        return _parsed(name, archive, related.get(kind, f"word/{kind}.xml"))

    return Parts(document, part("styles"), part("numbering"), part("footnotes"), part("endnotes"))


def _related(relations: Element | None, folder: str) -> dict[str, str]:
    """Return the names of related parts by the last word of their type; Word does not always use the usual names."""
    found: dict[str, str] = {}
    for relation in () if relations is None else relations:
        kind, target = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            found.setdefault(kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
    return found


def _parsed(name: str, archive: zipfile.ZipFile, part: str) -> Element | None:
    try:
        member = archive.getinfo(part)
    except KeyError:
        return None
    if member.file_size > _MOST_XML:
        raise Unreadable(
            f"{name} holds {member.file_size // 1_000_000} MB of text: no resolution is that long",
            "take the resolution out of it and save it as a file of its own",
        )
    # No entity is resolved, nothing is fetched, and the depth of the tree and the length of a text are bounded.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(archive.read(member).replace(_STRICT, _USUAL), parser)
    except Exception:  # noqa: BLE001 - zipfile and lxml raise a dozen kinds over damaged bytes, and all mean the same
        raise Unreadable(f"{name} is damaged: its part {part} cannot be read", _AGAIN) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(
            f"{name} declares entities in its part {part}, which Word never does", "open it in Word and save it anew"
        )
    return root


def _other_archive(name: str, archive: zipfile.ZipFile) -> Unreadable:
    members = set(archive.namelist())
    what = next((what for member, what in _BY_MEMBER.items() if member in members), "")
    try:
        declared = archive.read("mimetype").strip() if archive.getinfo("mimetype").file_size < 200 else b""
    except Exception:  # noqa: BLE001 - as above; and most archives have no such member
        declared = b""
    what = what or _BY_TYPE.get(declared, "")
    if what:
        return Unreadable(f"{name} is {what}, not a Word file", "open it and save the resolution as .docx")
    inside = sorted(member for member in members if member.lower().endswith((".docx", ".pdf")))
    hint = f"unpack it and name the file inside: {inside[0]}" if inside else "open it in Word and save it as .docx"
    return Unreadable(f"{name} is a zip archive without a Word document in it", hint)
