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
    coverage_for,
    finish,
    note,
    refuse_table_in_file,
)
from tracker.cli.output import print_rich

if TYPE_CHECKING:
    from tracker.cover.coverage import Coverage, UnitCoverage
    from tracker.cover.gaps import Gap


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
    coverage = coverage_for(workspace, mandates, report, entity)
    from tracker.cover.gaps import Gap
    from tracker.cover.gaps import gaps as find_gaps

    found = find_gaps(coverage, ours_only=ours)
    if form is TableFormat.TABLE:
        from tracker.render.terminal import gaps_table

        total = sum(len(kind) for kind in found.values())
        print_rich(gaps_table(coverage, found, chosen_language(language), total if everything else FIRST_ROWS))
        if total > FIRST_ROWS and not everything:
            note(f"The first {FIRST_ROWS} of {total}. All of them: --all, or --format csv --output gaps.csv")
    else:
        from tracker.cli.output import emit

        emit(_rendered(form, coverage, found, language), output, force=force, for_spreadsheet=form is TableFormat.CSV)
    if fail and found[Gap.OURS]:
        finish(FINDINGS)


def _rendered(
    form: TableFormat, coverage: Coverage, found: dict[Gap, list[UnitCoverage]], language: str
) -> str | bytes:
    if form is TableFormat.JSON:
        from tracker.render.data import gaps_json

        return gaps_json(coverage, [row for kind in found.values() for row in kind])
    # JSON holds every language; only the other forms need the words of one.
    lang = chosen_language(language)
    if form is TableFormat.CSV:
        from tracker.render.table import gaps_csv

        return gaps_csv(coverage, found, lang)
    from tracker.render.markdown import gaps_markdown

    return gaps_markdown(coverage, found, lang)
