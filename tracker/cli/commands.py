"""Which commands there are, and where each is; one is loaded and built when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, cast

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group

from tracker.cli.cache import no_cache_option

# The module below tracker.cli, and the function or group in it, in the order of the help.
COMMANDS = {
    "check": "check:check",
    "gaps": "gaps:gaps",
    "matrix": "matrix:matrix",
    "draft": "draft:draft",
    "show": "show:show",
    "site": "site:site",
    "suggest": "suggest:suggest",
    "link": "link:link",
    "unlink": "link:unlink",
    "collect": "collect:collect",
    "replies": "replies:replies",
    "init": "init:init",
    "schema": "schema:schema",
    "add": "add:app",
    "import": "importing:app",
    "new": "new:app",
}
_READ_NO_WORKSPACE = ("init", "schema")


class Commands(TyperGroup):
    """The command `tracker`: most of what starting it would cost is building commands that nobody asked for."""

    def __init__(self, **named: Any) -> None:  # noqa: ANN401 - as the group it extends takes them
        """Begin with every command by name only."""
        super().__init__(**named)
        # Nothing is ever added to it, which the group's own type would allow.
        self.commands = cast("Any", _Built())
        self.params.append(no_cache_option())


class _Built(Mapping[str, TyperCommand | TyperGroup]):
    def __init__(self) -> None:
        self._built: dict[str, TyperCommand | TyperGroup] = {}

    def __getitem__(self, name: str) -> TyperCommand | TyperGroup:
        if name not in self._built:
            self._built[name] = _build(name, COMMANDS[name])
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


def _build(name: str, where: str) -> TyperCommand | TyperGroup:
    module, _, attribute = where.partition(":")
    found = getattr(import_module(f"tracker.cli.{module}"), attribute)
    if isinstance(found, typer.Typer):
        group = get_group(found)
        for command in group.commands.values():
            command.params.append(no_cache_option())
        return group
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name)(found)
    command = cast("TyperCommand", get_command(alone))
    if name not in _READ_NO_WORKSPACE:
        command.params.append(no_cache_option())
    return command
