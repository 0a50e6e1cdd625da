"""The schemas that editors follow accept every file of the repository, and refuse what `check` refuses."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from conftest import ROOT, SMALL

from tracker.load.yaml import parse

if TYPE_CHECKING:
    from pathlib import Path

FILES = [*ROOT.glob("mandates/*.yaml"), *ROOT.glob("reports/**/*.yaml"), *ROOT.glob("templates/example/**/*.yaml")]
WRONG = [
    ("entries", "- {id: a, type: training, sumary: {en: A course}}"),
    ("entries", "- {id: a, type: training, summary: {cn: A course}}"),
    ("entries", "- {id: a, type: training, status: done, summary: {en: A course}}"),
    ("entries", "- {id: a, type: training, cycle: x, summary: {en: A course}}"),
    ("mandate", "{title: {en: A resolution}, paragraphs: [{verb: urges}]}"),
    ("report", "{title: {en: A report}}"),
    ("documents", "mission: {titel: A report}"),
]


def schema_named(name: str) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(json.loads((ROOT / "schemas" / name).read_text(encoding="utf-8")))


def as_an_editor_reads(text: str) -> Any:
    """Return the values as YAML 1.2 has them: whole numbers and true are not text, dates are."""
    return typed(parse(text).value)


def typed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [typed(inner) for inner in value]
    if value in ("true", "false"):
        return value == "true"
    return int(value) if re.fullmatch("[0-9]+", value) else value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_each_file_names_its_schema_and_keeps_to_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first = re.match(r"# yaml-language-server: \$schema=((?:\.\./)+schemas/(\w+\.json))\n", text)
    assert first
    root = ROOT / "templates" / "example" if "example" in path.parts else ROOT
    assert (path.parent / first.group(1)).resolve() == root / "schemas" / first.group(2)
    assert [error.message for error in schema_named(first.group(2)).iter_errors(as_an_editor_reads(text))] == []


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_what_is_wrong_is_marked_in_the_editor(name: str, text: str) -> None:
    assert list(schema_named(f"{name}.json").iter_errors(as_an_editor_reads(text)))


def test_numbers_may_stand_where_people_write_them() -> None:
    entry = {"id": "a", "type": "training", "date": 2012, "figures": {"events": 43}, "summary": {"en": "A course"}}
    assert list(schema_named("entries.json").iter_errors([entry])) == []
    mandate = {"title": "A resolution", "paragraphs": [{"number": 1, "gist": "Ask"}]}
    assert list(schema_named("mandate.json").iter_errors(mandate)) == []


def test_the_small_workspace_keeps_to_the_schemas() -> None:
    for path, name in (("mandates/cnd-63-1.yaml", "mandate"), ("reports/documents.yaml", "documents")):
        value = as_an_editor_reads((SMALL / path).read_text(encoding="utf-8"))
        assert list(schema_named(f"{name}.json").iter_errors(value)) == []
