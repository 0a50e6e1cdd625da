"""Who is asked: known addressees, States by their codes, or the name of a body as the text has it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.intake.rules import rules as rules_of
from tracker.lang import countries

if TYPE_CHECKING:
    from tracker.intake.rules import Rules
    from tracker.model import Names

_MASKED = re.compile(r"《[^《》]*》|\([^()]*\)|（[^（）]*）|“[^“”]*”")
# "and the" parts two names; "and" alone stands inside many.
_NAME = re.compile(r"[A-Z][\w’'-]*(?:(?: (?:of|on|for|in|against|to|the|de|des|du|la)| and(?! the\b))* [A-Z][\w’'-]*)*")
_REACH = 60
# Where words run together, a long description may stand before the name: "the States parties to the Convention".
_FURTHEST = 160


def addressees_of(rest: str, verb: str | None, rules: Rules) -> Names:
    """Return who is asked in the words after a verb; nobody, where nothing is asked or it cannot be told."""
    if verb in rules.data["asking"]:
        found = _spaced(rest, rules) if rules.spaced else _unspaced(rest, rules)
        if found:
            return found
    shall = re.match(rf"\s*{rules.data['shall']}", rest)
    if not shall or verb not in {"decides", "demands", "calls-for", *rules.data["asking"]}:
        return ()
    return _spaced(shall["who"], rules, known_only=True) if rules.spaced else _unspaced(shall["who"], rules)


def _spaced(rest: str, rules: Rules, *, known_only: bool = False) -> Names:
    """Read a list of names up to where the request itself begins: "Member States and other donors to …"."""
    found: list[str] = []
    text = rest.lstrip(" ,")
    while text:
        name, after = _one(text, rules, known_only=True)
        if not name:
            text = _without_openers(text, rules)
            name, after = _one(text, rules, known_only=known_only)
        if not name:
            break
        found.append(name)
        join = re.match(rf"(?P<between>[^,;:.]{{0,{_REACH}}}?)(?:{rules.data['addressee_joins']})", text[after:])
        if not join or re.search(rules.data["addressee_ends"], join["between"]):
            break
        text = text[after + join.end() :]
        known_only = known_only or not re.match(r"\s*(?:the )?[A-Z]", text)
    return tuple(dict.fromkeys(found))


def _without_openers(text: str, rules: Rules) -> str:
    pattern = _openers(rules.code)
    while match := pattern.match(text):
        text = text[match.end() :]
    return text


@lru_cache
def _openers(code: str) -> re.Pattern[str]:
    rules = rules_of(code)
    words = sorted(rules.data["before_addressees"] if rules else (), key=len, reverse=True)
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, words)) or chr(0)})(?:\s+|(?<=['’]))", re.IGNORECASE)


def _one(text: str, rules: Rules, *, known_only: bool) -> tuple[str, int]:
    """Return the addressee a text begins with and where its name ends; an empty name where there is none."""
    match = _known(rules.code).match(text)
    if match:
        name = _names(rules.code)[match.group("name").lower()]
        if name != "country:":
            return name, match.end()
        rest = _without_openers(text[match.end() :].lstrip(), rules)
        country = _known(rules.code).match(rest)
        code = _names(rules.code).get(country["name"].lower(), "") if country else ""
        return (code, len(text) - len(rest) + country.end()) if country and code != "country:" else ("", 0)
    own = None if known_only else _NAME.match(text)
    return (_slug(own.group()), own.end()) if own and len(own.group()) > 2 else ("", 0)


def _unspaced(rest: str, rules: Rules) -> Names:
    """Find the first names after a verb where words run together; of names that touch, the last is who is asked."""
    masked = _MASKED.sub(lambda match: "\0" * len(match.group()), rest)
    end = re.search(rules.data["addressee_ends"], masked)
    reach = masked[: end.start() if end else None][:_FURTHEST]
    found: list[str] = []
    place = 0
    first = _known(rules.code).search(reach)
    while match := _known(rules.code).search(reach, place):
        gap = reach[place : match.start()]
        if (
            found
            and gap
            and not re.fullmatch(rf"(?:{rules.data['addressee_joins']})(?:{_openers_unspaced(rules)})*", gap)
        ):
            break
        if found and not gap:
            found.pop()
        found.append(_names(rules.code)[match["name"].lower()])
        place = match.end()
    return tuple(dict.fromkeys(found)) if first else ()


def _openers_unspaced(rules: Rules) -> str:
    return "|".join(map(re.escape, rules.data["before_addressees"]))


@lru_cache
def _names(code: str) -> dict[str, str]:
    rules = rules_of(code)
    names = {row[code].lower(): country for country, row in countries().items() if row.get(code)}
    # The names of States as they are said, without what stands in brackets: Iran, Venezuela.
    names |= {name.replace("'", "’"): country for name, country in names.items() if "'" in name}
    names |= {name.partition(" (")[0]: country for name, country in names.items() if " (" in name}
    return names | {name.lower(): known for name, known in (rules.data["addressees"] if rules else {}).items()}


@lru_cache
def _known(code: str) -> re.Pattern[str]:
    rules = rules_of(code)
    names = "|".join(re.escape(name) for name in sorted(_names(code), key=len, reverse=True))
    article = r"(?:the |les? |la |los |las |el )?" if rules and rules.spaced else ""
    end = r"(?!\w)" if rules and rules.spaced else ""
    return re.compile(rf"{article}(?P<name>{names}){end}", re.IGNORECASE)


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].rstrip("-")
