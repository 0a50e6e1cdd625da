"""A workspace to a site: static pages that open from a folder, with nothing to run and nothing to fetch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.lang import codes
from tracker.render.site.content import Content, without_internal
from tracker.render.site.interface import Interface
from tracker.render.site.pages import Pages

if TYPE_CHECKING:
    from tracker.load.workspace import Workspace

# Whatever the data are written in, the site can be read in these.
_ALWAYS = ("en", "zh")


def site(ws: Workspace, report: str | None, first: str, *, clean: bool) -> Pages:
    """Return the files of the site of a workspace, seen from one report or from all; a clean one has nothing internal.

    Its languages are the first one asked for, English and Chinese, and those the reports are written in.
    """
    written = [code for cycle in ws.cycles.values() for code in cycle.brief.languages if code in codes()]
    interface = Interface((first, *_ALWAYS, *written))
    return Pages(Content(without_internal(ws) if clean else ws, report, interface))
