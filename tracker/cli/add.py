"""`tracker add evidence`: one entry at the end of a file of evidence."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.asking import ask_until, choose_report, choose_units, say, split
from tracker.cli.common import Stop, WorkspaceOption, chosen_language, known_report, note, read_workspace, short
from tracker.cli.editing import NOTHING, DryRunOption, alone, at_terminal, carry_out, reasons, refuse_missing

if TYPE_CHECKING:
    from tracker.edit.change import Change
    from tracker.load.workspace import Workspace
    from tracker.problems import Problem

app = typer.Typer(rich_markup_mode=None, help="Add to a report by command.")

_FILE = "added.yaml"


def _option(name: str, metavar: str, help_text: str) -> Any:  # noqa: ANN401, typer's own type
    return typer.Option(name, metavar=metavar, help=help_text, show_default=False)


@app.command("evidence")
def evidence(
    report: Annotated[
        str | None,
        typer.Option(
            "--report", "-r", metavar="CYCLE", help="Required: the report it is evidence for.", show_default=False
        ),
    ] = None,
    kind: Annotated[str | None, _option("--type", "TYPE", "Required: what kind of thing it is, as training.")] = None,
    summary: Annotated[str | None, _option("--summary", "TEXT", "Required: the sentences the report prints.")] = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--language",
            "-l",
            metavar="CODE",
            help="The language of the summary; by default the report's first in its script.",
            show_default=False,
        ),
    ] = None,
    title: Annotated[str | None, _option("--title", "TEXT", "A few words for tables.")] = None,
    name: Annotated[
        str | None, _option("--id", "ID", "By default made of type, words of the summary and year.")
    ] = None,
    status: Annotated[
        str | None, _option("--status", "STATUS", "completed, ongoing, planned or cancelled; without it, a fact.")
    ] = None,
    date: Annotated[str | None, _option("--date", "DATE", "When: 2012, 2012-10-05, 2011-12/2012-03.")] = None,
    by: Annotated[list[str] | None, _option("--by", "NAME", "Who acted; may be repeated, as all that follow.")] = None,
    partner: Annotated[list[str] | None, _option("--partner", "NAME", "Who took part.")] = None,
    country: Annotated[
        list[str] | None, _option("--country", "NAME", "Who was served: KEN, or Kenya in any language.")
    ] = None,
    figure: Annotated[list[str] | None, _option("--figure", "NAME=NUMBER", "A number as the source has it.")] = None,
    address: Annotated[
        list[str] | None, _option("--address", "UNIT", "A paragraph it answers: ga-66-177:13, 3.a.ii.")
    ] = None,
    source: Annotated[list[str] | None, _option("--source", "DOC:PARA", "Where it is told.")] = None,
    follows: Annotated[
        list[str] | None, _option("--follows", "ENTRY", "The announcement it delivers, cancels or replaces.")
    ] = None,
    file: Annotated[
        str, typer.Option("--file", metavar="NAME", help="The file, in the report's folder evidence/.")
    ] = _FILE,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Add a piece of evidence to a report.

    It is put at the end of a file, whose other bytes stay. Nothing is written if the entry would have a
    mistake. What is required and not given is asked for at a terminal.

    \b
    tracker add evidence --report 2013-ccpcj-22 --type training --summary "Judges were trained."
    tracker add evidence -r 2013-ccpcj-22 --type reply --summary "…" --by Kenya --address 13
    tracker add evidence
    """
    from tracker.edit.entries import appended
    from tracker.edit.values import file_name

    missing = [
        name
        for name, value in (("--report", report), ("--type", kind), ("--summary", summary))
        if not (value or "").strip()
    ]
    ask = bool(missing)
    if ask and not at_terminal():
        refuse_missing('tracker add evidence --report CYCLE --type training --summary "…"', missing)
    if language:
        chosen_language(language)
    given: dict[str, Any] = {
        "id": name, "title": title, "type": kind, "status": status, "date": date, "by": by, "partners": partner,
        "countries": country, "figures": figure, "addresses": address, "summary": summary, "sources": source,
        "follows": follows,
    }  # fmt: skip
    with reasons(), alone(workspace, asking=ask):
        ws = read_workspace(workspace)
        report = known_report(ws, report or choose_report(ws, "en"))
        if ask:
            _ask(ws, report, given, language)
        fields = _fields(ws, report, given, language)
        if ask and not name:
            fields["id"] = _asked_id(ws, fields["id"])
        change = appended(ws.root, f"reports/{report}/evidence/{file_name(file)}", fields)
        _refuse_mistakes(ws, change)
        carry_out(ws.root, change, dry_run=dry_run, ask=ask)


def _fields(ws: Workspace, report: str, given: dict[str, Any], language: str | None) -> dict[str, Any]:
    """Return the values of the entry as the file will hold them; what was not given is left out."""
    from tracker.edit import names, values
    from tracker.edit.links import reference_to

    brief = ws.cycles[report].brief
    summary, title = given["summary"].strip(), (given["title"] or "").strip()
    code = language or names.language_of(summary, brief.languages)
    known = {one for entry in ws.entries.values() for one in entry.countries}
    date = values.date(given["date"] or "")
    name = given["id"] or names.id_for(given["type"], summary, date, _taken(ws), brief.entity.names)
    fields = {
        "id": values.new_id(name, _taken(ws)),
        "title": {language or names.language_of(title, brief.languages): title} if title else None,
        "type": given["type"].strip(),
        "status": values.status(given["status"] or ""),
        "date": date,
        "by": [names.actor(one) for one in given["by"] or ()],
        "partners": [names.actor(one) for one in given["partners"] or ()],
        "countries": [names.country(one, known) for one in given["countries"] or ()],
        "figures": values.figures(given["figures"] or []),
        "addresses": [reference_to(ws, one, brief.mandates) for one in given["addresses"] or ()],
        "summary": {code: summary},
        "sources": [values.cited(ws, one) for one in given["sources"] or ()],
        "follows": [values.earlier_entry(ws, one) for one in given["follows"] or ()],
    }
    return {
        key: list(dict.fromkeys(value)) if isinstance(value, list) else value for key, value in fields.items() if value
    }


def _taken(ws: Workspace) -> set[str]:
    """Return all ids there are, in files that could not be read too."""
    from tracker.check.subject import Subject

    return {*ws.origins, *Subject(ws).unread}


def _refuse_mistakes(ws: Workspace, change: Change) -> None:
    """Stop when the entry would have an error; say what else `check` would note."""
    from tracker.problems import Level
    from tracker.render.problems import as_text

    found = [one._replace(place=one.place._replace(path=short(ws.root / one.place.path))) for one in _new(ws, change)]
    errors = [problem for problem in found if problem.level is Level.ERROR]
    if errors:
        raise Stop(f"{as_text(errors)}the entry would have a mistake: {NOTHING}")
    if found:
        note(as_text(found).rstrip())


def _new(ws: Workspace, change: Change) -> list[Problem]:
    """Check the workspace as it would be, and return what is wrong with the lines that are new."""
    from tracker.check import problems_of
    from tracker.edit.change import lines_before
    from tracker.load.files import load

    with TemporaryDirectory() as folder:
        _copy(ws.root, Path(folder))
        changed = Path(folder) / change.file
        changed.parent.mkdir(parents=True, exist_ok=True)
        changed.write_bytes(change.after)
        found = problems_of(load(Path(folder)))
    first = lines_before(change)
    return [one for one in found if one.place.path == change.file and one.place.line > first]


def _copy(root: Path, folder: Path) -> None:
    """Copy what a workspace is read from."""
    for part in ("mandates", "reports"):
        (folder / part).mkdir()
        for path in (root / part).rglob("*"):
            target = folder / path.relative_to(root)
            if path.is_dir():
                target.mkdir(parents=True, exist_ok=True)
            elif path.suffix.lower() in {".yaml", ".yml"}:
                target.write_bytes(_held(path))


def _held(path: Path) -> bytes:
    # What cannot be read is a problem now, and no newer one.
    with suppress(OSError):
        return path.read_bytes()
    return b""


def _ask(ws: Workspace, report: str, given: dict[str, Any], language: str | None) -> None:
    """Ask for whatever was not given, what is required first."""
    from tracker.edit import names, values
    from tracker.lang import vocabulary

    brief = ws.cycles[report].brief
    given["summary"] = given["summary"] or str(typer.prompt("What was done, in the words the report will print"))
    if not given["type"]:
        say(f"Types: {', '.join(vocabulary('types'))}; or one of your own.")
        given["type"] = str(typer.prompt("Type"))
    known = {one for entry in ws.entries.values() for one in entry.countries}
    questions: tuple[tuple[str, str, Any, str], ...] = (
        ("status", "Status: completed, ongoing, planned, cancelled, or fact", values.status, "completed"),
        ("date", "Date, as 2012, 2012-10-05 or 2011-12/2012-03", values.date, ""),
        ("by", "Who acted", lambda text: [names.actor(one) for one in _listed(text)], brief.entity.name),
        (
            "countries",
            "Countries served, by code or name, with commas",
            lambda text: [names.country(one, known) for one in _listed(text)],
            "",
        ),
    )
    for key, question, read, default in questions:
        if given[key] is None:
            given[key] = ask_until(question, read, default)
    if given["addresses"] is None:
        code = language or names.language_of(given["summary"], brief.languages)
        given["addresses"] = choose_units(ws, report, {code: given["summary"]}, "en")
    if given["sources"] is None:
        say(f"\nDocuments: {', '.join(ws.documents) or 'none yet'}")
        question = "Where it is told, as DOCUMENT:21"
        given["sources"] = ask_until(question, lambda text: [values.cited(ws, one) for one in split(text)])


def _asked_id(ws: Workspace, likely: str) -> str:
    from tracker.edit import values

    return ask_until("Id", lambda text: values.new_id(text, _taken(ws)), likely)


def _listed(answer: str) -> list[str]:
    return [
        part.strip()
        for part in answer.replace("，", ",").replace("、", ",").replace("،", ",").split(",")
        if part.strip()
    ]
