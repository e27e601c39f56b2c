"""The modules that draw the plans need programs that no test needs: they are not collected."""

from pathlib import Path

HERE = Path(__file__).parent
collect_ignore = [
    path.name
    for path in HERE.glob("*.py")
    if not path.name.startswith(("test_", "scoring", "conftest"))
]
