"""Editing by command: one place changes, every other byte stays, and whatever is in doubt is refused.

Cases are passages of the files in `tests/edit`; TRACKER_UPDATE=1 writes what comes out into them.
The sign ⌁ marks the end of a file that ends without a line break.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from codecs import BOM_UTF8
from pathlib import Path
from select import select
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from conftest import ROOT, SMALL, TESTS, copied, run
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tracker.cli.common import Stop
from tracker.cli.editing import carry_out
from tracker.edit.change import EditError
from tracker.edit.entries import appended
from tracker.edit.links import link, unlink
from tracker.edit.names import country, id_for, language_of
from tracker.load.files import load
from tracker.model import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.load.workspace import Workspace

EDIT = TESTS / "edit"
UPDATE = bool(os.environ.get("TRACKER_UPDATE"))
FILE = "reports/2020-cnd-63/evidence/a.yaml"
NO_END = "⌁"
WINDOWS = sys.platform == "win32"


class Case(NamedTuple):
    """A command, the file before it, and the file after it or, where it is refused, what is said."""

    title: str
    command: str
    before: str
    kind: str
    after: str


def cases_of(name: str) -> Iterator[Case]:
    for passage in f"\n{(EDIT / name).read_text(encoding='utf-8')}".split("\n== ")[1:]:
        head, before, after = passage.split("\n-- ")
        title, command = head.splitlines()
        kind, _, rest = after.partition("\n")
        yield Case(title, command, f"{before.partition(chr(10))[2]}\n", kind, f"{rest.rstrip()}\n")


def written(case: Case) -> str:
    return f"== {case.title}\n{case.command}\n-- before\n{case.before}-- {case.kind}\n{case.after}\n"


def as_file(text: str) -> bytes:
    return text.replace(f"{NO_END}\n", "").encode()


def as_shown(data: bytes) -> str:
    text = data.decode()
    return text if text.endswith("\n") else f"{text}{NO_END}\n"


def outcome(case: Case, root: Path) -> Case:
    (root / FILE).write_bytes(as_file(case.before))
    word, entry, *units = case.command.split()
    try:
        ws = load(root)
        change = link(ws, entry, units).change if word == "link" else unlink(ws, entry, units)
    except EditError as error:
        return case._replace(kind="said", after=f"{error}\n" + (f"  {error.hint}\n" if error.hint else ""))
    assert change
    assert (change.file, change.before) == (FILE, as_file(case.before))
    return case._replace(kind="after", after=as_shown(change.after))


@pytest.mark.parametrize("name", ["link.txt", "unlink.txt"])
def test_one_place_changes_and_the_rest_stays(name: str, small: Path) -> None:
    cases = list(cases_of(name))
    found = [outcome(case, small) for case in cases]
    if UPDATE:
        text = "\n".join(map(written, found)).replace("\n\n\n", "\n\n").rstrip() + "\n"
        (EDIT / name).write_text(text, encoding="utf-8", newline="\n")
    for expected, case in zip(cases_of(name), found, strict=True):
        assert case == expected


def sessions() -> dict[str, list[str]]:
    passages = f"\n{(EDIT / 'commands.txt').read_text(encoding='utf-8')}".split("\n== ")[1:]
    lines = {title: body.splitlines() for title, _, body in (passage.partition("\n") for passage in passages)}
    return {title: [line for line in body if line.startswith("$ ")] for title, body in lines.items()}


def session(title: str, commands: list[str], at: Path) -> str:
    """Return what a passage of commands.txt holds: each command, what it prints, and how it ends."""
    shown = [f"== {title}"]
    for command in commands:
        done = run(*shlex.split(command)[2:], at=at)
        ending = [f"(exit code {done.code})"] if done.code else []
        shown += [command, *(line.rstrip() for line in (done.out + done.err).splitlines()), *ending]
    return "\n".join(shown)


def test_commands_say_what_they_did_or_why_not(tmp_path: Path) -> None:
    passages = []
    for number, (title, commands) in enumerate(sessions().items()):
        (tmp_path / str(number)).mkdir()
        passages.append(session(title, commands, copied(SMALL, tmp_path / str(number))))
    text = "\n\n".join(passages) + "\n"
    if UPDATE:
        (EDIT / "commands.txt").write_text(text, encoding="utf-8", newline="\n")
    assert text == (EDIT / "commands.txt").read_text(encoding="utf-8")


def hear_interrupts() -> None:
    # A shell in the background makes its commands deaf to Ctrl-C.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A command at a pseudo-terminal, answered as a person would."""

    def __init__(self, line: str, at: Path) -> None:
        import pty  # noqa: PLC0415, there is none on Windows

        self._screen, theirs = pty.openpty()
        plain = {name: value for name, value in os.environ.items() if name != "TRACKER_LANGUAGE"}
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
        self._command = subprocess.Popen(
            [sys.executable, "-m", "tracker", *shlex.split(line)],
            cwd=at, stdin=theirs, stdout=theirs, stderr=theirs, env={**plain, "PYTHONPATH": path},
            preexec_fn=hear_interrupts,  # noqa: PLW1509, one thread
        )  # fmt: skip
        os.close(theirs)
        self.shown = ""
        self._read = 0

    def wait_for_question(self) -> None:
        """Read until it asks something."""
        while not (self.shown[self._read :].endswith(": ")) and self._more():
            pass

    def answer(self, text: str) -> None:
        """Wait for a question, and type a line."""
        self.wait_for_question()
        self._read = len(self.shown)
        if text == "^C":
            # Between the question and the reading of an answer it is not heard: a person would press again.
            self._command.send_signal(signal.SIGINT)
            while not select([self._screen], [], [], 1)[0]:
                self._command.send_signal(signal.SIGINT)
        else:
            os.write(self._screen, b"\x04" if text == "^D" else f"{text}\n".encode())

    def end(self) -> str:
        """Return all that stood on the screen."""
        while self._more():
            pass
        code = self._command.wait(timeout=20)
        os.close(self._screen)
        lines = self.shown.replace("\r\n", "\n").splitlines()
        return "".join(f"{line.rstrip()}\n" for line in lines) + (f"(exit code {code})\n" if code else "")

    def _more(self) -> bool:
        assert select([self._screen], [], [], 20)[0], f"no answer after: {self.shown}"
        try:
            data = os.read(self._screen, 65536)
        except OSError:  # Linux says so when the command has ended.
            return False
        self.shown += data.decode()
        return bool(data)


@pytest.mark.skipif(WINDOWS, reason="there are no pseudo-terminals")
@pytest.mark.parametrize("path", sorted(EDIT.glob("dialogue-*.txt")), ids=lambda path: path.stem)
def test_a_dialogue_at_a_terminal(path: Path, small: Path) -> None:
    typed, _, expected = path.read_text(encoding="utf-8").partition("== shown\n")
    for name in re.findall(r"^== with (.+)$", typed, re.MULTILINE):
        (small / name).parent.mkdir(parents=True, exist_ok=True)
        (small / name).write_text(typed.partition(f"== with {name}\n")[2].partition("== ")[0], encoding="utf-8")
    line, *answers = typed.partition("== typed\n$ tracker ")[2].splitlines()
    before = contents(small)
    terminal = Terminal(line, small)
    for answer in answers:
        terminal.answer(answer)
    shown = terminal.end()
    written = "".join(f"(written: {name})\n" for name, data in contents(small).items() if before.get(name) != data)
    if UPDATE:
        expected = shown + written
        path.write_text(f"{typed}== shown\n{expected}", encoding="utf-8", newline="\n")
    assert shown + written == expected


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.skipif(WINDOWS, reason="there are no pseudo-terminals")
def test_a_file_that_changes_while_one_is_asked_is_left_alone(small: Path) -> None:
    terminal = Terminal("link manual-2020", small)
    terminal.answer(":3")
    terminal.wait_for_question()
    changed = (small / FILE).read_bytes() + b"# A colleague was here.\n"
    (small / FILE).write_bytes(changed)
    terminal.answer("y")
    shown = terminal.end()
    assert (
        f"tracker: {FILE} has changed meanwhile: nothing was written\n  run the command again\n(exit code 2)" in shown
    )
    assert (small / FILE).read_bytes() == changed
    assert [path.name for path in (small / FILE).parent.iterdir()] == ["a.yaml"]


def test_a_file_that_changes_at_the_last_moment_is_left_alone(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change = link(load(small), "manual-2020", ["3"]).change
    assert change
    replaced = Path.chmod

    def meanwhile(path: Path, mode: int) -> None:
        (small / FILE).write_bytes(b"# Emptied meanwhile.\n")
        replaced(path, mode)

    monkeypatch.setattr(Path, "chmod", meanwhile)
    with pytest.raises(Stop, match="has changed meanwhile"):
        carry_out(small, change, dry_run=False)
    assert contents(small)[FILE] == b"# Emptied meanwhile.\n"
    assert [path.name for path in (small / FILE).parent.iterdir()] == ["a.yaml"]


def test_a_new_file_is_not_written_over_one_that_came_meanwhile(small: Path) -> None:
    change = appended(small, "reports/2020-cnd-63/evidence/b.yaml", {"id": "x", "type": "tool", "summary": {"en": "A"}})
    assert change.before is None
    (small / change.file).write_bytes(b"")
    with pytest.raises(Stop, match="has changed meanwhile"):
        carry_out(small, change, dry_run=False)
    assert (small / change.file).read_bytes() == b""


@pytest.mark.skipif(WINDOWS, reason="files have other rights, and links need one")
def test_rights_stay_and_links_are_followed_inside_the_workspace(small: Path, tmp_path_factory: Any) -> None:
    file, inside = small / FILE, small / "reports" / "shared.txt"
    file.rename(inside)
    inside.chmod(0o640)
    file.symlink_to(inside)
    assert run("link", "manual-2020", "3", at=small).code == 0
    assert file.is_symlink()
    assert b'addresses: ["cnd-63-1:2(b)", "cnd-63-1:3"]' in inside.read_bytes()
    assert inside.stat().st_mode & 0o777 == 0o640
    outside = tmp_path_factory.mktemp("elsewhere") / "a.yaml"
    inside.rename(outside)
    file.unlink()
    file.symlink_to(outside)
    before = outside.read_bytes()
    done = run("link", "manual-2020", "1", at=small)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"tracker: {FILE} is a link to {outside}, outside the workspace: nothing was written\n")
    assert outside.read_bytes() == before


def test_a_file_that_is_not_utf_8_is_left_alone(small: Path) -> None:
    data = "- id: course\n  type: training\n  summary: Café\n".encode("latin-1")
    (small / FILE).with_name("b.yaml").write_bytes(data)
    with pytest.raises(EditError, match=r"b\.yaml:3:15: the file is not UTF-8 text from here on"):
        appended(small, FILE.replace("a.yaml", "b.yaml"), {"id": "x", "type": "tool", "summary": {"en": "A"}})


# Styles in which people write the same entries: each a template of the lines after `id` and `type`.
BREAKS = ("\n", "\r\n")
EXISTING = (
    "addresses: [{0}]",
    "addresses: [ {0} ]  # told there",
    "addresses: ['{0}', '{1}']",
    'addresses: ["{0}","{1}",]',
    "addresses: [{0}, # one\n    {1}]  # two",
    "addresses: [\n    {0},   # one, [and more]\n    {1}   # two\n  ]",
    "addresses: [\n      {0},\n      {1},\n      ]  # end",
    "addresses: []",
    "addresses: [  ]  # none",
    "addresses: [ # none\n    ]",
    "addresses:\n  - {0}  # one\n  - {1}",
    "addresses:  # some\n  # the first\n  - '{0}'",
    "addresses:\n    -   {0}\n\n    # between\n    -   {1}  # two\n",
    '"addresses" : [{0}]',
)
ABSENT = ("", "addresses:", "addresses: ~  # not yet", "addresses:   # not yet")
OTHERS = (
    "by: [unodc]",
    "figures: {people: 1400+}",
    "# a remark: [x]",
    "title: >-\n    One\n    two",
    "date: 2019  # or so",
)
SUMMARIES = (
    "summary: A course.",
    "summary:\n    en: |\n      addresses: [a]\n    zh: 课程😀",
    'summary: "A: #1"  # good',
)


class Written(NamedTuple):
    """A file of evidence, and which of its entries has a list already."""

    data: bytes
    listed: list[bool]


@st.composite
def evidence(draw: st.DrawFn) -> Written:
    """Write some entries as people do: every list, order, indentation, line break and remark may differ."""
    entries, listed = [], []
    indent = draw(st.sampled_from(("", "  ")))
    for number in range(draw(st.integers(1, 3))):
        has_list = draw(st.booleans())
        addresses = draw(st.sampled_from(EXISTING if has_list else ABSENT)).format("cnd-63-1:1#1", "cnd-63-1:2(a)")
        fields = [f"id: e{number}", "type: training", addresses, draw(st.sampled_from(SUMMARIES))]
        fields += draw(st.lists(st.sampled_from(OTHERS), unique=True, max_size=3))
        first, *rest = draw(st.permutations([field for field in fields if field]))
        # A list item cannot begin with a remark and stay on the line of its dash.
        lines = "\n".join([first, *rest] if not first.startswith("#") else [*rest, first]).split("\n")
        entries.append(
            "\n".join(f"{indent}- {line}" if not at else indented(line, indent) for at, line in enumerate(lines))
        )
        listed.append(has_list)
    text = draw(st.sampled_from(("", "# Made up.\n\n"))) + draw(st.sampled_from(("\n", "\n\n# next\n"))).join(entries)
    text += draw(st.sampled_from(("", "\n", "\n\n# the end\n")))
    ends = draw(st.lists(st.sampled_from(BREAKS), min_size=1, max_size=4))
    pieces = text.split("\n")
    joined = "".join(piece + ends[at % len(ends)] for at, piece in enumerate(pieces[:-1])) + pieces[-1]
    return Written(draw(st.sampled_from((b"", BOM_UTF8))) + joined.encode(), listed)


def indented(line: str, indent: str) -> str:
    """Return a line below the first one of an entry; what is indented already was written so below its key."""
    return f"{indent}  {line}" if line else line


def written_to(folder: Path, data: bytes) -> Workspace:
    (folder / FILE).write_bytes(data)
    ws = load(folder)
    assert ws.problems == []
    return ws


def lines_outside(before: bytes, after: bytes) -> int:
    """Count the lines of a file that are not as they were."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    same = [0, 0]
    for end, (one, other) in enumerate(((old, new), (old[::-1], new[::-1]))):
        while same[end] < min(len(old), len(new)) - same[0] * end and one[same[end]] == other[same[end]]:
            same[end] += 1
    return len(old) - sum(same)


def addressed(ws: Workspace) -> dict[str, tuple[str, ...]]:
    return {name: entry.addresses for name, entry in ws.entries.items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(SMALL, tmp_path_factory.mktemp("styles"))


@given(evidence(), st.data())
def test_linking_changes_one_field_and_unlinking_takes_it_back(
    folder: Path, file: Written, data: st.DataObject
) -> None:
    ws = written_to(folder, file.data)
    number = data.draw(st.integers(0, len(file.listed) - 1))
    units = data.draw(st.sampled_from((["3"], ["4", "2.b"], ["2-4"])))
    change = link(ws, f"e{number}", units).change
    assert change
    assert lines_outside(file.data, change.after) <= 1
    changed = written_to(folder, change.after)
    added = {"3": ("cnd-63-1:3",), "4": ("cnd-63-1:4", "cnd-63-1:2(b)"), "2-4": ("cnd-63-1:2-4",)}[units[0]]
    new = (*ws.entries[f"e{number}"].addresses, *added)
    assert changed.entries == {**ws.entries, f"e{number}": structs.replace(ws.entries[f"e{number}"], addresses=new)}
    back = unlink(changed, f"e{number}", units)
    assert back
    if file.listed[number]:
        assert back.after == file.data
    assert written_to(folder, back.after).entries == ws.entries


@given(evidence(), st.data())
def test_unlinking_changes_one_field(folder: Path, file: Written, data: st.DataObject) -> None:
    ws = written_to(folder, file.data)
    for name, addresses in addressed(ws).items():
        if not addresses:
            continue
        gone = data.draw(st.sampled_from(addresses))
        change = unlink(written_to(folder, file.data), name, [gone])
        assert change
        # Its own line, and the one whose comma goes or on which the empty list is written.
        assert lines_outside(file.data, change.after) <= 3
        left = tuple(one for one in addresses if one != gone)
        expected = {**ws.entries, name: structs.replace(ws.entries[name], addresses=left)}
        assert written_to(folder, change.after).entries == expected


WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\ufeff"), min_size=1)


@given(
    evidence(),
    WORDS | st.sampled_from(("a: b", "# x", "'", '"\\', "- a", "null", "a\nb", " a", "好" * 90, "word " * 40)),
)
def test_a_new_entry_stands_at_the_end_and_all_before_it_stays(folder: Path, file: Written, text: str) -> None:
    ws = written_to(folder, file.data)
    fields = {"id": "new", "type": "tool", "figures": {"people": text}, "summary": {"en": text}}
    try:
        change = appended(folder, FILE, fields)
    except EditError:
        # Only what no YAML file can hold.
        assert not text.isprintable()
        return
    assert change.after.startswith(file.data)
    entry = Entry(id="new", cycle="2020-cnd-63", type="tool", figures={"people": text}, summary={"en": text})
    assert written_to(folder, change.after).entries == {**ws.entries, "new": entry}


COUNTRIES = [
    ("ken", "KEN"), ("Kenya", "KEN"), ("肯尼亚", "KEN"), ("كينيا", "KEN"), ("Кения", "KEN"), ("Côte d’Ivoire", "CIV"),
    ("cote d'ivoire", "CIV"), ("Iran", "IRN"), ("Iran (Islamic Republic of)", "IRN"), ("Guinea Bissau", "GNB"),
    ("west-africa", "west-africa"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "held"), COUNTRIES)
def test_a_country_is_known_by_its_code_and_its_names(typed: str, held: str) -> None:
    assert country(typed) == held


IDS = [
    # type, summary, date; the id
    ("training", "UNODC trained 20 customs officers in Kenya.", "2019-05", "training-customs-officers-kenya-2019"),
    ("study-visit", "Étude des frontières.", "", "study-visit-etude-frontieres"),
    ("training", "培训了海关官员。", "2019", "training-2019"),
    ("training", "培训了海关官员。", "2020", "training-2020-2"),
    ("training", "培训了海关官员。", "", "training-2"),
]


@pytest.mark.parametrize(("kind", "summary", "date", "name"), IDS)
def test_an_id_tells_what_the_entry_is(kind: str, summary: str, date: str, name: str) -> None:
    assert id_for(kind, summary, date, {"training-2020", "training-1"}, ("unodc",)) == name


def test_a_summary_is_in_the_first_language_that_has_its_script() -> None:
    assert language_of("A course.", ("zh", "fr", "en")) == "fr"
    assert language_of("UNODC 举办了课程。", ("en", "zh")) == "zh"
