"""The text layer of a PDF, page by page; run as a program, of the one on standard input.

The library is machine code, which a hostile file can bring down or blow up: then this process ends, not the command.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import msgspec
import pypdfium2 as pdfium

from tracker.intake.pdf import Answer
from tracker.intake.source import LINE_END, Line, Source, Unreadable, known

try:
    import resource
except ImportError:  # Windows has no such limit; that on time holds there too.
    resource = None  # type: ignore[assignment]  # typeshed knows one system at a time

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

_MOST_PAGES, _MOST_CHARACTERS, _MOST_BYTES = 2_000, 20_000_000, 1 << 30
_TAIL = 2048
_PART = "save the pages of the document as a file of their own"
# Where a word is parted at a line's end, the library writes this sign and leaves the line end out.
_PARTED = re.compile(r"[\ufffe\x02](?:\r\n|\n|\r)?")
_PAIR = re.compile(r"[\u0622\u0623\u0625\u0627]\u0644")


def main() -> None:
    """Answer for one file; its name is on the command line."""
    if resource:
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
    try:
        source = text_of(sys.argv[1], sys.stdin.buffer.read())
        answer = Answer(source.lines, source.unread)
    except Unreadable as refusal:
        answer = Answer(refused=(str(refusal), refusal.hint))
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))


def text_of(name: str, data: bytes) -> Source:
    """Read the text of a PDF; pages without any are listed as unread."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _unopened(name, data, str(error)) from None
    try:
        return _read(name, data, document)
    finally:
        document.close()


def _unopened(name: str, data: bytes, why: str) -> Unreadable:
    if "password" in why.lower():
        return Unreadable(f"{name} is protected by a password", "save it without: print it to a PDF, or get the .docx")
    if b"%PDF-" not in data[:1024]:
        return Unreadable(f"{name} is called .pdf but is no PDF", "download it again, or get the .docx")
    return _damaged(name)


def _damaged(name: str) -> Unreadable:
    return Unreadable(f"{name} is damaged or was cut short", "download it again, or get the .docx")


def _read(name: str, data: bytes, document: PdfDocument) -> Source:
    count = len(document)
    if count > _MOST_PAGES:
        raise Unreadable(f"{name} has {count} pages: no document is that long (at most {_MOST_PAGES} are read)", _PART)
    # The library mends a file without its end as well as it can, and loses pages without a word.
    if not count or b"%%EOF" not in data[-_TAIL:]:
        raise _damaged(name)
    pages = _page_texts(name, document, count)
    unread = tuple(page for page, text in enumerate(pages, 1) if not text.strip())
    if len(unread) == count:
        pages_are = "1 page" if count == 1 else f"{count} pages"
        raise Unreadable(
            f"{name} is a scan ({pages_are}, no text)",
            "recognise its text first (OCR), or take the .docx from the official site",
        )
    return Source(name, "pdf", tuple(_lines(pages)), (), unread)


def _page_texts(name: str, document: PdfDocument, count: int) -> list[str]:
    texts: list[str] = []
    left = _MOST_CHARACTERS
    for place in range(count):
        try:
            text = _page_text(document, place)
        except pdfium.PdfiumError:
            raise _damaged(name) from None
        left -= len(text)
        if left < 0:
            raise Unreadable(f"{name} holds more text than any document", _PART)
        texts.append(text)
    return texts


def _page_text(document: PdfDocument, place: int) -> str:
    page = document[place]
    try:
        text_page = page.get_textpage()
        text = _in_order(text_page, text_page.get_text_range())
    finally:
        page.close()
    return _PARTED.sub("-\n", text)


def _in_order(page: PdfTextPage, text: str) -> str:
    """Put lam and alef right where one sign stands for both: the library turns right-to-left text letter by letter."""
    if page.count_chars() != len(text):
        return text
    letters = list(text)
    for match in _PAIR.finditer(text):
        at = match.start()
        if _is_one_sign(page, at, len(text)):
            letters[at : at + 2] = reversed(letters[at : at + 2])
    return "".join(letters)


def _is_one_sign(page: PdfTextPage, at: int, length: int) -> bool:
    box = page.get_charbox(at)
    # One sign may also stand for a whole word, and that begins with alef.
    others = [page.get_charbox(other) for other in (at - 1, at + 2) if 0 <= other < length]
    return box == page.get_charbox(at + 1) and box not in others


def _lines(pages: list[str]) -> list[Line]:
    lines: list[Line] = []
    for page, text in enumerate(pages, 1):
        rows = LINE_END.split(text.rstrip("\r\n")) if text.strip() else [""]
        lines += [Line(number, known(row), page) for number, row in enumerate(rows, len(lines) + 1)]
    return lines


if __name__ == "__main__":
    main()
