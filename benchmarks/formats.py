"""An invented workspace in the formats of other tools: the same paragraphs, the same entries, the same links.

Each writer takes the data of a workspace and a folder. Where a tool lets its author choose, there is a file a
mandate and a file for each file of evidence, as in the workspace.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Item(NamedTuple):
    """A paragraph, or an entry with the paragraphs that it addresses."""

    id: str
    text: str
    links: tuple[str, ...] = ()


class Data(NamedTuple):
    """Paragraphs and entries by the file that holds them."""

    paragraphs: dict[str, list[Item]]
    entries: dict[str, list[Item]]

    @property
    def silent(self) -> int:
        """How many paragraphs have nothing linked to them."""
        linked = {link for items in self.entries.values() for item in items for link in item.links}
        return sum(item.id not in linked for items in self.paragraphs.values() for item in items)


def data_of(root: Path) -> Data:
    """Read an invented workspace; ids are numbers, as not every tool takes those of ours."""
    ids: dict[str, str] = {}
    paragraphs = {}
    for file in sorted((root / "mandates").glob("*.yaml")):
        texts = dict(_units(f"{file.stem}:", _values(file)["paragraphs"]))
        ids |= {ref: f"PAR{len(ids) + number:06}" for number, ref in enumerate(texts, 1)}
        paragraphs[file.stem] = [Item(ids[ref], text) for ref, text in texts.items()]
    entries: dict[str, list[Item]] = {}
    count = 0
    for file in sorted((root / "reports").glob("*/evidence/*.yaml")):
        stem = f"{file.parts[-3]}-{file.stem}"
        for count, entry in enumerate(_values(file), count + 1):  # noqa: B020  # counts on from file to file
            links = tuple(ids[ref] for ref in entry["addresses"] if ref in ids)
            entries.setdefault(stem, []).append(Item(f"EVI{count:06}", _text(entry["summary"]), links))
    return Data(paragraphs, entries)


def _values(file: Path) -> Any:  # noqa: ANN401  # whatever the file holds
    return yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)  # the C form of the safe loader


def _text(text: dict[str, str]) -> str:
    return f"{text['en']}\n\n{text['zh']}"


def _units(above: str, nodes: list[dict[str, Any]], mark: str = "{}") -> Iterator[tuple[str, str]]:
    for node in nodes:
        ref = above + mark.format(node["number"])
        yield from _units(ref, node.get("paragraphs", []), "({})")
        clauses = node.get("clauses", [])
        yield from ((f"{ref}#{number}", _text(clause["gist"])) for number, clause in enumerate(clauses, 1))
        if not clauses and "paragraphs" not in node:
            yield ref, _text(node["text"])


def write_doorstop(data: Data, folder: Path) -> None:
    """Write an item a file, as Doorstop has it; its own stand-in for version control spares it running git."""
    (folder / ".mockvcs").mkdir()
    for prefix, parent, files in (("PAR", "", data.paragraphs), ("EVI", "PAR", data.entries)):
        (folder / prefix).mkdir()
        above = f"  parent: {parent}\n" if parent else ""
        settings = f"settings:\n  digits: 6\n{above}  prefix: {prefix}\n  sep: ''\n"
        (folder / prefix / ".doorstop.yml").write_text(settings, encoding="utf-8")
        for number, item in enumerate((item for items in files.values() for item in items), 1):
            (folder / prefix / f"{item.id}.yml").write_text(_doorstop(item, number), encoding="utf-8")


def _doorstop(item: Item, number: int) -> str:
    links = "links:\n" + "".join(f"- {link}: null\n" for link in item.links) if item.links else "links: []\n"
    text = "".join(f"  {line}\n" if line else "\n" for line in item.text.split("\n"))
    return (
        "active: true\nderived: false\nheader: ''\n"
        f"level: 1.{number}\n{links}normative: true\nref: ''\nreviewed: null\ntext: |\n{text}"
    )


def write_strictdoc(data: Data, folder: Path) -> None:
    """Write StrictDoc's own text format."""
    for name, items in {**data.paragraphs, **data.entries}.items():
        nodes = "".join(map(_strictdoc, items))
        (folder / f"{name}.sdoc").write_text(f"[DOCUMENT]\nTITLE: {name}\n{nodes}", encoding="utf-8")


def _strictdoc(item: Item) -> str:
    relations = "".join(f"- TYPE: Parent\n  VALUE: {link}\n" for link in item.links)
    statement = f"[REQUIREMENT]\nUID: {item.id}\nSTATEMENT: >>>\n{item.text}\n<<<\n"
    return f"\n{statement}" + (f"RELATIONS:\n{relations}" if relations else "")


_CONF = """extensions = ["sphinx_needs"]
needs_types = [
    {"directive": "par", "title": "Paragraph", "prefix": "PAR", "color": "#fff", "style": "node"},
    {"directive": "evi", "title": "Entry", "prefix": "EVI", "color": "#fff", "style": "node"},
]
needs_id_regex = "^[A-Z0-9]{9}"
needs_builder_filter = "type == 'par' and not links_back"
"""


def write_sphinx(data: Data, folder: Path) -> None:
    """Write reStructuredText with the directives of sphinx-needs; what it builds is only the needs asked for."""
    (folder / "conf.py").write_text(_CONF, encoding="utf-8")
    names = "\n".join(f"   {name}" for name in (*data.paragraphs, *data.entries))
    (folder / "index.rst").write_text(f"Everything\n==========\n\n.. toctree::\n\n{names}\n", encoding="utf-8")
    for directive, files in (("par", data.paragraphs), ("evi", data.entries)):
        for name, items in files.items():
            needs = "".join(_need(directive, item) for item in items)
            (folder / f"{name}.rst").write_text(f"{name}\n{'=' * len(name)}\n{needs}", encoding="utf-8")


def _need(directive: str, item: Item) -> str:
    links = f"   :links: {', '.join(item.links)}\n" if item.links else ""
    text = "".join(f"   {line}\n" if line else "\n" for line in item.text.split("\n"))
    return f"\n.. {directive}:: {item.id}\n   :id: {item.id}\n{links}\n{text}"


def write_lobster(data: Data, folder: Path) -> None:
    """Write the JSON that LOBSTER reads, which other tools of it make from sources."""
    levels = {"Paragraphs": ("paragraphs", data.paragraphs), "Evidence": ("evidence", data.entries)}
    for name, files in levels.values():
        made = [_lobster(item, file) for file, items in files.items() for item in items]
        held = {"data": made, "generator": "corpus", "schema": "lobster-req-trace", "version": 4}
        (folder / f"{name}.lobster").write_text(json.dumps(held, indent=2), encoding="utf-8")
    traced = {"Paragraphs": "", "Evidence": '  trace to: "Paragraphs";\n'}
    conf = "".join(
        f'requirements "{level}" {{\n  source: "{levels[level][0]}.lobster";\n{trace}}}\n'
        for level, trace in traced.items()
    )
    (folder / "lobster.conf").write_text(conf, encoding="utf-8")


def _lobster(item: Item, file: str) -> dict[str, Any]:
    return {
        "tag": f"req {item.id}",
        "location": {"kind": "file", "file": file, "line": 1, "column": None},
        "name": item.id,
        "messages": [],
        "just_up": [],
        "just_down": [],
        "just_global": [],
        "refs": [f"req {link}" for link in item.links],
        "framework": "corpus",
        "kind": "item",
        "text": item.text,
        "status": None,
    }
