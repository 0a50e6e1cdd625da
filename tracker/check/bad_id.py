"""An id is not written as ids are.

Ids are used in references, as names of files and in addresses on the web, on systems that treat
capitals differently. So they are small letters, digits and single hyphens: `ga-66-177`,
`customs-course-2024`. A mandate's id, which is the name of its file, begins with the organ: 51/7 is
a resolution of the Assembly, of the Human Rights Council and of the Commission on Narcotic Drugs.
Windows takes `con`, `nul`, `aux` and their like for devices, and can hold no file of that name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker import refs
from tracker.check.records import Spot
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check.subject import Subject
    from tracker.problems import Problem

CODE = "bad-id"
LEVEL = Level.ERROR


def check(subject: Subject) -> Iterator[Problem]:
    """Yield what reading the files has found, mandates named by a number alone, and names of devices."""
    yield from subject.loaded(CODE)
    for name in subject.ws.mandates:
        if not refs.is_mandate_id(name):
            hint = f"name the file with the organ first, as ga-{name}.yaml or cnd-{name}.yaml"
            yield subject.problem(Spot(name, ()), LEVEL, CODE, f"{name!r} does not say whose resolution it is", hint)
    for name in (*subject.ws.cycles, *subject.ws.entries, *subject.ws.documents):
        if name in refs.DEVICES:
            hint = f"give it a longer name, as {name}-1"
            yield subject.problem(Spot(name, ()), LEVEL, CODE, f"{name!r} is a device on Windows", hint)
