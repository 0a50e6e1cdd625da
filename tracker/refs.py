"""References to paragraphs: `ga-66-177:3(a)(ii)`, `:1#2`, `ga-56-206:II.3-5`, parsed and formatted.

A reference names a mandate and, after a colon, a paragraph by its labels from the outside in.
On the command line `3.a.ii` stands for `3(a)(ii)`, since shells eat brackets.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MANDATE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
_TIMES = "bis|ter|quater|quinquies|sexies|septies|octies"
_LABEL = re.compile(rf"[0-9]{{1,6}}(?:{_TIMES})?|[A-Z]+|(?:annex|appendix|part)[0-9A-Z]*|[a-z]+|~[a-z0-9]+")
_BARE = re.compile(r"[A-Za-z]?-?[0-9]+[/-][0-9]+")
_BRACKETS = re.compile(r"\([^()]+\)")
_CLAUSE = re.compile(r"#([0-9]+)$")
# What Windows takes for a device, whatever ending it has.
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))})
# An annex or appendix is a part of the text, never an item in brackets.
_PART_WORDS = ("annex", "appendix", "part")


class RefError(ValueError):
    """The text is not a reference; the message says what is wrong with it."""


class AmbiguousRefError(RefError):
    """A number without its organ: 51/7 exists in the Assembly, the Council and the Commissions."""

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} does not say whose resolution it is: several organs have one")
        self.number = number.replace("/", "-")


class Ref(NamedTuple):
    """A mandate (`unit` empty), a paragraph or clause of it, or a range of them up to `until`."""

    mandate: str
    unit: str = ""
    until: str = ""

    def __str__(self) -> str:
        unit = f":{self.unit}" if self.unit else ""
        return f"{self.mandate}{unit}{'-' + self.until if self.until else ''}"


def join(labels: tuple[str, ...]) -> str:
    """Write labels as the reference has them: `("3", "a", "ii")` is `3(a)(ii)`, `("II", "3")` is `II.3`."""
    text = labels[0]
    for label in labels[1:]:
        text += f"({label})" if label[0].islower() and not label.startswith(_PART_WORDS) else f".{label}"
    return text


def split(unit: str) -> tuple[str, ...]:
    """Return the labels of a paragraph's number, without its clause: the inverse of `join`."""
    flat = _CLAUSE.sub("", unit).replace(" ", "").replace("(", ".").replace(")", "").strip(".")
    return tuple(flat.split("."))


def is_mandate_id(text: str) -> bool:
    """Tell whether an id can be a mandate's: the organ in letters first, then its number."""
    return _MANDATE.fullmatch(text) is not None


def label_of(number: str) -> str:
    """Return a paragraph's number as a label, without spaces: `5 bis` is `5bis`."""
    return "".join(number.split())


def is_label(text: str) -> bool:
    """Tell whether the text can number a paragraph: 3, 5bis, a, ii, II, annex, ~a."""
    return _LABEL.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def parse(text: str) -> Ref:
    """Read a reference in any accepted spelling; raise `RefError` for anything else."""
    mandate, colon, rest = text.strip().partition(":")
    if not ID.fullmatch(mandate) or _BARE.fullmatch(mandate):
        if _BARE.fullmatch(mandate):
            raise AmbiguousRefError(mandate)
        raise RefError(f"{text!r} is not a reference: write one as ga-66-177:13 or ga-66-177:3(a)")
    if not colon:
        return Ref(mandate)
    first, dash, last = rest.partition("-")
    start, clause = _labels(first, text)
    unit = join(start) + clause
    if not dash:
        return Ref(mandate, unit)
    end, end_clause = _labels(last, text)
    if clause or end_clause:
        raise RefError(f"{text!r}: a range cannot begin or end at a clause")
    return Ref(mandate, unit, join(start[: max(0, len(start) - len(end))] + end))


def _labels(text: str, whole: str) -> tuple[tuple[str, ...], str]:
    clause = _CLAUSE.search(text.strip())
    labels = split(text.strip())
    if "" in labels:
        raise RefError(f"{whole!r} is not a reference: a paragraph's number is missing")
    if _BRACKETS.sub("", text).count("(") or _BRACKETS.sub("", text).count(")"):
        raise RefError(f"{whole!r} is not a reference: its brackets do not match")
    wrong = next((label for label in labels if not is_label(label)), None)
    if wrong is not None:
        raise RefError(f"{whole!r} is not a reference: {wrong!r} cannot number a paragraph")
    return labels, clause.group(0) if clause else ""


def printed(unit: str) -> str:
    """Write a paragraph's number as reports do: `3(a)(ii)` becomes `3 (a) (ii)`, `5bis` becomes `5 bis`."""
    spaced = re.sub(r"(?<=[^(])\(", " (", unit)
    return re.sub(rf"(?<=[0-9])({_TIMES})", r" \1", spaced)


def source(text: str) -> tuple[str, str]:
    """Split a source as an entry cites it, `ed-report-2013:21`, into document and paragraph, which may be empty."""
    document, _, paragraph = text.partition(":")
    return document, paragraph
