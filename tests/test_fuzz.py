"""Workspaces that no one would write: whatever they hold, there is an answer or a problem, never an exception.

Each test makes a few examples. `TRACKER_FUZZ=40 pytest tests/test_fuzz.py` makes forty times as many, other ones each
time.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import strategies as made
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rich.console import Console

from tracker.check import problems_of
from tracker.cli.show import _page as page_of
from tracker.cover.gaps import gaps
from tracker.cover.matrix import cover
from tracker.cover.scope import scope_of
from tracker.dates import parse_date
from tracker.draft.outline import paragraphs, printed_in
from tracker.draft.report import report_view
from tracker.draft.templates import built_in, render
from tracker.lang import formats, language
from tracker.load.files import load
from tracker.load.resolve import Target, resolve
from tracker.load.store import Store
from tracker.problems import Level
from tracker.render import data, markdown, table, terminal
from tracker.render.collection import Form, reply_workbook
from tracker.render.docx.document import Job, word_file
from tracker.render.overview import overview_page
from tracker.render.site import site
from tracker.render.workbook import matrix_workbook

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from rich.console import RenderableType

    from tracker.cover.coverage import Coverage
    from tracker.cover.scope import Scope
    from tracker.load.workspace import Workspace

TIMES = int(os.environ.get("TRACKER_FUZZ", "1"))


def few(examples: int) -> settings:
    """Make so many examples, the same ones each time, or many more, other ones each time."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
    # Whole workspaces take hours to shrink.
    phases = (Phase.explicit, Phase.generate)
    many = examples * TIMES
    return settings(max_examples=many, derandomize=TIMES == 1, phases=phases, suppress_health_check=slow)


# Every form


def printed(page: RenderableType) -> str:
    out = io.StringIO()
    Console(file=out, width=80).print(page)
    return out.getvalue()


def told(coverage: Coverage, code: str) -> Iterator[str | bytes]:
    """Yield gaps and matrix in every form that is no file."""
    lang, found = language(code), gaps(coverage)
    rows = [row for kind in found.values() for row in kind]
    yield from (data.gaps_json(coverage, rows), data.matrix_json(coverage))
    yield from (table.gaps_csv(coverage, found, lang), table.matrix_csv(coverage, lang))
    yield from (markdown.gaps_markdown(coverage, found, lang), markdown.matrix_markdown(coverage, lang))
    yield from (table.secretariat_csv(coverage, lang), markdown.secretariat_markdown(coverage, lang))
    yield printed(terminal.gaps_table(coverage, found, lang, 50))
    yield printed(terminal.matrix_table(coverage, lang, 50))
    yield printed(terminal.secretariat_table(coverage, lang, 50))


def drafts(ws: Workspace, cycle: str, code: str, scope: Scope) -> Iterator[str | bytes]:
    """Yield the drafts of a report in Markdown and Word, with notes and without."""
    coverage, brief = cover(ws, scope), ws.cycles[cycle].brief
    for clean in (False, True):
        view = report_view(ws, cycle, code, clean=clean)
        numbers = [paragraph.number for paragraph in paragraphs(view.sections)]
        assert numbers == list(range(1, len(numbers) + 1))
        text = render(view, "report.md.j2", ws.root)
        yield text
        base = built_in("report.docx").read_bytes()
        job = Job(view=view, markdown=text, brief=brief, coverage=coverage, base=base, annex=clean)
        yield word_file(job)


def pages(ws: Workspace, code: str) -> Iterator[str | bytes]:
    """Yield what is shown of each thing, and the pages of the site."""
    yield printed(overview_page(ws, language(code)))
    for name in (*ws.mandates, *ws.entries, *ws.documents, *ws.cycles, *(unit for unit in all_units(ws))):
        yield printed(page_of(ws, name, None, language(code)))
    for report in (None, *list(ws.cycles)[-1:]):
        for _, page in site(ws, report, code, clean=report is not None):
            yield page


def all_units(ws: Workspace) -> list[str]:
    return [unit.ref for units in ws.units.values() for unit in units.values()]


def everything(ws: Workspace, code: str) -> Iterator[str | bytes]:
    """Yield what every command makes of a workspace."""
    for report in (None, *ws.cycles):
        scope = scope_of(ws, report)
        coverage = cover(ws, scope)
        yield from told(coverage, code)
        yield matrix_workbook(ws, scope, coverage, language(code))
        if report:
            yield from drafts(ws, report, code, scope)
            yield from forms(ws, report, code, scope)
    yield from pages(ws, code)


def forms(ws: Workspace, cycle: str, code: str, scope: Scope) -> Iterator[bytes]:
    """Yield the workbooks to fill in."""
    brief = ws.cycles[cycle].brief
    for one in brief.consultation.respondents if brief.consultation else ():
        yield reply_workbook(ws, scope, Form(brief, one.name, language(code)))


# Any workspace


@few(12)
@given(made.faulty())
def test_a_faulty_workspace_is_checked_and_sorted(files: made.Files) -> None:
    with TemporaryDirectory() as folder:
        ws = load(made.written(files, Path(folder)))
        found = problems_of(ws)
        assert found == sorted(found)
        assert set(ws.problems) <= set(found)
        if not ws.problems and all(parse_date(cycle.brief.period) for cycle in ws.cycles.values()):
            # What `check` calls a mistake does not keep anyone from printing.
            assert all(told(cover(ws, scope_of(ws)), "en"))
            assert all(printed_in(ws, cycle) for cycle in ws.cycles)


@few(4)
@given(made.clean(), st.sampled_from(made.LANGUAGES))
def test_a_workspace_without_errors_is_printed_in_every_form(files: made.Files, code: str) -> None:
    with TemporaryDirectory() as folder:
        ws = load(made.written(files, Path(folder)))
        assert [problem for problem in problems_of(ws) if problem.level is Level.ERROR] == []
        assert all(everything(ws, code))


@few(8)
@given(made.clean())
def test_every_paragraph_is_found_by_its_reference(files: made.Files) -> None:
    with TemporaryDirectory() as folder:
        ws = load(made.written(files, Path(folder)))
    for unit in (unit for units in ws.units.values() for unit in units.values()):
        for written in (unit.ref, unit.ref.replace("(", ".").replace(")", ""), f" {unit.ref} "):
            found = resolve(ws, written)
            assert isinstance(found, Target)
            assert found.numbers == (unit.number,)


# The order of files, and what is kept of them


def spread(files: made.Files, dice: random.Random) -> made.Files:
    """Put the entries of each cycle into other files, in another order, and write all files in another order."""
    mixed: made.Files = {}
    for name in dice.sample(sorted(files), len(files)):
        if "/evidence/" not in name:
            mixed[name] = files[name]
            continue
        for entry in dice.sample(files[name], len(files[name])):
            mixed.setdefault(f"{name.rpartition('/')[0]}/{dice.choice('cxz')}.yaml", []).append(entry)
    return mixed


def answers(ws: Workspace) -> list[Any]:
    """Return the coverage seen from each report, without the order of entries beside a unit."""
    rows: list[Any] = []
    for report in (None, *ws.cycles):
        for mandate in cover(ws, scope_of(ws, report)).mandates:
            rows.append(sorted((tie.entry.id, tie.role, tie.current) for tie in mandate.unplaced))
            rows += [
                (row.unit.ref, row_status(row), sorted(tie.entry.id for tie in row.evidence)) for row in mandate.rows
            ]
    return rows


def row_status(row: Any) -> tuple[Any, ...]:
    return (row.status, row.states, row.ours) if hasattr(row, "status") else (row.reported, row.units, row.ours)


@few(8)
@given(made.clean(), st.randoms(use_true_random=False))
def test_the_order_of_files_and_entries_never_matters(files: made.Files, dice: random.Random) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        first = load(made.written(files, Path(one)))
        second = load(made.written(spread(files, dice), Path(other)))
        assert first.problems == second.problems == []
        assert answers(first) == answers(second)


@few(4)
@given(made.clean(), made.faulty(), st.randoms(use_true_random=False))
def test_what_is_kept_never_changes_an_answer(files: made.Files, others: made.Files, dice: random.Random) -> None:
    with TemporaryDirectory() as here, TemporaryDirectory() as elsewhere:
        root, kept = made.written(files, Path(here)), Path(elsewhere) / "kept.sqlite"
        expected = answers(load(root))
        load(made.written(others, Path(elsewhere) / "other"), store=Store(kept))
        for spoil in (nothing, nothing, cut, overwrite, touch):
            spoil(kept, root, dice)
            store = Store(kept)
            assert answers(load(root, store=store)) == expected, spoil.__name__
            store._connection.close()  # noqa: SLF001 - Windows removes no file that is open


def nothing(_kept: Path, _root: Path, _dice: random.Random) -> None:
    """Leave what is kept as it is: the first time that of another workspace."""


def cut(kept: Path, _root: Path, dice: random.Random) -> None:
    data = kept.read_bytes()
    kept.write_bytes(data[: dice.randrange(len(data) + 1)])


def overwrite(kept: Path, _root: Path, dice: random.Random) -> None:
    kept.write_bytes(dice.randbytes(dice.randrange(40_000)))


def touch(_kept: Path, root: Path, dice: random.Random) -> None:
    for path in sorted(root.rglob("*.yaml")):
        os.utime(path, (dice.randrange(10**9), dice.randrange(10**9)))


# Dates


@given(made.DATES, st.sampled_from(("", " ", "\n", "\t")), st.sampled_from(made.LANGUAGES))
def test_a_date_is_written_in_every_language(text: str, space: str, code: str) -> None:
    span, written = parse_date(f"{space}{text}{space}"), formats.date(language(code), f"{space}{text}{space}")
    assert span is not None
    assert span == parse_date(text)
    assert written == formats.date(language(code), text)
    assert text[:4] in written


@given(made.NO_DATES, st.sampled_from(made.LANGUAGES))
def test_what_is_no_date_stays_as_it_is_written(text: str, code: str) -> None:
    assert parse_date(text) is None
    assert formats.date(language(code), text) == text
