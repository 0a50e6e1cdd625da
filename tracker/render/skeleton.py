"""The brief that begins the next report, as YAML for a person to go on with."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.cover.promises import open_announcements, retired_in
from tracker.cover.scope import scope_of
from tracker.dates import OPEN, parse_date
from tracker.draft.prose import titled
from tracker.draft.titles import titles_of
from tracker.lang import REFERENCE, codes, language
from tracker.load.scalars import scalar
from tracker.model import ActionStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.load.workspace import Workspace
    from tracker.model import Brief, Entry, Section, Text

_CYCLE = re.compile(r"(\d{4})-([a-z]+(?:-[a-z]+)*)-(\d+)")


def cycle_parts(cycle: str) -> tuple[str, str, str]:
    """Return year, body and session of a cycle named as `2014-ccpcj-23`; empty where it is not."""
    match = _CYCLE.match(cycle)
    return (match.group(1), match.group(2), match.group(3)) if match else ("", "", "")


def next_brief(ws: Workspace, previous: str, cycle: str) -> str:
    """Write the brief that follows a report: next period and session, its headings, and what to ask."""
    brief = ws.cycles[previous].brief
    year, body, session = cycle_parts(cycle)
    number = session or str(brief.session.number + 1)
    lines = [
        "# yaml-language-server: $schema=../../schemas/report.json",
        f"# Begun after {previous}. What it says of title, agenda and session must be checked.",
        *_text("title", brief.title, ""),
        f"author: {brief.author}",
        f"to: {body or brief.to}",
        "session:",
        f"  number: {number}",
        *_text("place", brief.session.place, "  "),
        "  # dates: the days of the session, once known",
        '# agenda: {item: "", title: {}, footnote: the provisional agenda}',
        f"mandates: {_list(brief.mandates)}",
        f"entity: {{name: {scalar(brief.entity.name)}, addressed_as: {_list(brief.entity.addressed_as)}}}",
        f"period: {_next_period(brief, year)}",
        "state: draft",
        f"languages: {_list(brief.languages)}",
        *([f"word_limit: {brief.word_limit}"] if brief.word_limit else []),
    ]
    outline = [*_headings(brief.outline, "  "), *_questions(ws, brief)]
    lines += ["outline:", *outline] if outline else []
    return "\n".join(lines) + "\n"


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(map(scalar, items))}]"


def _next_period(brief: Brief, year: str) -> str:
    span = parse_date(brief.period)
    if span is None or span.last == OPEN:
        year = year or brief.period[:4]
        return f"{year}-01-01/{year}-12-31"
    last_year, rest = int(span.last[:4]), span.last[4:]
    previous_year = cycle_parts(brief.id)[0]
    # Sessions a year apart report on a year, however long the first report's period was.
    years = int(year) - int(previous_year) if year and previous_year else 1
    end = f"{last_year + max(1, years)}{rest.replace('-02-29', '-02-28')}"
    return f"{_day_after(span.last)}/{end}"


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _headings(sections: Iterable[Section], indent: str) -> Iterator[str]:
    for section in sections:
        if section.internal:
            continue
        if not section.heading:
            yield from _headings(section.sections, indent)
            continue
        first, *rest = _text("heading", section.heading, f"{indent}  ")
        yield f"{indent}- {first.strip()}"
        yield from rest
        yield f"{indent}  body: []"
        if any(inner.heading and not inner.internal for inner in section.sections):
            yield f"{indent}  sections:"
            yield from _headings(section.sections, f"{indent}    ")


def _questions(ws: Workspace, brief: Brief) -> Iterator[str]:
    scope = scope_of(ws, brief.id)
    followed = retired_in(ws, scope_of(ws))
    announced = [entry for entry in open_announcements(ws, scope) if entry.id not in followed]
    ongoing = _still_ongoing(ws, brief.id, followed)
    if not announced and not ongoing:
        return
    yield "  # For the drafter: no clean draft prints this section. A question goes once an entry of this"
    yield "  # or a later report says `follows: [the entry it asks about]`."
    yield from _heading("questions", brief.languages)
    yield "    internal: true"
    yield "    sections:"
    for key, word, entries in (
        ("questions_announced", "question", announced),
        ("questions_ongoing", "question_renew", ongoing),
    ):
        if entries:
            first, *rest = _heading(key, brief.languages)
            yield f"    {first}"
            yield from (f"    {line}" for line in rest)
            yield "        internal: true"
            yield "        body:"
            for entry in entries:
                yield from _question(entry, word, brief.languages)


def _known(languages: Iterable[str]) -> list[str]:
    return [code for code in languages if code in codes()] or [REFERENCE]


def _still_ongoing(ws: Workspace, previous: str, followed: frozenset[str]) -> list[Entry]:
    return [
        entry
        for entry in ws.cycles[previous].entries
        if entry.status is ActionStatus.ONGOING and entry.id not in followed
    ]


def _heading(key: str, languages: Iterable[str]) -> list[str]:
    words = {code: language(code).word(key) for code in _known(languages)}
    first, *rest = _text("heading", words, "    ")
    return [f"  - {first.strip()}", *rest]


def _question(entry: Entry, word: str, languages: Iterable[str]) -> Iterator[str]:
    yield f"          - asks: {entry.id}"
    words = {}
    # A question falls back to no other language: where a title is missing in one, the entry's name stands in all.
    named = all(code in titles_of(entry) for code in _known(languages))
    for code in _known(languages):
        lang = language(code)
        title = titled(entry, lang) if named else entry.id
        words[code] = lang.word(word, cycle=entry.cycle, title=title)
    yield from _text("text", words, "            ")


def _text(key: str, text: Text, indent: str) -> list[str]:
    if not text:
        return []
    return [
        f"{indent}{key}:",
        *(f"{indent}  {code}: {scalar(wording, inside=False)}" for code, wording in text.items()),
    ]
