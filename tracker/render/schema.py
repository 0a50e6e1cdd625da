"""JSON Schemas of the files people write, so that an editor completes keys and marks mistakes."""

from __future__ import annotations

from typing import Any

import msgspec

from tracker.lang import codes, vocabulary
from tracker.load.records import FILLED
from tracker.model import Brief, Document, Entry, Mandate

_KINDS: dict[str, Any] = {
    "mandate": Mandate,
    "report": Brief,
    "entries": list[Entry],
    "documents": dict[str, Document],
}
NAMES = tuple(_KINDS)
# Open lists: an editor proposes the known words and accepts others.
_OPEN = {"verb": "verbs", "type": "types", "addressees": "addressees", "addressed_as": "addressees", "to": "bodies"}
_OPEN |= {"condition": "conditions", "by": "organisations", "partners": "organisations"}


def schema(name: str) -> dict[str, Any]:
    """Return the schema of one kind of file, as it is written: numbers may stand where texts are meant."""
    made = msgspec.json.schema(_KINDS[name])
    for record, definition in made.get("$defs", {}).items():
        if "description" in definition:
            # Python 3.13 strips the indentation of docstrings, older ones keep it.
            definition["description"] = " ".join(definition["description"].split())
        fields = definition.get("properties", {})
        for filled in FILLED.get(record, ()):
            fields.pop(filled, None)
            definition["required"] = [field for field in definition.get("required", ()) if field != filled]
        for field, inner in fields.items():
            fields[field] = _written(inner, field)
    if name == "documents":
        made["additionalProperties"] = _written(made["additionalProperties"], "")
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": f"tracker: {name}", **made}


def schema_text(name: str) -> bytes:
    """Return a schema as the file in `schemas/` holds it."""
    return msgspec.json.format(msgspec.json.encode(schema(name)), indent=2) + b"\n"


def _written(node: dict[str, Any], field: str) -> dict[str, Any]:
    if node.get("type") == "string" and "enum" not in node:
        known = vocabulary(_OPEN[field]) if field in _OPEN else []
        return {**node, "type": ["string", "number"], **({"examples": known} if known else {})}
    if node.get("type") == "object" and node.get("additionalProperties") == {"type": "string"} and field != "figures":
        names = {"enum": codes()}
        text = {**node, "additionalProperties": {"type": ["string", "number"]}, "propertyNames": names}
        return {"anyOf": [{"type": "string"}, text]}
    changed = dict(node)
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), dict):
            changed[key] = _written(node[key], field)
    if "anyOf" in node:
        changed["anyOf"] = [_written(option, field) for option in node["anyOf"]]
    return changed
