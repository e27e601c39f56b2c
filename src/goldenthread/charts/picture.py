"""A drawing as a PNG, for Word and whatever knows no SVG. PDF takes the SVG as it is."""

from __future__ import annotations

from pathlib import Path

from goldenthread.charts.drawing import Drawing

_HERE = Path(__file__).parent

FONTS = _HERE / "fonts"
"""The fonts that come with us; nothing depends on those of the machine."""


def png(drawing: Drawing, *, scale: int = 2) -> bytes:
    """The drawing as a PNG of so many dots for each of its pixels, the same bytes every time.

    Give the picture in the document the drawing's ``title`` and ``description`` as its alt text:
    a PNG carries no words. Raises ``TypeError`` for anything but a drawing.
    """
    if not isinstance(drawing, Drawing):
        raise TypeError("a picture is made of a Drawing and nothing else")
    import typst  # slow: loads 80 MB, which a page of SVG never needs

    made = typst.compile(
        _HERE / "picture.typ",
        format="png",
        ppi=72 * scale,
        sys_inputs={
            "svg": drawing.svg,
            "width": str(drawing.width),
            "height": str(drawing.height),
        },
        font_paths=[FONTS],
        ignore_system_fonts=True,
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst gives one picture for one page")
    return made
