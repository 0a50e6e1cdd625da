"""Names of files and anchors: good on every system, the same each time, and fit for an address."""

from __future__ import annotations

from hashlib import sha256
from urllib.parse import quote, urlsplit

from tracker.refs import DEVICES

_LONGEST = 120


def page(kind: str, name: str) -> str:
    """Return the file of a mandate, report or entry, from the site's folder.

    An id has no capitals, no double hyphen and none at its end, so that what is added here meets no other id.
    """
    if name in DEVICES:
        name = f"{name}-"
    if len(name) > _LONGEST:
        name = f"{name[:100].rstrip('-')}--{sha256(name.encode()).hexdigest()[:12]}"
    return f"{kind}/{name}.html"


def fragment(ref: str) -> str:
    """Write a reference as the part of an address after `#`: `ga-66-177:1#2` becomes `ga-66-177:1%232`."""
    return quote(ref, safe=":()~.*-_")


def unit(ref: str) -> str:
    """Return the address of a paragraph, from the site's folder."""
    return f"{page('mandate', ref.partition(':')[0])}#{fragment(ref)}"


def web(url: str | None) -> str:
    """Return an address that is safe to follow, or nothing: `javascript:` and the like are no links."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return ""
    return (url or "").strip() if parts.scheme.lower() in ("http", "https") and parts.netloc else ""
