"""Runs a command and says what it took: the seconds on the clock and of the processors, and the memory at its peak.

The peak is the most that the command and all processes it started held at one moment, looked at every 20 ms: the
sum of their resident sizes, in which memory that two of them share counts twice; and no less than what the command
itself has held. Where there is no /proc, it is the largest size of a single one of them.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).parents[1]
_PAGE = os.sysconf("SC_PAGE_SIZE")
_EVERY = 0.02


class Taken(NamedTuple):
    """What a run took: seconds, megabytes; and its exit code, negative where it was stopped."""

    seconds: float
    cpu: float
    megabytes: float
    code: int


def run(
    command: Sequence[str | Path], *, at: Path = ROOT, limit: float = 0, output: Path | None = None, **environment: str
) -> Taken:
    """Run a command in a process group of its own; with a limit, stop the group after so many seconds."""
    # Installed packages are compiled; a first run does the same for a checkout.
    inherited = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    with Path(output or os.devnull).open("wb") as out:
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=at,
            env={**inherited, "PYTHONPATH": path, **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        watch = _Watch(process.pid, started + limit if limit else 0)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    watch.ended.set()
    watch.join()
    # On Linux it begins with the size of the process that started the command, ours: only macOS, in bytes, is asked.
    peak = usage.ru_maxrss if sys.platform == "darwin" else watch.peak
    return Taken(seconds, usage.ru_utime + usage.ru_stime, peak / 1e6, process.returncode)


def tracker(*words: str | Path) -> list[str | Path]:
    """Return the command that runs `tracker` from this checkout, as the program that pip installs does."""
    return [sys.executable, "-c", "from tracker.__main__ import main; main()", *words]


def typical(runs: Iterable[Taken]) -> Taken:
    """Return the median of each figure."""
    seconds, cpu, megabytes, codes = zip(*runs, strict=True)
    return Taken(median(seconds), median(cpu), median(megabytes), max(codes, key=abs))


def machine() -> str:
    """Say on what it was measured."""
    return f"Python {'.'.join(map(str, sys.version_info[:3]))}, {os.cpu_count()} processors, {sys.platform}"


class _Watch(threading.Thread):
    """Looks at a process group while it runs."""

    def __init__(self, group: int, deadline: float) -> None:
        super().__init__(daemon=True)
        self.group = group
        self.deadline = deadline
        self.peak = 0
        self.ended = threading.Event()
        self._members: tuple[float, list[int]] = (0.0, [group])

    def run(self) -> None:
        while not self.ended.wait(_EVERY):
            self.peak = max(self.peak, sum(map(_resident, self._group())), _highest(self.group))
            if self.deadline and time.perf_counter() > self.deadline:
                with suppress(ProcessLookupError):
                    os.killpg(self.group, signal.SIGKILL)
                return

    def _group(self) -> list[int]:
        # Going through all processes takes longer than looking at a few.
        now = time.perf_counter()
        if now - self._members[0] > 5 * _EVERY:
            self._members = (now, _members(self.group))
        return self._members[1]


def _members(group: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):
            # The name of a program may hold spaces and brackets; the group is the third field after it.
            fields = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if int(fields[2]) == group:
                found.append(int(folder.name))
    return found


def _resident(process: int) -> int:
    with suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    return 0


def _highest(process: int) -> int:
    with suppress(OSError, ValueError, IndexError):
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8", errors="replace")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024
    return 0
