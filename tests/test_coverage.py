"""What counts as reported: one file of tests/coverage a case, and a new case is a new file, not new code.

A case is a sentence, files laid over the workspace tests/coverage/base, and what coverage then is
from one or more points of view: `== coverage [CYCLE] [MANDATE]... [--entity NAME]`. Columns are
parted by two or more spaces.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from conftest import TESTS, copied

from tracker.cover.coverage import UnitCoverage
from tracker.cover.matrix import cover
from tracker.cover.scope import scope_of
from tracker.load.files import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tracker.cover.coverage import ContainerCoverage, Coverage, MandateCoverage
    from tracker.load.workspace import Workspace

CASES = sorted((TESTS / "coverage").glob("*.txt"))
BASE = TESTS / "coverage" / "base"


class Case(NamedTuple):
    """What a file of tests/coverage says."""

    title: str
    files: dict[str, str]
    seen: dict[str, list[str]]


def read(path: Path) -> Case:
    head, *views = f"\n{path.read_text(encoding='utf-8')}".removeprefix("\n== ").split("\n== coverage")
    title, *files = head.split("\n-- ")
    parts = (file.partition("\n") for file in files)
    seen = (view.partition("\n") for view in views)
    return Case(
        title.strip(),
        {name: f"{text.rstrip()}\n" for name, _, text in parts},
        {view.strip(): [re.sub(r" {2,}", "  ", row) for row in rows.strip().splitlines()] for view, _, rows in seen},
    )


def workspace(files: dict[str, str], folder: Path) -> Workspace:
    copied(BASE, folder)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return load(folder)


def coverage(ws: Workspace, view: str) -> Coverage:
    words, _, entity = view.partition("--entity ")
    report = next((word for word in words.split() if word in ws.cycles), None)
    mandates = [word for word in words.split() if word != report]
    return cover(ws, scope_of(ws, report, entity or None), mandates)


def shown(found: Coverage) -> Iterator[str]:
    for covered in found.mandates:
        yield from shown_mandate(covered)
    for entry, reference in found.unresolved:
        yield f"unresolved  {entry}  {reference}"


def shown_mandate(covered: MandateCoverage) -> Iterator[str]:
    for row in covered.rows:
        yield "  ".join(filter(None, cells(row)))
    for tie in covered.unplaced:
        yield f"unplaced  {tie.entry.id}"


def cells(row: UnitCoverage | ContainerCoverage) -> Iterator[str]:
    yield row.unit.ref
    if not isinstance(row, UnitCoverage):
        yield f"{row.reported}/{row.units}"
    else:
        yield row.status
        if row.states is not None:
            yield "1 State" if row.states == 1 else f"{row.states} States"
        if row.answered_by:
            yield f"answered by {row.answered_by}"
        if row.assessment:
            yield f"assessed {row.assessment.status}"
    yield "ours" * row.ours


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_coverage(path: Path, tmp_path: Path) -> None:
    case = read(path)
    ws = workspace(case.files, tmp_path)
    assert ws.problems == []
    assert case.seen, "a case says what coverage is"
    assert {view: list(shown(coverage(ws, view))) for view in case.seen} == case.seen


def test_each_case_says_in_a_sentence_what_it_shows() -> None:
    titles = [read(path).title for path in CASES]
    assert [title for title in titles if not title.endswith(".") or "\n" in title] == []
    assert len(set(titles)) == len(titles) > 0
