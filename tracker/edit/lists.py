"""A word put into a list of an entry, or taken out of it, in the style in which the list is written.

What is taken out goes with the remark on its own line; every other character stays. A form that is
not known here raises `Unsafe`.
"""

from __future__ import annotations

import re

from tracker.edit.nodes import Kind, Node, break_at, item_of, line_end, line_start, usual_break

_DASH = re.compile(r" *-[ \t]+")
# The fields a person writes before `addresses`, the last of them first: the new line goes below one of these.
_BEFORE = ("figures", "countries", "partners", "by", "date", "status", "type", "title", "id")
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_Cut = tuple[int, int]


class Unsafe(Exception):  # noqa: N818
    """The list is written in a way that cannot be changed without a person's eye."""


def with_item(text: str, index: int, key: str, word: str) -> str:
    """Put a word at the end of a list of an entry, which begins the list where there is none."""
    entry = _entry(text, index)
    pair = entry.pair(key)
    if pair is None:
        return _begun(text, entry, f"{key}: [{word}]")
    return longer(text, pair[1], word)


def longer(text: str, value: Node, word: str) -> str:
    """Put a word at the end of a list that stands in the text."""
    if value.kind is Kind.LIST:
        word = _quoted_like(value, word)
        return _put_in_brackets(text, value, word) if value.flow else _put_below(text, value, word)
    if value.kind is Kind.MAP or value.style in {"|", ">"}:
        raise Unsafe
    if value.style or value.text not in _NOTHING:
        return _spliced(text, value.start, value.end, f"[{text[value.start : value.end]}, {word}]")
    space = "" if text[value.start - 1] in " \t" else " "
    return _spliced(text, value.start, value.end, f"{space}[{word}]")


def without_item(text: str, index: int, key: str, position: int) -> str:
    """Take an item out of a list of an entry; the last one leaves an empty list."""
    pair = _entry(text, index).pair(key)
    if pair is None or position >= len(pair[1].items):
        raise Unsafe
    name, value = pair
    return _taken_from_brackets(text, value, position) if value.flow else _taken_below(text, name, value, position)


def _entry(text: str, index: int) -> Node:
    entry = item_of(text, index)
    if entry is None or entry.kind is not Kind.MAP:
        raise Unsafe
    return entry


def _begun(text: str, entry: Node, line: str) -> str:
    if entry.flow:
        end = entry.pairs[-1][1].end
        return _spliced(text, end, end, f", {line}")
    for name in _BEFORE:
        pair = entry.pair(name)
        if pair and pair[1].on_one_line:
            indent = " " * (pair[0].start - line_start(text, pair[0].start))
            return _new_line(text, line_end(text, pair[1].end), indent + line)
    raise Unsafe


def _quoted_like(value: Node, word: str) -> str:
    quotes = {item.style for item in value.items}
    quote = quotes.pop() if len(quotes) == 1 else ""
    return f"{quote}{word}{quote}" if quote in {"'", '"'} else word


def _put_in_brackets(text: str, value: Node, word: str) -> str:
    close = value.end - 1
    if not value.items:
        inside = text[value.start + 1 : close]
        if inside.strip(" "):
            return _spliced(text, close, close, word)
        return _spliced(text, value.start, value.end, f"[{inside}{word}{inside}]")
    last = value.items[-1]
    begin, end = line_start(text, last.start), line_end(text, last.end)
    lead = text[begin : last.start]
    comma = _comma(text, last.end, close)
    if lead.strip() or (comma is not None and comma > end):
        return _spliced(text, last.end, last.end, f", {word}")
    if end >= close:
        return _spliced(text, last.end, last.end, f",{usual_break(text[:begin])}{lead}{word}")
    # A list with an item to a line keeps a remark beside the item it stands beside.
    longer = _new_line(text, end, lead + word + ("," if comma is not None else ""))
    return longer if comma is not None else _spliced(longer, last.end, last.end, ",")


def _put_below(text: str, value: Node, word: str) -> str:
    last = value.items[-1]
    lead = text[line_start(text, last.start) : last.start]
    if not _DASH.fullmatch(lead) or not last.on_one_line:
        raise Unsafe
    return _new_line(text, line_end(text, last.end), lead + word)


def _taken_from_brackets(text: str, value: Node, position: int) -> str:
    items, item, close = value.items, value.items[position], value.end - 1
    comma = _comma(text, item.end, items[position + 1].start if position + 1 < len(items) else close)
    before = _comma(text, items[position - 1].end, item.start) if position else None
    # Without a comma after it, the last item leaves the one before it with none either.
    commas = [(at, at + 1) for at in (before if comma is None else comma,) if at is not None]
    begin, end = line_start(text, item.start), line_end(text, item.end)
    if value.start < begin and end < close and _alone(text[begin : item.start], text[item.end : end]):
        mine = [cut for cut in commas if not begin <= cut[0] < end]
        return _without(text, [*mine, (begin, end + len(break_at(text, end)))])
    if len(items) == 1:
        left, right = text[value.start + 1 : item.start], text[item.end : close]
        if left == right and not left.strip(" "):
            return _spliced(text, value.start, value.end, f"[{left}]")
    if before is not None and "#" not in text[before : item.start]:
        return _without(text, [(before, item.end)])
    if not position and len(items) > 1 and "#" not in text[item.end : items[1].start]:
        return _without(text, [(item.start, items[1].start)])
    return _without(text, [(item.start, item.end), *commas])


def _taken_below(text: str, name: Node, value: Node, position: int) -> str:
    item = value.items[position]
    begin, end = line_start(text, item.start), line_end(text, item.end)
    if not _DASH.fullmatch(text[begin : item.start]) or not item.on_one_line:
        raise Unsafe
    after = break_at(text, end)
    if not after:
        # The last line of the file takes the line break before it along.
        begin -= len(usual_break(text[:begin]))
    shorter = _without(text, [(begin, end + len(after))])
    if len(value.items) > 1:
        return shorter
    colon = text.find(":", name.end, value.start) + 1
    if not colon:
        raise Unsafe
    return _spliced(shorter, colon, colon, " []")


def _alone(before: str, after: str) -> bool:
    rest = after.strip().removeprefix(",").lstrip()
    return not before.strip() and (not rest or rest.startswith("#"))


def _comma(text: str, start: int, end: int) -> int | None:
    at = start
    while at < end:
        if text[at] == ",":
            return at
        at = line_end(text, at) if text[at] == "#" else at + 1
    return None


def _new_line(text: str, at: int, line: str) -> str:
    """Put a line below the one that ends here, with the same line break."""
    return _spliced(text, at, at, (break_at(text, at) or usual_break(text)) + line)


def _spliced(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def _without(text: str, cuts: list[_Cut]) -> str:
    for start, end in sorted(cuts, reverse=True):
        text = text[:start] + text[end:]
    return text
