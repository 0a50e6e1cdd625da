"""The workbook that a respondent fills in: what it is asked, paragraph by paragraph, and room for the answers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tracker.cover.consulted import Before, asked_of, before
from tracker.dates import OPEN, parse_date
from tracker.draft.prose import without_footnotes
from tracker.draft.titles import titles_of
from tracker.intake.form import (
    COLUMNS,
    FORMAT,
    HIDDEN,
    LOCKED,
    TYPED,
    VERSION,
    check_of,
    label_of,
    status_words,
    titles,
    word,
)
from tracker.lang import countries, formats, shown
from tracker.render.cells import height
from tracker.render.sheets import INPUT, MUTED, PLAIN, SUBTITLE, TITLE, WRAPPED, Book, Choices
from tracker.render.sheets import LOCKED as SHADED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracker.cover.scope import Scope
    from tracker.lang import Language
    from tracker.load.resolve import Cell
    from tracker.load.workspace import Workspace
    from tracker.model import Brief, Entry, Unit
    from tracker.render.sheets import Sheet

ROWS = 3
_WIDTHS = {
    "paragraph": 13,
    "asked": 36,
    "reported": 28,
    "planned": 24,
    "activity": 40,
    "type": 13,
    "status": 13,
    "date": 12,
    "place": 15,
    "countries": 20,
    "partners": 20,
    "figures": 17,
    "result": 30,
    "funding": 16,
    "source": 17,
}
_TALLEST, _SHORTEST = 300.0, 30.0
# A drop-down goes on below the rows that are there, for those that will be inserted.
_SPARE = 200
# What only repeats the row above.
_AGAIN = {"font_color": "#595959"}
_STEPS = ("step_1", "step_2", "step_3", "step_4", "step_5", "step_6", "step_7")


class Form(NamedTuple):
    """Who is asked, for which report and in which language."""

    brief: Brief
    name: str
    lang: Language


def reply_workbook(ws: Workspace, scope: Scope, form: Form) -> bytes:
    """Write the workbook of one respondent, the same bytes for the same data."""
    asked = asked_of(ws, form.brief, form.name)
    known = before(ws, scope, form.name)
    names = form.lang.data["collection"]["sheets"]
    book = Book(form.lang, word(form.lang, "title"), _created(form.brief))
    _write_instructions(book.sheet(names["instructions"]), form, others=bool(asked.others))
    _write_units(book.sheet(names["reply"]), ws, form, (asked.units, known), ROWS)
    if asked.others:
        _write_units(book.sheet(names["other"]), ws, form, (asked.others, known), 1)
    _write_about(book.sheet("about"), form)
    return book.to_bytes()


def _created(brief: Brief) -> date:
    """Return the day the call goes out, else the last day of the period: a clock would make every file another."""
    asked = brief.consultation.note_verbale if brief.consultation else None
    for text in filter(None, (asked, brief.period)):
        if span := parse_date(text):
            return date.fromisoformat(span.first if span.last == OPEN else span.last)
    return date(2000, 1, 1)


def _write_instructions(sheet: Sheet, form: Form, *, others: bool) -> None:
    lang, brief = form.lang, form.brief
    names, asked = lang.data["collection"]["sheets"], brief.consultation
    days = {"note_verbale": asked.note_verbale, "deadline": asked.deadline} if asked else {}
    facts = [("respondent", lang.actor(form.name)), ("report", shown(brief.title, lang.code))]
    facts += [(key, formats.date(lang, day)) for key, day in days.items() if day]
    sheet.columns((32, 112))
    sheet.merge(0, 0, 1, word(lang, "title"), TITLE)
    for row, (key, text) in enumerate(facts, 2):
        strong = {**WRAPPED, "bold": key in ("respondent", "deadline")}
        sheet.write_row(row, (word(lang, key), text), (MUTED, strong))
    row = 3 + len(facts)
    sheet.merge(row, 0, 1, word(lang, "how"), SUBTITLE)
    steps = [name for name in _STEPS if others or name != "step_6"]
    for number, name in enumerate(steps, 1):
        text = word(lang, name).format(reply=names["reply"], other=names["other"], rows=ROWS)
        sheet.merge(row + number, 0, 1, f"{number}. {text}")
    row += len(steps) + 2
    sheet.merge(row, 0, 1, word(lang, "columns"), SUBTITLE)
    for at, name in enumerate(TYPED, row + 1):
        sheet.write_row(at, (titles(lang)[name], lang.data["collection"]["help"][name]), (SHADED, SHADED))
    sheet.print_as(lang.actor(form.name), brief.id)
    sheet.protect()
    sheet.show_first()


def _write_units(
    sheet: Sheet, ws: Workspace, form: Form, units: tuple[Iterable[Unit], dict[Cell, Before]], rows: int
) -> None:
    """Write some rows for each unit: the first says what is asked, all are told apart by reference and number."""
    lang = form.lang
    sheet.columns([_WIDTHS.get(name, 10) for name in COLUMNS], [COLUMNS.index(name) for name in HIDDEN])
    heads = titles(lang)
    sheet.heads(0, [heads[name] for name in COLUMNS], frozen_columns=2)
    last = 0
    for unit in units[0]:
        told = _told(ws, unit, units[1].get((unit.mandate, unit.number), Before()), form)
        for key in range(1, rows + 1):
            last += 1
            _write_row(sheet, last, told if key == 1 else (told[0], "", "", ""), (unit.ref, str(key)), first=key == 1)
    for name, words in _choices(lang):
        column = COLUMNS.index(name)
        help_text = lang.data["collection"]["help"][name]
        offered = Choices(words, title=heads[name], message=help_text, strict=False)
        sheet.choices((1, column, last + _SPARE, column), offered)
    sheet.print_as(f"{lang.actor(form.name)} – {sheet.name}", form.brief.id)
    sheet.protect()


def _write_row(sheet: Sheet, row: int, told: tuple[str, ...], named: tuple[str, str], *, first: bool) -> None:
    locked = SHADED if first else {**SHADED, **_AGAIN}
    styles = [{**locked, "bold": first}] + [locked] * (len(LOCKED) - 1) + [INPUT] * len(TYPED) + [WRAPPED] * len(HIDDEN)
    # As text, or Excel would make 3/4 a day and 2012-05 another.
    styles = [{**style, "num_format": "@"} if style is INPUT else style for style in styles]
    values = [*told, *[None] * len(TYPED), *named, check_of((*told, *named))]
    sheet.write_row(row, values, styles)
    sheet.set_height(row, min(_TALLEST, max(_SHORTEST, sheet.height_of(told))))


def _choices(lang: Language) -> Iterator[tuple[str, list[str]]]:
    yield "type", list(lang.data["types"].values())
    yield "status", list(status_words(lang).values())
    # In the order of the United Nations, which every language version keeps.
    yield "countries", [lang.country(code) for code in sorted(countries(), key=lang.states_in_order.__getitem__)]


def _told(ws: Workspace, unit: Unit, known: Before, form: Form) -> tuple[str, str, str, str]:
    lang = form.lang
    parent = ws.units[unit.mandate].get((unit.parent or "").partition(":")[2])
    # A clause has no wording of its own: it is part of a paragraph's.
    wording = unit.text or (parent.text if parent and "#" in unit.number else {})
    gist, text = shown(unit.gist or unit.heading, lang.code), shown(wording, lang.code)
    told = "\n".join(without_footnotes(part) for part in (gist, text) if part)
    verb = lang.label("verbs", unit.verb) if unit.verb else ""
    return (
        label_of(ws.mandates[unit.mandate].symbol or unit.mandate, unit.number),
        told or verb,
        _entries(known.reported, lang, _WIDTHS["reported"]),
        _entries(known.planned, lang, _WIDTHS["planned"]),
    )


def _entries(entries: Sequence[Entry], lang: Language, room: float) -> str:
    """Tell of entries in full where a row has room for it, else by their titles, as many as there is room for."""
    summaries = [_entry(entry, lang, without_footnotes(shown(entry.summary, lang.code))) for entry in entries]
    titled = [_entry(entry, lang, shown(titles_of(entry), lang.code)) for entry in entries]
    more = (f"… {lang.word('and_more', count=len(titled) - count)}" for count in range(len(titled) - 1, 0, -1))
    shorter = ((*titled[: len(titled) - gone], note) for gone, note in enumerate(more, 1))
    fitting = (lines for lines in (summaries, titled, *shorter) if height("\n".join(lines), room) <= _TALLEST)
    return "\n".join(next(fitting, titled[:1]))


def _entry(entry: Entry, lang: Language, text: str) -> str:
    when = lang.word("when", date=formats.date(lang, entry.date)) if entry.date else ""
    state = f"[{lang.label('statuses', entry.status)}] " if entry.status else ""
    return f"{state}{text}{when}"


def _write_about(sheet: Sheet, form: Form) -> None:
    pairs = ((FORMAT, VERSION), ("cycle", form.brief.id), ("respondent", form.name), ("language", form.lang.code))
    for row, pair in enumerate(pairs):
        sheet.write_row(row, pair, PLAIN)
    sheet.hide()
