import re
from itertools import product
from pathlib import Path

import pytest

from goldenthread import charts
from goldenthread.charts import ink

CSS = Path(charts.__file__).parents[1] / "web" / "static" / "thread.css"
TOKENS = {
    "ink": ink.INK,
    "ink-soft": ink.INK_SOFT,
    "rule": ink.RULE,
    "hairline": ink.HAIRLINE,
    "paper": ink.PAPER,
    "paper-deep": ink.PAPER_DEEP,
    "risk-tint": ink.TINT,
    "brand": ink.BRAND,
    "thread": ink.THREAD,
    "track": ink.BETTER,
    "late": ink.WORSE,
    "done": ink.NEITHER,
}
# All but those that only decorate or lie under the rest.
MARKS = sorted({*TOKENS.values()} - {ink.HAIRLINE, ink.PAPER, ink.PAPER_DEEP, ink.TINT})


def _luminance(colour):
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_colours_are_the_tokens_of_the_style_sheet():
    kept = dict(re.findall(r"--gt-([\w-]+): *(#[0-9a-f]{6})", CSS.read_text(encoding="utf-8")))
    assert {name: kept[name] for name in TOKENS} == TOKENS


@pytest.mark.parametrize(
    ("colour", "paper"),
    list(product(MARKS, [ink.WHITE, ink.PAPER_DEEP])),
)
def test_marks_stand_out_three_to_one_on_white_and_on_the_ordinary_range(colour, paper):
    assert _contrast(colour, paper) >= 3


@pytest.mark.parametrize("colour", [ink.INK, ink.INK_SOFT, ink.BETTER, ink.WORSE, ink.NEITHER])
@pytest.mark.parametrize("paper", [ink.WHITE, ink.PAPER, ink.PAPER_DEEP, ink.TINT])
def test_words_stand_out_four_and_a_half_to_one(colour, paper):
    assert _contrast(colour, paper) >= 4.5


def test_each_meaning_has_a_shape_of_its_own():
    shapes = [
        re.sub('(fill|stroke)="#......"', "", ink.sign(50, 50, 4, meaning, side))
        for meaning, side in [
            ("better", "high"),
            ("worse", "high"),
            ("neither", "high"),
            ("neither", "low"),
        ]
    ]
    assert len({*shapes, ink.dot(50, 50, 4)}) == 5


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a\x00b\x1fc\n d", "abc d"),
        ("\u202ereversed\u2066", "reversed"),
        ("\ud800torn", "torn"),
        ("  much   room ", "much room"),
        ("Ynys Môn – 61 %", "Ynys Môn – 61 %"),
    ],
)
def test_characters_that_cannot_or_must_not_be_drawn_are_left_out(words, shown):
    assert ink.clean(words) == shown


def test_words_and_values_are_escaped():
    assert ink.text(1, 2, "<b>&\"'", 15) == (
        '<text x="1" y="2" font-size="15" fill="#5b524c" text-anchor="start">'
        "&lt;b&gt;&amp;&quot;&#x27;</text>"
    )
    assert ink.element("rect", fill='"/><script>') == '<rect fill="&quot;/&gt;&lt;script&gt;"/>'


@pytest.mark.parametrize(("value", "said"), [(1.0, "1"), (-0.04, "0"), (12.345, "12.3"), (7, "7")])
def test_coordinates_have_at_most_one_decimal_and_no_minus_nought(value, said):
    assert ink.number(value) == said


def test_words_are_shortened_and_wrapped_into_their_room():
    long = "Interview panels that were mixed and trained"
    assert ink.shorten(long, 1000, 15) == long
    assert ink.shorten(long, 100, 15) == "Interview pa…"
    assert ink.shorten(long, 3, 15) == ""
    assert ink.wrap(long, 200, 15) == ["Interview panels that were", "mixed and trained"]
    assert all(ink.width_of(line, 15) <= 200 for line in ink.wrap(long, 200, 15))


def test_the_first_words_that_fit_whole_are_taken():
    assert ink.fitting("Target for 31 March 2027", "Target", room=1000, size=15).endswith("2027")
    assert ink.fitting("Target for 31 March 2027", "Target", room=100, size=15) == "Target"
    assert ink.fitting("Target for 31 March 2027", "Target", room=30, size=15).endswith("…")


def test_widths_are_those_of_the_font_that_comes_with_us():
    """Measured with Pillow in Liberation Sans, which has the metrics of Arial."""
    from PIL import ImageFont  # slow: only this test measures

    font = ImageFont.truetype(str(charts.FONTS / "LiberationSans-Regular.ttf"), 100)
    for words in ("Promised: 100%", "Average 34%", "New limits from Q1 2025/26", "−6", "WMmil@"):
        true = font.getlength(words)
        assert true * 0.97 <= ink.width_of(words, 100) <= true * 1.06
