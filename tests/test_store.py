"""What was read is kept until it changes: a command says the same with a store, without one, and with a spoilt one."""

from __future__ import annotations

import ast
import multiprocessing
import os
import random
import sqlite3
import sys
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast
from zlib import crc32

import pytest
from conftest import ENTRY, ROOT, run
from msgspec import msgpack

from tracker.load import fetch, files, reading, store, workers
from tracker.load.files import load
from tracker.load.folder import Stamp
from tracker.load.store import Kept, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tracker.load.packed import Job, Packed
    from tracker.load.workspace import Workspace

KEPT = Kept("a.yaml", "en", Stamp(1, 2, 3, 4), b"digest", b"head")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that fills with the files that are read as YAML."""
    files: list[str] = []
    truly = reading.read

    def told(root: Path, job: Job) -> Packed:
        files.append(job.file)
        return truly(root, job)

    monkeypatch.setattr(reading, "read", told)
    return files


def summaries(ws: Workspace) -> dict[str, dict[str, str]]:
    return {name: entry.summary for name, entry in ws.entries.items()}


def settle(root: Path) -> None:
    """Let every file look old: a change in the moment after reading would have to be looked for in the content."""
    for path in root.rglob("*.yaml"):
        os.utime(path, ns=(0, 0))


@pytest.mark.parametrize(
    "line",
    ["check", "check --format json", "gaps --format json", "matrix --format csv", "draft 2020-cnd-63 -l zh -o -"],
)
def test_a_command_says_the_same_cold_warm_and_without_a_store(line: str, small: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    cold, warm = (run(*line.split(), at=small, TRACKER_CACHE=str(kept)) for _ in range(2))
    without = [
        run(*line.split(), "--no-cache", at=small),
        run("--no-cache", *line.split(), at=small),
        run(*line.split(), at=small, TRACKER_NO_CACHE="1"),
    ]
    assert [file.suffix for file in kept.iterdir()] == [".sqlite"]
    assert [cold] * 4 == [warm, *without]


def test_without_a_store_nothing_is_kept(tmp_path: Path) -> None:
    run("check", "--no-cache", TRACKER_CACHE=str(tmp_path / "kept"))
    assert not (tmp_path / "kept").exists()


def test_only_what_changed_is_read_again(small: Path, tmp_path: Path, read: list[str]) -> None:
    file = small / "reports/2020-cnd-63/evidence/b.yaml"
    file.write_text(ENTRY.format(name="one", text="Old words."))
    settle(small)
    kept = tmp_path / "kept.sqlite"
    load(small, store=Store(kept))
    assert len(read) == 5
    read.clear()
    load(small, store=Store(kept))
    # Its time was set back, which the file system notes: the content is compared, and is the same.
    assert read == []
    file.write_text(ENTRY.format(name="one", text="New words."))
    os.utime(file, ns=(0, 0))
    assert summaries(load(small, store=Store(kept)))["one"] == {"en": "New words."}
    assert read == ["reports/2020-cnd-63/evidence/b.yaml"]


def test_plain_words_follow_the_language_of_the_brief(small: Path, tmp_path: Path) -> None:
    file, brief = small / "reports/2020-cnd-63/evidence/b.yaml", small / "reports/2020-cnd-63/report.yaml"
    file.write_text(ENTRY.format(name="one", text="").replace("{en: ''}", "Des mots."))
    kept = tmp_path / "kept.sqlite"
    assert summaries(load(small, store=Store(kept)))["one"] == {"en": "Des mots."}
    brief.write_text(brief.read_text().replace("languages: [en", "languages: [fr, en"))
    assert summaries(load(small, store=Store(kept)))["one"] == {"fr": "Des mots."}


def test_a_file_that_is_gone_is_forgotten(small: Path, tmp_path: Path) -> None:
    file = small / "reports/2020-cnd-63/evidence/b.yaml"
    file.write_text(ENTRY.format(name="one", text="Words."))
    kept = tmp_path / "kept.sqlite"
    assert "one" in load(small, store=Store(kept)).entries
    file.unlink()
    assert "one" not in load(small, store=Store(kept)).entries
    with sqlite3.connect(kept) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM files")}
    assert "b.yaml" not in names
    assert "a.yaml" in names


def test_problems_and_their_places_are_kept(small: Path, tmp_path: Path) -> None:
    file = small / "reports/2020-cnd-63/evidence/b.yaml"
    file.write_text(ENTRY.format(name="one", text="Words.") + "  colour: red\n")
    kept = tmp_path / "kept.sqlite"
    cold, warm = (load(small, store=Store(kept)).problems for _ in range(2))
    assert [(str(problem.place), problem.message) for problem in cold] == [
        ("reports/2020-cnd-63/evidence/b.yaml:7:3", "unknown key colour")
    ]
    assert warm == cold


def truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


def emptied(_data: bytes) -> bytes:
    return b""


def foreign(_data: bytes) -> bytes:
    return (ROOT / "README.md").read_bytes()


def scribbled(data: bytes) -> bytes:
    chosen = random.Random(7)
    spoilt = bytearray(data)
    for _ in range(200):
        spoilt[chosen.randrange(100, len(spoilt))] = chosen.randrange(256)
    return bytes(spoilt)


@pytest.mark.parametrize("spoil", [truncated, emptied, foreign, scribbled])
def test_a_spoilt_store_heals(spoil: Callable[[bytes], bytes], tmp_path: Path) -> None:
    line = ("gaps", "--format", "json")
    right = run(*line, TRACKER_CACHE=str(tmp_path))
    kept = next(tmp_path.iterdir())
    kept.write_bytes(spoil(kept.read_bytes()))
    assert [run(*line, TRACKER_CACHE=str(tmp_path)) for _ in range(2)] == [right] * 2
    connection = sqlite3.connect(kept)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_store_with_a_damaged_name_heals(small: Path, tmp_path: Path, read: list[str]) -> None:
    settle(small)
    kept = tmp_path / "kept.sqlite"
    load(small, store=Store(kept))
    with sqlite3.connect(kept) as connection:
        connection.execute("UPDATE files SET name = CAST(x'ff' AS TEXT) WHERE folder = 'mandates'")
    read.clear()
    for _ in range(2):
        load(small, store=Store(kept))
    assert read == ["mandates/cnd-63-1.yaml"]


@pytest.mark.parametrize("column", ["head", "bodies"])
@pytest.mark.parametrize("forged", [b"", b"\x01", b"\xc1", msgpack.encode([[], [], []]), b"\xff" * 3000])
def test_what_another_hand_has_kept_is_read_anew(column: str, forged: bytes, tmp_path: Path, small: Path) -> None:
    kept = tmp_path / "kept.sqlite"
    honest = summaries(load(small, store=Store(kept)))
    with sqlite3.connect(kept) as connection:
        connection.execute(f"UPDATE files SET {column} = ?, {column}_sum = ?", (forged, crc32(forged)))  # noqa: S608
    for _ in range(2):
        assert summaries(load(small, store=Store(kept))) == honest


def test_a_store_of_other_code_is_thrown_away(tmp_path: Path) -> None:
    kept = tmp_path / "kept.sqlite"
    connection = sqlite3.connect(kept)
    connection.execute("CREATE VIEW files AS SELECT 1")
    connection.execute("PRAGMA user_version = 7")
    connection.close()
    Store(kept).put("mandates", [])
    connection = sqlite3.connect(kept)
    assert connection.execute("SELECT type, name FROM sqlite_master WHERE name = 'files'").fetchall() == [
        ("table", "files")
    ]
    connection.close()


def test_a_store_that_another_command_makes_at_the_same_moment_is_shared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept.sqlite"
    truly = store._made_by  # noqa: SLF001 - the moment in which the other comes between
    others: list[int] = []

    def made_by(connection: sqlite3.Connection) -> object:
        found = truly(connection)
        if not others:
            others.append(kept.stat().st_ino)
            Store(kept).put("mandates", [(KEPT, b"bodies")])
        return found

    monkeypatch.setattr(store, "_made_by", made_by)
    assert Store(kept).folder("mandates") == {KEPT.name: KEPT}
    assert others == [kept.stat().st_ino]


def test_old_stores_go_and_other_databases_in_the_folder_stay(tmp_path: Path) -> None:
    for name in ("example-0a1b2c3d.sqlite", "photos.sqlite", "letters-2019.sqlite"):
        (tmp_path / name).write_text("")
        os.utime(tmp_path / name, (0, 0))
    Store(tmp_path / "kept.sqlite")
    assert {file.name for file in tmp_path.iterdir()} == {"kept.sqlite", "photos.sqlite", "letters-2019.sqlite"}


def test_the_largest_numbers_of_a_file_system_can_be_kept(tmp_path: Path) -> None:
    largest = os.stat_result((0o100644, 2**64 - 1, 0, 1, 0, 0, 5, 0, 0, 0))
    stamp = files._stamp(cast("Path", SimpleNamespace(stat=lambda: largest)))  # noqa: SLF001 - no file here has them
    assert stamp
    kept = KEPT._replace(stamp=stamp)
    held = Store(tmp_path / "kept.sqlite")
    held.put("mandates", [(kept, b"")])
    assert held.folder("mandates") == {kept.name: kept}


def test_what_could_not_be_kept_does_not_stand_for_what_the_file_holds_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_WAIT_SECONDS", 0)
    held = Store(tmp_path / "kept.sqlite")
    other = sqlite3.connect(tmp_path / "kept.sqlite")
    other.execute("BEGIN EXCLUSIVE")
    held.put("mandates", [(KEPT, b"old")])
    other.close()
    held.put("mandates", [(KEPT._replace(digest=b"new"), b"new")])
    assert [held.bodies("mandates", KEPT.name, digest) for digest in (KEPT.digest, b"new")] == [b"old", b"new"]


def test_a_store_that_another_command_writes_is_waited_for_and_then_done_without(small: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.sqlite"
    right = summaries(load(small, store=Store(kept)))
    other = sqlite3.connect(kept)
    other.execute("BEGIN EXCLUSIVE")
    assert summaries(load(small, store=Store(kept))) == right
    other.close()


def test_a_command_that_hangs_while_it_writes_the_store_is_waited_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_WAIT_SECONDS", 0.2)
    held = Store(tmp_path / "kept.sqlite")
    other = sqlite3.connect(tmp_path / "kept.sqlite")
    other.execute("BEGIN IMMEDIATE")
    begun = time.monotonic()
    for number in range(50):
        held.put("mandates", [(KEPT._replace(name=f"{number}.yaml"), b"bodies")])
    assert time.monotonic() - begun < 5
    other.close()
    assert held.bodies("mandates", "49.yaml", KEPT.digest) == b"bodies"


def test_a_store_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    right = run("gaps", "--format", "json", "--no-cache")
    assert run("gaps", "--format", "json", TRACKER_CACHE=str(tmp_path / "file" / "below")) == right


def test_a_file_that_vanishes_while_its_folder_is_listed_is_not_there(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = small / "reports/2020-cnd-63/evidence/b.yaml"
    file.write_text(ENTRY.format(name="one", text="Words."))
    truly = files._stamp  # noqa: SLF001 - the moment after it was listed

    def gone(found: os.DirEntry[str] | Path) -> Stamp | None:
        if found.name == file.name:
            file.unlink()
        return truly(found)

    monkeypatch.setattr(files, "_stamp", gone)
    ws = load(small)
    assert ws.problems == []
    assert "one" not in ws.entries


def test_entries_whose_file_changes_while_a_command_runs_are_not_mixed(small: Path) -> None:
    file = small / "reports/2020-cnd-63/evidence/b.yaml"
    file.write_text(ENTRY.format(name="one", text="Old words."))
    ws = load(small, store=Store())
    ws.holders["one"]._store = Store()  # noqa: SLF001 - as if another command had put the newer file there
    file.write_text(ENTRY.format(name="two", text="New words."))
    with pytest.raises(OSError, match="was changed while it was read"):
        _ = ws.entries


@pytest.fixture
def shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let even a few files be read by two processes."""
    monkeypatch.setattr(fetch, "_WORTH_A_PROCESS", 0)
    monkeypatch.setattr(fetch, "_cores", lambda: 2)
    monkeypatch.setattr(workers, "_BATCH", 2000)


def contents(ws: Workspace) -> tuple[object, ...]:
    return ws.problems, ws.entries, ws.mandates


def test_many_files_are_read_by_several_processes_with_the_same_result(
    repository: Path, request: pytest.FixtureRequest
) -> None:
    (repository / "mandates/broken.yaml").write_text("title: {en: A title}\ntitel: x\n")
    alone = load(repository)
    request.getfixturevalue("shared_out")
    told: list[tuple[int, int]] = []
    assert contents(load(repository, told=lambda done, size: told.append((done, size)))) == contents(alone)
    assert all(done <= size for done, size in told)
    assert any(done == size for done, size in told)


def test_what_a_process_leaves_when_the_system_ends_it_is_read_all_the_same(
    repository: Path, request: pytest.FixtureRequest
) -> None:
    alone = load(repository)
    request.getfixturevalue("shared_out")
    ended = []

    def end_all(_done: int, _size: int) -> None:
        for process in multiprocessing.active_children():
            process.kill()
            ended.append(process)

    assert contents(load(repository, told=end_all)) == contents(alone)
    assert ended


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe is no file there")
def test_half_an_answer_is_none() -> None:
    ours, theirs = multiprocessing.Pipe()
    os.write(theirs.fileno(), b"\x00\x00\x10\x00 begun")
    theirs.close()
    assert workers._answer_of(ours) is None  # noqa: SLF001 - what a process that is ended while it writes leaves


@pytest.mark.usefixtures("shared_out")
def test_where_no_process_can_be_started_the_command_reads_all(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_process: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
    assert load(small).problems == []
    assert load(small).entries


def test_all_code_that_makes_readings_makes_old_ones_stale() -> None:
    counted = {*(ROOT / "tracker/load").glob("*.py"), *(ROOT / "tracker" / name for name in store.OTHER_MAKERS)}
    named = {name for file in counted for name in imported(file) if name.startswith("tracker.")}
    needed = {ROOT / f"{name.replace('.', '/')}.py" for name in named}
    assert {file for file in needed if file.is_file()} <= counted


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
