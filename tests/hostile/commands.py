"""A program: runs commands of tracker one after the other, within limits of memory and time, and tells what they said.

It reads a list of commands, each a list of words, as JSON, and prints a list of exit codes and texts.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback
from typing import BinaryIO

try:
    import resource
except ImportError:  # Windows has no such limits.
    resource = None  # type: ignore[assignment]  # typeshed knows one system at a time

BYTES, CPU_SECONDS = 1_500_000_000, 30


def limit() -> None:
    """Set limits for this process and whatever it starts."""
    if resource:
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def run(words: list[str]) -> int:
    """Run one command as the shell would, and return its exit code."""
    from tracker.cli.app import main  # noqa: PLC0415 - within the limits

    sys.argv = ["tracker", *words]
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - whatever it is, the case must show it
        traceback.print_exc()
        return 1
    return 0


def said(words: list[str], out: BinaryIO, err: BinaryIO) -> tuple[int, str]:
    """Run a command with its output and errors in files; return its exit code and both."""
    for stream, file in ((1, out), (2, err)):
        file.truncate(0)
        file.seek(0)
        os.dup2(file.fileno(), stream)
    code = run(words)
    sys.stdout.flush()
    sys.stderr.flush()
    texts = []
    for file in (out, err):
        file.seek(0)
        texts.append(file.read().decode("utf-8", "backslashreplace"))
    return code, "".join(texts)


def answer() -> None:
    """Run what standard input asks for."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as reply:
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            told = [said(words, out, err) for words in json.load(sys.stdin)]
        json.dump(told, reply)


if __name__ == "__main__":
    limit()
    if len(sys.argv) > 1:
        sys.exit(run(sys.argv[1:]))
    answer()
