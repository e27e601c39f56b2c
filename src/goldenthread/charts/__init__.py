"""Drawings of what is safe to show: SVG from the server, each with its words and its table.

``control_chart`` draws a series with its reading, ``line_chart`` and ``bar_chart`` draw small
series without a verdict, ``sparkline`` one for a row; they take a ``spc.Series`` and nothing else.
Figures of people by characteristic or by unit have one way into a chart: ``group_chart`` draws a
``SafeTable`` and nothing else. ``matrix_picture`` draws words in their places, and takes no figure.
``png`` makes a picture of any of them.
"""

from goldenthread.charts.control import MIDDLE, NARROW, WIDE, control_chart
from goldenthread.charts.drawing import Drawing
from goldenthread.charts.groups import group_chart
from goldenthread.charts.matrix import Entry, matrix_picture
from goldenthread.charts.picture import FONTS, png
from goldenthread.charts.plain import bar_chart, line_chart
from goldenthread.charts.spark import sparkline

__all__ = [
    "FONTS",
    "MIDDLE",
    "NARROW",
    "WIDE",
    "Drawing",
    "Entry",
    "bar_chart",
    "control_chart",
    "group_chart",
    "line_chart",
    "matrix_picture",
    "png",
    "sparkline",
]
