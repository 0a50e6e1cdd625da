"""The documentation says what is so: its commands, keys, variables, examples and links are held against the tool."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import pytest
from conftest import ROOT, copied, run
from typer.main import get_command

from tracker.check import problems_of
from tracker.cli.app import app
from tracker.draft import view
from tracker.draft.report import report_view
from tracker.draft.templates import render_text
from tracker.load.files import load
from tracker.problems import Level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
ALL_PAGES = sorted(DOCS.rglob("*.md"))
EXAMPLE = ROOT / "templates" / "example"
# The keys of a text are the codes of languages.
TEXTS = {"title", "gist", "text", "because"}


class Fence(NamedTuple):
    """A fenced block of a page: its language, the line it begins at, and its text."""

    page: str
    language: str
    line: int
    text: str


def fences(page: Path) -> Iterator[Fence]:
    text = page.read_text(encoding="utf-8")
    for match in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield Fence(page.name, match.group(1), text.count("\n", 0, match.start()) + 1, match.group(2))


def command_lines() -> Iterator[str]:
    readme = ROOT / "README.md"
    for page in [*PAGES, *([readme] if readme.is_file() else [])]:
        for fence in fences(page):
            for line in fence.text.splitlines():
                # What follows the command: a remark, another column, or what the shell does with the output.
                words = re.split(r"\s#|\s{2,}|\s[>|]|\s&&|;", line.strip().removeprefix("$ "))[0]
                if re.match(r"tracker(\s|$)", words):
                    yield words


def commands(group: Any = None, name: str = "tracker") -> Iterator[tuple[str, Any]]:
    top: Any = group or get_command(app)
    for word, command in top.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


def records() -> dict[str, set[str]]:
    kinds = {name: kind for name, kind in vars(view).items() if isinstance(kind, type)}
    return {
        name: set(kind.__struct_fields__)
        for name, kind in kinds.items()
        if issubclass(kind, msgspec.Struct) and kind is not msgspec.Struct
    }


def documented_fields() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for part in re.split(r"^#+ ", (DOCS / "templates.md").read_text(encoding="utf-8"), flags=re.MULTILINE):
        heading, _, body = part.partition("\n")
        if fields := re.findall(r"^\| `(\w+)` \|", body, re.MULTILINE):
            found[heading] = set(fields)
    return found


def test_templates_page_names_every_variable_and_no_other() -> None:
    assert documented_fields() == records()


@pytest.mark.parametrize("line", sorted(set(command_lines())))
def test_a_command_line_is_one_that_the_tool_understands(line: str) -> None:
    command: Any = get_command(app)
    words = shlex.split(line)[1:]
    while words and hasattr(command, "commands") and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    if hasattr(command, "commands"):
        # Without a command there are only the options of `tracker` itself.
        assert set(words) <= {name for option in command.params for name in option.opts}
    else:
        # Reads the arguments, and raises for any that is wrong or missing; runs nothing.
        command.make_context(line, words)


@pytest.mark.parametrize("page", ["mandates.md", "evidence.md", "draft.md"])
def test_the_files_a_page_shows_are_without_mistakes(page: str, tmp_path: Path) -> None:
    root = copied(EXAMPLE, tmp_path)
    shown = 0
    for fence in fences(DOCS / page):
        name = re.match(r"# ((?:mandates|reports)/\S+\.yaml)\n", fence.text)
        if fence.language == "yaml" and name:
            (root / name.group(1)).write_text(fence.text, encoding="utf-8")
            shown += 1
    assert shown
    ws = load(root)
    assert ws.problems == []
    assert [problem for problem in problems_of(ws) if problem.level is Level.ERROR] == []


def test_the_template_shown_works(tmp_path: Path) -> None:
    ws = load(copied(EXAMPLE, tmp_path))
    shown = [fence for fence in fences(DOCS / "templates.md") if fence.language == "jinja"]
    assert shown
    for clean in (False, True):
        made = msgspec.to_builtins(report_view(ws, "2025-cnd-99", "en", clean=clean))
        for fence in shown:
            text = render_text(fence.text, f"{fence.page}:{fence.line}", made)
            assert "1. The present report is submitted pursuant to an invented resolution.\n" in text


def test_the_list_of_pages_mentions_every_command_and_page() -> None:
    text = (DOCS / "README.md").read_text(encoding="utf-8")
    assert [name for name, _ in commands() if f"`{name}`" not in text] == []
    assert [page.name for page in PAGES if page.name != "README.md" and f"]({page.name})" not in text] == []


@pytest.mark.parametrize("page", [*ALL_PAGES, ROOT / "README.md"], ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_a_page_names_exists(page: Path) -> None:
    prose = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    named = re.findall(r"`tracker ([a-z][a-z ]*[a-z])", prose)
    assert [words for words in named if not begins_a_command(words.split())] == []


def begins_a_command(words: list[str]) -> bool:
    """Tell whether the words name a command or a group of them, and perhaps its first argument."""
    group: Any = get_command(app)
    for word in words:
        if not hasattr(group, "commands"):
            return True
        if word not in group.commands:
            return False
        group = group.commands[word]
    return True


def keys_of(value: object) -> set[str]:
    if isinstance(value, list):
        return {key for item in value for key in keys_of(item)}
    if not isinstance(value, dict):
        return set()
    inner = {found for key, item in value.items() if key not in TEXTS for found in keys_of(item)}
    return set(value) | inner


@pytest.mark.parametrize("command", ["gaps", "matrix", "check"])
def test_json_page_names_every_key(command: str) -> None:
    text = (DOCS / "json.md").read_text(encoding="utf-8")
    keys = keys_of(json.loads(run(command, "--format", "json").out))
    assert {key for key in keys if f"`{key}`" not in text} == set()


@pytest.mark.parametrize("page", ALL_PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
