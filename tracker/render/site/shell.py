"""What all pages of a site share: the templates and their words, and the head, navigation and foot, made once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape

from tracker.draft.templates import built_in
from tracker.lang import formats
from tracker.render.site import charts, links

if TYPE_CHECKING:
    from markupsafe import Markup

    from tracker.render.site.content import Content
    from tracker.render.site.interface import Interface

# Where a page's own parts go; no text can hold it, since neither YAML nor HTML may.
_GAP = "\0"


class Shell:
    """Puts the main part of each page into what is the same on all of them."""

    def __init__(self, content: Content) -> None:
        self._environment = _environment(content)
        self._around: dict[tuple[str, bool], list[str]] = {}

    def page(self, path: str, template: str, named: str, **context: Any) -> bytes:  # noqa: ANN401  # as templates take it
        """Return a whole page, named so in the browser until its script takes the heading in the language chosen."""
        root = "../" * path.count("/")
        overview = template == "index"
        main = self._environment.get_template(f"{template}.html.j2").render(root=root, **context)
        # The list of the overview is drawn by a script, which may need any of them.
        patterns = charts.patterns() if overview else charts.patterns_of(main)
        head, top, middle, foot = self._parts(root, overview=overview)
        html = "".join((head, escape(named), top, patterns, middle, main, foot))
        return html.encode("utf-8", errors="replace")

    def _parts(self, root: str, *, overview: bool) -> list[str]:
        if (root, overview) not in self._around:
            shared = self._environment.get_template("page.html.j2").render(root=root, overview=overview, gap=_GAP)
            self._around[root, overview] = shared.split(_GAP)
        return self._around[root, overview]


def _environment(content: Content) -> Environment:
    words = content.interface
    environment = Environment(
        loader=FileSystemLoader(built_in("site")),
        undefined=StrictUndefined,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "languages": words.languages,
        "first": words.first,
        "w": cache(words.word),
        "label": words.label,
        "heading": words.heading,
        "date": words.date,
        "and_more": lambda count: words.each(lambda lang: lang.word("and_more", count=count)),
        "number": lambda count: words.each(lambda lang: formats.count(lang, count)),
        "in_paragraph": cache(
            lambda number: words.each(lambda lang: lang.word("paragraph_in", report="", number=number))
        ),
        "page": links.page,
        "swatch": charts.swatch,
        "content": content,
        "entity": content.entity_in,
        "reports_shown": frozenset(brief.id for brief in content.briefs),
    }
    return environment


def _in_paragraph(words: Interface, number: str | int) -> Markup:
    """Return what follows a document's name to say where in it: ", paragraph 3"."""
    return words.each(lambda lang: lang.word("paragraph_in", report="", number=number))
