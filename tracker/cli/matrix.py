"""`tracker matrix`: units × evidence."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.common import (
    FIRST_ROWS,
    AllOption,
    EntityOption,
    ForceOption,
    FormatOption,
    LanguageOption,
    MandatesArgument,
    OutputOption,
    ReportOption,
    Stop,
    TableFormat,
    WorkspaceOption,
    chosen_language,
    coverage_for,
    note,
    refuse_table_in_file,
)
from tracker.cli.output import print_rich

if TYPE_CHECKING:
    from tracker.model import Coverage


class Columns(StrEnum):
    """Which columns the matrix has."""

    COVERAGE = "coverage"
    SECRETARIAT = "secretariat"


def matrix(
    mandates: MandatesArgument = None,
    report: ReportOption = None,
    entity: EntityOption = None,
    columns: Annotated[
        Columns, typer.Option("--columns", help="The coverage, or the five columns the Secretariat collects in.")
    ] = Columns.COVERAGE,
    form: FormatOption = TableFormat.TABLE,
    everything: AllOption = False,
    output: OutputOption = None,
    force: ForceOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = "en",
) -> None:
    """Show paragraphs with status and evidence.

    \b
    tracker matrix ga-66-177
    tracker matrix --report 2013-ccpcj-22 --columns secretariat --format md
    tracker matrix --format csv --output matrix.csv
    """
    refuse_table_in_file(form, output)
    if columns is Columns.SECRETARIAT and form is TableFormat.JSON:
        hint = "use --format csv or md, or --format json without --columns"
        raise Stop("--columns secretariat has no JSON form", hint)
    coverage = coverage_for(workspace, mandates, report, entity)
    if form is not TableFormat.TABLE:
        from tracker.cli.output import emit

        emit(_rendered(form, columns, coverage, language), output, force=force, for_spreadsheet=form is TableFormat.CSV)
        return
    from tracker.render import terminal

    total = sum(len(covered.rows) for covered in coverage.mandates)
    shown = total if everything else FIRST_ROWS
    show = terminal.secretariat_table if columns is Columns.SECRETARIAT else terminal.matrix_table
    print_rich(show(coverage, chosen_language(language), shown))
    if total > shown:
        note(f"The first {shown} of {total} rows. All of them: --all, or --format csv --output matrix.csv")


def _rendered(form: TableFormat, columns: Columns, coverage: Coverage, language: str) -> str | bytes:
    secretariat = columns is Columns.SECRETARIAT
    if form is TableFormat.JSON:
        from tracker.render.data import matrix_json

        return matrix_json(coverage)
    # JSON holds every language; only the other forms need the words of one.
    lang = chosen_language(language)
    if form is TableFormat.CSV:
        from tracker.render.table import matrix_csv, secretariat_csv

        return secretariat_csv(coverage, lang) if secretariat else matrix_csv(coverage, lang)
    from tracker.render.markdown import matrix_markdown, secretariat_markdown

    return secretariat_markdown(coverage, lang) if secretariat else matrix_markdown(coverage, lang)
