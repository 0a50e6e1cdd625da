"""Whatever stands in a file: a clear answer, the right exit code, bounded time and memory, nothing changed on disk.

Each case is a file in tests/hostile; README.md there tells how to add one. `TRACKER_UPDATE=1` writes
what the commands say into the cases: read the difference before it is kept.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import stat
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from conftest import ROOT, SMALL, TESTS, copied
from hostile.case import Case, Command, lay, read_case, shown, written
from hostile.outputs import look_at

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDERS = ("paths", "templates", "text", "yaml")
CASES = sorted(path for folder in FOLDERS for path in (TESTS / "hostile" / folder).glob("*.txt"))
UPDATE = bool(os.environ.get("TRACKER_UPDATE"))
PROGRAM = [sys.executable, str(TESTS / "hostile" / "commands.py")]
# Many times what a busy machine needs.
WALL_SECONDS = 120


class Outcome(NamedTuple):
    """What a case came to: the exit code and words of each command, and whether the workspace stayed as it was."""

    said: list[tuple[int, str]]
    unchanged: bool
    harm: AssertionError | None


def outcome_of(path: Path) -> Outcome:
    case = read_case(path)
    with tempfile.TemporaryDirectory(prefix="tracker-hostile-") as name:
        folder = Path(name).resolve()
        workspace = copied(SMALL, folder / "ws")
        (folder / "out").mkdir()
        for file in case.files:
            lay(workspace, file)
        before = contents(folder / "ws")
        with changing(workspace, case) as moving:
            said = run(case.commands, folder)
        after = contents(folder / "ws")
        unchanged = [{name: held for name, held in found.items() if name not in moving} for found in (before, after)]
        return Outcome(said, unchanged[0] == unchanged[1], harm_in(folder / "out"))


def harm_in(folder: Path) -> AssertionError | None:
    """Return what is wrong with the files that commands have written."""
    try:
        look_at(folder)
    except AssertionError as error:
        return error
    return None


def contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return the mode and the bytes of every file, or where a link leads."""
    found = {}
    for path in folder.rglob("*"):
        mode = path.lstat().st_mode
        held = os.fsencode(path.readlink()) if stat.S_ISLNK(mode) else b""
        if stat.S_ISREG(mode) and os.access(path, os.R_OK):
            held = path.read_bytes()
        found[path.relative_to(folder).as_posix()] = (mode, held)
    return found


@contextlib.contextmanager
def changing(workspace: Path, case: Case) -> Iterator[set[str]]:
    """Change the files that the case says change, as long as its commands run."""
    files = {file.path: file.how for file in case.files if file.how in {"growing", "changing"}}
    done = threading.Event()
    changer = threading.Thread(target=_change, args=(workspace, files, done))
    if files:
        changer.start()
    try:
        yield set(files)
    finally:
        done.set()
        if files:
            changer.join()


def _change(workspace: Path, files: dict[str, str], done: threading.Event) -> None:
    whole = {name: (workspace / name).read_bytes() for name in files}
    turn = 0
    while not done.wait(0.001):
        turn += 1
        for name, how in files.items():
            if how == "growing":
                with (workspace / name).open("ab") as file:
                    file.write(b"# one line more\n")
            else:
                (workspace / name).write_bytes(whole[name][: len(whole[name]) // (1 + turn % 2)])


def run(commands: list[Command], folder: Path) -> list[tuple[int, str]]:
    """Run commands in one process, and those on a terminal each in one of its own."""
    piped = iter(on_pipe([words_of(command, folder) for command in commands if not command.terminal], folder))
    return [
        (code, text.replace(str(folder / "out"), "OUT").replace(str(folder), "").replace("\r\n", "\n"))
        for command in commands
        for code, text in [on_terminal(words_of(command, folder), folder) if command.terminal else next(piped)]
    ]


def words_of(command: Command, folder: Path) -> list[str]:
    return [word.replace("OUT", str(folder / "out")) for word in shlex.split(command.words)]


def environment() -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if name != "TRACKER_LANGUAGE"}
    return {**plain, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "100"}


def on_pipe(commands: list[list[str]], folder: Path) -> list[tuple[int, str]]:
    if not commands:
        return []
    done = subprocess.run(
        PROGRAM,
        cwd=folder / "ws",
        env=environment(),
        input=json.dumps(commands).encode(),
        capture_output=True,
        timeout=WALL_SECONDS,
        check=False,
    )
    assert done.returncode == 0, (done.returncode, done.stderr.decode("utf-8", "replace"))
    return [(code, text) for code, text in json.loads(done.stdout)]


def on_terminal(words: list[str], folder: Path) -> tuple[int, str]:
    if sys.platform == "win32":
        pytest.skip("this system has no pseudo-terminals")
    import pty  # noqa: PLC0415 - not on every system

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, *words], cwd=folder / "ws", env=environment(), stdin=theirs, stdout=theirs, stderr=theirs
    ) as running:
        os.close(theirs)
        data = b""
        # At the end of the command a terminal is gone rather than empty.
        with contextlib.suppress(OSError):
            while chunk := os.read(ours, 65536):
                data += chunk
        os.close(ours)
        return running.wait(WALL_SECONDS), data.decode("utf-8", "backslashreplace")


def case_name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.patient
@pytest.mark.parametrize("path", CASES, ids=case_name)
def test_hostile(path: Path, request: pytest.FixtureRequest) -> None:
    case = read_case(path)
    if case.xfail:
        request.applymarker(pytest.mark.xfail(reason=case.xfail, strict=True))
    outcome = outcome_of(path)
    if UPDATE and not case.xfail:
        case = with_outcome(case, outcome)
        path.write_text(written(case), encoding="utf-8", newline="\n")
    for command, (code, text) in zip(case.commands, outcome.said, strict=True):
        assert "Traceback" not in text, command.words
        assert code in command.codes, (command.words, text[-2000:])
        assert not obeyed(text, terminal=command.terminal), command.words
        if len(command.codes) == 1:
            assert shown(text) == command.says, command.words
    assert outcome.unchanged
    if outcome.harm:
        raise outcome.harm


def with_outcome(case: Case, outcome: Outcome) -> Case:
    """Return a case with what its commands said."""
    commands = [
        command._replace(codes=command.codes if len(command.codes) > 1 else (code,), says=_kept(command, text))
        for command, (code, text) in zip(case.commands, outcome.said, strict=True)
    ]
    return case._replace(commands=commands)


def _kept(command: Command, text: str) -> str:
    return shown(text) if len(command.codes) < 2 else ""


def obeyed(text: str, *, terminal: bool) -> list[str]:
    """Return what a terminal would obey; what only changes the order of letters may go to another program."""
    found = re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)
    return found + (re.findall(r"[\u202a-\u202e\u2066-\u2069]", text) if terminal else [])
