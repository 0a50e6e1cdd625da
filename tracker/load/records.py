"""Values to records, with every problem of a file at once.

The fast path converts and is done. Only when that fails does a second walk follow the record types
through the values: it accepts a plain string where a text in several languages may stand, and
reports every unknown key, missing field and wrong type with its path.
"""

from __future__ import annotations

from enum import EnumType
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin

import msgspec

from tracker.problems import did_you_mean

Path = tuple[str | int, ...]
R = TypeVar("R")


class Finding(NamedTuple):
    """A value that does not fit its record; `on_key` when the key itself is what is wrong."""

    path: Path
    code: str
    message: str
    hint: str = ""
    on_key: bool = False


def to_record(value: Any, kind: type[R], language: str) -> tuple[R | None, list[Finding]]:
    """Convert a value; plain strings become texts in `language`. Without a record, there are findings."""
    try:
        return _that_says_something(msgspec.convert(value, kind, strict=False))
    except msgspec.ValidationError:
        walk = _Walk(language)
        shaped = walk.value(value, kind, ())
        if walk.findings:
            return None, walk.findings
    try:
        return _that_says_something(msgspec.convert(shaped, kind, strict=False))
    except msgspec.ValidationError as error:
        return None, [Finding((), "wrong-type", str(error))]


def _that_says_something(record: R) -> tuple[R | None, list[Finding]]:
    """Refuse a record with an empty text or list where it must hold something: it would print nothing, in silence."""
    needed = _NEVER_EMPTY.get(type(record).__name__, ())
    empty = [name for name in needed if not getattr(record, name)]
    if empty:
        return None, [Finding((name,), "missing-field", f"{name} says nothing", _NEEDED[name]) for name in empty]
    return record, []


class _Walk:
    def __init__(self, language: str) -> None:
        self.findings: list[Finding] = []
        self._language = language

    def value(self, value: Any, kind: Any, path: Path) -> Any:
        origin = get_origin(kind)
        if origin is Annotated:
            return self._text(value, path)
        if origin in (Union, UnionType):
            inner = next(option for option in get_args(kind) if option is not type(None))
            return self.value(value, inner, path)
        if origin is tuple:
            return self._list(value, get_args(kind)[0], path)
        if origin is dict:
            return self._map(value, path)
        if origin is Literal or isinstance(kind, EnumType):
            return self._one_of(value, [str(choice) for choice in (get_args(kind) or kind)], path)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            return self._record(value, kind, path)
        return self._scalar(value, kind, path)

    def _record(self, value: Any, kind: type[msgspec.Struct], path: Path) -> Any:
        if not isinstance(value, dict):
            self._wrong(path, f"{_name(path)} must be a map of fields", "indent its fields below it, as key: value")
            return value
        fields = {field.name: field for field in msgspec.structs.fields(kind)}
        written = [name for name in fields if name not in FILLED.get(kind.__name__, ())]
        for key in value.keys() - fields.keys():
            hint = _not_as_it_looks(key) or did_you_mean(key, written) or f"known here: {', '.join(written)}"
            self.findings.append(Finding((*path, key), "unknown-key", f"unknown key {key}", hint, on_key=True))
        for name, field in fields.items():
            if field.required and name not in value:
                what = value.get("id") if isinstance(value.get("id"), str) else _name(path, kind)
                self.findings.append(Finding(path, "missing-field", f"{what} has no {name}", _NEEDED.get(name, "")))
        return {
            key: self.value(inner, fields[key].type, (*path, key)) if key in fields else inner
            for key, inner in value.items()
        }

    def _text(self, value: Any, path: Path) -> Any:
        if isinstance(value, str):
            return {self._language: value}
        return self._map(value, path, "a text, or a map from language to text")

    def _map(self, value: Any, path: Path, what: str = "a map, as {key: value}") -> Any:
        if not isinstance(value, dict):
            self._wrong(path, f"{_name(path)} must be {what}")
            return value
        for key, inner in value.items():
            if not isinstance(inner, str):
                self._wrong((*path, key), f"{_name((*path, key))} must be plain text")
        return value

    def _list(self, value: Any, kind: Any, path: Path) -> Any:
        if not isinstance(value, list):
            hint = f"write {path[-1]}: [{value}]" if isinstance(value, str) and path else "begin each item with a dash"
            self._wrong(path, f"{_name(path)} must be a list", hint)
            return value
        return [self.value(inner, kind, (*path, index)) for index, inner in enumerate(value)]

    def _one_of(self, value: Any, choices: list[str], path: Path) -> Any:
        if value not in choices:
            hint = did_you_mean(str(value), choices) or f"one of {', '.join(choices)}"
            self._wrong(path, f"{_name(path)} cannot be {_shown(value)}", hint)
        return value

    def _scalar(self, value: Any, kind: type, path: Path) -> Any:
        if not isinstance(value, str):
            self._wrong(path, f"{_name(path)} must be {_WANTED[kind]}")
            return value
        try:
            msgspec.convert(value, kind, strict=False)
        except msgspec.ValidationError:
            self._wrong(path, f"{_name(path)} must be {_WANTED[kind]}, not {_shown(value)}")
        return value

    def _wrong(self, path: Path, message: str, hint: str = "") -> None:
        self.findings.append(Finding(path, "wrong-type", message, hint))


# Fields that the loader takes from the name of the file or folder: nobody writes them.
FILLED = {"Mandate": ("id",), "Brief": ("id",), "Document": ("id",), "Entry": ("cycle",)}
_NEVER_EMPTY = {"Mandate": ("title", "languages"), "Brief": ("title", "languages"), "Entry": ("summary",)}
_NEEDED = {
    "type": "say what kind of activity or fact it is, as type: training",
    "summary": "add the sentence the report prints, as summary: {en: …}",
    "title": "add a title, as title: {en: …}",
    "number": "every paragraph has a number; where it is not known, ~a, ~b",
    "id": "give it a name of its own, as id: mock-trial-senegal-2013",
    "languages": "add the languages of the report, as languages: [en]",
    "mandates": "add what it reports on, as mandates: [ga-66-177]",
    "period": "add the time it covers, as period: 2012-01-01/2013-03-31",
    "entity": "add whose requests are ours, as entity: {name: unodc, addressed_as: [unodc]}",
    "session": "add the session it goes to, as session: {number: 22}",
    "to": "add the body it goes to, as to: ccpcj",
}
_WANTED = {str: "plain text", int: "a whole number", bool: "true or false"}


def _not_as_it_looks(key: str) -> str:
    """Return what to do about a key that looks right, and holds a letter of another script or one nobody sees."""
    if key.isascii():
        return ""
    from tracker.lang.characters import INVISIBLE, called, differing, twin  # noqa: PLC0415 - hardly any key needs it

    if hidden := INVISIBLE.search(key):
        return f"it holds {called(hidden[0])}, which is invisible: type {INVISIBLE.sub('', key)} again"
    plain = twin(key)
    return f"it holds {called(differing(key, plain))}: type {plain} again" if plain else ""


def _name(path: Path, kind: type[msgspec.Struct] | None = None) -> str:
    words = [str(step) for step in path if isinstance(step, str)]
    if path and isinstance(path[-1], int):
        return f"item {path[-1] + 1} of {words[-1]}" if words else f"item {path[-1] + 1}"
    if words:
        return words[-1]
    return f"the {kind.__name__.lower()}" if kind else "the file"


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else "a list or map"
    return repr(text if len(text) <= 40 else text[:39] + "…")
