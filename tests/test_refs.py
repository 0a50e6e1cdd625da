"""References to paragraphs: the spellings that are accepted, what they mean, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.refs import AmbiguousRefError, Ref, RefError, is_label, join, parse, printed, split

ACCEPTED = [
    # as people write it, as the project writes it
    ("ga-66-177", "ga-66-177"),
    ("ga-66-177:13", "ga-66-177:13"),
    ("  ga-66-177:13 ", "ga-66-177:13"),
    ("ga-66-177:3(a)(ii)", "ga-66-177:3(a)(ii)"),
    ("ga-66-177:3.a.ii", "ga-66-177:3(a)(ii)"),
    ("ga-66-177:3 (a) (ii)", "ga-66-177:3(a)(ii)"),
    ("ga-66-177: 3 (a)", "ga-66-177:3(a)"),
    ("ga-66-177:1#2", "ga-66-177:1#2"),
    ("ga-66-177:3.a#1", "ga-66-177:3(a)#1"),
    ("ga-66-177:5 bis", "ga-66-177:5bis"),
    ("ga-66-177:5bis", "ga-66-177:5bis"),
    ("ga-56-206:II.3", "ga-56-206:II.3"),
    ("ga-56-206:II.3.a", "ga-56-206:II.3(a)"),
    ("ga-56-206:II.5 bis", "ga-56-206:II.5bis"),
    ("ga-63-260:annex", "ga-63-260:annex"),
    ("ga-63-260:annex.2", "ga-63-260:annex.2"),
    ("ga-63-260:annex.II.2", "ga-63-260:annex.II.2"),
    ("ga-63-260:II.annex.2", "ga-63-260:II.annex.2"),
    ("ga-63-260:A.1", "ga-63-260:A.1"),
    ("cnd-56-3:~a", "cnd-56-3:~a"),
    ("ga-66-177:11-13", "ga-66-177:11-13"),
    ("ga-66-177:5-6 bis", "ga-66-177:5-6bis"),
    ("ga-66-177:3(a)-(c)", "ga-66-177:3(a)-3(c)"),
    ("ga-66-177:3.a-c", "ga-66-177:3(a)-3(c)"),
    ("ga-66-177:3(a)-3(c)", "ga-66-177:3(a)-3(c)"),
    ("ga-66-177:3(a)(i)-(iii)", "ga-66-177:3(a)(i)-3(a)(iii)"),
    ("ga-56-206:II.3-5", "ga-56-206:II.3-II.5"),
    ("ga-56-206:II.3-II.5", "ga-56-206:II.3-II.5"),
    ("cnd-56-3:~a-~c", "cnd-56-3:~a-~c"),
]


@pytest.mark.parametrize(("written", "canonical"), ACCEPTED)
def test_a_paragraph_has_one_reference_however_it_is_written(written: str, canonical: str) -> None:
    assert str(parse(written)) == canonical
    assert parse(canonical) == parse(written)


REFUSED = [
    ("", "'' is not a reference: write one as ga-66-177:13 or ga-66-177:3(a)"),
    ("A/RES/66/177", "'A/RES/66/177' is not a reference: write one as ga-66-177:13 or ga-66-177:3(a)"),
    ("GA-66-177:1", "'GA-66-177:1' is not a reference: write one as ga-66-177:13 or ga-66-177:3(a)"),
    ("ga_66_177", "'ga_66_177' is not a reference: write one as ga-66-177:13 or ga-66-177:3(a)"),
    ("ga--66", "'ga--66' is not a reference: write one as ga-66-177:13 or ga-66-177:3(a)"),
    (":3", "':3' is not a reference: write one as ga-66-177:13 or ga-66-177:3(a)"),
    ("ga-66-177 :3", "'ga-66-177 :3' is not a reference: write one as ga-66-177:13 or ga-66-177:3(a)"),
    ("ga-66-177:", "'ga-66-177:' is not a reference: a paragraph's number is missing"),
    ("ga-66-177:#2", "'ga-66-177:#2' is not a reference: a paragraph's number is missing"),
    ("ga-66-177:3..a", "'ga-66-177:3..a' is not a reference: a paragraph's number is missing"),
    ("ga-66-177:3:a", "'ga-66-177:3:a' is not a reference: '3:a' cannot number a paragraph"),
    ("ga-66-177:3a", "'ga-66-177:3a' is not a reference: '3a' cannot number a paragraph"),
    ("ga-66-177:Annex", "'ga-66-177:Annex' is not a reference: 'Annex' cannot number a paragraph"),
    ("ga-66-177:三", "'ga-66-177:三' is not a reference: '三' cannot number a paragraph"),
    ("ga-66-177:３", "'ga-66-177:３' is not a reference: '３' cannot number a paragraph"),
    ("ga-66-177:1#2#3", "'ga-66-177:1#2#3' is not a reference: '1#2' cannot number a paragraph"),
    ("ga-66-177:1#a", "'ga-66-177:1#a' is not a reference: '1#a' cannot number a paragraph"),
    ("ga-66-177:3-", "'ga-66-177:3-' is not a reference: a paragraph's number is missing"),
    ("ga-66-177:-3", "'ga-66-177:-3' is not a reference: a paragraph's number is missing"),
    ("ga-66-177:3–5", "'ga-66-177:3–5' is not a reference: '3–5' cannot number a paragraph"),
    ("ga-66-177:1-3-5", "'ga-66-177:1-3-5' is not a reference: '3-5' cannot number a paragraph"),
    ("ga-66-177:1,2", "'ga-66-177:1,2' is not a reference: '1,2' cannot number a paragraph"),
    ("ga-66-177:1#1-2", "'ga-66-177:1#1-2': a range cannot begin or end at a clause"),
    ("ga-66-177:1-2#1", "'ga-66-177:1-2#1': a range cannot begin or end at a clause"),
]


@pytest.mark.parametrize(("written", "message"), REFUSED)
def test_what_is_no_reference_is_refused_with_the_reason(written: str, message: str) -> None:
    with pytest.raises(RefError) as refusal:
        parse(written)
    assert str(refusal.value) == message
    assert not isinstance(refusal.value, AmbiguousRefError)


@pytest.mark.parametrize(
    ("written", "number"), [("51/7", "51-7"), ("51-7", "51-7"), ("51/7:3", "51-7"), ("S-27/3", "S-27-3")]
)
def test_a_number_without_its_organ_is_ambiguous(written: str, number: str) -> None:
    with pytest.raises(
        AmbiguousRefError, match="does not say whose resolution it is: several organs have one"
    ) as refusal:
        parse(written)
    assert refusal.value.number == number


@pytest.mark.parametrize(
    ("unit", "in_a_report"),
    [
        ("13", "13"),
        ("3(a)(ii)", "3 (a) (ii)"),
        ("5bis", "5 bis"),
        ("5bis(a)", "5 bis (a)"),
        ("II.3(a)", "II.3 (a)"),
        ("annex.2", "annex.2"),
    ],
)
def test_reports_write_numbers_with_spaces(unit: str, in_a_report: str) -> None:
    assert printed(unit) == in_a_report


NUMBERS = st.integers(1, 120).map(str)
AGAIN = st.sampled_from(("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies"))
SMALL = st.sampled_from(("a", "b", "z", "aa", "i", "ii", "iv", "viii"))
OUTER = st.sampled_from(("I", "II", "XIV", "A", "annex", "appendix", "annex2", "~a", "~b3"))
LABELS = st.one_of(NUMBERS, st.builds(str.__add__, NUMBERS, AGAIN), SMALL, OUTER)
PATHS = st.lists(LABELS, min_size=1, max_size=4).map(tuple)
MANDATES = st.sampled_from(("ga-66-177", "cnd-51-7", "sc-1333", "hrc-s-27-3", "ecosoc-2019-12"))
CLAUSES = st.sampled_from(("", "#1", "#12"))


@st.composite
def references(draw: st.DrawFn) -> Ref:
    mandate, path = draw(MANDATES), draw(PATHS)
    kind = draw(st.sampled_from(("mandate", "unit", "range")))
    if kind == "mandate":
        return Ref(mandate)
    if kind == "unit":
        return Ref(mandate, join(path) + draw(CLAUSES))
    return Ref(mandate, join(path), join((*path[:-1], draw(LABELS))))


@given(references())
def test_a_reference_survives_being_written_and_read(ref: Ref) -> None:
    assert parse(str(ref)) == ref


@given(PATHS, CLAUSES)
def test_joined_labels_split_again(labels: tuple[str, ...], clause: str) -> None:
    assert all(map(is_label, labels))
    assert split(join(labels) + clause) == labels


@given(MANDATES, PATHS)
def test_points_stand_for_brackets(mandate: str, labels: tuple[str, ...]) -> None:
    assert parse(f"{mandate}:{'.'.join(labels)}") == Ref(mandate, join(labels))


@given(st.text(max_size=30))
def test_any_text_is_a_reference_or_refused(text: str) -> None:
    try:
        ref = parse(text)
    except RefError:
        return
    assert parse(str(ref)) == ref
