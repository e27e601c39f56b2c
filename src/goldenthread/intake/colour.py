"""Colours behind cells as "RRGGBB": theme colours, tints and shades, names that HTML knows."""

from __future__ import annotations

import colorsys
import re
from typing import Any

_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")

# The theme's colours in the order in which workbooks number them (ECMA-376 part 1, 20.1.6.2); light
# comes before dark there, though the theme part lists dark first.
THEME = (
    *("lt1", "dk1", "lt2", "dk2", "accent1", "accent2"),
    *("accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"),
)
_WORD_THEME = {
    "background1": "lt1",
    "text1": "dk1",
    "background2": "lt2",
    "text2": "dk2",
    "light1": "lt1",
    "dark1": "dk1",
    "light2": "lt2",
    "dark2": "dk2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

# The sixteen names of HTML 4 and those that people use for red, amber and green.
_NAMES = {
    "black": "000000",
    "silver": "C0C0C0",
    "gray": "808080",
    "grey": "808080",
    "white": "FFFFFF",
    "maroon": "800000",
    "red": "FF0000",
    "purple": "800080",
    "fuchsia": "FF00FF",
    "green": "008000",
    "lime": "00FF00",
    "olive": "808000",
    "yellow": "FFFF00",
    "navy": "000080",
    "blue": "0000FF",
    "teal": "008080",
    "aqua": "00FFFF",
    "orange": "FFA500",
    "gold": "FFD700",
    "amber": "FFBF00",
    "pink": "FFC0CB",
    "lightgreen": "90EE90",
    "darkgreen": "006400",
    "lightblue": "ADD8E6",
    "lightgrey": "D3D3D3",
    "lightgray": "D3D3D3",
    "tomato": "FF6347",
    "limegreen": "32CD32",
}


def fill(value: str | None) -> str | None:
    """The colour as "RRGGBB"; None for none, automatic, white or what is no colour.

    >>> fill("ffc000"), fill("FFFFFFFF"), fill("auto"), fill("00FF0000")
    ('FFC000', None, None, 'FF0000')
    """
    found = _HEX.fullmatch(value or "")
    if not found or found[1].upper() == "FFFFFF":
        return None
    return found[1].upper()


def css(value: str | None) -> str | None:
    """The colour that a web page names, by number, name or ``rgb()``; None as for ``fill``.

    >>> css("#fc0"), css("Red"), css("rgb(0, 176, 80)"), css("transparent"), css("url(x.png)")
    ('FFCC00', 'FF0000', '00B050', None, None)
    """
    value = (value or "").strip().lower()
    if value in _NAMES:
        return fill(_NAMES[value])
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return fill("".join(letter * 2 for letter in value[1:]))
    if value.startswith("#"):
        return fill(value[1:7])
    found = re.fullmatch(r"rgba?\(\s*(\d{1,3})[,\s]+(\d{1,3})[,\s]+(\d{1,3})(.*)\)", value)
    if not found or re.fullmatch(r"[,/\s]*0*\.?0+%?\s*", found[4]):
        return None
    return fill("".join(f"{min(int(part), 255):02X}" for part in found.groups()[:3]))


def theme(root: Any) -> dict[str, str]:  # noqa: ANN401
    """The colours that a theme part defines, by their short names; empty where there is none."""
    colours: dict[str, str] = {}
    scheme = None if root is None else root.find(f".//{_DRAWING}clrScheme")
    for name in scheme if scheme is not None else ():
        for colour in name:
            value = colour.get("lastClr") or colour.get("val") or ""
            if _HEX.fullmatch(value):
                colours[str(name.tag).removeprefix(_DRAWING)] = value.upper()
    return colours


def word_theme(
    colours: dict[str, str], name: str | None, tint: str | None, shade: str | None
) -> str | None:
    """The theme colour that a Word file names, made lighter or darker as it says."""
    base = colours.get(_WORD_THEME.get(name or "", name or ""))
    if base is None:
        return None
    if tint and re.fullmatch("[0-9A-Fa-f]{1,2}", tint):
        return fill(tinted(base, 1 - int(tint, 16) / 255))
    if shade and re.fullmatch("[0-9A-Fa-f]{1,2}", shade):
        return fill(tinted(base, int(shade, 16) / 255 - 1))
    return fill(base)


def tinted(colour: str, tint: float) -> str:
    """The colour made lighter (tint over 0) or darker (under 0), much as Office does.

    >>> tinted("4472C4", 0.6)
    'B4C7E7'
    """
    tint = max(-1.0, min(1.0, tint))
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    mixed = colorsys.hls_to_rgb(hue, light, strength)
    return "".join(f"{round(part * 255):02X}" for part in mixed)
