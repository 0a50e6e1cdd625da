"""Labels are written as they are read, come one after the other, and find their place in lists inside lists."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.intake.labels import (
    TIMES,
    Reading,
    chinese_number_at,
    follows,
    misread_number_at,
    number_at,
    part_label,
    readings_of,
    sub_at,
    written,
)
from tracker.intake.list_numbers import written as in_form
from tracker.intake.nodes import Node
from tracker.intake.sublist import Sublist
from tracker.refs import is_label, join, parse, split

STYLES = ("lower letter", "upper letter", "lower roman", "upper roman", "arabic")
# How far the lists of resolutions go: letters to zz, roman numerals as far as anybody reads them.
LONGEST = {"lower letter": 52, "upper letter": 52, "lower roman": 49, "upper roman": 49, "arabic": 99}
CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "二十", "二十一", "九十九")
CHINESE_VALUES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 20, 21, 99)

values = st.builds(lambda tens, times: tens * 10 + times, st.integers(1, 999), st.integers(0, len(TIMES) - 1))
readings = st.sampled_from(STYLES).flatmap(
    lambda style: st.builds(lambda place: Reading(style, place * 10), st.integers(1, LONGEST[style]))
)
texts = st.sampled_from(["Urges States to act;", "请秘书长：", "", "(of) no kind"])


@given(values, texts, st.sampled_from([". ", ".\t", ") ", "．", "、", " . "]))
def test_a_number_is_read_as_it_is_written(value: int, rest: str, stop: str) -> None:
    times = TIMES[value % 10]
    found = number_at(f"{value // 10}{f' {times}' if times else ''}{stop}{rest}")
    assert found is not None
    assert (found.label, found.readings, found.rest) == (
        f"{value // 10}{times}",
        (Reading("number", value),),
        rest,
    )
    assert is_label(found.label)
    assert split(str(parse(f"ga-99-1:{found.label}").unit)) == (found.label,)


@given(st.integers(1, 999), st.sampled_from(["States", " 500 inhabitants", "5 per cent", "/2 of it", "", "th session"]))
def test_a_number_without_its_stop_is_text(number: int, rest: str) -> None:
    assert number_at(f"{number}{rest}") is None


@given(st.integers(1000, 9999))
def test_a_year_is_no_number(year: int) -> None:
    assert number_at(f"{year}. Urges States") is None


@given(st.integers(1, 999), st.integers(0, 999))
def test_a_decimal_is_no_number(number: int, more: int) -> None:
    assert number_at(f"{number}.{more} per cent of States") is None


@given(readings, texts, st.sampled_from(["({})", "（{}）", "( {} )", "{})", "({})."]))
def test_the_label_of_an_item_is_read_as_it_is_written(reading: Reading, rest: str, form: str) -> None:
    label = written(reading)
    # Without its opening bracket a number is that of a paragraph, and more than four letters are a word.
    assume(form != "{})" or (reading.style != "arabic" and len(label) <= 4))
    assume(len(label) <= 5)
    found = sub_at(f"{form.format(label)} {rest}")
    assert found is not None
    assert reading in found.readings
    assert (found.label, found.rest) == (label, rest)
    assert all(written(one) == label for one in found.readings)


@given(readings)
def test_all_readings_of_a_label_write_it(reading: Reading) -> None:
    label = written(reading)
    assert reading in readings_of(label)
    assert {written(one) for one in readings_of(label)} == {label}
    assert len({one.style for one in readings_of(label)}) == len(readings_of(label))
    assert part_label(reading) == label.upper()


@given(st.integers(1, 3999))
def test_only_proper_roman_numerals_are_read(number: int) -> None:
    label = in_form(number, "lowerRoman")
    found = [one.value // 10 for one in readings_of(label) if one.style == "lower roman"]
    assert found in ([number], [])
    # d and m number no list of a resolution.
    assert bool(found) == (not set(label) & set("dm"))


@pytest.mark.parametrize("label", ["iix", "vx", "ic", "ab", "iA", "abc", "é", "~", ""])
def test_what_is_no_label_has_no_reading(label: str) -> None:
    assert readings_of(label) == ()


@pytest.mark.parametrize(("numeral", "value"), list(zip(CHINESE, CHINESE_VALUES, strict=True)))
def test_chinese_numerals(numeral: str, value: int) -> None:
    number, item = chinese_number_at(f"{numeral}、敦促会员国"), sub_at(f"（{numeral}）敦促会员国")
    assert number is not None
    assert (number.label, number.readings[0].value, number.rest) == (str(value), value * 10, "敦促会员国")
    assert item is not None
    assert item.readings == (Reading("chinese", value * 10),)
    # The Chinese versions have （一） where the others have (i).
    assert written(item.readings[0]) == in_form(value, "lowerRoman")


@given(values, values)
def test_what_follows_comes_right_after(value: int, last: int) -> None:
    number, times = divmod(value, 10)
    before, times_before = divmod(last, 10)
    is_next = times == 0 and number == before + 1
    is_again = number == before and times == times_before + 1
    assert follows(value, last) == (is_next or is_again)


@given(st.integers(1, 99), st.data())
def test_a_spoilt_number_is_read_where_it_is_expected(number: int, data: st.DataObject) -> None:
    spoilt = "".join(
        data.draw(st.sampled_from({"1": "1lI|", "0": "0O"}.get(digit, digit)), label=digit) for digit in str(number)
    )
    found = misread_number_at(f"{spoilt}. Urges States", number)
    assert found is not None
    assert (found.label, found.rest) == (str(number), "Urges States")
    assert misread_number_at(f"{spoilt}. Urges States", number + 1) is None


@dataclass
class Item:
    """An item of a generated list, with the list below it."""

    style: str
    place: int
    items: list[Item]

    @property
    def label(self) -> str:
        """As the list has it."""
        return written(Reading(self.style, self.place * 10))


def lists(styles: tuple[str, ...]) -> st.SearchStrategy[list[Item]]:
    """Make lists whose styles differ from those of the lists around them, at most as deep as there are styles."""
    if not styles:
        return st.just([])
    style, *others = styles
    below: st.SearchStrategy[list[Item]] = st.one_of(st.just([]), lists(tuple(others)))
    return st.lists(below, min_size=2, max_size=10).map(
        lambda children: [Item(style, place, items) for place, items in enumerate(children, 1)]
    )


nested = st.sampled_from(
    [("lower letter", "lower roman", "arabic"), ("arabic", "lower letter", "lower roman"), ("upper letter", "arabic")]
).flatmap(lists)


def flat(items: list[Item], above: tuple[str, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
    """Return the labels of a list in the order of the text, and the path of each."""
    found = []
    for item in items:
        path = (*above, item.label)
        found += [(item.label, path), *flat(item.items, path)]
    return found


def placed(labels: list[str]) -> list[tuple[str, ...]]:
    """Put labels into lists as the importer does, and return the paths they get."""
    owner = Node("1", "number", 1)
    sublist = Sublist(owner)
    found = [sub_at(f"({label}) text;") for label in labels]
    for number, here in enumerate(found, 1):
        assert here is not None
        place = sublist.place(here, list(filter(None, found[number:])))
        assert place is not None
        assert not place.misprinted
        sublist.add(place, 1)
    return paths_below(owner)


def paths_below(node: Node, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for child in node.children:
        path = (*above, child.label)
        found += [path, *paths_below(child, path)]
    return found


def is_unclear(items: list[Item]) -> bool:
    """Tell whether (i) right after (h) has a list of its own, so that the next label does not tell what it is."""
    eighth = items[7].items if len(items) > 7 and items[7].style == "lower letter" else []
    return bool(eighth and eighth[0].items) or any(is_unclear(item.items) for item in items)


@given(nested)
def test_items_find_their_place(items: list[Item]) -> None:
    assume(not is_unclear(items))
    wanted = flat(items)
    found = placed([label for label, _ in wanted])
    assert found == [path for _, path in wanted]
    assert len({join(("1", *path)) for path in found}) == len(found)


def test_an_item_right_after_h_with_a_list_of_its_own() -> None:
    assert placed(["a", "b", "c", "d", "e", "f", "g", "h", "i", "1", "2", "ii"])[-4:] == [
        ("h", "i"),
        ("h", "i", "1"),
        ("h", "i", "2"),
        ("h", "ii"),
    ]


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [
        ("a i ii iii b", "a a.i a.ii a.iii b"),
        ("a b c d e f g h i j", "a b c d e f g h i j"),
        ("a b c d e f g h i ii", "a b c d e f g h h.i h.ii"),
        ("a i 1 2 ii b", "a a.i a.i.1 a.i.2 a.ii b"),
        ("i ii iii iv v vi", "i ii iii iv v vi"),
        ("1 a b 2 a", "1 1.a 1.b 2 2.a"),
        ("a 1 ii b", "a a.i a.ii b"),
        ("a b e d", "a b c d"),
    ],
)
def test_lists_that_are_easily_misread(labels: str, wanted: str) -> None:
    owner = Node("1", "number", 1)
    sublist = Sublist(owner)
    found = [sub_at(f"({label}) text;") for label in labels.split()]
    for number, here in enumerate(found, 1):
        place = sublist.place(here, list(filter(None, found[number:]))) if here else None
        assert place
        sublist.add(place, 1)
    assert [".".join(path) for path in paths_below(owner)] == wanted.split()
