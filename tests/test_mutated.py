"""Files whose bytes were changed by chance: each is read or refused, soon, and ends in no exception of another kind.

A few hundred are made here. `TRACKER_FUZZ=100 pytest tests/test_mutated.py` makes a hundred times as many, other ones
each time. What once ended in an exception is kept in tests/hostile/mutated: a new case is a new file, whose name begins
with its kind.
"""

from __future__ import annotations

import io
import os
import random
import zipfile
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING

import msgspec
import pytest
from conftest import ROOT, TESTS, copied
from lxml import etree
from test_collect import sent
from test_intake_readers import pdf

from tracker.check import problems_of
from tracker.cover.gaps import gaps
from tracker.cover.matrix import cover
from tracker.cover.scope import scope_of
from tracker.draft.report import report_view
from tracker.draft.templates import DraftError, built_in, render_text
from tracker.intake.pdf_text import text_of
from tracker.intake.report import import_report
from tracker.intake.resolution import import_resolution
from tracker.intake.source import Unreadable, read
from tracker.intake.workbook import read_workbook
from tracker.lang import language
from tracker.load.files import load
from tracker.load.store import Store
from tracker.render.data import matrix_json
from tracker.render.docx.base import WordError
from tracker.render.docx.document import Job, word_file
from tracker.render.markdown import gaps_markdown
from tracker.render.workbook import matrix_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tracker.draft.view import View
    from tracker.load.workspace import Workspace

KEPT = sorted(path for path in (TESTS / "hostile" / "mutated").iterdir() if path.name != "README.md")
EXAMPLE = ROOT / "templates" / "example"
TIMES = int(os.environ.get("TRACKER_FUZZ", "1"))
SECONDS = 10


# What is changed


@lru_cache
def example() -> Workspace:
    return load(EXAMPLE)


@lru_cache
def view() -> View:
    return report_view(example(), min(example().cycles), "en", clean=False)


def draft(base: bytes) -> bytes:
    """Return the report of the example as a Word file, set in another one."""
    text = render_text(built_in("report.md.j2").read_text(encoding="utf-8"), "x", msgspec.to_builtins(view()))
    cycle = view().report
    coverage = cover(example(), scope_of(example(), cycle))
    brief = example().cycles[cycle].brief
    return word_file(Job(view=view(), markdown=text, brief=brief, coverage=coverage, base=base, annex=True))


def matrix() -> bytes:
    scope = scope_of(example())
    return matrix_workbook(example(), scope, cover(example(), scope), language("zh"))


RESOLUTION = """98/946. Benches beside brooks
The General Assembly,
Recalling its resolution 97/44 of 10 December 2030,
1. Requests Member States to set up benches, and invites donors to give wood;
2. Also requests the Office:
(a) To report at its next session;
(b) To count the benches;
3. Decides to remain seized.
"""


def page() -> bytes:
    """Return the resolution as a web page."""
    lines = "".join(f"<p>{line}</p>\n" for line in RESOLUTION.splitlines())
    return f"<!DOCTYPE html><html><head><title>x</title></head><body><div>{lines}</div></body></html>".encode()


def cache() -> bytes:
    with TemporaryDirectory() as folder:
        load(EXAMPLE, store=Store(Path(folder) / "x.sqlite"))
        return (Path(folder) / "x.sqlite").read_bytes()


def samples(*files: str) -> Callable[[], list[bytes]]:
    return lambda: [(ROOT / file).read_bytes() for file in files]


# Who reads it


def in_workspace(name: str) -> Callable[[bytes], bool]:
    """Return what reads a workspace in which one file holds these bytes."""

    def reads(data: bytes) -> bool:
        with TemporaryDirectory() as folder:
            root = copied(EXAMPLE, Path(folder))
            (root / name).write_bytes(data)
            ws = load(root)
            assert set(ws.problems) <= set(problems_of(ws))
            if not ws.problems:
                told(ws)
            return not ws.problems

    return reads


def told(ws: Workspace) -> list[str | bytes]:
    """Return what is printed of a workspace."""
    coverage = cover(ws, scope_of(ws))
    return [
        matrix_json(coverage),
        gaps_markdown(coverage, gaps(coverage), language("en")),
        *(msgspec.json.encode(report_view(ws, cycle, "en", clean=False)) for cycle in ws.cycles),
    ]


def as_document(ending: str) -> Callable[[bytes], bool]:
    """Return what reads a document, and imports a resolution and a report from it."""

    def reads(data: bytes) -> bool:
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"x.{ending}"
            path.write_bytes(data)
            try:
                # What brings a process down shows best in this one, and here it costs no start of another.
                source = text_of(path.name, data) if ending == "pdf" else read(path)
            except Unreadable:
                return False
        done = [refused(lambda: import_resolution(source)), refused(lambda: import_report(source, "2031-cnd-74"))]
        return not all(done)

    return reads


def refused(work: Callable[[], object]) -> bool:
    try:
        work()
    except Unreadable:
        return True
    return False


def as_workbook(data: bytes) -> bool:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.xlsx"
        path.write_bytes(data)
        return not refused(lambda: read_workbook(path))


def as_template(data: bytes) -> bool:
    try:
        render_text(data.decode("utf-8", "replace"), "x", msgspec.to_builtins(view()))
    except DraftError:
        return False
    return True


def as_styles(data: bytes) -> bool:
    try:
        draft(data)
    except WordError:
        return False
    return True


def as_cache(data: bytes) -> bool:
    """Read the example with a cache that holds these bytes: the answer is the same as without."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.sqlite"
        path.write_bytes(data)
        store = Store(path)
        assert told(load(EXAMPLE, store=store)) == told(example())
        store._connection.close()  # noqa: SLF001 - Windows removes no file that is open
        return path.stat().st_size == len(data)


READERS: dict[str, tuple[Callable[[], list[bytes]], Callable[[bytes], bool]]] = {
    "mandate": (samples("templates/example/mandates/cnd-99-1.yaml"), in_workspace("mandates/cnd-99-1.yaml")),
    "brief": (
        samples("templates/example/reports/2025-cnd-99/report.yaml"),
        in_workspace("reports/2025-cnd-99/report.yaml"),
    ),
    "evidence": (
        samples("templates/example/reports/2025-cnd-99/evidence/training.yaml"),
        in_workspace("reports/2025-cnd-99/evidence/training.yaml"),
    ),
    "documents": (
        samples("templates/example/reports/documents.yaml"),
        in_workspace("reports/documents.yaml"),
    ),
    "docx": (lambda: [draft(built_in("report.docx").read_bytes())], as_document("docx")),
    "pdf": (
        lambda: [
            pdf(RESOLUTION.replace("(", "\\(").replace(")", "\\)"), "4. Requests the Office;\n5. Invites States;"),
            (TESTS / "intake" / "readers" / "arabic.pdf").read_bytes(),
        ],
        as_document("pdf"),
    ),
    "html": (
        lambda: [page(), *samples("tests/intake/readers/page.html.txt", "tests/intake/readers/raised.html.txt")()],
        as_document("html"),
    ),
    "txt": (
        samples("tests/intake/languages/en.txt", "tests/intake/languages/zh.txt", "tests/intake/reports/004.txt"),
        as_document("txt"),
    ),
    "xlsx": (lambda: [matrix(), sent("KEN", "en"), sent("CHN", "zh")], as_workbook),
    "template": (samples("templates/report.md.j2"), as_template),
    "styles": (samples("templates/report.docx"), as_styles),
    "cache": (lambda: [cache()], as_cache),
}


# How it is changed

# Bytes that mean something in one kind of file or another.
TELLING = (
    *(
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\r",
        b"\n",
        b"\t",
        b"\x1b",
        b"\xc2\x85",
        b"\xe2\x80\xa8",
        b"\xf0\x9f\x98\x80",
    ),
    *(
        b": ",
        b"- ",
        b" #",
        b"---\n",
        b"...\n",
        b"&a ",
        b"*a",
        b"!!x ",
        b"{",
        b"}",
        b"[",
        b"]",
        b"'",
        b'"',
        b"|",
        b">-\n",
    ),
    *(b"~", b"null", b'"\\ud800"', b'"\\ufffe"', b"-1", b"0", b"9" * 25, b"1e999", b"2012-13", b"^[", b"]", b"51/7"),
    *(b"<", b"</", b"/>", b"<!--", b"<!DOCTYPE x>", b"&#0;", b"&#xd800;", b"&#x110000;", b"&amp;", b"<![CDATA["),
    *(
        b"endobj",
        b"stream\n",
        b"%%EOF",
        b"<<",
        b">>",
        b"999 0 R",
        b"{{",
        b"}}",
        b"{%",
        b"%}",
        b"PK\x03\x04",
        b"(a)\n",
        b"1.\n",
    ),
)
ODD_VALUES = (
    "",
    "-1",
    "0",
    "x",
    "9" * 25,
    "1e999",
    "1.5",
    "none",
    "true",
    "%1%2",
    "../x",
    "A1:XFD1048576",
    "rId999",
    "中",
)


def changed(data: bytes, dice: random.Random) -> bytes:
    """Change bytes in a few places."""
    for _ in range(dice.choice((1, 1, 2, 5))):
        at, other = dice.randrange(len(data) + 1), dice.randrange(len(data) + 1)
        length = dice.choice((1, 1, 2, 4, 16, 200))
        before, after, piece = data[:at], data[at:], data[other : other + length]
        match dice.randrange(8):
            case 0 if after:
                data = before + bytes((after[0] ^ 1 << dice.randrange(8),)) + after[1:]
            case 1:
                data = before + after[length:]
            case 2:
                data = before + dice.randbytes(length) + after
            case 3:
                data = before + dice.randbytes(length) + after[length:]
            case 4 if dice.random() < 0.3:
                data = before
            case 5:
                data = before + piece * dice.choice((1, 2, 50)) + after
            case _:
                data = before + dice.choice(TELLING) + after[dice.choice((0, length)) :]
    return data


def changed_inside(data: bytes, dice: random.Random) -> bytes:
    """Change one part of a Word or Excel file, and pack it again: a damaged archive does not even open."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = dice.choice(sorted(parts))
    if dice.random() < 0.05:
        del parts[chosen]
    elif dice.random() < 0.15 or not chosen.endswith((".xml", ".rels")):
        parts[chosen] = changed(parts[chosen], dice)
    else:
        parts[chosen] = changed_tree(parts[chosen], dice)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed_tree(data: bytes, dice: random.Random) -> bytes:
    """Change elements and attributes of XML, so that it stays XML."""
    root = etree.fromstring(data)
    for _ in range(dice.choice((1, 1, 3, 10))):
        element = dice.choice([one for one in root.iter() if isinstance(one.tag, str)])
        parent, attributes = element.getparent(), sorted(element.attrib)
        match dice.randrange(7):
            case 0 if parent is not None:
                parent.remove(element)
            case 1 if parent is not None:
                parent.append(deepcopy(element))
            case 2 if parent is not None:
                dice.choice([one for one in root.iter() if isinstance(one.tag, str)]).append(deepcopy(element))
            case 3 if attributes:
                del element.attrib[dice.choice(attributes)]
            case 4:
                element.text = dice.choice(ODD_VALUES)
            case 5:
                element.clear()
            case _ if attributes:
                element.attrib[dice.choice(attributes)] = dice.choice(ODD_VALUES)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def mutants(kind: str, count: int, seed: int) -> Iterator[bytes]:
    """Yield files of a kind, each changed in another way; of archives most are changed inside."""
    found = READERS[kind][0]()
    for number in range(count):
        dice = random.Random(f"{kind} {seed + number}")
        data = dice.choice(found)
        how = changed_inside if data.startswith(b"PK") and number % 4 else changed
        yield how(data, dice)


# Tests

EXAMPLES = {"styles": 12, "docx": 25, "xlsx": 20, "cache": 40, "pdf": 50, "template": 30}


@pytest.mark.parametrize("kind", READERS)
def test_a_changed_file_is_read_or_refused(kind: str) -> None:
    seed = 0 if TIMES == 1 else random.SystemRandom().randrange(10**9)
    for data in mutants(kind, EXAMPLES.get(kind, 40) * TIMES, seed):
        begun = process_time()
        READERS[kind][1](data)
        assert process_time() - begun < SECONDS


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_what_was_once_not_read_is_read_or_refused(path: Path) -> None:
    begun = process_time()
    READERS[path.name.partition(".")[0]][1](path.read_bytes())
    assert process_time() - begun < SECONDS


@pytest.mark.parametrize("kind", READERS)
def test_what_is_not_changed_is_read(kind: str) -> None:
    make, reads = READERS[kind]
    assert any(map(reads, make()))
