"""A new entry at the end of a file of evidence, written as a person would write it."""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING, Any

from tracker.edit.change import EditError, Source, source_of
from tracker.edit.nodes import item_of, line_start, usual_break
from tracker.load import yaml
from tracker.load.scalars import scalar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tracker.edit.change import Change

_WIDTH = 100
_LEAD = re.compile(r" *-[ ]+")
_TEXTS = ("title", "summary")
NEW_FILE = "# yaml-language-server: $schema=../../../schemas/entries.json\n\n"


def appended(root: Path, file: str, fields: dict[str, Any]) -> Change:
    """Return the change that puts an entry at the end of a file, or begins the file with it."""
    _refuse_unwritable(fields)
    is_new = not (root / file).exists()
    source = Source(file, b"", NEW_FILE, None) if is_new else source_of(root, file)
    held = source.value or []
    if not isinstance(held, list):
        raise EditError(f"{file} holds no list of entries", "choose another file with --file")
    # A text that keeps the empty lines after it would take one more as its own.
    for gap in (True, False):
        text = _longer(source.text, len(held), fields, gap=gap)
        parsed = yaml.parse(text)
        if not parsed.flaws and parsed.value == [*held, fields]:
            change = source.changed_to(text)
            return change._replace(before=None) if is_new else change
    raise EditError(
        f"{file} is written in a way that an entry cannot be put at its end safely", "choose another file with --file"
    )


def _refuse_unwritable(fields: dict[str, Any]) -> None:
    try:
        json.dumps(fields, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise EditError("a text is not UTF-8", "set the terminal to UTF-8 and type it again") from None


def _longer(text: str, count: int, fields: dict[str, Any], *, gap: bool) -> str:
    newline = usual_break(text)
    lead = "- "
    last = item_of(text, count - 1) if count else None
    if last and _LEAD.fullmatch(before := text[line_start(text, last.start) : last.start]):
        lead = before
    between = "" if not text or text.endswith(("\n", "\r")) else newline
    if gap and text and not re.search(r"(?:\A|\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)\Z", text + between):
        between += newline
    return text + between + "".join(line + newline for line in lines_of(fields, lead))


def lines_of(fields: dict[str, Any], lead: str) -> Iterator[str]:
    """Write an entry line by line, in brackets what is a list; `lead` is what stands before its first key."""
    indent = " " * len(lead)
    before = lead
    for name, value in fields.items():
        if name in _TEXTS:
            yield f"{before}{name}:"
            for language, text in value.items():
                yield from text_lines(f"{indent}  {language}:", text, f"{indent}    ")
        elif isinstance(value, list):
            yield f"{before}{name}: [{', '.join(scalar(one) for one in value)}]"
        elif isinstance(value, dict):
            inner = ", ".join(f"{scalar(key)}: {scalar(one)}" for key, one in value.items())
            yield f"{before}{name}: {{{inner}}}"
        else:
            yield f"{before}{name}: {scalar(value, inside=False)}"
        before = indent


def text_lines(key: str, text: str, indent: str) -> Iterator[str]:
    """Write a text on one line where it fits or has no spaces to break at, else folded below."""
    one_line = scalar(text, inside=False)
    folded = textwrap.wrap(text, _WIDTH - len(indent), break_long_words=False, break_on_hyphens=False)
    too_long = any(len(line) > _WIDTH - len(indent) for line in folded)
    fits = len(f"{key} {one_line}") <= _WIDTH or (too_long and one_line == text)
    if not fits and yaml.parse("\n".join(("text: >-", *(f"  {line}" for line in folded)))).value == {"text": text}:
        yield f"{key} >-"
        yield from (f"{indent}{line}" for line in folded)
    else:
        yield f"{key} {one_line}"
