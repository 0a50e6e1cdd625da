"""What tests share: the command, run as a user runs it, and files that hold expected output."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
TESTS = Path(__file__).parent
SMALL = TESTS / "workspaces" / "small"
# An entry for the small workspace.
ENTRY = """\
- id: {name}
  type: training
  status: completed
  by: [unodc]
  addresses: [cnd-63-1:1#1]
  summary: {{en: '{text}'}}
"""
SHARED = ROOT.parent / "shared"

# What tests read is kept for them alone, and not beside what is kept for a person.
os.environ["TRACKER_CACHE"] = tempfile.mkdtemp(prefix="tracker-cache-")
atexit.register(shutil.rmtree, os.environ["TRACKER_CACHE"], ignore_errors=True)

# A busy machine is no mistake in the code: examples are not timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


class Said(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


def run(*words: str | Path, at: Path = ROOT, **environment: str) -> Said:
    """Run `tracker` in a process of its own, with a plain environment."""
    plain = {
        name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS", "TRACKER_LANGUAGE"}
    }
    command = [sys.executable, "-m", "tracker", *map(str, words)]
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run(
        command, cwd=at, env={**plain, "PYTHONPATH": path, **environment}, capture_output=True, check=False
    )
    return Said(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def expect(name: str, text: str) -> None:
    """Compare text with a file of `tests/golden`; with TRACKER_UPDATE=1 write it there instead."""
    path = TESTS / "golden" / name
    text = "".join(f"{line.rstrip()}\n" for line in text.splitlines())
    if os.environ.get("TRACKER_UPDATE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.is_file(), f"no expected output {name}: write it with TRACKER_UPDATE=1"
    assert text == path.read_text(encoding="utf-8")


def copied(source: Path, target: Path) -> Path:
    """Copy a workspace's mandates, reports and templates, to change them."""
    for folder in ("mandates", "reports", "templates"):
        if (source / folder).is_dir():
            shutil.copytree(source / folder, target / folder)
    return target


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Copy the small workspace."""
    return copied(SMALL, tmp_path)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Copy the repository's own data."""
    (tmp_path / "ws").mkdir()
    for folder in ("mandates", "reports"):
        shutil.copytree(ROOT / folder, tmp_path / "ws" / folder)
    return tmp_path / "ws"
