"""`tracker gaps`: which units have no reported action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.answers import answered
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
    note_each,
    refuse_language,
    refuse_table_in_file,
)
from tracker.cli.output import emit, print_rich
from tracker.cli.seen import Asked, see

if TYPE_CHECKING:
    from tracker.cli.seen import Seen
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
    refuse_language(language)
    asked = Asked(workspace, mandates, report, entity)
    if form is TableFormat.TABLE:
        missing = _print_table(asked, chosen_language(language), ours_only=ours, everything=everything)
    else:
        # JSON holds every language.
        kept_as = f"gaps, only ours: {ours}" if form is TableFormat.JSON else ""
        answer = answered(asked, lambda seen: _rendered(form, seen, language, ours_only=ours), kept_as)
        note_each(answer.notes)
        emit(answer.data, output, force=force, for_spreadsheet=form is TableFormat.CSV)
        missing = answer.missing
    if fail and missing:
        finish(FINDINGS)


def _print_table(asked: Asked, lang: Language, *, ours_only: bool, everything: bool) -> bool:
    """Print what a terminal shows; tell whether a request to us is not reported."""
    from tracker.cover.gaps import Gap
    from tracker.cover.gaps import gaps as find_gaps
    from tracker.render.terminal import gaps_table

    seen = see(asked)
    note_each(seen.notes())
    found = find_gaps(seen.coverage, ours_only=ours_only)
    total = sum(len(kind) for kind in found.values())
    print_rich(gaps_table(seen.coverage, found, lang, total if everything else FIRST_ROWS))
    if total > FIRST_ROWS and not everything:
        note(f"The first {FIRST_ROWS} of {total}. All of them: --all, or --format csv --output gaps.csv")
    return bool(found[Gap.OURS])


def _rendered(form: TableFormat, seen: Seen, language: str, *, ours_only: bool) -> tuple[str | bytes, bool]:
    """Return the gaps in a form for files; tell whether a request to us is not reported."""
    from tracker.cover.gaps import Gap
    from tracker.cover.gaps import gaps as find_gaps

    found = find_gaps(seen.coverage, ours_only=ours_only)
    missing = bool(found[Gap.OURS])
    if form is TableFormat.JSON:
        from tracker.render.data import gaps_json

        return gaps_json(seen.coverage, [row for kind in found.values() for row in kind]), missing
    if form is TableFormat.CSV:
        from tracker.render.table import gaps_csv

        return gaps_csv(seen.coverage, found, chosen_language(language)), missing
    from tracker.render.markdown import gaps_markdown

    return gaps_markdown(seen.coverage, found, chosen_language(language)), missing
