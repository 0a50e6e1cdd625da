"""What holds for coverage whatever the data: it does not depend on the order of files, and its sums add up."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import msgspec
from conftest import TESTS, copied
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.cover.coverage import ContainerCoverage, UnitCoverage
from tracker.cover.gaps import Gap, gaps
from tracker.cover.matrix import cover
from tracker.cover.scope import scope_of
from tracker.load.files import load
from tracker.model import ActionStatus, Role, Status

if TYPE_CHECKING:
    from tracker.cover.coverage import Coverage, MandateCoverage
    from tracker.load.workspace import Workspace

BASE = TESTS / "coverage" / "base"
CYCLES = ("2020-cnd-63", "2022-cnd-65", "2024-cnd-67")
VIEWS = (None, *CYCLES)
UNITS = ("", ":1", ":1#1", ":1#2", ":1-3", ":2", ":2(a)", ":2(b)", ":2(a)-(b)", ":3", ":4", ":9")
# Each example writes and reads some files.
FEW = settings(max_examples=25)

Entry = dict[str, Any]
Files = list[tuple[str, list[Entry]]]


def names(*of: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(of), max_size=3, unique=True)


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    """Evidence of every kind, whose announcements may follow one another in any direction."""
    ids = [f"e{number}" for number in range(draw(st.integers(0, 8)))]
    return [
        {
            "id": name,
            "type": draw(st.sampled_from(("training", "funding"))),
            "status": draw(st.sampled_from((None, *(status.value for status in ActionStatus)))),
            "by": draw(names("unodc", "unodc/gpml", "KEN", "UGA", "wco")),
            "addresses": [f"cnd-63-1{unit}" for unit in draw(names(*UNITS))],
            "follows": draw(names(*ids)),
            "summary": "What was done.",
        }
        for name in ids
    ]


@st.composite
def filed(draw: st.DrawFn) -> tuple[Files, Files]:
    """Put the same evidence twice into files of its reports, each time otherwise."""
    evidence: dict[str, list[Entry]] = {cycle: [] for cycle in CYCLES}
    for entry in draw(entries()):
        evidence[draw(st.sampled_from(CYCLES))].append(entry)
    first, second = ([spread(draw, cycle, found) for cycle, found in evidence.items()] for _ in range(2))
    return [file for files in first for file in files], [file for files in second for file in files]


def spread(draw: st.DrawFn, cycle: str, found: list[Entry]) -> Files:
    files: dict[str, list[Entry]] = {}
    for entry in draw(st.permutations(found)):
        files.setdefault(draw(st.sampled_from(("a.yaml", "b.yaml", "c.yml"))), []).append(entry)
    return [(f"reports/{cycle}/evidence/{name}", inside) for name, inside in files.items()]


def workspace(files: Files, folder: Path) -> Workspace:
    copied(BASE, folder)
    for name, inside in files:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(msgspec.json.encode(inside))
    return load(folder)


def coverages(files: Files) -> list[Coverage]:
    with TemporaryDirectory() as folder:
        ws = workspace(files, Path(folder))
    assert ws.problems == []
    return [cover(ws, scope_of(ws, view)) for view in VIEWS]


def ids(ties: Any) -> set[tuple[str, str, bool]]:
    return {(tie.entry.id, tie.role, tie.current) for tie in ties}


def counted(row: UnitCoverage | ContainerCoverage) -> tuple[Any, ...]:
    if isinstance(row, UnitCoverage):
        return (row.unit.ref, row.status, row.states, row.ours, ids(row.evidence))
    return (row.unit.ref, row.reported, row.units, row.ours, ids(row.evidence))


def everything(coverage: Coverage) -> list[Any]:
    rows = [counted(row) for covered in coverage.mandates for row in covered.rows]
    unplaced = [ids(covered.unplaced) for covered in coverage.mandates]
    return [rows, unplaced, coverage.retired, set(coverage.unresolved), coverage.counts]


def statuses(coverage: Coverage) -> list[tuple[str, Status, int | None]]:
    return [(row.unit.ref, row.status, row.states) for row in coverage.units]


@FEW
@given(filed())
def test_the_order_of_files_and_entries_never_matters(twice: tuple[Files, Files]) -> None:
    first, second = map(coverages, twice)
    assert list(map(everything, first)) == list(map(everything, second))


def leaves(paragraphs: list[dict[str, Any]]) -> int:
    return sum(leaves(node.get("paragraphs", [])) + len(node.get("clauses", [])) or 1 for node in paragraphs)


def top(covered: MandateCoverage) -> list[UnitCoverage | ContainerCoverage]:
    return [row for row in covered.rows if row.unit.parent is None]


def check_sums(coverage: Coverage, expected: int) -> None:
    assert len(coverage.units) == expected
    assert list(coverage.counts) == [status.value for status in Status]
    assert sum(coverage.counts.values()) == expected
    rows = [row for covered in coverage.mandates for row in top(covered)]
    assert sum(row.units if isinstance(row, ContainerCoverage) else 1 for row in rows) == expected
    reported = [row.reported if isinstance(row, ContainerCoverage) else row.status == Status.REPORTED for row in rows]
    assert sum(reported) == coverage.counts["reported"]
    missing = gaps(coverage)
    assert sum(map(len, missing.values())) == expected - coverage.counts["reported"]
    assert [row for row in missing[Gap.ASKS_NOTHING] if row.unit.addressees] == []
    assert gaps(coverage, ours_only=True)[Gap.OURS] == missing[Gap.OURS]


@FEW
@given(filed())
def test_the_counts_add_up_to_the_units(twice: tuple[Files, Files]) -> None:
    for coverage in coverages(twice[0]):
        check_sums(coverage, 6)


@FEW
@given(filed())
def test_facts_stand_beside_a_unit_as_facts_and_change_nothing(twice: tuple[Files, Files]) -> None:
    # A fact may still follow an announcement, as when it tells that nothing came of it: not here.
    files = [
        (name, [entry if entry["status"] else {**entry, "follows": []} for entry in read]) for name, read in twice[0]
    ]
    actions = [(name, [entry for entry in inside if entry["status"]]) for name, inside in files]
    ties = [tie for coverage in coverages(files) for row in coverage.units for tie in row.evidence]
    assert [tie for tie in ties if (tie.role is Role.FACT) != (tie.entry.status is None)] == []
    assert list(map(statuses, coverages(files))) == list(map(statuses, coverages(actions)))


NODES: st.SearchStrategy[list[dict[str, Any]]] = st.recursive(
    st.lists(st.just({}), min_size=1, max_size=3),
    lambda inner: st.lists(
        st.sampled_from(({}, {"clauses": [{}, {}]})) | st.fixed_dictionaries({"paragraphs": inner}),
        min_size=1,
        max_size=3,
    ),
    max_leaves=8,
)


@FEW
@given(NODES, st.sampled_from(([], ["unodc"], ["member-states"])))
def test_the_leaves_and_clauses_of_a_mandate_are_its_units(nodes: list[dict[str, Any]], addressees: list[str]) -> None:
    paragraphs = [{**node, "addressees": addressees} for node in numbered(nodes)]
    with TemporaryDirectory() as folder:
        copied(BASE, Path(folder))
        mandate = {"title": "A resolution", "paragraphs": paragraphs}
        (Path(folder) / "mandates" / "cnd-63-1.yaml").write_bytes(msgspec.json.encode(mandate))
        ws = load(Path(folder))
    assert ws.problems == []
    check_sums(cover(ws, scope_of(ws)), leaves(paragraphs))


def numbered(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**node, "number": str(number), "paragraphs": numbered(node.get("paragraphs", []))}
        for number, node in enumerate(nodes, 1)
    ]
