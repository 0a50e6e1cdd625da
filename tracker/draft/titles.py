"""What an entry is called in a list: its own title, else the first words of its summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.model import Entry, Text


def titles_of(entry: Entry) -> Text:
    """Return an entry's title in each language it has."""
    return {**{code: first_words(text) for code, text in entry.summary.items()}, **entry.title}


def first_words(text: str, at_most: int = 60) -> str:
    """Return the beginning of a text, cut between words; a footnote and what follows it are left out."""
    text = text.split("^[", 1)[0]
    if len(text) <= at_most:
        return text.rstrip(".。 ")
    cut = text[:at_most]
    # Chinese has no spaces to cut at, and its characters are twice as wide.
    cut = cut.rsplit(" ", 1)[0] if " " in cut[at_most // 2 :] else cut[: at_most // 2]
    return f"{cut.rstrip(',;:，；：、 ')}…"
