"""HTML cut into texts and tags, in one pass: a page may be broken or malicious, and time stays in proportion to it.

The parsers at hand take hours over a few megabytes of unclosed tags.
"""

from __future__ import annotations

import codecs
import html
import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.text import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is read is always used up, even of a tag that never ends: no part of the page is looked at twice.
_TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)((?:[^<>=]++|=\s*+(?:\"[^\"]{0,2000}\"|'[^']{0,2000}')|=)*+)>?", re.DOTALL
)
_ATTRIBUTE = re.compile(r"(?<![\w:-])([a-zA-Z][\w:-]{0,20}+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
_LONGEST_ATTRIBUTES = 4000
_RAW = {"script", "style", "title", "textarea", "template", "noscript", "iframe", "xmp"}
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([a-z0-9_-]+)|<\?xml[^>]{0,200}encoding=[\"']([a-z0-9_-]+)", re.IGNORECASE
)
# Encodings that are made of bytes and take no longer for odd ones; a page that says UTF-16 in ASCII is not.
_KNOWN = re.compile(
    r"(?:windows-|cp)125[0-8]|iso-8859-[0-9]{1,2}|gb(?:2312|k|18030)|big5|shift_jis|euc-(?:jp|kr)|koi8-[ru]"
)
_AS_BROWSERS_DO = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "windows-1252"}


class Tag(NamedTuple):
    """A tag as written; names in small letters."""

    name: str
    closes: bool
    attributes: dict[str, str]


def decoded_html(name: str, data: bytes) -> str:
    """Decode a page by its first bytes or by what it says of itself, else as UTF-8."""
    for bom, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    match = None if data.startswith(codecs.BOM_UTF8) else _CHARSET.search(data[:4096])
    said = (match[1] or match[2]).decode("ascii").lower() if match else ""
    if _KNOWN.fullmatch(said) and not _is_utf8(data):
        return data.decode(_AS_BROWSERS_DO.get(said, said), "replace")
    return decoded(name, data)


def _is_utf8(data: bytes) -> bool:
    # Pages saved by a browser are UTF-8, whatever they go on saying.
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def tokens(text: str) -> Iterator[str | Tag]:
    """Return texts, with entities resolved, and tags; comments, declarations, scripts and styles are left out."""
    at = 0
    while at < len(text):
        start = text.find("<", at)
        if start != at:
            yield _resolved(text[at : start if start >= 0 else len(text)])
        if start < 0:
            return
        match = _TAG.match(text, start)
        if match is None:
            at = _after_other(text, start)
            if at == start + 1:
                yield "<"
            continue
        at = match.end()
        tag = Tag(match[2].lower(), bool(match[1]), _attributes(match[3]))
        if tag.name in _RAW and not tag.closes:
            end = re.compile(f"</{tag.name}", re.IGNORECASE).search(text, at)
            at = end.start() if end else len(text)
        yield tag


def _after_other(text: str, start: int) -> int:
    """Return where a comment or declaration ends; just after the < where it is neither."""
    for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">"), ("</", ">")):
        if text.startswith(opening, start):
            end = text.find(closing, start + len(opening))
            return len(text) if end < 0 else end + len(closing)
    return start + 1


def _resolved(text: str) -> str:
    try:
        return html.unescape(text)
    except ValueError:  # a number of thousands of digits
        return text


def _attributes(written: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written[:_LONGEST_ATTRIBUTES]):
        found.setdefault(match[1].lower(), _resolved(match[2] or match[3] or match[4] or "").strip())
    return found
