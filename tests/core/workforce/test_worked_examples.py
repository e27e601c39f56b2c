"""Every worked vector of the standards is run by a test, from a copy that is the same."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[2]
# Markers of withheld figures are what the gate of disclosure gives, and no measure.
LATER = {"shorthand.json"}


def test_every_file_of_worked_vectors_is_read_by_a_test_and_is_the_same(example_standards):
    copies = {path.name: path for path in TESTS.rglob("data/*.json")}
    tests = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))
    read = set(re.findall(r"[\w/]+\.json", tests))
    for file in sorted(example_standards.glob("*.json")):
        if file.name in LATER:
            continue
        assert any(name.endswith(file.name) for name in read), file.name
        if file.name in copies:
            assert copies[file.name].read_bytes() == file.read_bytes(), file.name
