"""One record with everything tied to it, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tracker import refs
from tracker.cover.matrix import cover
from tracker.cover.promises import open_announcements, to_renew
from tracker.cover.scope import scope_of
from tracker.draft.outline import printed_in
from tracker.draft.prose import titled
from tracker.draft.titles import titles_of
from tracker.lang import formats, shown
from tracker.render.rows import lines
from tracker.render.terminal import COLOURS, counts_line
from tracker.render.wrap import Wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from tracker.cover.coverage import ContainerCoverage, Coverage, Tie, UnitCoverage
    from tracker.lang import Language
    from tracker.load.resolve import Target
    from tracker.load.workspace import Cycle, Workspace
    from tracker.model import Document, Entry
    from tracker.model import Text as Wording

_Parts = list["RenderableType"]


def mandate_page(ws: Workspace, name: str, report: str | None, lang: Language) -> RenderableType:
    """Show a mandate: what it is, its paragraphs with their status, the evidence not yet placed."""
    mandate = ws.mandates[name]
    coverage = cover(ws, scope_of(ws, report), [name])
    covered = coverage.mandates[0]
    facts = {
        "symbol": mandate.symbol,
        "adopted": formats.date(lang, mandate.adopted) if mandate.adopted else None,
        "text_from": mandate.text_from,
        "provisional": lang.word("text_unknown") if mandate.provisional else None,
        "file": ws.origins[name].file,
    }
    parts: _Parts = [*_head(name, mandate.title, lang), _facts(facts, lang), Text(), counts_line(coverage, lang)]
    parts += [
        _rows(covered.rows, coverage, lang),
        *_evidence(lang.word("unplaced"), covered.unplaced, lang, brief=True),
    ]
    return Group(*parts)


def unit_page(ws: Workspace, target: Target, report: str | None, lang: Language) -> RenderableType:
    """Show paragraphs or clauses: their text in every language, their status, the evidence in full."""
    coverage = cover(ws, scope_of(ws, report), [target.mandate])
    rows = {row.unit.number: row for row in coverage.mandates[0].rows}
    return Group(*(part for number in target.numbers for part in _unit(ws, rows[number], coverage, lang)))


def _unit(ws: Workspace, row: UnitCoverage | ContainerCoverage, coverage: Coverage, lang: Language) -> _Parts:
    unit = row.unit
    line = lines([row], coverage, lang)[0]
    head = Text.assemble((unit.ref, "bold"), "  ", (line.status_word, COLOURS.get(line.status, "bold")))
    parent = ws.units[unit.mandate][unit.parent.partition(":")[2]] if unit.parent else None
    facts = {
        "asks": line.asked,
        "condition": lang.label("conditions", unit.condition) if unit.condition else None,
        "answered_by": getattr(row, "answered_by", None),
        "assessment": line.assessment,
        "part_of": unit.parent,
        "file": str(ws.place(unit.mandate, *unit.path)),
    }
    parts: _Parts = [head, _facts(facts, lang)]
    text = unit.text or (parent.text if parent else {})
    parts += [Padding(Wrapped(f"[{code}] {wording}"), (1, 0, 0, 2)) for code, wording in text.items()]
    groups: dict[str, list[Tie]] = {lang.word("actions"): [], lang.word("facts"): []}
    for tie in row.evidence:
        groups[lang.word("actions" if tie.entry.status else "facts")].append(tie)
    for word, ties in groups.items():
        parts += _evidence(word, ties, lang)
    inside = [other for other in coverage.mandates[0].rows if other.unit.parent == unit.ref]
    if inside:
        parts += [Text(), _rows(inside, coverage, lang)]
    return [*parts, Text()]


def entry_page(ws: Workspace, entry: Entry, lang: Language) -> RenderableType:
    """Show an entry: its fields, its summary in every language, what it follows and what follows it."""
    followers = [other.id for other in ws.entries.values() if entry.id in other.follows]
    inside = [other.id for other in ws.entries.values() if other.part_of == entry.id]
    facts: dict[str, str | None] = {
        "report": entry.cycle,
        "type": lang.label("types", entry.type),
        "status": lang.label("statuses", entry.status or "fact"),
        "date": formats.date(lang, entry.date) if entry.date else None,
        "by": lang.listed([lang.actor(name) for name in entry.by]),
        "partners": lang.listed([lang.actor(name) for name in entry.partners]),
        "countries": lang.listed([lang.actor(name) for name in _in_english_order(entry.countries, lang)]),
        "figures": ", ".join(f"{name} {value}" for name, value in entry.figures.items()),
        "addresses": " ".join(entry.addresses),
        "sources": " ".join(entry.sources),
        "follows": " ".join(entry.follows),
        "followed_by": " ".join(followers),
        "part_of": entry.part_of,
        "contains": " ".join(inside),
        "internal": lang.word("internal") if entry.internal else None,
        "printed": "; ".join(_printed(ws, entry, lang)),
        "file": str(ws.place(entry.id)),
    }
    summary = [Padding(Wrapped(f"[{code}] {wording}"), (1, 0, 0, 2)) for code, wording in entry.summary.items()]
    return Group(*_head(entry.id, titles_of(entry), lang), _facts(facts, lang), *summary)


def _printed(ws: Workspace, entry: Entry, lang: Language) -> Iterator[str]:
    for name in ws.cycles:
        if entry.cycle in scope_of(ws, name).current:
            numbers, _ = printed_in(ws, name)
            if entry.id in numbers:
                yield lang.word("paragraph_in", report=name, number=numbers[entry.id])


def document_page(ws: Workspace, document: Document, lang: Language) -> RenderableType:
    """Show a document, and the entries that cite it, by paragraph."""
    facts: dict[str, str | None] = {
        "symbol": document.symbol,
        "date": formats.date(lang, document.date) if document.date else None,
        "url": document.url,
        "note": document.note,
        "text_of": " ".join(mandate.id for mandate in ws.mandates.values() if mandate.text_from == document.id),
        "file": str(ws.place(document.id)),
    }
    table = _grid()
    for entry in ws.entries.values():
        for source in entry.sources:
            key, paragraph = refs.source(source)
            if key == document.id:
                table.add_row(Text(f"  {paragraph}"), Text(entry.id), Wrapped(titled(entry, lang)))
    return Group(*_head(document.id, document.title, lang), _facts(facts, lang), Text(), table)


def cycle_page(ws: Workspace, cycle: Cycle, lang: Language) -> RenderableType:
    """Show a report: its brief, its coverage, what is still open and what is to be renewed."""
    brief = cycle.brief
    scope = scope_of(ws, brief.id)
    consultation = brief.consultation
    replied = [respondent.name for respondent in consultation.respondents] if consultation else []
    facts: dict[str, str | None] = {
        "to": f"{lang.label('bodies', brief.to)}, {formats.session(lang, brief.session.number)}",
        "state": lang.label("statuses", brief.state),
        "period": formats.date(lang, brief.period),
        "mandates": " ".join(brief.mandates),
        "respondents": lang.listed([lang.actor(name) for name in _in_english_order(replied, lang)]),
        "entries": str(len(cycle.entries)),
        "file": ws.origins[brief.id].file,
    }
    parts: _Parts = [*_head(brief.id, brief.title, lang), _facts(facts, lang), Text()]
    parts.append(counts_line(cover(ws, scope), lang))
    for word, entries in (("notes_open", open_announcements(ws, scope)), ("notes_renew", to_renew(ws, scope))):
        if entries:
            parts += [Text(), Text(lang.word(word), style="bold"), _listing(entries, lang)]
    return Group(*parts)


def _rows(rows: Iterable[UnitCoverage | ContainerCoverage], coverage: Coverage, lang: Language) -> Table:
    table = _grid()
    for line in lines(rows, coverage, lang):
        table.add_row(
            Text(f"  {line.number}"),
            Text(line.status_word, style=COLOURS.get(line.status, "bold")),
            Wrapped(line.asked),
        )
    return table


def _in_english_order(codes: Iterable[str], lang: Language) -> list[str]:
    order = lang.states_in_order
    return sorted(codes, key=lambda code: order.get(code, len(order)))


def _head(name: str, title: Wording, lang: Language) -> _Parts:
    return [Text.assemble((name, "bold"), "  ", shown(title, lang.code), overflow="fold")]


def _facts(facts: dict[str, str | None], lang: Language) -> Table:
    table = _grid()
    for name, value in facts.items():
        if value:
            table.add_row(Text(f"  {lang.label('fields', name)}", style="dim"), Wrapped(value))
    return table


def _grid() -> Table:
    table = Table.grid(padding=(0, 2))
    for _ in range(3):
        table.add_column(overflow="fold")
    return table


def _listing(entries: Iterable[Entry], lang: Language) -> Table:
    table = _grid()
    for entry in entries:
        table.add_row(Text(f"  {entry.id}"), Wrapped(titled(entry, lang)))
    return table


def _evidence(word: str, ties: Iterable[Tie], lang: Language, *, brief: bool = False) -> _Parts:
    ties = list(ties)
    if not ties:
        return []
    parts: _Parts = [Text(), Text(word + lang.word("aside", text=str(len(ties))), style="bold")]
    if brief:
        return [*parts, _listing((tie.entry for tie in ties), lang)]
    for tie in ties:
        entry = tie.entry
        marks = [lang.label("statuses", entry.status or "fact"), lang.listed([lang.actor(name) for name in entry.by])]
        marks.append(entry.cycle if tie.current else f"{entry.cycle}, {lang.word('earlier')}")
        marks += [" ".join(entry.sources)]
        parts.append(Text.assemble(f"  {titled(entry, lang)}  ", (entry.id, "dim")))
        parts.append(Text(f"      {'; '.join(mark for mark in marks if mark)}", style="dim"))
    return parts
