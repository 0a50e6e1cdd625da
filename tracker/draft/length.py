"""The length of a draft in words, headings and footnotes counted, against the limit for reports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.draft.view import Length
from tracker.lang import formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.draft.view import Footnote, Item, Section
    from tracker.lang import Language

_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_FOOTNOTE_MARK = re.compile(r"\[\^[0-9]+\]")
_WORD = re.compile(r"[^\W_]+(?:[^\w\s]+[^\W_]+)*")


def length_of(
    lang: Language,
    head: Iterable[str],
    sections: Iterable[Section],
    footnotes: Iterable[Footnote],
    limit: int,
) -> Length:
    """Count what is printed; `head` holds the title and the summary.

    A language written without spaces is estimated: its characters by the ratio in its file.
    """
    texts = [*head, *_texts(sections), *(note.text for note in footnotes)]
    texts = [_FOOTNOTE_MARK.sub("", text) for text in texts]
    characters = sum(len(_CJK.findall(text)) for text in texts)
    words = sum(len(_WORD.findall(_CJK.sub(" ", text))) for text in texts)
    per_word = float(lang.data.get("characters_per_word", 0))
    estimated = per_word > 0
    if estimated:
        words += round(characters / per_word)
    return Length(
        words=words, limit=limit, estimated=estimated, statement=_statement(lang, words, limit, characters, per_word)
    )


def _texts(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield section.heading
        for paragraph in section.paragraphs:
            yield paragraph.text
            yield from _item_texts(paragraph.lettered)
        yield from _texts(section.sections)


def _item_texts(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        yield item.text
        yield from _item_texts(item.lettered)


def _statement(lang: Language, words: int, limit: int, characters: int, per_word: float) -> str:
    count = formats.count(lang, words)
    if not limit:
        said = lang.word("words_counted", count=count)
    elif words > limit:
        said = lang.word(
            "words_over", count=count, limit=formats.count(lang, limit), over=formats.count(lang, words - limit)
        )
    else:
        said = lang.word("words_of", count=count, limit=formats.count(lang, limit))
    if per_word:
        how = lang.word("words_estimated", characters=formats.count(lang, characters), per_word=f"{per_word:g}")
        said += lang.data["sentence_joiner"] + how
    return said
