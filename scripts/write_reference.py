"""Write the reference pages that come from the code: docs/reference/commands.md and rules.md.

Run it after changing a command or a rule: .venv/bin/python scripts/write_reference.py
"""

from __future__ import annotations

from pathlib import Path

import click

from goldenthread.cli import command
from goldenthread.plan import rules_reference

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"
OPENING = """# Commands

Made from the code by `scripts/write_reference.py`.

Every command ends with one of these statuses, so that it can stand in a script:

| Status | Meaning |
| --- | --- |
| 0 | done |
| 1 | something was found: a finding, a difference |
| 2 | refused: the file holds macros, reaches outside itself, is a bomb or passes a limit; or the command was not understood |
| 3 | cannot be read, or holds no plan, recommendation or process step |

A refusal is one sentence on the error stream that names the file and the place. Long work shows its
progress in a terminal and nothing when piped.
"""  # noqa: E501


def commands_reference() -> str:
    """The page of every command, its arguments and its options."""
    parts = [OPENING]
    group = click.Context(command, info_name="goldenthread")
    for name in command.list_commands(group):
        each = command.get_command(group, name)
        if each is None:
            continue
        context = click.Context(each, info_name=name, parent=group)
        parts.append(_section(context, each))
    return "\n".join(parts)


def _section(context: click.Context, each: click.Command) -> str:
    lines = [f"## `{context.command_path}`", "", _paragraphs(each.help or ""), ""]
    lines += ["```text", f"{context.command_path} {' '.join(each.collect_usage_pieces(context))}"]
    lines += ["```", ""]
    options = [record for p in each.get_params(context) if (record := p.get_help_record(context))]
    if options:
        lines += ["| Option | What it does |", "| --- | --- |"]
        lines += [f"| `{name}` | {words} |" for name, words in options]
        lines.append("")
    return "\n".join(lines)


def _paragraphs(words: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in words.split("\n\n"))


def pages() -> dict[Path, str]:
    """Each generated page with its text."""
    return {
        REFERENCE / "commands.md": commands_reference(),
        REFERENCE / "rules.md": rules_reference(),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.relative_to(REFERENCE.parents[1])}")
