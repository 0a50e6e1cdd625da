"""How the time of `tracker gaps` grows with the data: a tenth, a third and the whole of both sizes.

    python benchmarks/growth.py [--scale 1] [--repeat 1] [--output docs/pictures/growth.svg]

Prints a table and draws it. Both axes are logarithmic: what grows as the data do is a line that rises by as much as
it goes to the right. `run.py` says what "cold", "warm" and the floors are.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from math import log10
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from corpus import SIZES
from measure import ROOT, machine
from run import EVENTS, GAPS, TYPER, Bench

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PARTS = (0.1, 1 / 3, 1)
COLD, NEW, WARM = f"{GAPS}, cold", f"{GAPS}, not asked before", f"{GAPS}, warm"
# What each line is called, how it is drawn, and what was measured.
LINES = {
    COLD: ("first run, empty cache", "cold"),
    NEW: ("a new question", "new"),
    WARM: ("the same question again", "warm"),
    EVENTS: ("the YAML parser alone", "floor"),
    TYPER: ("starting up, nothing done", "start"),
}
WIDTH, HEIGHT = 860, 460
LEFT, RIGHT, TOP, BOTTOM = 70, 610, 66, 400
STYLE = """
    text { font: 13px system-ui, sans-serif; fill: #1f2328; }
    .title { font-size: 16px; font-weight: 600; } .quiet { fill: #59636e; }
    .ground { fill: #ffffff; } .grid { stroke: #d1d9e0; stroke-width: 1; }
    polyline { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
    .cold { stroke: #b35900; } .warm { stroke: #0969da; } .new { stroke: #1a7f37; }
    .floor, .start { stroke: #59636e; stroke-width: 1.5; }
    .floor { stroke-dasharray: 6 4; } .start { stroke-dasharray: 2 3; }
    circle.cold { fill: #b35900; } circle.warm { fill: #0969da; } circle.new { fill: #1a7f37; }
    circle.floor, circle.start { display: none; }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc; } .quiet { fill: #9198a1; } .ground { fill: #0d1117; } .grid { stroke: #3d444d; }
      .cold { stroke: #f0a35e; } .warm { stroke: #6cb6ff; } .new { stroke: #57ab5a; }
      .floor, .start { stroke: #9198a1; }
      circle.cold { fill: #f0a35e; } circle.warm { fill: #6cb6ff; } circle.new { fill: #57ab5a; }
    }
"""


class Point(NamedTuple):
    """What was measured on one workspace: the seconds by what was run."""

    name: str
    units: int
    entries: int
    megabytes: float
    seconds: dict[str, float]
    peak: float


def points(scale: float, repeat: int) -> Iterator[Point]:
    """Measure each part of each size; its files are deleted after."""
    for name in SIZES:
        for part in PARTS:
            with tempfile.TemporaryDirectory() as folder:
                bench = Bench(name, Path(folder), scale * part)
                for _ in range(repeat):
                    bench.floors()
                    bench.cold_and_warm(GAPS)
                size = bench.made.size
                seconds = {line: bench.of(line).seconds for line in LINES}
                peak = max(bench.of(line).megabytes for line in (COLD, NEW, WARM))
                yield Point(name, size.units, size.entries, bench.made.megabytes, seconds, peak)


def drawn(measured: Sequence[Point], about: str) -> str:
    """Draw the lines as SVG, each with its name at its end."""
    entries = [point.entries for point in measured]
    seconds = [taken for point in measured for taken in point.seconds.values()]
    across, up = _Axis(entries, LEFT, RIGHT), _Axis(seconds, BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="title">',
        f"<style>{STYLE}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>',
        f'<text class="title" id="title" x="{LEFT}" y="26">Seconds to find every gap, by the size of the data</text>',
        f'<text class="quiet" x="{LEFT}" y="46">{about}</text>',
        *_grid(across, up),
    ]
    ends = [(up.at(measured[-1].seconds[line]), line) for line in LINES]
    for place, line in _apart(ends):
        name, style = LINES[line]
        corners = [(across.at(point.entries), up.at(point.seconds[line])) for point in measured]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
        parts.append(f'<polyline class="{style}" points="{joined}"/>')
        parts += [f'<circle class="{style}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in corners]
        taken = _short(measured[-1].seconds[line])
        parts.append(f'<text x="{RIGHT + 12}" y="{place + 4:.1f}">{name}: {taken} s</text>')
    return "\n".join([*parts, "</svg>", ""])


class _Axis:
    """A logarithmic axis from whole powers of ten to whole powers of ten."""

    def __init__(self, values: Iterable[float], start: float, end: float) -> None:
        found = list(values)
        self.low, self.high = log10(min(found)), log10(max(found))
        self.start, self.end = start, end

    def at(self, value: float) -> float:
        share = (log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> Iterator[float]:
        """Yield 1, 3, 10, 30 … as far as the axis reaches."""
        for power in range(int(self.low) - 2, int(self.high) + 2):
            yield from (
                value for value in (10.0**power, 3 * 10.0**power) if self.low - 0.01 <= log10(value) <= self.high + 0.01
            )


def _grid(across: _Axis, up: _Axis) -> Iterator[str]:
    for value in up.ticks():
        y = up.at(value)
        yield f'<line class="grid" x1="{LEFT}" x2="{RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="quiet" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:g} s</text>'
    for value in across.ticks():
        x = across.at(value)
        yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{BOTTOM}"/>'
        yield f'<text class="quiet" x="{x:.1f}" y="{BOTTOM + 20}" text-anchor="middle">{value:,.0f}</text>'
    middle = (LEFT + RIGHT) / 2
    yield f'<text class="quiet" x="{middle}" y="{BOTTOM + 44}" text-anchor="middle">entries of evidence</text>'


def _apart(ends: Iterable[tuple[float, str]]) -> Iterator[tuple[float, str]]:
    """Move the names of lines that end close together apart."""
    last = float("-inf")
    for place, line in sorted(ends):
        last = max(place, last + 18)
        yield last, line


def _short(seconds: float) -> str:
    return f"{seconds:.0f}" if seconds >= 10 else f"{seconds:.2g}"


def main() -> None:
    """Measure, print the table, and draw it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "pictures" / "growth.svg")
    given = parser.parse_args()
    print(f"{machine()}; medians of {given.repeat}\n")
    print(
        f"{'':12}{'units':>8}{'entries':>9}{'MB':>6}" + "".join(f"{line.split(', ')[-1]:>15}" for line in LINES), end=""
    )
    print(f"{'cold / entry':>15}{'peak MB':>9}")
    measured = []
    for point in points(given.scale, given.repeat):
        measured.append(point)
        times = "".join(f"{point.seconds[line]:13.2f} s" for line in LINES)
        each = f"{point.seconds[COLD] / point.entries * 1e6:12.0f} µs"
        print(f"{point.name:12}{point.units:8}{point.entries:9}{point.megabytes:6.0f}{times}{each}{point.peak:9.0f}")
    about = f"tracker gaps --format json; {machine()}"
    given.output.write_text(drawn(sorted(measured, key=lambda point: point.entries), about), encoding="utf-8")


if __name__ == "__main__":
    main()
