"""`tracker gaps`: which units have no reported action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.common import (
    FINDINGS,
    FIRST_ROWS,
    AllOption,
    EntityOption,
    ForceOption,
    FormatOption,
    LanguageOption,
    MandatesArgument,
    OutputOption,
    ReportOption,
    TableFormat,
    WorkspaceOption,
    chosen_language,
    finish,
    note,
    refuse_table_in_file,
    workspace_root,
)
from tracker.cli.output import emit, print_rich
from tracker.cli.seen import Answer, Asked, answered, see, tell

if TYPE_CHECKING:
    from tracker.cover.coverage import Coverage, UnitCoverage
    from tracker.cover.gaps import Gap
    from tracker.lang import Language


def gaps(
    mandates: MandatesArgument = None,
    report: ReportOption = None,
    entity: EntityOption = None,
    ours: Annotated[bool, typer.Option("--ours", help="Only requests to us.")] = False,
    form: FormatOption = TableFormat.TABLE,
    fail: Annotated[bool, typer.Option("--fail", help="Exit 1 when a request to us is not reported.")] = False,
    everything: AllOption = False,
    output: OutputOption = None,
    force: ForceOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = "en",
) -> None:
    """List paragraphs with no reported action.

    Requests to us come first, then calls on others, then what asks for nothing.

    \b
    tracker gaps --report 2013-ccpcj-22            as the report saw it
    tracker gaps ga-66-177 --ours --fail           for a script: exit 1 if something is missing
    tracker gaps --format csv --output gaps.csv    for Excel
    """
    refuse_table_in_file(form, output)
    asked = Asked(workspace, mandates, report, entity)
    if form is TableFormat.JSON:
        answer = answered(
            workspace_root(workspace), f"gaps {ours} {asked[1:]}", lambda: _as_json(asked, ours_only=ours)
        )
        tell(answer.notes)
        emit(answer.data, output, force=force)
        if fail and answer.findings:
            finish(FINDINGS)
        return
    from tracker.cover.gaps import Gap
    from tracker.cover.gaps import gaps as find_gaps

    seen = see(asked)
    tell(seen.notes())
    found = find_gaps(seen.coverage, ours_only=ours)
    if form is TableFormat.TABLE:
        from tracker.render.terminal import gaps_table

        total = sum(len(kind) for kind in found.values())
        print_rich(gaps_table(seen.coverage, found, chosen_language(language), total if everything else FIRST_ROWS))
        if total > FIRST_ROWS and not everything:
            note(f"The first {FIRST_ROWS} of {total}. All of them: --all, or --format csv --output gaps.csv")
    else:
        text = _in_words(form, seen.coverage, found, chosen_language(language))
        emit(text, output, force=force, for_spreadsheet=form is TableFormat.CSV)
    if fail and found[Gap.OURS]:
        finish(FINDINGS)


def _as_json(asked: Asked, *, ours_only: bool) -> Answer:
    from tracker.cover.gaps import Gap, gaps
    from tracker.render.data import gaps_json

    seen = see(asked)
    found = gaps(seen.coverage, ours_only=ours_only)
    data = gaps_json(seen.coverage, [row for kind in found.values() for row in kind])
    return Answer(data, seen.notes(), findings=bool(found[Gap.OURS]))


def _in_words(form: TableFormat, coverage: Coverage, found: dict[Gap, list[UnitCoverage]], lang: Language) -> str:
    if form is TableFormat.CSV:
        from tracker.render.table import gaps_csv

        return gaps_csv(coverage, found, lang)
    from tracker.render.markdown import gaps_markdown

    return gaps_markdown(coverage, found, lang)
