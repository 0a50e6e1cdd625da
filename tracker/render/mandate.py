"""A mandate as YAML for a person to finish: what was read stands in it, what could not be told is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.load.scalars import scalar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tracker.model import Clause, Footnote, Mandate, Paragraph, Reporting, Text

# The words of a blank skeleton, which `check` knows for what nobody has filled in yet.
NO_TITLE = "Title of the resolution"


def mandate_yaml(mandate: Mandate, source: str, asking: Collection[str]) -> str:
    """Write a mandate; `asking` are the verbs after which somebody must be named."""
    code = mandate.languages[0]
    lines = [
        "# yaml-language-server: $schema=../schemas/mandate.json",
        f"# Read from {_printable(source)}. Look at every verb and addressee, and write a gist for each paragraph.",
        *(
            f"{name}: {scalar(value, inside=False)}"
            for name, value in (("symbol", mandate.symbol), ("adopted", mandate.adopted))
            if value
        ),
        f"languages: {_list(mandate.languages)}",
        *_text("title", mandate.title or {code: NO_TITLE}, ""),
        "# text_from: the key in reports/documents.yaml of the document the text is taken from",
        *_names("agenda", mandate.agenda, ""),
        *_names("recalls", mandate.recalls, ""),
        "paragraphs:",
        *(line for node in mandate.paragraphs for line in _paragraph(node, "  ", asking, inherited=False)),
        *_texts("preamble", mandate.preamble, ""),
        *_footnotes(mandate.footnotes),
    ]
    return "\n".join(lines) + "\n"


def _paragraph(node: Paragraph, indent: str, asking: Collection[str], *, inherited: bool) -> Iterator[str]:
    inner = f"{indent}  "
    yield f"{indent}- number: {scalar(node.number)}"
    yield from _text("heading", node.heading, inner)
    yield from _texts("preamble", node.preamble, inner)
    yield from _text("text", node.text, inner)
    yield from _request(node, inner, asking, inherited=inherited)
    named = inherited or bool(node.addressees)
    if node.paragraphs:
        yield f"{inner}paragraphs:"
        for child in node.paragraphs:
            yield from _paragraph(child, f"{inner}  ", asking, inherited=named)
    if node.clauses:
        yield f"{inner}clauses:"
        for clause in node.clauses:
            first, *rest = [*_text("text", clause.text, ""), *_request(clause, "", asking, inherited=named)]
            yield f"{inner}  - {first}"
            yield from (f"{inner}    {line}" for line in rest)


def _request(node: Paragraph | Clause, indent: str, asking: Collection[str], *, inherited: bool) -> Iterator[str]:
    if node.verb:
        yield f"{indent}verb: {scalar(node.verb)}"
    if node.addressees:
        yield f"{indent}addressees: {_list(node.addressees)}"
    elif node.verb in asking and not inherited:
        yield f"{indent}# addressees: who is asked could not be told"
    if node.condition:
        yield f"{indent}condition: {scalar(node.condition)}"
    if node.reporting:
        yield f"{indent}reporting: {{{_reporting(node.reporting)}}}"


def _reporting(reporting: Reporting) -> str:
    parts = {"to": reporting.to, "session": reporting.session, "by": reporting.by, "every": reporting.every}
    return ", ".join(f"{name}: {scalar(str(value))}" for name, value in parts.items() if value)


def _footnotes(footnotes: Iterable[Footnote]) -> Iterator[str]:
    for place, note in enumerate(footnotes):
        if not place:
            yield "footnotes:"
        yield f"  - mark: {scalar(note.mark)}"
        yield from _names("paragraphs", note.paragraphs, "    ")
        yield from _text("text", note.text, "    ")


def _names(name: str, values: Collection[str], indent: str) -> list[str]:
    return [f"{indent}{name}: {_list(values)}"] if values else []


def _texts(name: str, texts: Iterable[Text], indent: str) -> Iterator[str]:
    for place, text in enumerate(texts):
        if not place:
            yield f"{indent}{name}:"
        for number, (code, wording) in enumerate(text.items()):
            yield from _wording(f"{indent}  {'- ' if not number else '  '}{code}", wording, f"{indent}      ")


def _text(name: str, text: Text, indent: str) -> Iterator[str]:
    if text:
        yield f"{indent}{name}:"
        for code, wording in text.items():
            yield from _wording(f"{indent}  {code}", wording, f"{indent}    ")


def _wording(key: str, wording: str, indent: str) -> Iterator[str]:
    """Write a text on one line, or as a block where it has several."""
    if "\n" not in wording:
        yield f"{key}: {scalar(wording, inside=False)}"
        return
    yield f"{key}: |-"
    yield from (f"{indent}{line}" for line in wording.split("\n"))


def _printable(name: str) -> str:
    """Return a file's name as a remark can hold it."""
    return "".join(char if char.isprintable() else "\ufffd" for char in name)


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(map(scalar, items))}]"
