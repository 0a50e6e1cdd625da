"""How paragraphs and sessions are called, and what a paragraph asks in short, in the words of each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker import refs
from tracker.draft.titles import first_words
from tracker.lang import formats
from tracker.render.site.interface import phrase

if TYPE_CHECKING:
    from markupsafe import Markup

    from tracker.lang import Language
    from tracker.model import Text, Unit
    from tracker.render.site.interface import Interface


def numbered(number: str, words: Interface) -> Markup:
    """Name a paragraph: "Paragraph 3 (a)", "Paragraph 1, request 2"; a part or an annex by its own label."""
    paragraph, _, clause = number.partition("#")
    return words.each(lambda lang: _numbered(refs.printed(paragraph), clause, lang))


def _numbered(paragraph: str, clause: str, lang: Language) -> str:
    if clause:
        return phrase(lang, "request_of", number=paragraph, clause=clause)
    if "~" in paragraph:
        return phrase(lang, "number_unknown", number=paragraph)
    return phrase(lang, "paragraph", number=paragraph) if paragraph[:1].isdigit() else paragraph


def request(unit: Unit, words: Interface) -> Markup:
    """Return who asks what way of whom: "Requests United Nations Office on Drugs and Crime"."""
    return words.each(lambda lang: opening(unit, lang))


def opening(unit: Unit, lang: Language) -> str:
    """Return a paragraph's verb and those it goes to, in one language."""
    verb = lang.label("verbs", unit.verb) if unit.verb else ""
    asked = lang.listed([lang.label("addressees", name) for name in unit.addressees])
    return str(lang.data["sentence_joiner"]).join(part for part in (verb, asked) if part)


def said_in_short(unit: Unit, parents_text: Text) -> Text:
    """Return what a list prints of a paragraph: its gist or heading, else the first words of its text."""
    if unit.gist or unit.heading:
        return unit.gist or unit.heading
    return {code: first_words(text, 120) for code, text in (unit.text or parents_text).items()}


def session_of(words: Interface, body: str, number: int) -> Markup:
    """Name the body and session a report goes to."""
    return words.each(lambda lang: _session(lang, body, number))


def _session(lang: Language, body: str, number: int) -> str:
    # Where sentences follow without a space, as in Chinese, so does the session its body.
    between = lang.data["sentence_joiner"] and lang.data["list"]["separator"]
    return f"{lang.label('bodies', body)}{between}{formats.session(lang, number)}"
