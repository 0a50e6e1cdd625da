"""Gaps and matrices as Markdown tables, to paste into a document or an issue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.draft.prose import titled
from tracker.lang import shown
from tracker.render.rows import SECRETARIAT, all_reported, lines, no_gaps, secretariat_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.cover.coverage import Coverage, UnitCoverage
    from tracker.cover.gaps import Gap
    from tracker.lang import Language

_HTML = re.compile(r"<(?=[A-Za-z/!?])")


def gaps_markdown(coverage: Coverage, found: Mapping[Gap, Sequence[UnitCoverage]], lang: Language) -> str:
    """Write one table a kind of gap, under the counts."""
    parts = list(filter(None, [_counts(coverage, lang), all_reported(coverage, lang)]))
    heads = [lang.word(key) for key in ("paragraph", "status", "gist", "announcements", "actions", "facts")]
    for kind, rows in found.items():
        if rows:
            body = [
                (line.ref, line.status_word, line.asked, *map("\n".join, (line.announced, line.actions, line.facts)))
                for line in lines(rows, coverage, lang)
            ]
            parts.append(f"## {lang.word(kind)}\n\n{_table(heads, body)}")
    if nothing := no_gaps(coverage, lang):
        parts.append(nothing)
    return "\n\n".join(parts) + "\n"


def matrix_markdown(coverage: Coverage, lang: Language) -> str:
    """Write one table a mandate, a row a paragraph."""
    parts = [_counts(coverage, lang)]
    heads = [lang.word(key) for key in ("paragraph", "status", "gist", "evidence", "assessment")]
    for covered in coverage.mandates:
        title = covered.mandate.title
        parts.append(f"## {covered.mandate.symbol or covered.mandate.id}. {_on_a_line(shown(title, lang.code))}")
        body = [
            (
                line.number,
                line.status_word,
                line.asked,
                _evidence(line.announced, line.actions, line.facts),
                line.assessment,
            )
            for line in lines(covered.rows, coverage, lang)
        ]
        parts.append(_table(heads, body))
        if covered.unplaced:
            listed = "\n".join(f"- {_on_a_line(titled(tie.entry, lang))}" for tie in covered.unplaced)
            parts.append(f"{lang.word('unplaced')}{lang.data['colon'].rstrip()}\n\n{listed}")
    return "\n\n".join(parts) + "\n"


def secretariat_markdown(coverage: Coverage, lang: Language) -> str:
    """Write the five columns of the Secretariat's own tables."""
    heads = [lang.word(key) for key in SECRETARIAT]
    body = [row for covered in coverage.mandates for row in secretariat_rows(covered, coverage, lang)]
    return _table(heads, body) + "\n"


def _evidence(*lists: tuple[str, ...]) -> str:
    return "\n".join(item for items in lists for item in items)


def _counts(coverage: Coverage, lang: Language) -> str:
    counted = [f"{lang.label('statuses', status)} {count}" for status, count in coverage.counts.items() if count]
    return f"{'; '.join(counted)}." if counted else ""


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    body = [_row(heads), _row(":--" for _ in heads), *(_row(row) for row in rows)]
    return "\n".join(body)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(text: str) -> str:
    return _harmless(text.replace("\\", "\\\\").replace("|", "\\|")).replace("\n", "<br>")


def _on_a_line(text: str) -> str:
    return _harmless(" ".join(text.replace("\\", "\\\\").split()))


def _harmless(text: str) -> str:
    # A text is a text: it brings no HTML, no picture and no link into the page it is pasted in.
    return _HTML.sub(r"\\<", text).replace("](", r"]\(")
