"""Runs of text with their footnotes, in the direction and with the fonts of a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from tracker.render.docx.xml import paragraph, q, run, w
from tracker.render.runs import WIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element as Element

    from tracker.lang import Language
    from tracker.render.docx.base import Base
    from tracker.render.runs import Run, Runs


class Writer:
    """Writes text; footnotes are collected in the order in which the text calls them."""

    def __init__(self, base: Base, lang: Language, notes: Mapping[int, Runs]) -> None:
        self.rtl = lang.direction == "rtl"
        self._chinese = lang.code == "zh"
        self._notes = notes
        self._styles = {name: base.style(name) for name in ("Footnote Text", "Footnote Reference")}
        self.footnotes: list[Element] = []

    def runs(self, runs: Iterable[Run], *, plain: bool = False) -> list[Element]:
        """Write runs; with `plain` what is bold there is left to the style."""
        made = []
        for item in runs:
            if item.note is not None:
                made.append(self._call(self._notes.get(item.note, ())))
            elif item.text:
                made.append(self.text(item.text, bold=item.bold and not plain, italic=item.italic))
        return made

    def text(self, text: str, *, bold: bool = False, italic: bool = False, style: str = "") -> Element:
        """Write a text."""
        return run(
            text,
            w("rStyle", val=style) if style else None,
            # Quotation marks and dashes are as wide as Chinese characters only where Word is told so.
            w("rFonts", hint="eastAsia") if self._chinese and WIDE.search(text) else None,
            *((w("b"), w("bCs")) if bold else ()),
            *((w("i"), w("iCs")) if italic else ()),
            w("rtl") if self.rtl else None,
        )

    def tab(self) -> Element:
        """Write a tab."""
        return w("r", w("tab"))

    def starred(self, runs: Runs, note: Runs) -> list[Element]:
        """Write runs whose first * calls a note of its own, outside the numbers of the others."""
        made: list[Element] = []
        for place, item in enumerate(runs):
            before, star, after = item.text.partition("*")
            if star:
                made += self.runs([replace(item, text=before)])
                made.append(self._call(note, "*"))
                return made + self.runs([replace(item, text=after), *runs[place + 1 :]])
            made += self.runs([item])
        return made

    def _call(self, note: Runs, mark: str = "") -> Element:
        # Word has two of its own before the first: the lines above the notes.
        number = len(self.footnotes) + 2
        reference = w("footnoteReference", id=number)
        if mark:
            reference.set(q("customMarkFollows"), "1")
        style = w("rPr", w("rStyle", val=self._styles["Footnote Reference"]))
        opening = self.text(mark, style=self._styles["Footnote Reference"]) if mark else w("r", style, w("footnoteRef"))
        text = paragraph(self._styles["Footnote Text"], opening, self.text(" "), *self.runs(_without_notes(note)))
        self.footnotes.append(w("footnote", text, id=number))
        called = w("r", w("rPr", w("rStyle", val=self._styles["Footnote Reference"])), reference)
        called.extend(run(mark) if mark else ())
        return called


def _without_notes(runs: Runs) -> Runs:
    return tuple(item for item in runs if item.note is None)
