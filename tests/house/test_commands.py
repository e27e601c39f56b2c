"""Every command of ``goldenthread`` says what it does, and its options say what they do."""

import click
import click.testing
import pytest

from goldenthread.cli import command

GROUP = click.Context(command, info_name="goldenthread")
COMMANDS = {name: command.get_command(GROUP, name) for name in command.list_commands(GROUP)}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does(name):
    assert COMMANDS[name].name == name
    assert COMMANDS[name].help


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_says_what_it_does(name):
    options = [p for p in COMMANDS[name].params if isinstance(p, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_every_command_is_listed_with_its_summary():
    listed = click.testing.CliRunner().invoke(command, ["--help"]).output
    assert [name for name in COMMANDS if name not in listed] == []
