"""Workspaces, texts, references and dates as hypothesis makes them, with and without mistakes.

A workspace is a map from file name to what the file holds; `written` writes it to a folder, in YAML of its own whose
texts are all in quotes, so that the reader under test is not tested with itself.
"""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from tracker.refs import join

if TYPE_CHECKING:
    from pathlib import Path

Node = dict[str, Any]
Files = dict[str, Any]

# Inside quotes YAML takes these for something else when they stand there as they are.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def dumped(value: Any, indent: str = "") -> str:
    """Write a value as YAML, every text in quotes."""
    if not value and isinstance(value, (dict, list)):
        return f"{indent}{json.dumps(value)}\n"
    if isinstance(value, dict):
        return "".join(f"{indent}{_scalar(key)}:{_inside(inner, indent)}" for key, inner in value.items())
    if isinstance(value, list):
        return "".join(f"{indent}-{_inside(inner, indent)}" for inner in value)
    return f"{indent}{_scalar(value)}\n"


def _inside(value: Any, indent: str) -> str:
    deeper = value and isinstance(value, (dict, list))
    return f"\n{dumped(value, f'{indent}  ')}" if deeper else f" {dumped(value)}"


def _scalar(value: Any) -> str:
    return _UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False))


def written(files: Files, root: Path) -> Path:
    """Write a workspace to a folder."""
    for folder in ("mandates", "reports"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for name, holds in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(dumped(holds).encode())
    return root


# Texts

LANGUAGES = ("en", "zh", "ar", "fr", "ru", "es")
WORDS = {
    "en": ("Requests", "the Office", "to report", "43 courses", "States", "(a)", "3.", "A/RES/66/177", "1400+"),
    "zh": ("敦促", "各缔约国", "2012 年", "毒品和犯罪问题办公室", "一、", "《公约》", "。", "：", "（a）"),
    "ar": ("تطلب", "إلى المكتب", "٢٠١٢", "،", "الدول الأعضاء", "؛"),
    "fr": ("Prie", "l’Office", "« projet »", "États", "n° 3"),
    "ru": ("просит", "Управление", "государства", "№ 5"),
    "es": ("Pide", "¿qué?", "año", "países"),
}
# What Markdown, YAML, XML, Excel, CSV or a terminal would take for something of its own.
AWKWARD = (
    *('"', "'", ": ", " #", "- ", "\n", "\n\n", "\t", "  ", "*", "**", "_", "`", "```", "[x](y)", "![x](y)", "^[note]"),
    *("^[", "]", "[^1]", "<b>", "<!-- p1 -->", "<!--", "&amp;", "&", "]]>", "{{ x }}", "{% if %}", "{0}", "%s", "\\"),
    *(
        "=1+1",
        "+1",
        "@SUM(A1)",
        "|",
        "|-|",
        "\n---\n",
        "\n# x",
        "\n1. x",
        "\n- x",
        "\n> x",
        "\n    x",
        "://",
        "_x000D_",
    ),
    *(
        "😀",
        "👩‍👩‍👧",
        "e\u0301",
        "\u200f",
        "\u202e",
        "\u200b",
        "\xa0",
        "\xad",
        "\ufeff",
        "\u2028",
        "\u3000",
        "\U0010ffff",
    ),
    *("\ue000", "ﷺ", "[bold]", "[/]", "[link=x]", "~", "null", "NO", "1:30"),
)
LONG = st.sampled_from(("a" * 300, "word " * 400, "汉" * 2_000, "^[n]" * 50, "*" * 200, "[" * 200, "> " * 100))


def texts(code: str = "en") -> st.SearchStrategy[str]:
    """Return wordings of a language, now and then with something awkward, or with nothing in it."""
    words = st.sampled_from(WORDS[code])
    parts = st.lists(words | words | st.sampled_from(AWKWARD), min_size=1, max_size=8)
    glue = st.sampled_from((" ", "") if code == "zh" else (" ",))
    plain = st.builds(lambda between, found: between.join(found), glue, parts)
    return st.one_of(plain, plain, plain, plain, plain, plain, st.text(max_size=20).map(_legal), LONG)


def _legal(text: str) -> str:
    # A control character is a mistake that `check` names.
    return _CONTROL.sub(" ", text)


@st.composite
def wordings(draw: st.DrawFn, codes: tuple[str, ...]) -> Any:
    """Make a text field: a text by language, in some of its languages, or a plain one."""
    if draw(st.integers(0, 4)) == 0:
        return draw(texts(codes[0]).filter(bool))
    chosen = draw(st.lists(st.sampled_from(codes), min_size=1, unique=True))
    return {code: draw(texts(code)) for code in chosen}


# Dates

DAYS = st.dates().map(str)
POINTS = st.one_of(DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4]))
DATES = st.one_of(
    POINTS,
    st.lists(POINTS, min_size=2, max_size=2).map(lambda two: "/".join(sorted(two))),
    POINTS.map(lambda day: f"{day}/.."),
)
NO_DATES = st.sampled_from(("", "soon", "2012-13", "2013-02-30", "2013/2012", "..", "0000", "12", "٢٠١٢", "2012-1"))

# Mandates

VERBS = ("requests", "urges", "invites", "decides", "calls-upon", "notes", "besmirches")
ADDRESSEES = ("unodc", "member-states", "states-parties", "executive-director", "donors", "commission", "KEN", "elves")
MANDATES = ("ga-66-177", "cnd-63-1", "sc-1333", "hrc-s-27-3", "ecosoc-2019-12-a")
TOP = [str(number) for number in range(1, 40)]
LETTERS = [*"abcdefghij"]
ROMAN = ["i", "ii", "iii", "iv", "v"]
CHAINS = {
    "1": ("a", TOP),
    "a": ("i", LETTERS),
    "i": ("", ROMAN),
    "I": ("1", ["I", "II", "III"]),
    "annex": ("1", ["annex", "annexII"]),
    "~": ("", ["~a", "~b", "~c"]),
}


def names(*of: str, most: int = 3) -> st.SearchStrategy[list[str]]:
    """Return a few of these names, none of them twice."""
    return st.lists(st.sampled_from(of), max_size=most, unique=True)


def some(draw: st.DrawFn, fields: dict[str, st.SearchStrategy[Any]]) -> Node:
    """Fill in about half of the fields that may be left out."""
    return {name: draw(made) for name, made in fields.items() if draw(st.booleans())}


REPORTING = st.fixed_dictionaries(
    {}, optional={"to": st.sampled_from(("cnd", "ccpcj", "ga")), "session": st.integers(1, 80), "by": POINTS}
)


def asked(codes: tuple[str, ...]) -> dict[str, st.SearchStrategy[Any]]:
    """Return the fields of a paragraph or clause that say what is asked of whom."""
    return {
        "verb": st.sampled_from(VERBS),
        "addressees": names(*ADDRESSEES),
        "condition": st.sampled_from(("upon-request", "extrabudgetary", "when-pigs-fly")),
        "reporting": REPORTING,
        "gist": wordings(codes),
        "text": wordings(codes),
    }


@st.composite
def paragraphs(draw: st.DrawFn, codes: tuple[str, ...], chain: str = "1", most: int = 5) -> list[Node]:
    """Make paragraphs that stand beside one another, with what is in them."""
    below, numbers = CHAINS[chain]
    made = []
    for number in numbers[: draw(st.integers(1, min(most, len(numbers))))]:
        node = {"number": number, **some(draw, asked(codes) | {"heading": wordings(codes)})}
        kind = draw(st.sampled_from(("leaf", "leaf", "clauses", "paragraphs" if below else "leaf")))
        if kind == "clauses":
            node["clauses"] = [some(draw, asked(codes)) for _ in range(draw(st.integers(1, 3)))]
        if kind == "paragraphs":
            node["paragraphs"] = draw(paragraphs(codes, below, 3))
        made.append(node)
    return made


@st.composite
def mandates(draw: st.DrawFn, codes: tuple[str, ...], documents: list[str]) -> Node:
    """Make a mandate; its text may be at hand or not, in parts or not."""
    nodes = draw(paragraphs(codes, draw(st.sampled_from(("1", "1", "1", "I", "~")))))
    if draw(st.integers(0, 3)) == 0:
        nodes = [*nodes, *draw(paragraphs(codes, "annex", 2))]
    optional: dict[str, st.SearchStrategy[Any]] = {
        "symbol": st.sampled_from(("A/RES/66/177", "S/RES/1333 (2000)", "x", "E/CN.7/2008/CRP.13")),
        "adopted": DAYS,
        "provisional": st.booleans(),
        "agenda": names("crime", "a b", "中"),
        "recalls": names(*MANDATES, "A/RES/1/1"),
        "preamble": st.lists(wordings(codes), max_size=2),
        "footnotes": st.lists(st.fixed_dictionaries({"mark": st.just("1"), "text": wordings(codes)}), max_size=1),
    }
    if documents:
        optional["text_from"] = st.sampled_from(documents)
    return {"title": draw(wordings(codes)), "languages": list(codes), **some(draw, optional), "paragraphs": nodes}


def units(name: str, mandate: Node) -> list[str]:
    """Return the references of all paragraphs and clauses of a mandate, and of ranges of them."""

    def under(nodes: list[Node], path: tuple[str, ...]) -> list[str]:
        found = []
        for node in nodes:
            here = join((*path, node["number"]))
            found += [here, *(f"{here}#{place}" for place, _ in enumerate(node.get("clauses", ()), 1))]
            found += under(node.get("paragraphs", []), (*path, node["number"]))
        if len(nodes) > 1:
            found.append(f"{join((*path, nodes[0]['number']))}-{join((*path, nodes[-1]['number']))}")
        return found

    return [name, *(f"{name}:{unit}" for unit in under(mandate["paragraphs"], ()))]


# Evidence

ACTORS = ("unodc", "unodc/gpml", "unodc/x/y", "KEN", "CHN", "wco", "somebody", "africa")
TYPES = ("training", "funding", "reply", "report", "outcome", "dancing")
CYCLES = {
    "2016-cnd-59": "2014-01-01/2015-12-31",
    "2018-ccpcj-27": "2016/2017",
    "2020-cnd-63": "2018-01-01/2019-12-31",
}
FIGURES = ("43", "1400+", "~350000", "1.5 million", "many", "-1", "43.5%", "9" * 40, "")
STATUSES = ("completed", "ongoing", "planned", "cancelled")


class Known(NamedTuple):
    """What an entry or a brief may name."""

    refs: list[str]
    documents: list[str]
    entries: list[str]


@st.composite
def entries(draw: st.DrawFn, name: str, codes: tuple[str, ...], known: Known) -> Node:
    """Make one entry, which follows and is part of earlier ones only."""
    optional = {
        "title": wordings(codes),
        "status": st.sampled_from(STATUSES),
        "date": DATES,
        "by": names(*ACTORS),
        "partners": names(*ACTORS),
        "countries": names("KEN", "CHN", "BLR", "africa"),
        "figures": st.dictionaries(st.sampled_from(("events", "participants", "x y")), st.sampled_from(FIGURES)),
        "addresses": names(*known.refs),
        "internal": st.booleans(),
    }
    if known.entries:
        optional |= {"follows": names(*known.entries), "part_of": st.sampled_from(known.entries)}
    if known.documents:
        optional["sources"] = names(*known.documents, *(f"{key}:21-23" for key in known.documents))
    return {"id": name, "type": draw(st.sampled_from(TYPES)), "summary": draw(wordings(codes)), **some(draw, optional)}


# Briefs


@st.composite
def items(draw: st.DrawFn, codes: tuple[str, ...], known: Known, depth: int = 0) -> Node:
    """Make one item of a body: own words, entries, a selection, lettered items, or several of these."""
    optional: dict[str, st.SearchStrategy[Any]] = {"text": wordings(codes)}
    if known.entries:
        optional |= {"entries": names(*known.entries), "asks": st.sampled_from(known.entries)}
    if depth < 2 and draw(st.integers(0, 2)) == 0:
        optional["items"] = st.lists(items(codes, known, depth + 1), max_size=3)
    if draw(st.integers(0, 2)) == 0:
        select = {"units": names(*known.refs), "types": names(*TYPES), "order": st.sampled_from(("file", "states"))}
        optional["select"] = st.fixed_dictionaries({}, optional=select | {"join": st.booleans()})
    return some(draw, optional)


@st.composite
def sections(draw: st.DrawFn, codes: tuple[str, ...], known: Known, depth: int = 0) -> Node:
    """Make a section of an outline, with or without a heading, and sections inside."""
    optional = {"heading": wordings(codes), "internal": st.booleans()}
    inner = draw(st.lists(sections(codes, known, depth + 1), max_size=2)) if depth < 3 and draw(st.booleans()) else []
    return {**some(draw, optional), "body": draw(st.lists(items(codes, known), max_size=3)), "sections": inner}


RESPONDENTS = [{"name": "KEN", "language": "fr"}, {"name": "CHN", "language": "zh"}, {"name": "unodc/gpml"}]


def assessments(codes: tuple[str, ...], known: Known) -> st.SearchStrategy[Node]:
    """Make a person's judgement of one unit."""
    judged = st.sampled_from(("completed", "in-progress", "not-implemented", "no-action", "no-information"))
    places = st.sampled_from([ref for ref in known.refs if ":" in ref and "-" not in ref.partition(":")[2]])
    optional = {"because": wordings(codes), "by": texts(), "date": DATES}
    return st.fixed_dictionaries({"unit": places, "status": judged}, optional=optional)


@st.composite
def briefs(draw: st.DrawFn, cycle: str, codes: tuple[str, ...], known: Known) -> Node:
    """Make the brief of a cycle."""
    respondents = st.lists(
        st.sampled_from(RESPONDENTS).map(deepcopy), max_size=3, unique_by=lambda one: str(one["name"])
    )
    call = st.fixed_dictionaries({"respondents": respondents}, optional={"note_verbale": DAYS, "deadline": DAYS})
    agenda = st.fixed_dictionaries({"item": texts()}, optional={"title": wordings(codes), "footnote": texts()})
    optional = {
        "author": st.sampled_from(("executive-director", "secretary-general", "secretariat")),
        "addendum": st.integers(0, 3),
        "symbol": texts(),
        "distribution": texts(),
        "date": DATES,
        "original": st.sampled_from(LANGUAGES),
        "agenda": agenda,
        "state": st.sampled_from(("draft", "submitted")),
        "word_limit": st.integers(-1, 9000),
        "evidence_from": names(*(other for other in CYCLES if other < cycle)) if cycle > min(CYCLES) else st.just([]),
        "consultation": call,
        "summary": wordings(codes),
        "outline": st.lists(sections(codes, known), max_size=4),
        "assessments": st.lists(assessments(codes, known), max_size=2),
    }
    whole = sorted({ref.partition(":")[0] for ref in known.refs})
    place = some(draw, {"place": wordings(codes), "dates": DATES})
    return {
        "title": draw(wordings(codes)),
        "to": draw(st.sampled_from(("cnd", "ccpcj", "ga", "nobody"))),
        "session": {"number": draw(st.integers(0, 130)), **place},
        "mandates": draw(st.lists(st.sampled_from(whole), min_size=1, max_size=3, unique=True)),
        "entity": {"name": "unodc", "addressed_as": draw(names("unodc", "executive-director", "donors"))},
        "period": CYCLES[cycle],
        "languages": list(codes),
        **some(draw, optional),
    }


# Workspaces


@st.composite
def clean(draw: st.DrawFn) -> Files:
    """Make a workspace without errors, though perhaps with much to warn of."""
    codes = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=2, unique=True)))
    documents = [f"source-{number}" for number in range(draw(st.integers(0, 2)))]
    fields = {"title": wordings(codes), "symbol": texts(), "date": DATES, "url": texts(), "note": texts()}
    files: Files = {"reports/documents.yaml": {key: some(draw, fields) for key in documents}}
    known = Known([], documents, [])
    for name in draw(st.lists(st.sampled_from(MANDATES), min_size=1, max_size=2, unique=True)):
        files[f"mandates/{name}.yaml"] = mandate = draw(mandates(codes, documents))
        known.refs.extend(units(name, mandate))
    for cycle in CYCLES:
        here = f"reports/{cycle}"
        for file in draw(names("a", "b")):
            files[f"{here}/evidence/{file}.yaml"] = found = []
            for _ in range(draw(st.integers(0, 4))):
                found.append(draw(entries(f"e{len(known.entries)}", codes, known)))
                known.entries.append(found[-1]["id"])
        files[f"{here}/report.yaml"] = draw(briefs(cycle, codes, known))
    return files


ODD: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from((None, True, -1, 10**30, 1.5, "", [], {}, [[]], [{}], {"en": []}, {"": ""}, "~", "\0", "\ud800")),
    st.sampled_from(("51/7", "ga-66-177:99", "cnd-63-1:1-", "UNODC", "2024-13", "..", "../../x", "con", "a" * 5000)),
    texts(),
    NO_DATES,
).map(deepcopy)


@st.composite
def faulty(draw: st.DrawFn) -> Files:
    """Make a workspace and put mistakes into it: values that do not fit, keys that are not known, what is missing."""
    files = draw(clean())
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(sorted(files)))
        holder, key = _somewhere(draw, files, name)
        match draw(st.sampled_from(("change", "change", "drop", "add", "move"))):
            case "change":
                holder[key] = draw(ODD)
            case "drop":
                del holder[key]
            case "add" if isinstance(holder, dict) and holder is not files:
                holder[draw(st.sampled_from(("tilte", "id", "paragraphs", "xx", "")))] = draw(ODD)
            case _:
                files[draw(st.sampled_from(("mandates/51-7.yaml", "mandates/x y.yaml", f"{name}x.yml")))] = holder[key]
    return files


def _somewhere(draw: st.DrawFn, holder: Any, key: Any) -> tuple[Any, Any]:
    """Choose a place in a value, as deep as the dice fall."""
    inner = holder[key]
    if not inner or not isinstance(inner, (dict, list)) or draw(st.integers(0, 5)) == 0:
        return holder, key
    keys = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
    return _somewhere(draw, inner, draw(st.sampled_from(keys)))
