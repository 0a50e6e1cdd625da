"""The workbook of a matrix, read back: what is in it, whole, and that Excel, LibreOffice and paper take it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, SMALL, expect, run
from hypothesis import given
from hypothesis import strategies as st

from tracker.cover.matrix import cover
from tracker.cover.scope import scope_of
from tracker.lang import language
from tracker.load.files import load
from tracker.model import Status
from tracker.render.cells import TALLEST, height, pieces, sheet_name
from tracker.render.sheets import INPUT, TEXT, Book, Choices
from tracker.render.workbook import matrix_workbook
from tracker.render.workbook_status import status_style

DAY = date(2019, 12, 31)


def workbook(root: Path, report: str | None, code: str) -> bytes:
    ws = load(root)
    scope = scope_of(ws, report)
    return matrix_workbook(ws, scope, cover(ws, scope), language(code))


def read(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def dump(data: bytes) -> str:
    """Write a workbook as a person would tell of it: how each sheet is set up, then its rows."""
    return "\n".join(line for sheet in read(data) for line in (*set_up(sheet), *rows(sheet), ""))


def set_up(sheet: Any) -> list[str]:
    page = sheet.page_setup
    fitted = "one page wide" if sheet.sheet_properties.pageSetUpPr.fitToPage and page.fitToHeight == 0 else "not fitted"
    told = {
        "frozen at": sheet.freeze_panes,
        "filter": sheet.auto_filter.ref,
        "repeated": sheet.print_title_rows,
        "printed": sheet.print_area,
        "paper": f"{'A4' if page.paperSize == 9 else page.paperSize} {page.orientation}, {fitted}",
        "head": sheet.oddHeader.left.text or sheet.oddHeader.right.text,
        "foot": " | ".join(part.text for part in (sheet.oddFooter.left, sheet.oddFooter.right) if part.text),
        "charts": len(sheet._charts) or None,  # noqa: SLF001 - the only place where openpyxl keeps them
        "right to left": sheet.sheet_view.rightToLeft or None,
    }
    return [f"== {sheet.title}", *(f"{name}: {value}" for name, value in told.items() if value), ""]


def rows(sheet: Any) -> list[str]:
    found = []
    for row in sheet.iter_rows():
        texts = [text_of(cell) for cell in row]
        if any(texts):
            found.append(f"{row[0].row}: " + " | ".join(texts).rstrip(" |"))
    return found


def text_of(cell: Any) -> str:
    value = cell.value.date().isoformat() if isinstance(cell.value, datetime) else cell.value
    text = "" if value is None else str(value).replace("\n", " // ")
    return f"{text} -> {cell.hyperlink.location}" if cell.hyperlink else text


@pytest.mark.parametrize("code", ["en", "zh", "ar"])
def test_the_workbook_is_as_expected(code: str) -> None:
    expect(f"../workbook/small-{code}.txt", dump(workbook(SMALL, "2020-cnd-63", code)))


def test_what_is_longer_than_a_row_goes_on_in_the_next_and_nothing_is_lost() -> None:
    ws = load(ROOT)
    scope = scope_of(ws, "2013-ccpcj-22")
    for code in ("en", "zh"):
        book = read(matrix_workbook(ws, scope, cover(ws, scope), language(code)))
        sheet = book["A-RES-66-177"]
        told = "".join(str(row[5]) for row in sheet.iter_rows(min_row=4, values_only=True) if row[5])
        acted = [entry for entry in ws.cycles["2013-ccpcj-22"].entries if entry.status and entry.type == "training"]
        assert acted
        for entry in acted:
            assert squeezed(entry.summary[code].split("^[")[0]) in squeezed(told)
        heights = [sheet.row_dimensions[row].height for row in range(4, sheet.max_row + 1)]
        assert max(heights) <= 165


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_links_lead_to_the_row_of_the_paragraph() -> None:
    book = read(workbook(SMALL, "2020-cnd-63", "en"))
    links = [cell.hyperlink.location for row in book["Overview"].iter_rows() for cell in row if cell.hyperlink]
    name, _, place = links[-1].partition("!")
    row = book[name.strip("'")][place].row
    assert book[name.strip("'")].cell(row, 2).value == "2 (b)"


def test_a_status_is_a_bold_word_and_no_two_look_alike() -> None:
    styles = [status_style(status) for status in Status]
    assert len({tuple(sorted(style.items())) for style in styles}) == len(Status)
    assert all(style["bold"] or style["italic"] for style in styles)
    # What is missing is read on a black-and-white print too: white on dark.
    assert (styles[4]["font_color"], styles[4]["bg_color"]) == ("#FFFFFF", "#8B1A1A")


def test_the_same_data_make_the_same_bytes() -> None:
    data = workbook(SMALL, "2020-cnd-63", "zh")
    assert data == workbook(SMALL, "2020-cnd-63", "zh")
    properties = read(data).properties
    assert (properties.created, properties.modified) == (datetime(2019, 12, 31), datetime(2019, 12, 31))  # noqa: DTZ001
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {item.date_time for item in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


HOSTILE = {
    "=1+1": "=1+1",
    '=HYPERLINK("http://example.org")': '=HYPERLINK("http://example.org")',
    "+1": "+1",
    "-1": "-1",
    "@SUM(A1)": "@SUM(A1)",
    "'quoted": "'quoted",
    "\tindented": "\tindented",
    "http://example.org": "http://example.org",
    "mailto:someone@example.org": "mailto:someone@example.org",
    "0012": "0012",
    "1e5": "1e5",
    "2012-01-01": "2012-01-01",
    "{=A1}": "{=A1}",
    "_x0041_": "_x0041_",
    "<b>&amp;</b>": "<b>&amp;</b>",
    "bell\x07 and null\x00": "bell and null",
    "half a pair \ud800": "half a pair ",
    "one\r\ntwo\rthree": "one\ntwo\nthree",
    "汉" * 40_000: "汉" * 32_766 + "…",
    "𠀀" * 20_000: "𠀀" * 16_383 + "…",
}


def test_a_text_stays_the_text_it_is() -> None:
    book = Book(language("en"), "=title", DAY)
    sheet = book.sheet("=1+1")
    sheet.columns([20])
    for row, text in enumerate(HOSTILE):
        sheet.write_row(row, [text])
    sheet.link(len(HOSTILE), 0, "=link", (sheet.name, 0))
    sheet.print_as("a&b", "=2013")
    cells = [row[0] for row in read(book.to_bytes())["=1+1"].iter_rows()]
    for cell, expected in zip(cells, [*HOSTILE.values(), "=link"], strict=True):
        # Excel reads _x0041_ as the letter A, so the file holds it escaped; openpyxl shows it as it is there.
        assert str(cell.value).replace("_x005F_x0041_", "_x0041_") == expected
    marked = [cell.value for cell in cells if cell.quotePrefix]
    assert marked == [text for text in (*HOSTILE.values(), "=link") if text[0] in "=+-@'\t"]


def test_no_text_becomes_a_formula_or_a_link() -> None:
    book = Book(language("en"), "title", DAY)
    sheet = book.sheet("hostile")
    sheet.columns([20])
    for row, text in enumerate(HOSTILE):
        sheet.write(row, 0, text)
    with zipfile.ZipFile(io.BytesIO(book.to_bytes())) as file:
        xml = file.read("xl/worksheets/sheet1.xml").decode()
    assert xml.count('t="s"') == len(HOSTILE)
    assert "<f>" not in xml
    assert "<hyperlink" not in xml


NAMES = [
    ("A/RES/66/177", [], "A-RES-66-177"),
    ("[a]:b*c?d/e\\f", [], "-a--b-c-d-e-f"),
    ("'quoted'", [], "quoted"),
    ("History", [], "History_"),
    ("", [], "-"),
    ("\x07", [], "-"),
    ("Evidence", ["evidence"], "Evidence (2)"),
    ("Evidence", ["evidence", "EVIDENCE (2)"], "Evidence (3)"),
    ("a" * 40, [], "a" * 31),
    ("a" * 40, ["A" * 31], "a" * 27 + " (2)"),
    (
        "加强国际合作，应对犯罪活动所产生的非法资金流动的有害影响的决议草案",
        [],
        "加强国际合作，应对犯罪活动所产生的非法资金流动的有害影响的决议",
    ),
    ("𠀀" * 20, [], "𠀀" * 15),
]


@pytest.mark.parametrize(("wanted", "taken", "given_name"), NAMES)
def test_a_sheet_has_a_name_that_excel_accepts(wanted: str, taken: list[str], given_name: str) -> None:
    assert sheet_name(wanted, taken) == given_name


@given(st.text(max_size=1000), st.integers(8, 80), st.integers(60, 400))
def test_pieces_fit_and_lose_nothing(text: str, room: int, tallest: int) -> None:
    made = list(pieces(text, room, tallest))
    assert squeezed("".join(made)) == squeezed(text)
    assert all(height(piece, room) <= tallest for piece in made)


HEIGHTS = [
    ("one line", 20, 18),
    ("two\nlines", 20, 31),
    ("a line that is a little too long for its column", 30, 31),
    ("汉字", 20, 20),
    ("会员国依照本国《宪法》及其签署和批准的国际条约预防、调查、起诉和制裁这两类犯罪", 40, 50),
]


@pytest.mark.parametrize(("text", "room", "points"), HEIGHTS)
def test_a_row_is_as_high_as_its_text_needs(text: str, room: int, points: float) -> None:
    assert height(text, room) == points
    assert height(text * 500, room) > TALLEST


def test_a_line_of_arabic_runs_from_the_right_and_a_symbol_does_not() -> None:
    orders = {}
    for code in ("ar", "en"):
        book = Book(language(code), "title", DAY)
        sheet = book.sheet("sheet")
        sheet.columns([20] * 4)
        sheet.write_row(0, ["(تابع)", "اللغة: العربية، مثل [en].", "A/RES/66/177", "2"])
        orders[code] = [cell.alignment.readingOrder for cell in read(book.to_bytes())["sheet"][1]]
    assert orders == {"ar": [2, 2, 0, 0], "en": [0, 0, 0, 0]}


def test_an_id_is_not_turned_round_in_a_line_of_arabic() -> None:
    line = read(workbook(SMALL, "2020-cnd-63", "ar")).worksheets[0]["A2"].value
    assert "\u20682020-cnd-63\u2069" in line


def test_evidence_that_is_not_placed_is_listed_in_plain_letters() -> None:
    sheet = read(workbook(ROOT, "2016-cnd-59", "en"))["CND 58-6"]
    unplaced = [row for row in sheet.iter_rows(min_row=4) if not row[1].value]
    assert len(unplaced) > 1
    assert all(row[0].font.bold and not row[5].font.bold for row in unplaced)
    assert unplaced[0][5].value.count("\n– ") > 1


def test_the_head_of_the_addressees_is_one_cell() -> None:
    sheet = read(workbook(SMALL, "2020-cnd-63", "en"))["Overview"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "Asked")
    assert f"A{row}:B{row}" in {str(area) for area in sheet.merged_cells.ranges}


def test_past_the_links_that_excel_takes_the_text_remains(recwarn: pytest.WarningsRecorder) -> None:
    book = Book(language("en"), "title", DAY)
    sheet = book.sheet("sheet")
    for row in range(65_532):
        sheet.link(row, 0, "text", ("sheet", 0))
    cells = [row[0] for row in read(book.to_bytes())["sheet"].iter_rows()]
    assert {cell.value for cell in cells} == {"text"}
    assert [cell.row for cell in cells if not cell.hyperlink] == [65_531, 65_532]
    assert not recwarn.list


def test_drop_downs_and_locked_cells_of_a_sheet_to_fill_in() -> None:
    book = Book(language("zh"), "title", DAY)
    sheet = book.sheet("回复")
    sheet.columns([20, 20])
    words = [f"国家{number}" for number in range(200)]
    sheet.write_row(0, ["locked", ""], [TEXT, INPUT])
    sheet.choices((0, 1, 9, 1), Choices(words, "国家", "请选择"))
    sheet.choices((0, 0, 9, 0), Choices(words))
    sheet.protect()
    made = read(book.to_bytes())
    assert made.sheetnames == ["回复", "lists"]
    assert made["lists"].sheet_state == "veryHidden"
    first, second = made["回复"].data_validations.dataValidation
    assert first.formula1 == second.formula1 == "'lists'!$A$1:$A$200"
    assert [cell.value for cell in made["lists"]["A"]] == words
    assert made["回复"].protection.sheet
    assert [cell.protection.locked for cell in made["回复"][1]] == [True, False]


def test_the_name_of_the_file_tells_the_form(small: Path) -> None:
    done = run("matrix", "--output", "made.xlsx", at=small)
    assert (done.code, done.out, done.err) == (0, "", "made.xlsx\n")
    assert read((small / "made.xlsx").read_bytes()).sheetnames == ["Overview", "CND 63-1", "Evidence"]


def test_a_workbook_can_be_piped(small: Path) -> None:
    command = [sys.executable, "-m", "tracker", "matrix", "--format", "xlsx", "-o", "-", "--workspace", str(small)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == workbook(small, None, "en")


REFUSALS = {
    "matrix --format xlsx": "tracker: a workbook cannot be shown here\n  name a file: --output matrix.xlsx\n",
    "matrix --format csv --output made.xlsx": (
        "tracker: made.xlsx is a name for xlsx, not for csv\n  name it .csv, or choose --format xlsx\n"
    ),
    "matrix --output made.txt": (
        "tracker: a table is for the terminal\n  choose a form for the file: --format csv, md, json or xlsx\n"
    ),
}


@pytest.mark.parametrize("line", REFUSALS)
def test_what_cannot_be_written_says_why(small: Path, line: str) -> None:
    done = run(*line.split(), at=small)
    assert (done.code, done.out, done.err) == (2, "", REFUSALS[line])


def test_libreoffice_opens_it(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None or not (Path(program).resolve().parent / "libsclo.so").is_file():
        pytest.skip("LibreOffice Calc is not installed")
    (tmp_path / "made.xlsx").write_bytes(workbook(SMALL, "2020-cnd-63", "zh"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "made.xlsx"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=120)
    assert (tmp_path / "made.pdf").read_bytes().startswith(b"%PDF")
