"""A resolution as somebody has it, text, Word, PDF or HTML, turned into a mandate for a person to finish."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.cleaning import clean
from tracker.intake.labels import FIRST
from tracker.intake.lines import Doubt, doubts_of_all, told
from tracker.intake.nodes import Piece
from tracker.intake.outline import Outline
from tracker.intake.paragraphs import Paragraphs
from tracker.intake.rules import detect, rule_codes, rules
from tracker.intake.scan import Scan
from tracker.intake.source import Unreadable
from tracker.intake.title import id_of, read_masthead, recalled
from tracker.model import Mandate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.intake.rules import Rules
    from tracker.intake.source import Source

# How many lines above the name of the body the label of part A may stand.
_ABOVE = 4
# So many numbered paragraphs before the name of a body are those of a report.
_OF_A_REPORT = 15


class ImportedResolution(NamedTuple):
    """A mandate as far as it could be read, and everything a person should look at, with lines of the source."""

    mandate: Mandate
    body: str
    language: str
    doubts: tuple[Doubt, ...]
    left_out: tuple[Doubt, ...]


def import_resolution(source: Source, *, mandate_id: str = "", code: str | None = None) -> ImportedResolution:
    """Read a resolution; raise `Unreadable` where it is none, or in a language that there are no rules for.

    The mandate's id is empty where neither the caller nor the text says it.
    """
    chosen = _rules_for(source, code)
    cleaned = clean(source, chosen)
    scan = Scan(cleaned.lines, chosen)
    opening = _opening(source, scan)
    start = _start(scan, opening)
    outline = Outline(scan, start)
    if not outline.root.children:
        raise Unreadable(
            f"{source.name} opens like a resolution, but no operative paragraph was found in it",
            "look whether the text is whole: operative paragraphs begin with a number or with a verb such as Requests",
        )
    # What stands between the label of part A and the body's name is the part's own heading.
    head = start if start < opening else _preamble_above(scan, opening)
    after = [piece.text.strip() for piece in outline.closing]
    organ = chosen.organ.fullmatch(scan.texts[opening])
    masthead = read_masthead(scan.texts[:head], after, organ["name"] if organ else "", chosen)
    reader = Paragraphs(cleaned, chosen, masthead.body)
    above = [Piece(line.number, line.text) for line in scan.lines[head : min(start, opening)]]
    preamble = [*reader.blocks(above), *reader.blocks(outline.root.preamble)]
    mandate = Mandate(
        id=mandate_id or id_of(masthead),
        symbol=masthead.symbol or None,
        adopted=masthead.adopted or None,
        languages=(chosen.code,),
        title=reader.text(masthead.title),
        agenda=masthead.agenda,
        recalls=recalled(preamble, masthead.body, chosen),
        preamble=tuple(map(reader.text, preamble)),
        paragraphs=tuple(map(reader.paragraph, outline.root.children)),
        footnotes=reader.footnotes(),
    )
    doubts = {*cleaned.doubts, *outline.doubts, *reader.doubts, *doubts_of_all(source, chosen, "verb and addressee")}
    left_out = {*(told([left]) for left in (*cleaned.left, *reader.joiner.left)), *_around(scan, head, outline)}
    return ImportedResolution(mandate, masthead.body, chosen.code, tuple(sorted(doubts)), tuple(sorted(left_out)))


def _rules_for(source: Source, code: str | None) -> Rules:
    found = code or detect("\n".join(line.text for line in source.lines))
    chosen = rules(found) if found else None
    if chosen is None:
        what = f"rules for {code}" if code else "rules for the language of this text"
        raise Unreadable(
            f"{source.name} cannot be read: there are no {what}",
            f"there are rules for {', '.join(rule_codes())}; name one with --language, or add a file of rules",
        )
    return chosen


def _opening(source: Source, scan: Scan) -> int:
    """Return the place of the line that names the body, which the preamble follows."""
    opening = next((place for place in range(len(scan.texts)) if scan.opens_resolution(place)), None)
    # A report that quotes a resolution is no resolution.
    if opening is not None and sum(found is not None for found in scan.numbers[:opening]) < _OF_A_REPORT:
        return opening
    example = next(iter(scan.rules.data["organs"].values()))
    raise Unreadable(
        f"{source.name} is no resolution: no line of it names the body that adopts it, as “{example}” does",
        "a report is brought in by tracker import report; of a longer document, save the resolution alone",
    )


def _start(scan: Scan, opening: int) -> int:
    """Return where the text begins: after the body's name, or at the label of part A that stands above it."""
    for place in range(opening - 1, max(-1, opening - _ABOVE), -1):
        part = scan.parts[place]
        if part and any(reading.value == FIRST for reading in part.readings):
            return place
        if not scan.no_sentence(scan.texts[place]):
            break
    return opening + 1


def _preamble_above(scan: Scan, opening: int) -> int:
    """Return where preambular text begins that stands above the body's name, as in the Council's first years."""
    if not scan.texts[opening - 1].endswith((",", "，")):
        return opening
    for place in range(opening - 1, 0, -1):
        if scan.fresh(place):
            return place
    return opening


def _around(scan: Scan, head: int, outline: Outline) -> Iterator[Doubt]:
    """Name what stands around the resolution and is no part of it: another one on the same page."""
    before = [place for place in range(head) if (found := scan.numbers[place]) and scan.opens_with_verb(found.rest)]
    if before:
        first, last = scan.lines[0].number, scan.lines[before[-1]].number
        yield Doubt(first, f"{_lines(first, last)} left out, before the resolution")
    after = [piece for piece in outline.closing if not scan.rules.closing.match(piece.text)]
    if after:
        text = after[0].text.strip()
        yield Doubt(
            after[0].line,
            f'{_lines(after[0].line, after[-1].line)} left out, after the closing formula: "{text[:40]}…"',
        )


def _lines(first: int, last: int) -> str:
    return f"lines {first} to {last}" if last > first else f"line {first}"
