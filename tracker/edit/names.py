"""Names as a person types them to the names that files hold: a country to its code, a summary to an id."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from tracker import lang
from tracker.edit.change import EditError
from tracker.problems import nearest, offer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tracker.model import Names

_IN_BRACKETS = re.compile(r"\s*[(（].*?[)）]")
_WORD = re.compile(r"[a-z]{4,}")
# Words that tell one summary from no other.
_COMMON = frozenset(("with", "from", "that", "this", "were", "have", "been", "their", "more", "than", "which", "after"))
_SCRIPTS = {
    "zh": re.compile(r"[\u3400-\u9fff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
}


def country(text: str, known: Collection[str] = ()) -> str:
    """Return the code of a country named by code or in any language, or a region as it stands."""
    if text in known or text in lang.vocabulary("regions"):
        return text
    if text.upper() in lang.countries():
        return text.upper()
    codes = _by_name().get(_plain(text), ())
    if len(codes) == 1:
        return codes[0]
    near = nearest(_plain(text), _by_name(), 1)
    # Three letters are more likely a code than a name.
    alike = nearest(text, lang.countries()) if len(text) <= 3 else nearest(text, lang.vocabulary("regions"), 1)
    likely = codes or dict.fromkeys((*alike, *(code for name in near for code in _by_name()[name])))
    hint = offer(_shown(one) for one in likely)
    told = "is the name of more than one country" if codes else "is no country and no known region"
    raise EditError(
        f"{text} {told}", hint or "a country is its three letters of ISO 3166-1 or its name, as KEN or Kenya"
    )


def actor(text: str) -> str:
    """Return the code of a State that is named in full; organisations and regions stand as written."""
    codes = _by_name().get(_plain(text), ())
    return codes[0] if len(codes) == 1 else text


def _shown(name: str) -> str:
    return f"{name} ({lang.countries()[name][lang.REFERENCE]})" if name in lang.countries() else name


def _plain(name: str) -> str:
    """Return a name without case, accents, hyphens and curled apostrophes."""
    bare = "".join(sign for sign in normalize("NFKD", name) if not 0x300 <= ord(sign) < 0x370)
    return " ".join(bare.replace("-", " ").replace("’", "'").casefold().split())


@lru_cache
def _by_name() -> dict[str, tuple[str, ...]]:
    """Return the codes by every name in every language, also without what stands in brackets."""
    found: dict[str, set[str]] = {}
    for code, row in lang.countries().items():
        for language, name in row.items():
            if language != "code":
                for form in (name, _IN_BRACKETS.sub("", name)):
                    found.setdefault(_plain(form), set()).add(code)
    return {name: tuple(sorted(codes)) for name, codes in found.items() if name}


def id_for(kind: str, summary: str, date: str, taken: Collection[str], ours: Iterable[str]) -> str:
    """Make an id of the type, the telling words of the summary and the year; where it has no Latin words, of the rest.

    The names of the reporting organisation tell nothing, since it is in every summary.
    """
    slug = "-".join(re.findall(r"[a-z0-9]+", kind.lower())) or "entry"
    dull = _COMMON.union(*(re.findall(r"[a-z]+", name) for name in ours))
    latin = "".join(sign for sign in normalize("NFKD", summary) if not 0x300 <= ord(sign) < 0x370).lower()
    words = [word for word in dict.fromkeys(_WORD.findall(latin)) if word not in dull and word[:4] != slug[:4]]
    year = re.match(r"[0-9]{4}", date)
    parts = [slug, *words[:3], *([year.group()] if year else [])]
    name = "-".join(parts)
    if len(parts) == 1 or name in taken:
        number = 1 if len(parts) == 1 else 2
        while f"{name}-{number}" in taken:
            number += 1
        return f"{name}-{number}"
    return name


def language_of(text: str, languages: Names) -> str:
    """Return the first of a report's languages whose script a text is written in."""
    script = next((code for code, signs in _SCRIPTS.items() if signs.search(text)), None)
    fitting = [code for code in languages if (code == script if script else code not in _SCRIPTS)]
    if fitting:
        return fitting[0]
    raise EditError(
        f"{text!r} is in none of the languages of the report: {', '.join(languages)}", "name its own, as --language zh"
    )
