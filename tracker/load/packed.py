"""What is known of a file without reading it again: its records and its problems, packed as data.

A file is packed by itself, so that the files of a large workspace can be read side by side and each
kept until it changes. MessagePack is data only: no reader of it could take it for a program.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from tracker.model import Brief, Document, Entry, Mandate, Names
from tracker.problems import Place, Problem  # noqa: TC001 - msgspec reads the types of fields

R = TypeVar("R")


class Kind(StrEnum):
    """What a file of a workspace holds."""

    MANDATE = "mandate"
    BRIEF = "brief"
    DOCUMENTS = "documents"
    EVIDENCE = "evidence"


class Job(NamedTuple):
    """A file to read, relative to the workspace, and the language of texts that name none."""

    file: str
    kind: Kind
    language: str = ""

    @property
    def folder(self) -> str:
        """The folder it stands in, relative to the workspace."""
        return self.file.rpartition("/")[0]

    @property
    def name(self) -> str:
        """Its name in that folder."""
        return self.file.rpartition("/")[2]

    @property
    def id(self) -> str:
        """The id that a mandate has from its file, and a cycle from its folder."""
        path = PurePosixPath(self.file)
        return path.parent.name if self.kind is Kind.BRIEF else path.stem


class Reading(msgspec.Struct, Generic[R], array_like=True):
    """What a file holds, what is wrong in it, and its keys without a value."""

    holds: R
    problems: tuple[Problem, ...] = ()
    blanks: tuple[tuple[Place, str], ...] = ()


class Heads(msgspec.Struct, array_like=True, kw_only=True):
    """What coverage asks of the entries of a file, side by side: of most entries nothing else is ever asked.

    `index` is the place of each in the list of the file, empty where all of the list are here, and
    `ends` that in the packed bodies, in bytes;
    `status` has a letter for each, `doers` who acts and whether money is given, `by` which of them
    each entry has. The rest holds only what few entries have, by their place here.
    """

    ids: tuple[str, ...]
    index: tuple[int, ...]
    ends: tuple[int, ...]
    status: str
    doers: tuple[tuple[Names, bool], ...]
    by: tuple[int, ...]
    named: dict[str, tuple[int, ...]]
    follows: dict[int, Names]
    internal: tuple[int, ...]


class Packed(NamedTuple):
    """A reading in MessagePack, and the digest of the file's bytes; without one the file could not be read.

    `bodies` holds the entries whose heads are in `head`, one after the other.
    """

    head: bytes
    bodies: bytes
    digest: bytes


Documents = dict[str, Document]
_DECODERS: dict[Kind, msgspec.msgpack.Decoder[Any]] = {
    Kind.MANDATE: msgspec.msgpack.Decoder(Reading[Mandate | None]),
    Kind.BRIEF: msgspec.msgpack.Decoder(Reading[Brief | None]),
    Kind.DOCUMENTS: msgspec.msgpack.Decoder(Reading[Documents]),
    Kind.EVIDENCE: msgspec.msgpack.Decoder(Reading[Heads]),
}
pack = msgspec.msgpack.Encoder().encode
unpack_entry = msgspec.msgpack.Decoder(Entry).decode
# What unpacking raises where it is given what nobody has packed here.
FOREIGN = (msgspec.DecodeError, UnicodeDecodeError)


def unpack(kind: Kind, head: bytes) -> Reading[Any]:
    """Return a reading from its packed form; raise one of `FOREIGN` when it is none."""
    reading: Reading[Any] = _DECODERS[kind].decode(head)
    return reading
