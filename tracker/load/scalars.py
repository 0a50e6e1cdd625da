"""A text written so that it is read back as the same text."""

from __future__ import annotations

import json

from tracker.load import yaml

# Our own reader takes these as text; editors and other programs do not.
_WORDS_NOT_TEXT = frozenset(("true", "false", "yes", "no", "null", "on", "off", "~"))
# YAML takes these for line breaks, and JSON leaves them as they are.
_BREAKS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def scalar(text: str, *, inside: bool = True) -> str:
    """Write a text on one line, plain where it is read back as it is, else in quotes.

    `inside` says that it stands in brackets or braces, where a comma would end it.
    """
    parsed = yaml.parse(f"[{text}]" if inside else f"- {text}")
    if text.lower() not in _WORDS_NOT_TEXT and not parsed.flaws and parsed.value == [text]:
        return text
    return json.dumps(text, ensure_ascii=False).translate(_BREAKS)
