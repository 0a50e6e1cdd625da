"""The README shows real output, and its two commands are what CI runs."""

from __future__ import annotations

import re

from conftest import ROOT, run

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"(?ms)^```{kind}\n(.*?)^```$", README)


def test_the_picture_is_what_the_first_command_prints() -> None:
    said = run("gaps", "--report", "2013-ccpcj-22")
    assert "\n".join(line.rstrip() for line in said.out.splitlines()).rstrip() + "\n" == blocks("text")[0]


def test_the_two_commands_do_all_the_set_up() -> None:
    first, second = blocks("sh")[:2]
    for command in (first, second):
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")
        assert command.count("\n") == 1
    assert first.endswith("tracker gaps --report 2013-ccpcj-22\n")
    assert second.endswith("pytest\n")
