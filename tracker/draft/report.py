"""A cycle to the view of its report in one language, with the notes its drafter needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker import refs
from tracker.cover.gaps import Gap, announced, gaps
from tracker.cover.matrix import cover
from tracker.cover.promises import open_announcements, to_renew
from tracker.cover.scope import scope_of
from tracker.draft.length import length_of
from tracker.draft.outline import Outline
from tracker.draft.prose import Prose, titled
from tracker.draft.titles import titles_of
from tracker.draft.totals import totals_of
from tracker.draft.view import Masthead, Note, Notes, View
from tracker.lang import formats, language, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.cover.coverage import Coverage, UnitCoverage
    from tracker.cover.scope import Scope
    from tracker.draft.view import Length
    from tracker.lang import Language
    from tracker.load.workspace import Workspace
    from tracker.model import Brief, Entry


_CALLS = (Gap.CALLS_OPEN, Gap.CALLS_SUPPORTED)


def report_view(ws: Workspace, cycle: str, code: str, *, clean: bool) -> View:
    """Build the view of a cycle's report; a clean one has no notes and nothing internal."""
    brief = ws.cycles[cycle].brief
    lang = language(code)
    scope = scope_of(ws, cycle)
    prose = Prose(lang)
    title = prose.plain(brief.title, cycle, "title")
    masthead = _masthead(brief, prose)
    summary = _summary(brief, prose)
    outline = Outline(ws, scope, prose, clean=clean)
    sections = outline.report(brief)
    coverage = cover(ws, scope)
    tellable = [entry for entry in scope.current_entries(ws) if not (clean and entry.internal)]
    unprinted = [entry for entry in tellable if entry.id not in outline.printed]
    notes = None if clean else _notes(ws, scope, coverage, outline, prose, unprinted)
    return View(
        report=cycle,
        language=code,
        direction=lang.direction,
        clean=clean,
        masthead=masthead,
        title=title,
        author=lang.word(f"author.{brief.author}"),
        addendum=_addendum(brief, lang),
        summary=summary,
        sections=sections,
        footnotes=tuple(prose.footnotes),
        unprinted=tuple(entry.id for entry in unprinted),
        unresolved=tuple(Note(record, reference, "") for record, reference in coverage.unresolved),
        totals=totals_of(lang, tellable),
        missing=len(prose.missing),
        notes=notes,
        length=_length(ws, scope, brief, lang),
        words={**language("en").data["words"], **lang.data["words"]},
    )


def _summary(brief: Brief, prose: Prose) -> tuple[str, ...]:
    # An empty line in the summary begins a paragraph of its own.
    code = prose.lang.code
    parts = [part for part in brief.summary.get(code, "").split("\n\n") if part.strip()]
    if not parts:
        return (prose.text(brief.summary, brief.id, "summary"),) if brief.summary else ()
    return tuple(prose.text({code: part}, brief.id, "summary") for part in parts)


def _masthead(brief: Brief, prose: Prose) -> Masthead:
    lang = prose.lang
    agenda = brief.agenda
    place = prose.plain(brief.session.place, brief.id, "session.place")
    dates = formats.date(lang, brief.session.dates) if brief.session.dates else ""
    distribution = brief.distribution or lang.word("distribution.general")
    mark = "*" if agenda and agenda.footnote else ""
    return Masthead(
        body=lang.label("bodies", brief.to),
        symbol=brief.symbol or lang.word("symbol_unknown"),
        distribution=lang.word("distribution", distribution=distribution),
        date=formats.date(lang, brief.date) if brief.date else "",
        original=lang.word("original", language=lang.label("languages", brief.original)) if brief.original else "",
        session=formats.session(lang, brief.session.number),
        place_dates=lang.word("place_dates", place=place, dates=dates) if place and dates else place or dates,
        agenda_item=lang.word("agenda_item", item=agenda.item, mark=mark) if agenda else "",
        agenda_title=prose.plain(agenda.title, brief.id, "agenda.title") if agenda else "",
        agenda_footnote=f"{agenda.footnote}{lang.data['full_stop']}" if agenda and agenda.footnote else "",
    )


def _addendum(brief: Brief, lang: Language) -> str:
    if brief.addendum is None:
        return ""
    # The first addendum is often the only one and then bears no number.
    return lang.word("addendum") if brief.addendum == 1 else f"{lang.word('addendum')} {brief.addendum}"


def _length(ws: Workspace, scope: Scope, brief: Brief, lang: Language) -> Length:
    # What will be submitted counts: the clean report, its headings and footnotes.
    prose = Prose(lang)
    head = [prose.plain(brief.title, brief.id, "title"), *_summary(brief, prose)]
    sections = Outline(ws, scope, prose, clean=True).report(brief)
    return length_of(lang, head, sections, prose.footnotes, brief.word_limit or 0)


def _notes(
    ws: Workspace, scope: Scope, coverage: Coverage, outline: Outline, prose: Prose, unprinted: Iterable[Entry]
) -> Notes:
    lang = prose.lang
    found = gaps(coverage)
    waiting = (tie.entry for mandate in coverage.mandates for tie in mandate.unplaced if tie.current)
    unplaced = {entry.id: entry for entry in waiting}.values()
    unasked = [entry for entry in open_announcements(ws, scope) if entry.id not in outline.asked]
    renewals = [entry for entry in to_renew(ws, scope) if entry.id not in outline.asked]
    return Notes(
        gaps=tuple(_gap(row, coverage, lang) for row in found[Gap.OURS]),
        calls=tuple(_gap(row, coverage, lang) for kind in _CALLS for row in found[kind]),
        announcements=tuple(_entry_note(entry, lang) for entry in unasked),
        renewals=tuple(_entry_note(entry, lang) for entry in renewals),
        unplaced=tuple(_entry_note(entry, lang) for entry in unplaced),
        unprinted=tuple(_entry_note(entry, lang) for entry in unprinted),
        missing=tuple(prose.missing),
    )


def _gap(row: UnitCoverage, coverage: Coverage, lang: Language) -> Note:
    text = shown(row.unit.gist or row.unit.text, lang.code)
    promised = [shown(titles_of(entry), lang.code) for entry in announced(row, coverage.retired)]
    if promised:
        listed = lang.data["list"]["separator"].join(promised)
        text += lang.word("aside", text=f"{lang.word('announced')}{lang.data['colon']}{listed}")
    status = lang.label("statuses", row.status)
    if row.states:
        status += lang.data["list"]["separator"] + formats.states(lang, row.states)
    return Note(f"{row.unit.mandate}:{refs.printed(row.unit.number)}", text, status)


def _entry_note(entry: Entry, lang: Language) -> Note:
    return Note(entry.id, titled(entry, lang), lang.label("statuses", entry.status or "fact"))
