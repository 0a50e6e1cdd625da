"""Texts of one language on their way into a draft: footnotes are numbered, what is missing is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.draft.titles import titles_of
from tracker.draft.view import Footnote, Note
from tracker.lang import formats, shown

if TYPE_CHECKING:
    from tracker.lang import Language
    from tracker.model import Entry, Text


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
        wording = text.get(self.lang.code, "").strip()
        if wording:
            return self._numbered(wording)
        placeholder = self.lang.word("text_missing", what=f"{ref}, {what}")
        self.missing.append(Note(ref, what, ""))
        return placeholder

    def joined(self, parts: list[str]) -> str:
        """Put sentences one after the other, as the language does."""
        return str(self.lang.data["sentence_joiner"]).join(part for part in parts if part)

    def _numbered(self, text: str) -> str:
        """Replace each inline footnote `^[…]` by its number; brackets may nest inside one."""
        before, mark, rest = text.partition("^[")
        if not mark:
            return text
        depth = 1
        for at, character in enumerate(rest):
            depth += {"[": 1, "]": -1}.get(character, 0)
            if depth == 0:
                number = len(self.footnotes) + 1
                self.footnotes.append(Footnote(number, rest[:at].strip()))
                return f"{before}[^{number}]{self._numbered(rest[at + 1 :])}"
        return text


def titled(entry: Entry, lang: Language) -> str:
    """Return an entry's title for the terminal or a note, with its date."""
    when = lang.word("when", date=formats.date(lang, entry.date)) if entry.date else ""
    return f"{shown(titles_of(entry), lang.code)}{when}"
