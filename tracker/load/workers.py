"""Many files read side by side: a process for each core, started anew and never forked."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from types import ModuleType
from typing import TYPE_CHECKING

from tracker.load.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tracker.load.fetch import File
    from tracker.load.packed import Job, Packed

# Bytes that one process reads before it answers: small enough to share out evenly, and to hold.
_BATCH = 400_000


def read_on(cores: int, root: Path, files: list[File]) -> Iterator[tuple[list[File], list[Packed]]]:
    """Yield the files in batches, each with what it holds."""
    batches = _batches(files)
    try:
        pool = ProcessPoolExecutor(cores, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)
    except (OSError, NotImplementedError):
        # Some systems forbid what processes share: then this one reads it all.
        yield from ((batch, _read(root, batch)) for batch in batches)
        return
    with _main_left_out(), pool:
        waiting = deque(_given(pool, root, batch) for batch in islice(batches, 3 * cores))
        while waiting:
            batch, answer = waiting.popleft()
            yield batch, answer()
            waiting.extend(_given(pool, root, more) for more in islice(batches, 1))


def _given(pool: ProcessPoolExecutor, root: Path, batch: list[File]) -> tuple[list[File], Callable[[], list[Packed]]]:
    """Give a batch to a process; where that one dies, it is read here."""
    try:
        future = pool.submit(_read_jobs, root, [file.job for file in batch])
    except BrokenProcessPool:
        return batch, lambda: _read(root, batch)

    def answer() -> list[Packed]:
        try:
            return future.result()
        except BrokenProcessPool:
            return _read(root, batch)

    return batch, answer


def _read(root: Path, batch: list[File]) -> list[Packed]:
    return _read_jobs(root, [file.job for file in batch])


def _read_jobs(root: Path, jobs: list[Job]) -> list[Packed]:
    return [read(root, job) for job in jobs]


def _batches(files: list[File]) -> Iterator[list[File]]:
    batch: list[File] = []
    size = 0
    for file in files:
        batch.append(file)
        size += file.stamp.size
        if size > _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _begin() -> None:
    """Prepare a process: the command that started it answers when a person stops it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()


@contextmanager
def _main_left_out() -> Iterator[None]:
    """Hide the program that runs from the processes it starts: they would load all of it again, and need none."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
