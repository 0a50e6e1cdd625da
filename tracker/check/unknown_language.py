"""A language is named that there is no file for.

Texts are kept by language, and a draft in a language prints the texts under its code: a text under
`cn` is never printed by a draft in Chinese, whose code is `zh`. The codes are those of ISO 639-1,
two small letters, and each has a file with the words a report needs.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from tracker import lang
from tracker.check.records import Spot
from tracker.problems import Level, nearest, offer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.check.records import Records
    from tracker.model import Brief, Mandate
    from tracker.problems import Problem

CODE = "unknown-language"
LEVEL = Level.ERROR

# Codes of countries or of other lists, taken for codes of languages.
_SLIPS = {
    "cn": "zh", "ch": "zh", "chi": "zh", "cmn": "zh", "zh-cn": "zh", "zh-hans": "zh", "chinese": "zh",
    "gb": "en", "uk": "en", "us": "en", "english": "en", "sp": "es", "spa": "es", "spanish": "es",
    "rus": "ru", "russian": "ru", "french": "fr", "arabic": "ar",
}  # fmt: skip


def check(records: Records) -> Iterator[Problem]:
    """Yield each code of a language that the tool has no words of."""
    known = lang.codes()
    for spot, code, is_key in _named(records):
        if code not in known:
            hint = _hint(code, known)
            yield records.problem(spot, LEVEL, CODE, f"there is no language {code}", hint, on_key=is_key)


def _hint(code: str, known: Sequence[str]) -> str:
    slip = _SLIPS.get(code.lower())
    likely = nearest(code, known) or ([slip] if slip and slip in known else [])
    return offer(likely) or f"there are {', '.join(known)}"


def _named(records: Records) -> Iterator[tuple[Spot, str, bool]]:
    yield from ((spot, code, False) for spot, code in _listed(records))
    known = lang.codes()
    for spot, text in records.texts:
        for code in text:
            at = Spot(spot.record, (*spot.path, code))
            # A plain text has no key of its own: it is in the file's first language, already looked at.
            if code not in known and records.place(at, on_key=True) != records.place(spot, on_key=True):
                yield at, code, True


def _listed(records: Records) -> Iterator[tuple[Spot, str]]:
    reported: Iterator[Mandate | Brief] = chain(records.mandates, records.briefs)
    for record in reported:
        for index, code in enumerate(record.languages):
            yield Spot(record.id, ("languages", index)), code
    for brief in records.briefs:
        for index, respondent in enumerate(brief.consultation.respondents if brief.consultation else ()):
            if respondent.language:
                yield Spot(brief.id, ("consultation", "respondents", index, "language")), respondent.language
    yield from _of_documents(records)


def _of_documents(records: Records) -> Iterator[tuple[Spot, str]]:
    # A source may be in a language that no draft is written in, so long as its name is known.
    named = lang.vocabulary("languages")
    for document in records.documents:
        for index, code in enumerate(document.languages):
            if code not in named:
                yield Spot(document.id, ("languages", index)), code
    for brief in records.briefs:
        if brief.original and brief.original not in named:
            yield Spot(brief.id, ("original",)), brief.original
