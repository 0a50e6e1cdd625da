"""A document somebody else wrote, as numbered lines: the same whether it came as text, .docx, .pdf or HTML."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

MARK_BASE = 0xE000
MOST_NOTES = 0xF8FF - MARK_BASE + 1
_MOST_BYTES = {"text": 20_000_000, "html": 10_000_000, "docx": 100_000_000, "pdf": 100_000_000}
_SUFFIXES = {".docx": "docx", ".pdf": "pdf", ".html": "html", ".htm": "html", ".xhtml": "html"}
_HEAD = 4096
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# How an old or an encrypted file of Office begins.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Only these end a line: str.splitlines knows more.
LINE_END = re.compile(r"\r\n|\n|\r")
_HTML = re.compile(
    r"(?:<\?xml[^>]*>|(?><!--.*?-->)|\s)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_OTHERS = {
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"II*\0": "a picture (TIFF)",
    b"MM\0*": "a picture (TIFF)",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x1f\x8b": "a gzip archive",
}
# A character for private use in the text itself would pass for the mark of a footnote; control characters and halves
# of characters cannot be written in YAML or Word. They become the sign for "unknown", which a later reader will see.
# Tabs and line ends stay; what only some programs take for a line end parts words, and is a space.
_UNKNOWN = (
    dict.fromkeys({*range(0x20), *range(0x7F, 0xA0), *range(0xD800, MARK_BASE + MOST_NOTES), 0xFFFE, 0xFFFF}, "\ufffd")
    | dict.fromkeys(map(ord, "\v\f\x85\u2028\u2029"), " ")
    | {ord(kept): kept for kept in "\t\n\r"}
    | {0xF0B7: "\u2022"}  # the bullet of Word's Symbol font, the one such character that everybody meets
)


class Unreadable(Exception):  # noqa: N818 - the name a caller reads best, as cli.common.Stop
    """The file cannot be read as a document; the message says what was found and the hint what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Line(NamedTuple):
    """A line of text, or a paragraph of a format that has paragraphs.

    `number` counts lines of the file (paragraphs in .docx and HTML) and `page` pages, both from 1; .docx and HTML
    do not say where pages begin. `level` is the heading level where the file itself says so, else 0.
    """

    number: int
    text: str
    page: int
    level: int = 0


class Source(NamedTuple):
    """All lines of a document; blank ones part its blocks.

    `notes` are the footnotes that the format itself marks: the character `chr(MARK_BASE + i)` stands in a line where
    note `i` is called. `unread` are the pages of a PDF that hold no text.
    """

    name: str
    kind: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    unread: tuple[int, ...] = ()


def read(path: Path) -> Source:
    """Read a document, by what it holds rather than by what it is called."""
    name = path.name or str(path)
    size = _size(path, name)
    try:
        with path.open("rb") as file:
            kind = _kind(file.read(_HEAD), path.suffix.lower(), name)
            _refuse_large(size, kind, name)
            file.seek(0)
            data = file.read(_MOST_BYTES[kind] + 1)
    except OSError as error:
        raise _unopened(name, error) from None
    _refuse_large(len(data), kind, name)
    source = _read_as(kind, name, data)
    if not any(line.text.strip() for line in source.lines):
        raise Unreadable(f"{name} holds no text, only white space", "look whether it is the file you meant")
    return source


def known(text: str) -> str:
    """Return text without the characters that would pass for the mark of a footnote or cannot be written."""
    return text.translate(_UNKNOWN)


def _size(path: Path, name: str) -> int:
    try:
        status = path.stat()
    except FileNotFoundError:
        raise Unreadable(f"there is no file {path}", "look at the name and at the folder you are in") from None
    except (OSError, ValueError) as error:
        raise _unopened(name, error) from None
    if stat.S_ISDIR(status.st_mode):
        raise Unreadable(f"{name} is a folder", "name the file of one document")
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable(f"{name} is no ordinary file", "save what it gives as a file, and name that")
    return status.st_size


def _unopened(name: str, error: Exception) -> Unreadable:
    why = getattr(error, "strerror", None) or str(error)
    return Unreadable(f"{name} cannot be opened: {why}", "close it in other programs, or copy it to a folder of yours")


def _refuse_large(size: int, kind: str, name: str) -> None:
    most = _MOST_BYTES[kind]
    if size > most:
        # Rounded up: the limit itself is not too large.
        found = f"{-(-size // 1_000_000)} MB" if size > most + 1 else f"more than {most // 1_000_000} MB"
        raise Unreadable(
            f"{name} holds {found}: no document is that long (at most {most // 1_000_000} MB are read)",
            "take the document out of it and save it as a file of its own",
        )


def _kind(head: bytes, suffix: str, name: str) -> str:
    """Tell the kind of a file by its first bytes, and by its suffix where those leave it open."""
    if not head:
        raise Unreadable(f"{name} is empty", "save or download it again")
    if head.startswith((*_ZIP, OLE)):
        return "docx"
    for start, what in _OTHERS.items():
        if head.startswith(start):
            hint = "recognise its text first (OCR)" if "picture" in what else "open it and save it as .docx"
            raise Unreadable(f"{name} is {what}, not a text", hint)
    # Readers of PDF allow other bytes before the header, which a text may quote.
    if head.lstrip(b"\xef\xbb\xbf\0\t\r\n ").startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in head[:1024]):
        return "pdf"
    if _HTML.match(_peek(head)):
        return "html"
    return _SUFFIXES.get(suffix, "text")


def _peek(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    return head.decode("utf-8-sig", "replace")


def _read_as(kind: str, name: str, data: bytes) -> Source:
    # Reading text needs none of the libraries of the others, which take time to load.
    if kind == "docx":
        from tracker.intake.docx import read_docx  # noqa: PLC0415 - as above

        return read_docx(name, data)
    if kind == "pdf":
        from tracker.intake.pdf import read_pdf  # noqa: PLC0415 - as above

        return read_pdf(name, data)
    if kind == "html":
        from tracker.intake.html import read_html  # noqa: PLC0415 - as above

        return read_html(name, data)
    from tracker.intake.text import read_text  # noqa: PLC0415 - it needs the records of this module

    return read_text(name, data)
