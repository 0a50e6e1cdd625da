"""Files to records: every problem of a file is reported at once, in its place."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

from tracker.load.files import load
from tracker.load.records import to_record
from tracker.model import Document, Entry, Mandate, Session
from tracker.render.problems import as_text

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.load.workspace import Workspace

BRIEF = """
    title: 一份报告
    to: cnd
    session: {number: 65}
    mandates: [cnd-63-1]
    entity: {name: unodc, addressed_as: [unodc]}
    period: 2020/2021
    languages: [zh, en]
"""
EVIDENCE = "reports/2022-cnd-65/evidence/a.yaml"


def workspace(folder: Path, files: dict[str, str]) -> Workspace:
    for name, text in {"reports/2022-cnd-65/report.yaml": BRIEF, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    (folder / "mandates").mkdir(exist_ok=True)
    return load(folder)


def problems(ws: Workspace) -> str:
    return as_text(sorted(ws.problems))


def test_every_problem_of_a_file_of_evidence_at_once(tmp_path: Path) -> None:
    text = """
        - id: course-2020
          typ: training
          status: done
          by: unodc
          figures: [43]
          internal: yes
          addresses: [cnd-63-1:1, {cnd-63-1: 2}]
          part_of: [programme]
          summary: {en: [Held a course.]}
        - a course was held
        - id: manual-2020
          type: publication
          summary: 编写了一份手册。
        - type: training
          summary: 举办了课程。
    """
    ws = workspace(tmp_path, {EVIDENCE: text})
    assert problems(ws) == dedent("""\
        reports/2022-cnd-65/evidence/a.yaml:1:3: error: course-2020 has no type [missing-field]
            say what kind of activity or fact it is, as type: training
        reports/2022-cnd-65/evidence/a.yaml:2:3: error: unknown key typ [unknown-key]
            did you mean type?
        reports/2022-cnd-65/evidence/a.yaml:3:11: error: status cannot be 'done' [wrong-type]
            one of completed, ongoing, planned, cancelled
        reports/2022-cnd-65/evidence/a.yaml:4:7: error: by must be a list [wrong-type]
            write by: [unodc]
        reports/2022-cnd-65/evidence/a.yaml:5:12: error: figures must be a map, as {key: value} [wrong-type]
        reports/2022-cnd-65/evidence/a.yaml:6:13: error: internal must be true or false, not 'yes' [wrong-type]
        reports/2022-cnd-65/evidence/a.yaml:7:27: error: item 2 of addresses must be plain text [wrong-type]
        reports/2022-cnd-65/evidence/a.yaml:8:12: error: part_of must be plain text [wrong-type]
        reports/2022-cnd-65/evidence/a.yaml:9:17: error: en must be plain text [wrong-type]
        reports/2022-cnd-65/evidence/a.yaml:10:3: error: item 2 must be a map of fields [wrong-type]
        reports/2022-cnd-65/evidence/a.yaml:14:3: error: the entry has no id [missing-field]
            give it a name of its own, as id: mock-trial-senegal-2013
    """)
    assert list(ws.entries) == ["manual-2020"]


def test_every_problem_of_a_mandate_at_once(tmp_path: Path) -> None:
    text = """
        symbol: CND 63/1
        languages: en
        provisional: maybe
        paragraphs:
          - number: 1
            adressees: [unodc]
            verb: [requests]
            reporting: {to: cnd, session: next}
          - text: Notes earlier training
          - number: 3
            clauses: {verb: urges}
          - number: 4
            reporting: soon
            paragraphs:
              - {number: a, colour: red}
    """
    ws = workspace(tmp_path, {"mandates/cnd-63-1.yaml": text})
    assert problems(ws) == dedent("""\
        mandates/cnd-63-1.yaml:1:1: error: cnd-63-1 has no title [missing-field]
            add a title, as title: {en: …}
        mandates/cnd-63-1.yaml:2:12: error: languages must be a list [wrong-type]
            write languages: [en]
        mandates/cnd-63-1.yaml:3:14: error: provisional must be true or false, not 'maybe' [wrong-type]
        mandates/cnd-63-1.yaml:6:5: error: unknown key adressees [unknown-key]
            did you mean addressees?
        mandates/cnd-63-1.yaml:7:11: error: verb must be plain text [wrong-type]
        mandates/cnd-63-1.yaml:8:35: error: session must be a whole number, not 'next' [wrong-type]
        mandates/cnd-63-1.yaml:9:5: error: item 2 of paragraphs has no number [missing-field]
            every paragraph has a number; where it is not known, ~a, ~b
        mandates/cnd-63-1.yaml:11:14: error: clauses must be a list [wrong-type]
            begin each item with a dash
        mandates/cnd-63-1.yaml:13:16: error: reporting must be a map of fields [wrong-type]
            indent its fields below it, as key: value
        mandates/cnd-63-1.yaml:15:21: error: unknown key colour [unknown-key]
            known here: number, heading, preamble, text, gist, verb, addressees, condition, reporting, paragraphs, clauses
    """)  # noqa: E501 - the message stands on one line, as it is printed
    assert ws.mandates == {}


def test_every_problem_of_a_brief_at_once(tmp_path: Path) -> None:
    text = """
        title: A report made up for tests
        session: 65
        mandates: [cnd-63-1]
        entity: {name: unodc}
        period: 2020/2021
        languages: [en]
        state: finished
        author: secretary
        word_limit: many
        outline:
          - heading: Introduction
            body:
              - {entries: course-2020, select: {order: alphabet}}
        assessments:
          - {unit: cnd-63-1:1, status: done}
    """
    ws = workspace(tmp_path, {"reports/2022-cnd-65/report.yaml": text})
    assert problems(ws) == dedent("""\
        reports/2022-cnd-65/report.yaml:1:1: error: 2022-cnd-65 has no to [missing-field]
            add the body it goes to, as to: ccpcj
        reports/2022-cnd-65/report.yaml:2:10: error: session must be a map of fields [wrong-type]
            indent its fields below it, as key: value
        reports/2022-cnd-65/report.yaml:4:9: error: entity has no addressed_as [missing-field]
        reports/2022-cnd-65/report.yaml:7:8: error: state cannot be 'finished' [wrong-type]
            one of draft, submitted
        reports/2022-cnd-65/report.yaml:8:9: error: author cannot be 'secretary' [wrong-type]
            did you mean secretariat or secretary-general?
        reports/2022-cnd-65/report.yaml:9:13: error: word_limit must be a whole number, not 'many' [wrong-type]
        reports/2022-cnd-65/report.yaml:13:19: error: entries must be a list [wrong-type]
            write entries: [course-2020]
        reports/2022-cnd-65/report.yaml:13:48: error: order cannot be 'alphabet' [wrong-type]
            one of file, states
        reports/2022-cnd-65/report.yaml:15:32: error: status cannot be 'done' [wrong-type]
            one of completed, in-progress, not-implemented, no-action, no-information
    """)
    assert ws.cycles == {}


def test_what_a_name_already_says_is_not_written_again(tmp_path: Path) -> None:
    files = {
        "mandates/cnd-63-1.yaml": "id: cnd-63-1\ntitle: A resolution\n",
        "reports/documents.yaml": "mission:\n  id: mission\n  title: A mission report\n",
        "reports/2022-cnd-65/report.yaml": f"{dedent(BRIEF)}id: 2022-cnd-65\n",
        EVIDENCE: "- id: course-2020\n  cycle: 2022-cnd-65\n  type: training\n  summary: 举办了课程。\n",
    }
    ws = workspace(tmp_path, files)
    assert problems(ws) == dedent("""\
        mandates/cnd-63-1.yaml:1:1: error: unknown key id [unknown-key]
            it is taken from the name of the file or folder: delete this line
        reports/2022-cnd-65/evidence/a.yaml:2:3: error: unknown key cycle [unknown-key]
            it is taken from the name of the file or folder: delete this line
        reports/2022-cnd-65/report.yaml:8:1: error: unknown key id [unknown-key]
            it is taken from the name of the file or folder: delete this line
        reports/documents.yaml:2:3: error: unknown key id [unknown-key]
            it is taken from the name of the file or folder: delete this line
    """)
    assert ws.entries["course-2020"].cycle == "2022-cnd-65"


def test_a_plain_text_is_in_the_first_language_of_its_file(tmp_path: Path) -> None:
    files = {
        "mandates/cnd-63-1.yaml": """
            title: 一项决议
            languages: [zh, en]
            paragraphs:
              - {number: 1, gist: 培训, clauses: [{gist: {en: Train, zh: 培训}}]}
        """,
        "mandates/cnd-63-2.yaml": "title: A resolution\n",
        "reports/documents.yaml": "mission: {title: A mission report, languages: [fr]}\n",
        EVIDENCE: """
            - id: course-2020
              type: training
              title: {en: A course}
              summary: 举办了课程。
        """,
    }
    ws = workspace(tmp_path, files)
    assert ws.problems == []
    first = ws.mandates["cnd-63-1"].paragraphs[0]
    assert ws.mandates["cnd-63-1"].title == {"zh": "一项决议"}
    assert (first.gist, first.clauses[0].gist) == ({"zh": "培训"}, {"en": "Train", "zh": "培训"})
    assert ws.mandates["cnd-63-2"].title == {"en": "A resolution"}
    assert ws.documents["mission"].title == {"fr": "A mission report"}
    assert ws.cycles["2022-cnd-65"].brief.title == {"zh": "一份报告"}
    assert ws.entries["course-2020"].title == {"en": "A course"}
    assert ws.entries["course-2020"].summary == {"zh": "举办了课程。"}


def test_files_of_the_wrong_shape(tmp_path: Path) -> None:
    files = {
        "mandates/cnd-63-1.yaml": "- title: A resolution\n",
        "mandates/cnd-63-2.yaml": "A resolution\n",
        "reports/documents.yaml": "mission: A mission report\n",
        "reports/2022-cnd-65/evidence/a.yml": "id: course-2020\ntype: training\nsummary: Held a course.\n",
    }
    ws = workspace(tmp_path, files)
    listing = "the file must hold a list of entries, each beginning with a dash"
    assert problems(ws).splitlines() == [
        "mandates/cnd-63-1.yaml:1:1: error: the file must hold a map of fields [wrong-type]",
        "mandates/cnd-63-2.yaml:1:1: error: the file must hold a map of fields [wrong-type]",
        f"reports/2022-cnd-65/evidence/a.yml:1:1: error: {listing} [wrong-type]",
        "reports/documents.yaml:1:10: error: mission must be a map of fields [wrong-type]",
    ]


def test_evidence_and_sources_may_still_be_empty(tmp_path: Path) -> None:
    ws = workspace(tmp_path, {"reports/documents.yaml": "# none yet\n", EVIDENCE: ""})
    assert (ws.problems, ws.entries, ws.documents) == ([], {}, {})


def test_a_mandate_or_brief_without_a_word_lacks_its_fields(tmp_path: Path) -> None:
    ws = workspace(tmp_path, {"mandates/cnd-63-1.yaml": "# to be written\n", "reports/2022-cnd-65/report.yaml": ""})
    assert {line for line in problems(ws).splitlines() if "no title" in line or "no entity" in line} == {
        "mandates/cnd-63-1.yaml:1:1: error: cnd-63-1 has no title [missing-field]",
        "reports/2022-cnd-65/report.yaml:1:1: error: 2022-cnd-65 has no title [missing-field]",
        "reports/2022-cnd-65/report.yaml:1:1: error: 2022-cnd-65 has no entity [missing-field]",
    }


ENTRY = {"id": "a", "cycle": "b", "type": "training", "summary": "x"}
VALUES: list[tuple[Any, type[Any], str, Any]] = [
    # what is written, the record, its field, what it holds
    ({"id": "a", "title": "x", "provisional": "true"}, Mandate, "provisional", True),
    ({"id": "a", "title": "x", "provisional": "False"}, Mandate, "provisional", False),
    ({"number": "22"}, Session, "number", 22),
    ({"id": "a", "title": {"zh": "甲", "en": "A"}}, Document, "title", {"zh": "甲", "en": "A"}),
    ({"id": "a", "title": "null"}, Document, "title", {"en": "null"}),
    ({"id": "a", "title": "x", "date": "2012"}, Document, "date", "2012"),
    ({"id": "a", "title": "x", "note": "null"}, Document, "note", "null"),
    ({**ENTRY, "by": ["NO", "1"]}, Entry, "by", ("NO", "1")),
    ({**ENTRY, "figures": {"events": "43+"}}, Entry, "figures", {"events": "43+"}),
    ({**ENTRY, "status": "ongoing"}, Entry, "status", "ongoing"),
]


@pytest.mark.parametrize(("value", "kind", "field", "held"), VALUES)
def test_a_value_becomes_what_its_field_holds(value: Any, kind: type[Any], field: str, held: Any) -> None:
    record, findings = to_record(value, kind, "en")
    assert findings == []
    assert getattr(record, field) == held
