"""The parts of a Word file that hold its text, unpacked and parsed only when that is safe."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.archive import Archive, Format, refuse_old
from tracker.intake.source import Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SAVE = "open it in Word and save it as .docx"
# Pictures take most of the room in a long report.
_WORD = Format(
    program="Word",
    file="Word file (.docx)",
    save=_SAVE,
    again=f"download or copy it again, or {_SAVE}",
    unprotect="remove it in Word: File, Info, Protect Document",
    inside=(".docx", ".pdf"),
    most_bytes=100_000_000,
    most_xml=25_000_000,
)
# The strict form of the standard differs from the usual one in the name of its namespace.
_STRICT_AS_USUAL = (
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
)


class Parts(NamedTuple):
    """The parts that hold text, or that say how its paragraphs are numbered; None where there is none."""

    document: Element
    styles: Element | None = None
    numbering: Element | None = None
    footnotes: Element | None = None
    endnotes: Element | None = None


def open_parts(name: str, data: bytes) -> Parts:
    """Unpack a Word file; refuse what is protected, damaged, something else or a zip bomb."""
    refuse_old(name, data, _WORD)
    if not data.startswith(b"PK"):
        raise Unreadable(f"{name} is called .docx but is no Word file", _SAVE)
    archive = Archive(name, data, _WORD)
    top = _related(archive.parsed("_rels/.rels", _STRICT_AS_USUAL), "")
    main = top.get("officeDocument", "word/document.xml")
    document = archive.parsed(main, _STRICT_AS_USUAL)
    if document is None or not str(document.tag).endswith("}document"):
        raise archive.refusal()
    folder, file = posixpath.split(main)
    related = _related(archive.parsed(f"{folder}/_rels/{file}.rels", _STRICT_AS_USUAL), folder)

    def part(kind: str) -> Element | None:
        return archive.parsed(related.get(kind, f"word/{kind}.xml"), _STRICT_AS_USUAL)

    return Parts(document, part("styles"), part("numbering"), part("footnotes"), part("endnotes"))


def _related(relations: Element | None, folder: str) -> dict[str, str]:
    """Return the names of related parts by the last word of their type; Word does not always use the usual names."""
    found: dict[str, str] = {}
    for relation in () if relations is None else relations:
        kind, target = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            found.setdefault(kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
    return found
