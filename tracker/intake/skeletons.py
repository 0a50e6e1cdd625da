"""A numbered paragraph to entries for a person to finish: one, or several where it plainly lists activities."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.facts import Facts, facts_of, facts_of_sentence, sentences_of
from tracker.lang.formats import letters

if TYPE_CHECKING:
    from tracker.intake.report_tree import Para, Part
    from tracker.intake.reportrules import ReportRules


class Skeleton(NamedTuple):
    """One entry to be: its text as in the source, and what the text says plainly."""

    id: str
    number: str
    text: str
    line: int
    page: int
    facts: Facts


class Body(NamedTuple):
    """One numbered paragraph: text of the brief with its items, or entries after an opening."""

    number: str
    text: str
    items: tuple[str, ...]
    entries: tuple[Skeleton, ...]


def body_of(para: Para, cycle: str, rules: ReportRules, *, recommends: bool) -> Body:
    """Return a paragraph as an outline has it; what recommends stays text of the brief."""
    opening, *items = para.parts
    if recommends:
        return Body(para.number, opening.text, tuple(item.text for item in items), ())
    slug = f"{cycle}-{re.sub(r'[^a-z0-9]+', '-', para.number.lower())}"
    if _lists_activities(opening, items, rules):
        lead = _lead(opening, rules)
        entries = tuple(
            Skeleton(
                # 12-1 and not 121, which is another paragraph.
                f"{slug}{'-' if item.label.isdigit() else ''}{item.label.lower()}",
                para.number,
                item.text,
                item.line,
                para.page,
                _with_lead(item.text, lead, rules),
            )
            for item in items
        )
        return Body(para.number, opening.text, (), entries)
    pieces = [para.text] if items else _activities(para.text, rules)
    marks = [letters(place) if len(pieces) > 1 else "" for place in range(1, len(pieces) + 1)]
    entries = tuple(
        Skeleton(f"{slug}{mark}", para.number, text.strip(), para.line, para.page, facts_of(text, rules))
        for mark, text in zip(marks, pieces, strict=True)
    )
    return Body(para.number, "", (), entries)


def _lead(opening: Part, rules: ReportRules) -> Facts:
    return facts_of_sentence(sentences_of(opening.text, rules)[-1], rules)


def _lists_activities(opening: Part, items: list[Part], rules: ReportRules) -> bool:
    """Tell whether the items are activities: most name a kind of one, and they or the opening say how far it is."""
    labels = {item.label for item in items}
    if len(items) < 2 or len(labels) < len(items):
        return False
    lead = _lead(opening, rules)
    kinds = [facts_of_sentence(item.text, rules) for item in items]
    told = sum(bool(one.type and (one.status or one.date or lead.status)) for one in kinds)
    return told * 2 > len(items)


def _with_lead(text: str, lead: Facts, rules: ReportRules) -> Facts:
    """Give an item what its opening says of all: "The following evaluations were completed in 2024"."""
    facts = facts_of(text, rules)
    whole = facts._replace(date=facts.date or lead.date, by=facts.by or lead.by)
    if facts.status or not lead.status:
        return whole
    kind = lead.type or facts_of_sentence(text, rules).type or facts.type
    return whole._replace(status=lead.status, type=kind)


def _activities(text: str, rules: ReportRules) -> list[str]:
    """Part a paragraph where a sentence begins an activity of its own: its own date, a plan, another State's reply."""
    groups: list[list[str]] = []
    opened: Facts | None = None
    for sentence in sentences_of(text, rules):
        facts = facts_of_sentence(sentence, rules)
        if not groups or (opened and facts.is_activity and _begins_another(facts, opened)):
            groups.append([])
            opened = None
        opened = opened or (facts if facts.is_activity else None)
        groups[-1].append(sentence)
    return ["".join(group) for group in groups]


def _begins_another(facts: Facts, before: Facts) -> bool:
    if "reply" in {facts.type, before.type} and facts.by:
        return facts.by != before.by
    if facts.status == "planned" or before.status == "planned":
        return facts.status != before.status or bool(facts.date and facts.date != before.date)
    return bool(facts.date) and facts.date != before.date and bool(before.date or facts.type != before.type)
