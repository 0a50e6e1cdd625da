"""Plain text, which must be UTF-8: any other encoding is named, not guessed at."""

from __future__ import annotations

import codecs
import re

from tracker.intake.source import LINE_END, Line, Source, Unreadable, known

# In GB 2312 a character is two bytes from A1 up, and the first of the common ones is B0 to D7.
_GB_PAIR = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_GB_COMMON = re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_BOMS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_SAVE_AS = "open it in Notepad and save it as UTF-8 (Save as, Encoding), or in Word and save it as .docx"
_SAMPLE = 65536


def read_text(name: str, data: bytes) -> Source:
    """Read UTF-8 text into lines; a form feed begins a page."""
    return Source(name, "text", tuple(text_lines(decoded(name, data))))


def text_lines(text: str) -> list[Line]:
    """Return the lines of a text. Only \\n, \\r\\n and \\r end one: editors count no others."""
    lines: list[Line] = []
    page = 1
    rows = LINE_END.split(text)
    for number, row in enumerate(rows, 1):
        pieces = row.split("\f")
        for at, piece in enumerate(pieces):
            page += at > 0
            # Before a form feed there is a line only if it has text; after the last line end there is none.
            last = at == len(pieces) - 1
            if piece or (last and number < len(rows)):
                lines.append(Line(number, known(piece), page))
    return lines


def decoded(name: str, data: bytes) -> str:
    """Decode UTF-8, with or without a mark at its start; refuse anything else by its name."""
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            raise Unreadable(f"{name} is text in {encoding}, not in UTF-8", _SAVE_AS)
    if b"\0" in data:
        raise _with_nulls(name, data[:_SAMPLE])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(name, data, error.start) from None
    if len(_CONTROL.findall(text)) * 100 > len(text):
        raise _binary(name)
    return text


def _binary(name: str) -> Unreadable:
    return Unreadable(
        f"{name} is not a text: it holds bytes that no text has",
        "save the document as .docx, .pdf, .html or UTF-8 text",
    )


def _with_nulls(name: str, sample: bytes) -> Unreadable:
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    readable = sum(character.isprintable() or character.isspace() for character in text) - text.count("\ufffd")
    # Latin letters, spaces and line ends have their empty byte on one side only.
    if min(even, odd) * 20 < max(even, odd) and readable * 20 > len(text) * 19:
        return Unreadable(f"{name} is text in UTF-16, not in UTF-8", _SAVE_AS)
    return _binary(name)


def _not_utf8(name: str, data: bytes, start: int) -> Unreadable:
    sample = data[max(0, start - _SAMPLE) : start + _SAMPLE]
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(character > "\x7f" for character in text) - bad
    if len(_CONTROL.findall(text)) * 100 > len(text):
        return _binary(name)
    if good > 10 * bad:
        line = len(LINE_END.split(data[:start].decode("utf-8", "replace")))
        return Unreadable(
            f"{name} is UTF-8 with a damaged character in line {line}", "correct that line, or download the file again"
        )
    return Unreadable(f"{name} is not in UTF-8: it seems to be {_guess(sample)}", _SAVE_AS)


def _guess(sample: bytes) -> str:
    high = sum(byte > 0x7F for byte in sample)
    letters = high + sum(chr(byte).isalpha() for byte in sample if byte <= 0x7F)
    pairs = len(_GB_PAIR.findall(sample))
    common = len(_GB_COMMON.findall(sample))
    if pairs * 2 > high * 0.8 and common > pairs * 0.8 and _is_gb18030(sample):
        return "Chinese in GB18030 (GBK)"
    if high * 5 < letters:
        return "in Windows-1252, the older encoding of western Windows"
    return "in an older encoding, such as Windows-1251, Windows-1256 or Big5"


def _is_gb18030(sample: bytes) -> bool:
    # A sample may begin and end in the middle of a character.
    text = sample.decode("gb18030", "replace")
    return text.count("\ufffd") * 50 < len(text)
