"""Invented workspaces of realistic size, the same for the same seed, with what must come out known beforehand.

    python benchmarks/corpus.py office|secretariat FOLDER [--scale 0.1] [--seed N]

`office` is an office that services some 380 mandates, `secretariat` all mandates of a large secretariat. The texts
are plain invented sentences in English and Chinese, as long as real ones. Each body has a report a year; its
evidence stands in files of some 25 entries, by month and section of the report. One unit in five has no evidence.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from phrases import ASKS, GISTS, MORE, PROSE, SECTIONS, TITLES, TOLD, Dice  # noqa: E402

from tracker.lang import countries  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from phrases import Pair

FIRST_YEAR, YEARS, PER_FILE = 2015, 10, 25
OFFICE, NETWORK = "example-office", "example-network"
# Who is asked, in per cent of the units that ask somebody.
ASKED = {"member-states": 50, "states-parties": 10, "secretariat": 32, NETWORK: 8}
VERBS = ("urges", "encourages", "calls-upon", "invites", "requests")
NO_REQUEST = ("takes-note", "welcomes", "stresses")
# Where the evidence on a unit leads, and what an entry beyond the first does, in per cent.
LEADS_TO = {"reported": 88, "supported": 8, "planned": 4}
MORE_EVIDENCE = {"action": 80, "fact": 15, "announcement": 3, "unplaced": 2}
# One entry in so many lacks its source, which `check` warns of.
SOURCELESS = 1000


class Size(NamedTuple):
    """How much there is of everything; every body has a report in each year."""

    bodies: int
    mandates: int
    units: int
    entries: int

    def scaled(self, scale: float) -> Size:
        """Return a smaller or larger size of the same shape."""
        return Size(*(max(1, round(count * scale)) for count in self))


SIZES = {"office": Size(10, 380, 6_000, 25_000), "secretariat": Size(40, 4_000, 80_000, 400_000)}


class Made(NamedTuple):
    """What was written, and what `tracker` must say of it."""

    size: Size
    files: int
    megabytes: float
    statuses: dict[str, int]
    warnings: int
    report: str

    @property
    def gaps(self) -> int:
        """How many units have no reported action."""
        return sum(self.statuses.values()) - self.statuses["reported"]


class Unit(NamedTuple):
    """A unit as planned: who is asked, and the status that its evidence leads to."""

    ref: str
    asked: str
    status: str


class Entry(NamedTuple):
    """An entry as planned: its status (empty for a fact), who acts, what it addresses; what follows may retire it."""

    status: str
    by: str
    addresses: tuple[str, ...]
    is_followed: bool = False


def write(name: str, folder: Path, scale: float = 1, seed: int = 7) -> Made:
    """Write a workspace of a known size into a folder, and return what must come out."""
    return write_size(SIZES[name].scaled(scale), folder, seed)


def write_size(size: Size, folder: Path, seed: int = 7) -> Made:
    """Write a workspace of any size into a folder, and return what must come out."""
    return _Writer(size, folder, seed).write()


def _shares(total: int, parts: int) -> list[int]:
    return [total * (part + 1) // parts - total * part // parts for part in range(parts)]


def _both(pair: Pair) -> str:
    return f"{{en: {pair[0]}, zh: {pair[1]}}}"


def _text(key: str, sentences: Sequence[Pair], indent: str) -> str:
    """Write a text in both languages, the English folded, a sentence a line."""
    lines = "".join(f"{indent}    {english}\n" for english, _ in sentences)
    return f"{indent}{key}:\n{indent}  en: >-\n{lines}{indent}  zh: {''.join(chinese for _, chinese in sentences)}\n"


class _Writer:
    """Writes body after body, so that the largest workspace takes no more memory than one body."""

    def __init__(self, size: Size, folder: Path, seed: int) -> None:
        self.size = size
        self.folder = folder
        self.dice = Dice(seed)
        self.states = list(countries())
        self.statuses: Counter[str] = Counter()
        self.files = self.bytes = self.entries = self.warnings = self.units = self.silent = 0
        self.documents: list[str] = []
        self.announced = ""

    def write(self) -> Made:
        size = self.size
        shares = (_shares(total, size.bodies) for total in size[1:])
        for number, counts in enumerate(zip(*shares, strict=True), 1):
            self._body(f"body{number:02}", *counts)
        self._file("reports/documents.yaml", "".join(self.documents))
        report = f"{FIRST_YEAR + YEARS - 1}-body01"
        return Made(size, self.files, self.bytes / 1e6, dict(self.statuses), self.warnings, report)

    def _file(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode()
        target.write_bytes(data)
        self.files += 1
        self.bytes += len(data)

    def _body(self, body: str, mandates: int, units: int, entries: int) -> None:
        ids = [f"{body}-{60 + index // 20}-{index % 20 + 1}" for index in range(mandates)]
        counts = zip(ids, self._uneven(units, mandates), strict=True)
        planned = [unit for name, count in counts for unit in self._mandate(body, name, count)]
        self.statuses.update(unit.status for unit in planned)
        evidence = iter(self._evidence(ids, planned, entries))
        for year, share in enumerate(_shares(entries, YEARS), FIRST_YEAR):
            self._cycle(body, year, ids, [next(evidence) for _ in range(share)])

    def _uneven(self, units: int, mandates: int) -> list[int]:
        """Share units out among mandates; of two neighbours one has some of the other's."""
        counts = _shares(units, mandates)
        for index in range(0, mandates - 1, 2):
            given = self.dice.randrange(counts[index] // 2 + 1)
            counts[index] -= given
            counts[index + 1] += given
        return counts

    def _mandate(self, body: str, name: str, count: int) -> list[Unit]:
        """Write a mandate, a request for a report last; return its units."""
        _, session, resolution = name.split("-")
        symbol = f"{body.upper()}/RES/{session}/{resolution}"
        adopted = f"{1945 + int(session)}-12-{int(resolution):02}"
        parts = [f"symbol: {symbol}\nadopted: {adopted}\nlanguages: [en, zh]\n"]
        parts += [_text("title", [self.dice.sentence(TITLES)], ""), "paragraphs:\n"]
        units: list[Unit] = []
        while len(units) < count:
            ref = f"{name}:{len(parts) - 2}"
            inner = min(count - len(units), self.dice.choices((1, 2, 3, 4), (70, 15, 10, 5))[0])
            found, text = self._paragraph(ref, body, inner, last=len(units) + inner == count)
            units += found
            parts.append(f"  - number: {len(parts) - 2}\n{text}")
        self._file(f"mandates/{name}.yaml", "".join(parts))
        return units

    def _paragraph(self, ref: str, body: str, inner: int, *, last: bool) -> tuple[list[Unit], str]:
        """Return the units of a paragraph, which is one, has two clauses, or lettered items."""
        asked = self.dice.weighed(ASKED)
        if inner == 1:
            if last:
                return self._request_for_report(ref, body)
            unit = self._unit(ref, asked)
            if unit.status == "none" and self.dice.random() < 0.4:
                unit = Unit(ref, "", "not-applicable")
            return [unit], self._asks(unit.asked, "    ", with_text=True)
        opening = _text("text", self.dice.sentences(ASKS, 2), "    ")
        if inner == 2:
            units = [self._unit(f"{ref}#{number}", asked) for number in (1, 2)]
            clauses = ("      - " + self._asks(asked, "        ", with_text=False).lstrip() for _ in units)
            return units, f"{opening}    clauses:\n{''.join(clauses)}"
        letters = "abcd"[:inner]
        units = [self._unit(f"{ref}({letter})", asked) for letter in letters]
        below = (f"      - number: {letter}\n{self._item()}" for letter in letters)
        return units, f"{opening}{self._whom(asked, '    ')}    paragraphs:\n{''.join(below)}"

    def _item(self) -> str:
        return (
            _text("text", self.dice.sentences(MORE, 2), "        ")
            + f"        gist: {_both(self.dice.sentence(GISTS))}\n"
        )

    def _request_for_report(self, ref: str, body: str) -> tuple[list[Unit], str]:
        """Return a request that the report of a year answers."""
        unit = self._unit(ref, "secretariat")
        text = self._asks("secretariat", "    ", with_text=True)
        if unit.status == "none":
            return [unit], text
        session = self.dice.randrange(YEARS - 1) + 1
        return [unit._replace(status="reported")], f"{text}    reporting: {{to: {body}, session: {session}}}\n"

    def _unit(self, ref: str, asked: str) -> Unit:
        """Plan a unit: of every five, one at random has no evidence."""
        if self.units % 5 == 0:
            self.silent = self.dice.randrange(5)
        is_silent = self.units % 5 == self.silent
        self.units += 1
        return Unit(ref, asked, "none" if is_silent else self.dice.weighed(LEADS_TO))

    def _asks(self, asked: str, indent: str, *, with_text: bool) -> str:
        text = _text("text", self.dice.sentences(ASKS, 2) + self.dice.sentences(MORE, 2), indent) if with_text else ""
        return f"{text}{self._whom(asked, indent)}{indent}gist: {_both(self.dice.sentence(GISTS))}\n"

    def _whom(self, asked: str, indent: str) -> str:
        verb = self.dice.choice(VERBS if asked else NO_REQUEST)
        return f"{indent}verb: {verb}\n" + (f"{indent}addressees: [{asked}]\n" if asked else "")

    def _evidence(self, mandates: Sequence[str], units: Sequence[Unit], count: int) -> list[Entry]:
        """Plan the evidence on a body's mandates: an entry that gives each unit its status, and more of them."""
        told = [unit for unit in units if unit.status in LEADS_TO]
        reported = [unit for unit in told if unit.status == "reported"]
        entries = [self._first(unit) for unit in told]
        entries += [self._further(mandates, told, reported) for _ in range(count - len(told))]
        self.dice.shuffle(entries)
        return entries

    def _first(self, unit: Unit) -> Entry:
        if unit.status == "planned":
            return Entry("planned", OFFICE, (unit.ref,))
        return Entry(self._done(), self._actor(unit.asked, is_asked=unit.status == "reported"), (unit.ref,))

    def _further(self, mandates: Sequence[str], told: Sequence[Unit], reported: Sequence[Unit]) -> Entry:
        """Plan an entry that changes the status of no unit."""
        kind = self.dice.weighed(MORE_EVIDENCE)
        if kind == "fact":
            return Entry("", OFFICE, (self.dice.choice(told).ref,))
        if kind == "unplaced":
            return Entry(self._done(), OFFICE, (self.dice.choice(mandates),))
        units = self.dice.choices(reported, k=self.dice.choices((1, 2, 3), (65, 25, 10))[0])
        addresses = tuple(dict.fromkeys(unit.ref for unit in units))
        if kind == "announcement":
            return Entry("planned", OFFICE, addresses, is_followed=True)
        return Entry(self._done(), self._actor(units[0].asked, is_asked=self.dice.random() < 0.6), addresses)

    def _done(self) -> str:
        return self.dice.choices(("completed", "ongoing"), (70, 30))[0]

    def _actor(self, asked: str, *, is_asked: bool) -> str:
        """Return who acts: one of those asked, or somebody else."""
        states = asked in {"member-states", "states-parties"}
        if asked == NETWORK:
            return NETWORK if is_asked else OFFICE
        return self.dice.choice(self.states) if states == is_asked else f"{OFFICE}/{self.dice.choice(list(SECTIONS))}"

    def _cycle(self, body: str, year: int, mandates: Sequence[str], entries: Sequence[Entry]) -> None:
        """Write a report's brief, its evidence and the report as a source."""
        name = f"{year}-{body}"
        sections: dict[str, None] = {}
        for number, start in enumerate(range(0, len(entries), PER_FILE)):
            section = list(SECTIONS)[number % len(SECTIONS)]
            sections[section] = None
            month = 1 + number * PER_FILE * 12 // len(entries)
            path = f"reports/{name}/evidence/{month:02}-{section}-{number + 1}.yaml"
            chosen = enumerate(entries[start : start + PER_FILE], start + 1)
            text = "\n".join(self._entry(name, place, entry, section, month) for place, entry in chosen)
            self._file(path, text)
        self._file(f"reports/{name}/report.yaml", self._brief(body, year, mandates, sections))
        title = _both((f"Report of {year} to {body}", f"{body} {year} 年报告"))
        self.documents.append(f"report-{name}:\n  title: {title}\n  languages: [en, zh]\n")

    def _entry(self, cycle: str, place: int, entry: Entry, section: str, month: int) -> str:
        dice = self.dice
        _, _, actions, fact = SECTIONS[section]
        kind = dice.choice(actions) if entry.status else fact
        lines = [f"- id: {cycle}-{place}\n  title: {_both(dice.sentence(GISTS))}\n  type: {kind}\n"]
        if entry.status:
            day = f"-{dice.randint(1, 28):02}" if dice.random() < 0.6 else ""
            lines.append(f"  status: {entry.status}\n  date: {cycle[:4]}-{month:02}{day}\n  by: [{entry.by}]\n")
        if dice.random() < 0.5:
            served = dice.sample(self.states, dice.randint(1, 4))
            lines.append(f"  countries: [{', '.join(served)}]\n")
        summary = dice.sentences(PROSE, 3)
        if dice.random() < 0.3:
            n, m = dice.randint(2, 60), dice.randint(70, 900)
            summary.append(dice.sentence(TOLD, n=n, m=m))
            lines.append(f"  figures: {{events: {n}, participants: {m}}}\n")
        lines.append(f"  addresses: [{', '.join(entry.addresses)}]\n{_text('summary', summary, '  ')}")
        lines.append(self._source(cycle, place))
        if entry.status == "ongoing" and place % PER_FILE > 1 and dice.random() < 0.1:
            lines.append(f"  part_of: {cycle}-{place - 1}\n")
        if entry.is_followed:
            self.announced = f"{cycle}-{place}"
        elif self.announced and entry.status == "completed":
            lines.append(f"  follows: [{self.announced}]\n")
            self.announced = ""
        return "".join(lines)

    def _source(self, cycle: str, place: int) -> str:
        self.entries += 1
        if self.entries % SOURCELESS == 0:
            self.warnings += 1
            return ""
        return f"  sources: [report-{cycle}:{place}]\n"

    def _brief(self, body: str, year: int, mandates: Sequence[str], sections: Iterable[str]) -> str:
        session = year - FIRST_YEAR + 1
        outline = "".join(
            f"  - heading: {_both(SECTIONS[name][:2])}\n    body:\n      - select: {{types: [{', '.join(types)}]}}\n"
            for name, types in ((name, (*SECTIONS[name][2], SECTIONS[name][3])) for name in sections)
        )
        return (
            f"title: {_both((f'Work done for {body} in {year}', f'{year} 年为 {body} 开展的工作'))}\n"
            f"to: {body}\nsession: {{number: {session}, place: {{en: Sampletown, zh: 样城}}}}\n"
            f"mandates: [{', '.join(mandates)}]\n"
            f"entity: {{name: {OFFICE}, addressed_as: [secretariat]}}\nperiod: {year}\n"
            f"state: {'submitted' if session < YEARS else 'draft'}\nlanguages: [en, zh]\n"
            f"{_text('summary', self.dice.sentences(PROSE, 3), '')}outline:\n"
            f"  - heading: {{en: Introduction, zh: 导言}}\n    body:\n"
            f"      - {_text('text', self.dice.sentences(PROSE, 3), '        ').lstrip()}{outline}"
        )


def main() -> None:
    """Write a workspace, and print what must come out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    made = write(given.size, given.folder, given.scale, given.seed)
    print(f"{made.files} files, {made.megabytes:.1f} MB: {made.size}")
    print(f"{made.gaps} gaps, {made.warnings} warnings, statuses: {made.statuses}; newest report: {made.report}")


if __name__ == "__main__":
    main()
