"""Templates: where they are found, and a sandbox to render them in.

A workspace's own template comes from elsewhere: it is rendered in a child process that is killed
when it takes too long, so that an endless loop ends and nothing else does.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from tracker.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.draft.view import View

_SECONDS = 10
_MOST_BYTES = 1_000_000
_NO_SUCH = re.compile(r"No (filter|test) named '(.*?)'")
_ONE_FILE = ": a template is one file, and takes in no other"
# Terminals obey some of these, and no Word file can hold them.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class DraftError(Exception):
    """A template that cannot be found or rendered; the message says which, where and why."""


def render(view: View, name: str, workspace: Path) -> str:
    """Render a view with a template of the workspace, or with the built-in one of that name."""
    own, shipped = workspace / "templates" / name, _shipped(name)
    plain = Path(name).name == name
    if plain and _is_inside(own, workspace) and not _same(own, shipped):
        return _in_child(view, own)
    if plain and own.is_symlink():
        raise DraftError(f"templates/{name} is a link that leads nowhere, or out of the workspace: put the file there")
    if shipped is None:
        raise DraftError(f"there is no template {name}; there are {', '.join(_known(workspace))}")
    return render_text(shipped.read_text(encoding="utf-8"), name, msgspec.to_builtins(view))


def _is_inside(template: Path, workspace: Path) -> bool:
    """Tell whether a template is a file of the workspace: a link would print whatever file it points at."""
    try:
        return template.is_file() and template.resolve().is_relative_to(workspace.resolve())
    except (OSError, RuntimeError):  # Links that lead to each other are one or the other.
        return False


def _known(workspace: Path) -> list[str]:
    found = {path.name for folder in _folders() for path in folder.glob("*.j2")}
    found.update(path.name for path in (workspace / "templates").glob("*.j2") if _is_inside(path, workspace))
    return sorted(found)


def render_text(template: str, name: str, view: dict[str, object]) -> str:
    """Render a template's text over a view of plain values; raise `DraftError` with the line at fault."""
    # Markdown is text for a person to go on with; a page for a browser must not run what a text holds.
    autoescape = ".htm" in name
    environment = SandboxedEnvironment(
        undefined=_named_nearest(view), keep_trailing_newline=True, autoescape=autoescape
    )
    try:
        text = environment.from_string(template).render(view)
    except TemplateSyntaxError as error:
        raise DraftError(f"{name}:{error.lineno}: {error.message}{_nearest_word(environment, error)}") from error
    except MemoryError as error:
        raise DraftError(f"{name}:{_line(error)}: the template asks for too much memory") from error
    except TemplateError as error:
        raise DraftError(f"{name}:{_line(error)}: {error.message}{_nearest_word(environment, error)}") from error
    except Exception as error:
        said = str(error) or type(error).__name__
        raise DraftError(f"{name}:{_line(error)}: {said}{_ONE_FILE if said.startswith('no loader') else ''}") from error
    if found := _NO_TEXT.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise DraftError(f"{name}: line {line} of what it makes holds U+{ord(found[0]):04X}, which is no text")
    return text


def _named_nearest(view: dict[str, object]) -> type[StrictUndefined]:
    """Return what stands for a name that there is not: whatever is done with it fails, and says the nearest one."""

    class Missing(StrictUndefined):
        __slots__ = ()

        @property
        def _undefined_message(self) -> str:
            owner = self._undefined_obj
            known = view if owner is missing else owner if isinstance(owner, dict) else {}
            return super()._undefined_message + _did_you_mean(str(self._undefined_name), known)

        # Inside a list it would be printed as a word.
        __repr__ = StrictUndefined.__str__

    return Missing


def _nearest_word(environment: SandboxedEnvironment, error: TemplateError) -> str:
    """Return the nearest filter or test to one that there is not."""
    found = _NO_SUCH.match(error.message or "")
    if not found:
        return ""
    return _did_you_mean(found[2], environment.filters if found[1] == "filter" else environment.tests)


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    hint = did_you_mean(name, known)
    return f" ({hint})" if hint else ""


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
    if template.stat().st_size > _MOST_BYTES:
        raise DraftError(f"{template.name}: the template holds more than {_MOST_BYTES:,} bytes: is it one?")
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
