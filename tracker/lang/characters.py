"""Characters that nobody sees, and letters that look like others: what they are, and where they belong.

Joiners belong in Persian and in the scripts of India, direction marks where Arabic or Hebrew stands
beside Latin letters, breaks of no width in Thai and Khmer. Elsewhere they are leftovers of a copy,
or there to deceive.
"""

from __future__ import annotations

import re
from unicodedata import bidirectional, category, name, normalize

# Terminals obey control characters; tab and line feed are text.
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_ORDER = "\u202a-\u202e\u2066-\u2069"
_CONTROL = re.compile(f"[{_CONTROLS}]")
_UNSEEN = re.compile(f"[{_CONTROLS}{_ORDER}\u00ad\u061c\u200b-\u200f\u2028\u2029\u2060-\u2064\ufeff\ufffe\uffff]")
_JOINERS, _MARKS, _PAIRED = "\u200c\u200d", "\u200e\u200f\u061c", "\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
_CLOSING = "\u202c\u2069"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_NEVER = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2028\u2029\u202d\u202e\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
INVISIBLE = re.compile(f"[{_NEVER}\u200b{_JOINERS}{_MARKS}{_PAIRED}{_SELECTORS}]")
_IS_NEVER = re.compile(f"[{_NEVER}]").fullmatch
_IS_SELECTOR = re.compile(f"[{_SELECTORS}]").fullmatch
# The scripts of South and South-East Asia, and Mongolian, in which joiners change letters.
_IS_JOINED = re.compile("[\u0900-\u109f\u1700-\u18af\u1900-\u1c4f\ua800-\uabff]").fullmatch
# Thai, Lao, Burmese and Khmer have no spaces between words.
_IS_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]").fullmatch
_TWINS = str.maketrans(
    "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅοανρικΑΒΕΖΗΙΚΜΝΟΡΤΥΧıɡ‐‑‒–—−⁄∕꞉",
    "aeopcyxijshdqwABEKMHOPCTYXIJSoavpikABEZHIKMNOPTYXig------//:",
)


def visible(text: str) -> str:
    """Return a text with what a terminal would obey, and what nobody would see, written out as <U+202E>."""
    return _UNSEEN.sub(_code, text)


def without_controls(text: str) -> str:
    """Return a text with what a terminal would obey written out as <U+001B>; the rest stays as it is."""
    return _CONTROL.sub(_code, text)


def _code(found: re.Match[str]) -> str:
    return f"<U+{ord(found[0]):04X}>"


def called(character: str) -> str:
    """Return the number and name of a character, as U+202E RIGHT-TO-LEFT OVERRIDE."""
    return f"U+{ord(character):04X} {name(character, '')}".rstrip()


def out_of_place(text: str) -> list[int]:
    """Return where in a text invisible characters stand that do not belong there."""
    found = [match.start() for match in INVISIBLE.finditer(text)]
    if not found:
        return []
    two_ways = any(bidirectional(character) in {"R", "AL"} for character in text)
    paired = two_ways and _is_balanced(text)
    return [at for at in found if not _belongs(text, at, two_ways=two_ways, paired=paired)]


def _belongs(text: str, at: int, *, two_ways: bool, paired: bool) -> bool:
    character, before = text[at], text[at - 1] if at else " "
    if _IS_NEVER(character):
        return False
    if character in _MARKS:
        return two_ways
    if character in _PAIRED:
        return paired
    if character == "\u200b":
        return bool(_IS_UNSPACED(before))
    if _IS_SELECTOR(character):
        # After a sign, a digit or a Chinese character it chooses a form.
        return not (before.isspace() or (before.isascii() and before.isalpha()) or _IS_SELECTOR(before))
    return _is_joined(before, text[at + 1 : at + 2])


def _is_joined(before: str, after: str) -> bool:
    # Between pictures a joiner makes one of two.
    picture = category(before) in {"So", "Sk"} or bool(_IS_SELECTOR(before))
    return bool(after) and (picture or bool(_IS_JOINED(before)) or bidirectional(before) in {"AL", "R", "NSM"})


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in text:
        if character in _PAIRED:
            depth += -1 if character in _CLOSING else 1
            if depth < 0:
                return False
    return depth == 0


def twin(word: str) -> str:
    """Return the word that a name looks like without being it, in Latin letters or composed; none for most."""
    if word.isascii():
        return ""
    plain = normalize("NFKC", word).translate(_TWINS)
    if plain.isascii() and any(character.isascii() and character.isalnum() for character in word):
        return plain
    composed = normalize("NFC", word)
    return composed if composed != word else ""


def differing(word: str, other: str) -> str:
    """Return the first character of a word that its twin does not have in the same place."""
    pairs = zip(word, other.ljust(len(word)), strict=False)
    return next(
        (character for character, twin_of in pairs if character != twin_of and not character.isascii()), word[-1]
    )
