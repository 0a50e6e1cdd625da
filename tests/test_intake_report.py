"""Reports as others wrote them: what is read of them, what is made of it, and what is refused.

What is expected stands in tests/intake/reports; its README says how.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import SHARED

from tracker.check import problems_of
from tracker.cover.suggest import index_of
from tracker.intake.facts import facts_of_sentence
from tracker.intake.report import import_report
from tracker.intake.reportrules import known_codes, report_rules
from tracker.intake.source import MARK_BASE, Line, Source, Unreadable, read
from tracker.intake.text import text_lines
from tracker.load.files import load
from tracker.render.cycle import as_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.intake.report import Heading, ImportedReport
    from tracker.intake.skeletons import Body

HERE = Path(__file__).parent / "intake" / "reports"
UPDATE = bool(os.environ.get("TRACKER_UPDATE"))
LISTS = sorted(path for path in HERE.glob("*.txt"))
MADE_UP = sorted((HERE / "made-up").glob("*.txt"))
# Numbers of paragraphs, headings and items stand elsewhere than in the text.
NUMBERS = re.compile(r"^\s*(?:\d+(?:\.\d+)?\.?\s|[一二三四五六七八九十]+\s*[、.]|[IVX]+\.|[A-Z]\.|\([a-z]{1,4}\))\s*")


def real(name: str) -> ImportedReport:
    found = [path for folder in ("seeds", "texts/reports") for path in (SHARED / folder).glob(f"{name}*")]
    if not found:
        pytest.skip(f"the document {name} is not here")
    return import_report(read(found[0]), "2016-cnd-59")


def plain(text: str) -> str:
    return " ".join(re.sub(r"[\uE000-\uF8FF]", "", text).split())


def letters(text: str) -> str:
    return "".join(re.findall(r"[^\W\d_]", text))


def items_of(body: Body) -> list[str]:
    """Return the letters of a paragraph's items, whether they are text of the brief, entries or lines of one."""
    if body.items:
        return [chr(ord("a") + place) for place in range(len(body.items))]
    if body.text:
        return [entry.id[-1] for entry in body.entries]
    labels = re.findall(r"^\(([a-z])\)", "\n".join(entry.text for entry in body.entries), re.MULTILINE)
    # (i) is an item of its own only after (h).
    return [one for place, one in enumerate(labels) if one != "i" or labels[place - 1 : place] == ["h"]]


def listed(imported: ImportedReport) -> Iterator[tuple[str, str]]:
    """Yield all that is found as kind and text, in order."""

    def section(heading: Heading, level: int) -> Iterator[tuple[str, str]]:
        if heading.heading:
            yield "=" * level, plain(heading.heading)
        for body in heading.body:
            text = "\n".join(filter(None, [body.text, *(one.text for one in body.entries), *body.items]))
            yield "paragraph", f"{body.number} {plain(text)}"
            if items := items_of(body):
                yield "items:", " ".join(items)
            for note in re.findall(r"[\uE000-\uF8FF]", text):
                place = ord(note) - MARK_BASE
                yield "note", f"{place + 1}: {imported.notes[place]}"
        for inner in heading.sections:
            yield from section(inner, level + 1)

    for heading in imported.outline:
        yield from section(heading, 1)


def expected(name: str) -> Iterator[tuple[str, str]]:
    for line in (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        kind, _, rest = line.strip().partition(" ")
        if kind[0] in "=?-" or kind in {"note", "items:"}:
            yield kind, rest
        elif kind[0] != "(":
            yield "paragraph", line


def fits(want: tuple[str, str], found: tuple[str, str]) -> bool:
    kind, text = want
    if kind == "paragraph":
        first, _, last = text.partition("…")
        squeezed = "".join(found[1].split())
        return (
            found[0] == kind
            and squeezed.startswith("".join(first.split()))
            and squeezed.endswith("".join(last.split()))
        )
    if kind == "?":
        return found[0].startswith("=") and found[1] == " ".join(text.split())
    return found == (kind, " ".join(text.split()))


@pytest.mark.parametrize("name", [path.stem for path in LISTS])
def test_real_reports_are_read_as_by_eye(name: str) -> None:
    imported = real(name)
    wanted = [one for one in expected(name) if one[0] != "-"]
    found = list(listed(imported))
    if not any(kind[0] in "=?" for kind, _ in wanted) and len(wanted) > 100:
        found = [one for one in found if one[0] in {"paragraph", "items:"}]
    wrong = [(want, one) for want, one in zip(wanted, found, strict=False) if not fits(want, one)]
    assert not wrong[:3]
    assert len(found) == len(wanted)


@pytest.mark.parametrize("name", [path.stem for path in LISTS])
def test_what_is_left_out_is_named(name: str) -> None:
    left = {plain(one.text) for one in real(name).left}
    wanted = [text for kind, text in expected(name) if kind == "-"]
    assert [text for text in wanted if not any(one.startswith(" ".join(text.split())) for one in left)] == []


@pytest.mark.parametrize("name", [path.stem for path in LISTS])
def test_nothing_of_a_report_goes_in_silence(name: str) -> None:
    imported = real(name)
    head = imported.masthead
    texts = [head.title, head.item_title, *head.summary, *imported.notes, *(one.text for one in imported.left)]
    texts += [text for _, text in listed(imported)]
    told = letters("\n".join(texts))
    source = next(path for folder in ("seeds", "texts/reports") for path in (SHARED / folder).glob(f"{name}*"))
    start = min(heading.line for heading in imported.outline)
    lines = [line for line in read(source).lines if line.number >= start]
    missing = [line for line in lines if letters(NUMBERS.sub("", line.text)) not in told]
    assert missing == []


@pytest.mark.parametrize("source", MADE_UP, ids=[path.stem for path in MADE_UP])
def test_files_made_of_a_report(source: Path, small: Path) -> None:
    ws = load(small)
    imported = import_report(read(source), "2031-cnd-74")
    index = index_of(ws, list(ws.mandates), imported.language)
    made = as_files(imported, "made-up-report-2031", list(ws.mandates), index)
    folder = source.with_suffix("")
    for path, text in made.items():
        kept = folder / path.removeprefix("reports/2031-cnd-74/")
        if UPDATE:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(text, encoding="utf-8", newline="\n")
        assert text == kept.read_text(encoding="utf-8")
        (small / path).parent.mkdir(parents=True, exist_ok=True)
        (small / path).write_text(text, encoding="utf-8", newline="\n")
    assert len(made) == len([path for path in folder.rglob("*") if path.is_file()])
    documents = small / "reports" / "documents.yaml"
    added = "made-up-report-2031:\n  title: {en: A report}\n  languages: [en]\n"
    documents.write_text(documents.read_text(encoding="utf-8") + added, encoding="utf-8")
    problems = {problem.code for problem in problems_of(load(small)) if "2031" in problem.place.path}
    assert problems <= {"no-actor", "outside-period", "figure-not-told"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_facts_of_sentences(language: str) -> None:
    path = HERE / "facts" / f"{language}.txt"
    rules = report_rules(language)
    cases = path.read_text(encoding="utf-8").split("\n\n")
    written = []
    for case in cases:
        sentence = case.strip().partition("\n=>")[0]
        facts = facts_of_sentence(sentence, rules)
        said = [facts.status, facts.type, facts.date, *facts.by, *(f"for {code}" for code in facts.countries)]
        said += [f"{name}: {value}" for name, value in facts.figures.items()]
        written.append(f"{sentence}\n=> {', '.join(filter(None, said)) or 'nothing'}")
    if UPDATE:
        path.write_text("\n\n".join(written) + "\n", encoding="utf-8", newline="\n")
    assert "\n\n".join(written) + "\n" == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "Dear colleague,\n\nthe room is booked.\n",
            "page.txt is not a report: it has no numbered paragraphs",
            "a report has numbered paragraphs, most often under headings",
        ),
        (
            "To do today\n\n1. Call the printer, who waits.\n\n2. Book the room, which is free.\n",
            "page.txt is not a report: no author, session or agenda item stands before its numbered paragraphs",
            "a report has numbered paragraphs, most often under headings",
        ),
        (
            "Draft\n\n1. Urges Member States to act;\n\n2. Requests the Office to report.\n",
            "page.txt looks like a resolution, not a report: 2 of its 2 paragraphs ask or decide",
            "use tracker import resolution",
        ),
        (
            "The General Assembly,\n\nRecalling much,\n\n1. Having met, asks nobody for anything at all.\n",
            "page.txt looks like a resolution, not a report: 0 of its 1 paragraphs ask or decide",
            "use tracker import resolution",
        ),
    ],
)
def test_what_is_no_report_is_refused(text: str, message: str, hint: str) -> None:
    source = Source("page.txt", "text", tuple(text_lines(text)))
    with pytest.raises(Unreadable) as refused:
        import_report(source, "2031-cnd-74")
    assert (str(refused.value), refused.value.hint) == (message, hint)


def test_a_language_without_rules_is_named() -> None:
    source = Source("page.txt", "text", (Line(1, "1. A paragraph.", 1),))
    with pytest.raises(Unreadable, match=r"page\.txt is in the language xx: reports can be read in .*English"):
        import_report(source, "2031-cnd-74", "xx")


@pytest.mark.parametrize("code", known_codes())
def test_every_language_with_rules_reads_a_report(code: str) -> None:
    rules = report_rules(code)
    author = rules.language.word("author.executive-director")
    lines = (Line(1, author, 1), Line(2, "", 1), Line(3, f"1. {rules.language.country('KEN')} 2030 (a); 12 %.", 1))
    imported = import_report(Source("page.txt", "text", lines), "2031-cnd-74", code)
    assert imported.masthead.author == "executive-director"
    assert imported.entries[0].facts.countries == ("KEN",)
    assert rules.verified == (not imported.doubts)


def test_footnotes_that_the_format_marks_stand_where_they_are_called() -> None:
    sign = chr(MARK_BASE)
    lines = (
        Line(1, "Report of the Secretariat", 1),
        Line(2, "Introduction", 1, 1),
        Line(3, f"1.\tThe Office{sign} met twice in 2030.", 1),
    )
    imported = import_report(Source("a.docx", "docx", lines, ("In Vienna.",)), "2031-cnd-74")
    text = as_files(imported, "a")["reports/2031-cnd-74/evidence/section-1.yaml"]
    assert "en: The Office^[In Vienna.] met twice in 2030." in text.replace('"', "")
