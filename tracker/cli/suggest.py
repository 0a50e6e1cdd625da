"""`tracker suggest`: the paragraphs that an activity most likely answers."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.common import (
    FIRST_ROWS,
    AllOption,
    ReportOption,
    Stop,
    WorkspaceOption,
    chosen_language,
    chosen_mandates,
    chosen_report,
    note,
    open_workspace,
)
from tracker.cli.output import print_bytes, print_rich

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.cover.suggest import Index
    from tracker.load.workspace import Workspace
    from tracker.model import Entry
    from tracker.render.suggestions import Asked


class Form(StrEnum):
    """The forms that suggestions can be printed in."""

    TABLE = "table"
    JSON = "json"


def suggest(
    entries: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ENTRY]...", help="Entries; by default those not yet placed on a paragraph.", show_default=False
        ),
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="A text instead of entries.", show_default=False)
    ] = None,
    report: ReportOption = None,
    mandates: Annotated[
        list[str] | None,
        typer.Option(
            "--mandate",
            metavar="MANDATE",
            help="Only paragraphs of this one, more than once for several; by default of the report's.",
            show_default=False,
        ),
    ] = None,
    count: Annotated[int, typer.Option("--count", min=1, help="How many paragraphs for each.")] = 3,
    form: Annotated[Form, typer.Option("--format", "-f", help="The form of what is printed.")] = Form.TABLE,
    everything: AllOption = False,
    workspace: WorkspaceOption = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--language",
            "-l",
            metavar="CODE",
            envvar="TRACKER_LANGUAGE",
            help="Compare in this language; by default the first that both have.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Suggest the paragraphs that an activity answers.

    By the words that both share, so check each before you link it.

    \b
    tracker suggest                                       what is not yet placed on a paragraph
    tracker suggest mock-trial-senegal-2013               one entry
    tracker suggest --text "Training of customs officers" --mandate cnd-51-7
    """
    if entries and text is not None:
        raise Stop("there are entries and a text", "give one or the other")
    if text is not None and not text.strip():
        raise Stop("the text is empty", 'write one: --text "Training of customs officers"')
    if language:
        chosen_language(language)
    ws = open_workspace(workspace, report)
    report = chosen_report(ws, report)
    search = _Search(ws, chosen_mandates(ws, mandates), report, language, count)
    chosen = [] if text is not None else _chosen_entries(ws, entries, report)
    shown = chosen if everything or form is Form.JSON else chosen[:FIRST_ROWS]
    asked = [search.text(text)] if text is not None else [search.entry(entry) for entry in shown]
    _print(asked, form)
    if len(chosen) > len(shown):
        note(f"The first {len(shown)} of {len(chosen)} entries. All of them: --all, or --format json")


def _print(asked: Sequence[Asked], form: Form) -> None:
    from tracker.render.suggestions import suggestions_json, suggestions_table

    if form is Form.JSON:
        print_bytes(suggestions_json(asked))
    elif asked:
        print_rich(suggestions_table(asked))
    else:
        note("every entry is placed on a paragraph; for one of them: tracker suggest ENTRY")


def _chosen_entries(ws: Workspace, names: list[str] | None, report: str | None) -> list[Entry]:
    if names:
        return [_known_entry(ws, name) for name in dict.fromkeys(names)]
    from tracker.load.resolve import is_placed

    cycles = [ws.cycles[report]] if report else ws.cycles.values()
    return [entry for cycle in cycles for entry in cycle.entries if not is_placed(ws, entry)]


def _known_entry(ws: Workspace, name: str) -> Entry:
    if name.lower() in ws.entries:
        return ws.entries[name.lower()]
    from tracker.load.resolve import hint_for_entry

    raise Stop(f"there is no entry {name}", hint_for_entry(ws, name.lower()))


class _Search:
    """Looks for units in the language asked for, in the mandates asked for, else in those of the report."""

    def __init__(
        self, ws: Workspace, mandates: list[str], report: str | None, language: str | None, count: int
    ) -> None:
        self._ws = ws
        self._mandates = mandates
        self._report = report
        self._language = language
        self._count = count
        self._indexes: dict[tuple[tuple[str, ...], str], Index] = {}

    def entry(self, entry: Entry) -> Asked:
        mandates = tuple(self._mandates or self._ws.cycles[self._report or entry.cycle].brief.mandates)
        spoken = [self._language] if self._language else list(entry.summary) or ["en"]
        asked = [self._found(entry, entry.summary.get(code, ""), code, mandates) for code in spoken]
        return max(asked, key=lambda one: (bool(one.found), not one.why_none))

    def text(self, text: str) -> Asked:
        from tracker.lang.words import language_of

        # A shell can pass bytes that are no UTF-8, which JSON cannot hold.
        text = text.encode("utf-8", errors="replace").decode("utf-8")
        of_report = self._ws.cycles[self._report].brief.mandates if self._report else self._ws.mandates
        return self._found(None, text, self._language or language_of(text), tuple(self._mandates or of_report))

    def _found(self, entry: Entry | None, text: str, code: str, mandates: tuple[str, ...]) -> Asked:
        from tracker.render.suggestions import Asked

        index = self._index(mandates, code)
        why_none = "" if text else f"No summary in this language ({code})"
        if not index:
            why_none = (
                f"No paragraph of {', '.join(mandates) or 'any mandate'} has a text or a gist in this language ({code})"
            )
        found = index.likeliest(text, self._count)
        return Asked(entry, text, code, found, frozenset(index.by_gist), why_none)

    def _index(self, mandates: tuple[str, ...], code: str) -> Index:
        from tracker.cover.suggest import index_of

        if (mandates, code) not in self._indexes:
            self._indexes[mandates, code] = index_of(self._ws, mandates, code)
        return self._indexes[mandates, code]
