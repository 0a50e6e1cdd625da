"""The process a workspace's own template is rendered in: a task on standard input, text on standard output."""

from __future__ import annotations

import sys

import msgspec

try:
    import resource
except ImportError:  # Windows has no such limit; the time limit holds there too.
    resource = None  # type: ignore[assignment]  # typeshed knows one system at a time

from tracker.draft.templates import DraftError, render_text

_MOST_BYTES = 1 << 30


def main() -> int:
    """Render one task; print what is wrong with its template in one line."""
    _limit_memory()
    task = msgspec.json.decode(sys.stdin.buffer.read())
    try:
        text = render_text(task["template"], task["name"], task["view"])
    except DraftError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.buffer.write(text.encode("utf-8"))
    return 0


def _limit_memory() -> None:
    if resource:
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))


if __name__ == "__main__":
    sys.exit(main())
