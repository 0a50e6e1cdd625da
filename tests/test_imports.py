"""The tree is the data flow: imports run one way, and only commands print."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Each may import those after it; what stands together may not import each other.
ORDER = [
    {"cli"},
    {"check", "render", "edit"},
    {"intake"},
    {"draft"},
    {"cover"},
    {"load"},
    {"model"},
    {"refs", "problems", "lang"},
    {"dates"},
]
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}
MODULES = sorted((ROOT / "tracker").rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "tracker":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("tracker."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("tracker."))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_run_one_way(path: Path) -> None:
    own = path.relative_to(ROOT / "tracker").parts[0].removesuffix(".py")
    if own in {"__init__", "__main__"}:
        return
    backwards = {name for name in imported(path) if name in RANK and name != own and RANK[name] <= RANK[own]}
    assert not backwards


def test_every_part_has_its_place_in_the_order() -> None:
    parts = {path.relative_to(ROOT / "tracker").parts[0].removesuffix(".py") for path in MODULES}
    assert parts - {"__init__", "__main__"} == RANK.keys()


def test_only_commands_print_write_and_exit() -> None:
    talkers = [
        path.relative_to(ROOT).as_posix()
        for path in MODULES
        if path.parts[-2] != "cli"
        and re.search(r"\bprint\(|\bsys\.exit\b|\bwrite_(?:bytes|text)\b", path.read_text(encoding="utf-8"))
    ]
    # The child process is a program of its own: it answers through its exit code.
    assert talkers == ["tracker/draft/child.py"]
