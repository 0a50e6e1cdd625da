"""What commands write is well-formed, and nothing in it runs, whatever the data hold."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HARMLESS_LINK = re.compile(r"(?:https?://|mailto:|#|[\w./-]+(?:[#?].*)?$)")
_RUNS_IN_WORD = re.compile(rb"(?:DDE|INCLUDE|IMPORT|MACROBUTTON|AUTOTEXT)", re.IGNORECASE)


def look_at(folder: Path) -> None:
    """Look at every file that commands have written to a folder."""
    for path in folder.rglob("*"):
        if path.suffix in _LOOKS:
            _LOOKS[path.suffix](path)


def _package(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        for name in package.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            for element in ET.fromstring(package.read(name)).iter():  # noqa: S314 - our own file
                if element.get("TargetMode") == "External":
                    assert not element.get("Type", "").endswith("/image"), (name, element.get("Target"))
                    assert _HARMLESS_LINK.match(element.get("Target", "")), (name, element.get("Target"))


def _word(path: Path) -> None:
    _package(path)
    with zipfile.ZipFile(path) as package:
        body = package.read("word/document.xml")
    fields = re.findall(rb"<w:instrText[^>]*>(.*?)</w:instrText>|w:instr=\"(.*?)\"", body)
    assert not any(_RUNS_IN_WORD.search(part) for field in fields for part in field), fields


def _workbook(path: Path) -> None:
    _package(path)
    # The formulas of our own refer to tables and sheets of the book; none is taken from a text.
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert not re.search(r"evil|cmd|WEBSERVICE|DDE|http", str(cell.value), re.IGNORECASE), cell.value
                if cell.hyperlink and cell.hyperlink.target:
                    assert _HARMLESS_LINK.match(cell.hyperlink.target), cell.hyperlink.target


def _table(path: Path) -> None:
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell.startswith(_FORMULA)]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.harm: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.harm += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]
        for name, value in attrs:
            if name in {"href", "src", "action"} and not _HARMLESS_LINK.match(value or "#"):
                self.harm.append(f"{tag} {name}={value}")
        if tag in {"iframe", "object", "embed", "base"} or (tag == "script" and not dict(attrs).get("src")):
            self.harm.append(tag)


def _page(path: Path) -> None:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    assert not page.harm, (path.name, page.harm)


_LOOKS: dict[str, Callable[[Path], None]] = {
    ".docx": _word,
    ".xlsx": _workbook,
    ".csv": _table,
    ".html": _page,
}
