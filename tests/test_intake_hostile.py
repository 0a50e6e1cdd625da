"""Documents that no author wrote: an import ends soon, whatever a copy, a scan or bad will has put into one.

Lines are made here. Whole documents, bombs and traps are the cases of tests/hostile/documents, which are written as the
other cases of tests/hostile; what stands in brackets behind the name of a file is made by makers.py there.
"""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS
from hostile.case import SETUPS
from hostile.documents.makers import SETUPS as MADE
from test_hostile import test_hostile as run_case
from test_intake_resolution import written

from tracker.intake.labels import Reading, sub_at
from tracker.intake.report import import_report
from tracker.intake.resolution import import_resolution
from tracker.intake.source import Unreadable
from tracker.intake.text import read_text
from tracker.load.files import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.pool import Pool
    from pathlib import Path

SETUPS.update(MADE)
CASES = sorted((TESTS / "hostile" / "documents").glob("*/*.txt"))
LONG = 30_000
SECONDS = 10
RESOLUTION = """98/946. Benches beside brooks

{line}

The General Assembly,

Recalling its resolution 97/44 of 10 December 2030,

1. Requests Member States to set up benches, and invites donors to give wood;

2. Requests {line}
and the rest;
"""
REPORT = """Commission on Narcotic Drugs
Item 6 of the provisional agenda

{line}

Report of the Executive Director

I. Introduction

1. In May 2030 UNODC held three training courses for 45 officials.

2. In June 2030 UNODC held {line}
and went on.
"""
DOCUMENTS = {"resolution": RESOLUTION, "report": REPORT}
# What is repeated until the line is long enough, with what stands before it and after it.
HOSTILE = {
    "spaces between words": ("a", " ", "b"),
    "tabs": ("a", "\t", "b"),
    "spaces of odd width": ("a", "\u2004", "b"),
    "spaces after a label": ("A", " ", "b"),
    "a code of a footnote, then spaces": ("0 F", " ", "b"),
    "one word": ("", "a", ""),
    "one word that a hyphen breaks": ("", "a", "-"),
    "one word in capitals": ("", "A", ""),
    "hyphens between letters": ("", "a-", ""),
    "the word and": ("Aa", " and", " !"),
    "the word and with commas": ("", ", and ", ""),
    "capitals and slashes": ("", "A/", ""),
    "slashes and capitals": ("A", "/A", ""),
    "beginnings of symbols": ("", "A/RES/", ""),
    "opening quotation marks": ("", "“", ""),
    "opening French quotation marks": ("", "«", ""),
    "opening marks of Chinese titles": ("", "《", ""),
    "straight quotation marks": ("", '"', ""),
    "opening brackets": ("", "(", ""),
    "opening square brackets": ("", "[report of ", ""),
    "adopted by without a date": ("", "adopted by the x at its ", ""),
    "agenda items of nothing": ("Items 1", " of the", ""),
    "drafts of nothing": ("recommends ", "the adoption ", ""),
    "digits": ("", "1", ""),
    "digits and stops": ("", "1.1", ""),
    "digits and slashes": ("resolution ", "1/", ""),
    "resolutions of no year": ("", "resolution 1 of ", ""),
    "a list of resolutions": ("resolutions ", "66/177 and ", ""),
    "resolutions and resolutions": ("", "resolution 66/177 ", ""),
    "months": ("", "May 2015 ", ""),
    "years": ("", "2015 ", ""),
    "conventions of no year": ("", "Convention against ", ""),
    "agreements that nobody signed": ("", "agreement ", ""),
    "short forms that end no sentence": ("", "No. A ", ""),
    "short sentences": ("", "The end. ", ""),
    "Chinese numerals": ("", "一", ""),
    "circled digits": ("", "①", ""),
    "raised digits": ("", "²", ""),
    "stars": ("", "*", ""),
    "dashes": ("", "—", ""),
    "Member States without end": ("", "Member States and ", ""),
    "line separators": ("", "\u2028", ""),
}
ODD = {
    "vertical tab": "\v",
    "form feed": "\f",
    "next line": "\x85",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "no-break space": "\xa0",
    "zero-width space": "\u200b",
    "byte order mark": "\ufeff",
    "soft hyphen": "\xad",
    "right-to-left mark": "\u200f",
    "file separator": "\x1c",
    "bell": "\a",
    "delete": "\x7f",
    "private use": "\ue000",
    "no character": "\uffff",
    "sign of a face": "\U0001f600",
    "raised two": "²",
    "circled one": "①",
    "half": "½",
    "Chinese in a circle": "㈠",
    "Arabic digit": "٣",
    "combining accent": "\u0301",
    "backslash": "\\",
    "quotation mark": '"',
    "colon": ": ",
    "number sign": " # ",
}


@pytest.fixture(scope="module")
def children() -> Iterator[list[Pool]]:
    """Keep one child process for all lines; another takes its place where one hangs."""
    pools: list[Pool] = []
    yield pools
    for pool in pools:
        pool.terminate()
        pool.join()


def imported(kind: str, text: str) -> str:
    """Import a document; return why it was refused, if it was."""
    source = read_text("x.txt", text.encode())
    try:
        if kind == "resolution":
            import_resolution(source, code="en")
        else:
            import_report(source, "2031-cnd-74", "en")
    except Unreadable as refusal:
        return str(refusal)
    return ""


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_long_line_does_not_stop_an_import(name: str, kind: str, children: list[Pool]) -> None:
    before, part, after = HOSTILE[name]
    line = f"{before}{part * (LONG // len(part))}{after}"
    if not children:
        # Started as Windows starts one, so that the test runs alike everywhere.
        children.append(multiprocessing.get_context("spawn").Pool(1))
    try:
        refused = children[0].apply_async(imported, (kind, DOCUMENTS[kind].format(line=line))).get(SECONDS)
    except multiprocessing.TimeoutError:
        children.pop().terminate()
        pytest.fail(f"the {kind} was still being read after {SECONDS} seconds")
    assert refused == ""


@pytest.mark.parametrize("name", ODD)
def test_odd_characters_are_written_and_read_back(name: str, tmp_path: Path) -> None:
    odd = ODD[name]
    # Where there is one such character in a hundred, a text counts as damaged.
    lines = f"the {odd} of{odd}wood{odd} {'and stone ' * 50};\n\n{odd}) first thing;\n\n({odd}) second thing"
    source = read_text("x.txt", RESOLUTION.format(line=lines).encode())
    mandate = written(tmp_path, import_resolution(source, mandate_id="ga-98-946", code="en"))
    assert load(tmp_path).mandates == {"ga-98-946": mandate}


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("①) first", (Reading("arabic", 10),)),
        ("(⑳) last", (Reading("arabic", 200),)),
        ("(㈩) last", (Reading("chinese", 100),)),
        ("(٣) third", (Reading("arabic", 30),)),
        ("(²) raised", None),
        ("(½) half", None),
        ("(㈠㈡) two", None),
        ("(①②) two", None),
    ],
)
def test_digits_of_other_kinds(text: str, readings: tuple[Reading, ...] | None) -> None:
    found = sub_at(text)
    assert (found.readings if found else None) == readings


@pytest.mark.patient
@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_hostile_document_is_read_within_bounds_or_refused_in_a_sentence(
    path: Path, request: pytest.FixtureRequest
) -> None:
    run_case(path, request)
