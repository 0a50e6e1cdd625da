"""`tracker show`: one record with everything tied to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.common import (
    LanguageOption,
    ReportOption,
    Stop,
    WorkspaceOption,
    chosen_language,
    chosen_report,
    open_workspace,
)
from tracker.cli.output import print_rich

if TYPE_CHECKING:
    from rich.console import RenderableType

    from tracker.lang import Language
    from tracker.load.workspace import Workspace


def show(
    reference: Annotated[
        str,
        typer.Argument(metavar="REF", help="A mandate, paragraph (ga-66-177:13, 3.a.ii), entry, document or cycle."),
    ],
    report: ReportOption = None,
    workspace: WorkspaceOption = None,
    language: LanguageOption = "en",
) -> None:
    """Show one thing with all that is tied to it.

    A mandate, a paragraph, an entry, a document or a report.

    \b
    tracker show ga-66-177:13
    tracker show mock-trial-senegal-2013
    tracker show 2013-ccpcj-22
    """
    ws = open_workspace(workspace)
    print_rich(_page(ws, reference, chosen_report(ws, report), chosen_language(language)))


def _page(ws: Workspace, reference: str, report: str | None, lang: Language) -> RenderableType:
    from tracker.load.resolve import Unresolved, resolve
    from tracker.render import record

    name = ws.by_symbol(reference)
    if name in ws.entries:
        return record.entry_page(ws, ws.entries[name], lang)
    if name in ws.documents:
        return record.document_page(ws, ws.documents[name], lang)
    if name in ws.cycles:
        return record.cycle_page(ws, ws.cycles[name], lang)
    # The labels of parts are capitals, so only the mandate's id is compared without regard to case.
    mandate, colon, unit = reference.partition(":")
    target = resolve(ws, f"{ws.by_symbol(mandate)}{colon}{unit}")
    if isinstance(target, Unresolved):
        from tracker.problems import did_you_mean

        hint = target.hint if ":" in reference else did_you_mean(reference, ws.origins) or target.hint
        told = ":" in reference or target.code == "ambiguous-number"
        message = target.message if told else f"there is nothing named {reference}"
        raise Stop(message, hint)
    if target.numbers:
        return record.unit_page(ws, target, report, lang)
    return record.mandate_page(ws, target.mandate, report, lang)
