"""Figures are added up for templates, and never twice."""

from __future__ import annotations

from conftest import ROOT

from tracker.draft.report import report_view
from tracker.draft.totals import totals_of
from tracker.lang import language
from tracker.load.files import load
from tracker.model import ActionStatus, Entry


def entry(name: str, *, part_of: str | None = None, status: str | None = "completed", **figures: str) -> Entry:
    return Entry(
        id=name,
        cycle="2020-cnd-63",
        type="training",
        summary={"en": "A course was held."},
        status=ActionStatus(status) if status else None,
        part_of=part_of,
        figures=figures,
    )


def test_a_part_is_not_counted_beside_its_whole() -> None:
    found = totals_of(
        language("en"),
        [
            entry("all", events="43", participants="1400+"),
            entry("one", part_of="all", events="2", participants="30"),
            entry("lesson", part_of="one", hours="4"),
            entry("other", events="~5"),
            entry("planned", status="planned", events="100"),
            entry("outcome", status=None, events="7"),
        ],
    )
    shown = {name: (total.value, total.at_least, total.about, total.entries) for name, total in found.items()}
    assert shown == {
        "events": ("48", False, True, ("all", "other")),
        "hours": ("4", False, False, ("lesson",)),
        "participants": ("1,400", True, False, ("all",)),
    }


def test_a_circle_of_parts_ends() -> None:
    found = totals_of(language("fr"), [entry("a", part_of="b", hours="1.5"), entry("b", part_of="a", days="2000")])
    assert {name: total.value for name, total in found.items()} == {"hours": "1.5", "days": "2\u00a0000"}


def test_the_events_of_2012_are_counted_once() -> None:
    totals = report_view(load(ROOT), "2013-ccpcj-22", "en", clean=True).totals
    assert totals["events"].value == "43"
    assert totals["events"].entries == ("gpml-events-2012",)
