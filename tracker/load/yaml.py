"""YAML text to plain values, built from the parser's events.

Every scalar stays text, so that the country code NO, the date 2012 and the number 1:30 arrive as
written. What makes a file mean something other than it says is refused: aliases, tags, duplicate
keys, a second document. Keys without a value are left out, as if they had not been written.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_DEEPEST = 60
_SAVE = "save it again with the encoding UTF-8"
# Terminals obey control characters and Word files cannot hold them; only a quoted text can write one.
_PRINTABLE = re.compile(r"[^\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]*").fullmatch
# libyaml counts these as line breaks and editors do not: every later line number would be wrong.
_STRANGE_BREAKS = {"\x85": "U+0085", "\u2028": "U+2028", "\u2029": "U+2029"}

Path = tuple[str | int, ...]


class Flaw(NamedTuple):
    """Something in the text that YAML or this project does not allow; line and column from 1."""

    line: int
    column: int
    code: str
    message: str
    hint: str = ""


class Mark(NamedTuple):
    """Where a value, and the key it stands under, begin; from 1."""

    line: int
    column: int
    key_line: int
    key_column: int


class Parsed(NamedTuple):
    """The values of a file, its flaws, where asked for the mark of each value, and the keys without a value."""

    value: Any
    flaws: list[Flaw]
    marks: dict[Path, Mark]
    blanks: list[tuple[int, int, str]]


def decode(data: bytes) -> tuple[str, list[Flaw]]:
    """Read a file's bytes as UTF-8, with or without a byte order mark."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:2]:
        return "", [Flaw(1, 1, "syntax", "the file is UTF-16, not UTF-8 text", _SAVE)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", errors="replace")
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        message = "the file is not UTF-8 text from here on"
        return "", [Flaw(line, column, "syntax", message, _SAVE)]
    for strange, name in _STRANGE_BREAKS.items():
        at = text.find(strange)
        if at >= 0:
            line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
            hint = "it is invisible: delete the character between the words and type a space"
            return "", [Flaw(line, column, "syntax", f"a line separator {name} stands here", hint)]
    return text, []


def place_of(marks: dict[Path, Mark], path: Path, *, on_key: bool = False) -> tuple[int, int]:
    """Return the line and column of a value, or of the nearest one around it; of its key where asked for."""
    for length in range(len(path), 0, -1):
        mark = marks.get(path[:length])
        if mark:
            return mark[2:] if on_key or length < len(path) else mark[:2]
    return 1, 1


def parse(text: str, *, marked: bool = False) -> Parsed:
    """Build the values of one YAML document; with `marked`, remember where each stands."""
    builder = _Builder(marked=marked)
    try:
        value = builder.document(text)
    except yaml.MarkedYAMLError as error:
        # A quote that is never closed is reported where it opens: the end of the file tells nothing.
        opened = "end of stream" in (error.problem or "") and error.context_mark is not None
        mark = error.context_mark if opened else error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        lines = text.splitlines()
        before = lines[line - 1][:column] if line <= len(lines) else ""
        message, hint = _in_plain_words(error.problem or str(error), before)
        builder.flaws.append(Flaw(line, column, "syntax", message, hint))
        value = None
    except yaml.YAMLError as error:
        builder.flaws.append(Flaw(*_place_in(text, error), "syntax", _reason(error)))
        value = None
    return Parsed(value, builder.flaws, builder.marks, builder.blanks)


_NO_ESCAPE = ("a backslash in double quotes begins an escape, and this is none", "put the text in single quotes")
_PLAIN_WORDS = {
    "mapping values are not allowed": (
        "this line is indented deeper than the lines above it allow",
        "begin it below the key above",
    ),
    "end of stream": ("what begins here is never closed", "close the quote or bracket"),
    "did not find expected ',' or": (
        "this bracket or brace is not read as it looks",
        "quote a text in braces that holds a comma or a bracket",
    ),
    "did not find expected key": (
        "this line does not fit the lines above it",
        "check its indentation, and the quotes above it",
    ),
    "expected <block end>": (
        "this line does not fit the lines above it",
        "check its indentation, and the quotes above it",
    ),
    "invalid Unicode character escape code": (
        "this escape stands for no character",
        "type the character itself",
    ),
    "unknown escape character": _NO_ESCAPE,
    "hexdecimal number": _NO_ESCAPE,
    "directive": ("a directive (%) stands here", "delete it, or put a text that begins with % in quotes"),
    "incompatible YAML document": ("this version of YAML is not known", "delete the line %YAML"),
    "expected <document start>": ("a second document begins here", "a file holds one: delete the line ..."),
}


def _in_plain_words(problem: str, before: str) -> tuple[str, str]:
    if "mapping values are not allowed" in problem and ": " in before:
        return "a colon followed by a space stands inside a text", "put the text in quotes"
    if "tab" in problem or before.lstrip(" ").startswith("\t"):
        return "a tab stands where the line is indented", "indent with spaces"
    if "cannot start any token" in problem:
        return f"YAML: {problem}", "indent with spaces, not tabs; quote a text that begins with a special character"
    return next((said for known, said in _PLAIN_WORDS.items() if known in problem), (f"YAML: {problem}", ""))


def _place_in(text: str, error: yaml.YAMLError) -> tuple[int, int]:
    at = getattr(error, "position", None)
    if not isinstance(at, int) or at > len(text):
        return 1, 1
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _reason(error: yaml.YAMLError) -> str:
    character = getattr(error, "character", None)
    if isinstance(character, int):
        return f"the character U+{character:04X} is not allowed in YAML"
    return f"YAML: {error}"


def _visible(text: str) -> str:
    from tracker.lang.characters import visible  # noqa: PLC0415 - hardly any file needs it

    return visible(text)


class _Builder:
    def __init__(self, *, marked: bool) -> None:
        self.flaws: list[Flaw] = []
        self.marks: dict[Path, Mark] = {}
        self.blanks: list[tuple[int, int, str]] = []
        self._marked = marked

    def document(self, text: str) -> Any:
        self._text = text
        self._next = _Parser(text).get_event
        self._next()
        event = self._next()
        if type(event) is not DocumentStartEvent:
            return None
        value = self._value(self._next(), ())
        self._next()
        event = self._next()
        if type(event) is DocumentStartEvent:
            self._flaw(event, "syntax", "a second document begins here", "a file holds one: delete the line ---")
        return value

    def _value(self, event: Any, path: Path) -> Any:
        if type(event) is ScalarEvent:
            if event.tag is not None or event.anchor is not None:
                self._refuse(event)
            value = self._words(event)
            return None if event.implicit[0] and value in _NOTHING and not event.style else value
        if type(event) is AliasEvent:
            self._refuse(event)
            return None
        if event.tag is not None or event.anchor is not None:
            self._refuse(event)
        if len(path) > _DEEPEST:
            mark = event.start_mark
            raise yaml.MarkedYAMLError(problem=f"nested more than {_DEEPEST} deep", problem_mark=mark)
        return self._mapping(path) if type(event) is MappingStartEvent else self._sequence(path)

    def _words(self, event: Any) -> str:
        words: str = event.value
        if event.style != '"' or _PRINTABLE(words):
            return words
        self._flaw(event, "syntax", "a control character is written here", "delete the escape, as \\e or \\0")
        # What is said of this file goes to a terminal.
        return _visible(words)

    def _mapping(self, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        seen: dict[str, int] = {}
        while type(event := self._next()) is not MappingEndEvent:
            if type(event) is not ScalarEvent:
                problem = "a key must be a word, not a list or map"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
            if event.tag is not None or event.anchor is not None:
                self._refuse(event)
            key = self._words(event)
            inside = (*path, key)
            if key in seen:
                hint = f"it stands already in line {seen[key]}: keep one of the two"
                self._flaw(event, "duplicate-key", f"the key {key} stands twice in one map", hint)
            mark: Any = event.start_mark
            seen[key] = mark.line + 1
            following = self._next()
            if self._marked:
                self._mark(inside, following, event)
            value = self._value(following, inside)
            if value is not None:
                values[key] = value
                continue
            self.blanks.append((mark.line + 1, mark.column + 1, key))
            if ":" not in self._text[mark.index : following.start_mark.index]:
                # {en: Courses, and a manual}: the comma ended the text, and the rest looks like a key.
                hint = "put a text with a comma in quotes" if path else "write key: value"
                self._flaw(event, "syntax", f"{key!r} has no colon and no value", hint)
        return values

    def _sequence(self, path: Path) -> list[Any]:
        values: list[Any] = []
        while type(event := self._next()) is not SequenceEndEvent:
            inside = (*path, len(values))
            if self._marked:
                self._mark(inside, event, event)
            values.append(self._value(event, inside))
        return values

    def _mark(self, path: Path, value: Any, key: Any) -> None:
        at, key_at = value.start_mark, key.start_mark
        self.marks[path] = Mark(at.line + 1, at.column + 1, key_at.line + 1, key_at.column + 1)

    def _refuse(self, event: Any) -> None:
        if type(event) is AliasEvent:
            what, hint = f"an alias (*{event.anchor}) stands here", "write the value out, or put it in quotes"
        elif getattr(event, "anchor", None):
            what, hint = f"an anchor (&{event.anchor}) stands here", "delete it, or put the text in quotes"
        else:
            what, hint = f"a tag ({_visible(event.tag)}) stands here", "delete it, or put the text in quotes"
        self._flaw(event, "syntax", what, hint)

    def _flaw(self, event: Any, code: str, message: str, hint: str) -> None:
        mark = event.start_mark
        self.flaws.append(Flaw(mark.line + 1, mark.column + 1, code, message, hint))
