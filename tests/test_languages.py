"""Every language file has the shape of the English one, and writes dates, sessions, headings and lists its own way."""

from __future__ import annotations

from decimal import Decimal
from string import Formatter
from typing import Any

import pytest

from tracker.lang import codes, formats, language
from tracker.lang.numbers import numbers_in

REFERENCE = language("en").data
OTHERS = [code for code in codes() if code != "en"]
# What a language may have beyond English; and what it may leave out, since English is taken for it.
OPTIONAL = {"characters_per_word", "dates.month_suffix", "numerals.cjk_digits", "numerals.series"}
SPARE = {"organisations"}
# Rules that a language may do without, by writing numerals in another way, and lists that are its own.
OTHERWISE = {"numerals.ordinals", "numerals.ordinal_tens", "numerals.ordinal_tens_with", "numerals.ordinal_joiner"}
OWN = OTHERWISE | {"numerals.words", "numerals.multipliers", "numerals.series"}

# What is asked, and what each language answers.
EXPECTED = {
    "en": {
        "day": "19 December 2011",
        "month": "July 2012",
        "year": "2012",
        "days of a month": "22–26 April 2013",
        "days of a year": "30 May to 1 June 2012",
        "months of a year": "January to March 2013",
        "years": "2008 to 2015",
        "open": "since December 2011",
        "first session": "First session",
        "session 21": "Twenty-first session",
        "session 59": "Fifty-ninth session",
        "session 70": "Seventieth session",
        "headings": "I. | A. | 1. | (a)",
        "fourth headings": "IV. | D. | 4. | (d)",
        "items": "(a) | (i) | (1)",
        "list": "A, B and C",
        "agenda": "Item 5 of the provisional agenda*",
        "place": "Vienna, 22–26 April 2013",
    },
    "fr": {
        "day": "19 décembre 2011",
        "month": "juillet 2012",
        "year": "2012",
        "days of a month": "22-26 avril 2013",
        "days of a year": "30 mai-1 juin 2012",
        "months of a year": "janvier-mars 2013",
        "years": "2008-2015",
        "open": "depuis décembre 2011",
        "first session": "Première session",
        "session 21": "Vingt et unième session",
        "session 59": "Cinquante-neuvième session",
        "session 70": "Soixante-dixième session",
        "headings": "I. | A. | 1. | a)",
        "fourth headings": "IV. | D. | 4. | d)",
        "items": "a) | i) | 1)",
        "list": "A, B et C",
        "agenda": "Point 5 de l'ordre du jour provisoire*",
        "place": "Vienna, 22-26 avril 2013",
    },
    "es": {
        "day": "19 de diciembre de 2011",
        "month": "julio de 2012",
        "year": "2012",
        "days of a month": "22 a 26 de abril de 2013",
        "days of a year": "30 de mayo a 1 de junio de 2012",
        "months of a year": "enero a marzo de 2013",
        "years": "2008 a 2015",
        "open": "desde diciembre de 2011",
        "first session": "Primer período de sesiones",
        "session 21": "21er período de sesiones",
        "session 59": "59º período de sesiones",
        "session 70": "70º período de sesiones",
        "headings": "I. | A. | 1. | a)",
        "fourth headings": "IV. | D. | 4. | d)",
        "items": "a) | i) | 1)",
        "list": "A, B y C",
        "agenda": "Tema 5 del programa provisional*",
        "place": "Vienna, 22 a 26 de abril de 2013",
    },
    "ru": {
        "day": "19 декабря 2011 года",
        # The one list of months is in the genitive: "июль 2012 года" cannot be said yet.
        "month": "июля 2012 года",
        "year": "2012 г.",
        "days of a month": "22-26 апреля 2013 года",
        "days of a year": "30 мая – 1 июня 2012 года",
        "months of a year": "с января до марта 2013 года",
        "years": "с 2008 г. до 2015 г.",
        "open": "с декабря 2011 года",
        "first session": "Первая сессия",
        "session 21": "Двадцать первая сессия",
        "session 59": "Пятьдесят девятая сессия",
        "session 70": "Семидесятая сессия",
        "headings": "I. | A. | 1. | a)",
        "fourth headings": "IV. | D. | 4. | d)",
        "items": "a) | i) | 1)",
        "list": "A, B и C",
        "agenda": "Пункт 5 предварительной повестки дня*",
        "place": "Vienna, 22-26 апреля 2013 года",
    },
    "ar": {
        "day": "19 كانون الأول/ديسمبر 2011",
        "month": "تموز/يوليه 2012",
        "year": "2012",
        "days of a month": "22-26 نيسان/أبريل 2013",
        "days of a year": "30 أيار/مايو - 1 حزيران/يونيه 2012",
        "months of a year": "كانون الثاني/يناير - آذار/مارس 2013",
        "years": "2008 - 2015",
        "open": "منذ كانون الأول/ديسمبر 2011",
        "first session": "الدورة الأولى",
        "session 21": "الدورة الحادية والعشرون",
        "session 59": "الدورة التاسعة والخمسون",
        "session 70": "الدورة السبعون",
        "headings": "أولا - | ألف - | 1 - | (أ)",
        "fourth headings": "رابعا - | دال - | 4 - | (د)",
        "items": "(أ) | ‘1’ | (1)",
        "list": "A، B وC",
        "agenda": "البند 5 من جدول الأعمال المؤقت*",
        "place": "Vienna، 22-26 نيسان/أبريل 2013",
    },
    "zh": {
        "day": "2011 年 12 月 19 日",
        "month": "2012 年 7 月",
        "year": "2012 年",
        "days of a month": "2013 年 4 月 22 日至 26 日",
        "days of a year": "2012 年 5 月 30 日至 6 月 1 日",
        "months of a year": "2013 年 1 月至 3 月",
        "years": "2008 年至 2015 年",
        "open": "2011 年 12 月以来",
        "first session": "第一届会议",
        "session 21": "第二十一届会议",
        "session 59": "第五十九届会议",
        "session 70": "第七十届会议",
        "headings": "一、 | A. | 1. | (a)",
        "fourth headings": "四、 | D. | 4. | (d)",
        "items": "(a) | (i) | (1)",
        "list": "A、B和C",
        "agenda": "临时议程*项目 5",
        "place": "2013 年 4 月 22 日至 26 日，Vienna",
    },
}

# A text, and the numbers it states in digits or as a month, and in words.
NUMBERS = [
    ("en", "fifty-ninth session, 43 events in March, two million", {43, 3}, {59, 2_000_000}),
    ("fr", "cinquante-neuvième session, 43 réunions en mars, deux millions", {43, 3}, {59, 2_000_000}),
    ("fr", "vingt et un États, soixante et onze, quatre-vingt-dix-sept", set(), {21, 71, 97}),
    ("fr", "350\u00a0000 dollars et 12 milliards", {350_000, 12_000_000_000}, set()),
    ("es", "43 reuniones en marzo, treinta y uno, veintidós, dos millones", {43, 3}, {31, 22, 2_000_000}),
    ("es", "quincuagésimo noveno período de sesiones, 12 mil millones", {12_000_000_000}, {59}),
    ("ru", "пятьдесят девятая сессия, 43 совещания, 5 марта, двадцать два", {43, 5, 3}, {59, 22}),
    ("ru", "12 миллиардов, 4 миллиона и 3 млн долл. США", {12_000_000_000, 4_000_000, 3_000_000}, set()),
    ("ar", "الدورة التاسعة والخمسون، 43 اجتماعا، آذار/مارس", {43, 3}, {59}),
    ("ar", "خمسة وعشرون، ثلاثة عشر، 12 مليون دولار، 4 بلايين", {12_000_000, 4_000_000_000}, {25, 13}),
]


def test_the_six_languages_are_there() -> None:
    assert list(codes()) == sorted(EXPECTED)


@pytest.mark.parametrize("code", OTHERS)
def test_keys_are_those_of_english(code: str) -> None:
    here, there = _paths(language(code).data), _paths(REFERENCE)
    assert here - there <= OPTIONAL
    missing = {path for path in there - here if path.split(".")[0] not in SPARE}
    assert missing <= OTHERWISE


@pytest.mark.parametrize("code", OTHERS)
def test_words_have_the_same_places(code: str) -> None:
    for group in ("words", "dates"):
        here = {key: _places(text) for key, text in language(code).data[group].items() if key in REFERENCE[group]}
        there = {key: _places(REFERENCE[group][key]) for key in here}
        if "characters_per_word" in language(code).data:
            # Only a language without spaces estimates its words, and says how.
            there["words_estimated"] = {"characters", "per_word"}
        assert here == {key: there[key] for key in here}


@pytest.mark.parametrize("code", codes())
def test_months_direction_and_review(code: str) -> None:
    data = language(code).data
    assert len(data["dates"]["months"]) == len(set(data["dates"]["months"])) == 12
    assert data["direction"] == ("rtl" if code == "ar" else "ltr")
    assert data["verified"] in ("true", "false")


@pytest.mark.parametrize("code", OTHERS)
def test_nothing_is_empty(code: str) -> None:
    empty = {path for path, text in _texts(language(code).data) if not text}
    assert empty <= {"words.words_estimated", "sentence_joiner"}


@pytest.mark.parametrize("code", EXPECTED)
def test_formats(code: str) -> None:
    lang = language(code)
    dates = formats.date(lang, "2013-04-22/2013-04-26")
    assert {
        "day": formats.date(lang, "2011-12-19"),
        "month": formats.date(lang, "2012-07"),
        "year": formats.date(lang, "2012"),
        "days of a month": dates,
        "days of a year": formats.date(lang, "2012-05-30/2012-06-01"),
        "months of a year": formats.date(lang, "2013-01/2013-03"),
        "years": formats.date(lang, "2008/2015"),
        "open": formats.date(lang, "2011-12/.."),
        "first session": formats.session(lang, 1),
        "session 21": formats.session(lang, 21),
        "session 59": formats.session(lang, 59),
        "session 70": formats.session(lang, 70),
        "headings": " | ".join(formats.heading(lang, level, 1).strip() for level in range(4)),
        "fourth headings": " | ".join(formats.heading(lang, level, 4).strip() for level in range(4)),
        "items": " | ".join(formats.item(lang, level, 1) for level in range(3)),
        "list": lang.listed(["A", "B", "C"]),
        "agenda": lang.word("agenda_item", item="5", mark="*"),
        "place": lang.word("place_dates", place="Vienna", dates=dates),
    } == EXPECTED[code]


@pytest.mark.parametrize("code", EXPECTED)
def test_a_session_has_a_name_of_its_own(code: str) -> None:
    names = [formats.session(language(code), number) for number in range(1, 101)]
    assert len(set(names)) == 100


def test_marks_of_a_language_run_out_into_numbers() -> None:
    assert [formats.heading(language("ar"), 0, number) for number in (20, 21)] == ["عشرون - ", "21 - "]


@pytest.mark.parametrize(("code", "text", "written", "spelled"), NUMBERS)
def test_numbers(code: str, text: str, written: set[int], spelled: set[int]) -> None:
    found = numbers_in(language(code), text)
    assert found.written == {Decimal(number) for number in written}
    assert found.spelled == {Decimal(number) for number in spelled}


@pytest.mark.parametrize("code", [code for code in EXPECTED if code not in ("en", "zh")])
def test_names_of_sessions_are_read_back(code: str) -> None:
    lang = language(code)
    for number in range(1, 100):
        assert numbers_in(lang, formats.session(lang, number)).all == {Decimal(number)}, number


def _paths(data: dict[str, Any], above: str = "") -> set[str]:
    found = set()
    for key, value in data.items():
        path = f"{above}{key}"
        found |= _paths(value, f"{path}.") if isinstance(value, dict) and path not in OWN else {path}
    return found


def _texts(data: object, above: str = "") -> list[tuple[str, str]]:
    if isinstance(data, dict):
        return [pair for key, value in data.items() for pair in _texts(value, f"{above}.{key}" if above else key)]
    if isinstance(data, list):
        return [pair for value in data for pair in _texts(value, above)]
    return [(above, str(data))]


def _places(text: object) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name} if isinstance(text, str) else set()
