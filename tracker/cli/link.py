"""`tracker link` and `tracker unlink`: an entry tied to the paragraphs it answers, or no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.asking import ask_one, ask_some, choose_report, choose_units, introduce, say
from tracker.cli.common import LanguageOption, WorkspaceOption, chosen_language, note, read_workspace
from tracker.cli.editing import NOTHING, DryRunOption, alone, at_terminal, carry_out, reasons, refuse_missing

if TYPE_CHECKING:
    from tracker.load.workspace import Workspace
    from tracker.model import Entry

EntryArgument = Annotated[str | None, typer.Argument(metavar="[ENTRY]", help="The id of an entry.", show_default=False)]
UnitsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[UNIT]...", help="Paragraphs: ga-66-177:13, 3.a.ii, 11-13.", show_default=False),
]


def link(
    entry: EntryArgument = None,
    units: UnitsArgument = None,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = "en",
) -> None:
    """Say which paragraphs an entry answers.

    Changes the entry's addresses in its file, and no other byte. Without arguments it asks, and offers
    the likeliest paragraphs.

    \b
    tracker link mock-trial-senegal-2013 ga-66-177:13
    tracker link mock-trial-senegal-2013 11-13
    tracker link
    """
    from tracker.edit import links

    chosen_language(language)
    ask = _must_ask("link", entry, units)
    with reasons(), alone(workspace, asking=ask):
        ws = read_workspace(workspace)
        if ask:
            known = _introduced(ws, entry or _choose_unplaced(ws, language), language)
            entry = known.id
            units = units or choose_units(ws, known.cycle, known.summary, language, known.addresses)
        linked = links.link(ws, entry or "", units or [])
        for line in linked.told:
            note(line)
        if linked.change:
            carry_out(ws.root, linked.change, dry_run=dry_run, ask=ask)
        elif not linked.told:
            note(NOTHING)


def unlink(
    entry: EntryArgument = None,
    units: UnitsArgument = None,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = "en",
) -> None:
    """Take back that an entry answers a paragraph.

    \b
    tracker unlink mock-trial-senegal-2013 ga-66-177:13
    """
    from tracker.edit import links

    chosen_language(language)
    ask = _must_ask("unlink", entry, units)
    with reasons(), alone(workspace, asking=ask):
        ws = read_workspace(workspace)
        if ask:
            known = _introduced(ws, entry or _choose_linked(ws, language), language)
            entry = known.id
            units = units or _choose_linked_units(known)
        change = links.unlink(ws, entry or "", units or [])
        if change:
            carry_out(ws.root, change, dry_run=dry_run, ask=ask)
        else:
            note(NOTHING)


def _must_ask(command: str, entry: str | None, units: list[str] | None) -> bool:
    missing = [name for name, value in (("ENTRY", entry), ("UNIT", units)) if not value]
    if missing and not at_terminal():
        refuse_missing(f"tracker {command} mock-trial-senegal-2013 ga-66-177:13", missing)
    return bool(missing)


def _introduced(ws: Workspace, name: str, language: str) -> Entry:
    """Return an entry after showing what it says to the person who is asked about it."""
    from tracker.edit.change import EditError
    from tracker.edit.links import entry_named

    found = entry_named(ws, name)
    if found.id not in ws.entries:
        raise EditError(f"{found.id} has mistakes of its own", "tracker check lists them")
    known = ws.entries[found.id]
    introduce(known, language)
    return known


def _choose_unplaced(ws: Workspace, language: str) -> str:
    from tracker.edit.links import entry_named
    from tracker.load.resolve import is_placed

    report = choose_report(ws, language)
    waiting = [entry for entry in ws.cycles[report].entries if not is_placed(ws, entry)]
    if waiting:
        say(f"\nEntries of {report} that are on no paragraph yet:")
    else:
        say(f"\nEvery entry of {report} is on a paragraph.")
    return ask_one("Entry, by number or name", _titles(waiting, language), lambda name: entry_named(ws, name).id)


def _choose_linked(ws: Workspace, language: str) -> str:
    from tracker.edit.links import entry_named

    report = choose_report(ws, language)
    linked = [entry for entry in ws.cycles[report].entries if entry.addresses]
    say(f"\nEntries of {report} that are linked:")
    return ask_one("Entry, by number or name", _titles(linked, language), lambda name: entry_named(ws, name).id)


def _choose_linked_units(entry: Entry) -> list[str]:
    for number, unit in enumerate(entry.addresses, 1):
        say(f"{number:>3}  {unit}")
    return ask_some("Numbers from the list, or references; nothing to leave it as it is", entry.addresses, str)


def _titles(entries: list[Entry], language: str) -> dict[str, str]:
    from tracker.draft.titles import titles_of
    from tracker.lang import shown

    return {entry.id: shown(titles_of(entry), language) for entry in entries}
