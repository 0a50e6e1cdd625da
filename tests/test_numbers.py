"""The numbers a text states, so that its languages can be compared: tables of texts and their numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tracker.lang import language
from tracker.lang.numbers import Numbers, figure, numbers_in

ENGLISH = [
    # text, numbers in digits or as a month, numbers in words
    ("", "", ""),
    ("No numbers stand here, and nobody is someone.", "", ""),
    ("43 events for 1,400 people", "43 1400", ""),
    ("1\u00a0400 people", "1400", ""),
    ("27,500,000 dollars", "27500000", ""),
    ("$27.5 million", "27500000", ""),
    ("US$ 27.5\u00a0million", "27500000", ""),
    ("2.75 billion dollars", "2750000000", ""),
    ("2 thousand officers and 3 million euros", "2000 3000000", ""),
    ("0.5 per cent of 5,000.50", "0.5 5000.5", ""),
    ("on pages 12,3456 and 7", "12 3456 7", ""),
    ("General Assembly resolution 66/177, paragraph 3 (a)", "66 177 3", ""),
    ("from 10-15 States in the 1990s", "10 15 1990", ""),
    ("the 21st session", "21", ""),
    ("In October 2012 it began, on 5 May it ended.", "10 2012 5", ""),
    ("It may march on in march; in March it did.", "3", ""),
    ("one course for two States", "", "1 2"),
    ("Twenty-two States", "", "22"),
    ("the sixty-third session, the sixteenth after the first", "", "63 16 1"),
    ("ten million dollars, two hundred officers", "", "10000000 200"),
    ("two hundred thousand", "", "200000"),
    ("three thousand five hundred", "", "3500"),
    ("two hundred and fifty officers", "", "250"),
    ("one million two hundred and fifty thousand", "", "1250000"),
    ("two and three", "", "2 3"),
    ("once, twice, a dozen", "", "1 2 12"),
    ("hundreds of officers, someone, a bothersome tenant", "", ""),
]

CHINESE = [
    ("没有数字。", "", ""),
    ("43 次活动、1,400 人", "43 1400", ""),
    ("2,750 万美元", "27500000", ""),
    ("2750万美元", "27500000", ""),
    ("27.5 亿", "2750000000", ""),
    ("3 千人", "3000", ""),
    ("１２个国家", "12", ""),
    ("2012 年 10 月 5 日", "2012 10 5", ""),
    ("2012年10月", "2012 10", ""),
    ("二〇一二年十月", "", "2012 10"),
    ("一九三四年", "", "1934"),
    ("第五十三届会议", "", "53"),
    ("第二十届会议", "", "20"),
    ("十二个国家，两个区域", "", "12 2"),
    ("三百五十名、一千零五名、两百名", "", "350 1005 200"),
    ("一万二千", "", "12000"),
    ("十万、百万、五百万、三千万", "", "100000 1000000 5000000 30000000"),
    ("一亿二千万", "", "120000000"),
    ("一百二十三万四千五百六十七", "", "1234567"),
    ("一万亿", "", "1000000000000"),
    ("上万人", "", "10000"),
]


def numbers(text: str) -> frozenset[Decimal]:
    return frozenset(map(Decimal, text.split()))


@pytest.mark.parametrize(("text", "written", "spelled"), ENGLISH)
def test_numbers_in_english(text: str, written: str, spelled: str) -> None:
    assert numbers_in(language("en"), text) == Numbers(numbers(written), numbers(spelled))


@pytest.mark.parametrize(("text", "written", "spelled"), CHINESE)
def test_numbers_in_chinese(text: str, written: str, spelled: str) -> None:
    assert numbers_in(language("zh"), text) == Numbers(numbers(written), numbers(spelled))


SAME = [
    ("In October 2012, 43 events cost $27.5 million.", "2012 年 10 月，43 次活动耗资 2,750 万美元。"),
    ("The fifty-third session heard twenty-two States.", "第五十三届会议听取了二十二个国家的发言。"),
    ("250,000 people and 1.5 billion dollars", "25 万人和 15 亿美元"),
]


@pytest.mark.parametrize(("english", "chinese"), SAME)
def test_two_languages_state_the_same_numbers(english: str, chinese: str) -> None:
    assert numbers_in(language("en"), english).all == numbers_in(language("zh"), chinese).all


FIGURES = [
    ("43", "43"),
    ("1400+", "1400"),
    ("~350000", "350000"),
    ("1,400", "1400"),
    ("27.5", "27.5"),
    ("100 to 200", "100"),
]


@pytest.mark.parametrize(("written", "number"), FIGURES)
def test_a_figure_is_a_number_as_the_source_has_it(written: str, number: str) -> None:
    assert figure(written) == Decimal(number)


@pytest.mark.parametrize("written", ["", "many", "n/a"])
def test_a_figure_without_a_number_has_none(written: str) -> None:
    assert figure(written) is None
