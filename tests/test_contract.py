"""What `gaps` and `matrix` print, in every form and language, whole."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, SMALL, expect, run

if TYPE_CHECKING:
    from pathlib import Path

FORMS = [
    f"{command} --report 2020-cnd-63 --format {form} --language {language}"
    for command in ("gaps", "matrix", "matrix --columns secretariat")
    for form in ("table", "csv", "md")
    for language in ("en", "zh")
]
JSON = [f"{command} --report 2020-cnd-63 --format json" for command in ("gaps", "matrix")]


@pytest.mark.parametrize("line", FORMS)
def test_output_is_as_expected(line: str) -> None:
    said = run(*line.split(), "--workspace", SMALL)
    assert (said.code, said.err) == (0, "")
    words = [word for word in line.split() if not word.startswith("--") and word != "2020-cnd-63"]
    expect(f"{'-'.join(words)}.txt", said.out)


@pytest.mark.parametrize("line", JSON)
def test_json_is_as_promised(line: str) -> None:
    said = run(*line.split(), "--workspace", SMALL)
    assert (said.code, said.err) == (0, "")
    expect(f"{line.split(maxsplit=1)[0]}.json", said.out)


def test_counts_count_every_unit_once() -> None:
    matrix = json.loads(run("matrix", "--format", "json").out)
    units = [unit for mandate in matrix["mandates"] for unit in mandate["units"] if not unit["container"]]
    assert sum(matrix["counts"].values()) == len(units)
    for status, count in matrix["counts"].items():
        assert count == sum(unit["status"] == status for unit in units)


def test_gaps_are_the_units_not_reported() -> None:
    gaps = json.loads(run("gaps", "--report", "2013-ccpcj-22", "--format", "json").out)
    matrix = json.loads(run("matrix", "--report", "2013-ccpcj-22", "--format", "json").out)
    units = {unit["ref"]: unit for unit in matrix["mandates"][0]["units"] if not unit["container"]}
    assert {gap["ref"] for gap in gaps["gaps"]} == {ref for ref, unit in units.items() if unit["status"] != "reported"}
    assert all(gap == units[gap["ref"]] for gap in gaps["gaps"])


def test_a_csv_for_excel_begins_with_its_mark_and_one_for_a_program_does_not(tmp_path: Path) -> None:
    file = tmp_path / "gaps.csv"
    command = [sys.executable, "-m", "tracker", "gaps", "--format", "csv", "--language", "zh"]
    with file.open("wb") as out:
        subprocess.run(command, cwd=ROOT, stdout=out, check=True)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert not run("gaps", "--format", "csv").out.startswith("\ufeff")
