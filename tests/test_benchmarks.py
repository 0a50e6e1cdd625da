"""The invented workspaces that speed is measured on: always the same, sound, and their answers known beforehand."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

TINY = 0.01


def benchmark(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def corpus() -> Iterator[ModuleType]:
    path = list(sys.path)
    yield benchmark("corpus")
    sys.path[:] = path


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_seed_writes_the_same_files(corpus: ModuleType, tmp_path: Path) -> None:
    for folder, seed in (("first", 7), ("second", 7), ("other", 8)):
        corpus.write("office", tmp_path / folder, TINY, seed)
    first = digests(tmp_path / "first")
    assert len(first) > 20
    assert first == digests(tmp_path / "second")
    assert first != digests(tmp_path / "other")


@pytest.mark.parametrize(("name", "scale", "warnings"), [("office", 0.05, 1), ("secretariat", 0.005, 2)])
def test_what_is_planned_comes_out(corpus: ModuleType, tmp_path: Path, name: str, scale: float, warnings: int) -> None:
    made = corpus.write(name, tmp_path, scale)
    assert made.warnings == warnings
    cache = str(tmp_path / "cache")
    checked = run("check", "--format", "json", at=tmp_path, TRACKER_CACHE=cache)
    problems = json.loads(checked.out)
    assert (checked.code, problems["errors"], problems["warnings"]) == (0, 0, made.warnings)
    said = json.loads(run("gaps", "--format", "json", at=tmp_path, TRACKER_CACHE=cache).out)
    assert {status: count for status, count in said["counts"].items() if count} == made.statuses
    assert len(said["gaps"]) == made.gaps
    assert sum(not row["evidence"] for row in said["gaps"]) == made.size.units // 5


def test_the_formats_of_other_tools_hold_the_same_links(corpus: ModuleType, tmp_path: Path) -> None:
    made = corpus.write("office", tmp_path, TINY)
    data = benchmark("formats").data_of(tmp_path)
    assert sum(map(len, data.paragraphs.values())) == made.size.units
    assert sum(map(len, data.entries.values())) == made.size.entries
    assert data.silent == made.size.units // 5
