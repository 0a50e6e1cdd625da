"""Many files read side by side: a process for each core, started anew and never forked.

Each has a pipe of its own: with one for all, a process that the system ends in the middle of an answer
would leave the others, and the command, waiting for ever.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from tracker.load.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from pathlib import Path

    from tracker.load.fetch import File
    from tracker.load.packed import Packed

    Pipe = Connection[Any, Any]

# Bytes that one process reads before it answers: small enough to share out evenly, and to hold.
_BATCH = 400_000
# Windows waits for few more pipes at once.
_MOST = 60


def read_on(cores: int, root: Path, files: list[File]) -> Iterator[tuple[list[File], list[Packed]]]:
    """Yield the files in batches, each with what it holds, as they are done."""
    batches = list(_batches(files))
    left = iter(batches)
    with _started(min(cores, len(batches), _MOST), root) as pipes:
        given: dict[Pipe, list[File]] = {}
        for pipe, batch in zip(pipes, left, strict=False):
            given[pipe] = _give(pipe, batch)
        while given:
            for pipe in cast("list[Pipe]", wait(list(given))):
                batch, packed = given.pop(pipe), _answer_of(pipe)
                if packed is not None and (more := next(left, None)):
                    given[pipe] = _give(pipe, more)
                yield batch, _read(root, batch) if packed is None else packed
    # None could be started, or all have died.
    yield from ((batch, _read(root, batch)) for batch in left)


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


def _read(root: Path, batch: list[File]) -> list[Packed]:
    return [read(root, file.job) for file in batch]


def _give(pipe: Pipe, batch: list[File]) -> list[File]:
    # One that has died says so when it is asked for its answer.
    with suppress(OSError):
        pipe.send([file.job for file in batch])
    return batch


def _answer_of(pipe: Pipe) -> list[Packed] | None:
    """Return what a process has read, or nothing when it has died."""
    try:
        packed: list[Packed] = pipe.recv()
    except (EOFError, OSError):
        return None
    return packed


@contextmanager
def _started(count: int, root: Path) -> Iterator[list[Pipe]]:
    """Start processes, as many as the system allows, and end them when nobody wants their answers any more."""
    context = multiprocessing.get_context("spawn")
    processes: list[SpawnProcess] = []
    pipes: list[Pipe] = []
    try:
        with _main_left_out(), _no_interrupts(), suppress(OSError):
            for _ in range(count):
                ours, theirs = context.Pipe()
                process = context.Process(target=_serve, args=(theirs, root), daemon=True)
                process.start()
                # Nobody else may hold it open, or its end would never be seen.
                theirs.close()
                processes.append(process)
                pipes.append(ours)
        yield pipes
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.join()


def _serve(pipe: Pipe, root: Path) -> None:
    """Read batch after batch until the command that gives them ends, however it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    # What goes wrong here goes wrong again in the command, which then reads the batch itself, and is told there.
    with suppress(Exception):
        while True:
            pipe.send([read(root, job) for job in pipe.recv()])


@contextmanager
def _main_left_out() -> Iterator[None]:
    """Hide the program that runs from the processes it starts: they would load all of it again, and need none."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Let the processes that are started know nothing of Ctrl-C: the command that starts them answers it."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker  # noqa: PLC0415 - there is none on Windows

    # When it is started, which the first process does otherwise, it lets all signals in again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
