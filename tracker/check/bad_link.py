"""The address of a document is none that a reader can open.

`url` is where a document is found on the web, and begins with https:// or http://. A path on one's own
disk leads nowhere on another's, and what begins with javascript: or data: would run in the reader's
browser: pages show it as text, and make no link of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.check.records import Spot
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.records import Records
    from tracker.problems import Problem

CODE = "bad-link"
LEVEL = Level.WARNING

_ADDRESS = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)


def check(records: Records) -> Iterator[Problem]:
    """Yield each document whose address is not one on the web."""
    for document in records.documents:
        if document.url and not _ADDRESS.fullmatch(document.url):
            hint = "write the address as a browser shows it, as https://undocs.org/A/RES/66/177"
            message = f"{document.url!r} is no address on the web"
            yield records.problem(Spot(document.id, ("url",)), LEVEL, CODE, message, hint)
