"""What files hold now: from the store where they have not changed, else read, on every core where that pays."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from tracker.load.folder import Stamp
from tracker.load.store import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tracker.load.packed import Job, Packed
    from tracker.load.store import Store

    Told = Callable[[int, int], None]

# The first process more costs about as long as reading this much does.
_WORTH_A_PROCESS = 1_500_000
_NEVER = Stamp(-1, 0, 0, 0)


class File(NamedTuple):
    """A file to read, and what the file system says of it."""

    job: Job
    stamp: Stamp


class Fetched(NamedTuple):
    """What a file holds now, packed; the bodies of its entries stay in the store until wanted."""

    job: Job
    head: bytes
    digest: bytes


def fetch(root: Path, store: Store, files: list[File], told: Told | None = None) -> Iterator[Fetched]:
    """Yield what each file holds, in the order given.

    `told` is called with the bytes read so far and the bytes to read, when any file must be read.
    """
    found: dict[str, Fetched] = {}
    for folder, inside in _by_folder(files).items():
        found |= _unchanged(root, store, folder, inside)
    stale = [file for file in files if file.job.file not in found]
    size, done = sum(file.stamp.size for file in stale), 0
    for batch, packed in _read(root, stale, size):
        _keep(store, batch, packed)
        found |= {
            file.job.file: Fetched(file.job, one.head, one.digest) for file, one in zip(batch, packed, strict=True)
        }
        done += sum(file.stamp.size for file in batch)
        if told:
            told(done, size)
    return (found.pop(file.job.file) for file in files)


def _by_folder(files: list[File]) -> dict[str, dict[str, File]]:
    folders: dict[str, dict[str, File]] = {}
    for file in files:
        folders.setdefault(file.job.folder, {})[file.job.name] = file
    return folders


def _unchanged(root: Path, store: Store, folder: str, files: dict[str, File]) -> dict[str, Fetched]:
    """Return what the store holds of files that have not changed since: by their stamp, else by their content."""
    found, touched = {}, {}
    kept = store.folder(folder)
    for name, file in files.items():
        known = kept.get(name)
        if known is None or known.language != file.job.language:
            continue
        if known.stamp != file.stamp:
            if not _holds(root / file.job.file, known.digest):
                continue
            touched[name] = _settled(file.stamp)
        found[file.job.file] = Fetched(file.job, known.head, known.digest)
    if touched:
        store.restamp(folder, touched)
    if gone := kept.keys() - files.keys():
        store.forget(folder, gone)
    return found


def _holds(path: Path, digest: bytes) -> bool:
    from tracker.load.reading import digest_of  # noqa: PLC0415 - unchanged files need no YAML

    try:
        return digest_of(path.read_bytes()) == digest
    except OSError:
        return False


def _settled(stamp: Stamp) -> Stamp:
    """Return a stamp to trust later, or one that no file has, if the file may change within the tick of a clock."""
    return stamp if stamp.settled else _NEVER


def _keep(store: Store, batch: list[File], packed: list[Packed]) -> None:
    by_folder: dict[str, list[tuple[Kept, bytes]]] = {}
    for file, one in zip(batch, packed, strict=True):
        if one.digest:
            kept = Kept(file.job.name, file.job.language, _settled(file.stamp), one.digest, one.head)
            by_folder.setdefault(file.job.folder, []).append((kept, one.bodies))
    for folder, readings in by_folder.items():
        store.put(folder, readings)


def _read(root: Path, files: list[File], size: int) -> Iterable[tuple[list[File], list[Packed]]]:
    if size > _WORTH_A_PROCESS and (cores := _cores()) > 1:
        from tracker.load.workers import read_on  # noqa: PLC0415 - few workspaces need processes

        return read_on(cores, root, files)
    return _read_here(root, files)


def _read_here(root: Path, files: list[File]) -> Iterator[tuple[list[File], list[Packed]]]:
    if files:
        from tracker.load.reading import read  # noqa: PLC0415 - unchanged files need no YAML

        yield from (([file], [read(root, file.job)]) for file in files)


def _cores() -> int:
    """Return on how many cores this process may run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
