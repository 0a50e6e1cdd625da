"""A resolution as somebody has it, text, Word, PDF or HTML, turned into a mandate for a person to finish."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.joining import Joiner
from tracker.intake.lines import Doubt, clean
from tracker.intake.nodes import Piece
from tracker.intake.outline import Outline
from tracker.intake.requests import requests_of
from tracker.intake.rules import detect, rule_codes, rules
from tracker.intake.scan import Scan
from tracker.intake.source import Unreadable
from tracker.intake.title import id_of, read_masthead, recalled
from tracker.lang import language
from tracker.model import Clause, Footnote, Mandate, Paragraph
from tracker.refs import join

if TYPE_CHECKING:
    from tracker.intake.joining import Joined
    from tracker.intake.lines import Clean
    from tracker.intake.nodes import Node
    from tracker.intake.rules import Rules
    from tracker.intake.source import Source

_STOP = re.compile(r"[.;:,。；：，!?！？…—–][\"”’»)）\]]*(?:\s*(?:and|or|et|y|и|و|和|以及|或))?$")
_GLUED = re.compile(r"(?<=[a-z]{3})\d{1,3}(?=[\s,.;:)]|$)|(?<=[a-z][,.;])\d{1,3}(?=\s|$)")
_AFTER_STOP = re.compile(r"(?<=[a-z0-9)][,;.\"”]) \d{2,3}(?= [a-z]|$|[,.;](?:\s|$))")
_SEARCHED = 4


class ImportedResolution(NamedTuple):
    """A mandate as far as it could be read, and everything a person should look at, with lines of the source."""

    mandate: Mandate
    language: str
    doubts: tuple[Doubt, ...]
    left_out: tuple[Doubt, ...]


def import_resolution(source: Source, *, mandate_id: str = "", code: str | None = None) -> ImportedResolution:
    """Read a resolution; raise `Unreadable` where it is none, or in a language that there are no rules for."""
    chosen = _rules_for(source, code)
    cleaned = clean(source, chosen)
    scan = Scan(cleaned.lines, chosen)
    opening = _opening(scan)
    if opening is None:
        raise _no_resolution(source, chosen)
    outline = Outline(scan, _first_label(scan, opening))
    if not outline.root.children:
        raise Unreadable(
            f"{source.name} opens like a resolution, but no operative paragraph was found in it",
            "look whether the text is whole: operative paragraphs begin with a number or with a verb such as Requests",
        )
    return _Reading(source, cleaned, scan, outline, opening).imported(mandate_id)


def _rules_for(source: Source, code: str | None) -> Rules:
    found = code or detect("\n".join(line.text for line in source.lines))
    chosen = rules(found) if found else None
    if chosen is None:
        known = ", ".join(rule_codes())
        what = f"no rules for {code}" if code else "no rules for the language of this text"
        raise Unreadable(
            f"{source.name} cannot be read: there are {what}",
            f"there are rules for {known}; name one with --language, or add a file to tracker/lang/intake",
        )
    return chosen


def _no_resolution(source: Source, chosen: Rules) -> Unreadable:
    example = next(iter(chosen.data["organs"].values()))
    return Unreadable(
        f"{source.name} is no resolution: no line of it names the body that adopts it, as “{example}” does",
        "a report is brought in by tracker import report; of a longer document, save the resolution alone",
    )


def _opening(scan: Scan) -> int | None:
    """Return the place of the line that names the body, which the preamble follows."""
    for place, text in enumerate(scan.texts):
        match = scan.rules.organ.fullmatch(text)
        if not match:
            continue
        following = scan.texts[place + 1] if place + 1 < len(scan.texts) else ""
        opens = (
            scan.opens_with_verb(following)
            or scan.opens_preamble(following)
            or scan.numbers[place + 1 : place + 2] != [None]
        )
        if opens or (match["end"] and scan.rules.body_of(match["name"])):
            return place
    return None


def _first_label(scan: Scan, opening: int) -> int:
    """Return where the text begins: after the body's name, or at the label of part A that stands above it."""
    for place in range(opening - 1, max(-1, opening - _SEARCHED), -1):
        part = scan.parts[place]
        if part and any(reading.value == 10 for reading in part.readings):
            return place
        if not scan.no_sentence(scan.texts[place]):
            break
    return opening + 1


class _Reading:
    """One resolution while its tree is turned into records."""

    def __init__(self, source: Source, cleaned: Clean, scan: Scan, outline: Outline, opening: int) -> None:
        self.source = source
        self.cleaned = cleaned
        self.scan = scan
        self.outline = outline
        self.opening = opening
        self.rules = scan.rules
        self.code = scan.rules.code
        self.joiner = Joiner(cleaned.lines)
        self.doubts: list[Doubt] = [*cleaned.doubts, *outline.doubts]
        self.marks: list[tuple[int, str]] = []
        self.body = ""

    def imported(self, mandate_id: str) -> ImportedResolution:
        """Return the mandate with all doubts in the order of the source."""
        organ = self.rules.organ.fullmatch(self.scan.texts[self.opening])
        before, loose = self._before()
        after = [piece.text.strip() for piece in self.outline.closing]
        masthead = read_masthead(before, after, organ["name"] if organ else "", self.rules)
        self.body = masthead.body
        paragraphs = tuple(self._paragraph(node, ()) for node in self.outline.root.children)
        preamble = [*loose, *self._texts(self.outline.root.preamble, "")]
        mandate = Mandate(
            id=mandate_id or id_of(masthead),
            symbol=masthead.symbol or None,
            adopted=masthead.adopted or None,
            languages=(self.code,),
            title={self.code: masthead.title} if masthead.title else {},
            agenda=masthead.agenda,
            recalls=recalled(preamble, masthead.body, self.rules),
            preamble=tuple({self.code: text} for text in preamble),
            paragraphs=paragraphs,
            footnotes=self._footnotes(),
        )
        self._doubt_the_whole()
        doubts = sorted({*self.doubts, *self.joiner.doubts})
        return ImportedResolution(
            mandate, self.code, tuple(doubts), tuple(sorted({*self.cleaned.left_out, *self.joiner.left_out}))
        )

    def _before(self) -> tuple[list[str], list[str]]:
        """Return the lines of the masthead, and preambular text that stands above the name of the body."""
        texts = self.scan.texts[: self.opening]
        loose: list[str] = []
        first = next(
            (
                place
                for place in range(1, len(texts))
                if self.scan.opens_preamble(texts[place]) or texts[place].startswith("As a ")
            ),
            None,
        )
        if first is not None and texts[-1].endswith((",", "，")):
            loose = [self.joiner.join(self.outline_pieces(first, len(texts))).text]
            texts = texts[:first]
        return texts, loose

    def outline_pieces(self, start: int, end: int) -> list[Piece]:
        """Return lines as the pieces of one text."""
        return [Piece(line.number, line.text) for line in self.scan.lines[start:end]]

    def _paragraph(self, node: Node, above: tuple[str, ...]) -> Paragraph:
        labels = (*above, node.label)
        path = join(labels)
        text = self._text(node.text, path)
        children = tuple(self._paragraph(child, labels) for child in node.children)
        if node.kind in {"number", "sub", "unnumbered"}:
            self._doubt(node, text, path, has_children=bool(children))
        requests = requests_of(text, self.rules, self.body) if text and node.kind not in {"part", "annex"} else []
        one = requests[0] if requests and (len(requests) == 1 or children) else None
        clauses = (
            ()
            if one or not requests
            else tuple(
                Clause(
                    verb=request.verb,
                    addressees=request.addressees or None,
                    condition=request.condition,
                    reporting=request.reporting,
                    text={self.code: request.text},
                )
                for request in requests
            )
        )
        return Paragraph(
            number=node.label,
            heading=self._map("\n".join(self._headings(node, path))),
            preamble=tuple({self.code: text} for text in self._texts(node.preamble, path)),
            text=self._map(text),
            verb=one.verb if one else None,
            addressees=(one.addressees or None) if one else None,
            condition=one.condition if one else None,
            reporting=one.reporting if one else None,
            paragraphs=children,
            clauses=clauses,
        )

    def _headings(self, node: Node, path: str) -> list[str]:
        return [self._noted(self.joiner.join([piece]), path) for piece in node.heading]

    def _map(self, text: str) -> dict[str, str]:
        return {self.code: text} if text else {}

    def _text(self, pieces: list[Piece], path: str) -> str:
        return self._noted(self.joiner.join(pieces), path)

    def _texts(self, pieces: list[Piece], path: str) -> list[str]:
        return [self._noted(joined, path) for joined in self.joiner.paragraphs(pieces)]

    def _noted(self, joined: Joined, path: str) -> str:
        self.marks.extend((mark, path) for mark in joined.marks)
        return joined.text

    def _footnotes(self) -> tuple[Footnote, ...]:
        called: dict[int, list[str]] = {}
        for mark, path in self.marks:
            called.setdefault(mark, []).append(path)
        return tuple(
            Footnote(
                mark=note.mark,
                paragraphs=tuple(dict.fromkeys(filter(None, called.get(place, ())))),
                text=self._map(note.text),
            )
            for place, note in enumerate(self.cleaned.notes)
            if note.text or place in called
        )

    def _doubt(self, node: Node, text: str, path: str, *, has_children: bool) -> None:
        """Look at one paragraph for what a scan or a copy may have spoilt."""
        if not text and not has_children:
            self.doubts.append(Doubt(node.line, f"paragraph {path} has no text"))
        elif text and not has_children and not _STOP.search(text) and not _AFTER_STOP.search(text[-8:]):
            self.doubts.append(Doubt(node.line, f'paragraph {path} ends without a stop: "…{text[-20:]}"'))
        for piece in node.text:
            self._doubt_line(piece)

    def _doubt_line(self, piece: Piece) -> None:
        patterns = (_GLUED, _AFTER_STOP) if self.rules.spaced else ()
        for found in (match for pattern in patterns for match in pattern.finditer(piece.text)):
            self.doubts.append(Doubt(piece.line, f'"{found.group().strip()}" may be the mark of a footnote'))
        if "\ufffd" in piece.text:
            self.doubts.append(Doubt(piece.line, "a character could not be read: it stands as \ufffd"))
        for pattern, why in self.rules.data.get("suspicions", {}).items():
            for found in re.finditer(pattern, piece.text):
                self.doubts.append(Doubt(piece.line, f'"{found.group()}" {why}'))

    def _doubt_the_whole(self) -> None:
        for page in self.source.unread:
            self.doubts.append(Doubt(0, f"page {page} holds no text: it may be a picture"))
        if not self.rules.verified:
            name = language(self.code).name if self.code else self.code
            self.doubts.append(Doubt(0, f"the rules for {name} are not verified: look at every verb and addressee"))
