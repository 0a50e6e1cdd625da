"""A case: a text file with a workspace's hostile files, the commands to run, and all they must say.

The format is told in README.md beside this file.
"""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_HEAD = re.compile(r"(?P<what>.*?)(?: \((?P<how>[^()]*)\))?")
_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|([nrt\\])|\n)")
_REPEAT = re.compile(r"«(\d+) × (.+?)»", re.DOTALL)
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\"}
_XFAIL = re.compile(r"^xfail: (.*)$", re.MULTILINE)


class File(NamedTuple):
    """A file of the case: how it is given, and what stands below its name."""

    path: str
    how: str
    body: str


class Command(NamedTuple):
    """A command to run, its exit codes, whether it is run on a terminal, and all that it says."""

    words: str
    codes: tuple[int, ...]
    terminal: bool
    says: str


class Case(NamedTuple):
    """What the case is about, its files, and its commands."""

    told: str
    files: list[File]
    commands: list[Command]

    @property
    def xfail(self) -> str:
        """Why the tool does not yet do what the case asks for."""
        found = _XFAIL.search(self.told)
        return found[1] if found else ""


def read_case(path: Path) -> Case:
    """Read a case from its file."""
    told, *passages = re.split(r"^(?=-- |== )", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    case = Case(told, [], [])
    for passage in passages:
        head, _, body = passage.partition("\n")
        found = _HEAD.fullmatch(head[3:])
        assert found, head
        what, how = found["what"], found["how"] or ""
        if head.startswith("-- "):
            case.files.append(File(what, how, body))
        else:
            codes = tuple(map(int, re.findall(r"\d", how)))
            case.commands.append(Command(what, codes, "on a terminal" in how, body))
    return case


def written(case: Case) -> str:
    """Return the text of the file of a case."""
    parts = [case.told]
    for file in case.files:
        parts += [f"-- {file.path}", f" ({file.how})" if file.how else "", "\n", file.body]
    for command in case.commands:
        how = f"exit {' or '.join(map(str, command.codes))}{', on a terminal' if command.terminal else ''}"
        parts += [f"== {command.words} ({how})\n", command.says]
    return "".join(parts)


def escaped(text: str) -> bytes:
    r"""Return the bytes that a text with escapes stands for: `\xff` a byte, `\u202e` a character, `«9 × a»` many."""
    parts, end = [], 0
    for found in _REPEAT.finditer(text):
        parts += [_unescaped(text[end : found.start()]), _unescaped(found[2]) * int(found[1])]
        end = found.end()
    return b"".join([*parts, _unescaped(text[end:])])


def _unescaped(text: str) -> bytes:
    def one(found: re.Match[str]) -> str:
        byte, character, sign = found.groups()
        # A lone half of a pair stands for a byte, as it does in names of files.
        if byte:
            return chr(int(byte, 16)) if byte < "80" else chr(0xDC00 + int(byte, 16))
        return chr(0xF0000 + int(character, 16)) if character else _SIGNS.get(sign, "")

    return b"".join(_encoded(character) for character in _ESCAPE.sub(one, text))


def _encoded(character: str) -> bytes:
    if "\udc80" <= character <= "\udcff":
        return bytes([ord(character) - 0xDC00])
    if "\U000f0000" <= character <= "\U000fffff":
        return chr(ord(character) - 0xF0000).encode("utf-8", "surrogatepass")
    return character.encode("utf-8")


def shown(text: str) -> str:
    """Return what a command said as a file can hold it: invisible characters escaped, long runs counted."""
    text = re.sub(r"(.)\1{199,}", lambda run: f"«{len(run[0])} × {run[1]}»", text)
    text = re.sub(r"(?m)^(.*\n)\1{9,}", lambda run: f"«{run[0].count(chr(10))} lines» {run[1]}", text)
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character != "\n" and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn"}:
        return f"\\u{ord(character):04x}"
    return character


def lay(workspace: Path, file: File) -> None:
    """Put a file of a case into its workspace."""
    path = workspace / os.fsdecode(escaped(file.path))
    path.parent.mkdir(parents=True, exist_ok=True)
    if file.how in SETUPS:
        SETUPS[file.how](path, file.body)
    elif file.how == "escaped":
        path.write_bytes(escaped(file.body))
    else:
        path.write_bytes(file.body.encode(file.how.removeprefix("in ") or "utf-8"))


def _link(path: Path, body: str) -> None:
    path.unlink(missing_ok=True)
    try:
        path.symlink_to(body.strip())
    except OSError:
        pytest.skip("links cannot be made here")


def _folder(path: Path, _body: str) -> None:
    path.mkdir()


def _pipe(path: Path, _body: str) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(path)


def _unreadable(path: Path, body: str) -> None:
    path.write_text(body, encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("nothing is unreadable for root, or on this system")


def _text(path: Path, body: str) -> None:
    path.write_text(body, encoding="utf-8", newline="\n")


# What stands in brackets behind a file's name when text alone does not make it.
SETUPS: dict[str, Callable[[Path, str], None]] = {
    "a link": _link,
    "a folder": _folder,
    "a pipe": _pipe,
    "unreadable": _unreadable,
    "growing": _text,
    "changing": _text,
}
