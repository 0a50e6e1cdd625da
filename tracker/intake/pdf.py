"""PDF files: read in a process of their own, within bounds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec

from tracker.intake.source import Line, Source, Unreadable

_SECONDS = 60
_HERE = str(Path(__file__).parents[2])
# Stands for the name of the file, which need not be text.
_NAME = "\x1a"
_AGAIN = "print it to a PDF again, or get the .docx"


class Answer(msgspec.Struct):
    """What the process found, or why it refused the file, and what to do."""

    lines: tuple[Line, ...] = ()
    unread: tuple[int, ...] = ()
    refused: tuple[str, str] | None = None


def read_pdf(name: str, data: bytes) -> Source:
    """Read the text of a PDF; pages without any are listed as unread."""
    # -P: a folder one stands in must not bring modules of its own, unless the command itself runs from there.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (_HERE, os.environ.get("PYTHONPATH"))))}
    command = [sys.executable, "-P", "-m", "tracker.intake.pdf_text", _NAME]
    try:
        done = subprocess.run(  # noqa: S603 - a module of ours
            command, input=data, env=environment, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        message = f"{name} was still being read after {_SECONDS} seconds: no document takes so long"
        raise Unreadable(message, _AGAIN) from None
    if done.returncode:
        raise Unreadable(f"{name} is damaged, or would take more memory than any document does", _AGAIN)
    answer = msgspec.msgpack.decode(done.stdout, type=Answer)
    if answer.refused:
        message, hint = answer.refused
        raise Unreadable(message.replace(_NAME, name), hint)
    return Source(name, "pdf", answer.lines, (), answer.unread)
