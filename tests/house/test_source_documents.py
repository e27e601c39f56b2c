"""The page that shows two councils' own documents shows what the commands print for them today.

Names of living people are taken out of the output, so the page can be kept.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from goldenthread.plan import find_people

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "two-real-documents.md"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
BLOCK = re.compile(r"```text\n\$ (goldenthread [^\n]*)\n(.*?)```", re.DOTALL)
SHOWN = dict(BLOCK.findall(PAGE.read_text(encoding="utf-8")))


def printed(command, folder):
    """What a command prints, with every person that the documents name taken out."""
    done = subprocess.run(
        [sys.executable, "-m", "goldenthread.cli", *command.split()[1:]],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    names = {
        span.text
        for file in folder.glob("*.txt")
        for span in find_people(file.read_text(encoding="utf-8"))
    }
    assert done.returncode in (0, 1), done.stderr
    output = done.stdout
    for name in sorted(names, key=len, reverse=True):
        output = re.sub(r"(\s+)".join(map(re.escape, name.split())), "[a person]", output)
    return "".join(f"{line.rstrip()}\n" for line in output.splitlines())


@pytest.mark.parametrize("command", SHOWN)
def test_a_block_shows_what_the_command_prints(command, seeds):
    assert SHOWN[command] == printed(command, seeds)


def write():
    """Write the page's blocks anew, from the documents beside the project."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(
        BLOCK.sub(lambda m: f"```text\n$ {m[1]}\n{printed(m[1], SEEDS)}```", text), encoding="utf-8"
    )


if __name__ == "__main__":
    write()
