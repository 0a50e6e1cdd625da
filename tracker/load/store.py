"""What was read from the files of a workspace, and answered, kept until they change: one database for each workspace.

It holds data only, in MessagePack, so that a store from elsewhere cannot run anything. One that is
damaged, or was written by other code, is thrown away; where none can be kept, a private one serves
that ends with the command. Nothing is asked of it that reading the files again would not answer.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from tracker import __version__
from tracker.load.folder import Stamp

if TYPE_CHECKING:
    from collections.abc import Iterable

_TABLES = (
    """CREATE TABLE IF NOT EXISTS files (
    folder TEXT, name TEXT, language TEXT, size INTEGER, modified INTEGER, changed INTEGER, inode INTEGER,
    digest BLOB, head_sum INTEGER, bodies_sum INTEGER, head BLOB, bodies BLOB, PRIMARY KEY (folder, name))""",
    """CREATE TABLE IF NOT EXISTS answers (
    question TEXT PRIMARY KEY, state BLOB, answer_sum INTEGER, answer BLOB)""",
)
# Queries are put together from these names alone, never from what a file holds.
_COLUMNS = "name, language, size, modified, changed, inode, digest, head_sum, head"
_PUT = f"INSERT OR REPLACE INTO files (folder, {_COLUMNS}, bodies, bodies_sum) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"  # noqa: S608
_WAIT_SECONDS = 2.0
# SQLite tells what is wrong with a damaged file in the words of that file, which need not be text.
_FAILED = (sqlite3.Error, UnicodeDecodeError)
_KEPT_DAYS = 90
_ANSWERS, _LARGEST_ANSWER = 12, 64_000_000
# Beside the code that reads: what it makes readings with.
OTHER_MAKERS = ("model.py", "problems.py", "refs.py", "lang/characters.py")
# The names that `store_file` gives.
_STORES = f"*-{'[0-9a-f]' * 8}.sqlite"


class Kept(NamedTuple):
    """What the store holds of one file."""

    name: str
    language: str
    stamp: Stamp
    digest: bytes
    head: bytes


class Store:
    """What was read and answered of one workspace."""

    def __init__(self, file: Path | None = None) -> None:
        """Open the store in a file, or a private one."""
        self.lasts = file is not None
        self._file = file
        self._unsaved: dict[tuple[str, str, bytes], bytes] = {}
        self._connection = _kept(file) if file else _private()

    def folder(self, folder: str) -> dict[str, Kept]:
        """Return what is kept of the files of a folder, by name; what is damaged is left out."""
        query = f"SELECT {_COLUMNS} FROM files WHERE folder = ?"  # noqa: S608
        try:
            rows = self._connection.execute(query, (folder,)).fetchall()
        except sqlite3.OperationalError:
            return {}
        except _FAILED:
            self._begin_anew()
            return {}
        return {row[0]: Kept(row[0], row[1], Stamp(*row[2:6]), row[6], row[8]) for row in rows if _is_whole(row)}

    def bodies(self, folder: str, name: str, digest: bytes) -> bytes | None:
        """Return the packed entries of a file with this content, if they are still there."""
        unsaved = self._unsaved.get((folder, name, digest))
        if unsaved is not None:
            return unsaved
        query = "SELECT bodies, bodies_sum FROM files WHERE folder = ? AND name = ? AND digest = ?"
        return self._whole(query, folder, name, digest)

    def put(self, folder: str, readings: Iterable[tuple[Kept, bytes]]) -> None:
        """Keep some readings of files of a folder, each with its bodies, all at once."""
        readings = list(readings)
        rows = [(folder, *_row(kept), bodies, crc32(bodies)) for kept, bodies in readings]
        try:
            self._change((_PUT, rows))
        except _FAILED as error:
            # Another command writes, or the disk is full: this one goes on with what it has read.
            self._unsaved |= {(folder, kept.name, kept.digest): bodies for kept, bodies in readings if bodies}
            if not isinstance(error, sqlite3.OperationalError):
                self._begin_anew()

    def restamp(self, folder: str, stamps: dict[str, Stamp]) -> None:
        """Note that files were touched, and hold what they held."""
        query = "UPDATE files SET size = ?, modified = ?, changed = ?, inode = ? WHERE folder = ? AND name = ?"
        rows = [(*stamp, folder, name) for name, stamp in stamps.items()]
        with suppress(*_FAILED):
            self._change((query, rows))

    def forget(self, folder: str, names: Iterable[str]) -> None:
        """Drop files that are no longer there."""
        with suppress(*_FAILED):
            self._change(("DELETE FROM files WHERE folder = ? AND name = ?", [(folder, name) for name in names]))

    def answer(self, question: str, state: bytes) -> bytes | None:
        """Return what was answered to a question when the workspace was in this state."""
        return self._whole("SELECT answer, answer_sum FROM answers WHERE question = ? AND state = ?", question, state)

    def keep_answer(self, question: str, state: bytes, answer: bytes) -> None:
        """Keep the answer to a question, unless it is very large, and forget the oldest of others."""
        if len(answer) > _LARGEST_ANSWER:
            return
        row = (question, state, crc32(answer), answer)
        newest = "SELECT rowid FROM answers ORDER BY rowid DESC LIMIT ?"
        with suppress(*_FAILED):
            self._change(
                ("INSERT OR REPLACE INTO answers VALUES (?,?,?,?)", [row]),
                (f"DELETE FROM answers WHERE rowid NOT IN ({newest})", [(_ANSWERS,)]),  # noqa: S608
            )

    def _whole(self, query: str, *values: object) -> bytes | None:
        """Return what a query finds beside its sum, if that is right."""
        with suppress(*_FAILED):
            row = self._connection.execute(query, values).fetchone()
            return row[0] if row and _has_sum(*row) else None
        return None

    def _change(self, *steps: tuple[str, list[tuple[Any, ...]]]) -> None:
        """Take some steps, all of them or none."""
        try:
            with self._connection:
                for query, rows in steps:
                    self._connection.executemany(query, rows)
        except sqlite3.OperationalError:
            # Who has waited in vain for another command, perhaps one that hangs, does not wait at each file again.
            self._connection.execute("PRAGMA busy_timeout = 0")
            raise

    def _begin_anew(self) -> None:
        self._connection.close()
        self._connection = _renewed(self._file) if self._file else _private()


def store_file(folder: Path, root: Path) -> Path:
    """Return the file in a cache folder that holds the store of a workspace."""
    return folder / f"{root.name or 'root'}-{crc32(str(root).encode('utf-8', 'surrogateescape')):08x}.sqlite"


def _row(kept: Kept) -> tuple[object, ...]:
    return (kept.name, kept.language, *kept.stamp, kept.digest, crc32(kept.head), kept.head)


def _is_whole(row: tuple[Any, ...]) -> bool:
    return _has_sum(row[8], row[7])


def _has_sum(held: object, told: object) -> bool:
    return isinstance(held, bytes) and crc32(held) == told


def _private() -> sqlite3.Connection:
    # SQLite keeps a database without a name in memory, and in a nameless file when it grows.
    connection = sqlite3.connect("")
    _make_tables(connection)
    return connection


def _kept(file: Path) -> sqlite3.Connection:
    try:
        return _opened(file)
    except (sqlite3.OperationalError, OSError):
        # Another command writes just now, or nothing can be written here.
        return _private()
    except _FAILED:
        return _renewed(file)


def _renewed(file: Path) -> sqlite3.Connection:
    """Throw a store away that is damaged or was written by other code, and begin a new one."""
    try:
        file.unlink(missing_ok=True)
        return _opened(file)
    except (*_FAILED, OSError):
        return _private()


def _opened(file: Path) -> sqlite3.Connection:
    if not file.exists():
        _make_room(file.parent)
        file.touch(mode=0o600)
    connection = sqlite3.connect(file, timeout=_WAIT_SECONDS)
    try:
        _prepare(connection)
    except _FAILED:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    # A store lost with the machine's power is read anew: waiting for the disk would gain nothing.
    connection.execute("PRAGMA synchronous = OFF")
    # What is kept of a file would fill many pages of the usual size.
    connection.execute("PRAGMA page_size = 16384")
    connection.execute("PRAGMA trusted_schema = OFF")
    # A damaged name that could not be decoded would keep its whole folder from being found, for ever.
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    makers = _makers()
    if _made_by(connection) == makers:
        return
    with connection:
        # Of two commands that come first, one makes the table and the other finds it whole.
        connection.execute("BEGIN IMMEDIATE")
        if _made_by(connection) == makers:
            return
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise sqlite3.DatabaseError
        _make_tables(connection)
        connection.execute(f"PRAGMA user_version = {makers}")


def _make_tables(connection: sqlite3.Connection) -> None:
    for table in _TABLES:
        connection.execute(table)


def _made_by(connection: sqlite3.Connection) -> object:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def _make_room(folder: Path) -> None:
    """Make the cache folder, for no one else to read, and drop stores that nothing was written to for long."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    oldest = time.time() - _KEPT_DAYS * 86_400
    # The folder may be one of a person's own, with databases in it that are not ours.
    for file in folder.glob(_STORES):
        with suppress(OSError):
            if file.stat().st_mtime < oldest:
                file.unlink()


def _makers() -> int:
    """Return a number that stands for the code that makes readings: any change of it makes all of them stale."""
    package = Path(__file__).parent.parent
    found = crc32(__version__.encode())
    for maker in (*sorted((package / "load").glob("*.py")), *(package / name for name in OTHER_MAKERS)):
        found = crc32(maker.read_bytes(), found)
    return found & 0x7FFFFFFF
