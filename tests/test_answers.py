"""An answer is kept as long as nothing changes that it was made of, and not a moment longer."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import sqlite3
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest
from conftest import ENTRY, ROOT, Said
from msgspec import msgpack
from typer.testing import CliRunner

from tracker.check import kept
from tracker.check.records import Records
from tracker.cli.app import app
from tracker.cli.common import CANNOT_RUN, Stop
from tracker.load import files, folder, store
from tracker.load.folder import Stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tracker.load.workspace import Workspace

QUESTIONS = (
    "check --format json",
    "check --strict",
    "gaps --format json",
    "gaps --format json --fail",
    "gaps --format json --ours",
    "gaps --format json --report 2020-cnd-63",
    "gaps --format json cnd-63-1",
    "matrix --format json",
    "matrix --format json --entity unodc",
)
EVIDENCE = "reports/2020-cnd-63/evidence/a.yaml"


class Asking:
    """Asks in this process, and counts how often a workspace was read."""

    def __init__(self) -> None:
        self.read = 0

    def __call__(self, line: str) -> Said:
        """Ask a question; a stop, which `main` would put into words, is one as well."""
        done = CliRunner().invoke(app, line.split())
        if isinstance(done.exception, Stop):
            return Said(CANNOT_RUN, done.stdout, str(done.exception))
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Said(done.exit_code, done.stdout, done.stderr)


@pytest.fixture
def ask(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """Return what asks in the small workspace, for which no change was a moment ago."""
    asking = Asking()
    truly = files.load

    def load(*given: Any, **named: Any) -> Workspace:
        asking.read += 1
        return truly(*given, **named)

    monkeypatch.setattr(files, "load", load)
    monkeypatch.setattr(Stamp, "settled", True)
    monkeypatch.setenv("TRACKER_CACHE", str(tmp_path / "kept"))
    monkeypatch.chdir(small)
    return asking


@pytest.mark.parametrize("line", QUESTIONS)
def test_a_question_asked_again_is_answered_without_reading(line: str, ask: Asking) -> None:
    first, again = ask(line), ask(line)
    assert ask.read == 1
    assert first == again == ask(f"{line} --no-cache")
    assert ask.read == 2


def test_each_question_has_an_answer_of_its_own(ask: Asking) -> None:
    said = {line: ask(line) for line in QUESTIONS}
    assert {line: ask(line) for line in QUESTIONS} == said
    # Two pairs of them differ only in what is said at the end.
    assert ask.read == len(QUESTIONS) - 2


def test_what_is_said_beside_an_answer_is_kept_with_it(ask: Asking) -> None:
    file = Path(EVIDENCE)
    file.write_text(file.read_text().replace("cnd-63-1:1#1", "cnd-63-1:99"))
    first, again = ask("gaps --format json"), ask("gaps --format json")
    assert "names cnd-63-1:99, which there is not" in first.err
    assert (first, ask.read) == (again, 1)


def other_words(file: Path) -> None:
    """Change a letter and put the times back: the file system still notes when it was changed."""
    before = file.stat()
    file.write_text(file.read_text().replace("e", "o", 1))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def folder_beside(file: Path) -> None:
    """Make a folder that has the name of a file."""
    file.with_name("b.yaml").mkdir()


def folder_of_another_system(_file: Path) -> None:
    """Make a folder of a report whose name is no Unicode."""
    Path(os.fsdecode(b"reports/2021-\xff")).mkdir()


CHANGES: dict[str, Callable[[Path], object]] = {
    "words": other_words,
    "touched": lambda file: file.touch(),
    "longer": lambda file: file.write_text(file.read_text() + "# more\n"),
    "not to be read": lambda file: file.chmod(0o640),
    "renamed": lambda file: file.rename(file.with_name("z.yaml")),
    "deleted": lambda file: file.unlink(),
    "another beside it": lambda file: file.with_name("b.yaml").write_text("[]\n"),
    "the same again": lambda file: shutil.copy(file, file.with_name("b.yaml")),
    "a folder with the name of a file": folder_beside,
    "moved to where none is read": lambda file: shutil.move(file, file.parents[1]),
    "a folder of another system": folder_of_another_system,
    "another mandate": lambda _: shutil.copy("mandates/cnd-63-1.yaml", "mandates/cnd-63-2.yaml"),
    "a brief": lambda _: other_words(Path("reports/2020-cnd-63/report.yaml")),
    "the documents": lambda _: Path("reports/documents.yaml").unlink(),
}


# Elsewhere there is no time of change, or no such right or name.
ON_LINUX = {"words", "a brief", "not to be read", "a folder of another system"}


@pytest.mark.parametrize(
    "change",
    [one for name, one in CHANGES.items() if sys.platform == "linux" or name not in ON_LINUX],
    ids=[name for name in CHANGES if sys.platform == "linux" or name not in ON_LINUX],
)
def test_whatever_changes_the_answer_is_made_anew(change: Callable[[Path], object], ask: Asking) -> None:
    for line in ("check", "gaps --format json"):
        ask(line)
    change(Path(EVIDENCE))
    for line in ("check", "gaps --format json"):
        assert ask(line) == ask(f"{line} --no-cache")
    assert ask.read == 6


def test_other_code_answers_anew(ask: Asking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = shutil.copytree(ROOT / "tracker", tmp_path / "program")
    monkeypatch.setattr(folder, "_PROGRAM", program)
    ask("check")
    (program / "check/__pycache__").mkdir(exist_ok=True)
    for name in ("syntax.pyc", "syntax.pyc.140245"):
        (program / "check/__pycache__" / name).write_bytes(b"compiled")
    ask("check")
    assert ask.read == 1
    (program / "lang/zh.yaml").touch()
    ask("check")
    assert ask.read == 2


def test_an_answer_on_a_file_changed_a_moment_ago_is_not_kept(ask: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stamp, "settled", False)
    assert ask("check") == ask("check")
    assert ask.read == 2


@pytest.mark.parametrize(("tick", "age"), [(1, 0.3), (10**7, 2.1), (10**9, 3.1)])
def test_a_file_is_settled_once_the_tick_of_its_clock_is_over(
    tick: int, age: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_763_758_800_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: now)
    young, old = (changed - changed % tick + (tick == 1) for changed in (now - 100_000_000, now - int(age * 1e9)))
    assert not Stamp(1, 0, young, 1).settled
    assert Stamp(1, 0, old, 1).settled
    assert not Stamp(1, young, old, 1).settled


def test_an_answer_on_what_a_link_leads_to_is_not_kept(ask: Asking, tmp_path: Path) -> None:
    Path(EVIDENCE).rename(tmp_path / "elsewhere.yaml")
    Path(EVIDENCE).symlink_to(tmp_path / "elsewhere.yaml")
    assert ask("gaps --format json") == ask("gaps --format json")
    assert ask.read == 2


def test_an_answer_on_a_folder_behind_a_link_is_not_kept(ask: Asking, tmp_path: Path) -> None:
    Path("mandates").rename("real")
    Path("mandates").symlink_to("real")
    inside = ask("check")
    outside = tmp_path.parent / f"{tmp_path.name}-moved"
    Path("real").rename(outside)
    Path("mandates").unlink()
    Path("mandates").symlink_to(outside)
    moved = ask("check")
    outside.rename("real")
    assert "[stray-file]" not in inside.out
    assert "[stray-file]" in moved.out


def test_what_was_moved_away_meanwhile_does_not_stand_for_what_is_moved_back(
    ask: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence, elsewhere = Path(EVIDENCE).parent, Path("elsewhere")
    honest = ask("gaps --format json --no-cache")
    truly = files.load

    def load(*given: Any, **named: Any) -> Workspace:
        evidence.rename(elsewhere)
        return truly(*given, **named)

    with monkeypatch.context() as moving:
        moving.setattr(files, "load", load)
        assert ask("gaps --format json") != honest
    elsewhere.rename(evidence)
    assert ask("gaps --format json") == honest


def test_a_finding_is_not_kept_at_the_place_of_a_file_that_was_changed_meanwhile(
    ask: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(EVIDENCE)
    before = file.read_text() + ENTRY.format(name="one", text="Words^[ without an end")
    file.write_text(before)
    truly = files.load

    def load(*given: Any, **named: Any) -> Workspace:
        ws = truly(*given, **named)
        file.write_text(f"# More.\n{before}")
        return ws

    with monkeypatch.context() as saving:
        saving.setattr(files, "load", load)
        assert "a.yaml:52:17: warning: a footnote" in ask("check").out
    file.write_text(before)
    assert ask("check") == ask("check --no-cache")


@pytest.mark.parametrize("change", ["answer = x'00'", "answer_sum = 1", "answer = 'text'", "state = x'00'"])
def test_a_spoilt_answer_is_made_anew(change: str, ask: Asking, tmp_path: Path) -> None:
    said = ask("gaps --format json")
    (base,) = (tmp_path / "kept").glob("*.sqlite")
    with sqlite3.connect(base) as connection:
        connection.execute(f"UPDATE answers SET {change}")  # noqa: S608 - words of this test
    assert ask("gaps --format json") == said
    assert ask.read == 2


FORGED = {
    "no words": b"",
    "words that are none": b"[1\n",
    "too few": b"[[]]\n",
    "no list": b"[1, 2]\n{}",
    "problems without a place": msgpack.encode([["a", 1]]),
    "no text": b"\x81\xa2\xff\xff\x92\xc4\x00\x90",
    "deep": b"[" * 200_000 + b"\n",
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_an_answer_by_another_hand_is_made_anew(forged: bytes, ask: Asking, tmp_path: Path) -> None:
    said = {line: ask(line) for line in ("check", "gaps --format json")}
    (base,) = (tmp_path / "kept").glob("*.sqlite")
    with sqlite3.connect(base) as connection:
        connection.execute("UPDATE answers SET answer = ?, answer_sum = ?", (forged, crc32(forged)))
    assert {line: ask(line) for line in said} == said
    assert ask.read == 4
    assert {line: ask(line) for line in said} == said
    assert ask.read == 4


def test_no_more_than_the_newest_answers_are_kept(ask: Asking, tmp_path: Path) -> None:
    lines = [f"gaps --format json{' cnd-63-1' * count}" for count in range(16)]
    said = [ask(line) for line in lines]
    assert [ask(line) for line in reversed(lines)] == said[::-1]
    assert ask.read == 16 + 4
    (base,) = (tmp_path / "kept").glob("*.sqlite")
    with sqlite3.connect(base) as connection:
        assert connection.execute("SELECT count(*) FROM answers").fetchone() == (12,)


def test_a_very_large_answer_is_not_kept(ask: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(ask("matrix --format json").out.encode())
    monkeypatch.setattr(store, "_LARGEST_ANSWER", size)
    Path(EVIDENCE).touch()
    assert ask("matrix --format json") == ask("matrix --format json")
    assert ask.read == 3


def test_a_question_asked_often_drives_no_other_out(ask: Asking, tmp_path: Path) -> None:
    ask("check")
    for _ in range(20):
        Path(EVIDENCE).touch()
        ask("gaps --format json")
    (base,) = (tmp_path / "kept").glob("*.sqlite")
    with sqlite3.connect(base) as connection:
        assert connection.execute("SELECT count(*) FROM answers").fetchone() == (3,)


def test_check_looks_again_at_the_records_of_changed_files_only(ask: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[set[str]] = []

    def records(ws: Workspace, only: Iterable[str]) -> Records:
        looked_at.append(set(only))
        return Records(ws, looked_at[-1])

    monkeypatch.setattr(kept, "Records", records)
    other = Path("reports/2020-cnd-63/evidence/b.yaml")
    other.write_text(ENTRY.format(name="one", text="A call^[ without an end"))
    first = ask("check")
    assert "[broken-footnote]" in first.out
    Path(EVIDENCE).write_text(Path(EVIDENCE).read_text() + "# more\n")
    assert ask("check") == first
    other.write_text(ENTRY.format(name="one", text="A call"))
    assert "[broken-footnote]" not in ask("check").out
    everything = {
        EVIDENCE,
        str(other),
        "mandates/cnd-63-1.yaml",
        "reports/2020-cnd-63/report.yaml",
        "reports/documents.yaml",
    }
    assert looked_at == [everything, {EVIDENCE}, {str(other)}]


def test_what_is_kept_of_records_follows_the_language_of_plain_texts(ask: Asking) -> None:
    brief = Path("reports/2020-cnd-63/report.yaml")
    text = ENTRY.format(name="one", text="").replace("{en: ''}", "43 cours^[")
    Path(EVIDENCE).with_name("b.yaml").write_text(f"{text}  figures: {{people: 44}}\n")
    for languages in ("[en", "[fr, en", "[xx, en"):
        brief.write_text(re.sub(r"languages: \[(..,\s)*en", f"languages: {languages}", brief.read_text()))
        assert ask("check") == ask("check --no-cache")


def test_what_is_kept_of_records_holds_nothing_of_one_that_was_left_out(ask: Asking) -> None:
    first, second = (Path(EVIDENCE).with_name(name) for name in ("b.yaml", "c.yaml"))
    first.write_text(ENTRY.format(name="one", text="Words"))
    second.write_text(ENTRY.format(name="one", text="Words^[ without an end"))
    assert "[duplicate-id]" in ask("check").out
    first.unlink()
    assert "[broken-footnote]" in ask("check").out


# Some have something to find in them, and some are broken.
WORDS = ("Words.", "Words^[ without an end", "43 words\u200b", "Words of 2019", "", "it's")


def shuffled(chance: random.Random) -> None:
    """Change something in the workspace: what is in a file, where it stands, what it is called, or what it is."""
    evidence, elsewhere = Path(EVIDENCE).parent, Path("elsewhere")
    if elsewhere.exists():
        elsewhere.rename(evidence)
    file, other = (evidence / f"{name}.yaml" for name in chance.sample("bcdé", 2))
    match chance.choice(("write", "write", "delete", "rename", "link", "move", "brief", "folder")):
        case "write":
            # Another entry may have the same id, in this file or in another.
            names = (file.stem.replace("é", "e"), "x")
            file.unlink(missing_ok=True)
            file.write_text("".join(ENTRY.format(name=name, text=chance.choice(WORDS)) for name in names))
        case "delete":
            file.unlink(missing_ok=True)
        case "rename" if file.exists():
            file.rename(other)
        case "link" if other.exists():
            file.unlink(missing_ok=True)
            file.symlink_to(other.name)
        case "move":
            evidence.rename(elsewhere)
        case "brief":
            brief = evidence.with_name("report.yaml")
            before, after = chance.sample(("[en, zh]", "[zh, en]"), 2)
            brief.write_text(brief.read_text().replace(before, after))
        case "folder":
            evidence.with_name(f"{chance.random()}.yaml").mkdir()


def same_after(changes: int, seed: int, ask: Asking) -> None:
    chance = random.Random(seed)
    for _ in range(changes):
        shuffled(chance)
        line = chance.choice(QUESTIONS)
        assert ask(line) == ask(line) == ask(f"{line} --no-cache")


@pytest.mark.parametrize("seed", range(3))
def test_after_some_changes_an_answer_is_that_of_the_files(seed: int, ask: Asking) -> None:
    same_after(15, seed, ask)


@pytest.mark.patient
@pytest.mark.parametrize("seed", range(100, 120))
def test_after_many_changes_an_answer_is_that_of_the_files(seed: int, ask: Asking) -> None:
    same_after(50, seed, ask)


@pytest.mark.skipif(sys.platform != "linux", reason="the longest path is shorter here")
def test_folders_in_folders_are_looked_through_however_deep(ask: Asking) -> None:
    folders = [Path("mandates", *(["a"] * depth)) for depth in range(1, 1200)]
    for made in folders:
        made.mkdir()
    stray = folders[-1] / "x.yaml"
    stray.touch()
    said = ask("check --format json")
    for path in (stray.unlink, *(made.rmdir for made in reversed(folders))):
        path()
    assert "this file is not read" in said.out
    assert "x.yaml" not in ask("check --format json").out


def test_a_folder_that_cannot_be_looked_into_hides_no_other(ask: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        Path("mandates", name).mkdir()
        Path("mandates", name, "x.yaml").touch()
    truly = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied", path)
        return truly(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert [one["file"] for one in json.loads(ask("check --format json").out)["problems"]] == ["mandates/b/x.yaml"]
