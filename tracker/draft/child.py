"""The process a workspace's own template is rendered in: a task on standard input, text on standard output."""

from __future__ import annotations

import sys

import msgspec

from tracker.draft.templates import DraftError, render_text


def main() -> int:
    """Render one task; print what is wrong with its template in one line."""
    task = msgspec.json.decode(sys.stdin.buffer.read())
    try:
        text = render_text(task["template"], task["name"], task["view"])
    except DraftError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.buffer.write(text.encode("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
