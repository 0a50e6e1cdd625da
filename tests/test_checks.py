"""The check rules: each has a file of cases in tests/checks and a page made from it in docs/checks.

A new case is a new passage in such a file, not new code. After a change of wording,
`TRACKER_UPDATE=1 pytest tests/test_checks.py` writes the problems and the pages again; read the
difference before it is kept.
"""

from __future__ import annotations

import os
import shutil
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import pytest

from tracker.check import OF_ONE_RECORD, RULES, problems_of
from tracker.check.records import Records
from tracker.check.subject import Subject
from tracker.load.files import load
from tracker.problems import Level
from tracker.render.problems import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.load.workspace import Workspace
    from tracker.problems import Problem

HERE = Path(__file__).parent
SMALL = HERE / "workspaces" / "small"
PAGES = HERE.parent / "docs" / "checks"
UPDATE = bool(os.environ.get("TRACKER_UPDATE"))
BY_CODE = {rule.CODE: rule for rule in RULES}
EACH_RULE = pytest.mark.parametrize("rule", RULES, ids=list(BY_CODE))


class Rule(Protocol):
    """What every module of tracker/check that holds a rule has."""

    __name__: str
    __doc__: str | None
    CODE: str
    LEVEL: Level

    def check(self, subject: Any) -> Iterable[Problem]:
        """Return what is wrong."""


class Case(NamedTuple):
    """Files laid over the small workspace, and the problems a rule finds then: none where it is right."""

    files: dict[str, str]
    problems: str


def cases_of(code: str) -> list[Case]:
    cases: list[Case] = []
    for passage in f"\n{case_file(code).read_text(encoding='utf-8')}".split("\n== ")[1:]:
        kind, _, body = passage.partition("\n")
        if kind == "problems":
            cases[-1] = cases[-1]._replace(problems=f"{body.rstrip()}\n")
        else:
            parts = (part.partition("\n") for part in f"\n{body}".split("\n-- ")[1:])
            cases.append(Case({path: f"{text.rstrip()}\n" for path, _, text in parts}, ""))
    return cases


def written(cases: list[Case]) -> str:
    passages = []
    for case in cases:
        files = "".join(f"-- {path}\n{text}" for path, text in case.files.items())
        passages.append(f"== wrong\n{files}== problems\n{case.problems}" if case.problems else f"== right\n{files}")
    return "".join(passages)


def case_file(code: str) -> Path:
    return HERE / "checks" / f"{code}.txt"


def laid(case: Case, folder: Path) -> Workspace:
    shutil.copytree(SMALL, folder)
    for path, text in case.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
    return load(folder)


def found(rule: Rule, case: Case, folder: Path) -> str:
    return as_text(sorted(rule.check(Subject(laid(case, folder)))))


def manual(rule: Rule) -> str:
    return (rule.__doc__ or "").strip()


def page(rule: Rule, cases: list[Case]) -> str:
    wrong = next(case for case in cases if case.problems)
    right = next(case for case in cases if not case.problems)
    return (
        "\n".join(
            (
                f"# {rule.CODE}\n",
                f"Level: {rule.LEVEL}.\n",
                f"{manual(rule)}\n",
                "## Wrong\n",
                *shown(wrong),
                f"```text\n{wrong.problems}```\n",
                "## Right\n",
                *shown(right),
            )
        ).rstrip()
        + "\n"
    )


def shown(case: Case) -> Iterator[str]:
    path, text = next(iter(case.files.items()))
    yield f"`{path}`\n"
    yield f"```yaml\n{text}```\n"


def table() -> str:
    rows = [f"| [{rule.CODE}]({rule.CODE}.md) | {rule.LEVEL} | {manual(rule).splitlines()[0]} |" for rule in RULES]
    head = "# What is checked\n\n`tracker check` lists every problem with its file, line and column, and its code.\n"
    note = "An error makes results wrong; a warning asks for a look.\n\n| Code | Level | What is wrong |\n|---|---|---|"
    return "\n".join((head + note, *rows)) + "\n"


def keep_or_compare(path: Path, text: str) -> None:
    if UPDATE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == text


@EACH_RULE
def test_the_rule_finds_what_is_wrong_and_nothing_else(rule: Rule, tmp_path: Path) -> None:
    for number, case in enumerate(cases := cases_of(rule.CODE)):
        problems = found(rule, case, tmp_path / str(number))
        if UPDATE and case.problems:
            cases[number] = case._replace(problems=problems)
        assert problems == cases[number].problems
    keep_or_compare(case_file(rule.CODE), written(cases))


@EACH_RULE
def test_a_page_tells_what_the_rule_and_its_cases_tell(rule: Rule) -> None:
    keep_or_compare(PAGES / f"{rule.CODE}.md", page(rule, cases_of(rule.CODE)))


def test_the_table_lists_every_rule() -> None:
    keep_or_compare(PAGES / "README.md", table())


def test_cases_and_pages_belong_to_a_rule() -> None:
    assert {path.stem for path in (HERE / "checks").iterdir()} == set(BY_CODE)
    assert {path.stem for path in PAGES.iterdir()} == {*BY_CODE, "README"}


def test_rules_are_told_apart_and_errors_come_first() -> None:
    assert len(BY_CODE) == len(RULES)
    assert [rule.CODE.replace("-", "_") for rule in RULES] == [rule.__name__.rpartition(".")[2] for rule in RULES]
    levels = [rule.LEVEL for rule in RULES]
    assert levels == sorted(levels, key=list(Level).index)


def test_nothing_is_wrong_with_the_small_workspace() -> None:
    assert as_text(problems_of(load(SMALL))) == ""


def test_rules_of_one_record_are_given_no_more_than_records() -> None:
    given = {rule.CODE: str(next(iter(signature(rule.check).parameters.values())).annotation) for rule in RULES}
    assert {code for code, what in given.items() if what == "Records"} == {rule.CODE for rule in OF_ONE_RECORD}


@pytest.mark.parametrize("rule", OF_ONE_RECORD, ids=[rule.CODE for rule in OF_ONE_RECORD])
def test_a_rule_of_one_record_finds_the_same_file_by_file(rule: Rule, tmp_path: Path) -> None:
    for place, case in enumerate(cases_of(rule.CODE)):
        ws = laid(case, tmp_path / str(place))
        by_file = {file: list(rule.check(Records(ws, {file}))) for file in ws.contents}
        assert all(problem.place.path == file for file, problems in by_file.items() for problem in problems)
        together = [problem for problems in by_file.values() for problem in problems]
        assert sorted(together) == sorted(rule.check(Records(ws)))
