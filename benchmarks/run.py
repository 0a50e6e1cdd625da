"""How long `tracker` takes on a large workspace, with an empty cache and a full one, beside what nothing can be under.

    python benchmarks/run.py [--size office|secretariat] [--scale 0.1] [--repeat 3] [--only gaps check …]

The workspace is invented (see corpus.py). Everything is measured in one run, each command in turn, and the median
taken; only the ratios mean anything on another machine. "Cold" is a run with an empty cache folder, "warm" the one
after it; files are in the memory of the system both times. "Not asked before" is a run that finds all files in the
cache and its answer not there, "one file changed" one that finds all files but one. The floors are a bare `import
typer`, reading every byte of the workspace, and the events of its YAML in one process, from libyaml through Python,
the garbage collector off, nothing done with them. What `gaps` and `check` answer must be what is known beforehand.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

import corpus
from measure import Taken, machine, run, tracker, typical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Words = Sequence[str | Path]

TYPER, READ, EVENTS = "import typer", "read every byte", "YAML events"
GAPS, CHECK = "gaps --format json", "check"
_EVERY_FILE = (
    "import sys, pathlib\nfor file in pathlib.Path(sys.argv[1]).rglob('*.yaml'):\n    data = file.read_bytes()\n"
)
FLOORS = {
    TYPER: "import typer",
    READ: _EVERY_FILE,
    EVENTS: f"import gc, yaml\ngc.disable()\n{_EVERY_FILE}    following = yaml.CSafeLoader(data).get_event\n"
    "    while type(following()) is not yaml.StreamEndEvent: pass\n",
}


class Wanted(NamedTuple):
    """A ratio that is wanted: what was measured, and the most it may be."""

    what: str
    measured: float
    most: float


class Bench:
    """One workspace, and what was measured on it."""

    def __init__(self, name: str, folder: Path, scale: float) -> None:
        self.name = name
        self.made = corpus.write(name, folder / name, scale)
        self.root = folder / name
        self.scratch = folder / "scratch"
        self.taken: dict[str, list[Taken]] = defaultdict(list)

    def commands(self) -> dict[str, Words]:
        """Return what is measured, by what it is called in the table."""
        book, report = self.scratch / "matrix.xlsx", self.made.report
        return {
            GAPS: ["gaps", "--format", "json"],
            CHECK: ["check"],
            "matrix --format json": ["matrix", "--format", "json"],
            "matrix --format xlsx": ["matrix", "--format", "xlsx", "--force", "--output", book],
            "draft": ["draft", report, "--output", "-"],
            "gaps --report": ["gaps", "--report", report, "--format", "json"],
        }

    def floors(self) -> None:
        """Measure once what nothing can be under."""
        for name, code in FLOORS.items():
            self._keep(name, run([sys.executable, "-c", code, self.root]))

    def cold_and_warm(self, name: str) -> None:
        """Run a command with an empty cache and again; where answers are kept, also without one and after a change."""
        words = self.commands()[name]
        cache = self.scratch / "cache"
        shutil.rmtree(cache, ignore_errors=True)
        for state in ("cold", "warm"):
            self._keep(f"{name}, {state}", self._tracker(words, cache))
            self._verify(name)
        if name in {GAPS, CHECK}:
            with _changed(self._one_file()):
                self._keep(f"{name}, one file changed", self._tracker(words, cache))
                self._verify(name)
        if name == GAPS:
            self._tracker(words, cache)
            _forget_answers(cache)
            self._keep(f"{name}, not asked before", self._tracker(words, cache))
            self._verify(name)

    def of(self, name: str) -> Taken:
        """Return the median of what was measured under a name."""
        return typical(self.taken[name])

    def _tracker(self, words: Words, cache: Path) -> Taken:
        self.scratch.mkdir(exist_ok=True)
        return run(tracker(*words), at=self.root, output=self.scratch / "printed", TRACKER_CACHE=str(cache))

    def _keep(self, name: str, taken: Taken) -> None:
        if taken.code:
            raise SystemExit(f"{name}: exit code {taken.code}, see {self.scratch}")
        self.taken[name].append(taken)

    def _verify(self, name: str) -> None:
        """Stop where an answer is not what was planned: a wrong answer has no speed."""
        printed = (self.scratch / "printed").read_text(encoding="utf-8")
        if name == GAPS:
            said = json.loads(printed)
            counts = {status: count for status, count in said["counts"].items() if count}
            if (len(said["gaps"]), counts) != (self.made.gaps, self.made.statuses):
                raise SystemExit(f"{name}: {len(said['gaps'])} gaps, {counts}; planned: {self.made}")
        expected = f"0 errors, {self.made.warnings} warning" if self.made.warnings else "no problems"
        if name == CHECK and expected not in printed:
            raise SystemExit(f"check says: {printed[-300:]}; planned: {self.made}")

    def _one_file(self) -> Path:
        return min((self.root / "reports" / self.made.report / "evidence").iterdir())


def _forget_answers(cache: Path) -> None:
    for file in cache.glob("*.sqlite"):
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("DELETE FROM answers")


@contextmanager
def _changed(file: Path) -> Iterator[None]:
    """Change a letter of a file's prose, and put it back."""
    before = file.read_bytes()
    after = before.replace(b" the ", b" The ", 1)
    if after == before:
        raise SystemExit(f"{file}: nothing to change")
    _write(file, after)
    try:
        yield
    finally:
        _write(file, before)


def _write(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    # Nobody asks sooner.
    time.sleep(0.5)


def wanted(bench: Bench, office: Bench) -> Iterator[Wanted]:
    """Yield what is wanted of a workspace, beside what was measured; `office` is what a larger one is held against."""
    cold, warm, new, changed = (
        bench.of(f"{GAPS}, {state}") for state in ("cold", "warm", "not asked before", "one file changed")
    )
    typer = bench.of(TYPER).seconds
    if bench is office:
        yield Wanted("cold gaps / YAML events", cold.seconds / bench.of(EVENTS).seconds, 2)
        yield Wanted("warm gaps / import typer", warm.seconds / typer, 5)
        # Reading a file is little; loading what reads files takes about a start. The answer to a question that was
        # asked before stands ready, so that the change costs the whole question too.
        adds = (changed.seconds - new.seconds) / typer
        yield Wanted("one file changed less not asked before / import typer", adds, 1)
    else:
        entries = bench.made.size.entries / office.made.size.entries
        ratio = cold.seconds / office.of(f"{GAPS}, cold").seconds / entries
        yield Wanted("cold gaps for each entry / the same of the office", ratio, 1.3)
        yield Wanted("warm gaps / import typer", warm.seconds / typer, 35)
        peak = max(typical(runs).megabytes for name, runs in bench.taken.items() if name.startswith("gaps"))
        yield Wanted("peak of gaps / 1.5 GB", peak / 1500, 1)


def print_table(bench: Bench) -> None:
    """Print everything measured on a workspace."""
    size = bench.made.size
    print(
        f"\n{bench.name}: {size.mandates} mandates, {size.units} units, {size.entries} entries, "
        f"{bench.made.megabytes:.0f} MB in {bench.made.files} files; {bench.made.gaps} gaps, as planned\n"
    )
    print(f"{'':38}{'seconds':>8} {'processor':>9} {'peak MB':>8}   {TYPER:>12} {EVENTS:>12}")
    for name in bench.taken:
        taken = bench.of(name)
        ratios = (taken.seconds / bench.of(floor).seconds for floor in (TYPER, EVENTS))
        print(
            f"{name:38}{taken.seconds:8.2f} {taken.cpu:9.2f} {taken.megabytes:8.0f}   "
            + " ".join(f"{ratio:10.2f} x" for ratio in ratios)
        )


def main() -> None:
    """Measure a size, print the table, and what is wanted beside what was measured."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", choices=corpus.SIZES, default="office")
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="Where to write the workspaces; by default a temporary folder.")
    parser.add_argument("--only", nargs="+", default=[], metavar="COMMAND", help="Beside gaps, only these.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        benches = [Bench(name, folder, given.scale) for name in dict.fromkeys(("office", given.size))]
        chosen = [name for name in benches[-1].commands() if not given.only or name.split()[0] in given.only]
        for _ in range(given.repeat):
            for bench in benches:
                bench.floors()
                for name in dict.fromkeys((GAPS, *(chosen if bench is benches[-1] else ()))):
                    bench.cold_and_warm(name)
        print(f"{machine()}; medians of {given.repeat}")
        for bench in benches:
            print_table(bench)
        print(f"\n{'':52}measured  wanted at most")
        for row in wanted(benches[-1], benches[0]):
            print(f"{row.what:52}{row.measured:8.2f}  {row.most:8.2f}  {'' if row.measured <= row.most else 'MISSED'}")


if __name__ == "__main__":
    main()
