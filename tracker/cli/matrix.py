"""`tracker matrix`: units × evidence."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.answers import answered
from tracker.cli.common import (
    FIRST_ROWS,
    AllOption,
    EntityOption,
    ForceOption,
    LanguageOption,
    MandatesArgument,
    OutputOption,
    ReportOption,
    Stop,
    WorkspaceOption,
    chosen_language,
    note,
    note_each,
    refuse_language,
)
from tracker.cli.output import emit, print_rich
from tracker.cli.seen import Asked, see

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.cli.seen import Seen
    from tracker.lang import Language


class MatrixFormat(StrEnum):
    """The forms the matrix can be had in."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"
    XLSX = "xlsx"


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
    form: Annotated[
        MatrixFormat, typer.Option("--format", "-f", help="The form of what is printed; xlsx for Excel.")
    ] = MatrixFormat.TABLE,
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
    tracker matrix --report 2013-ccpcj-22 --output matrix.xlsx
    """
    form = _form_for(form, output)
    if columns is Columns.SECRETARIAT and form is MatrixFormat.JSON:
        hint = "use --format csv, md or xlsx, or --format json without --columns"
        raise Stop("--columns secretariat has no JSON form", hint)
    refuse_language(language)
    asked = Asked(workspace, mandates, report, entity)
    if form is MatrixFormat.TABLE:
        _print_table(asked, columns, chosen_language(language), everything=everything)
        return
    # JSON holds every language.
    kept_as = "matrix" if form is MatrixFormat.JSON else ""
    answer = answered(asked, lambda seen: (_rendered(form, columns, seen, language), False), kept_as)
    note_each(answer.notes)
    emit(answer.data, output, force=force, for_spreadsheet=form is MatrixFormat.CSV)


def _form_for(form: MatrixFormat, output: Path | None) -> MatrixFormat:
    """Return the form of the output: a file's name may tell it. Stop where form and file do not go together."""
    told = output.suffix.lower().removeprefix(".") if output else ""
    named = MatrixFormat(told) if told in set(MatrixFormat) - {MatrixFormat.TABLE} else None
    if form is MatrixFormat.TABLE and named:
        return named
    if form is MatrixFormat.TABLE and output is not None:
        raise Stop("a table is for the terminal", "choose a form for the file: --format csv, md, json or xlsx")
    if form is MatrixFormat.XLSX and output is None:
        raise Stop("a workbook cannot be shown here", "name a file: --output matrix.xlsx")
    if named and named is not form:
        raise Stop(f"{output} is a name for {named}, not for {form}", f"name it .{form}, or choose --format {named}")
    return form


def _print_table(asked: Asked, columns: Columns, lang: Language, *, everything: bool) -> None:
    from tracker.render import terminal

    seen = see(asked)
    note_each(seen.notes())
    total = sum(len(covered.rows) for covered in seen.coverage.mandates)
    shown = total if everything else FIRST_ROWS
    show = terminal.secretariat_table if columns is Columns.SECRETARIAT else terminal.matrix_table
    print_rich(show(seen.coverage, lang, shown))
    if total > shown:
        note(f"The first {shown} of {total} rows. All of them: --all, or --format csv --output matrix.csv")


def _rendered(form: MatrixFormat, columns: Columns, seen: Seen, language: str) -> str | bytes:
    if form is MatrixFormat.JSON:
        from tracker.render.data import matrix_json

        return matrix_json(seen.coverage)
    secretariat, lang = columns is Columns.SECRETARIAT, chosen_language(language)
    if form is MatrixFormat.XLSX:
        from tracker.render.workbook import matrix_workbook

        return matrix_workbook(seen.ws, seen.scope, seen.coverage, lang)
    if form is MatrixFormat.CSV:
        from tracker.render.table import matrix_csv, secretariat_csv

        return secretariat_csv(seen.coverage, lang) if secretariat else matrix_csv(seen.coverage, lang)
    from tracker.render.markdown import matrix_markdown, secretariat_markdown

    return secretariat_markdown(seen.coverage, lang) if secretariat else matrix_markdown(seen.coverage, lang)
