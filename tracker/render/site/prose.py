"""Summaries to HTML: their emphasis and footnotes, and nothing else; any HTML or link in them is text."""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from tracker.draft.prose import Prose
from tracker.lang import REFERENCE, codes, language

_MARK = re.compile(r"\[\^([0-9]+)\]")
# A text without any of these is the same with and without Markdown; most are.
_SPECIAL = re.compile(r"[*_\\]")


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    # Of the preset without any rule, only those of the marks people may write: no HTML, no links, no images.
    return MarkdownIt("zero").enable(["emphasis", "escape"])


def rendered(wording: str, code: str) -> Markup:
    """Return a summary as HTML, its footnotes as numbered notes under it."""
    prose = Prose(language(code if code in codes() else REFERENCE))
    text = prose.text({prose.lang.code: wording}, "", "")
    notes = {str(note.number): note.text for note in prose.footnotes}
    html = _MARK.sub(lambda match: _mark(match, notes), _inline(text))
    listed = Markup("").join(
        Markup('<span class="note"><sup>{}</sup> {}</span>').format(number, Markup(_inline(note)))  # noqa: S704  # as below
        for number, note in notes.items()
    )
    return Markup(html) + listed  # noqa: S704  # the renderer has escaped all but its own marks


def _mark(match: re.Match[str], notes: dict[str, str]) -> str:
    return f"<sup>{match[1]}</sup>" if match[1] in notes else match[0]


def _inline(text: str) -> str:
    if not _SPECIAL.search(text):
        return str(escape(text))
    return str(_markdown().renderInline(text))
