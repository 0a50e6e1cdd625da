"""The repository's own data: five real documents, and the answers they must give."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, SHARED, run

from tracker.draft.outline import paragraphs
from tracker.draft.report import report_view
from tracker.lang import language
from tracker.lang.numbers import numbers_in
from tracker.load.files import load

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tracker.draft.view import Item, Paragraph, Section

WS = load(ROOT)
REPORTS = {"2010-cnd-53": 20, "2013-ccpcj-22": 92, "2016-cnd-59": 23, "2017-cnd-60-add1": 11}
OURS = ["11", "12", "13", "14", "15", "16", "18"]


def seed(start: str) -> str:
    """Read one of the source documents, or skip where they are not at hand."""
    files = sorted((SHARED / "seeds").glob(f"{start}_*.txt")) if SHARED.is_dir() else []
    if not files:
        pytest.skip("the source documents are not beside this checkout")
    return files[0].read_text(encoding="utf-8")


def matrix_2013(root: Path = ROOT) -> dict[str, Any]:
    said = run("matrix", "--report", "2013-ccpcj-22", "--format", "json", "--workspace", root)
    assert (said.code, said.err) == (0, "")
    return {unit["number"]: unit for unit in json.loads(said.out)["mandates"][0]["units"]}


def test_the_data_has_no_errors() -> None:
    said = run("check", "--format", "json")
    assert json.loads(said.out)["errors"] == 0
    assert said.code == 0


def test_every_request_to_the_office_is_reported_in_2013() -> None:
    units = matrix_2013()
    assert [number for number, unit in units.items() if unit["ours"]] == OURS
    assert {units[number]["status"] for number in OURS} == {"reported"}
    assert units["18"]["answered_by"] == "2013-ccpcj-22"
    assert units["18"]["evidence"] == []


def test_calls_on_states_in_2013() -> None:
    units = matrix_2013()
    assert units["10"]["status"] == "not-applicable"
    assert [number for number, unit in units.items() if unit.get("status") == "supported"] == [
        "4#2",
        "6",
        "8",
        "9",
    ]
    assert [number for number, unit in units.items() if unit.get("status") == "none"] == ["4#1"]
    assert {tie["role"] for tie in units["4#1"]["evidence"]} == {"fact"}
    # A call is reported only by what States did themselves.
    for unit in units.values():
        if unit.get("status") == "reported" and "member-states" in unit["addressees"] and not unit["ours"]:
            acted = [
                tie
                for tie in unit["evidence"]
                if tie["role"] == "addressee" and tie["status"] in ("completed", "ongoing")
            ]
            assert all(
                any(re.fullmatch("[A-Z]{3}|member-states|donors", actor) for actor in tie["by"]) for tie in acted
            )
            assert acted


def test_taking_away_the_evidence_for_a_paragraph_makes_it_a_gap(repository: Path) -> None:
    for file in (repository / "reports" / "2013-ccpcj-22" / "evidence").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"(?<=[\[ ])ga-66-177:14(?=[,\]])", "ga-66-177", text), encoding="utf-8")
    said = run("gaps", "--report", "2013-ccpcj-22", "--ours", "--fail", "--format", "json", "--workspace", repository)
    assert said.code == 1
    assert [gap["number"] for gap in json.loads(said.out)["gaps"]] == ["14"]


def test_official_text_is_quoted_exactly() -> None:
    source = seed("002")
    # The PDF leaves footnote marks (0H4) in the text, and a line break or space anywhere.
    source = re.sub(r"\d[HF]\s*\d+", "", source)
    squeezed = re.sub(r"\s", "", source)
    units = WS.units["ga-66-177"]
    texts = {number: unit.text["zh"] for number, unit in units.items() if unit.text}
    assert len(texts) == 18
    for number, text in texts.items():
        bare = re.sub(r"\s", "", text)
        assert f"{number}.{bare}" in squeezed


@pytest.mark.parametrize(("cycle", "last"), REPORTS.items())
def test_drafts_have_the_paragraphs_of_the_document_in_both_languages(cycle: str, last: int) -> None:
    drafts = {code: report_view(WS, cycle, code, clean=False) for code in ("zh", "en")}
    shapes = {code: [shape(section) for section in view.sections] for code, view in drafts.items()}
    assert shapes["zh"] == shapes["en"]
    numbers = [paragraph.number for paragraph in paragraphs(drafts["en"].sections)]
    assert numbers == list(range(1, last + 1))
    for view in drafts.values():
        assert view.missing == 0
        assert view.notes is not None
        assert view.notes.unprinted == ()


def shape(section: Section) -> tuple[object, ...]:
    return (
        bool(section.heading),
        [(paragraph.number, paragraph.entries, len(paragraph.lettered)) for paragraph in section.paragraphs],
        [shape(inner) for inner in section.sections],
    )


def test_the_2013_draft_has_the_headings_of_the_document() -> None:
    squeezed = re.sub(r"\s", "", seed("001"))
    view = report_view(WS, "2013-ccpcj-22", "zh", clean=True)
    headings = list(all_headings(view.sections))
    assert len(headings) == 31
    for heading in headings:
        assert re.sub(r"\s", "", heading) in squeezed


def all_headings(sections: Iterable[Section]) -> list[str]:
    return [text for section in sections for text in [section.heading, *all_headings(section.sections)]]


def test_the_2013_draft_has_every_figure_of_the_document_where_the_document_has_it() -> None:
    source, zh = seed("001"), language("zh")
    view = report_view(WS, "2013-ccpcj-22", "zh", clean=True)
    drafted = {item.number: paragraph_text(item) for item in paragraphs(view.sections)}
    elsewhere = {}
    for number, text in drafted.items():
        wanted = numbers_in(zh, source_paragraph(source, number)).written
        if missing := wanted - numbers_in(zh, text).all:
            elsewhere[number] = {int(figure) for figure in missing}
    # The PDF's footnote to paragraph 14 stands after paragraph 15; the mentor of paragraph 33 with his ten
    # countries is told where he is first named, in paragraph 20.
    assert elsewhere == {15: {1, 2}, 33: {10}}
    assert {2, 7} <= {int(figure) for figure in numbers_in(zh, view.footnotes[0].text).all}
    assert 10 in numbers_in(zh, drafted[20]).all


def source_paragraph(source: str, number: int) -> str:
    # Sub-headings are numbered like paragraphs and stand before a paragraph of a higher number: only a
    # line that begins with the number after all lower ones are passed is the paragraph.
    begins, ends = 0, 0
    for wanted in range(1, number + 2):
        found = re.compile(rf"^ ?{wanted}\. ", re.MULTILINE).search(source, begins)
        if found is None:
            return source[begins:]
        ends = found.start()
        if wanted <= number:
            begins = found.end()
    return re.sub(r"(?m)^ ?\d\. .*$", "", source[begins:ends])


def paragraph_text(paragraph: Paragraph) -> str:
    return " ".join([paragraph.text, *(item_text(item) for item in paragraph.lettered)])


def item_text(item: Item) -> str:
    return " ".join([item.text, *(item_text(inner) for inner in item.lettered)])


def test_the_next_report_asks_what_became_of_what_was_announced(repository: Path) -> None:
    said = run("new", "report", "2014-ccpcj-23", "--after", "2013-ccpcj-22", "--workspace", repository)
    assert said.code == 0
    brief = (repository / "reports" / "2014-ccpcj-23" / "report.yaml").read_text(encoding="utf-8")
    asked = re.findall(r"asks: (\S+)", brief)
    assert {
        "mock-trial-colombia-2013",
        "mock-trial-senegal-2013",
        "arin-west-africa-study-2013",
        "piracy-study-2013",
    } <= set(asked)
    assert "period: 2013-04-01/2014-03-31" in brief
    assert "number: 23" in brief
    ongoing = {entry.id for entry in WS.cycles["2013-ccpcj-22"].entries if entry.status == "ongoing"}
    planned = {entry.id for entry in WS.cycles["2013-ccpcj-22"].entries if entry.status == "planned"}
    assert set(asked) == ongoing | planned
    assert json.loads(run("check", "--format", "json", "--workspace", repository).out)["errors"] == 0


def test_an_entry_that_follows_an_announcement_closes_its_question(repository: Path) -> None:
    run("new", "report", "2014-ccpcj-23", "--after", "2013-ccpcj-22", "--workspace", repository)
    draft = ("draft", "2014-ccpcj-23", "-l", "en", "-o", "-", "--workspace", repository)
    assert "Mock trial in Colombia (2013). What became of it?" in run(*draft).out
    evidence = repository / "reports" / "2014-ccpcj-23" / "evidence" / "trials.yaml"
    evidence.parent.mkdir()
    evidence.write_text(
        "- id: mock-trial-colombia-held\n  type: simulation\n  status: completed\n  by: [unodc/colombia]\n"
        "  addresses: [ga-66-177:12]\n  follows: [mock-trial-colombia-2013]\n"
        "  summary: {en: The mock trial was held., zh: 模拟审判已经举行。}\n",
        encoding="utf-8",
    )
    drafted = run(*draft).out
    assert "Mock trial in Colombia (2013). What became of it?" not in drafted
    assert "Mock trial in Senegal (2013). What became of it?" in drafted


def test_fourteen_states_replied_in_2009() -> None:
    cycle = WS.cycles["2010-cnd-53"]
    assert cycle.brief.consultation is not None
    assert len(cycle.brief.consultation.respondents) == 14
    replies = {actor for entry in cycle.entries if entry.type == "reply" for actor in entry.by}
    assert replies == {respondent.name for respondent in cycle.brief.consultation.respondents}


def test_one_activity_told_twice_is_one_entry() -> None:
    twice = [
        entry.id
        for entry in WS.cycles["2016-cnd-59"].entries
        if set(entry.sources) >= {"ed-report-2016:8", "ed-report-2016:14"}
    ]
    assert len(twice) == 2


def test_every_entry_cites_its_paragraph() -> None:
    assert all(re.search(r":\d+$", source) for entry in WS.entries.values() for source in entry.sources)
    assert all(entry.sources for entry in WS.entries.values())


def test_the_length_of_chinese_is_estimated_by_the_ratio_of_our_own_summaries() -> None:
    pairs = [entry.summary for entry in WS.entries.values()]
    characters = sum(len(re.findall(r"[\u3400-\u9fff]", text["zh"])) for text in pairs)
    words = sum(len(text["en"].split()) for text in pairs)
    assert characters / words == pytest.approx(float(language("zh").data["characters_per_word"]), rel=0.05)
