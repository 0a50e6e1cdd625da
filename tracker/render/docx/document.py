"""A report to a Word file: each block of its Markdown in the style of that name."""

from __future__ import annotations

import io
from copy import deepcopy
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from tracker.dates import parse_date
from tracker.draft.templates import built_in
from tracker.lang import language
from tracker.render import blocks
from tracker.render.blocks import Heading, Item, Numbered, Plain, Rule, Table
from tracker.render.docx import front, provenance, tables
from tracker.render.docx.base import ITEMS, Base, WordError
from tracker.render.docx.notes import Comments, attach_footnotes
from tracker.render.docx.pack import repacked
from tracker.render.docx.parts import parts_of
from tracker.render.docx.text import Writer
from tracker.render.docx.xml import clean, local, paragraph, q, w
from tracker.render.runs import inline, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element as Element

    from tracker.cover.coverage import Coverage
    from tracker.draft.view import Section, View
    from tracker.model import Brief
    from tracker.render.blocks import Block
    from tracker.render.docx.parts import Parts
    from tracker.render.docx.provenance import Marked


_PLAIN = {"quote": "Quote", "bullet": "List Bullet"}
# A report of one section needs no table of contents.
_WORTH_CONTENTS = 2
_DEEPEST_HEADING = 4
_LONGEST_PROPERTY = 255


class Job(Struct, frozen=True, kw_only=True):
    """What a Word file is made from: a view, what a template made of it, brief, coverage, and the file of styles."""

    view: View
    markdown: str
    brief: Brief
    coverage: Coverage
    base: bytes
    annex: bool = False


def word_file(job: Job) -> bytes:
    """Return the Word file; the same bytes for the same data. Raise `WordError` where its styles cannot be used."""
    try:
        return _Report(job).file()
    except WordError:
        raise
    except Exception as error:
        # python-docx raises whatever a damaged part leads to; over our own file of styles the mistake is our own.
        if job.base == built_in("report.docx").read_bytes():
            raise
        raise WordError("report.docx is damaged, and no report can be set in it") from error


class _Report:
    """Appends one element after the other; what later ones depend on is counted here."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._lang = language(job.view.language)
        page = blocks.read(job.markdown, self._lang)
        self._parts: Parts = parts_of(page.blocks, job.view)
        self._base = Base(job.base, self._lang)
        self._writer = Writer(self._base, self._lang, page.footnotes)
        self._date = _date(job.brief)
        self._comments = Comments(self._base, self._writer, self._date.date().isoformat())
        self._told = {} if job.view.clean else provenance.told_by(job.view)
        self._numerals = frozenset(_numerals(job.view.sections))
        self._entries = front.entries(self._parts.body, self._numerals)
        self._headings = 0
        self._last, self._list = 0, ""

    def file(self) -> bytes:
        """Build the file and pack it."""
        self._front()
        body: Sequence[Marked] = self._parts.body
        if not self._job.view.clean:
            job = self._job
            body = provenance.with_placeholders(self._parts.body, job.view, job.brief, job.coverage, self._lang)
        for block in body:
            self._block(block)
        self._end()
        attach_footnotes(self._base, self._writer.footnotes)
        self._comments.attach()
        self._base.show_symbol(self._job.view.masthead.symbol)
        self._properties()
        made = io.BytesIO()
        self._base.document.save(made)
        return repacked(made.getvalue())

    def _put(self, *elements: Element) -> None:
        self._base.body.extend(elements)

    def _say(self, style: str, *runs: Element) -> None:
        self._put(paragraph(self._base.style(style), *runs))

    def _front(self) -> None:
        job = self._job
        if made := self._parts.masthead:
            self._put(*front.masthead(made, job.brief.to, self._base, self._writer, self._lang))
        for place, block in enumerate(self._parts.front):
            before = self._parts.front[place - 1] if place else None
            match block:
                case Heading():
                    self._say("Title", *self._writer.runs(block.runs, plain=True))
                case Plain(kind="quote"):
                    opens = _all_bold(block) and not (isinstance(before, Plain) and before.kind == "quote")
                    style = "Summary Heading" if opens else "Summary"
                    self._say(style, *self._writer.runs(block.runs, plain=opens))
                case Plain(kind="") if _all_bold(block) or plain(block.runs) == job.view.addendum:
                    self._say("Subtitle", *self._writer.runs(block.runs, plain=True))
                case _:
                    self._block(block)
        if len(self._entries) >= _WORTH_CONTENTS:
            self._put(*front.contents(self._entries, self._base, self._writer, self._lang))

    def _block(self, block: Marked) -> None:
        write = self._writer.runs
        match block:
            case Heading():
                self._heading(block)
            case Numbered():
                self._numbered(block)
            case Item():
                self._put(self._counted(ITEMS[block.level], block.level + 1, write(block.runs)))
            case Plain():
                self._say(_PLAIN.get(block.kind, "Body Text"), *self._commented(block))
            case Table():
                self._put(tables.table(block, self._base, self._writer))
                self._say("Table Text")
            case Rule():
                self._say("Rule")
            case provenance.PlaceholderHeading():
                self._say("Placeholder Heading", self._writer.text(block.text))
            case provenance.Placeholder():
                self._say("Placeholder", *self._comments.around([self._writer.text(block.text)], block.comment))

    def _heading(self, block: Heading) -> None:
        numeral, words = front.split_heading(block, self._numerals)
        # Without a numeral the words still stand over the text, not in the margin.
        runs = [*([self._writer.text(numeral)] if numeral else []), self._writer.tab(), *self._writer.runs(words)]
        if any(entry.level == block.level - 1 for entry in self._entries[self._headings : self._headings + 1]):
            anchor = self._entries[self._headings].anchor
            self._headings += 1
            start = w("bookmarkStart", id=self._headings, name=anchor)
            runs = [start, *runs, w("bookmarkEnd", id=self._headings)]
        self._say(f"Heading {min(max(block.level - 1, 1), _DEEPEST_HEADING)}", *runs)

    def _numbered(self, block: Numbered) -> None:
        if block.number != self._last + 1:
            # A template that leaves paragraphs out still prints the numbers of the others.
            self._list = self._base.count_from(block.number)
        self._last = block.number
        self._put(self._counted("Numbered Paragraph", 0, self._commented(block)))

    def _commented(self, block: Numbered | Plain) -> list[Element]:
        runs = self._writer.runs(block.runs)
        told = self._told.get(block.marker)
        return self._comments.around(runs, provenance.comment(told, self._lang)) if told else runs

    def _counted(self, style: str, level: int, runs: list[Element]) -> Element:
        own = w("numPr", w("ilvl", val=level), w("numId", val=self._list)) if self._list else None
        return paragraph(self._base.style(style), *runs, properties=[own] if own is not None else [])

    def _end(self) -> None:
        base, page = self._base, self._base.page
        self._say("Rule")
        last = page
        if self._job.annex:
            self._break(page)
            wide = _landscape(page)
            width = base.width + max(base.paper) - base.paper[0]
            clean = self._job.view.clean
            self._put(*tables.annex(self._job.coverage, width, base, self._writer, self._lang, clean=clean))
            self._say("Table Text")
            last = wide
        if self._parts.notes:
            if last is not page:
                self._break(last)
                last = _continued(page)
            for block in self._parts.notes:
                self._note(block)
        base.body.append(last)

    def _note(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._say("Notes Heading" if block.level <= 2 else "Notes Subheading", *self._writer.runs(block.runs))
        else:
            self._block(block)

    def _break(self, section: Element) -> None:
        """End a section at the paragraph written last."""
        self._base.body[-1].find(q("pPr")).append(section)

    def _properties(self) -> None:
        view, properties = self._job.view, self._base.document.core_properties
        properties.title = _short(plain(inline(view.title)))
        properties.subject = _short(view.masthead.symbol)
        properties.author = properties.last_modified_by = _short(self._lang.actor(self._job.brief.entity.name))
        properties.language = view.language
        properties.created = properties.modified = self._date
        properties.revision = 1


def _short(text: str) -> str:
    """Return a text as the properties of a Word file can hold it."""
    return clean(text)[:_LONGEST_PROPERTY]


def _all_bold(block: Plain) -> bool:
    return all(item.bold for item in block.runs if item.text.strip())


def _numerals(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield section.numeral
        yield from _numerals(section.sections)


def _continued(page: Element) -> Element:
    """Return the page's set-up for a later section: its head and foot go on, and no first page is special."""
    made = deepcopy(page)
    for child in list(made):
        if local(child) in ("headerReference", "footerReference", "titlePg"):
            made.remove(child)
    return made


def _landscape(page: Element) -> Element:
    made = _continued(page)
    size = made.find(q("pgSz"))
    high, wide = sorted((size.get(q("w")), size.get(q("h"))), key=int)
    for name, value in (("w", wide), ("h", high), ("orient", "landscape")):
        size.set(q(name), value)
    return made


def _date(brief: Brief) -> datetime:
    """Return the report's own date, else the first day of the session or of the period: never today's."""
    for text in (brief.date, brief.session.dates, brief.period):
        if text and (span := parse_date(text)):
            return datetime.fromisoformat(span.first).replace(tzinfo=UTC)
    raise ValueError(brief.period)
