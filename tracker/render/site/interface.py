"""Words and texts in every language of the site at once: the page shows those of the language chosen.

A page holds each phrase once for each language, in elements named `in-CODE`; the style sheet shows
those of the page's language. So the switch needs no reload, and a page is readable without a script.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from tracker.lang import UnknownLanguageError, formats, language, pick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tracker.lang import Language
    from tracker.model import Text


class Interface:
    """The languages a reader can choose; the first is the one the site opens in."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.languages = [language(code) for code in dict.fromkeys(codes)]
        self.first = self.languages[0]

    def each(self, make: Callable[[Language], str]) -> Markup:
        """Return a phrase in every language; one that is the same in all stands once."""
        made = [(lang.code, escape(make(lang))) for lang in self.languages]
        if len({wording for _, wording in made}) == 1:
            return made[0][1]
        return Markup("".join(f"<in-{code}>{wording}</in-{code}>" for code, wording in made))  # noqa: S704  # escaped above

    def word(self, key: str, **values: object) -> Markup:
        """Return a phrase of the site; values that are phrases themselves take each its own language."""
        return self.each(lambda lang: phrase(lang, key, **values))

    @cache  # noqa: B019  # an interface lives as long as the one site it is made for
    def label(self, kind: str, name: str) -> Markup:
        """Return the wording of an id of a vocabulary."""
        return self.each(lambda lang: lang.label(kind, name))

    @cache  # noqa: B019  # as above
    def heading(self, kind: str, name: str) -> Markup:
        """Return a wording with a capital, where it stands alone."""
        return self.each(lambda lang: capital(lang.label(kind, name)))

    @cache  # noqa: B019  # as above
    def actor(self, name: str) -> Markup:
        """Return the name of a State, an organisation or a region."""
        return self.each(lambda lang: lang.actor(name))

    def actors(self, names: Iterable[str]) -> Markup:
        """Return several names as a sentence lists them."""
        listed = list(names)
        return self.each(lambda lang: lang.listed([lang.actor(name) for name in listed]))

    @cache  # noqa: B019  # as above
    def date(self, text: str | None) -> Markup:
        """Return a date as each language writes it; nothing for none."""
        return self.each(lambda lang: formats.date(lang, text)) if text else Markup("")

    def text(self, text: Text, make: Callable[[str, str], str] = lambda wording, _code: wording) -> Markup:
        """Return a text, in each language's version or in the nearest there is, tagged as what it is."""
        return self.each(lambda lang: shown(text, lang.code, make))


def phrase(lang: Language, key: str, **values: object) -> str:
    """Return a phrase of the site in one language, with its places filled in."""
    filled = {name: value(lang) if callable(value) else value for name, value in values.items()}
    if lang.direction == "rtl":
        # An id such as 2017-cnd-60 would be turned round piece by piece in a line that runs from the right.
        filled = {name: f"\u2068{value}\u2069" if isinstance(value, str) else value for name, value in filled.items()}
    text = lang.label("site", key)
    return text.format(**filled) if filled else text


def shown(text: Text, code: str, make: Callable[[str, str], str] = lambda wording, _code: wording) -> Markup:
    """Return a text in one language, or in another one and marked so."""
    wording, found = pick(text, code)
    made = escape(make(wording, found))
    if found == code:
        return made
    return Markup('<span class="tag">[{0}]</span> <span lang="{0}" dir="{1}">{2}</span>').format(
        found, direction(found), made
    )


def direction(code: str) -> str:
    """Return the direction a language is written in; of one without a file the browser tells by its letters."""
    try:
        return language(code).direction
    except UnknownLanguageError:
        return "auto"


def capital(text: str) -> str:
    """Return a wording with its first letter large."""
    return text[:1].upper() + text[1:]
