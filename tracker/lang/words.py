"""A text to the words by which it is compared with others of its language: data, not code, says which and how."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import combining, normalize

from tracker.lang import read_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_FOLDER = Path(__file__).parent / "search"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Accents and vowel marks may stand as characters of their own inside a word.
_MARKS = "\u0300-\u036f\u064b-\u0655"
_PIECES = re.compile(rf"[{_HAN}]+|(?:[^\W\d_{_HAN}][{_MARKS}]*)+")
# A word of an alphabet weighs as much as a Chinese character; abbreviations stand in Latin letters everywhere.
_SCRIPTS = {
    "latin": re.compile("[A-Za-z\u00c0-\u024f]+"),
    "han": re.compile(rf"[{_HAN}]"),
    "arabic": re.compile("[\u0600-\u06ff]+"),
    "cyrillic": re.compile("[\u0400-\u04ff]+"),
}


class Word(NamedTuple):
    """A word as it is compared, and where it stands in its text."""

    key: str
    start: int
    end: int


class Words:
    """How one language's words are compared; a language without a file compares them as they stand."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.script: str = data.get("script", "latin")
        self._stop = frozenset(map(_plain, data.get("stop", ())))
        self._prefixes = _longest_first(data.get("prefixes", ()))
        self._endings = _longest_first(data.get("endings", ()))
        self._shortest = int(data.get("shortest", 0))

    def of(self, text: str) -> Iterator[Word]:
        """Yield the words of a text that say something; of Chinese, every two characters that stand together."""
        for piece in _PIECES.finditer(text):
            found = piece.group()
            if _SCRIPTS["han"].match(found):
                yield from self._pairs(found, piece.start())
            elif len(key := self._key(_plain(found))) > 1:
                yield Word(key, piece.start(), piece.end())

    def count_of_stop_words(self, text: str) -> int:
        """Tell how many words of a text are this language's small words."""
        return sum(_plain(piece) in self._stop for piece in _PIECES.findall(text))

    def _pairs(self, run: str, start: int) -> Iterator[Word]:
        for part in self._between_stop_words.finditer(run):
            for at in range(part.start(), part.end() - 1):
                yield Word(run[at : at + 2], start + at, start + at + 2)

    @cached_property
    def _between_stop_words(self) -> re.Pattern[str]:
        stop = "|".join(map(re.escape, _longest_first(self._stop)))
        return re.compile(f"(?:(?!{stop}).)+" if stop else ".+")

    def _key(self, word: str) -> str:
        if word in self._stop:
            return ""
        word = word.removeprefix(self._longest(self._prefixes, word, word.startswith))
        return word.removesuffix(self._longest(self._endings, word, word.endswith))

    def _longest(self, parts: Iterable[str], word: str, has: Callable[[str], bool]) -> str:
        """Return the longest part that a word has and can lose."""
        return next((part for part in parts if has(part) and len(word) - len(part) >= self._shortest), "")


def _plain(word: str) -> str:
    """Write a word in small letters without accents, so that spellings of it are one."""
    return "".join(letter for letter in normalize("NFKD", word.casefold()) if not combining(letter))


def _longest_first(parts: Any) -> list[str]:  # noqa: ANN401
    return sorted(map(_plain, parts), key=len, reverse=True)


@lru_cache
def words_of(code: str) -> Words:
    """Read how a language's words are compared."""
    path = _FOLDER / f"{code}.yaml"
    if not path.is_file():
        return Words({})
    return Words(read_data(path))


def language_of(text: str) -> str:
    """Tell a text's language by its script, and among languages of one script by their small words."""
    script = max(_SCRIPTS, key=lambda name: len(_SCRIPTS[name].findall(text)))
    # English first: it is meant where nothing tells.
    codes = sorted((path.stem for path in _FOLDER.glob("*.yaml")), key=lambda code: (code != "en", code))
    candidates = [code for code in codes if words_of(code).script == script]
    return max(candidates, key=lambda code: words_of(code).count_of_stop_words(text), default="en")
