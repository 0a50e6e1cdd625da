"""How long other tools take over the same question as `tracker gaps`: which paragraphs have nothing linked to them.

    python benchmarks/peers.py FOLDER [--units 5000] [--entries 25000] [--limit 300] [--only LOBSTER …]

Doorstop, StrictDoc, sphinx-needs and LOBSTER are installed into the folder, each into an environment of its own, and
are given the same invented paragraphs and entries in their own formats (see formats.py). Each is asked about a small
workspace, where it must find the right number, and then about a large one, twice: the second run may use what the
first one left. A tool that is stopped at the limit counts as having taken so long. LOBSTER reads JSON that other tools
of it prepare: what it takes is for linking, not for reading what people write.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

import corpus
import formats
from measure import Taken, machine, run, tracker, typical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SMALL = (200, 1000)
_CLOCK_SECONDS = 3
_SHORT, _TIMES = 5, 5
# A stopped run has its limit for a time, and no answer.
_STOPPED = -9
_UNLINKED = '("PAR" in node["UID"] and not node.has_child_requirements)'


class Tool(NamedTuple):
    """A tool: how it is installed, given the data, asked, and what its answer is, read from what it left."""

    name: str
    package: str
    asked: str
    write: Callable[[formats.Data, Path], None]
    commands: Sequence[Sequence[str | Path]]
    answer: Callable[[Path], int]
    # Exit codes that are an answer: some tools call it a failure that something is not linked.
    codes: tuple[int, ...] = (0,)


def _nothing(_data: formats.Data, _folder: Path) -> None:
    """Write nothing: the workspace itself is tracker's."""


def _gaps(folder: Path) -> int:
    return sum(not row["evidence"] for row in json.loads(_printed(folder))["gaps"])


def _printed(folder: Path) -> str:
    return (folder.parent / f"{folder.name}.printed").read_text(encoding="utf-8", errors="replace")


def _saying(words: str) -> Callable[[Path], int]:
    return lambda folder: _printed(folder).count(words)


def _sphinx_answer(folder: Path) -> int:
    versions = json.loads((folder / "_build" / "needs.json").read_text(encoding="utf-8"))["versions"]
    return sum(len(version["needs"]) for version in versions.values())


def _strictdoc_answer(folder: Path) -> int:
    written = (folder.parent / "strictdoc-out" / "sdoc").rglob("*.sdoc")
    return sum(file.read_text(encoding="utf-8").count("\nUID: PAR") for file in written)


ONE, BOTH = "tracker gaps", "tracker check and gaps"
TOOLS = (
    Tool(ONE, "", "the gaps, as JSON", _nothing, [tracker("gaps", "--format", "json")], _gaps),
    Tool(
        BOTH,
        "",
        "every problem in the data, then the gaps",
        _nothing,
        [tracker("check"), tracker("gaps", "--format", "json")],
        _gaps,
    ),
    Tool(
        "LOBSTER",
        "bmw-lobster",
        "a report of ready-made links, and its check",
        formats.write_lobster,
        [["lobster-report"], ["lobster-ci-report"]],
        _saying("missing reference to Evidence"),
        (0, 1),
    ),
    Tool(
        "sphinx-needs",
        "sphinx-needs",
        "the needs nothing links to, as JSON; no pages",
        formats.write_sphinx,
        [["sphinx-build", "-q", "-b", "needs", ".", "_build"]],
        _sphinx_answer,
    ),
    Tool(
        "StrictDoc",
        "strictdoc",
        "the requirements without children, in its own format; no pages",
        formats.write_strictdoc,
        [
            [
                "strictdoc",
                "export",
                ".",
                "--output-dir",
                "../strictdoc-out",
                "--formats=sdoc",
                "--filter-nodes",
                _UNLINKED,
            ]
        ],
        _strictdoc_answer,
    ),
    Tool(
        "Doorstop",
        "doorstop",
        "every problem, without rewriting items",
        formats.write_doorstop,
        [["doorstop", "-F"]],
        _saying("no links from child document"),
    ),
)


def install(folder: Path) -> None:
    """Install each tool into an environment of its own, once."""
    for tool in TOOLS:
        if tool.package and not (folder / tool.package / "bin" / tool.commands[0][0]).is_file():
            venv.create(folder / tool.package, with_pip=True)
            python = str(folder / tool.package / "bin" / "python")
            subprocess.run([python, "-m", "pip", "install", "--quiet", tool.package], check=True)


def prepare(folder: Path, units: int, entries: int) -> int:
    """Write the same data for every tool; return how many paragraphs have nothing linked to them."""
    shutil.rmtree(folder, ignore_errors=True)
    size = corpus.Size(max(1, units // 600), max(1, units // 16), units, entries)
    corpus.write_size(size, folder / "tracker")
    data = formats.data_of(folder / "tracker")
    for tool in TOOLS:
        if tool.package:
            (folder / tool.package).mkdir()
            tool.write(data, folder / tool.package)
    # No tool need doubt whether a file was changed after it was read.
    time.sleep(_CLOCK_SECONDS)
    return data.silent


def ask(tool: Tool, folder: Path, programs: Path, limit: float) -> Taken:
    """Run a tool's commands one after the other; a time of the limit where they were stopped."""
    root = folder / (tool.package or "tracker")
    taken = Taken(0, 0, 0, 0)
    for command in tool.commands:
        program = [programs / tool.package / "bin" / command[0]] if tool.package else command[:1]
        cache = str(folder / f"{tool.name}.cache")
        output = folder / f"{root.name}.printed"
        one = run([*program, *command[1:]], at=root, limit=limit - taken.seconds, output=output, TRACKER_CACHE=cache)
        seconds, code = min(limit, taken.seconds + one.seconds), one.code
        taken = Taken(seconds, taken.cpu + one.cpu, max(taken.megabytes, one.megabytes), code)
        if code == _STOPPED:
            break
        if code not in tool.codes:
            raise SystemExit(f"{tool.name}: exit code {code}\n{_printed(root)[-1000:]}")
    return taken


def runs(tool: Tool, folder: Path, programs: Path, limit: float, silent: int) -> Iterator[Taken]:
    """Yield what the first run took, and one after it; a tool stopped in the first is not run again."""
    first = ask(tool, folder, programs, limit)
    yield first
    if first.code == _STOPPED:
        return
    again = [ask(tool, folder, programs, limit)]
    # The machine's own doings weigh on what is short.
    if again[0].seconds < _SHORT:
        again += [ask(tool, folder, programs, limit) for _ in range(_TIMES - 1)]
    yield typical(again)
    found = tool.answer(folder / (tool.package or "tracker"))
    if found != silent:
        raise SystemExit(f"{tool.name}: {found} paragraphs have nothing linked; there are {silent}")


def _column(taken: Taken | None, against: Taken) -> str:
    if taken is None:
        return f"{'not run':>34}"
    mark = ">" if taken.code == _STOPPED else " "
    return f"{mark}{taken.seconds:8.2f} {taken.megabytes:7.0f} MB {mark}{taken.seconds / against.seconds:10.1f} x"


def main() -> None:
    """Install the tools, ask each about a small workspace and then about the large one, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--units", type=int, default=5_000)
    parser.add_argument("--entries", type=int, default=25_000)
    parser.add_argument("--limit", type=float, default=300)
    parser.add_argument("--only", nargs="+", default=[], metavar="TOOL", help="Beside tracker, only these.")
    given = parser.parse_args()
    folder = given.folder.resolve()
    install(folder / "programs")
    tools = [tool for tool in TOOLS if not (tool.package and given.only) or tool.name in given.only]
    sizes = {"small": SMALL, "large": (given.units, given.entries)}
    for name, (units, entries) in sizes.items():
        silent = prepare(folder / name, units, entries)
        print(f"{units} units, {entries} entries; {silent} units with nothing linked")
        taken: dict[str, list[Taken]] = {}
        for tool in tools:
            taken[tool.name] = list(runs(tool, folder / name, folder / "programs", given.limit, silent))
            print(f"  {tool.name}: {', '.join(f'{one.seconds:.2f} s' for one in taken[tool.name])}", flush=True)
    print(f"\n{machine()}; one first run each, the median of {_TIMES} short ones after it; x: as many times as {ONE}\n")
    print(f"{'':24}{'first run':^34}{'again, nothing changed':^34}  asked for")
    first_base, *again_base = taken[ONE]
    for tool in tools:
        first, again = (*taken[tool.name], None)[:2]
        columns = (_column(first, first_base), _column(again, (again_base or [first_base])[0]))
        print(f"{tool.name:24}{''.join(columns)}  {tool.asked}")


if __name__ == "__main__":
    main()
