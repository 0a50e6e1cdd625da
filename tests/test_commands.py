"""The commands as people use them: what they say, what they write, how they end."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, SMALL, expect, run
from rich.cells import cell_len

from tracker.check.not_filled_in import PLACEHOLDERS
from tracker.cli import cache

if TYPE_CHECKING:
    from pathlib import Path

REFUSALS = [
    # command, what is said, in a copy of the small workspace
    ("gaps --report 2020-cnd-36", "tracker: there is no report 2020-cnd-36\n  did you mean 2020-cnd-63?\n"),
    ("gaps cnd-36-1", "tracker: there is no mandate cnd-36-1\n  did you mean cnd-63-1?\n"),
    ("gaps 63/1", "tracker: there is no mandate 63/1\n  did you mean cnd-63-1?\n"),
    ("gaps --language xx", "tracker: there is no language 'xx'\n  there are ar, en, es, fr, ru, zh\n"),
    ("show cnd-63-1:13", "tracker: cnd-63-1 has no paragraph 13\n  did you mean cnd-63-1:3 or cnd-63-1:1?\n"),
    ("show manual-2002", "tracker: there is nothing named manual-2002\n  did you mean manual-2020?\n"),
    (
        "draft 2020-cnd-63 --template none.md.j2 -o -",
        "tracker: there is no template none.md.j2; there are report.md.j2\n",
    ),
    (
        "new mandate GA_66",
        "tracker: 'GA_66' cannot be an id\n  use small letters, digits and single hyphens, as in ga-66-177\n",
    ),
    (
        "new mandate manual-2020",
        (
            "tracker: the id manual-2020 is taken by reports/2020-cnd-63/evidence/a.yaml:16:3\n"
            "  ids are unique in the whole workspace\n"
        ),
    ),
    ("matrix --columns secretariat --format json", None),
    (
        "gaps --entity undoc",
        "tracker: no paragraph is addressed to undoc, and no report is by it\n  did you mean unodc?\n",
    ),
    (
        "gaps --output gaps.txt",
        "tracker: a table is for the terminal\n  choose a form for the file: --format csv, md or json\n",
    ),
    ("check nowhere", "tracker: there is no file or folder nowhere\n"),
]


@pytest.mark.parametrize(("line", "said"), REFUSALS, ids=[line for line, _ in REFUSALS])
def test_a_command_that_cannot_run_says_why_and_exits_2(small: Path, line: str, said: str | None) -> None:
    done = run(*line.split(), at=small)
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err
    if said is not None:
        assert done.err == said


def test_outside_a_workspace_every_command_says_so(tmp_path: Path) -> None:
    for line in ("gaps", "matrix", "check", "draft x", "show x", "new mandate ga-1-1", "schema --write"):
        done = run(*line.split(), at=tmp_path)
        assert (done.code, done.out) == (2, ""), line
        assert "is not a workspace: it has no folders mandates/ and reports/" in done.err


def test_outside_a_workspace_the_bare_command_shows_help(tmp_path: Path) -> None:
    done = run(at=tmp_path)
    assert done.code == 0
    assert done.out.startswith("Usage: ")


def test_the_overview(small: Path) -> None:
    for language in ("en", "zh"):
        done = run("--language", language, at=small)
        assert (done.code, done.err) == (0, "")
        expect(f"overview-{language}.txt", done.out)


def test_the_overview_on_a_narrow_terminal_keeps_words_whole(small: Path) -> None:
    expect("overview-narrow.txt", run(at=small, COLUMNS="40").out)


@pytest.mark.parametrize(
    "reference",
    [
        "cnd-63-1",
        "cnd-63-1:2",
        "cnd-63-1:2.a",
        "cnd-63-1:1#1",
        "reply-kenya-2019",
        "made-up-mission-report",
        "2020-cnd-63",
    ],
)
def test_show(reference: str) -> None:
    done = run("show", reference, at=SMALL)
    assert (done.code, done.err) == (0, "")
    expect(f"show-{reference.replace(':', '-').replace('#', '-')}.txt", done.out)


def test_show_accepts_symbols_and_brackets() -> None:
    for one, other in (("CND 63/1", "cnd-63-1"), ("CND-63-1:2(a)", "cnd-63-1:2.a")):
        assert run("show", one, at=SMALL) == run("show", other, at=SMALL)
        assert run("show", one, at=SMALL).code == 0


def test_fail_exits_1_only_when_a_request_to_us_is_missing(small: Path) -> None:
    assert run("gaps", "--fail", at=small).code == 1
    assert run("gaps", "--fail", "--entity", "member-states", at=small).code == 0
    assert run("gaps", "--fail", "--entity", "donors", at=small).code == 1
    assert run("gaps", "--report", "2013-ccpcj-22", "--fail").code == 0


def test_check_exit_codes_and_forms(small: Path) -> None:
    evidence = small / "reports" / "2020-cnd-63" / "evidence" / "a.yaml"
    assert run("check", at=small) == (0, "", "no problems\n")
    evidence.write_text(
        evidence.read_text(encoding="utf-8").replace("  sources: [made-up-mission-report:5]\n", ""), encoding="utf-8"
    )
    assert run("check", at=small).code == 0
    assert run("check", "--strict", at=small).code == 1
    evidence.write_text(evidence.read_text(encoding="utf-8").replace("cnd-63-1:1#1", "cnd-63-1:1#7"), encoding="utf-8")
    done = run("check", at=small)
    assert done.code == 1
    expect("check.txt", done.out + done.err)
    expect("check-github.txt", run("check", "--format", "github", at=small).out)
    expect("check.json", run("check", "--format", "json", at=small).out)
    assert run("check", "mandates", at=small) == (0, "", "no problems\n")


def test_a_reference_to_nothing_is_said_beside_the_result(small: Path) -> None:
    evidence = small / "reports" / "2020-cnd-63" / "evidence" / "a.yaml"
    evidence.write_text(evidence.read_text(encoding="utf-8").replace('"cnd-63-1:2(a)"', "cnd-63-1:9"), encoding="utf-8")
    done = run("gaps", "--format", "json", at=small)
    assert done.code == 0
    assert done.err == "not counted: course-nairobi-2019 names cnd-63-1:9, which there is not\n"
    assert "cnd-63-1:2(a)" in {gap["ref"] for gap in json.loads(done.out)["gaps"]}


def test_files_that_hold_no_records_stop_the_answer(small: Path) -> None:
    (small / "mandates" / "cnd-63-2.yaml").write_text("title: {en: Another}\nparagraphs: 3\n", encoding="utf-8")
    done = run("gaps", at=small)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "tracker: mandates/cnd-63-2.yaml:2:13: error: paragraphs must be a list [wrong-type]\n"
        "    write paragraphs: [3]\n"
        "1 problem stands in the way of a right answer\n"
        "  mend the files named above; tracker check lists all\n"
    )


def test_a_draft_is_never_written_over_unasked(small: Path) -> None:
    first = run("draft", "2020-cnd-63", at=small)
    path = small / "reports" / "2020-cnd-63" / "drafts" / "2020-cnd-63.en.md"
    assert (first.code, first.out) == (0, "")
    assert first.err.startswith("reports/2020-cnd-63/drafts/2020-cnd-63.en.md\n")
    path.write_text("my own words", encoding="utf-8")
    second = run("draft", "2020-cnd-63", at=small)
    assert second.code == 2
    assert path.read_text(encoding="utf-8") == "my own words"
    assert run("draft", "2020-cnd-63", "--force", at=small).code == 0
    assert path.read_text(encoding="utf-8") != "my own words"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("clean", [False, True])
def test_the_draft(language: str, *, clean: bool) -> None:
    words = ["draft", "2020-cnd-63", "-l", language, "-o", "-", *(["--clean"] if clean else [])]
    done = run(*words, at=SMALL)
    assert (done.code, done.err) == (0, "")
    expect(f"draft-{language}{'-clean' if clean else ''}.md", done.out)


def test_a_draft_in_a_language_without_texts_shows_what_is_missing(small: Path) -> None:
    done = run("draft", "2020-cnd-63", "-l", "fr", "-o", "-", at=small)
    assert done.code == 0
    assert "Kenya" not in done.out.split("\n---\n")[0]
    assert "texts are missing in Français: look for [ in the draft" in done.err


def test_init_makes_a_workspace_that_works_at_once(tmp_path: Path) -> None:
    assert run("init", "mine", at=tmp_path).code == 0
    here = tmp_path / "mine"
    assert run("check", "--strict", at=here) == (0, "", "no problems\n")
    assert run("gaps", at=here).code == 0
    assert run("draft", "2025-cnd-99", at=here).code == 0
    again = run("init", "mine", at=tmp_path)
    assert again.code == 2
    assert "is there already" in again.err


def test_new_files_are_ready_to_fill_in(small: Path) -> None:
    for line in ("new mandate ga-70-1", "new report 2021-cnd-64", "new entry a-course-2021 --report 2021-cnd-64"):
        done = run(*line.split(), at=small)
        assert (done.code, done.out) == (0, ""), done.err
    errors = json.loads(run("check", "--format", "json", at=small).out)["errors"]
    assert errors == 0
    for file in (
        "mandates/ga-70-1.yaml",
        "reports/2021-cnd-64/report.yaml",
        "reports/2021-cnd-64/evidence/a-course-2021.yaml",
    ):
        expect(f"new-{file.replace('/', '-')}", (small / file).read_text(encoding="utf-8"))
    assert run("new", "mandate", "ga-70-1", at=small).code == 2


def test_the_next_report_asks_what_became_of_announcements(small: Path) -> None:
    assert run("new", "report", "2021-cnd-64", "--after", "2020-cnd-63", at=small).code == 0
    brief = small / "reports" / "2021-cnd-64" / "report.yaml"
    expect("next-report.yaml", brief.read_text(encoding="utf-8"))
    assert "What became of it?" in run("draft", "2021-cnd-64", "-l", "en", "-o", "-", at=small).out
    clean = run("draft", "2021-cnd-64", "-l", "en", "-o", "-", "--clean", at=small)
    assert (clean.code, "What became of it?" in clean.out) == (0, False)
    evidence = brief.parent / "evidence" / "manual.yaml"
    evidence.parent.mkdir()
    evidence.write_text(
        "- id: manual-published\n  type: publication\n  status: completed\n  date: 2020-05\n  by: [unodc]\n"
        '  addresses: ["cnd-63-1:2(b)"]\n  follows: [manual-2020]\n'
        "  summary: {en: The manual appeared in May 2020., zh: 手册于 2020 年 5 月出版。}\n",
        encoding="utf-8",
    )
    answered = run("draft", "2021-cnd-64", "-l", "en", "-o", "-", at=small)
    assert (answered.code, "What became of it?" in answered.out) == (0, False)


def test_schemas_in_the_repository_are_current() -> None:
    for name in ("mandate", "report", "entries", "documents"):
        said = run("schema", name)
        assert said.code == 0
        assert said.out == (ROOT / "schemas" / f"{name}.json").read_text(encoding="utf-8")


def test_no_colour_where_none_is_wanted() -> None:
    assert "\x1b[" not in run("gaps", "--report", "2013-ccpcj-22").out
    forced = run("gaps", "--report", "2013-ccpcj-22", NO_COLOR="1", FORCE_COLOR="1").out
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", forced)


@pytest.mark.parametrize("columns", ["40", "60", "200"])
def test_narrow_and_wide_terminals(columns: str) -> None:
    for language in ("en", "zh"):
        out = run("gaps", "--report", "2013-ccpcj-22", "-l", language, COLUMNS=columns).out
        assert all(cell_len(line) <= int(columns) for line in out.splitlines())
        assert "…" not in out


@pytest.mark.parametrize("line", ["", "gaps", "matrix", "show ga-66-177:3", "replies 2010-cnd-53"])
def test_tables_for_another_program_are_not_filled_up_with_spaces(line: str) -> None:
    lines = run(*line.split()).out.split("\n")
    assert [one for one in lines if one.endswith(" ")] == []


def test_a_closed_pipe_is_no_failure() -> None:
    first = subprocess.Popen(  # the reader goes away after one line
        [sys.executable, "-m", "tracker", "matrix", "--format", "json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert first.stdout is not None
    assert first.stderr is not None
    first.stdout.readline()
    first.stdout.close()
    assert first.stderr.read() == b""
    first.stderr.close()
    assert first.wait() == 0


def test_a_table_can_be_written_to_a_file(small: Path) -> None:
    for words in (("gaps", "--format", "csv"), ("matrix", "--format", "md"), ("matrix", "--format", "json")):
        done = run(*words, "--output", "out", "--force", at=small)
        assert (done.code, done.out, done.err) == (0, "", "out\n")
        written = (small / "out").read_bytes()
        assert written.startswith(b"\xef\xbb\xbf") == ("csv" in words)
        assert written.decode("utf-8-sig") == run(*words, at=small).out
    assert run("gaps", "--format", "csv", "--output", "out", at=small).code == 2


def test_options_before_the_command_mean_the_same(small: Path) -> None:
    assert run("--language", "zh", "gaps", at=small).out == run("gaps", "--language", "zh", at=small).out
    assert run("-w", small, "show", "cnd-63-1").out == run("show", "cnd-63-1", at=small).out
    assert run("gaps", at=small, TRACKER_LANGUAGE="zh").out == run("gaps", "-l", "zh", at=small).out
    assert run("-l", "zh", "gaps", at=small, TRACKER_LANGUAGE="fr").out == run("gaps", "-l", "zh", at=small).out


def test_the_first_fifty_rows_and_how_to_see_the_rest(small: Path) -> None:
    paragraphs = "".join(f"  - {{number: {number}, addressees: [unodc], gist: Ask}}\n" for number in range(1, 61))
    (small / "mandates" / "cnd-63-2.yaml").write_text(f"title: Long\nparagraphs:\n{paragraphs}", encoding="utf-8")
    first = run("gaps", "cnd-63-2", at=small)
    assert first.out.count("cnd-63-2:") == 50
    assert first.err == "The first 50 of 60. All of them: --all, or --format csv --output gaps.csv\n"
    assert run("gaps", "cnd-63-2", "--all", at=small).out.count("cnd-63-2:") == 60
    assert "The first 50 of 60 rows." in run("matrix", "cnd-63-2", at=small).err


def test_nothing_is_said_to_be_reported_where_nothing_is_known(small: Path) -> None:
    (small / "mandates" / "cnd-63-3.yaml").write_text("title: Unknown\nprovisional: true\n", encoding="utf-8")
    done = run("gaps", "cnd-63-3", at=small)
    assert "No paragraph of these mandates is known." in done.out


def test_a_file_kept_by_its_owner_is_replaced_only_as_a_file(small: Path) -> None:
    target = small / "kept.csv"
    target.write_text("mine", encoding="utf-8")
    target.chmod(0o600)
    (small / "link.csv").symlink_to(target)
    assert run("gaps", "--format", "csv", "--output", "link.csv", at=small).code == 2
    assert run("gaps", "--format", "csv", "--output", "link.csv", "--force", at=small).code == 0
    assert (small / "link.csv").is_symlink()
    assert target.stat().st_mode & 0o777 == 0o600
    assert run("gaps", "--format", "csv", "--output", "/dev/null", "--force", at=small).code == 2


def test_placeholders_of_new_files_are_known_to_check() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates" / "new").glob("*.j2"))
    assert all(text in written for text in PLACEHOLDERS)


def test_a_draft_names_what_no_paragraph_prints_and_what_counts_nowhere(small: Path) -> None:
    evidence = small / "reports" / "2020-cnd-63" / "evidence" / "a.yaml"
    evidence.write_text(
        evidence.read_text(encoding="utf-8").replace('"cnd-63-1:2(b)"', "cnd-63-1:22"), encoding="utf-8"
    )
    done = run("draft", "2020-cnd-63", "--clean", "-o", "-", at=small)
    assert done.code == 0
    assert done.err == (
        "not counted: manual-2020 names cnd-63-1:22, which there is not\nprinted by no paragraph: manual-2020\n"
    )


def test_a_brief_that_cannot_be_read_is_told_as_such(small: Path) -> None:
    brief = small / "reports" / "2020-cnd-63" / "report.yaml"
    brief.write_text(brief.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    for line in ("gaps --report 2020-cnd-63", "draft 2020-cnd-63"):
        assert "report.yaml:2:1: error: unknown key titel [unknown-key]" in run(*line.split(), at=small).err
    assert "tracker check" in run("new", "entry", "a-course", "--report", "2020-cnd-63", at=small).err


def test_the_case_of_a_name_does_not_matter(small: Path) -> None:
    for line in ("gaps --report {}", "matrix --report {}", "draft {} -o -", "show {}"):
        said = run(*line.format("2020-CND-63").split(), at=small)
        assert said.code == 0
        assert said == run(*line.format("2020-cnd-63").split(), at=small)
    assert run("new", "entry", "a-course", "--report", "2020-CND-63", at=small).code == 0
    assert (small / "reports" / "2020-cnd-63" / "evidence" / "a-course.yaml").is_file()


def test_the_next_report_is_not_begun_from_what_cannot_be_read(small: Path) -> None:
    evidence = small / "reports" / "2020-cnd-63" / "evidence" / "a.yaml"
    text = evidence.read_text(encoding="utf-8").replace("status: planned", "stauts: planned")
    evidence.write_text(text, encoding="utf-8")
    done = run("new", "report", "2021-cnd-64", "--after", "2020-cnd-63", at=small)
    assert done.code == 2
    assert "did you mean status?" in done.err
    assert not (small / "reports" / "2021-cnd-64").exists()


def test_who_waits_for_a_long_reading_sees_a_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cache, "_PATIENCE_SECONDS", -1)
    unseen = cache.Reading()
    unseen(1, 2)
    unseen(2, 2)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    seen = cache.Reading()
    seen(1, 2)
    seen(2, 2)
    assert "reading the workspace" in capsys.readouterr().err
