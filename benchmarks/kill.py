"""Commands killed with SIGKILL at random moments: every file is the old or the new one, whole, and the next run works.

    python benchmarks/kill.py [KILLS]

Half of the kills fall anywhere in the run, half within two milliseconds of one of its writes or moves. After
each, every file must be as it was or as the command makes it, YAML must be readable and Word and Excel files
whole; then the same command runs again and must bring about what it would have brought about at once, and
leave nothing unfinished behind. Wanted: no line under the table. Needs a system that can fork.
"""

from __future__ import annotations

import io
import os
import random
import shlex
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from collections.abc import Callable

WORKSPACE, TEXTS = ROOT / "tests" / "workspaces" / "collect", ROOT / "tests" / "intake"
ENTRY = """\
- id: course-nairobi-2019
  type: training
  status: completed
  date: 2019-03
  by: [KEN]
  addresses: [cnd-61-9:2(a)]
  summary: {en: Kenya held a course for customs officers.}
"""
COMMANDS = {
    "link": "link course-nairobi-2019 3",
    "unlink": "unlink course-nairobi-2019 2.a",
    "add evidence": "add evidence -r 2020-cnd-63 --type training --summary 'Judges were trained.' --id judges-2019",
    "import report": "import report report.txt --cycle 2031-cnd-74",
    "collect": "collect 2020-cnd-63 --respondent KEN --respondent CHN",
    "site": "site",
    "draft --force": "draft 2020-cnd-63 --output draft.docx --force",
    "gaps, cold": "gaps",
}
LEFT, PRINTED = ".tracker-", "printed.txt"


class Run(NamedTuple):
    """How long a command runs, and how many writes and moves it makes."""

    seconds: float
    writes: int


class Tally(NamedTuple):
    """What the kills of one command came to: how many hit it, and how often files were old, new, both, or left over."""

    kills: int = 0
    landed: int = 0
    old: int = 0
    new: int = 0
    mixed: int = 0
    left: int = 0


def prepare(folder: Path) -> Path:
    """Make the workspace that commands are tried on, with a site and a draft that are out of date."""
    shutil.copytree(WORKSPACE, folder, dirs_exist_ok=True)
    shutil.copy(TEXTS / "reports" / "made-up" / "en.txt", folder / "report.txt")
    evidence = folder / "reports" / "2020-cnd-63" / "evidence" / "a.yaml"
    evidence.parent.mkdir(exist_ok=True)
    for line in ("site", "draft 2020-cnd-63 --output draft.docx"):
        if code := in_child(folder, line):
            sys.exit(f"tracker {line} ended with {code}")
    evidence.write_text(ENTRY, encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file, by its place."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def in_child(folder: Path, line: str) -> int:
    """Run a command to its end, and return its exit code; what it prints is kept beside the workspace."""
    return os.waitstatus_to_exitcode(os.waitpid(begin(folder, line), 0)[1])


def begin(folder: Path, line: str, begun: int | None = None) -> int:
    """Begin a command in a child that has everything imported; a byte is sent to `begun` at each write and move."""
    child = os.fork()
    if child:
        return child
    code: object = 70
    try:
        from tracker.cli.app import main  # noqa: PLC0415 - the benchmark starts without

        os.chdir(folder)
        os.dup2(os.open(folder.with_name(PRINTED), os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        if begun is not None:
            _tell_writes(begun, to_cache=line == COMMANDS["gaps, cold"])
        sys.argv = ["tracker", *shlex.split(line)]
        main()
    except SystemExit as end:
        code = end.code or 0
    finally:
        os._exit(code if isinstance(code, int) else 70)


def _tell_writes(begun: int, *, to_cache: bool) -> None:
    from tracker.cli import site, writing  # noqa: PLC0415 - as above
    from tracker.load import store  # noqa: PLC0415 - as above

    def told(original: Callable[..., None]) -> Callable[..., None]:
        def first(*given: object, **named: object) -> None:
            os.write(begun, b"1")
            original(*given, **named)

        return first

    # Where nothing is written to the workspace, the cache is what a kill shall hit.
    to_files = [(writing, "put"), (site, "put"), (os, "replace"), (os, "rename")]
    for holder, name in [(store.Store, "put")] if to_cache else to_files:
        setattr(holder, name, told(getattr(holder, name)))


def kill_once(folder: Path, line: str, run: Run, dice: random.Random) -> bool:
    """Begin a command, kill it at a random moment, and tell whether it was still running."""
    ours, theirs = os.pipe()
    child = begin(folder, line, theirs)
    os.close(theirs)
    if dice.random() < 0.5:
        for _ in range(dice.randint(1, run.writes)):
            os.read(ours, 1)
        time.sleep(dice.random() * 0.002)
    else:
        time.sleep(dice.random() * run.seconds)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.close(ours)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def is_whole(name: str, data: bytes) -> bool:
    """Tell whether a file can be read to its end."""
    if name.endswith((".xlsx", ".docx")):
        with suppress(zipfile.BadZipFile):
            return zipfile.ZipFile(io.BytesIO(data)).testzip() is None
        return False
    if name.endswith(".yaml"):
        from tracker.load import yaml  # noqa: PLC0415 - as above

        text, flaws = yaml.decode(data)
        return not flaws and not yaml.parse(text).flaws
    return True


def wrong(before: dict[str, bytes], after: dict[str, bytes], wanted: dict[str, bytes]) -> list[str]:
    """Return the files that are neither old nor new, are lost, or cannot be read."""
    strange = [name for name, data in after.items() if data not in (before.get(name), wanted.get(name))]
    lost = [name for name in before if name in wanted and name not in after]
    broken = [name for name, data in after.items() if not is_whole(name, data)]
    return sorted({*strange, *lost, *broken})


def try_command(base: Path, name: str, kills: int, dice: random.Random) -> tuple[Tally, list[str]]:
    """Kill a command as often as asked, and return the count and what was found to be wrong."""
    line, tally, faults = COMMANDS[name], Tally(), []
    before = contents(base)
    with tempfile.TemporaryDirectory(prefix="tracker-kill-") as room:
        wanted, run = _undisturbed(base, Path(room), line)
        printed = Path(room) / PRINTED
        answer = printed.read_bytes()
        # Every kill leaves its cache to the next, except where the cold reading is what is tried.
        for number in range(kills):
            folder = _fresh(base, Path(room), cold=name.endswith("cold"))
            landed = kill_once(folder, line, run, dice)
            held = contents(folder)
            after = {one: data for one, data in held.items() if LEFT not in one}
            faults += [f"{name}, kill {number}: {one}" for one in wrong(before, after, wanted)]
            code = in_child(folder, line)
            # What was done before the kill need not be done again, and some commands say so.
            if (code and after != wanted) or code not in (0, 2) or contents(folder) != wanted:
                faults.append(f"{name}, kill {number}: the next run ended with {code}")
            if before == wanted and printed.read_bytes() != answer:
                faults.append(f"{name}, kill {number}: the next run gave another answer")
            states = (after == before, after == wanted, after not in (before, wanted))
            if before == wanted:
                states = (True, False, False)
            tally = Tally(*map(sum, zip(tally, (1, landed, *states, len(held) > len(after)), strict=True)))
    return tally, faults


def _undisturbed(base: Path, room: Path, line: str) -> tuple[dict[str, bytes], Run]:
    """Run a command undisturbed; return what it makes of the workspace, and what the run comes to when warm."""
    for _ in range(2):
        folder = _fresh(base, room, cold=True)
        started = time.perf_counter()
        ours, theirs = os.pipe()
        child = begin(folder, line, theirs)
        os.close(theirs)
        with os.fdopen(ours, "rb") as told:
            writes = len(told.read())
        if code := os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
            sys.exit(f"tracker {line} ended with {code}")
        run = Run(time.perf_counter() - started, writes)
    return contents(folder), run


def _fresh(base: Path, room: Path, *, cold: bool) -> Path:
    shutil.rmtree(room / "ws", ignore_errors=True)
    cache = room / "cache"
    if cold:
        shutil.rmtree(cache, ignore_errors=True)
    os.environ["TRACKER_CACHE"] = str(cache)
    return shutil.copytree(base, room / "ws")


def warm_up(base: Path) -> None:
    """Import all that the commands import, so that a child begins with its work at once."""
    from tracker.cli.app import main  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory() as room:
        here, streams = Path.cwd(), (os.dup(1), os.dup(2))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1), os.dup2(nowhere, 2)
        try:
            os.chdir(_fresh(base, Path(room), cold=True))
            for line in COMMANDS.values():
                sys.argv = ["tracker", *shlex.split(line)]
                with suppress(SystemExit):
                    main()
        finally:
            os.chdir(here)
            os.dup2(streams[0], 1), os.dup2(streams[1], 2)


def main() -> None:
    """Kill every command as often as its share comes to, and print the table."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    dice = random.Random(kills)  # noqa: S311 - dice that fall the same way every time
    all_faults = []
    print("command            kills  during the run   old   new  mixed  with left-over files")
    with tempfile.TemporaryDirectory(prefix="tracker-kill-") as room:
        os.environ["TRACKER_CACHE"] = str(Path(room) / "cache")
        base = prepare(Path(room) / "base")
        warm_up(base)
        total = Tally()
        for name in COMMANDS:
            tally, faults = try_command(base, name, -(-kills // len(COMMANDS)), dice)
            all_faults += faults
            total = Tally(*map(sum, zip(total, tally, strict=True)))
            _print(name, tally)
        _print("all", total)
    print("".join(f"WRONG {fault}\n" for fault in all_faults), end="")
    sys.exit(bool(all_faults))


def _print(name: str, tally: Tally) -> None:
    kills, landed, old, new, mixed, left = tally
    print(f"{name:<17} {kills:>6} {landed:>15} {old:>5} {new:>5} {mixed:>6} {left:>21}", flush=True)


if __name__ == "__main__":
    main()
