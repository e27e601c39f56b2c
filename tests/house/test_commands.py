"""Every command, argument and option of ``goldenthread`` is in the reference."""

import re
from pathlib import Path

import click
import pytest

from goldenthread.cli import main

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"


def _commands(command, name="goldenthread"):
    """Each command of the tree with the whole name that a person types."""
    yield name, command
    if isinstance(command, click.Group):
        for short, inner in sorted(command.commands.items()):
            yield from _commands(inner, f"{name} {short}")


COMMANDS = dict(_commands(main))


def _section(name):
    """The part of the reference under the heading that names the command."""
    text = REFERENCE.read_text(encoding="utf-8")
    found = re.search(rf"^#+ `{re.escape(name)}`$(.*?)(?=^#+ `|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"docs/reference/commands.md has no heading for `{name}`."
    return found[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_its_arguments_and_its_options_are_in_the_reference(name):
    section = _section(name)
    for parameter in COMMANDS[name].params:
        if isinstance(parameter, click.Option):
            assert [option for option in parameter.opts if option not in section] == []
        else:
            assert parameter.human_readable_name in section


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does(name):
    assert COMMANDS[name].help
