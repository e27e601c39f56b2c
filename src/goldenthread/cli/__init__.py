"""The ``goldenthread`` command: what a person types, what a program reads, and how it ends.

Exit status: 0 done; 1 something was found (a finding, a difference); 2 the file could be read but
is refused, or the command was not understood; 3 it cannot be read, or holds no plan.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import click

from goldenthread import __version__
from goldenthread.errors import Refusal, Unsafe

DONE, FOUND, REFUSED, UNREADABLE = 0, 1, 2, 3

# Each command's module is imported only when it is asked for, so that --help answers at once.
_COMMANDS = {
    "demo": "goldenthread.cli.demo",
    "import": "goldenthread.cli.reading",
    "export": "goldenthread.cli.exporting",
    "check-plan": "goldenthread.cli.checking",
    "compare": "goldenthread.cli.checking",
    "categories": "goldenthread.cli.categories",
    "units": "goldenthread.cli.units",
    "workforce": "goldenthread.cli.workforce",
    "protect": "goldenthread.cli.protecting",
    "verify": "goldenthread.cli.protecting",
    "attack": "goldenthread.cli.attacking",
    "pack": "goldenthread.cli.publishing",
    "ledger": "goldenthread.cli.ledgers",
    "explain": "goldenthread.cli.explaining",
    "site": "goldenthread.cli.site",
    "run": "goldenthread.cli.serving",
    "jobs": "goldenthread.cli.jobs",
    "audit": "goldenthread.cli.serving",
    "people": "goldenthread.cli.serving",
}
_SUMMARIES = {
    "demo": "Open an invented council half way through its programme.",
    "import": "Read a council's plan and print it, typed.",
    "export": "Write a plan as a Word file, workbook, PDF, web page, CSV or JSON.",
    "check-plan": "Check a plan and say what would make it stronger.",
    "compare": "Say what changed between two editions of a plan.",
    "categories": "Settle once what your systems call people, and keep it.",
    "units": "Read the parts of a council from a list or a staff list, or check one.",
    "workforce": "Check files of staff records, keep them in a vault, and make packs.",
    "protect": "Make tables that reveal nobody, with the proof.",
    "verify": "Check the proof of a release.",
    "attack": "Work out of releases what an outsider could, and say how.",
    "pack": "Write the tables of a verified release as a workbook or as CSV.",
    "ledger": "Keep every figure ever released, and look before the next.",
    "explain": "Say what a hidden figure could be, and what everybody is told of it.",
    "site": "Write the public pages of an edition as static files.",
    "run": "Serve the site, and send its mail.",
    "jobs": "Send the mail of a site that is served elsewhere.",
    "audit": "Check the record of what was done.",
    "people": "Help somebody who cannot sign in.",
}


class _Commands(click.Group):
    """A group that loads a command's module when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        from importlib import import_module  # slow

        if cmd_name not in _COMMANDS:
            return None
        module: Any = import_module(_COMMANDS[cmd_name])
        command: click.Command = module.COMMANDS[cmd_name]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(_SUMMARIES.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="goldenthread")
def command() -> None:
    """Run a public body's equality programme from evidence to action to accountability.

    Exit status: 0 done, 1 something was found, 2 refused, 3 cannot be read.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with the exit status; never with a traceback."""
    sys.exit(_run(lambda: command.main(arguments, "goldenthread", standalone_mode=False)))


def _run(deed: Callable[[], Any]) -> int:
    try:
        status = deed()
    except Refusal as refusal:
        click.echo(f"goldenthread: {refusal}", err=True)
        return REFUSED if isinstance(refusal, Unsafe) else UNREADABLE
    except click.exceptions.Abort:
        click.echo("goldenthread: stopped; nothing was changed.", err=True)
        return 130
    except click.ClickException as wrong:
        wrong.show()
        return REFUSED
    except BrokenPipeError:
        # The reader (head, less) has seen enough: not an error, and nothing more to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as fault:
        if os.environ.get("GOLDENTHREAD_TRACEBACK"):
            raise
        click.echo(
            f"goldenthread: a fault in Golden Thread itself stopped this ({type(fault).__name__}). "
            "Nothing was changed. Set GOLDENTHREAD_TRACEBACK=1 to see where, and report it as "
            "SECURITY.md or CONTRIBUTING.md says.",
            err=True,
        )
        return UNREADABLE
    return status if isinstance(status, int) else DONE
