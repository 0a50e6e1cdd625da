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
from tracker.render.page import Paper
from tracker.render.sheets import INPUT, MUTED, PLAIN, SUBTITLE, TITLE, WRAPPED, Book, Choices
from tracker.render.sheets import LOCKED as SHADED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.cover.scope import Scope
    from tracker.lang import Language
    from tracker.load.resolve import Cell
    from tracker.load.workspace import Workspace
    from tracker.model import Brief, Entry, Unit
    from tracker.render.sheets import Sheet

ROWS = 3
# As narrow as titles and drop-downs allow: fifteen columns are to be read on paper too.
_WIDTHS = {
    "paragraph": 12,
    "asked": 28,
    "reported": 20,
    "planned": 16,
    "activity": 30,
    "type": 11,
    "status": 11,
    "date": 11,
    "place": 11,
    "countries": 12,
    "partners": 12,
    "figures": 12,
    "result": 20,
    "funding": 12,
    "source": 12,
}
_TALLEST, _SHORTEST = 300.0, 30.0
# A drop-down goes on below the rows that are there, for those that will be inserted.
_SPARE = 200
# What only repeats the row above.
_AGAIN = {"font_color": "#595959"}
_STEPS = ("step_1", "step_2", "step_3", "step_4", "step_5", "step_6", "step_7")


# What the locked cells of a row say: paragraph, what is asked, what was reported, what was planned.
Told = tuple[str, str, str, str]


class Instructions(NamedTuple):
    """What the first sheet says; facts have a name, a text, and whether it stands out."""

    title: str
    facts: list[tuple[str, str, bool]]
    how: str
    steps: list[str]
    about_columns: str
    columns: list[tuple[str, str]]

    @property
    def texts(self) -> list[str]:
        """All texts of the sheet."""
        facts = (text for fact in self.facts for text in fact[:2])
        columns = (text for pair in self.columns for text in pair)
        return [self.title, *facts, self.how, *self.steps, self.about_columns, *columns]


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
    told = _instructions(form, others=bool(asked.others))
    _write_instructions(book.sheet(names["instructions"]), form, told)
    for name, units, rows in (("reply", asked.units, ROWS), ("other", asked.others, 1)):
        if units or name == "reply":
            _write_units(book.sheet(names[name]), form, [(unit, _told(ws, unit, known, form)) for unit in units], rows)
    _write_about(book.sheet("about"), form, told)
    return book.to_bytes()


def _created(brief: Brief) -> date:
    """Return the day the call goes out, else the last day of the period: a clock would make every file another."""
    asked = brief.consultation.note_verbale if brief.consultation else None
    for text in filter(None, (asked, brief.period)):
        if span := parse_date(text):
            return date.fromisoformat(span.first if span.last == OPEN else span.last)
    return date(2000, 1, 1)


def _instructions(form: Form, *, others: bool) -> Instructions:
    """Say who is asked, by when, and how to fill the form in."""
    lang, brief = form.lang, form.brief
    names, asked = lang.data["collection"]["sheets"], brief.consultation
    days = {"note_verbale": asked.note_verbale, "deadline": asked.deadline} if asked else {}
    facts = {"respondent": lang.actor(form.name), "report": shown(brief.title, lang.code)}
    facts |= {key: formats.date(lang, day) for key, day in days.items() if day}
    steps = (word(lang, name) for name in _STEPS if others or name != "step_6")
    filled = (step.format(reply=names["reply"], other=names["other"], rows=ROWS) for step in steps)
    return Instructions(
        title=word(lang, "title"),
        facts=[(word(lang, key), text, key in ("respondent", "deadline")) for key, text in facts.items()],
        how=word(lang, "how"),
        steps=[f"{number}. {step}" for number, step in enumerate(filled, 1)],
        about_columns=word(lang, "columns"),
        columns=[(titles(lang)[name], lang.data["collection"]["help"][name]) for name in TYPED],
    )


def _write_instructions(sheet: Sheet, form: Form, told: Instructions) -> None:
    sheet.columns((32, 112))
    sheet.merge(0, 0, 1, told.title, TITLE)
    for row, (name, text, is_strong) in enumerate(told.facts, 2):
        sheet.write_row(row, (name, text), (MUTED, {**WRAPPED, "bold": is_strong}))
    how = 3 + len(told.facts)
    sheet.merge(how, 0, 1, told.how, SUBTITLE)
    for row, step in enumerate(told.steps, how + 1):
        sheet.merge(row, 0, 1, step)
    columns = how + len(told.steps) + 2
    sheet.merge(columns, 0, 1, told.about_columns, SUBTITLE)
    for row, pair in enumerate(told.columns, columns + 1):
        sheet.write_row(row, pair, SHADED)
    sheet.print_as(form.lang.actor(form.name), form.brief.id)
    sheet.protect()
    sheet.show_first()


def _write_units(sheet: Sheet, form: Form, units: Sequence[tuple[Unit, Told]], rows: int) -> None:
    """Write some rows for each unit: the first says what is asked, all are told apart by reference and number."""
    lang = form.lang
    # What tells nothing takes no room, on the screen or on paper.
    empty = [name for place, name in enumerate(LOCKED) if not any(told[place] for _, told in units)]
    hidden = [COLUMNS.index(name) for name in (*empty, *HIDDEN)]
    sheet.columns([_WIDTHS.get(name, 10) for name in COLUMNS], hidden)
    heads = titles(lang)
    sheet.heads(0, [heads[name] for name in COLUMNS], frozen_columns=2)
    last = 0
    for unit, told in units:
        for key in range(1, rows + 1):
            last += 1
            _write_row(sheet, last, told if key == 1 else (told[0], "", "", ""), (unit.ref, str(key)), first=key == 1)
    for name, words in _choices(lang):
        column = COLUMNS.index(name)
        help_text = lang.data["collection"]["help"][name]
        offered = Choices(words, title=heads[name], message=help_text, strict=False)
        sheet.choices((1, column, last + _SPARE, column), offered)
    # So many columns would be tiny on a smaller page.
    sheet.print_as(f"{lang.actor(form.name)} – {sheet.name}", form.brief.id, paper=Paper.A3)
    sheet.protect()


def _write_row(sheet: Sheet, row: int, told: Told, named: tuple[str, str], *, first: bool) -> None:
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


def _told(ws: Workspace, unit: Unit, known: dict[Cell, Before], form: Form) -> Told:
    lang = form.lang
    held = known.get((unit.mandate, unit.number), Before())
    parent = ws.units[unit.mandate].get((unit.parent or "").partition(":")[2])
    # A clause has no wording of its own: it is part of a paragraph's.
    wording = unit.text or (parent.text if parent and "#" in unit.number else {})
    gist, text = shown(unit.gist or unit.heading, lang.code), shown(wording, lang.code)
    told = "\n".join(without_footnotes(part) for part in (gist, text) if part)
    verb = lang.label("verbs", unit.verb) if unit.verb else ""
    return (
        label_of(ws.mandates[unit.mandate].symbol or unit.mandate, unit.number),
        told or verb,
        _entries(held.reported, lang, _WIDTHS["reported"]),
        _entries(held.planned, lang, _WIDTHS["planned"]),
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


def _write_about(sheet: Sheet, form: Form, told: Instructions) -> None:
    """Write what the reading of a reply needs, with the marks by which words added to the first sheet are seen."""
    pairs = (
        (FORMAT, VERSION),
        ("cycle", form.brief.id),
        ("respondent", form.name),
        ("language", form.lang.code),
        ("instructions", check_of(told.texts)),
    )
    for row, pair in enumerate(pairs):
        sheet.write_row(row, pair, PLAIN)
    sheet.hide()
