"""An earlier report to its brief and to evidence for a person to finish: nothing is mapped, nothing repaired.

Every numbered paragraph becomes an entry, or several where it plainly lists activities; the paragraphs of the
recommendations stay text of the brief. What is in neither is named as left out.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.blocks import pages_of
from tracker.intake.dates import date_in
from tracker.intake.headings import first_of_body
from tracker.intake.lines import Doubt, Left, doubts_of_all, told
from tracker.intake.masthead import Masthead, masthead_of
from tracker.intake.report_tree import Section
from tracker.intake.reportrules import fits, known_codes, report_rules
from tracker.intake.rules import detect
from tracker.intake.sections import tree_of
from tracker.intake.skeletons import Body, Skeleton, body_of
from tracker.intake.source import MARK_BASE, Unreadable
from tracker.lang import REFERENCE, codes
from tracker.lang import language as words_of_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.intake.blocks import Block, Pages
    from tracker.intake.reportrules import ReportRules
    from tracker.intake.source import Source

_FEWEST, _OFTEN = 10, 3
_RESOLUTION = re.compile(r"\d+/\d+")


class Heading(NamedTuple):
    """A section with the paragraphs and sections under it."""

    heading: str
    line: int
    body: tuple[Body, ...]
    sections: tuple[Heading, ...]

    @property
    def bodies(self) -> Iterator[Body]:
        """All its numbered paragraphs in order."""
        yield from self.body
        for section in self.sections:
            yield from section.bodies

    @property
    def entries(self) -> list[Skeleton]:
        """All its entries in order."""
        return [entry for body in self.bodies for entry in body.entries]


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
        return (body for heading in self.outline for body in heading.bodies)

    @property
    def entries(self) -> list[Skeleton]:
        """All entries in order."""
        return [entry for body in self.bodies for entry in body.entries]

    @property
    def left_out(self) -> list[Doubt]:
        """What was left out and why, a run of lines at a time, as the command lists it."""
        return [told(list(run)) for _, run in groupby(self.left, key=lambda one: (one.why, one.run))]


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
        notes=tuple(pages.notes),
        period=_period(text, rules),
        entity=_entity(text, rules),
        resolutions=_cited(text, rules),
        left=tuple(sorted([*pages.left, *head.left, *tree.left, *lost_notes])),
        doubts=tuple(
            sorted(
                [
                    *pages.doubts,
                    *tree.doubts,
                    *_lost(source, rules),
                    *doubts_of_all(source, rules, "heading, date and name"),
                ]
            )
        ),
    )


def _rules_for(source: Source, pages: Pages, language: str | None) -> ReportRules:
    code = language or detect("\n".join(block.text for block in pages.blocks))
    if code in known_codes():
        return report_rules(code)
    known = words_of_language(REFERENCE).listed(sorted(map(_name, known_codes())))
    found, hint = (_name(code), "") if code else ("a language that is not known", "name it with --language, or ")
    raise Unreadable(
        f"{source.name} is in {found}: reports can be read in {known}", f"{hint}take its version in one of them"
    )


def _name(code: str) -> str:
    return words_of_language(REFERENCE).label("languages", code) if code in codes() else f"the language {code}"


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
    texts = [*head.summary, *(text for heading in outline for body in heading.bodies for text in _texts(body))]
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
                yield Doubt(line.number, f'"{around.strip()}" may have lost a character')
