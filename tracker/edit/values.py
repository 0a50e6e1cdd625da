"""The values of a new entry as a person types them, each checked before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.dates import parse_date
from tracker.edit.change import EditError
from tracker.lang.numbers import figure
from tracker.load.resolve import hint_for_entry
from tracker.model import ActionStatus
from tracker.problems import did_you_mean
from tracker.refs import DEVICES, ID, source

if TYPE_CHECKING:
    from collections.abc import Collection

    from tracker.load.workspace import Workspace


def status(text: str) -> str:
    """Return the status of an action; `fact`, or nothing, is none."""
    known = [one.value for one in ActionStatus]
    if text in {*known, ""}:
        return text
    if text == "fact":
        return ""
    raise EditError(f"{text} is no status", did_you_mean(text, known) or f"one of {', '.join(known)}")


def date(text: str) -> str:
    """Return a date as far as it is known; it may be empty."""
    if text and parse_date(text) is None:
        hint = "write it as 2012, 2012-10 or 2012-10-05, from one to another as 2011-12/2012-03"
        raise EditError(f"{text} is not a date", hint)
    return text


def new_id(text: str, taken: Collection[str]) -> str:
    """Return an id that nothing has yet."""
    if not ID.fullmatch(text):
        raise EditError(f"{text!r} cannot be an id", "use small letters, digits and single hyphens, as in ga-66-177")
    if text in taken:
        raise EditError(f"the id {text} is taken", "ids are unique in the whole workspace")
    return text


def cited(ws: Workspace, text: str) -> str:
    """Return a source whose document there is, as `ed-report-2013:21`."""
    document = source(text)[0]
    if document in ws.documents:
        return text
    hint = did_you_mean(document, ws.documents) or "describe it in reports/documents.yaml first"
    raise EditError(f"there is no document {document}", hint)


def earlier_entry(ws: Workspace, text: str) -> str:
    """Return the id of an entry that a new one follows."""
    if text in ws.entries:
        return text
    raise EditError(f"there is no entry {text}", hint_for_entry(ws, text))


def figures(pairs: list[str]) -> dict[str, str]:
    """Return figures given as `participants=20`; the number stays as the source has it."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, number = (part.strip() for part in pair.partition("="))
        if not (name and equals and number):
            raise EditError(f"{pair!r} is no figure", "write what is counted and how many, as participants=20")
        if figure(number) is None:
            raise EditError(f"{number} is no number", f"write {name} as the source has it: 20, 1400+, ~350000")
        if name in found:
            raise EditError(f"the figure {name} is given twice", f"it is {found[name]} already")
        found[name] = number
    return found


def file_name(text: str) -> str:
    """Return the name of a file of evidence, with its ending."""
    name = text if text.lower().endswith((".yaml", ".yml")) else f"{text}.yaml"
    # Names that any file system takes for what they are: a colon or CON means something else on Windows.
    if not ID.fullmatch(name.rpartition(".")[0].lower()) or name.rpartition(".")[0].lower() in DEVICES:
        raise EditError(
            f"{text} is no name of a file", "letters, digits and hyphens: it stands in the report's folder evidence/"
        )
    return name
