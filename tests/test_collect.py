"""Workbooks sent out to be filled in, and read when they come back.

A case is a file of tests/collect/cases: lines that say what is typed into which cell, or done to the workbook or to the
evidence, and below each `import`, `evidence` or `replies` what comes of it, behind `>`. TRACKER_UPDATE=1 writes that
anew. A new case is a new file.
"""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import subprocess
import zipfile
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from conftest import TESTS, copied, expect, run
from openpyxl.comments import Comment
from openpyxl.utils import range_boundaries

from tracker.check import problems_of
from tracker.cli.app import app
from tracker.cli.common import Stop
from tracker.cli.importing import workbook
from tracker.cli.replies import Form as ReplyForm
from tracker.cli.replies import replies
from tracker.cover.consulted import asked_of
from tracker.cover.scope import scope_of
from tracker.intake.reply_dates import read_date
from tracker.intake.source import Unreadable
from tracker.intake.workbook import read_workbook
from tracker.lang import codes, language
from tracker.load.files import load
from tracker.problems import Level
from tracker.render.collection import Form, reply_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

HERE = TESTS / "collect"
WORKSPACE = TESTS / "workspaces" / "collect"
CASES = sorted((HERE / "cases").glob("*.txt"))
CYCLE = "2020-cnd-63"
UPDATE = bool(os.environ.get("TRACKER_UPDATE"))


@lru_cache
def sent(name: str, code: str) -> bytes:
    return made(WORKSPACE, name, code)


def made(root: Path, name: str = "KEN", code: str = "en") -> bytes:
    ws = load(root)
    return reply_workbook(ws, scope_of(ws, CYCLE), Form(ws.cycles[CYCLE].brief, name, language(code)))


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


# What is sent


@pytest.mark.parametrize(("name", "code"), [("KEN", "en"), ("CHN", "zh"), ("unodc/gpml", "en"), ("interpol", "ar")])
def test_what_is_sent(name: str, code: str) -> None:
    expect(f"../collect/sent/{name.lower().replace('/', '-')}-{code}.txt", dump(opened(sent(name, code))))


def dump(book: Any) -> str:
    """Write a workbook as text: what each cell says, and what can be done to it."""
    lines = []
    for sheet in book.worksheets:
        hidden = [column for column, size in sorted(sheet.column_dimensions.items()) if size.hidden]
        lines.append(f"== {sheet.title} ({sheet.sheet_state}, {'locked' if sheet.protection.sheet else 'open'})")
        if sheet.title == "lists":
            heads = (next(sheet.iter_cols(number, number, values_only=True)) for number in (1, 2, 3))
            lines += [" | ".join([*filter(None, column[:3]), f"… {len(column)}"]) for column in heads]
            continue
        lines += [f"frozen at {sheet.freeze_panes}"] if sheet.freeze_panes else []
        lines += [f"hidden columns {' '.join(hidden)}"] if hidden else []
        lines += [f"list for {one.sqref}: {one.prompt}" for one in sheet.data_validations.dataValidation]
        for row in sheet.iter_rows():
            told = [f"{cell.coordinate} {cell.value!r}" for cell in row if cell.value is not None]
            free = [cell.coordinate for cell in row if not cell.protection.locked]
            lines += [" ".join([*told, *([f"[to fill {free[0]}:{free[-1]}]"] if free else [])])] if told else []
    return "\n".join(lines) + "\n"


def test_the_same_data_give_the_same_bytes() -> None:
    first = sent("KEN", "en")
    sent.cache_clear()
    assert sent("KEN", "en") == first


@pytest.mark.parametrize("code", codes())
def test_a_respondent_is_addressed_in_its_own_language(code: str) -> None:
    told = {cell.value for sheet in opened(sent("CHN", code)).worksheets[:2] for row in sheet for cell in row}
    own = language(code).data["collection"]
    assert set(own["columns"].values()) <= told
    assert set(own["help"].values()) <= told
    if code != "en":
        english = language("en").data["collection"]
        assert not told & set(english["help"].values())


@pytest.mark.parametrize("code", codes())
def test_phrases_have_the_same_places(code: str) -> None:
    own, english = (language(one).data["collection"]["words"] for one in (code, "en"))
    for key, text in english.items():
        assert sorted(re.findall(r"\{\w+\}", own[key])) == sorted(re.findall(r"\{\w+\}", text)), key


ASKED = {
    "KEN": ("1#1 3", "1#2 2(a) 2(b) 5"),
    "unodc/gpml": ("2(a) 2(b)", "1#1 1#2 3 5"),
    "unodc": ("2(a) 2(b)", "1#1 1#2 3 5"),
    "donors": ("1#2", "1#1 2(a) 2(b) 3 5"),
    "interpol": ("1#1 1#2 2(a) 2(b) 3 5", ""),
}


@pytest.mark.parametrize("name", ASKED)
def test_who_is_asked_what(name: str) -> None:
    ws = load(WORKSPACE)
    asked = asked_of(ws, ws.cycles[CYCLE].brief, name)
    assert tuple(" ".join(unit.number for unit in units) for units in asked) == ASKED[name]


def test_texts_that_look_like_formulas_stay_texts(tmp_path: Path) -> None:
    root = copied(WORKSPACE, tmp_path)
    file = root / "reports" / "2018-cnd-61" / "evidence" / "a.yaml"
    text = file.read_text(encoding="utf-8").replace("Kenya trained", "=HYPERLINK(1) Kenya trained")
    file.write_text(
        text.replace("    en: =", "    en: '=").replace(
            "officers.\n    zh: 肯尼亚培训", "officers.'\n    zh: 肯尼亚培训"
        ),
        encoding="utf-8",
    )
    cells = [cell for sheet in opened(made(root)).worksheets for row in sheet for cell in row]
    assert any("=HYPERLINK" in str(cell.value) for cell in cells)
    assert {cell.data_type for cell in cells} == {"n", "s"}


def test_collect_writes_one_for_each_and_never_over_another(tmp_path: Path) -> None:
    root = copied(WORKSPACE, tmp_path)
    first = run("collect", CYCLE, at=root)
    folder = root / "reports" / CYCLE / "collect"
    names = [f"{CYCLE}-{name}.xlsx" for name in ("ken", "chn", "mar", "unodc-gpml", "interpol")]
    assert (first.code, first.err.splitlines()) == (0, [f"reports/{CYCLE}/collect/{name}" for name in names])
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    again = run("collect", CYCLE, "--respondent", "chn", at=root)
    told = f"tracker: reports/{CYCLE}/collect/{CYCLE}-chn.xlsx is there already\n"
    assert (again.code, again.err) == (2, f"{told}  write elsewhere with --output, or over it with --force\n")
    assert run("collect", CYCLE, "--force", at=root).code == 0
    elsewhere = run("collect", CYCLE, "--respondent", "ken", "--respondent", "MAR", "--output", "out", at=root)
    assert elsewhere.err.splitlines() == [f"out/{CYCLE}-ken.xlsx", f"out/{CYCLE}-mar.xlsx"]


REFUSED = {
    "collect 2020-cnd-63 --respondent KNE": "KNE is no respondent of 2020-cnd-63\n  did you mean KEN?",
    "collect 2018-cnd-61": (
        "2018-cnd-61 has no respondents\n"
        "  name them in its brief, as consultation: {respondents: [{name: KEN, language: en}]}"
    ),
    "replies 2018-cnd-61": (
        "2018-cnd-61 has no respondents\n"
        "  name them in its brief, as consultation: {respondents: [{name: KEN, language: en}]}"
    ),
    "replies 2020-cnd-36": "there is no report 2020-cnd-36\n  did you mean 2020-cnd-63 or 2018-cnd-61?",
    "replies 2020-cnd-63 --date today": "today is not a day\n  write it as 2009-10-30",
    "import workbook no.xlsx": "no.xlsx is not there\n  name the file of one workbook",
    "import workbook a.xlsx b.xlsx --respondent KEN": (
        "--cycle and --respondent go with one workbook\n  give the others by themselves"
    ),
}


@pytest.mark.parametrize("line", REFUSED)
def test_what_cannot_be_done_is_said_in_a_sentence(line: str) -> None:
    with pytest.raises(Stop) as stopped:
        app([*line.split(), "--workspace", str(WORKSPACE)], standalone_mode=False)
    assert f"{stopped.value}\n  {stopped.value.hint}" == REFUSED[line]


# What comes back


class Desk:
    """A workspace, and a respondent's workbook, while the lines of a case are carried out."""

    def __init__(self, root: Path, heard: Callable[[], str]) -> None:
        self.root = root
        self.heard = heard
        self.name = ""
        self.book: Any = None

    def do(self, line: str) -> list[str]:
        """Carry out a line, and return what it shows."""
        if match := re.fullmatch(r"(\S+)!(\w+) = (.*)", line):
            self._type(*match.groups())
            return []
        word, _, rest = line.partition(" ")
        shown: list[str] | None = getattr(self, f"do_{word}")(rest)
        return shown or []

    def _type(self, sheet: str, cell: str, text: str) -> None:
        here = self.book[sheet.replace("_", " ")][cell]
        kind, _, rest = text.partition(" ")
        if kind == "day":
            day, form = rest.split(" ", 1)
            here.value, here.number_format = datetime.fromisoformat(day), form
        elif kind == "number":
            here.value, here.number_format = float(rest), "General"
        else:
            here.value = None if text == "nothing" else text.replace("\\n", "\n")

    def do_respondent(self, rest: str) -> None:
        """Take the workbook sent to a respondent, in a language."""
        self.name, code = rest.split()
        self.book = opened(sent(self.name, code))

    def do_insert(self, rest: str) -> None:
        """Insert a row: `insert SHEET ROW`."""
        sheet, row = rest.split()
        self.book[sheet.replace("_", " ")].insert_rows(int(row))

    def do_copy(self, rest: str) -> None:
        """Insert a copy of a row: `copy SHEET ROW to ROW`."""
        sheet, row, _, to = rest.split()
        self.book[sheet].insert_rows(int(to))
        for cell in self.book[sheet][int(row)]:
            self.book[sheet].cell(int(to), cell.column, cell.value)

    def do_reverse(self, rest: str) -> None:
        """Sort the rows the other way round."""
        sheet = self.book[rest]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), 2):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value

    def do_merge(self, rest: str) -> None:
        """Merge an area: `merge SHEET!AREA`."""
        sheet, area = rest.split("!")
        self.book[sheet].merge_cells(area)

    def do_delete(self, rest: str) -> None:
        """Take a sheet, a column or a row away."""
        what, name = rest.split(" ", 1)
        if what == "sheet":
            del self.book[name]
            return
        sheet, place = name.split("!")
        if what == "row":
            self.book[sheet].delete_rows(int(place))
        else:
            self.book[sheet].delete_cols(range_boundaries(f"{place}1")[0])

    def do_add(self, rest: str) -> None:
        """Add a sheet, a copy of a sheet, or a column before another."""
        what, name = rest.split(" ", 1)
        if what == "sheet":
            self.book.create_sheet(name)
        elif what == "copy":
            self.book.copy_worksheet(self.book[name])
        else:
            sheet, column = name.split("!")
            self.book[sheet].insert_cols(range_boundaries(f"{column}1")[0])

    def do_hang(self, rest: str) -> None:
        """Hang a comment or a link on a cell: `hang comment Reply!E2 TEXT`."""
        what, place, text = rest.split(" ", 2)
        sheet, cell = place.split("!")
        if what == "comment":
            self.book[sheet][cell].comment = Comment(text, "A respondent")
        else:
            self.book[sheet][cell].hyperlink = text

    def do_hide(self, rest: str) -> None:
        """Hide a row or a sheet."""
        sheet, _, row = rest.partition("!")
        if row:
            self.book[sheet].row_dimensions[int(row)].hidden = True
        else:
            self.book[sheet].sheet_state = "hidden"

    def do_mandate(self, rest: str) -> None:
        """Change a text of the resolution."""
        self._change("mandates/cnd-61-9.yaml", rest)

    def do_brief(self, rest: str) -> None:
        """Change a text of the brief."""
        self._change(f"reports/{CYCLE}/report.yaml", rest)

    def _change(self, file: str, change: str) -> None:
        path = self.root / file
        old, new = (part.replace("\\n", "\n") for part in change.split(" -> "))
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def do_rename(self, rest: str) -> None:
        """Give a sheet another name."""
        old, new = rest.split(" to ")
        self.book[old].title = new

    def do_last(self, rest: str) -> None:
        """Move a sheet to the end."""
        self.book.move_sheet(rest, len(self.book.sheetnames))

    def do_evidence(self, rest: str) -> list[str] | None:
        """Show the evidence, or change a text of it as a person would."""
        files = sorted((self.root / "reports" / CYCLE / "evidence").glob("*.yaml"))
        if " -> " not in rest:
            lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
            return [line for line in lines if not line.startswith("# yaml-language-server")]
        self._change(files[0].relative_to(self.root).as_posix(), rest)
        return None

    def do_forget(self, _: str) -> None:
        """Lose what the reply said last time."""
        (self.root / "reports" / CYCLE / "replies" / "ken.json").unlink()

    def do_import(self, rest: str) -> list[str]:
        """Take the workbook in, and check the workspace."""
        path = self.root / f"{self.name.lower().replace('/', '-')}.xlsx"
        self.book.save(path)
        words = dict(re.findall(r"--(\w+) (\S+)", rest))
        try:
            workbook([path], words.get("cycle"), words.get("respondent"), "2019-10-20", workspace=self.root)
        except Stop as stop:
            return [*self.heard().splitlines(), f"tracker: {stop}", f"  {stop.hint}"]
        ws = load(self.root)
        assert ws.problems == []
        assert [problem for problem in problems_of(ws) if problem.level is Level.ERROR] == []
        return [line for line in self.heard().splitlines() if "/reports/" not in line]

    def do_replies(self, _: str) -> list[str]:
        """Show who has answered."""
        replies(CYCLE, ReplyForm.TABLE, "2019-10-25", workspace=self.root)
        return self.heard().splitlines()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_comes_back(
    path: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The width of a table is that of whoever runs the tests otherwise.
    monkeypatch.delenv("COLUMNS", raising=False)
    desk = Desk(copied(WORKSPACE, tmp_path), lambda: "".join(capfd.readouterr()))
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(">"):
            continue
        lines.append(line)
        if line and not line.startswith("#"):
            lines += [f"> {shown}".rstrip() for shown in desk.do(line)]
    text = "\n".join(lines) + "\n"
    if UPDATE:
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


FORMS = {"table": "txt", "json": "json", "csv": "csv"}


def test_who_has_answered_in_every_form(tmp_path: Path) -> None:
    root = copied(WORKSPACE, tmp_path)
    folder = root / "reports" / CYCLE / "evidence"
    folder.mkdir(exist_ok=True)
    entry = (
        "- {id: china-2019, type: reply, status: ongoing, by: [CHN], addresses: ['cnd-61-9:3'], summary: {en: Yes.}}\n"
    )
    (folder / "by-hand.yaml").write_text(entry, encoding="utf-8")
    path = root / "ken.xlsx"
    book = opened(sent("KEN", "en"))
    book["Reply"]["E2"] = "Courses were held."
    book.save(path)
    dry = run("import", "workbook", path, "--date", "2019-10-20", "--dry-run", at=root)
    assert (dry.code, dry.err.splitlines()[-1]) == (0, "KEN: entries: 1 new; 2 doubts")
    assert "nothing was written: --dry-run" in dry.err
    assert "+ - id: 2020-cnd-63-ken-cnd-61-9-1-c1-1" in dry.out.splitlines()
    assert not (root / "reports" / CYCLE / "replies").exists()
    assert run("import", "workbook", path, "--date", "2019-10-20", at=root).code == 0
    for form, ending in FORMS.items():
        said = run("replies", CYCLE, "--date", "2019-11-01", "--format", form, at=root, COLUMNS="60")
        assert (said.code, said.err) == (0, "")
        expect(f"../collect/replies.{ending}", said.out)


DATES = (HERE / "dates.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", [line for line in DATES if line and not line.startswith("#")])
def test_dates_as_people_type_them(line: str) -> None:
    typed, _, meant = (part.strip() for part in line.partition(" | "))
    read = read_date(typed)
    assert (f"{read.value} ?".strip() if read.doubt else read.value) == meant


# What is refused


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def changed(part: str, old: bytes | re.Pattern[bytes], new: bytes) -> bytes:
    wanted = old if isinstance(old, re.Pattern) else re.compile(re.escape(old))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sent("KEN", "en"))) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            assert name != part or wanted.search(data)
            after.writestr(name, wanted.sub(new, data) if name == part else data)
    return out.getvalue()


def twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("xl/workbook.xml", "<x/>")
        with pytest.warns(UserWarning, match="Duplicate name"):
            file.writestr("xl/workbook.xml", "<x/>")
    return out.getvalue()


def another_table() -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Activity", "Cost"])
    book.save(out)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TRAP = "declares entities or a strange encoding in its part xl/worksheets/sheet2.xml, which Excel never does"
ENTITY = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet '
MB = 1_000_000
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.xlsx": (lambda: b"", "empty.xlsx is empty"),
    "old.xls": (
        lambda: OLE + "Workbook".encode("utf-16-le"),
        "old.xls is an old Excel .xls, not a workbook (.xlsx)",
    ),
    "locked.xlsx": (
        lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
        "locked.xlsx is protected by a password",
    ),
    "table.csv": (
        lambda: b"a,b\n",
        "table.csv is a table as text, which has lost its other sheets and its hidden columns",
    ),
    "page.xlsx": (lambda: b"<html>", "page.xlsx is no workbook (.xlsx)"),
    "cut.xlsx": (lambda: sent("KEN", "en")[:9000], "cut.xlsx is damaged or was cut short: it cannot be unpacked"),
    "calc.ods": (
        lambda: archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
        "calc.ods is an OpenDocument spreadsheet (.ods), not a workbook (.xlsx)",
    ),
    "macros.xlsm": (
        lambda: archive({"xl/workbook.xml": "<x/>", "xl/vbaProject.bin": b"1"}),
        "macros.xlsm holds macros: it was not opened",
    ),
    "binary.xlsb": (
        lambda: archive({"xl/workbook.bin": b"1"}),
        "binary.xlsb is a binary workbook (.xlsb), not a workbook (.xlsx)",
    ),
    "word.docx": (
        lambda: archive({"word/document.xml": "<x/>"}),
        "word.docx is a Word file, not a workbook (.xlsx)",
    ),
    "bomb.xlsx": (
        lambda: archive({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": b" " * (60 * MB)}),
        "bomb.xlsx would unpack to 60 MB: it was not unpacked",
    ),
    "large.xlsx": (lambda: b"PK" + b"\0" * (10 * MB), "large.xlsx holds more than 10 MB, which no reply does"),
    "entities.xlsx": (
        lambda: changed("xl/worksheets/sheet2.xml", b"<worksheet ", ENTITY),
        f"entities.xlsx {TRAP}",
    ),
    "encoded.xlsx": (
        lambda: changed("xl/worksheets/sheet2.xml", b'encoding="UTF-8"', b'encoding="UTF-7"'),
        f"encoded.xlsx {TRAP}",
    ),
    "merged.xlsx": (
        lambda: changed(
            "xl/worksheets/sheet2.xml",
            b"</sheetData>",
            b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
        "merged.xlsx merges more cells than a reply has",
    ),
    "linked.xlsx": (
        lambda: changed(
            "xl/worksheets/sheet2.xml",
            b"</sheetData>",
            b'</sheetData><hyperlinks><hyperlink ref="A1&#58;XFD1048576"/></hyperlinks>',
        ),
        "linked.xlsx merges more cells than a reply has",
    ),
    "broken.xlsx": (
        lambda: changed("xl/worksheets/sheet2.xml", b"</sheetData>", b""),
        "broken.xlsx is damaged: Excel's own programs would mend it, this one does not",
    ),
    "packed.zip": (
        lambda: archive({"kenya/reply.xlsx": b"1"}),
        "packed.zip is a zip archive without a workbook (.xlsx) in it",
    ),
    "parts.xlsx": (
        lambda: archive({f"xl/{number}.xml": b"" for number in range(2001)}),
        "parts.xlsx holds 2001 parts, which no workbook (.xlsx) does",
    ),
    "strict.xlsx": (
        lambda: archive({"xl/workbook.xml": '<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'}),
        "strict.xlsx is in the strict form of Excel, which is not read",
    ),
    "twice.xlsx": (twice, "twice.xlsx holds two parts of one name, which no workbook (.xlsx) does"),
    "other.xlsx": (another_table, "other.xlsx holds no sheet that replies are collected on"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_reply_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    make, told = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(Stop) as stopped:
        workbook([path], workspace=WORKSPACE)
    assert str(stopped.value) == told
    assert stopped.value.hint


def test_what_was_reported_in_many_entries_is_told_by_titles(tmp_path: Path) -> None:
    root = copied(WORKSPACE, tmp_path)
    file = root / "reports" / "2018-cnd-61" / "evidence" / "a.yaml"
    entry = (
        "- id: more-{0}\n  type: reply\n  status: completed\n  by: [KEN]\n  addresses: [cnd-61-9:3]\n"
        "  title: {{en: Title {0}}}\n  summary: {{en: {1}}}\n"
    )
    text = "".join(entry.format(number, "Words " * 30) for number in range(50))
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{text}", encoding="utf-8")
    told = opened(made(root))["Reply"]["C5"].value.splitlines()
    assert told == [*(f"[completed] Title {number}" for number in range(21)), "… and 29 more"]


def test_links_to_other_files_are_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "links.xlsx"
    book = opened(sent("KEN", "en"))
    book["Reply"]["E2"] = "='file:///etc/[passwd]Sheet1'!A1"
    book["Reply"]["G2"] = '=WEBSERVICE("http://example.org")'
    book.save(path)
    filled = read_workbook(path)
    assert filled.rows == ()
    assert [str(doubt) for doubt in filled.doubts] == [
        "Reply!E2: a formula: it has no value, and nothing is used",
        "Reply!G2: a formula: it has no value, and nothing is used",
    ]


def test_pictures_and_files_inside_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "picture.xlsx"
    path.write_bytes(sent("KEN", "en"))
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("xl/media/image1.png", b"1")
    told = "it holds pictures, text boxes or other files, which are not read"
    assert [str(doubt) for doubt in read_workbook(path).doubts] == [told]


def test_of_a_formula_the_value_that_was_saved_is_used(tmp_path: Path) -> None:
    path = tmp_path / "formula.xlsx"
    path.write_bytes(
        changed(
            "xl/worksheets/sheet2.xml",
            *(re.compile(rb'<c r="E2"( s="\d+")/>'), rb'<c r="E2"\1 t="str"><f>"Held "&amp;2</f><v>Held 2</v></c>'),
        )
    )
    filled = read_workbook(path)
    assert [row.cells for row in filled.rows] == [{"activity": "Held 2"}]
    assert [str(doubt) for doubt in filled.doubts] == ["Reply!E2: a formula: its value is used: “Held 2”"]


@pytest.mark.parametrize("seed", range(4))
def test_damaged_workbooks_are_read_or_refused(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    outcomes = set()
    with zipfile.ZipFile(io.BytesIO(sent("KEN", "en"))) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    for number in range(30):
        dice = random.Random(100 * seed + number)
        name = dice.choice(sorted(parts))
        at, length = dice.randrange(len(parts[name])), dice.choice([1, 4, 40])
        odd = dice.choice([b"", b"9" * length, b"<", b'"', dice.randbytes(length)])
        path.write_bytes(archive(parts | {name: parts[name][:at] + odd + parts[name][at + length :]}))
        try:
            outcomes.add("read" if read_workbook(path).keys else "empty")
        except Unreadable:
            outcomes.add("refused")
    assert outcomes >= {"read", "refused"}


# Other programs


def test_a_workbook_saved_by_libreoffice_says_the_same(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    book = opened(sent("CHN", "zh"))
    for cell, value in {"E2": "中国举办了\n培训班。", "G2": "已完成", "J2": "肯尼亚"}.items():
        book["答复"][cell] = value
    book["答复"]["H2"] = datetime.fromisoformat("2019-05-01")
    book["答复"]["H2"].number_format = "yyyy-mm"
    path = tmp_path / "reply.xlsx"
    book.save(path)
    command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    out = tmp_path / "saved"
    subprocess.run(
        [*command, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, path],
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    if not (out / "reply.xlsx").is_file():
        pytest.skip("LibreOffice is here without Calc")
    before, after = read_workbook(path), read_workbook(out / "reply.xlsx")
    assert after == before
    assert before.rows[0].cells == {
        "activity": "中国举办了\n培训班。",
        "status": "已完成",
        "date": "2019-05",
        "countries": "肯尼亚",
    }
    assert before.doubts == ()
