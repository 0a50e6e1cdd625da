"""A second language for a mandate: what pairs is added, what does not is told, and every byte of the file stays.

Cases are files of `tests/edit/into`: a document, the file before, the file after and what is said, the last two
written by TRACKER_UPDATE=1. The sign ⌁ marks the end of a file without a line break, ␍ a carriage return.
"""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from conftest import SHARED, TESTS, run
from hypothesis import given
from hypothesis import strategies as st
from msgspec import to_builtins

from tracker.edit.change import EditError
from tracker.edit.languages import add_language
from tracker.intake.resolution import import_resolution
from tracker.intake.source import Line, Source
from tracker.load.files import load

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.edit.languages import Added

INTO = TESTS / "edit" / "into"
CASES = sorted(path.name for path in INTO.glob("*.txt"))
UPDATE = bool(os.environ.get("TRACKER_UPDATE"))
FILE = "mandates/ga-99-1.yaml"
NO_END, RETURN = "⌁", "␍"


class Case(NamedTuple):
    """What is shown, the document that is read, the file before and after, and what is said."""

    title: str
    read: str
    before: str
    after: str = ""
    said: str = ""


def case_of(name: str) -> Case:
    title, *parts = re.split(
        r"^-- (?:read|before|after|said)\n", (INTO / name).read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    return Case(title, *parts)


def as_file(text: str) -> bytes:
    return text.replace(f"{NO_END}\n", "").replace(RETURN, "\r").encode()


def as_shown(data: bytes) -> str:
    text = data.decode().replace("\r", RETURN)
    return text if text.endswith("\n") else f"{text}{NO_END}\n"


def document(text: str) -> Source:
    return Source("read.txt", "text", tuple(Line(number, line, 0) for number, line in enumerate(text.split("\n"), 1)))


def workspace(root: Path, data: bytes) -> Path:
    for folder in ("mandates", "reports"):
        (root / folder).mkdir(exist_ok=True)
    (root / FILE).write_bytes(data)
    return root


def added_to(root: Path, read: str) -> Added:
    source = document(read)
    return add_language(load(root), "ga-99-1", import_resolution(source), source)


def told(added: Added) -> str:
    items = [*(("W", doubt) for doubt in added.doubts), *(("N", doubt) for doubt in added.left_out)]
    lines = [f"{mark}: {f'line {one.line}: ' if one.line else ''}{one.message}" for mark, one in items]
    return "\n".join((*lines, f"{added.paired} of {added.here} paired with {added.there}, {added.texts} texts")) + "\n"


def outcome(case: Case, root: Path) -> Case:
    before = as_file(case.before)
    try:
        added = added_to(workspace(root, before), case.read)
    except EditError as error:
        return case._replace(after="", said=f"{error}\n  {error.hint}\n")
    if added.change is None:
        return case._replace(after="", said=told(added))
    assert (added.change.file, added.change.before) == (FILE, before)
    assert only_more(before, added.change.after)
    return case._replace(after=as_shown(added.change.after), said=told(added))


def only_more(before: bytes, after: bytes) -> bool:
    """Tell whether all bytes of a file are still there, in order."""
    left = iter(after)
    return all(byte in left for byte in before)


@pytest.mark.parametrize("name", CASES)
def test_texts_are_added_and_the_rest_stays(name: str, tmp_path: Path) -> None:
    case = case_of(name)
    found = outcome(case, tmp_path)
    if UPDATE:
        parts = [case.title, f"-- read\n{case.read}", f"-- before\n{case.before}"]
        parts += [f"-- after\n{found.after}" if found.after else "-- after\n", f"-- said\n{found.said}"]
        (INTO / name).write_text("".join(parts), encoding="utf-8", newline="\n")
    assert found == case_of(name)
    if found.after:
        workspace(tmp_path, as_file(found.after))
        again = added_to(tmp_path, case.read)
        assert (again.change, again.texts) == (None, 0)


READ = """99/1. 标题

大会，

1. 敦促会员国培训本国海关官员；

2. 请联合国毒品和犯罪问题办公室协助各国；

3. 决定继续处理此案。
"""
# How a paragraph may be written below its number; what is indented more stays so in a file of four spaces.
FORMS = (
    "",
    "verb: urges",
    "text: {en: Urges, fr: Prie}   # looked at",
    "text: {en: 'Urges: all',}",
    "text: Urges",
    "text:\n  Urges",
    "text: >-\n    Urges\n    all",
    "text: 'Urges\n    all'",
    "text:   # to come",
    "text:\n  en: Urges   # looked at",
    "text:\n  # first\n  en: |\n    Urges\n\n    all\n\n  # last",
    "text:\n  en: |+\n    Urges\n\ngist: {en: All}",
    "text:\n  en: >\n    Urges\n  zh:",
    "text:\n  zh: 另一案文\n  en: Urges\n    all",
    "heading: {en: First}",
    "heading:\n  en: First",
    "clauses:\n  - gist: {en: All}\n    verb: urges",
)
LANGUAGES = ("", "languages: [en]", "languages: [en, zh]   # both", "languages:\n- en", "languages: [\n  fr,\n  en\n]")


@st.composite
def mandates(draw: st.DrawFn) -> bytes:
    """Write a mandate as people may: with these line ends, this indentation, and texts in these forms."""
    dash = draw(st.sampled_from(("- ", "  - ", "    -   ")))
    numbers = ["1", *draw(st.lists(st.sampled_from(("2", "3", '"3"', "4")), max_size=3, unique=True))]
    lines = [
        draw(st.sampled_from(LANGUAGES)),
        *draw(st.sampled_from((["title: A title"], ["title:", "  en: A title"]))),
    ]
    lines.append("paragraphs:")
    for number in numbers:
        body = draw(st.sampled_from(FORMS)).split("\n")
        lines += [f"{dash}number: {number}", *(f"{' ' * len(dash)}{line}" if line else "" for line in body)]
    text = "\n".join(lines) + draw(st.sampled_from(("", "\n", "\n\n# the end\n")))
    return draw(st.sampled_from((b"", BOM_UTF8))) + text.replace("\n", draw(st.sampled_from(("\n", "\r\n")))).encode()


def without_chinese(value: Any) -> Any:
    """Return what a mandate says in other languages; a text in Chinese alone is none."""
    if isinstance(value, (list, tuple)):
        return [without_chinese(item) for item in value]
    if not isinstance(value, dict):
        return value
    inner = {key: without_chinese(item) for key, item in value.items() if key not in {"zh", "languages"}}
    return {key: item for key, item in inner.items() if item != {}}


def wordings(value: Any) -> list[str]:
    if isinstance(value, (list, tuple)):
        return [found for item in value for found in wordings(item)]
    if not isinstance(value, dict):
        return []
    own = [value["zh"]] if "zh" in value else []
    return own + [found for item in value.values() for found in wordings(item)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("styles")


@given(mandates())
def test_however_it_is_written_only_texts_come_in(folder: Path, before: bytes) -> None:
    ws = load(workspace(folder, before))
    assert ws.problems == []
    held = to_builtins(ws.mandates["ga-99-1"])
    added = added_to(folder, READ)
    assert added.change
    assert only_more(before, added.change.after)
    after = load(workspace(folder, added.change.after))
    assert after.problems == []
    found = to_builtins(after.mandates["ga-99-1"])
    assert without_chinese(found) == without_chinese(held)
    assert len(wordings(found)) == len(wordings(held)) + added.texts
    by_hand = sum("by hand" in doubt.message for doubt in added.doubts)
    has_another = sum("already" in doubt.message for doubt in added.doubts)
    assert added.texts + by_hand + has_another == added.paired + 1


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Make a workspace with the mandate of one case, and the document of that case beside it."""
    case = case_of("block-maps.txt")
    (tmp_path / "read.txt").write_text(case.read, encoding="utf-8")
    return workspace(tmp_path, as_file(case.before))


DRY = """\
mandates/ga-99-1.yaml:3
- languages: [en]   # one so far
+ languages: [en, zh]   # one so far
mandates/ga-99-1.yaml:6
+   zh: 标题
mandates/ga-99-1.yaml:13
+       zh: 敦促会员国培训本国海关官员；
mandates/ga-99-1.yaml:23
+       zh: 请联合国毒品和犯罪问题办公室协助：各国；
mandates/ga-99-1.yaml:30
+       zh: 决定继续处理此案。
"""
DOUBT = "W: line 9: paragraph 3: the zh text reads as remains-seized, the mandate says decides\n"
PAIRED = "3 of 3 paragraphs paired with the 3 in read.txt; "


def test_a_dry_run_shows_all_and_the_command_only_what_it_comes_to(office: Path) -> None:
    case = case_of("block-maps.txt")
    words = ("import", "resolution", "read.txt", "--into", "A/RES/99/1")
    dry = run(*words, "--dry-run", at=office)
    assert dry == (0, DRY, f"nothing was written: --dry-run\n{DOUBT}{PAIRED}4 texts in zh to add, 1 doubt\n")
    assert (office / FILE).read_bytes() == as_file(case.before)
    done = run(*words, at=office)
    assert done == (0, "", f"{FILE}\n{DOUBT}{PAIRED}4 texts in zh added, 1 doubt\n")
    assert (office / FILE).read_bytes() == as_file(case.after)
    again = run(*words, at=office)
    assert again == (0, "", f"nothing was written\n{DOUBT}{PAIRED}no texts in zh added, 1 doubt\n")


NO_BODY = (
    "read.txt is no resolution: no line of it names the body that adopts it, as “The General Assembly” does\n"
    "  a report is brought in by tracker import report; of a longer document, save the resolution alone\n"
)
REFUSALS = [
    ("--into ga-99-2", "there is no mandate ga-99-2\n  did you mean ga-99-1?\n"),
    (
        "--into ga-99-1 --output x.yaml",
        "--into adds to the file of the mandate where it is\n  leave out --output and --force\n",
    ),
    ("--dry-run", "--dry-run goes with --into\n  to see what is read and write nothing, give --output -\n"),
    ("--into ga-99-1 --language en", NO_BODY),
]


@pytest.mark.parametrize(("words", "said"), REFUSALS)
def test_what_cannot_be_done_is_told(words: str, said: str, office: Path) -> None:
    before = (office / FILE).read_bytes()
    assert run("import", "resolution", "read.txt", *words.split(), at=office) == (2, "", f"tracker: {said}")
    assert (office / FILE).read_bytes() == before


INTO_ANOTHER = ("import", "resolution", "read.txt", "--into", "cnd-67-1")


def test_two_symbols_that_differ_are_two_resolutions(office: Path) -> None:
    text = "symbol: CND 67/1\ntitle: A title\nparagraphs:\n  - number: 1\n"
    (office / "mandates" / "cnd-67-1.yaml").write_text(text, encoding="utf-8")
    said = "tracker: read.txt is A/RES/99/1, and cnd-67-1 is CND 67/1: nothing was written\n"
    hint = "  look whether the file and the mandate are the right ones\n"
    assert run(*INTO_ANOTHER, "--id", "cnd-67-1", at=office) == (2, "", said + hint)


def test_without_a_symbol_the_number_tells_unless_a_person_says_otherwise(office: Path) -> None:
    text = "title: A title\nparagraphs:\n  - number: 1\n    verb: urges\n    addressees: [member-states]\n"
    file = office / "mandates" / "cnd-67-1.yaml"
    file.write_text(text, encoding="utf-8")
    said = "tracker: read.txt is ga-99-1, not cnd-67-1: nothing was written\n"
    hint = "  if it is the same resolution, say so: --into cnd-67-1 --id cnd-67-1\n"
    assert run(*INTO_ANOTHER, at=office) == (2, "", said + hint)
    assert file.read_text(encoding="utf-8") == text
    assert run(*INTO_ANOTHER, "--id", "cnd-67-1", at=office).code == 0
    assert "zh: 敦促会员国培训本国海关官员；" in file.read_text(encoding="utf-8")


RESOLUTION = SHARED / "texts" / "resolutions" / "A_RES_66_177.txt"


@pytest.mark.skipif(not RESOLUTION.is_file(), reason="the official texts lie beside the repository, not in it")
def test_the_english_text_joins_the_chinese_one(repository: Path) -> None:
    done = run("import", "resolution", RESOLUTION, "--into", "ga-66-177", at=repository)
    assert (done.code, done.out) == (0, "")
    assert done.err == (
        "mandates/ga-66-177.yaml\n"
        "N: the preamble left out: it has 18 texts, the mandate has none\n"
        "18 of 18 paragraphs paired with the 18 in A_RES_66_177.txt; 22 texts in en added, no doubts\n"
    )
    assert run("check", at=repository).err.startswith("0 errors, ")
