"""The parts of a Word file into one file: the same bytes for the same parts, on every system and at every time."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIRST = ("[Content_Types].xml", "_rels/.rels")
# The earliest time that an archive can name.
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the file; what a reader looks for first stands first."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name not in _FIRST, name)):
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            # Windows would mark its files otherwise.
            info.create_system, info.external_attr = _UNIX, 0o644 << 16
            archive.writestr(info, parts[name])
    return made.getvalue()


def repacked(data: bytes) -> bytes:
    """Return a file packed anew, without the times and order it was packed with."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})
