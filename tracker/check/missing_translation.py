"""A text is missing in a language that the report is drafted in.

A draft never falls back to another language: where a text is missing it prints a visible gap, and
the versions of a report would not say the same. What is needed in each of the brief's `languages`
is its title, place, agenda title, summary and outline, the summaries of its entries and what its
mandates ask, the `gist`. A text that exists in no language is not asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker import lang
from tracker.check.records import Spot, texts_of
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.subject import Subject
    from tracker.load.workspace import Workspace
    from tracker.model import Text
    from tracker.problems import Problem

CODE = "missing-translation"
LEVEL = Level.WARNING


def check(subject: Subject) -> Iterator[Problem]:
    """Yield each text that a draft would print a gap for."""
    ws = subject.ws
    wanted = _wanted(ws)
    for spot, text in _drafted(subject):
        missing = [code for code in wanted.get(spot.record, ()) if not text.get(code, "").strip()]
        if missing and any(text.values()):
            whose = spot.record if spot.record in ws.entries or spot.record in ws.mandates else "the report"
            message = f"this {spot.path[-1]} of {whose} has no text in {', '.join(missing)}"
            yield subject.problem(spot, LEVEL, CODE, message, f"add {missing[0]}: … beside {next(iter(text))}")


def _drafted(subject: Subject) -> Iterator[tuple[Spot, Text]]:
    """Yield each text that drafts print."""
    for entry in subject.entries:
        yield Spot(entry.id, ("summary",)), entry.summary
    for spot, node in subject.nodes():
        yield Spot(spot.record, (*spot.path, "gist")), node.gist
    for brief in subject.briefs:
        yield from ((spot, text) for spot, text in texts_of(brief) if spot.path[0] != "assessments")


def _wanted(ws: Workspace) -> dict[str, dict[str, None]]:
    """Return the languages each record is drafted in: an old entry also those of a report that takes it over."""
    wanted: dict[str, dict[str, None]] = {}
    known = lang.codes()
    for name, cycle in ws.cycles.items():
        held = [other for other in (name, *cycle.brief.evidence_from) if other in ws.cycles]
        entries = [entry.id for other in held for entry in ws.cycles[other].entries]
        languages = dict.fromkeys(code for code in cycle.brief.languages if code in known)
        for record in (name, *cycle.brief.mandates, *entries):
            wanted.setdefault(record, {}).update(languages)
    return wanted
