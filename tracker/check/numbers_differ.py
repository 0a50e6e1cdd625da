"""The language versions of a text do not state the same numbers.

Every version of a report must say the same, and a slip in a figure is the easiest to make and the
hardest to see in a language one does not read. A number in digits in one version must stand in the
others, in digits or in words: "43 events" and 四十三次活动 agree, October and 10 月, $27.5 million
and 2,750 万美元. Document symbols and numbers inside names are not compared.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker import lang
from tracker.check.records import Spot
from tracker.lang.numbers import spelled_in, written_in
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from tracker.check.records import Records
    from tracker.model import Text
    from tracker.problems import Problem

CODE = "numbers-differ"
LEVEL = Level.WARNING

# A/RES/66/177, E/CN.15/2013/17, P-4, I-24/7, G20: capitals and digits grown together name something,
# and a version that names it by a word (二十国集团) says the same.
_SYMBOL = re.compile(r"(?<![A-Za-z])[A-Z]+(?:[-/.]?[0-9]+|(?:/[A-Za-z0-9.]+)+)(?:[-/.][A-Za-z0-9]+)*")


def check(records: Records) -> Iterator[Problem]:
    """Yield each version that lacks a number which another one writes in digits."""
    known = lang.codes()
    for spot, text in records.texts:
        versions = {code: wording for code, wording in text.items() if wording and code in known}
        for code, other, missing in _differences(versions):
            message = f"{code} does not say {_listed(missing)}, which {other} says"
            hint = "one of the two is a slip, or says less than the other"
            yield records.problem(Spot(spot.record, (*spot.path, code)), LEVEL, CODE, message, hint)


def _differences(text: Text) -> Iterator[tuple[str, str, set[Decimal]]]:
    if len(text) < 2:
        return
    bare = {code: _SYMBOL.sub(" ", wording) for code, wording in text.items()}
    written = {code: written_in(lang.language(code), wording) for code, wording in bare.items()}
    for other, numbers in written.items():
        for code, own in written.items():
            missing = numbers - own
            # Words take long to read as numbers, and most texts repeat the digits.
            missing = missing and missing - spelled_in(lang.language(code), bare[code])
            if missing:
                yield code, other, set(missing)


def _listed(numbers: Iterable[Decimal]) -> str:
    return ", ".join(f"{number:f}" for number in sorted(numbers))
