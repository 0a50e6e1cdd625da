"""How often `tracker suggest` finds the paragraph that a person chose, measured on the repository's own mapping.

    python benchmarks/suggest.py

The query is an entry's summary, the target the units it addresses; entries that address only a mandate or a
container are left out. A hit is the exact unit among the first one, three or five, in per cent of the queries.
Beside it stand `rank_bm25` (skipped where it is not installed) on the same words with the same two values, and
TF-IDF on character n-grams.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter
from math import comb, log, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tracker.cover.suggest import Index, searched  # noqa: E402
from tracker.lang.words import words_of  # noqa: E402
from tracker.load.files import load  # noqa: E402
from tracker.load.resolve import cells_of  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tracker.load.workspace import Workspace
    from tracker.model import Unit

    # A text to the references of units, likeliest first.
    Ranking = Callable[[str], Sequence[str]]
    Row = tuple[str, ...]

FIRST = (1, 3, 5)
NOT_OURS = " (not in the repository)"
SKIPPED = "skipped"
# The official English text of A/RES/66/177, where the checkout has it beside it: the repository holds the Chinese.
ENGLISH = ROOT.parent / "shared" / "texts" / "resolutions" / "A_RES_66_177.txt"
SIZES = {"zh": (1, 2, 3)}


class Query(NamedTuple):
    """An entry's summary, and the units it addresses."""

    text: str
    units: frozenset[str]


class Case(NamedTuple):
    """One report in one language, and by what its paragraphs are found."""

    report: str
    language: str
    found_by: str
    units: list[Unit]
    gists: bool
    queries: list[Query]


def queries(ws: Workspace, report: str, language: str) -> list[Query]:
    """Return the entries of a report that are placed on a unit."""
    found = []
    for entry in ws.cycles[report].entries:
        cells = [(mandate, number) for mandate, number in cells_of(ws, entry) if number]
        units = {f"{mandate}:{number}" for mandate, number in cells if not ws.units[mandate][number].container}
        if units and entry.summary.get(language):
            found.append(Query(entry.summary[language], frozenset(units)))
    return found


def cases(ws: Workspace) -> Iterator[Case]:
    """Yield every report and language, with and without official text, with and without gists."""
    for report, cycle in ws.cycles.items():
        units = [unit for name in cycle.brief.mandates if name in ws.units for unit in ws.units[name].values()]
        for language in cycle.brief.languages:
            if asked := queries(ws, report, language):
                for found_by, which, gists in ways(units, language):
                    yield Case(report, language, found_by, which, gists, asked)


def ways(units: list[Unit], language: str) -> Iterator[tuple[str, list[Unit], bool]]:
    """Yield by what the units can be found: the first is what `tracker suggest` does."""
    if any(unit.text.get(language) for unit in units):
        yield from _with_text(units, "")
        return
    yield "gists", units, False
    if language == "en" and ENGLISH.is_file() and any(unit.mandate == "ga-66-177" for unit in units):
        yield from _with_text(_in_english(units), NOT_OURS)


def _with_text(units: list[Unit], where: str) -> Iterator[tuple[str, list[Unit], bool]]:
    yield f"official text, clauses by gist{where}", units, False
    yield f"official text alone{where}", [replace(unit, gist={}) for unit in units], False
    yield f"official text and gists{where}", units, True


def _in_english(units: list[Unit]) -> list[Unit]:
    numbered = re.findall(r"^(\d+)\.\s+(.+)$", ENGLISH.read_text(encoding="utf-8"), re.MULTILINE)
    official = {f"ga-66-177:{number}": text for number, text in numbered}
    return [replace(unit, text={"en": official[unit.ref]}) if unit.ref in official else unit for unit in units]


def tracker(case: Case) -> Ranking:
    """Rank as `tracker suggest` does."""
    index = Index(case.units, case.language, gists=case.gists)
    return lambda text: [found.unit.ref for found in index.likeliest(text, max(FIRST))]


def rank_bm25(case: Case) -> Ranking | None:
    """Rank with the library, which knows nothing of languages, on the words that tracker takes from a text."""
    try:
        library: Any = importlib.import_module("rank_bm25")
    except ImportError:
        return None
    words = words_of(case.language)
    texts = _texts(case)
    index = library.BM25Okapi([[word.key for word in words.of(text)] for text in texts.values()], k1=0.9, b=0.4)
    return lambda text: _best(zip(texts, index.get_scores([word.key for word in words.of(text)]), strict=True))


def n_grams(case: Case) -> Ranking:
    """Rank by the cosine of character n-grams, each weighed by how few units have it."""
    sizes = SIZES.get(case.language, (2, 3, 4))
    grams = {ref: _grams(text, sizes) for ref, text in _texts(case).items()}
    having = Counter(gram for counts in grams.values() for gram in counts)
    weights = {gram: log((1 + len(grams)) / (1 + n)) + 1 for gram, n in having.items()}
    units = {ref: _unit_vector(counts, weights) for ref, counts in grams.items()}

    def ranked(text: str) -> Sequence[str]:
        asked = _unit_vector(_grams(text, sizes), weights)
        return _best((ref, sum(asked[gram] * own[gram] for gram in asked.keys() & own)) for ref, own in units.items())

    return ranked


def _texts(case: Case) -> dict[str, str]:
    every = {unit.ref: unit for unit in case.units}
    leaves = [unit for unit in case.units if not unit.container]
    return {unit.ref: searched(unit, every, case.language, gists=case.gists) for unit in leaves}


def _grams(text: str, sizes: Sequence[int]) -> Counter[str]:
    plain = " ".join(text.lower().split())
    return Counter(plain[at : at + size] for size in sizes for at in range(len(plain) - size + 1))


def _unit_vector(counts: Counter[str], weights: dict[str, float]) -> dict[str, float]:
    vector = {gram: times * weights[gram] for gram, times in counts.items() if gram in weights}
    length = sqrt(sum(value * value for value in vector.values())) or 1
    return {gram: value / length for gram, value in vector.items()}


def _best(scores: Iterator[tuple[str, float]]) -> list[str]:
    ranked = sorted(((ref, score) for ref, score in scores if score > 0), key=lambda found: -found[1])
    return [ref for ref, _ in ranked[: max(FIRST)]]


def hits(ranking: Ranking, asked: Sequence[Query], *, whole: bool = False) -> str:
    """Return the hits among the first one, three and five; with `whole`, any clause of the paragraph is one."""
    count = dict.fromkeys(FIRST, 0)
    for query in asked:
        found = [_paragraph(ref) if whole else ref for ref in ranking(query.text)]
        right = {_paragraph(ref) if whole else ref for ref in query.units}
        for first in FIRST:
            count[first] += bool(right.intersection(found[:first]))
    return _shares(count[first] / len(asked) for first in FIRST)


def _paragraph(ref: str) -> str:
    return ref.partition("#")[0]


def _shares(shares: Iterator[float]) -> str:
    return " / ".join(f"{share:.0%}".removesuffix("%") for share in shares)


def figures(found: Sequence[Case]) -> list[Row]:
    """Return the table of one language: a row for each report and way of finding.

    Where no word is shared tracker gives no answer; the n-grams of any two texts have something in common, so
    that they always name some paragraph, which among six is often a right one.
    """
    rows: list[Row] = [
        (
            "Report",
            "Paragraphs found by",
            "Queries",
            "tracker",
            "rank_bm25",
            "n-grams",
            "tracker, paragraph",
            "no answer",
        )
    ]
    for case in found:
        ours, library = tracker(case), rank_bm25(case)
        rows.append(
            (
                case.report,
                case.found_by,
                str(len(case.queries)),
                hits(ours, case.queries),
                hits(library, case.queries) if library else SKIPPED,
                hits(n_grams(case), case.queries),
                hits(ours, case.queries, whole=True),
                str(sum(not ours(query.text) for query in case.queries)),
            )
        )
    return rows


def yardsticks(found: Sequence[Case]) -> list[Row]:
    """Return what the figures are to be held against: chance, and naming the same paragraphs every time.

    The same paragraphs are those addressed most often, which nobody knows before the work is done. Where each
    paragraph counts alike, a few that are addressed again and again no longer decide.
    """
    rows: list[Row] = [
        (
            "Report",
            "Language",
            "Units",
            "By chance",
            "The same every time",
            "Each alike: tracker",
            "Each alike: the same",
        )
    ]
    for case in {(case.report, case.language): case for case in reversed(found)}.values():
        units = [unit.ref for unit in case.units if not unit.container]
        addressed = Counter(ref for query in case.queries for ref in sorted(query.units))
        usual = [ref for ref, _ in addressed.most_common(max(FIRST))]
        rows.append(
            (
                case.report,
                case.language,
                str(len(units)),
                _shares(_by_chance(case.queries, len(units), first) for first in FIRST),
                hits(lambda _, usual=usual: usual, case.queries),  # type: ignore[misc]
                each_alike(tracker(case), case.queries),
                each_alike(lambda _, usual=usual: usual, case.queries),  # type: ignore[misc]
            )
        )
    return [rows[0], *sorted(rows[1:])]


def _by_chance(asked: Sequence[Query], units: int, first: int) -> float:
    missed = [comb(units - len(query.units), first) / comb(units, first) for query in asked]
    return 1 - sum(missed) / len(missed)


def each_alike(ranking: Ranking, asked: Sequence[Query]) -> str:
    """Return how often an addressed unit is found, the mean over units however often each is addressed."""
    addressed = Counter(ref for query in asked for ref in query.units)
    found = {
        first: Counter(ref for query in asked for ref in query.units.intersection(ranking(query.text)[:first]))
        for first in FIRST
    }
    return _shares(sum(found[first][ref] / addressed[ref] for ref in addressed) / len(addressed) for first in FIRST)


def tables(ws: Workspace) -> dict[str, list[Row]]:
    """Return every table by its title."""
    found = list(cases(ws))
    by_language = {case.language: [one for one in found if one.language == case.language] for case in found}
    made = {f"Top 1 / 3 / 5, {language}": figures(those) for language, those in by_language.items()}
    return {**made, "What to hold them against": yardsticks(found)}


def main() -> None:
    """Print the tables, and what was left out."""
    ws = load(ROOT)
    for title, rows in tables(ws).items():
        print(f"\n{title}\n")
        print(f"| {' | '.join(rows[0])} |\n|{'---|' * len(rows[0])}")
        for row in rows[1:]:
            print(f"| {' | '.join(row)} |")
    print()
    for report, cycle in ws.cycles.items():
        if not any(queries(ws, report, language) for language in cycle.brief.languages):
            print(f"{report}: left out, its {len(cycle.entries)} entries address no paragraph")
    if not ENGLISH.is_file():
        print(f"official English text: skipped, there is no {ENGLISH.name} beside this checkout")
    if importlib.util.find_spec("rank_bm25") is None:
        print("rank_bm25: not installed, skipped")


if __name__ == "__main__":
    main()
