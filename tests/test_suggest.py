"""Which units a text most likely answers: one file of tests/suggest a case, and a new case is a new file.

A case is a sentence, the file of a mandate made up for it, and what is found for one or more texts:
`== LANGUAGE TEXT`, then a line for each unit with the words that matched, or `nothing`.
"""

from __future__ import annotations

import importlib.util
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml
from conftest import ROOT, SMALL, TESTS, expect, run

from tracker.cover.suggest import index_of
from tracker.lang import codes
from tracker.lang.words import language_of
from tracker.load.files import load

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

CASES = sorted((TESTS / "suggest").glob("*.txt"))
PAGE = ROOT / "docs" / "suggest.md"
SEARCH = ROOT / "tracker" / "lang" / "search"
SEPARATOR = {"zh": "、"}


class Case(NamedTuple):
    """What a file of tests/suggest says."""

    mandate: str
    found: dict[str, list[str]]


def read(path: Path) -> Case:
    head, *asked = path.read_text(encoding="utf-8").removeprefix("== ").split("\n== ")
    parts = (one.partition("\n") for one in asked)
    return Case(head.partition("\n")[2], {text: rows.strip().splitlines() for text, _, rows in parts})


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_found(path: Path, tmp_path: Path) -> None:
    case = read(path)
    (tmp_path / "mandates").mkdir()
    (tmp_path / "reports").mkdir()
    (tmp_path / "mandates" / "ga-99-1.yaml").write_text(case.mandate, encoding="utf-8")
    ws = load(tmp_path)
    assert ws.problems == []
    found = {asked: likeliest(ws, *asked.split(" ", 1)) for asked in case.found}
    assert found == case.found


def likeliest(ws: Any, language: str, text: str) -> list[str]:
    found = index_of(ws, ws.mandates, language).likeliest(text)
    rows = [f"{one.unit.ref}  {SEPARATOR.get(language, ', ').join(one.words)}" for one in found]
    return rows or ["nothing"]


def test_scores_fall_and_the_number_asked_for_is_kept() -> None:
    index = index_of(load(ROOT), ["ga-66-177"], "zh")
    five = index.likeliest("打击洗钱和资助恐怖主义的技术援助", 5)
    assert len(five) == 5
    assert [one.score for one in five] == sorted((one.score for one in five), reverse=True)
    assert index.likeliest("打击洗钱和资助恐怖主义的技术援助", 2) == five[:2]


def test_units_without_official_text_are_named() -> None:
    ws = load(ROOT)
    assert index_of(ws, ["ga-66-177"], "zh").by_gist == set()
    assert index_of(ws, ["ga-66-177"], "en").by_gist == {unit.ref for unit in ws.units["ga-66-177"].values()}


def test_without_units_or_texts_an_index_is_false_and_finds_nothing() -> None:
    ws = load(ROOT)
    for mandates, language in ((["cnd-56-3"], "en"), (["ga-66-177"], "fr"), (["no-1"], "en")):
        index = index_of(ws, mandates, language)
        assert not index
        assert index.likeliest("money-laundering") == []


@pytest.mark.parametrize("code", codes())
def test_every_language_says_how_its_words_are_compared(code: str) -> None:
    english, own = (yaml.safe_load((SEARCH / f"{name}.yaml").read_text(encoding="utf-8")) for name in ("en", code))
    assert list(own) == list(english)
    assert own["stop"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Training of customs officers", "en"),
        ("GPML", "en"),
        ("2012", "en"),
        ("对 UNODC 海关官员的培训", "zh"),
        ("Подготовка сотрудников UNODC", "ru"),
        ("تدريب موظفي الجمارك", "ar"),
        ("La formation des agents des douanes", "fr"),
        ("La capacitación de los funcionarios de aduanas", "es"),
    ],
)
def test_a_text_tells_its_language(text: str, language: str) -> None:
    assert language_of(text) == language


SAID = {
    "entries-en": "course-nairobi-2019 reply-kenya-2019 --language en",
    "entries-zh": "course-nairobi-2019 reply-kenya-2019 --language zh",
    "text": "--text 海关官员培训 --count 1",
    "nothing": "course-nairobi-2019 --mandate cnd-63-1 --language fr",
    "json": "manual-2020 --format json",
}


@pytest.mark.parametrize("name", SAID)
def test_output_is_as_expected(name: str) -> None:
    said = run("suggest", *SAID[name].split(), "--workspace", SMALL)
    assert (said.code, said.err) == (0, "")
    expect(f"../suggest/said/{name}.{'json' if name == 'json' else 'txt'}", said.out)


def test_in_a_narrow_terminal_one_stands_below_the_other() -> None:
    said = run("suggest", *SAID["entries-zh"].split(), "--workspace", SMALL, COLUMNS="40", NO_COLOR="1")
    assert (said.code, said.err) == (0, "")
    expect("../suggest/said/narrow.txt", said.out)


REFUSALS = {
    "course-nairobi-2020": "there is no entry course-nairobi-2020\n  did you mean course-nairobi-2019?",
    "nairobi": "there is no entry nairobi\n  did you mean course-nairobi-2019?",
    "xyz": "there is no entry xyz\n  entries stand in the folder evidence/ of each report",
    "--mandate cnd-36-1": "there is no mandate cnd-36-1\n  did you mean cnd-63-1?",
    "--report 2020-cnd-36": "there is no report 2020-cnd-36\n  did you mean 2020-cnd-63?",
    "--language xx": "there is no language 'xx'\n  there are ar, en, es, fr, ru, zh",
    "manual-2020 --text manual": "there are entries and a text\n  give one or the other",
}


def test_a_text_that_is_no_utf_8_is_read_as_far_as_it_goes() -> None:
    said = run("suggest", "--text", "manual \udcff", "--format", "json", "--workspace", SMALL)
    assert (said.code, said.err) == (0, "")
    assert json.loads(said.out)["suggestions"][0]["text"] == "manual ?"


@pytest.mark.parametrize("line", REFUSALS)
def test_what_there_is_not_is_refused_with_the_nearest_name(line: str) -> None:
    said = run("suggest", *line.split(), "--workspace", SMALL)
    assert (said.code, said.out, said.err) == (2, "", f"tracker: {REFUSALS[line]}\n")


def test_where_all_is_placed_it_says_so() -> None:
    said = run("suggest", "--workspace", SMALL)
    assert (said.code, said.out) == (0, "")
    assert said.err == "every entry is placed on a paragraph; for one of them: tracker suggest ENTRY\n"


def test_by_default_it_takes_what_is_not_yet_placed(small: Path) -> None:
    file = small / "reports" / "2020-cnd-63" / "evidence" / "b.yaml"
    rows = ["- {id: not-tied, type: training, summary: {en: Courses for trainers}}"]
    rows += ["- {id: at-mandate, type: training, addresses: [cnd-63-1], summary: {en: A manual for customs officers}}"]
    rows += ["- {id: at-container, type: training, addresses: ['cnd-63-1:2'], summary: {en: Roses}}"]
    file.write_text("\n".join(rows), encoding="utf-8")
    said = run("suggest", "--format", "json", "--report", "2020-cnd-63", at=small)
    found = {one["entry"]: [unit["ref"] for unit in one["units"]] for one in json.loads(said.out)["suggestions"]}
    assert found == {
        "not-tied": ["cnd-63-1:2(a)", "cnd-63-1:1#2", "cnd-63-1:1#1"],
        "at-mandate": ["cnd-63-1:1#1", "cnd-63-1:2(b)"],
        "at-container": [],
    }


def test_the_output_on_the_page_is_real() -> None:
    shown = PAGE.read_text(encoding="utf-8").partition("```text\n")[2].partition("```")[0]
    said = run("suggest", "fiu-training-outcome")
    assert (said.code, said.err) == (0, "")
    assert [line.rstrip() for line in said.out.splitlines()] == shown.splitlines()


def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("suggest_benchmark", ROOT / "benchmarks" / "suggest.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_figures_of_the_page_are_those_of_the_benchmark() -> None:
    tables = benchmark().tables(load(ROOT))
    *figures, yardsticks = tables.values()
    held_against = {tuple(row[:2]): row for row in yardsticks[1:]}
    rows = []
    for title, table in zip(tables, figures, strict=False):
        language = title.rpartition(" ")[2]
        # The first way of finding is what `tracker suggest` does.
        for report, first in {row[0]: row for row in reversed(table[1:])}.items():
            _, _, units, _, usual, *each_alike = held_against[report, language]
            rows.append((report, language, first[1], first[2], units, first[3], usual, *each_alike))
    assert sorted(rows) == figures_shown()


def figures_shown() -> list[tuple[str, ...]]:
    text = PAGE.read_text(encoding="utf-8").partition("\n## How often it is right\n")[2]
    rows = re.findall(r"^\| (?!-|Report).*\|$", text, re.MULTILINE)
    return [tuple(cell.strip() for cell in row.strip("| ").split(" | ")) for row in rows]
