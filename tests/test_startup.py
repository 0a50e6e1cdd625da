"""Start-up is a budget: what a command does not need, it does not load."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import ROOT

HEAVY = {"rich", "jinja2", "importlib.metadata", "pydantic", "asyncio"}

COMMANDS = {
    "--help": HEAVY | {"yaml", "msgspec", "csv"},
    # Asked before, they read nothing.
    "gaps --report 2013-ccpcj-22 --format json": HEAVY | {"yaml", "msgspec", "csv"},
    "check": HEAVY | {"yaml", "csv"},
    "draft 2013-ccpcj-22 --language en --output -": {"rich", "importlib.metadata"},
}


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_loads_only_what_it_needs(line: str) -> None:
    code = (
        "import sys; sys.argv = ['tracker', *sys.argv[1:]]\n"
        "from tracker.cli.app import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", code, *line.split()]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    loaded = set(done.stderr.decode().splitlines())
    assert not COMMANDS[line] & loaded
