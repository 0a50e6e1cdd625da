"""The form that replies are collected on: its columns in six languages, and what tells a row again when it comes back.

Both sides need it: the workbook that is sent out, and the reading of the one that is returned.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize
from zlib import crc32

from tracker.lang import codes, language
from tracker.refs import printed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.lang import Language

FORMAT, VERSION = "tracker-collect", "1"
LOCKED = ("paragraph", "asked", "reported", "planned")
TYPED = (
    "activity",
    "type",
    "status",
    "date",
    "place",
    "countries",
    "partners",
    "figures",
    "result",
    "funding",
    "source",
)
HIDDEN = ("reference", "row", "check")
COLUMNS = (*LOCKED, *TYPED, *HIDDEN)
STATUSES = ("completed", "ongoing", "planned", "cancelled")
FACT = "fact"
_MARKS = re.compile(r"[*:：]+$")


def titles(lang: Language) -> dict[str, str]:
    """Return the titles of the columns in a language."""
    return dict(lang.data["collection"]["columns"])


def word(lang: Language, key: str, **values: object) -> str:
    """Return a phrase of the form, with its places filled in."""
    text = str(lang.data["collection"]["words"][key])
    return text.format(**values) if values else text


def status_words(lang: Language) -> dict[str, str]:
    """Return the words of the drop-down for the status, by what they stand for."""
    known = {name: lang.label("statuses", name) for name in STATUSES}
    return {**known, FACT: word(lang, "information")}


def label_of(mandate: str, number: str) -> str:
    """Return what a paragraph is called on the form: the resolution, and its number below; [2] for a second clause."""
    paragraph, _, clause = number.partition("#")
    return f"{mandate}\n{printed(paragraph)}" + (f" [{clause}]" if clause else "")


def plain(text: str) -> str:
    """Return a text as titles and words of a list are compared: no case, no spaces to spare, no colon after it."""
    return _MARKS.sub("", " ".join(normalize("NFKC", text).casefold().split())).strip()


@lru_cache
def columns_by_title() -> dict[str, str]:
    """Return the columns by their titles in every language."""
    found: dict[str, str] = {}
    for code in codes():
        for name, title in titles(language(code)).items():
            found.setdefault(plain(title), name)
    return found


@lru_cache
def sheets_by_name() -> dict[str, str]:
    """Return what the sheets of the form are for, by their names in every language."""
    named = ((code, name) for code in codes() for name in ("instructions", "reply", "other"))
    return {plain(language(code).data["collection"]["sheets"][name]): name for code, name in named}


@lru_cache
def words_by_label(kind: str) -> dict[str, str]:
    """Return the ids of a vocabulary, or the statuses, by what they are called in every language."""
    found: dict[str, str] = {}
    for code in codes():
        lang = language(code)
        known = status_words(lang) if kind == "statuses" else lang.data.get(kind, {})
        for name, label in known.items():
            found.setdefault(plain(str(label)), name)
            found.setdefault(plain(name), name)
    return found


def mark_of(text: str) -> str:
    """Return the mark by which a change to a text is seen; programs may wrap a text anew."""
    plain_text = " ".join(normalize("NFKC", text).split())
    return f"{crc32(plain_text.encode('utf-8')) & 0xFFFF:04x}"


def check_of(cells: Iterable[str]) -> str:
    """Return the marks of some cells, as of the locked ones of a row with its reference and number."""
    return " ".join(map(mark_of, cells))
