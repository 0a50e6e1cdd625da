"""How right `tracker import resolution` is: official texts against lists of their paragraphs written by hand.

    python benchmarks/intake.py

The texts stand in a folder `shared` beside the repository and are no part of it; the lists are tests/intake/paths.
A path is wrong when it is found and not listed, or listed and not found. The error rate of the text is the least
number of characters to put in, take out or change, in per cent of the characters that should be there, without white
space and without digits behind a letter or stop (marks of footnotes):

- of the Chinese draft of 66/177, the whole of each paragraph, against mandates/ga-66-177.yaml;
- of texts with a table of paragraphs (.tsv), the first 120 characters of each paragraph in it, paired by path in the
  order of the text; paragraphs that the table lacks are not compared;
- of the others nothing, as there is nothing to compare with: "-".
"""

from __future__ import annotations

import csv
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tracker.intake.resolution import import_resolution  # noqa: E402
from tracker.intake.source import Unreadable, read  # noqa: E402
from tracker.load.files import load  # noqa: E402
from tracker.refs import join  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.model import Paragraph

    # The path of a paragraph and its text.
    Row = tuple[str, str]

SHARED = ROOT.parent / "shared"
LISTS = ROOT / "tests" / "intake" / "paths"
DRAFT = "002"
# What is no resolution, and is refused.
REFUSED = "E_CN.9_2004_2"
GROUPS = {
    "Plain text of official resolutions, a line a paragraph": "texts/resolutions",
    "Security Council resolutions, corrected OCR of printed pages": "texts/raw",
    "The Chinese draft of 66/177, text taken out of a PDF": "seeds",
}
_MARK = re.compile(r"(?:(?<=[a-z])|(?<=[a-z][.,;:”\"]))\d{1,3}(?![\d])")
_ITEM = re.compile(r"^\([a-z]+\) ")


class Measured(NamedTuple):
    """What was found in one text, or in several together."""

    expected: int
    found: int
    wrong: int
    characters: int
    errors: int
    doubts: int
    seconds: float

    @property
    def rate(self) -> str:
        """The error rate of the text in per cent."""
        return f"{100 * self.errors / self.characters:.2f}%" if self.characters else "-"


def texts_of(folder: str) -> list[Path]:
    """Return the texts of a folder beside the repository that there are lists for."""
    listed = {path.stem for path in LISTS.glob("*.txt")} - {REFUSED}
    paths = sorted((SHARED / folder).glob("*.txt"))
    return [path for path in paths if path.stem in listed or (folder == "seeds" and path.name.startswith(DRAFT))]


def expected_paths(path: Path) -> list[str]:
    """Return the paths of a text's paragraphs, as listed by hand."""
    name = path.stem if (LISTS / f"{path.stem}.txt").is_file() else DRAFT
    lines = (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def rows_of(paragraphs: Iterable[Paragraph], above: tuple[str, ...] = ()) -> Iterator[Row]:
    """Yield the path and the text of each paragraph, in order."""
    for one in paragraphs:
        yield join((*above, one.number)), next(iter(one.text.values()), "")
        yield from rows_of(one.paragraphs, (*above, one.number))


def measured(path: Path) -> Measured:
    """Import a text and compare it with what it should be."""
    started = time.perf_counter()
    imported = import_resolution(read(path))
    seconds = time.perf_counter() - started
    rows = list(rows_of(imported.mandate.paragraphs))
    expected, found = Counter(expected_paths(path)), Counter(number for number, _ in rows)
    pairs = list(_pairs(path, rows))
    return Measured(
        expected=expected.total(),
        found=found.total(),
        wrong=(expected - found).total() + (found - expected).total(),
        characters=sum(len(wanted) for wanted, _ in pairs),
        errors=sum(_errors(wanted, text) for wanted, text in pairs),
        doubts=len(imported.doubts),
        seconds=seconds,
    )


def together(all_measured: Iterable[Measured]) -> Measured:
    """Add up what was measured on several texts."""
    return Measured(*map(sum, zip(*all_measured, strict=True)))


def is_refused() -> bool:
    """Tell whether the report among the texts, which is no resolution, is refused."""
    try:
        import_resolution(read(SHARED / "texts" / "resolutions" / f"{REFUSED}.txt"))
    except Unreadable:
        return True
    return False


def _pairs(path: Path, rows: list[Row]) -> Iterator[tuple[str, str]]:
    """Yield what a text of a paragraph should be, and what it is, as much of it as is known."""
    table = path.with_suffix(".tsv")
    if path.name.startswith(DRAFT):
        wanted = load(ROOT).mandates["ga-66-177"].paragraphs
        yield from ((_plain(one.text["zh"]), _plain(text)) for one, (_, text) in zip(wanted, rows, strict=False))
    elif table.is_file():
        yield from _beginnings(table, rows)


def _beginnings(table: Path, rows: list[Row]) -> Iterator[tuple[str, str]]:
    """Pair the rows of a table with paragraphs: the next one with its path, or with its path in a part."""
    with table.open(encoding="utf-8", newline="") as file:
        wanted = [(row["path"], row["start"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    place = 0
    for path, start in wanted:
        after = next((at for at in range(place, len(rows)) if rows[at][0].rpartition(".")[2] == path), None)
        found = ""
        if after is not None:
            place = after + 1
            # What has no words of its own begins with those of its first item, as the table has it.
            found = rows[after][1] or rows[place][1]
        begins = _plain(_ITEM.sub("", start))
        yield begins, _plain(found)[: len(begins)]


def _plain(text: str) -> str:
    return "".join(_MARK.sub("", text).split())


def _errors(wanted: str, found: str) -> int:
    """Return the least number of characters to put in, take out or change."""
    if wanted == found:
        return 0
    before = list(range(len(found) + 1))
    for row, one in enumerate(wanted, 1):
        now = [row]
        for column, other in enumerate(found, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (one != other)))
        before = now
    return before[-1]


def table() -> dict[str, tuple[int, Measured]]:
    """Return how many texts each group has, and what was measured on them together."""
    found = {group: [measured(path) for path in texts_of(folder)] for group, folder in GROUPS.items()}
    return {group: (len(rows), together(rows)) for group, rows in found.items() if rows}


def _print(name: str, row: Measured) -> None:
    numbers = f"{row.found:5} / {row.expected:<5} {row.wrong:6} {row.rate:>9} {row.doubts:7} {row.seconds:8.2f}"
    print(f"{name[:44]:<44} {numbers}")


def main() -> None:
    """Measure every text, and print a row for each, and the totals."""
    print(f"{'text':<44} found / listed wrong error rate  doubts  seconds")
    everything: list[Measured] = []
    for group, folder in GROUPS.items():
        rows = {path.stem: measured(path) for path in texts_of(folder)}
        print(f"\n{group}" + ("" if rows else ": not here"))
        for name, row in rows.items():
            _print(name, row)
        everything += rows.values()
    if everything:
        print()
        _print(f"all {len(everything)}", together(everything))
        print(f"{REFUSED}, which is a report: {'refused' if is_refused() else 'NOT refused'}")
    print(f"\nError rate: {' '.join((__doc__ or '').partition('error rate of the text is ')[2].split())}")


if __name__ == "__main__":
    main()
