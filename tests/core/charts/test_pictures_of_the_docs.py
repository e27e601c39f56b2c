"""The charts in the docs are what the code draws: ``python scripts/draw_charts.py`` makes them."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[3]


def _script():
    spec = importlib.util.spec_from_file_location("draw_charts", ROOT / "scripts/draw_charts.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_charts_in_the_docs_are_what_the_code_draws():
    script = _script()
    drawn = {f"{name}.svg": drawing.svg + "\n" for name, drawing in script.drawings().items()}
    kept = {path.name: path.read_text(encoding="utf-8") for path in script.IMAGES.iterdir()}
    assert kept == drawn


def test_the_page_quotes_the_verdicts_of_its_charts():
    page = ROOT / "docs" / "explanation" / "is-it-signal-or-noise.md"
    words = " ".join(page.read_text(encoding="utf-8").split())
    for drawing in _script().drawings().values():
        assert f"**{drawing.sentence}**" in words
