"""Names of States and organisations as somebody types them into a reply, in any of the six languages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.edit.names import actor
from tracker.intake.form import plain, words_by_label
from tracker.lang import codes, countries, language, vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

_COMMAS = r"[,，、،]"
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[\u3400-\u9fff]{2,}|[^\W\d_]{3,}")


def parted(text: str, known: Callable[[str], str]) -> list[str]:
    """Part names that are joined by commas, "and" in any language, a slash or the like, where all of them are known."""
    return _all_known(text, known, _joiners()) or [text]


def _all_known(text: str, known: Callable[[str], str], joiners: tuple[re.Pattern[str], ...]) -> list[str]:
    """Return the names that a text joins, or none where one of them is not known; names hold commas and "and" too."""
    if known(text):
        return [text]
    for place, joiner in enumerate(joiners, 1):
        parts = joiner.split(text)
        if len(parts) == 1:
            continue
        found: list[str] = []
        for part in map(str.strip, parts):
            inner = _all_known(part, known, joiners[place:])
            found += inner
            if not inner:
                break
        else:
            return found
    return []


@lru_cache
def _joiners() -> tuple[re.Pattern[str], ...]:
    words = (re.escape(str(language(code).data["list"]["last"])) for code in codes())
    return tuple(map(re.compile, (_COMMAS, *words, "/", "&", r"\+")))


@lru_cache(maxsize=1024)
def actor_of(text: str) -> str:
    """Return the id of an organisation or the code of a State named in any language; nothing for another name."""
    if text in vocabulary("organisations"):
        return text
    return words_by_label("organisations").get(plain(text), "") or country_of(text)


def likely(text: str) -> str:
    """Return the hint at the one country whose name in some language holds all words of a text: Tanzania, 老挝."""
    words = set(_WORD.findall(plain(text)))
    found = {code for code in countries() if words and any(_holds(name, words) for name in _names_of(code))}
    return f" (did you mean {found.pop()}?)" if len(found) == 1 else ""


def _holds(name: str, words: set[str]) -> bool:
    # Chinese does not part its words.
    held = set(_WORD.findall(name))
    return all(word in held or (_CHINESE.match(word) and word in name) for word in words)


@lru_cache(maxsize=300)
def _names_of(code: str) -> tuple[str, ...]:
    return tuple(plain(name) for key, name in countries()[code].items() if key != "code")


def country_of(text: str) -> str:
    """Return the code of a country, or the id of a region, named in any language; nothing for another name."""
    if text.upper() in countries():
        return text.upper()
    found = words_by_label("regions").get(plain(text), "") or actor(text)
    return found if found in countries() or found in vocabulary("regions") else ""
