"""Templates: where they are found, and a sandbox to render them in.

A workspace's own template comes from elsewhere: it is rendered in a child process that is killed
when it takes too long, so that an endless loop ends and nothing else does.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

if TYPE_CHECKING:
    from tracker.draft.view import View

_SECONDS = 10


class DraftError(Exception):
    """A template that cannot be found or rendered; the message says which, where and why."""


def render(view: View, name: str, workspace: Path) -> str:
    """Render a view with a template of the workspace, or with the built-in one of that name."""
    own, shipped = workspace / "templates" / name, _shipped(name)
    # A link would print whatever file it points at.
    inside = own.resolve().is_relative_to(workspace.resolve())
    if inside and own.is_file() and Path(name).name == name and not _same(own, shipped):
        return _in_child(view, own)
    if shipped is None:
        known = sorted(path.name for folder in (own.parent, *_folders()) for path in folder.glob("*.j2"))
        raise DraftError(f"there is no template {name}; there are {', '.join(dict.fromkeys(known))}")
    return render_text(shipped.read_text(encoding="utf-8"), name, msgspec.to_builtins(view))


def render_text(template: str, name: str, view: dict[str, object]) -> str:
    """Render a template's text over a view of plain values; raise `DraftError` with the line at fault."""
    # Markdown is text for a person to go on with; a page for a browser must not run what a text holds.
    autoescape = ".htm" in name
    environment = SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=autoescape)
    try:
        return environment.from_string(template).render(view)
    except TemplateSyntaxError as error:
        raise DraftError(f"{name}:{error.lineno}: {error.message}") from error
    except TemplateError as error:
        raise DraftError(f"{name}:{_line(error)}: {error.message}") from error
    except Exception as error:
        raise DraftError(f"{name}:{_line(error)}: {error or type(error).__name__}") from error


def _line(error: BaseException) -> int:
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _folders() -> list[Path]:
    package = Path(__file__).parents[1]
    # A wheel has the templates inside the package; a checkout has them beside it.
    return [package / "templates", package.parent / "templates"]


def built_in(name: str) -> Path:
    """Return a built-in template, or folder of them; raise `DraftError` when there is none."""
    for folder in _folders():
        if (folder / name).exists():
            return folder / name
    raise DraftError(f"the installation lacks its template {name}: install it again")


def built_in_text(name: str) -> str:
    """Return the text of a built-in template."""
    return built_in(name).read_text(encoding="utf-8")


def _shipped(name: str) -> Path | None:
    if Path(name).name != name:
        return None
    return next((folder / name for folder in _folders() if (folder / name).is_file()), None)


def _same(own: Path, shipped: Path | None) -> bool:
    return shipped is not None and own.read_bytes() == shipped.read_bytes()


def _in_child(view: View, template: Path) -> str:
    try:
        text = template.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DraftError(f"{template.name}: the template is not UTF-8 text") from None
    task = msgspec.json.encode({"template": text, "name": template.name, "view": view})
    # -P: a workspace one stands in must not bring modules of its own.
    command = [sys.executable, "-P", "-m", "tracker.draft.child"]
    try:
        done = subprocess.run(command, input=task, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise DraftError(f"{template.name}: the template did not finish in {_SECONDS} seconds") from None
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", errors="replace").strip()
        raise DraftError(said.splitlines()[-1] if said else f"{template.name}: the template could not be rendered")
    return done.stdout.decode("utf-8")
