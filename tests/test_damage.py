"""However a file is damaged, there is an answer or a problem, never a traceback."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

from tracker.check import problems_of
from tracker.cover.gaps import gaps
from tracker.cover.matrix import cover
from tracker.cover.scope import scope_of
from tracker.draft.report import report_view
from tracker.draft.templates import render
from tracker.lang import language
from tracker.load.files import load
from tracker.render.data import matrix_json
from tracker.render.markdown import gaps_markdown
from tracker.render.skeleton import next_brief

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = ROOT / "templates" / "example"
ODD = [
    *("", "~", "[]", "{}", "[a, b]", "{en: x}", "null", "true", "-1", "99999999", "..", "^[x", "a: b", "中文", "[[1]]"),
    *("2024-13", "2024-02-30", "2024/2023", "51/7", "cnd-99-1:9-1", "UNODC", "KEN/x", "a" * 300, "customs-manual"),
]


def damage(workspace: Path, dice: random.Random) -> None:
    """Change, drop, repeat or shift a line or two of its files."""
    files = sorted(workspace.rglob("*.yaml"))
    for _ in range(dice.randint(1, 3)):
        file = dice.choice(files)
        lines = file.read_text(encoding="utf-8").splitlines()
        at = dice.randrange(len(lines))
        key, colon, _ = lines[at].partition(":")
        lines[at : at + 1] = dice.choice(
            [
                [f"{key}{colon} {dice.choice(ODD)}"],
                [f"{key}{colon} {dice.choice(ODD)}"],
                [],
                [lines[at], dice.choice(lines)],
                ["  " * dice.randint(0, 3) + lines[at].lstrip()],
            ]
        )
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize("seed", range(120))
def test_a_damaged_workspace_is_answered_or_refused(seed: int, tmp_path: Path) -> None:
    workspace = tmp_path / "ws"
    shutil.copytree(EXAMPLE, workspace)
    damage(workspace, random.Random(seed))
    ws = load(workspace)
    assert sorted(problems_of(ws)) == problems_of(ws)
    if ws.problems:
        return
    for report in (None, *ws.cycles):
        coverage = cover(ws, scope_of(ws, report))
        assert matrix_json(coverage)
        assert gaps_markdown(coverage, gaps(coverage), language("zh"))
        assert sum(coverage.counts.values()) == len(coverage.units)
    for cycle in ws.cycles:
        for clean in (False, True):
            assert render(report_view(ws, cycle, "zh", clean=clean), "report.md.j2", workspace)
        assert next_brief(ws, cycle, "2027-cnd-101")
