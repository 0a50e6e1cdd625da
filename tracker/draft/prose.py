"""Texts of one language on their way into a draft: footnotes are numbered, what is missing is noted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.draft.titles import titles_of
from tracker.draft.view import Footnote, Note
from tracker.lang import formats, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.lang import Language
    from tracker.model import Entry, Text

# What Markdown would take for emphasis, a link, code or HTML.
_MARKS = re.compile(r"([\\`*_\[\]<>])")
# Up to where Markdown would take the beginning of a text for a list, a definition, a heading, a quotation, code,
# HTML or a line.
_OPENING = re.compile(
    r"\d{1,9}(?=[.)](\s|$))|\[[^\]]+\](?=:)"
    r"|(?=[-+*](\s|$)|#{1,6}(\s|$)|>|```|~~~|<[A-Za-z/!?]|([*_-])(\s*\4){2,}\s*$)"
)
# "Title #" would lose its last character in a heading.
_CLOSING = re.compile(r"(?<=\s)(?=#+$)")


class Prose:
    """Collects the footnotes and the missing texts of a draft while its texts are fetched in order."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        self.footnotes: list[Footnote] = []
        self.missing: list[Note] = []

    def text(self, text: Text, ref: str, what: str) -> str:
        """Return a text in the draft's language; a draft never falls back to another one."""
        if not text:
            return ""
        wording = text.get(self.lang.code, "")
        if not wording.strip():
            return self.placeholder(ref, what)
        # A line break in a text is where its writer broke a line; in Markdown it could begin anything.
        return self._numbered(self.joined([line.strip() for line in wording.split("\n")]))

    def plain(self, text: Text, ref: str, what: str) -> str:
        """Return a title or heading: plain text, in which Markdown's marks stand for themselves."""
        if not text.get(self.lang.code, "").strip():
            return self.text(text, ref, what)
        marked = _MARKS.sub(r"\\\1", " ".join(text[self.lang.code].split()))
        return _literal(_CLOSING.sub(r"\\", marked))

    def unknown(self, entry: str) -> str:
        """Return what stands in a draft for an entry that there is not, and note it."""
        self.missing.append(Note(entry, "entry", ""))
        return self.lang.word("entry_unknown", name=entry)

    def placeholder(self, ref: str, what: str) -> str:
        """Return what stands in a draft for a text that there is not, and note that it is missing."""
        self.missing.append(Note(ref, what, ""))
        return self.lang.word("text_missing", what=f"{ref}, {what}")

    def joined(self, parts: list[str]) -> str:
        """Put sentences one after the other, as the language does."""
        return str(self.lang.data["sentence_joiner"]).join(part for part in parts if part)

    def _numbered(self, text: str) -> str:
        made = ""
        for piece, footnote in _pieces(text):
            # "[^2]" is written by nobody but this draft.
            made += piece.replace("[^", r"\[^")
            if footnote:
                # No footnote has one of its own.
                note = _literal(footnote.replace("^[", r"^\[").replace("[^", r"\[^"))
                self.footnotes.append(Footnote(len(self.footnotes) + 1, note))
                made += f"[^{len(self.footnotes)}]"
        return _literal(made)


def _literal(text: str) -> str:
    """Return a text that is a paragraph in Markdown, whatever it begins with."""
    opening = _OPENING.match(text)
    return f"{opening.group()}\\{text[opening.end() :]}" if opening else text


def without_footnotes(text: str) -> str:
    """Return a text without its inline footnotes, for a table."""
    return "".join(piece for piece, _ in _pieces(text))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Split a text at each inline footnote `^[…]`, whose brackets may nest; an unclosed one is text."""
    while True:
        before, mark, rest = text.partition("^[")
        end = _closing(rest) if mark else -1
        if end < 0:
            yield text, ""
            return
        yield before, rest[:end].strip()
        text = rest[end + 1 :]


def _closing(text: str) -> int:
    depth = 1
    for at, character in enumerate(text):
        depth += {"[": 1, "]": -1}.get(character, 0)
        if depth == 0:
            return at
    return -1


def titled(entry: Entry, lang: Language) -> str:
    """Return an entry's title for the terminal or a note, with its date."""
    when = lang.word("when", date=formats.date(lang, entry.date)) if entry.date else ""
    return f"{shown(titles_of(entry), lang.code)}{when}"
