"""Dates as sources give them: which are read, which days they cover, and which are refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dates import OPEN, Span, parse_date

ACCEPTED = [
    # as written, the first and the last day it can mean
    ("2012", "2012-01-01", "2012-12-31"),
    ("2012-10", "2012-10-01", "2012-10-31"),
    ("2012-02", "2012-02-01", "2012-02-29"),
    ("2013-02", "2013-02-01", "2013-02-28"),
    ("2012-10-05", "2012-10-05", "2012-10-05"),
    ("2000-02-29", "2000-02-29", "2000-02-29"),
    (" 2012-10-05\n", "2012-10-05", "2012-10-05"),
    ("0001", "0001-01-01", "0001-12-31"),
    ("2012/2013", "2012-01-01", "2013-12-31"),
    ("2012-01-01/2013-03-31", "2012-01-01", "2013-03-31"),
    ("2012-10/2012", "2012-10-01", "2012-12-31"),
    ("2012/2012-03", "2012-01-01", "2012-03-31"),
    ("2012-10-05/2012-10-05", "2012-10-05", "2012-10-05"),
    ("2011-12/..", "2011-12-01", OPEN),
]


@pytest.mark.parametrize(("written", "first", "last"), ACCEPTED)
def test_a_date_covers_the_days_it_can_mean(written: str, first: str, last: str) -> None:
    assert parse_date(written) == Span(first, last)


REFUSED = [
    # impossible
    "2012-13",
    "2012-00",
    "2013-02-29",
    "2013-02-30",
    "1900-02-29",
    "2012-10-00",
    "2012-10-32",
    "0000",
    # reversed
    "2013/2012",
    "2012-10-05/2012-10-04",
    # not a date, or one of another notation
    "",
    "text",
    "soon",
    "12",
    "2012-1",
    "2012-10-5",
    "20121005",
    "2012/10/05",
    "05.10.2012",
    "October 2012",
    "2012 年 10 月",
    "２０１２",
    "٢٠١٢",
    "2012-10-05T09:00",
    "-2012",
    "2012/2013/2014",
    "2012 / 2013",
    # beyond level 0, or open at the beginning
    "2012?",
    "2012~",
    "20XX",
    "2012/",
    "/2012",
    "../2012",
    "..",
    "../..",
]


@pytest.mark.parametrize("written", REFUSED)
def test_what_is_no_date_is_refused(written: str) -> None:
    assert parse_date(written) is None


OVERLAPS = [
    ("2012", "2012-10-05", True),
    ("2012", "2013", False),
    ("2012-12-31", "2012-12/2013", True),
    ("2011-12/..", "2030", True),
    ("2011-12/..", "2011-11", False),
]


@pytest.mark.parametrize(("one", "other", "share"), OVERLAPS)
def test_dates_overlap_when_they_share_a_day(one: str, other: str, share: bool) -> None:  # noqa: FBT001
    first, second = parse_date(one), parse_date(other)
    assert first is not None
    assert second is not None
    assert (first.overlaps(second), second.overlaps(first)) == (share, share)


@given(st.dates())
def test_the_span_of_a_day_is_that_day(day: date) -> None:
    assert parse_date(day.isoformat()) == Span(day.isoformat(), day.isoformat())


@given(st.dates(), st.dates())
def test_an_interval_runs_forwards(one: date, other: date) -> None:
    span = parse_date(f"{one}/{other}")
    assert span == (Span(one.isoformat(), other.isoformat()) if one <= other else None)


@given(st.dates())
def test_a_day_lies_in_its_month_and_its_month_in_its_year(day: date) -> None:
    text = day.isoformat()
    year, month, own = parse_date(text[:4]), parse_date(text[:7]), parse_date(text)
    assert year is not None
    assert month is not None
    assert own is not None
    assert year.first <= month.first <= own.first == own.last <= month.last <= year.last


@given(st.text(max_size=25))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    span = parse_date(text)
    if span is not None:
        assert date.fromisoformat(span.first) <= date.fromisoformat(span.last)
