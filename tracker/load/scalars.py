"""A text written so that it is read back as the same text."""

from __future__ import annotations

import json
import re

_PLAIN = re.compile(r"[^\W_][^:#\n\"'{}\[\],&*!|>%@`]*")
_WORDS_NOT_TEXT = frozenset(("true", "false", "yes", "no", "null", "on", "off"))


def scalar(text: str) -> str:
    """Write a text as a YAML scalar on one line, in quotes where it needs them."""
    if _PLAIN.fullmatch(text) and text == text.strip() and text.lower() not in _WORDS_NOT_TEXT:
        return text
    return json.dumps(text, ensure_ascii=False)
