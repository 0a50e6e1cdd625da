"""An earlier report to its brief and to evidence for a person to finish: nothing is mapped, nothing repaired.

Every numbered paragraph becomes an entry, or several where it plainly lists activities; the paragraphs of the
recommendations stay text of the brief. What is in neither is named as left out.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.dates import date_in
from tracker.intake.lines import Doubt
from tracker.intake.marks import first_of_body
from tracker.intake.masthead import Masthead, masthead_of
from tracker.intake.pages import Left, pages_of
from tracker.intake.reportrules import fits, known_codes, report_rules
from tracker.intake.sections import tree_of
from tracker.intake.skeletons import Body, Skeleton, body_of
from tracker.intake.source import MARK_BASE, Unreadable
from tracker.intake.tree import Section
from tracker.lang import codes
from tracker.lang import language as words_of_language
from tracker.lang.words import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.intake.pages import Block, Pages
    from tracker.intake.reportrules import ReportRules
    from tracker.intake.source import Source

_SAMPLE = 20_000
_FEWEST, _OFTEN, _SHOWN = 10, 3, 60
_RESOLUTION = re.compile(r"\d+/\d+")


class Heading(NamedTuple):
    """A section with the paragraphs and sections under it."""

    heading: str
    line: int
    body: tuple[Body, ...]
    sections: tuple[Heading, ...]


class ImportedReport(NamedTuple):
    """All that was read.

    `period` is empty where the report names none; `resolutions` are the numbers of those it cites, with how often.
    """

    name: str
    cycle: str
    language: str
    masthead: Masthead
    outline: tuple[Heading, ...]
    notes: tuple[str, ...]
    period: str
    entity: str
    resolutions: tuple[tuple[str, int], ...]
    left: tuple[Left, ...]
    doubts: tuple[Doubt, ...]

    @property
    def bodies(self) -> Iterator[Body]:
        """All numbered paragraphs in order."""
        return _bodies(self.outline)

    @property
    def entries(self) -> list[Skeleton]:
        """All entries in order."""
        return [entry for body in self.bodies for entry in body.entries]

    @property
    def left_out(self) -> list[Doubt]:
        """What was left out and why, a run of lines at a time, as the command lists it."""
        return [_told(list(run)) for _, run in groupby(self.left, key=lambda one: (one.why, one.run))]


def _told(run: list[Left]) -> Doubt:
    first, last = run[0], run[-1]
    if len(run) == 1:
        return Doubt(first.line, f"left out ({first.why}): {first.text}")
    return Doubt(first.line, f"left out up to line {last.line} ({first.why}): {_cut(first.text)} … {_cut(last.text)}")


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _bodies(headings: tuple[Heading, ...]) -> Iterator[Body]:
    for heading in headings:
        yield from heading.body
        yield from _bodies(heading.sections)


def import_report(source: Source, cycle: str, language: str | None = None) -> ImportedReport:
    """Read a report; raise `Unreadable` when it is none, or in a language without rules."""
    pages = pages_of(source)
    rules = _rules_for(source, pages, language)
    start = first_of_body(pages.blocks, rules)
    if start is None:
        raise _no_report(source.name, "it has no numbered paragraphs")
    head = masthead_of(pages.blocks[:start], pages.starred, rules, pages.usual)
    tree = tree_of(pages.blocks[start:], rules)
    _refuse_resolution(source.name, pages.blocks[:start], tree.root, rules)
    if not (head.author or head.session or head.item) and len(list(tree.root.all_paras)) < _FEWEST:
        raise _no_report(source.name, "no author, session or agenda item stands before its numbered paragraphs")
    outline = _outline(tree.root, cycle, rules)
    lost_notes = _notes_without_place(pages, head, outline)
    text = "\n".join(block.text for block in pages.blocks)
    return ImportedReport(
        name=source.name,
        cycle=cycle,
        language=rules.code,
        masthead=head,
        outline=outline,
        notes=pages.notes,
        period=_period(text, rules),
        entity=_entity(text, rules),
        resolutions=_cited(text, rules),
        left=tuple(sorted([*pages.left, *head.left, *tree.left, *lost_notes])),
        doubts=tuple(sorted([*pages.doubts, *tree.doubts, *_lost(source, rules), *_of_the_whole(source, rules)])),
    )


def _rules_for(source: Source, pages: Pages, language: str | None) -> ReportRules:
    text = "\n".join(block.text for block in pages.blocks)[:_SAMPLE]
    code = language or language_of(text)
    if code in known_codes():
        return report_rules(code)
    known = sorted(_name(one) for one in known_codes())
    can = words_of_language("en").listed(known)
    raise Unreadable(
        f"{source.name} is in {_name(code)}: reports can be read in {can}", "take its version in one of them"
    )


def _name(code: str) -> str:
    return words_of_language("en").label("languages", code) if code in codes() else f"the language {code}"


def _no_report(name: str, why: str) -> Unreadable:
    return Unreadable(f"{name} is not a report: {why}", "a report has numbered paragraphs, most often under headings")


def _refuse_resolution(name: str, head: Sequence[Block], root: Section, rules: ReportRules) -> None:
    """Refuse a text that opens as a resolution does, or whose paragraphs begin with operative verbs."""
    organs = [organ for names in rules.data["organs"].values() for organ in names]
    opening = next((block.text for block in head if fits(rules.data["resolution_opens"], block.text)), "")
    paras = list(root.all_paras)
    asking = sum(para.text.startswith(tuple(rules.language.data["verbs"].values())) for para in paras)
    if any(organ in opening for organ in organs) or asking * 2 > len(paras):
        raise Unreadable(
            f"{name} looks like a resolution, not a report: {asking} of its {len(paras)} paragraphs ask or decide",
            "use tracker import resolution",
        )


def _notes_without_place(pages: Pages, head: Masthead, outline: tuple[Heading, ...]) -> list[Left]:
    """Return the footnotes that are called in headings, or in what is left out."""
    texts = [*head.summary, *(text for body in _bodies(outline) for text in _texts(body))]
    called = {one for text in texts for one in text}
    return [
        Left(0, note, "a footnote to a heading or to what is left out", place)
        for place, note in enumerate(pages.notes)
        if chr(MARK_BASE + place) not in called
    ]


def _texts(body: Body) -> Iterator[str]:
    yield body.text
    yield from body.items
    yield from (entry.text for entry in body.entries)


def _outline(root: Section, cycle: str, rules: ReportRules) -> tuple[Heading, ...]:
    own = (_section(Section(0, "", root.line, root.paras), cycle, rules, recommends=False),) if root.paras else ()
    return (*own, *(_section(section, cycle, rules, recommends=False) for section in root.sections))


def _section(section: Section, cycle: str, rules: ReportRules, *, recommends: bool) -> Heading:
    patterns = rules.data["headings"]["recommendations"]
    recommends = recommends or bool(fits([f"(?i:{one})" for one in patterns], section.heading))
    return Heading(
        section.heading,
        section.line,
        tuple(body_of(para, cycle, rules, recommends=recommends) for para in section.paras),
        tuple(_section(inner, cycle, rules, recommends=recommends) for inner in section.sections),
    )


def _period(text: str, rules: ReportRules) -> str:
    for pattern in rules.data["period"]:
        if match := rules.filled(pattern).search(text):
            found = date_in(match["date"], rules)
            if found and "/" in found.value:
                return found.value
    return ""


def _entity(text: str, rules: ReportRules) -> str:
    counts = {name: sum(text.count(one) for one in names) for name, names in rules.data["entities"].items()}
    name = max(counts, key=lambda one: counts[one], default="")
    return name if name and counts[name] >= _OFTEN else ""


def _cited(text: str, rules: ReportRules) -> tuple[tuple[str, int], ...]:
    """Return the numbers of the resolutions cited, the commonest first."""
    lists = (match.group() for pattern in rules.data["resolutions"] for match in re.finditer(pattern, text))
    return tuple(Counter(number for one in lists for number in _RESOLUTION.findall(one)).most_common())


def _lost(source: Source, rules: ReportRules) -> Iterator[Doubt]:
    """Say where a character may be missing; what it was is not for a program to tell."""
    for line in source.lines:
        text = line.text.strip()
        for one in rules.data["lost"]:
            for match in re.finditer(one["pattern"], text):
                around = text[max(0, match.start() - int(one["before"])) : match.end() + int(one["after"])]
                yield Doubt(line.number, f"“{around.strip()}” may have lost a character")


def _of_the_whole(source: Source, rules: ReportRules) -> Iterator[Doubt]:
    if not rules.verified:
        message = f"how reports are written in {_name(rules.code)} was not held against official texts: look closely"
        yield Doubt(0, message)
    for page in source.unread:
        yield Doubt(0, f"page {page} holds no text that can be read")
