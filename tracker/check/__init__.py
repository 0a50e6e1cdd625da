"""Everything that can be wrong in a workspace: one rule a file, each its own manual page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.check import (
    ambiguous_number,
    bad_id,
    bad_link,
    bad_number,
    broken_footnote,
    circular,
    duplicate_id,
    duplicate_key,
    figure_not_told,
    hasty_assessment,
    impossible_date,
    invisible_character,
    look_alike,
    missing_field,
    missing_translation,
    named_twice,
    near_miss,
    never_printed,
    no_actor,
    no_source,
    no_value,
    not_filled_in,
    number_order,
    numbers_differ,
    outside_period,
    provisional,
    repeated_number,
    selects_nothing,
    stray_file,
    syntax,
    unknown_country,
    unknown_cycle,
    unknown_document,
    unknown_entry,
    unknown_key,
    unknown_language,
    unknown_mandate,
    unknown_unit,
    wrong_type,
)
from tracker.check.kept import found_in_records
from tracker.check.subject import Subject

if TYPE_CHECKING:
    from tracker.load.store import Store
    from tracker.load.workspace import Workspace
    from tracker.problems import Problem

RULES = (
    syntax,
    duplicate_key,
    unknown_key,
    wrong_type,
    missing_field,
    duplicate_id,
    bad_id,
    unknown_mandate,
    unknown_unit,
    ambiguous_number,
    unknown_document,
    unknown_entry,
    unknown_cycle,
    impossible_date,
    unknown_country,
    unknown_language,
    circular,
    repeated_number,
    bad_number,
    outside_period,
    selects_nothing,
    stray_file,
    named_twice,
    never_printed,
    no_source,
    no_value,
    not_filled_in,
    broken_footnote,
    bad_link,
    no_actor,
    near_miss,
    look_alike,
    invisible_character,
    number_order,
    missing_translation,
    provisional,
    figure_not_told,
    numbers_differ,
    hasty_assessment,
)


# What these find in a record, they find in it alone: it is kept as long as the record's file does not change.
OF_ONE_RECORD = (
    impossible_date,
    unknown_country,
    unknown_language,
    repeated_number,
    bad_number,
    no_source,
    not_filled_in,
    broken_footnote,
    bad_link,
    no_actor,
    look_alike,
    invisible_character,
    number_order,
    provisional,
    figure_not_told,
    numbers_differ,
)


def problems_of(ws: Workspace, store: Store | None = None) -> list[Problem]:
    """Return every problem of a workspace, in file order, each told on one line."""
    subject = Subject(ws)
    found = [problem for rule in RULES if rule not in OF_ONE_RECORD for problem in rule.check(subject)]
    return sorted(map(_on_one_line, (*found, *found_in_records(ws, OF_ONE_RECORD, store))))


def _on_one_line(problem: Problem) -> Problem:
    # A name with a line break in it would begin a line of its own, and a build server obeys some lines.
    place, _, _, message, hint = problem
    if "\n" not in place.path + message + hint:
        return problem
    path, message, hint = (text.replace("\n", "\\n") for text in (place.path, message, hint))
    return problem._replace(place=place._replace(path=path), message=message, hint=hint)
