"""A second language for a mandate that is there: each text goes beside the others of its paragraph.

Paragraphs pair by their numbers. A text that stands there already is never changed, and every other byte stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.edit.change import Change, EditError, source_of
from tracker.edit.pairing import Comparison, bare, count
from tracker.edit.texts import Writer
from tracker.intake.lines import Doubt
from tracker.lang import REFERENCE, language, vocabulary
from tracker.load.records import to_record
from tracker.model import Mandate
from tracker.problems import did_you_mean

if TYPE_CHECKING:
    from tracker.intake.resolution import ImportedResolution
    from tracker.intake.source import Source as Document
    from tracker.load.workspace import Workspace


_BRACKETS = re.compile(r"\([^()]*\)")


class Added(NamedTuple):
    """What adding a language comes to: the change, if there is one, the counts, and what a person should look at.

    `here` and `there` count the paragraphs of the file and of the document, `texts` what is added.
    """

    change: Change | None
    paired: int
    here: int
    there: int
    texts: int
    doubts: tuple[Doubt, ...]
    left_out: tuple[Doubt, ...]


def add_language(ws: Workspace, name: str, found: ImportedResolution, document: Document) -> Added:
    """Add the texts of a resolution to a mandate; raise `EditError` when it is another one, or nothing pairs."""
    held = _mandate(ws, name)
    _refuse_other(held, found, document.name)
    source = source_of(ws.root, ws.origins[held.id].file)
    value = source.value if isinstance(source.value, dict) else {}
    if to_record({**value, "id": held.id}, Mandate, held.languages[0])[0] != held:
        raise EditError(f"{source.file} has changed meanwhile: nothing was written", "try again")
    comparison = Comparison(held, found, document)
    if not comparison.paired:
        raise EditError(
            f"no paragraph of {document.name} pairs with one of {held.id}: nothing was written",
            f"is it another resolution? {document.name} is {_told(found.mandate)}, {held.id} is {_told(held)}",
        )
    writer = Writer(source, held.languages[0], found.language)
    texts = writer.safe(comparison.wanted)
    by_hand = [text for text in comparison.wanted if text not in texts]
    why = f"is written in a way that is not changed here safely: add the {found.language} text by hand"
    doubts = sorted([*comparison.doubts, *(Doubt(text.line, f"{text.what} {why}") for text in by_hand)])
    return Added(
        writer.change(texts),
        comparison.paired,
        count(held.paragraphs),
        count(found.mandate.paragraphs),
        len(texts),
        tuple(doubts),
        tuple(sorted(comparison.left_out)),
    )


def _mandate(ws: Workspace, name: str) -> Mandate:
    wanted = ws.by_symbol(name)
    if wanted in ws.mandates:
        return ws.mandates[wanted]
    files = {f"mandates/{wanted}{suffix}" for suffix in (".yaml", ".yml")}
    if problem := next((problem for problem in sorted(ws.problems) if problem.place.path in files), None):
        raise EditError(f"{problem.place}: {problem.message}", problem.hint or "mend this first")
    hint = did_you_mean(wanted, ws.mandates) or "to begin it, import the resolution without --into"
    raise EditError(f"there is no mandate {name}", hint)


def _refuse_other(held: Mandate, read: ImportedResolution, name: str) -> None:
    """Refuse another resolution: numbers of paragraphs alone would pair with any."""
    found = read.mandate
    if held.symbol and found.symbol:
        # The year that the Security Council puts in brackets is often left out.
        if len({bare(_BRACKETS.sub("", symbol)).lower() for symbol in (held.symbol, found.symbol)}) > 1:
            hint = "look whether the file and the mandate are the right ones"
            raise EditError(f"{name} is {found.symbol}, and {held.id} is {held.symbol}: nothing was written", hint)
    elif found.id and found.id != held.id:
        hint = f"if it is the same resolution, say so: --into {held.id} --id {held.id}"
        raise EditError(f"{name} is {found.id}, not {held.id}: nothing was written", hint)
    organ = held.id.partition("-")[0]
    if not found.id and read.body and organ in vocabulary("bodies") and read.body != organ:
        body = language(REFERENCE).label("bodies", read.body)
        hint = f"if it is the same resolution, say so: --into {held.id} --id {held.id}"
        raise EditError(f"{name} is of another body than {held.id}, the {body}: nothing was written", hint)


def _told(mandate: Mandate) -> str:
    title = next(iter(mandate.title.values()), "")
    return " ".join(filter(None, (mandate.symbol, f"“{title}”" if title else ""))) or "without a title"
