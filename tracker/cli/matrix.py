"""`tracker matrix`: units × evidence."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from tracker.cli.common import (
    FIRST_ROWS,
    AllOption,
    EntityOption,
    FormatOption,
    LanguageOption,
    MandatesArgument,
    ReportOption,
    Stop,
    TableFormat,
    WorkspaceOption,
    chosen_language,
    coverage_for,
    note,
    print_bytes,
    print_rich,
    print_text,
)


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
    workspace: WorkspaceOption = None,
    language: LanguageOption = "en",
) -> None:
    """Show paragraphs with status and evidence.

    \b
    tracker matrix ga-66-177
    tracker matrix --report 2013-ccpcj-22 --columns secretariat --format md
    tracker matrix --format json
    """
    secretariat = columns is Columns.SECRETARIAT
    if secretariat and form is TableFormat.JSON:
        raise Stop(
            "--columns secretariat has no JSON form", "use --format csv or md, or --format json without --columns"
        )
    coverage = coverage_for(workspace, mandates, report, entity)
    if form is TableFormat.JSON:
        from tracker.render.data import matrix_json

        print_bytes(matrix_json(coverage))
        return
    lang = chosen_language(language)
    if form is TableFormat.CSV:
        from tracker.render import table

        text = table.secretariat_csv(coverage, lang) if secretariat else table.matrix_csv(coverage, lang)
        print_text(text, for_spreadsheet=True)
    elif form is TableFormat.MD:
        from tracker.render import markdown

        print_text(
            markdown.secretariat_markdown(coverage, lang) if secretariat else markdown.matrix_markdown(coverage, lang)
        )
    else:
        from tracker.render import terminal

        total = sum(len(covered.rows) for covered in coverage.mandates)
        shown = total if everything else FIRST_ROWS
        show = terminal.secretariat_table if secretariat else terminal.matrix_table
        print_rich(show(coverage, lang, shown))
        if total > shown:
            note(f"The first {shown} of {total} rows. All of them: --all, or --format csv > matrix.csv")
