"""Coverage and problems as JSON: the documented, stable contract of `gaps`, `matrix` and `check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from tracker import refs
from tracker.cover.coverage import ContainerCoverage
from tracker.draft.titles import titles_of
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.cover.coverage import Coverage, Tie, UnitCoverage
    from tracker.model import Assessment
    from tracker.problems import Problem


def gaps_json(coverage: Coverage, gaps: Iterable[UnitCoverage]) -> bytes:
    """Write the units that are not reported, in the order given."""
    return _encoded({**_head(coverage), "gaps": [_row(row) for row in gaps]})


def matrix_json(coverage: Coverage) -> bytes:
    """Write every row of every chosen mandate, with the evidence not yet placed."""
    mandates = [
        {
            "id": covered.mandate.id,
            "symbol": covered.mandate.symbol,
            "title": covered.mandate.title,
            "units": [_row(row) for row in covered.rows],
            "unplaced": [_evidence(tie) for tie in covered.unplaced],
        }
        for covered in coverage.mandates
    ]
    return _encoded({**_head(coverage), "mandates": mandates})


def problems_json(problems: Sequence[Problem]) -> bytes:
    """Write the problems of a check, with how many of each level there are."""
    listed = [
        {
            "file": place.path,
            "line": place.line,
            "column": place.column,
            "level": level,
            "code": code,
            "message": message,
            "hint": hint,
        }
        for place, level, code, message, hint in problems
    ]
    errors = sum(problem.level is Level.ERROR for problem in problems)
    return _encoded({"errors": errors, "warnings": len(problems) - errors, "problems": listed})


def _encoded(value: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def _head(coverage: Coverage) -> dict[str, Any]:
    return {"report": coverage.report, "entity": coverage.entity, "counts": coverage.counts}


def _row(row: UnitCoverage | ContainerCoverage) -> dict[str, Any]:
    unit = row.unit
    common = {
        "ref": unit.ref,
        "number": unit.number,
        "parent": unit.parent,
        "container": unit.container,
        "verb": unit.verb,
        "addressees": unit.addressees,
        "ours": row.ours,
    }
    texts = {"gist": unit.gist, "text": unit.text}
    evidence = {"evidence": [_evidence(tie) for tie in row.evidence]}
    if isinstance(row, ContainerCoverage):
        return {**common, "reported": row.reported, "units": row.units, **texts, **evidence}
    return {
        **common,
        "status": row.status,
        "states": row.states,
        **texts,
        "answered_by": row.answered_by,
        "assessment": _assessment(row.assessment) if row.assessment else None,
        **evidence,
    }


def _assessment(assessment: Assessment) -> dict[str, Any]:
    return {name: getattr(assessment, name) for name in ("unit", "status", "because", "by", "date")}


def _evidence(tie: Tie) -> dict[str, Any]:
    entry = tie.entry
    return {
        "id": entry.id,
        "title": titles_of(entry),
        "cycle": entry.cycle,
        "status": entry.status,
        "date": entry.date,
        "by": entry.by,
        "role": tie.role,
        "current": tie.current,
        "sources": [_source(text) for text in entry.sources],
    }


def _source(text: str) -> dict[str, str | None]:
    document, paragraph = refs.source(text)
    return {"document": document, "paragraph": paragraph or None}
