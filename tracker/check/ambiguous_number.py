"""A reference does not say whose resolution it means.

51/7 is a resolution of the General Assembly, of the Human Rights Council and of the Commission on
Narcotic Drugs. A report that follows the wrong one answers what nobody asked. Write the mandate's
id, which begins with the organ: `cnd-51-7`, and `cnd-51-7:3` for its third paragraph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.subject import Subject
    from tracker.problems import Problem

CODE = "ambiguous-number"
LEVEL = Level.ERROR


def check(subject: Subject) -> Iterator[Problem]:
    """Yield each reference by a number without its organ."""
    for spot, why in subject.unresolved:
        if why.code == CODE:
            yield subject.problem(spot, LEVEL, CODE, why.message, why.hint)
