"""Languages as data: one file a language, read on demand. `language("zh")` is the way in."""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

_FOLDER = Path(__file__).parent
# English is the reference: its ids are the vocabulary that other languages translate.
REFERENCE = "en"


class UnknownLanguageError(LookupError):
    """No file describes this language."""


class Language:
    """The words of one language; what it lacks is taken from English, since a word is better than an id."""

    def __init__(self, code: str, data: dict[str, Any]) -> None:
        self.code = code
        self.data = data
        self.name: str = data["name"]
        self.direction: str = data["direction"]
        self.verified = data["verified"] == "true"

    def word(self, key: str, **values: object) -> str:
        """Return a word or phrase of a report, with its places filled in."""
        text = str(self.data["words"].get(key) or language(REFERENCE).data["words"][key])
        return text.format(**values) if values else text

    def label(self, kind: str, name: str) -> str:
        """Return the wording of an id of a vocabulary, as `label("verbs", "urges")`; unknown ids stand as written."""
        known = self.data.get(kind, {}).get(name) or language(REFERENCE).data.get(kind, {}).get(name)
        return str(known or name)

    def country(self, code: str) -> str:
        """Return the United Nations' name of a country, or the code as written."""
        names = countries().get(code, {})
        return names.get(self.code) or names.get(REFERENCE) or code

    def actor(self, name: str) -> str:
        """Return the name of a State, an organisation or one of its parts, or a region."""
        if name.isupper():
            return self.country(name)
        for kind in ("organisations", "regions", "addressees"):
            if (known := self.label(kind, name)) != name:
                return known
        return name

    def listed(self, items: list[str]) -> str:
        """Join items as a sentence does, the last with "and"."""
        rule = self.data["list"]
        if len(items) < 2:
            return "".join(items)
        return str(rule["separator"].join(items[:-1]) + rule["last"] + items[-1])

    @cached_property
    def states_in_order(self) -> dict[str, int]:
        """The place of each country in English alphabetical order, which every language version keeps."""
        # Côte d'Ivoire stands before Croatia: accents do not count.
        ordered = sorted(countries(), key=lambda code: normalize("NFKD", countries()[code][REFERENCE]))
        return {code: place for place, code in enumerate(ordered)}


@lru_cache
def codes() -> tuple[str, ...]:
    """Return the codes of the languages there are files for."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


@lru_cache
def language(code: str) -> Language:
    """Read a language's file; raise `UnknownLanguageError` when there is none."""
    if code not in codes():
        raise UnknownLanguageError(code)
    return Language(code, read_data(_FOLDER / f"{code}.yaml"))


def read_data(path: Path) -> dict[str, Any]:
    """Read a file of language data, every scalar as text."""
    import yaml  # noqa: PLC0415 - which languages there are is asked far more often than what is in one

    # These files are our own and need no marks: the base loader does.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
    return data


@lru_cache
def countries() -> dict[str, dict[str, str]]:
    """Return the names of all countries by ISO 3166-1 alpha-3 code and language."""
    import csv  # noqa: PLC0415 - few commands name countries

    lines = (_FOLDER / "countries.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["code"]: row for row in rows}


def vocabulary(kind: str) -> list[str]:
    """Return the known ids of a vocabulary: types, verbs, addressees, organisations and so on."""
    return list(language(REFERENCE).data.get(kind, {}))


def pick(text: dict[str, str], code: str) -> tuple[str, str]:
    """Return a text in the language asked for, else in English, else in the first there is, and its language."""
    for candidate in (code, REFERENCE, *text):
        if text.get(candidate):
            return text[candidate], candidate
    return "", code


def shown(text: dict[str, str], code: str) -> str:
    """Return a text for the terminal, tagged `[zh]` when it is not in the language asked for."""
    wording, found = pick(text, code)
    return wording if found == code else f"[{found}] {wording}"
