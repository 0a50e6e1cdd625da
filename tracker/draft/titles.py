"""What an entry is called in a list: its own title, else the first words of its summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.model import Entry, Text


def titles_of(entry: Entry) -> Text:
    """Return an entry's title in each language it has."""
    return {**{code: _first_words(text) for code, text in entry.summary.items()}, **entry.title}


def _first_words(text: str, at_most: int = 60) -> str:
    text = text.split("^[", 1)[0]
    if len(text) <= at_most:
        return text
    # Chinese has no spaces to cut at, and its characters are twice as wide.
    cut = text[:at_most].rsplit(" ", 1)[0] if " " in text[: at_most // 2] else text[: at_most // 2]
    return f"{cut.rstrip(',;:，；：、 ')}…"
