import io

import pytest
from PIL import Image

from core.charts.examples import PANELS
from core.spc.figures import APRIL, series
from goldenthread.charts import control_chart, ink, line_chart, png, sparkline
from goldenthread.spc import Point


def _picture(drawing, **given):
    return Image.open(io.BytesIO(png(drawing, **given))).convert("RGB")


@pytest.mark.parametrize("width", [300, 900])
def test_a_picture_has_two_dots_for_each_pixel_and_the_same_bytes_every_time(width):
    drawing = control_chart(PANELS, width=width)
    assert _picture(drawing).size == (2 * drawing.width, 2 * drawing.height)
    assert png(drawing) == png(drawing)


def test_a_picture_of_another_scale():
    assert _picture(sparkline(PANELS), scale=4).size == (480, 112)


def test_a_picture_shows_the_colours_and_words_of_the_drawing():
    picture = _picture(control_chart(PANELS))
    colours = {colour for _, colour in picture.getcolors(maxcolors=1 << 20)}
    assert {tuple(bytes.fromhex(c[1:])) for c in (ink.BETTER, ink.PAPER_DEEP, ink.INK)} <= colours


def test_words_are_set_in_the_font_that_comes_with_us():
    """A wider word makes a wider picture of it: letters are drawn, and not boxes of one width."""
    dark = []
    for label in ("iiiiiiii", "MMMMMMMM"):
        drawing = line_chart(series((Point(APRIL, label, 1),)))
        picture = _picture(drawing).convert("L")
        strip = picture.crop((0, picture.height - 90, picture.width, picture.height))
        dark.append(sum(strip.histogram()[:128]))
    assert 0 < dark[0] < dark[1]
