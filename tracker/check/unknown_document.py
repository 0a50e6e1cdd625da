"""A source names a document that is not in the list.

Every sentence of a report must be traceable: the key before the colon in `sources:
[ed-report-2013:21]` is a key of `reports/documents.yaml`, and so is the `text_from` of a mandate.
A source that leads nowhere is as good as none. Correct the key, or add the document to the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker import refs
from tracker.check.records import Spot
from tracker.problems import Level, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.subject import Subject
    from tracker.load.workspace import Workspace
    from tracker.problems import Problem

CODE = "unknown-document"
LEVEL = Level.ERROR


def check(subject: Subject) -> Iterator[Problem]:
    """Yield each citation of a document that there is not."""
    documents = subject.ws.documents
    for spot, key in _cited(subject.ws):
        if key not in documents and key not in subject.unread:
            hint = did_you_mean(key, documents) or "add it to reports/documents.yaml"
            yield subject.problem(spot, LEVEL, CODE, f"there is no document {key}", hint)


def _cited(ws: Workspace) -> Iterator[tuple[Spot, str]]:
    for mandate in ws.mandates.values():
        if mandate.text_from:
            yield Spot(mandate.id, ("text_from",)), mandate.text_from
    for entry in ws.entries.values():
        for index, source in enumerate(entry.sources):
            yield Spot(entry.id, ("sources", index)), refs.source(source)[0]
