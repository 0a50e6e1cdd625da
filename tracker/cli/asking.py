"""Questions to a person at a terminal: everything is offered by number, and may be named instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

import typer

from tracker.cli.common import Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.load.workspace import Workspace
    from tracker.model import Entry, Names, Text, Unit

T = TypeVar("T")
_FIRST, _OFFERED = 20, 5


def say(text: str = "") -> None:
    """Say something in a dialogue."""
    typer.echo(text)


def ask_one(question: str, rows: dict[str, str], read: Callable[[str], T]) -> T:
    """Offer some names by number, each with what it is; return what the one chosen, or any other name, stands for."""
    names = list(rows)[:_FIRST]
    for number, name in enumerate(names, 1):
        say(f"{number:>3}  {name}  {rows[name]}".rstrip())
    if len(rows) > _FIRST:
        say(f"     and {len(rows) - _FIRST} more, by name")

    def chosen(answer: str) -> T:
        by_number = answer.isdecimal() and 1 <= int(answer) <= len(names)
        return read(names[int(answer) - 1] if by_number else answer)

    return ask_until(question, chosen)


def _ask_text(question: str, default: str = "") -> str:
    """Ask for something that may be left empty."""
    return str(typer.prompt(question, default=default, show_default=bool(default))).strip()


def ask_some(question: str, offered: Sequence[str], read: Callable[[str], str]) -> list[str]:
    """Ask for any of what was offered, by number, and for what was not, written out."""
    from tracker.edit.change import EditError

    def chosen(word: str) -> str:
        if not word.isdecimal():
            return read(word)
        if 1 <= int(word) <= len(offered):
            return offered[int(word) - 1]
        raise EditError(f"there is no {word} in the list", f"for paragraph {word}, write :{word}")

    return ask_until(question, lambda answer: [chosen(word) for word in split(answer)])


def ask_until(question: str, read: Callable[[str], T], default: str = "") -> T:
    """Ask until the answer can be read, and return what it means."""
    from tracker.edit.change import EditError

    while True:
        try:
            return read(_ask_text(question, default))
        except EditError as error:
            say(f"{error}; {error.hint}" if error.hint else str(error))


def split(answer: str) -> list[str]:
    """Split an answer at spaces and commas, the Chinese and Arabic ones too."""
    return re.split(r"[\s,，、،]+", answer.strip()) if answer.strip() else []


def choose_report(ws: Workspace, language: str) -> str:
    """Ask for a report, unless there is only one."""
    from tracker.lang import shown

    if not ws.cycles:
        raise Stop("there is no report yet", "begin one: tracker new report 2014-ccpcj-23")
    if len(ws.cycles) == 1:
        return next(iter(ws.cycles))
    titles = {name: shown(cycle.brief.title, language) for name, cycle in ws.cycles.items()}
    say("Reports:")
    return ask_one("Report, by number or name", titles, lambda name: _report(ws, name))


def _report(ws: Workspace, name: str) -> str:
    from tracker.edit.change import EditError
    from tracker.problems import did_you_mean

    if name in ws.cycles:
        return name
    raise EditError(f"there is no report {name}", did_you_mean(name, ws.cycles))


def choose_units(ws: Workspace, report: str, summary: Text, language: str, linked: Names = ()) -> list[str]:
    """Offer the likeliest units for a summary, and return those chosen by number or written out."""
    from tracker.edit.links import reference_to

    found = _likeliest(ws, report, summary, language)
    offered = [(unit, words) for unit, words in found if unit.ref not in linked][:_OFFERED]
    say("\nLikeliest paragraphs, by their words:" if offered else "\nNo other paragraph shares a word with it.")
    for number, (unit, words) in enumerate(offered, 1):
        say(f"{number:>3}  {unit.ref}  {_asks(unit, language)}\n       shares: {', '.join(words)}")
    mandates = ws.cycles[report].brief.mandates
    question = "Numbers from the list, or references as ga-66-177:13 or :13; nothing to leave it open"
    return ask_some(question, [unit.ref for unit, _ in offered], lambda word: reference_to(ws, word, mandates))


def _likeliest(ws: Workspace, report: str, summary: Text, language: str) -> list[tuple[Unit, tuple[str, ...]]]:
    from tracker.cover.suggest import index_of

    # Words are compared within one language: the first in which both the summary and a paragraph say something.
    for code in dict.fromkeys((language, *summary)):
        if code in summary:
            found = index_of(ws, ws.cycles[report].brief.mandates, code).likeliest(summary[code], _FIRST)
            if found:
                return [(one.unit, one.words) for one in found]
    return []


def _asks(unit: Unit, language: str) -> str:
    from tracker import lang
    from tracker.draft.titles import first_words

    words = lang.language(language)
    verb = words.label("verbs", unit.verb) if unit.verb else ""
    asked = words.listed([words.label("addressees", name) for name in unit.addressees])
    opening = words.data["sentence_joiner"].join(filter(None, (verb, asked)))
    gist = lang.shown(unit.gist or unit.heading, language) or first_words(lang.shown(unit.text, language), 90)
    return str(words.data["colon"]).join(filter(None, (opening, gist)))


def introduce(entry: Entry, language: str) -> None:
    """Show an entry before something is asked about it."""
    from tracker.lang import shown

    facts = ", ".join(filter(None, (entry.type, entry.status or "a fact", entry.date)))
    say(f"\n{entry.id} ({facts})")
    say(f"  {' '.join(shown(entry.summary, language).split())}")
    say(f"  linked to: {', '.join(entry.addresses) or 'nothing'}")
