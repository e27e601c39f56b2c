"""Writes small PDF files by hand, so that the tests know where every word and rule stands.

Lengths are points from the top left corner of the page, as the reader counts them.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

import pypdfium2


@dataclass
class PdfPage:
    width: float = 595
    height: float = 842
    rotate: int = 0
    marks: list[str] = field(default_factory=list)

    def text(self, x, top, words, size=10, bold=False, direction=0, mark=None):
        """Words whose letters begin at ``top``; ``direction`` turns them, in degrees.

        ``mark`` is the number of their marked content, or "Artifact".
        """
        shown = words.encode("cp1252").replace(b"\\", b"\\\\")
        shown = shown.replace(b"(", b"\\(").replace(b")", b"\\)").decode("latin-1")
        # The font's letters hang 0.207 of their size below the line that they stand on.
        turns = {
            0: f"1 0 0 1 {x} {self.height - top - 0.793 * size}",
            90: f"0 1 -1 0 {x + 0.793 * size} {self.height - top}",
            180: f"-1 0 0 -1 {x} {self.height - top}",
            270: f"0 -1 1 0 {x} {self.height - top}",
            45: f"0.7 0.7 -0.7 0.7 {x} {self.height - top}",
        }
        font = "B" if bold else "F"
        drawn = f"BT /{font} {size} Tf {turns[direction]} Tm ({shown}) Tj ET"
        if mark is not None:
            begins = f"/P <</MCID {mark}>> BDC" if isinstance(mark, int) else f"/{mark} BMC"
            drawn = f"{begins} {drawn} EMC"
        self.marks.append(drawn)
        return self

    def lines(self, x, top, *lines, step=12, **how):
        for number, words in enumerate(lines):
            if words:
                self.text(x, top + number * step, words, **how)
        return self

    def rule(self, x0, top, x1, bottom):
        y0, y1 = self.height - top, self.height - bottom
        self.marks.append(f"0.5 w {x0} {y0} m {x1} {y1} l S")
        return self

    def fill(self, x0, top, x1, bottom, rgb):
        box = f"{x0} {self.height - bottom} {x1 - x0} {bottom - top}"
        self.marks.append(f"q {' '.join(map(str, rgb))} rg {box} re f Q")
        return self

    def grid(self, xs, ys):
        """Rules round every cell between these edges."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        return self

    def picture(self):
        self.marks.append("q 300 0 0 300 100 100 cm /P Do Q")
        return self


def tree(node) -> str:
    """A structure element: its role, what it holds, and what else it says of itself.

    What it holds are elements, and pairs of page number and number of marked content.
    """
    if isinstance(node[0], int):
        return f"<</Type/MCR/Pg {4 + 2 * node[0]} 0 R/MCID {node[1]}>>"
    role, kids, *more = node
    held = " ".join(tree(kid) for kid in kids)
    return f"<</Type/StructElem/S/{role}/K[{held}]{''.join(more)}>>"


def pdf(*pages: PdfPage, trailer: str = "", tags: str = "") -> bytes:
    """The bytes of a file with these pages; ``tags`` is its structure, as ``tree`` writes it."""
    helvetica = "<</Type/Font/Subtype/Type1/BaseFont/{}/Encoding/WinAnsiEncoding>>"
    picture = (
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
        "/BitsPerComponent 8/Length 1>>stream\n0\nendstream"
    )
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    structure = (
        f"/StructTreeRoot<</Type/StructTreeRoot/RoleMap<</Zelle/TD>>/K[{tags}]>>" if tags else ""
    )
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{structure}>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        helvetica.format("Helvetica"),
        helvetica.format("Helvetica-Bold"),
        picture,
    ]
    for number, page in enumerate(pages):
        content = "\n".join(page.marks)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page.width} {page.height}]"
            f"/Rotate {page.rotate}/Contents {7 + 2 * number} 0 R"
            "/Resources<</Font<</F 3 0 R/B 4 0 R>>/XObject<</P 5 0 R>>>>>>"
        )
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    return _file(objects, trailer)


def _file(objects: list[str], trailer: str = "") -> bytes:
    body, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{each}\nendobj\n"
    start = len(body)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    body += "".join(f"{place:010d} 00000 n \n" for place in places)
    body += (
        f"trailer\n<</Root 1 0 R/Size {len(objects) + 1}{trailer}>>\nstartxref\n{start}\n%%EOF\n"
    )
    return body.encode("latin-1")


def scanned(content: bytes, dots: int = 200) -> bytes:
    """The same file as a scanner gives it: each page a picture, and no words."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    kids = []
    for page in pypdfium2.PdfDocument(content):
        drawn = page.render(scale=dots / 72, rev_byteorder=True)
        raw, across, down = bytes(drawn.buffer), drawn.width, drawn.height
        seen = b"".join(raw[at * drawn.stride :][: 3 * across] for at in range(down))
        packed = zlib.compress(seen).hex()
        width, height = page.get_size()
        draws = f"{width} 0 0 {height} 0 0 cm /P Do"
        picture = len(objects) + 1
        objects.append(
            f"<</Type/XObject/Subtype/Image/Width {across}/Height {down}/ColorSpace/DeviceRGB"
            f"/BitsPerComponent 8/Filter[/ASCIIHexDecode/FlateDecode]/Length {len(packed) + 1}>>"
            f"stream\n{packed}>\nendstream"
        )
        objects.append(f"<</Length {len(draws)}>>stream\n{draws}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents {picture + 1} 0 R"
            f"/Resources<</XObject<</P {picture} 0 R>>>>>>"
        )
        kids.append(f"{picture + 2} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    return _file(objects)
