"""Resolutions as others wrote them: which paragraphs are found, what is said of them, and that no word goes missing.

Lists written by hand stand in tests/intake/paths and tests/intake/languages, made-up cases in
tests/intake/resolutions; their READMEs say how.
"""

from __future__ import annotations

import importlib.util
import os
import re
import sys
import textwrap
from collections import Counter
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from conftest import ROOT, SHARED, TESTS, run
from docx import Document
from msgspec.structs import replace

from tracker.check import problems_of
from tracker.cli.importing import resolution
from tracker.intake.resolution import import_resolution
from tracker.intake.rules import rules
from tracker.intake.source import Source, Unreadable, read
from tracker.intake.text import text_lines
from tracker.load.files import load
from tracker.problems import Level
from tracker.refs import join
from tracker.render.mandate import mandate_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import ModuleType

    from tracker.intake.resolution import ImportedResolution
    from tracker.intake.source import Line
    from tracker.model import Clause, Mandate, Paragraph

INTAKE = TESTS / "intake"
CASES = INTAKE / "resolutions"
UPDATE = bool(os.environ.get("TRACKER_UPDATE"))
NAMES = sorted(path.stem for path in CASES.glob("*.txt"))
LISTS = sorted(path.stem for path in (INTAKE / "paths").glob("*.txt"))
LANGUAGES = sorted(path.stem for path in (INTAKE / "languages").glob("*.txt"))
REPORT = "E_CN.9_2004_2"
OFFICIAL = [name for name in LISTS if name != REPORT]
CLEAN = [name for name in OFFICIAL if not name.endswith("_GOLD") and name != "002"]


def official(name: str) -> Path:
    """Return a text of the shared folder, or skip the test where there is none."""
    folders = ("texts/resolutions", "texts/raw", "seeds")
    found = [path for folder in folders for path in (SHARED / folder).glob(f"{name}*.txt")]
    if not found:
        pytest.skip(f"the text {name} is not here: it stands in the shared folder beside the repository")
    return found[0]


@cache
def of_official(name: str) -> ImportedResolution:
    return import_resolution(read(official(name)))


@cache
def of_case(name: str) -> ImportedResolution:
    return import_resolution(read(CASES / f"{name}.txt"))


def of_text(text: str) -> ImportedResolution:
    return import_resolution(Source("made-up.txt", "text", tuple(text_lines(text))))


def case_of(name: str) -> str:
    return (CASES / f"{name}.txt").read_text(encoding="utf-8")


def paths(paragraphs: Iterable[Paragraph], above: tuple[str, ...] = ()) -> Iterator[str]:
    for one in paragraphs:
        yield join((*above, one.number))
        yield from paths(one.paragraphs, (*above, one.number))


def listed(path: Path) -> list[str]:
    """Return the paths of a list written by hand."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("name", OFFICIAL)
def test_every_paragraph_of_an_official_text_is_found(name: str) -> None:
    found = list(paths(of_official(name).mandate.paragraphs))
    assert found == listed(INTAKE / "paths" / f"{name}.txt")


def test_a_report_with_numbered_paragraphs_is_no_resolution() -> None:
    with pytest.raises(Unreadable, match="is no resolution"):
        import_resolution(read(official(REPORT)))


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_text_raises_few_doubts(name: str) -> None:
    imported = of_official(name)
    assert len(imported.doubts) * 20 <= len(listed(INTAKE / "paths" / f"{name}.txt"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_is_read(code: str) -> None:
    imported = import_resolution(read(INTAKE / "languages" / f"{code}.txt"))
    assert imported.language == code
    assert list(paths(imported.mandate.paragraphs)) == listed(INTAKE / "languages" / f"{code}.paths")


def kept_by_hand() -> Mandate:
    return load(ROOT).mandates["ga-66-177"]


def requests(paragraph: Paragraph) -> list[tuple[object, ...]]:
    """Return verb, addressees, condition and reporting clause of a paragraph's requests."""
    of: tuple[Paragraph | Clause, ...] = paragraph.clauses or (paragraph,)
    return [(one.verb, one.addressees, one.condition, one.reporting) for one in of]


def test_the_draft_of_66_177_is_read_as_it_was_entered_by_hand() -> None:
    found = of_official("002").mandate.paragraphs
    wanted = kept_by_hand().paragraphs
    assert [one.text["zh"] for one in found[: len(wanted)]] == [one.text["zh"] for one in wanted]
    differing = {one.number for one, want in zip(found, wanted, strict=False) if requests(one) != requests(want)}
    assert differing == DIFFERING


# Requests that a person entered otherwise than the rules read them, of 18 paragraphs.
DIFFERING: set[str] = set()


@pytest.mark.parametrize("name", NAMES)
def test_made_up_resolutions(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    resolution(CASES / f"{name}.txt", output=Path("-"))
    out, err = capsys.readouterr()
    for suffix, text in (("yaml", out), ("said", err)):
        path = CASES / f"{name}.{suffix}"
        if UPDATE:
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")


def test_the_command_prints_the_same(tmp_path: Path) -> None:
    said = run("import", "resolution", CASES / "misprints.txt", "--output", "-", at=tmp_path)
    expected = [(CASES / f"misprints.{suffix}").read_text(encoding="utf-8") for suffix in ("yaml", "said")]
    assert said == (0, *expected)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_ends_of_lines_change_nothing(end: str, tmp_path: Path) -> None:
    path = tmp_path / "deep.txt"
    path.write_bytes(case_of("deep").replace("\n", end).encode("utf-8-sig"))
    assert import_resolution(read(path)) == of_case("deep")


def named(mandate: Mandate) -> Mandate:
    return mandate if mandate.id else replace(mandate, id="ga-99-1")


def written(root: Path, imported: ImportedResolution) -> Mandate:
    """Write what was read to the mandates of a workspace."""
    mandate = named(imported.mandate)
    chosen = rules(imported.language)
    (root / "mandates").mkdir(exist_ok=True)
    (root / "reports").mkdir(exist_ok=True)
    text = mandate_yaml(mandate, "made-up.txt", chosen.data["asking"] if chosen else ())
    (root / "mandates" / f"{mandate.id}.yaml").write_text(text, encoding="utf-8", newline="\n")
    return mandate if mandate.title else replace(mandate, title={imported.language: "Title of the resolution"})


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_reads_back_the_same(name: str, tmp_path: Path) -> None:
    mandate = written(tmp_path, of_case(name))
    ws = load(tmp_path)
    assert ws.mandates == {mandate.id: mandate}
    assert [one for one in problems_of(ws) if one.level is Level.ERROR] == []


@pytest.mark.parametrize("name", OFFICIAL)
def test_what_is_written_of_official_texts_reads_back_the_same(name: str, tmp_path: Path) -> None:
    mandate = written(tmp_path, of_official(name))
    ws = load(tmp_path)
    assert ws.mandates == {mandate.id: mandate}
    assert [one for one in problems_of(ws) if one.level is Level.ERROR] == []


def test_check_finds_no_error_in_what_was_written(tmp_path: Path) -> None:
    for name in NAMES:
        written(tmp_path, of_case(name))
    said = run("check", at=tmp_path)
    assert said.err.startswith("0 errors, ")


# A word, or a single character where words run together. Numbers of one or two digits may be marks of footnotes.
WORD = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+|\d{3,}")
LABEL = re.compile(
    r"^\s*(?:(?:annex|appendix|附件)(?:\s+[ivxl]+|\s+\d|[一二三])?[.:]?|[ivxl]{1,5}|[a-z]|[一二三四五六七八九十]{1,3})\s*$"
    r"|^\s*(?:[ivxl]{1,5}|[a-z]|[\dlio]{1,3}|\d{1,2} (?:bis|ter))[.]\s+|^\s*[一二三四五六七八九十]{1,3}、",
    re.IGNORECASE,
)
ITEM = re.compile(r"^\s*(?:[(（]\s*\w{1,5}(?: bis)?\s*[)）]|[㈠-㈩])\s*")
# The closing formula, which is not listed: who has the resolution knows it.
CLOSING = re.compile(
    r"\s*(?:[\w-]+\s(?:\(resumed\)\s)?(?:plenary\s)?meeting[.]?|\d{1,2}\s[A-Z][a-z]+\s\d{4}"
    r"|第\s?\d+\s?次全体会议|\d{4}\s?年\s?\d+\s?月\s?\d+\s?日)\s*$"
)
VOTE = re.compile(r"\s*Adopted (?:unanimously )?at the\b")
RANGE = re.compile(r"lines (\d+) to (\d+) left out")


class Words(NamedTuple):
    """The words of a resolution from the name of its body on, and of what was made of it."""

    source: Counter[str]
    told: Counter[str]


def counted(lines: Iterable[str]) -> Counter[str]:
    """Count words; a hyphen is no part of one, since the end of a line may have put it there."""
    text = re.sub(r"(?<=\w)[-\u00ad\u2010]\s*(?=\w)|[⁰¹²³⁴⁵⁶⁷⁸⁹]", "", "\n".join(lines))
    return Counter(word.lower() for word in WORD.findall(text))


def without_label(line: str) -> str:
    """Return a line of the source without what became the number of a paragraph."""
    if CLOSING.match(line):
        return ""
    return ITEM.sub("", ITEM.sub("", LABEL.sub("", line, count=1)))


def said_to_be_left_out(imported: ImportedResolution) -> set[int]:
    lines: set[int] = set()
    for one in (*imported.left_out, *(doubt for doubt in imported.doubts if "left out" in doubt.message)):
        across = RANGE.search(one.message)
        lines |= set(range(int(across[1]), int(across[2]) + 1)) if across else {one.line}
    return lines


def wordings(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    for one in paragraphs:
        for text in (one.heading, *one.preamble, one.text):
            yield from text.values()
        yield from wordings(one.paragraphs)


def words_of(source: Source, imported: ImportedResolution) -> Words:
    organ = rules(imported.language)
    assert organ is not None
    places = [place for place, line in enumerate(source.lines) if organ.organ.fullmatch(line.text)]
    begun = next((place for place in places if source.lines[place].text.strip()[-1] in ",，:"), places[0])
    exempt = said_to_be_left_out(imported)
    rest = [without_label(line.text) for line in unvoted(source.lines[begun + 1 :]) if line.number not in exempt]
    return Words(counted(rest), counted(told(imported.mandate)))


def unvoted(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines without the block that says how the Security Council voted."""
    inside = False
    for line in lines:
        inside = bool(line.text.strip()) and (inside or VOTE.match(line.text) is not None)
        if not inside:
            yield line


def told(mandate: Mandate) -> list[str]:
    """Return all texts of a mandate but its title."""
    apart = [*mandate.preamble, *(note.text for note in mandate.footnotes)]
    return [*wordings(mandate.paragraphs), *(wording for text in apart for wording in text.values())]


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_a_made_up_resolution_is_lost(name: str) -> None:
    words = words_of(read(CASES / f"{name}.txt"), of_case(name))
    assert words.source - words.told == Counter()


@pytest.mark.parametrize("name", OFFICIAL)
def test_no_word_of_an_official_text_is_lost(name: str) -> None:
    words = words_of(read(official(name)), of_official(name))
    assert words.source - words.told == Counter()


@pytest.mark.parametrize("name", ["wrapped", "annexes", "deep", "glued-marks", "compound-zh"])
def test_a_lost_sentence_would_be_seen(name: str) -> None:
    source, imported = read(CASES / f"{name}.txt"), of_case(name)
    for place, one in enumerate(imported.mandate.paragraphs):
        others = (*imported.mandate.paragraphs[:place], *imported.mandate.paragraphs[place + 1 :])
        cut = imported._replace(mandate=replace(imported.mandate, paragraphs=others))
        words = words_of(source, cut)
        assert words.source - words.told == counted(wordings([one]))


# Layouts in which the same paragraphs are not found, and why.
LAYOUTS = {
    ("scan", "no blank lines"): "only a spoilt number tells that paragraph 1 begins",
}
WIDTH, WIDE_WIDTH, PAGE = 62, 36, 45


def wrapped(line: str) -> list[str]:
    if sum(char > "\u2e80" for char in line) * 3 > len(line):
        return [line[at : at + WIDE_WIDTH] for at in range(0, len(line), WIDE_WIDTH)]
    return textwrap.wrap(line, WIDTH, break_on_hyphens=False)


def in_layouts(text: str) -> dict[str, str]:
    """Lay a text of one line a paragraph out anew, in the ways that copies come."""
    blocks = [line for line in text.split("\n") if line.strip()]
    lines = ["\n".join(wrapped(block)) for block in blocks]
    rows = "\n\n".join(lines).split("\n")
    pages = ["\n".join(rows[at : at + PAGE]) for at in range(0, len(rows), PAGE)]
    paged = pages[0]
    for number, page in enumerate(pages[1:], 1):
        paged += f"\n{number}/{len(pages)}\n\n\fA/RES/99/999\n\n{page}"
    return {
        "wrapped": "\n\n".join(lines),
        "blank lines everywhere": "\n\n".join(lines).replace("\n\n", "\n").replace("\n", "\n\n"),
        "no blank lines": "\n".join(lines),
        "a line a paragraph": "\n".join(blocks),
        "pages": paged,
    }


def is_unwrapped(text: str) -> bool:
    lines = text.split("\n")
    return "\f" not in text and not any(one.strip() and two.strip() for one, two in pairwise(lines))


LONG = [name for name in NAMES if case_of(name).count("\n") > 20 and is_unwrapped(case_of(name))]
KINDS = tuple(in_layouts("x"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [*LONG, *CLEAN])
def test_the_layout_changes_no_path(name: str, kind: str, request: pytest.FixtureRequest) -> None:
    text = case_of(name) if name in NAMES else official(name).read_text(encoding="utf-8")
    wanted = list(paths((of_case if name in NAMES else of_official)(name).mandate.paragraphs))
    if (name, kind) in LAYOUTS:
        request.applymarker(pytest.mark.xfail(reason=LAYOUTS[name, kind]))
    assert list(paths(of_text(in_layouts(text)[kind]).mandate.paragraphs)) == wanted


def as_docx(path: Path, blocks: list[str]) -> None:
    document = Document()
    for block in blocks:
        document.add_paragraph(block)
    document.save(str(path))


def as_html(path: Path, blocks: list[str]) -> None:
    body = "\n".join(f"<p>{escape(block)}</p>" for block in blocks)
    path.write_text(f"<!DOCTYPE html>\n<title>A page</title>\n<body>\n{body}\n</body>\n", encoding="utf-8")


def as_pdf(path: Path, blocks: list[str]) -> None:
    """Take the page that LibreOffice made of these blocks."""
    assert len(blocks) == 20
    path.write_bytes((CASES / "formats.pdf").read_bytes())


@pytest.mark.parametrize("write", [as_docx, as_html, as_pdf])
def test_other_formats_give_the_same(write: Callable[[Path, list[str]], None], tmp_path: Path) -> None:
    text = case_of("formats")
    path = tmp_path / write.__name__.replace("as_", "formats.")
    write(path, [line for line in text.split("\n") if line])
    source = read(path)
    assert source.kind == path.suffix[1:]
    found = import_resolution(source)
    assert (found.mandate, found.doubts) == (of_case("formats").mandate, ())


PAGE_OF_FIGURES = ROOT / "docs" / "import.md"


def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("intake_benchmark", ROOT / "benchmarks" / "intake.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    # Its records look up their module.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_figures_of_the_page_are_those_of_the_benchmark() -> None:
    measure = benchmark()
    for folder in measure.GROUPS.values():
        if not list((SHARED / folder).glob("*.txt")):
            pytest.skip("the texts that were measured are not here")
    rows = [
        f"| {group} | {texts} | {all_.found} of {all_.expected} | {all_.wrong} | {all_.rate} | {all_.doubts} |"
        for group, (texts, all_) in measure.table().items()
    ]
    page = PAGE_OF_FIGURES.read_text(encoding="utf-8")
    head = "| Texts | How many | Paragraphs | Wrong paths | Wrong characters | Doubts |\n|---|---|---|---|---|---|\n"
    if UPDATE:
        before, after = page.split(head)
        shown = "".join(line for line in after.splitlines(keepends=True)[: len(rows)] if line.startswith("|"))
        page = before + head + "".join(f"{row}\n" for row in rows) + after.removeprefix(shown)
        PAGE_OF_FIGURES.write_text(page, encoding="utf-8", newline="\n")
    assert page.split(head)[1].split("\n\n")[0].splitlines() == rows
    assert f"give the same paragraphs (exceptions: {len(LAYOUTS)})." in " ".join(page.split())
    assert measure.is_refused()


def test_the_benchmark_counts_what_is_wrong(tmp_path: Path) -> None:
    measure = benchmark()
    assert measure._errors("kites", "kites") == 0  # noqa: SLF001 - a script has no other way in
    assert measure._errors("kites", "kits") == 1  # noqa: SLF001 - as above
    assert measure._errors("kites", "") == 5  # noqa: SLF001 - as above
    assert measure._plain("the kites,12 of 2031") == "thekites,of2031"  # noqa: SLF001 - as above
    text = tmp_path / "CND_67_1.txt"
    text.write_text(case_of("formats"), encoding="utf-8")
    listed_there = measure.expected_paths(text)
    found = [path for path, _ in measure.rows_of(of_case("formats").mandate.paragraphs)]
    row = measure.measured(text)
    assert (row.expected, row.found) == (len(listed_there), len(found))
    assert row.wrong == len(set(listed_there) ^ set(found))
    assert row.rate == "-"
