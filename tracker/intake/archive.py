"""A Word or Excel file unpacked within bounds: what is protected, damaged, something else or a trap is refused.

Both are zip archives of XML. Nothing in them is fetched, and nothing that XML could declare is expanded.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from tracker.intake.source import OLE, Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST_PARTS = 2_000
# Text in XML shrinks to a twentieth, long tables to a hundredth.
_LARGE, _MOST_RATIO = 20_000_000, 250
_MB = 1_000_000
# Whatever declares entities names them in one of these; an encoding of its own would hide the words.
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)")
_KNOWN_ENCODINGS = {b"utf-8", b"us-ascii", b"ascii"}
_OLD = {"WordDocument": "an old Word .doc", "Workbook": "an old Excel .xls", "PowerPoint": "an old PowerPoint .ppt"}
_BY_MEMBER = {
    "word/document.xml": "a Word file",
    "xl/workbook.xml": "an Excel workbook",
    "xl/workbook.bin": "a binary workbook (.xlsb)",
    "ppt/presentation.xml": "a PowerPoint presentation",
}
_BY_TYPE = {
    b"application/vnd.oasis.opendocument.text": "an OpenDocument text (.odt)",
    b"application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument spreadsheet (.ods)",
    b"application/epub+zip": "an e-book (.epub)",
}


class Format(NamedTuple):
    """A kind of archive: what a refusal calls it and advises, and how much of it is unpacked, whole and by part."""

    program: str
    file: str
    save: str
    again: str
    unprotect: str
    inside: tuple[str, ...]
    most_bytes: int
    most_xml: int


class Archive:
    """An archive that is safe to unpack; its parts are read one by one."""

    def __init__(self, name: str, data: bytes, form: Format) -> None:
        """Open an archive; raise `Unreadable` for what is protected, damaged or a bomb."""
        self.name = name
        self._form = form
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except Exception:  # noqa: BLE001 - zipfile raises a dozen kinds over damaged bytes, and all mean the same
            raise Unreadable(f"{name} is damaged or was cut short: it cannot be unpacked", form.again) from None
        self._refuse_unsafe()
        self.parts = frozenset(self._zip.namelist())

    def _refuse_unsafe(self) -> None:
        members, name, hint = self._zip.infolist(), self.name, f"look where it came from; {self._form.save}"
        total, packed = sum(one.file_size for one in members), sum(one.compress_size for one in members)
        if len(members) > _MOST_PARTS:
            raise Unreadable(f"{name} holds {len(members)} parts, which no {self._form.file} does", hint)
        if len({one.filename for one in members}) < len(members):
            raise Unreadable(f"{name} holds two parts of one name, which no {self._form.file} does", hint)
        if total > self._form.most_bytes or (total > _LARGE and total > packed * _MOST_RATIO):
            raise Unreadable(f"{name} would unpack to {total // _MB} MB: it was not unpacked", hint)
        if any(one.flag_bits & 1 for one in members):
            raise Unreadable(f"{name} is protected by a password", "unpack it with the password first")

    def xml(self, part: str) -> bytes:
        """Return one of its parts of XML, unpacked; it declares nothing."""
        size = self._zip.getinfo(part).file_size
        if size > self._form.most_xml:
            hint = "take the document out of it and save it as a file of its own"
            raise Unreadable(f"{self.name} holds {size // _MB} MB of text: no document is that long", hint)
        try:
            text = self._zip.read(part)
        except Exception:  # noqa: BLE001 - as above
            message = f"{self.name} is damaged: its part {part} cannot be unpacked"
            raise Unreadable(message, self._form.again) from None
        if _is_trap(text):
            message = f"{self.name} declares entities or a strange encoding in its part {part}"
            raise Unreadable(f"{message}, which {self._form.program} never does", self._form.again)
        return text

    def parsed(self, part: str, namespace: tuple[bytes, bytes]) -> Element | None:
        """Parse a part of XML, one namespace put for another; None when there is no such part."""
        if part not in self.parts:
            return None
        # Nothing is resolved or fetched, and the depth of the tree and the length of a text are bounded.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(self.xml(part).replace(*namespace), parser)
        except (etree.LxmlError, SyntaxError, ValueError):
            message = f"{self.name} is damaged: its part {part} cannot be read"
            raise Unreadable(message, self._form.again) from None

    def refusal(self) -> Unreadable:
        """Return what is said of an archive that holds something else."""
        what = next((what for part, what in _BY_MEMBER.items() if part in self.parts), "")
        what = what or _BY_TYPE.get(self._declared(), "")
        if what:
            hint = f"open it and save it as {self._form.inside[0]}"
            return Unreadable(f"{self.name} is {what}, not a {self._form.file}", hint)
        inside = sorted(part for part in self.parts if part.lower().endswith(self._form.inside))
        hint = f"unpack it and name the file inside: {inside[0]}" if inside else self._form.save
        return Unreadable(f"{self.name} is a zip archive without a {self._form.file} in it", hint)

    def _declared(self) -> bytes:
        """Return what an OpenDocument file or an e-book says it is."""
        try:
            return self._zip.read("mimetype").strip() if self._zip.getinfo("mimetype").file_size < 200 else b""
        except Exception:  # noqa: BLE001 - as above; and most archives have no such member
            return b""


def _is_trap(text: bytes) -> bool:
    encoding = _ENCODING.match(text.lstrip(b"\xef\xbb\xbf"))
    is_hidden = text.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in text[:4]
    return bool(is_hidden or (encoding and encoding[1].lower() not in _KNOWN_ENCODINGS) or _DECLARES.search(text))


def refuse_old(name: str, data: bytes, form: Format) -> None:
    """Refuse what Office wrote before 2007, and what it writes with a password."""
    if not data.startswith(OLE):
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable(f"{name} is protected by a password", form.unprotect)
    what = next((what for stream, what in _OLD.items() if stream.encode("utf-16-le") in data), "an old Office file")
    raise Unreadable(f"{name} is {what}, not a {form.file}", form.save)
