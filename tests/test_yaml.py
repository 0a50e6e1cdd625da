"""YAML as people type it: values stay what is written, what misleads is refused, and places are right."""

from __future__ import annotations

from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.load import yaml
from tracker.load.yaml import Flaw

VALUES = [
    # what is written, what is read
    ("by: NO", {"by": "NO"}),
    ("sure: yes", {"sure": "yes"}),
    ("date: 2012", {"date": "2012"}),
    ("date: 2012-10-05", {"date": "2012-10-05"}),
    ("at: 1:30", {"at": "1:30"}),
    ("share: 1.50", {"share": "1.50"}),
    ("item: 007", {"item": "007"}),
    ("people: 1400+", {"people": "1400+"}),
    ("people: ~350000", {"people": "~350000"}),
    ("number: ~a", {"number": "~a"}),
    ("unit: ga-66-177:3(a)", {"unit": "ga-66-177:3(a)"}),
    ("unit: ga-66-177:1#2  # the second clause", {"unit": "ga-66-177:1#2"}),
    ("title: 加强国际合作：导言", {"title": "加强国际合作：导言"}),
    ("note: it's # a remark", {"note": "it's"}),
    ("{a: [x, 'y'], b: {c: \"z\"}}", {"a": ["x", "y"], "b": {"c": "z"}}),
    ("- a\n- - b\n  - c: d", ["a", ["b", {"c": "d"}]]),
    ("text: >-\n  one\n  two\n\n  three", {"text": "one two\nthree"}),
    ("? key\n: value", {"key": "value"}),
    ("<<: {a: b}", {"<<": {"a": "b"}}),
    ("---\na: b\n...", {"a": "b"}),
    ("\ufeffa: b", {"a": "b"}),
    ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
    # a key without a value is as if it were not there, an empty text in quotes is an empty text
    ("a:\nb: ~\nc: null\nd: Null\ne: NULL\nf: x", {"f": "x"}),
    ("a: ''\nb: \"\"\nc: '~'\nd: 'null'", {"a": "", "b": "", "c": "~", "d": "null"}),
    ("a: []\nb: {}", {"a": [], "b": {}}),
    ("{b: , c: d}", {"c": "d"}),
    ("", None),
    ("# only a remark\n", None),
    ("---\n", None),
]


@pytest.mark.parametrize(("written", "value"), VALUES)
def test_values_stay_as_they_are_written(written: str, value: object) -> None:
    assert read(written.encode()) == (value, [])


SIGN = "indent with spaces, not tabs; quote a text that begins with a special character"
QUOTE = "delete it, or put the text in quotes"
INDENT = "check its indentation, and the quotes above it"
DEEPER = "this line is indented deeper than the lines above it allow"
SPACE = "it is invisible: delete the character between the words and type a space"

REFUSED = [
    # what is written; line, column, code, message and hint
    (
        "a: &x b\nc: *x\n",
        Flaw(1, 4, "syntax", "an anchor (&x) stands here", QUOTE),
        Flaw(2, 4, "syntax", "an alias (*x) stands here", "write the value out, or put it in quotes"),
    ),
    ("a:\n  &x b: c\n", Flaw(2, 3, "syntax", "an anchor (&x) stands here", QUOTE)),
    ("a: &x\n  b: c\n", Flaw(1, 4, "syntax", "an anchor (&x) stands here", QUOTE)),
    ("a: !!int 3\n", Flaw(1, 4, "syntax", "a tag (tag:yaml.org,2002:int) stands here", QUOTE)),
    ("a: !secret b\n", Flaw(1, 4, "syntax", "a tag (!secret) stands here", QUOTE)),
    (
        "- !x [a]\n- !y {a: b}\n",
        *(Flaw(i, 3, "syntax", f"a tag (!{t}) stands here", QUOTE) for i, t in [(1, "x"), (2, "y")]),
    ),
    (
        "title: a\nby: b\ntitle: c\n",
        Flaw(
            3,
            1,
            "duplicate-key",
            "the key title stands twice in one map",
            "it stands already in line 1: keep one of the two",
        ),
    ),
    (
        "figures: {events: 1, events: 2}\n",
        Flaw(
            1,
            22,
            "duplicate-key",
            "the key events stands twice in one map",
            "it stands already in line 1: keep one of the two",
        ),
    ),
    (
        "a: b\n---\nc: d\n",
        Flaw(2, 1, "syntax", "a second document begins here", "a file holds one: delete the line ---"),
    ),
    ("a:\n\tb: c\n", Flaw(2, 1, "syntax", "a tab stands where the line is indented", "indent with spaces")),
    ("a:\n  \tb: c\n", Flaw(2, 3, "syntax", "a tab stands where the line is indented", "indent with spaces")),
    ("a: b\n\tc\n", Flaw(2, 1, "syntax", "a tab stands where the line is indented", "indent with spaces")),
    ("a: @b\n", Flaw(1, 4, "syntax", "YAML: found character that cannot start any token", SIGN)),
    ("a:\t@b\n", Flaw(1, 4, "syntax", "YAML: found character that cannot start any token", SIGN)),
    (
        "title: Part one: a title\n",
        Flaw(1, 16, "syntax", "a colon followed by a space stands inside a text", "put the text in quotes"),
    ),
    (
        "- a\n  - b\n c: d\n",
        Flaw(3, 3, "syntax", DEEPER, "begin it below the key above"),
    ),
    ("a:\n  - b\n - c\n", Flaw(3, 2, "syntax", "this line does not fit the lines above it", INDENT)),
    ("a: 'b' c\n", Flaw(1, 8, "syntax", "this line does not fit the lines above it", INDENT)),
    ("{a, b: c}\n", Flaw(1, 2, "syntax", "'a' has no colon and no value", "write key: value")),
    (
        "title: {en: Courses, and a manual}\n",
        Flaw(1, 22, "syntax", "'and a manual' has no colon and no value", "put a text with a comma in quotes"),
    ),
    (
        "😀: {甲: 乙, 丙}\n",
        Flaw(1, 11, "syntax", "'丙' has no colon and no value", "put a text with a comma in quotes"),
    ),
    ("? [a, b]\n: c\n", Flaw(1, 3, "syntax", "YAML: a key must be a word, not a list or map", "")),
    ("a: b\u0007c\n", Flaw(1, 5, "syntax", "the character U+0007 is not allowed in YAML", "")),
    ("a: b\nc: d\u0000e\n", Flaw(2, 5, "syntax", "the character U+0000 is not allowed in YAML", "")),
    ("a: b\nc: d\u0085e\n", Flaw(2, 5, "syntax", "a line separator U+0085 stands here", SPACE)),
    ("标题: 甲\u2028乙\n", Flaw(1, 6, "syntax", "a line separator U+2028 stands here", SPACE)),
    ("a: b\u2029c\n", Flaw(1, 5, "syntax", "a line separator U+2029 stands here", SPACE)),
    ("[" * 80 + "]" * 80, Flaw(1, 62, "syntax", "YAML: nested more than 60 deep", "")),
    ("\n".join(" " * i + "a:" for i in range(80)), Flaw(62, 62, "syntax", "YAML: nested more than 60 deep", "")),
]


@pytest.mark.parametrize(("written", "flaws"), [(written, flaws) for written, *flaws in REFUSED])
def test_what_misleads_is_refused_where_it_stands(written: str, flaws: list[Flaw]) -> None:
    assert read(written.encode())[1] == flaws


NOT_UTF8 = [
    (b"a: b\nc: \xff\n", 2, 4),
    ("标题: 甲".encode("gb18030"), 1, 1),
    ("a: 甲\nb: é".encode() + b"\xe9t\xe9\n", 2, 5),
]


@pytest.mark.parametrize(("data", "line", "column"), NOT_UTF8)
def test_a_file_that_is_not_utf8_is_refused_where_it_ceases_to_be(data: bytes, line: int, column: int) -> None:
    flaw = Flaw(
        line, column, "syntax", "the file is not UTF-8 text from here on", "save it again with the encoding UTF-8"
    )
    assert yaml.decode(data) == ("", [flaw])


PLACES = [
    # text, path of a value, its line and column, those of its key
    ("甲: 乙", ("甲",), (1, 4, 1, 1)),
    ("标题: {zh: 甲, en: 乙}", ("标题", "en"), (1, 17, 1, 13)),
    ("by: [😀😀, x]", ("by", 1), (1, 10, 1, 10)),
    ("é: 'ü'\r\nb:\r\n  - 😀: c\r\n", ("b", 0, "😀"), (3, 8, 3, 5)),
    ("a: b\r\n\r\nc: d", ("c",), (3, 4, 3, 1)),
    ("\ufeffa: b", ("a",), (1, 4, 1, 1)),
    ("a:\n  - b\n  - c: d\n    e: >-\n      f\n", ("a", 1, "e"), (4, 8, 4, 5)),
    ("a:\n\nb: c", ("b",), (3, 4, 3, 1)),
    ("a:\n  b:\n    c", ("a", "b"), (3, 5, 2, 3)),
]


@pytest.mark.parametrize(("written", "path", "place"), PLACES)
def test_places_are_counted_in_characters_from_1(written: str, path: yaml.Path, place: tuple[int, ...]) -> None:
    text, _ = yaml.decode(written.encode())
    assert yaml.parse(text, marked=True).marks[path] == place


# Not the characters that are refused, nor half a pair that UTF-8 cannot hold.
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\x85\u2028\u2029\ufeff\ufffe\uffff"), max_size=20
)
NESTED: st.SearchStrategy[Any] = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
FILES = st.lists(NESTED, max_size=4) | st.dictionaries(WORDS, NESTED, max_size=4)
STYLES = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from((True, False, None)),
        "default_style": st.sampled_from((None, None, "'", '"')),
        "allow_unicode": st.booleans(),
        "line_break": st.sampled_from(("\n", "\r\n")),
    }
)


@given(FILES, STYLES)
@example({"NO": ["2012", "~", "null", "", "1:30", "a: b", "- c", "# d"]}, {})
@example({"甲": [{"😀": "é"}, ["x"]]}, {"allow_unicode": True})
def test_what_pyyaml_writes_is_read_again_with_its_places(value: Any, style: dict[str, Any]) -> None:
    text = written_by_pyyaml(value, style)
    parsed = yaml.parse(text, marked=True)
    assert (parsed.value, parsed.flaws) == (value, [])
    lines = text.split("\n")
    for path, mark in parsed.marks.items():
        assert begins(lines[mark.line - 1][mark.column - 1 :], at(value, path)), (path, mark, text)
        key = path[-1]
        if isinstance(key, str):
            assert begins(lines[mark.key_line - 1][mark.key_column - 1 :], key), (path, mark, text)


@given(st.text(max_size=60))
@example("%YAML 9.9\n---\n")
@example("? \n- {a: [*b")
@example("\ufeff\ufeff")
def test_any_text_gives_values_or_flaws_never_an_exception(text: str) -> None:
    value, flaws = read(text.encode())
    assert value is None or isinstance(value, (str, list, dict))
    assert all(flaw.line >= 1 and flaw.column >= 1 and flaw.message for flaw in flaws)


@given(st.text(st.sampled_from("ab:-?,[]{}&*!|>'\"%@`#~ \t\r\n甲😀."), max_size=60))
def test_any_signs_give_values_or_flaws_never_an_exception(text: str) -> None:
    value, flaws = read(text.encode())
    assert value is None or isinstance(value, (str, list, dict))
    assert all(flaw.line >= 1 and flaw.column >= 1 and flaw.message for flaw in flaws)


@given(st.binary(max_size=40))
def test_any_bytes_are_text_or_a_flaw(data: bytes) -> None:
    text, flaws = yaml.decode(data)
    assert flaws == [] or text == ""


def read(data: bytes) -> tuple[Any, list[Flaw]]:
    text, flaws = yaml.decode(data)
    if flaws:
        return None, flaws
    parsed = yaml.parse(text)
    return parsed.value, parsed.flaws


def written_by_pyyaml(value: Any, style: dict[str, Any]) -> str:
    return str(pyyaml.safe_dump(value, width=10_000, sort_keys=False, **style))


def at(value: Any, path: yaml.Path) -> Any:
    for step in path:
        value = value[step]
    return value


def begins(text: str, value: Any) -> bool:
    """Tell whether what stands here is the beginning of this value, in any of its spellings."""
    if isinstance(value, list):
        return text.startswith(("[", "- ", "-\r")) or text == "-"
    if isinstance(value, dict):
        return text.startswith("{") or any(begins(text.removeprefix("? "), key) for key in list(value)[:1])
    styles = [{"default_style": style, "allow_unicode": full} for style in "'\"" for full in (True, False)]
    return text.startswith((value, *(written_by_pyyaml(value, style).rstrip("\n") for style in styles)))


def test_utf16_is_called_by_its_name() -> None:
    flaw = Flaw(1, 1, "syntax", "the file is UTF-16, not UTF-8 text", "save it again with the encoding UTF-8")
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        assert yaml.decode("a: b\n".encode(encoding)) == ("", [flaw])
