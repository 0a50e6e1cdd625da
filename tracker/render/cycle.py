"""An imported report as the files of a cycle: the brief, and evidence skeletons for a person to finish."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.intake.lines import MARK
from tracker.intake.source import MARK_BASE
from tracker.load.scalars import scalar
from tracker.render.skeleton import cycle_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.cover.suggest import Index
    from tracker.intake.report import Heading, ImportedReport
    from tracker.intake.skeletons import Body, Skeleton

_MARK = re.compile(f" ?{MARK.pattern}")
_MOST_FILES = 12
_UNKNOWN = "# the source does not say: correct it"
_FIRST_PAGE = {"title": "title", "author": "author", "body": "to", "session": "session", "item": "agenda"}
_MOST_WORDS = 4
_MOST_CITED = 12


def as_files(
    imported: ImportedReport, document: str, mandates: Sequence[str] = (), index: Index | None = None
) -> dict[str, str]:
    """Write a report's files by their path in the workspace.

    `document` is the key entries cite; `mandates` are those of the workspace, of which the brief names the ones
    that the report cites; `index` finds the units a text may answer, for comments only.
    """
    folder = f"reports/{imported.cycle}"
    files = {f"{folder}/report.yaml": _brief(imported, mandates)}
    for name, heading, entries in _parts(imported):
        lines = ["# yaml-language-server: $schema=../../../schemas/entries.json"]
        if heading:
            lines.append(f"# {heading}")
        for entry in entries:
            lines += ["", *_entry(entry, imported, document, index)]
        files[f"{folder}/evidence/{name}.yaml"] = "\n".join(lines) + "\n"
    return files


def _parts(imported: ImportedReport) -> Iterator[tuple[str, str, list[Skeleton]]]:
    """Yield a file for each section at the top that has entries; one for all where there are many."""
    sections = [one for one in imported.outline if one.entries]
    if len(sections) > _MOST_FILES:
        yield "paragraphs", "", imported.entries
        return
    for place, one in enumerate(sections, 1):
        yield (f"section-{place}" if one.heading else "paragraphs"), one.heading, one.entries


def cited_mandates(imported: ImportedReport, mandates: Sequence[str]) -> list[str]:
    """Return the mandates of the workspace that the report is about: those it cites most, by their numbers.

    A number that several mandates have tells none of them.
    """
    found = {}
    for number, count in imported.resolutions:
        having = [name for name in mandates if _has_number(name, number)]
        if len(having) == 1:
            found[having[0]] = count
    most = max(found.values(), default=0)
    return [name for name, count in found.items() if count * 2 >= most]


def _has_number(mandate: str, number: str) -> bool:
    return mandate.endswith(f"-{number.replace('/', '-')}")


def _brief(imported: ImportedReport, mandates: Sequence[str]) -> str:
    head = imported.masthead
    year = head.dates[:4] or cycle_parts(imported.cycle)[0]
    lines = [
        "# yaml-language-server: $schema=../../schemas/report.json",
        f"# Read from {imported.name}. Compare it with the source; addresses are empty on purpose.",
        *_remarks(imported, mandates),
        *_text("title", _one_line(head.title) or imported.name, imported, ""),
        *_first_page(imported),
        f"mandates: [{', '.join(cited_mandates(imported, mandates))}]",
        _entity(imported),
        f"period: {imported.period or _guessed_period(year)}",
        "state: submitted",
        f"languages: [{imported.language}]",
    ]
    lines += _text("summary", "\n\n".join(head.summary), imported, "") if head.summary else []
    lines += ["outline:", *(line for one in imported.outline for line in _section(one, imported, "  "))]
    return "\n".join(lines) + "\n"


def _first_page(imported: ImportedReport) -> Iterator[str]:
    head = imported.masthead
    _, body, session = cycle_parts(imported.cycle)
    yield f"author: {head.author or 'secretariat'}"
    if head.addendum:
        yield f"addendum: {head.addendum}"
    for key in ("symbol", "distribution", "date", "original"):
        if value := getattr(head, key):
            yield f"{key}: {scalar(value, inside=False)}"
    yield f"to: {head.body or body or f'ga {_UNKNOWN}'}"
    yield "session:"
    yield f"  number: {head.session or session or f'1 {_UNKNOWN}'}"
    if head.place:
        yield f"  place: {{{imported.language}: {scalar(head.place)}}}"
    if head.dates:
        yield f"  dates: {head.dates}"
    yield from _agenda(imported)


def _entity(imported: ImportedReport) -> str:
    name = imported.entity or "secretariat"
    others = ("executive-director", "secretariat") if name == "unodc" else ("secretariat",)
    return f"entity: {{name: {name}, addressed_as: [{', '.join(dict.fromkeys((name, *others)))}]}}"


def _agenda(imported: ImportedReport) -> list[str]:
    head = imported.masthead
    if not head.item:
        return []
    lines = ["agenda:", f'  item: "{head.item}"']
    lines += _text("title", _one_line(head.item_title), imported, "  ") if head.item_title else []
    return lines + ([f"  footnote: {scalar(head.item_footnote, inside=False)}"] if head.item_footnote else [])


def _guessed_period(year: str) -> str:
    before = int(year or 2025) - 1
    return f"{before}-01-01/{before}-12-31"


def _remarks(imported: ImportedReport, mandates: Sequence[str]) -> Iterator[str]:
    head = imported.masthead
    missing = [key for name, key in _FIRST_PAGE.items() if not getattr(head, name)]
    if missing:
        yield f"# The first page does not say, so it is the cycle's, a guess or left out: {', '.join(missing)}."
    if not imported.period:
        yield "# The report names no period: the year before the session stands here until you correct it."
    if not imported.entity:
        yield "# No organisation is named often: the entity is the Secretariat until you correct it."
    known = cited_mandates(imported, mandates)
    others = [one for one, _ in imported.resolutions if not any(_has_number(name, one) for name in known)]
    if others:
        more = f" and {len(others) - _MOST_CITED} more" if len(others) > _MOST_CITED else ""
        yield f"# It also cites resolutions {', '.join(others[:_MOST_CITED])}{more}."
    if not known:
        yield "# No mandate here is one that it cites: fill in mandates."
    for told in (*imported.doubts, *imported.left_out):
        where = f"line {told.line}: " if told.line else ""
        yield f"# {where[:1].upper()}{where[1:]}{_one_line(told.message)}"


def _one_line(text: str) -> str:
    return " ".join(_MARK.sub("", text).split())


def _section(section: Heading, imported: ImportedReport, indent: str) -> Iterator[str]:
    first = True

    def key(text: str) -> str:
        nonlocal first
        start, first = ("- " if first else "  "), False
        return f"{indent}{start}{text}"

    if section.heading:
        yield key(f"heading: {{{imported.language}: {scalar(_one_line(section.heading))}}}")
    if section.body:
        yield key("body:")
        for body in section.body:
            yield from _body(body, imported, f"{indent}    ")
    elif not section.sections:
        yield key("body: []")
    if section.sections:
        yield key("sections:")
        for inner in section.sections:
            yield from _section(inner, imported, f"{indent}    ")


def _body(body: Body, imported: ImportedReport, indent: str) -> Iterator[str]:
    yield f"{indent}# {body.number}"
    entries = f"entries: [{', '.join(entry.id for entry in body.entries)}]" if body.entries else ""
    if not body.text:
        yield f"{indent}- {entries}"
        return
    opening, *rest = _text("text", body.text, imported, f"{indent}  ")
    yield f"{indent}- {opening.strip()}"
    yield from rest
    if entries:
        yield f"{indent}  {entries}"
    if body.items:
        yield f"{indent}  items:"
        for item in body.items:
            head, *more = _text("text", item, imported, f"{indent}      ")
            yield f"{indent}    - {head.strip()}"
            yield from more


def _entry(entry: Skeleton, imported: ImportedReport, document: str, index: Index | None) -> Iterator[str]:
    facts = entry.facts
    place = f", page {entry.page}" if entry.page > 1 else ""
    yield f"# Paragraph {entry.number}: line {entry.line}{place} of {imported.name}"
    if index:
        likely = [
            f"{found.unit.ref} ({', '.join(found.words[:_MOST_WORDS])})" for found in index.likeliest(entry.text, 3)
        ]
        yield f"# likely: {_one_line('; '.join(likely))}" if likely else "# likely: no unit shares a word with it"
    yield f"- id: {entry.id}"
    yield f"  type: {facts.type}"
    if facts.status:
        yield f"  status: {facts.status}"
    if facts.date:
        yield f"  date: {facts.date}"
    for key, names in (("by", facts.by), ("countries", facts.countries)):
        if names:
            yield f"  {key}: [{', '.join(names)}]"
    if facts.figures:
        figures = ", ".join(f"{name}: {scalar(value)}" for name, value in facts.figures.items())
        yield f"  figures: {{{figures}}}"
    yield "  addresses: []"
    yield from _text("summary", entry.text, imported, "  ")
    yield f"  sources: [{document}:{entry.number}]"


def _text(key: str, text: str, imported: ImportedReport, indent: str) -> list[str]:
    """Write a text of the source under its language, its footnotes where their marks stand."""
    whole = _MARK.sub(lambda match: f"^[{imported.notes[ord(match.group()[-1]) - MARK_BASE]}]", text)
    if "\n" not in whole:
        return [f"{indent}{key}:", f"{indent}  {imported.language}: {scalar(whole, inside=False)}"]
    lines = [f"{indent}    {line}".rstrip() for line in whole.split("\n")]
    return [f"{indent}{key}:", f"{indent}  {imported.language}: |-", *lines]
