"""A source put at the end of `reports/documents.yaml`, which is begun where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.edit.change import EditError, Source, source_of
from tracker.edit.nodes import usual_break
from tracker.load import yaml
from tracker.load.scalars import scalar

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.edit.change import Change

FILE = "reports/documents.yaml"
_NEW = "# yaml-language-server: $schema=../schemas/documents.json\n"


def with_document(root: Path, key: str, fields: dict[str, Any]) -> Change:
    """Return the change that adds a document; its fields are texts, maps by language, or lists of codes."""
    is_new = not (root / FILE).exists()
    source = Source(FILE, b"", _NEW, None) if is_new else source_of(root, FILE)
    held = source.value or {}
    newline = usual_break(source.text)
    gap = "" if source.text.endswith(("\n", "\r")) or not source.text else newline
    text = source.text + gap + newline.join([f"{key}:", *_lines(fields)]) + newline
    parsed = yaml.parse(text)
    if parsed.flaws or parsed.value != {**held, key: fields}:
        raise EditError(
            f"{FILE} is written in a way that nothing can be put at its end safely", f"add {key} to it by hand"
        )
    change = source.changed_to(text)
    return change._replace(before=None) if is_new else change


def _lines(fields: dict[str, Any]) -> list[str]:
    lines = []
    for name, value in fields.items():
        if isinstance(value, dict):
            lines += [f"  {name}:", *(f"    {code}: {scalar(text, inside=False)}" for code, text in value.items())]
        elif isinstance(value, list):
            lines.append(f"  {name}: [{', '.join(value)}]")
        else:
            lines.append(f"  {name}: {scalar(value, inside=False)}")
    return lines
