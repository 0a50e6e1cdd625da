"""Coverage to the lines of a table in one language: the same words for terminal, Markdown and CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from tracker import refs
from tracker.cover.coverage import ContainerCoverage
from tracker.cover.gaps import announced
from tracker.draft.prose import titled, without_footnotes
from tracker.draft.titles import first_words
from tracker.lang import formats, shown
from tracker.model import ActionStatus, Role, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.cover.coverage import Coverage, MandateCoverage, Tie, UnitCoverage
    from tracker.lang import Language
    from tracker.model import Entry


class Line(Struct, frozen=True, kw_only=True):
    """One unit or container in words; lists hold the titles of entries, with date and status."""

    ref: str
    number: str
    mandate: str
    ours: str
    status: str
    status_word: str
    verb: str
    addressees: str
    gist: str
    announced: tuple[str, ...]
    actions: tuple[str, ...]
    facts: tuple[str, ...]
    assessment: str
    asked: str


def all_reported(coverage: Coverage, lang: Language) -> str:
    """Say that no request to us is missing, or nothing when one is or there is none."""
    ours = [row for row in coverage.units if row.ours]
    if not ours or any(row.status is not Status.REPORTED for row in ours):
        return ""
    return lang.word("ours_all", count=len(ours))


def no_gaps(coverage: Coverage, lang: Language) -> str:
    """Say that nothing is missing, or that no paragraph is known that could be."""
    if not coverage.units:
        return lang.word("no_units")
    missing = any(row.status is not Status.REPORTED for row in coverage.units)
    return "" if missing else lang.word("no_gaps")


SECRETARIAT = ("resolution", "paragraph", "action_required", "implementation", "resources")
_RESOURCE_TYPES = frozenset(("funding", "staffing"))


def lines(rows: Iterable[UnitCoverage | ContainerCoverage], coverage: Coverage, lang: Language) -> list[Line]:
    """Put rows of coverage into words."""
    return [_line(row, coverage, lang) for row in rows]


def _line(row: UnitCoverage | ContainerCoverage, coverage: Coverage, lang: Language) -> Line:
    unit = row.unit
    promised = [] if isinstance(row, ContainerCoverage) else announced(row, coverage.retired)
    waiting = {entry.id for entry in promised}
    others = [tie for tie in row.evidence if tie.entry.id not in waiting]
    # What those who were asked did comes first.
    others.sort(key=lambda tie: tie.role is not Role.ADDRESSEE)
    verb = lang.label("verbs", unit.verb) if unit.verb else ""
    addressees = lang.listed([lang.label("addressees", name) for name in unit.addressees])
    gist = _gist(row, lang)
    return Line(
        ref=unit.ref,
        number=refs.printed(unit.number),
        mandate=unit.mandate,
        ours=lang.word("yes") if row.ours else "",
        status="" if isinstance(row, ContainerCoverage) else row.status.value,
        status_word=status_word(row, lang),
        verb=verb,
        addressees=addressees,
        gist=gist,
        announced=tuple(titled(entry, lang) for entry in promised),
        actions=tuple(_tied(tie, lang) for tie in others if tie.role is not Role.FACT),
        facts=tuple(titled(tie.entry, lang) for tie in others if tie.role is Role.FACT),
        assessment=_assessment(row, lang),
        # Official text begins with the verb itself.
        asked=gist if unit.text and not (unit.gist or unit.heading) else _as_read(verb, addressees, gist, lang),
    )


def _gist(row: UnitCoverage | ContainerCoverage, lang: Language) -> str:
    unit = row.unit
    if unit.gist or unit.heading:
        return shown(unit.gist or unit.heading, lang.code)
    text = shown(unit.text, lang.code)
    return first_words(text) if unit.container else text


def _as_read(verb: str, addressees: str, gist: str, lang: Language) -> str:
    opening = str(lang.data["sentence_joiner"]).join(part for part in (verb, addressees) if part)
    return f"{opening}{lang.data['colon']}{gist}" if opening and gist else opening or gist


def status_word(row: UnitCoverage | ContainerCoverage, lang: Language) -> str:
    """Return the status in words, with the number of States where States are asked."""
    if isinstance(row, ContainerCoverage):
        return lang.word("reported_of", reported=row.reported, units=row.units)
    word = lang.label("statuses", row.status)
    return word + lang.word("aside", text=formats.states(lang, row.states)) if row.states else word


def _tied(tie: Tie, lang: Language) -> str:
    marks = [] if tie.current else [lang.word("earlier")]
    if tie.entry.status not in (ActionStatus.COMPLETED, None):
        marks.append(lang.label("statuses", str(tie.entry.status)))
    return titled(tie.entry, lang) + (f" [{lang.data['list']['separator'].join(marks)}]" if marks else "")


def _assessment(row: UnitCoverage | ContainerCoverage, lang: Language) -> str:
    if row.assessment is None:
        return ""
    because = shown(row.assessment.because, lang.code) if row.assessment.because else ""
    word = lang.label("statuses", row.assessment.status)
    return f"{word}{lang.data['colon']}{because}" if because else word


def secretariat_rows(
    covered: MandateCoverage, coverage: Coverage, lang: Language, *, clean: bool = False
) -> list[tuple[str, ...]]:
    """Return the five columns the Secretariat collects in, a row a unit: what was done in full sentences.

    A last row holds what is not yet placed on a paragraph. With `clean`, what is internal is left out.
    """
    name = covered.mandate.symbol or covered.mandate.id
    rows: list[tuple[str, ...]] = []
    for row in covered.rows:
        if isinstance(row, ContainerCoverage):
            continue
        line = _line(row, coverage, lang)
        done, means = _done_and_means(_told(row.evidence, clean=clean), lang)
        if row.answered_by:
            done.insert(0, lang.word("answered_by_report") + lang.word("aside", text=row.answered_by))
        if row.unit.condition == "extrabudgetary":
            means.insert(0, lang.label("conditions", row.unit.condition))
        rows.append((name, line.number, line.asked, "\n".join(done), "\n".join(means)))
    if unplaced := _told(covered.unplaced, clean=clean):
        done, means = _done_and_means(unplaced, lang)
        rows.append((name, "", lang.word("unplaced"), "\n".join(done), "\n".join(means)))
    return rows


def _told(ties: Iterable[Tie], *, clean: bool) -> list[Tie]:
    return [tie for tie in ties if not (clean and tie.entry.internal)]


def _done_and_means(ties: Iterable[Tie], lang: Language) -> tuple[list[str], list[str]]:
    acted = [tie.entry for tie in ties if tie.current and tie.entry.status]
    done = [_sentence(entry, lang) for entry in acted if entry.type not in _RESOURCE_TYPES]
    return done, [_sentence(entry, lang) for entry in acted if entry.type in _RESOURCE_TYPES]


def _sentence(entry: Entry, lang: Language) -> str:
    text = without_footnotes(shown(entry.summary, lang.code))
    if entry.status in (ActionStatus.PLANNED, ActionStatus.CANCELLED):
        text += f" [{lang.label('statuses', str(entry.status))}]"
    return text
