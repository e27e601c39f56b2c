"""A paper as a Word file: in our own template, or in a council's, whose looks are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from goldenthread import charts
from goldenthread.documents.paper.frame import Frame, Slot, filled, read_template
from goldenthread.documents.paper.sheet import (
    Block,
    Bullets,
    Cell,
    Grid,
    Head,
    Picture,
    Run,
    Runs,
    Section,
    Sheet,
    Tone,
    Words,
    printable,
)
from goldenthread.documents.paper.word import (
    BULLETS,
    NUMBERS,
    OUR_RELATIONS,
    add_lists,
    our_parts,
)
from goldenthread.documents.write.docx import ROOT_RELATIONS, content_types, xml_part
from goldenthread.documents.write.package import core_properties, packed
from goldenthread.documents.write.word_parts import TYPES, R, element, relations, w

# A4 upright with margins of 2 cm, in twentieths of a point.
_WIDE, _HIGH, _MARGIN = 11906, 16838, 1134
_PIXEL = 9525  # of a picture, in Word's own units
# A row with more words than this in a cell may break over a page; others stay whole.
_LONG = 900
_COLOURS: dict[Tone, str] = {
    "done": "1C4F80",
    "on_track": "1E6A43",
    "at_risk": "8A5200",
    "late": "A5221C",
    "not_due": "5B524C",
    "withdrawn": "5B524C",
}
# Shapes that Arial has, so that nothing rests on colour alone; the word stands beside.
_SHAPES: dict[Tone, str] = {
    "done": "●",
    "on_track": "○",
    "at_risk": "▲",
    "late": "◊",
    "not_due": "▫",
    "withdrawn": "–",
}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def write(sheet: Sheet, frame: Frame | None = None) -> bytes:
    """The paper as .docx, the same bytes for the same sheet and template."""
    writer = _Writer(sheet, frame)
    root = element("document")
    body = etree.SubElement(root, w("body"))
    if frame is None:
        body.extend(_front(sheet))
        for section in sheet.sections:
            body.extend(writer.section(section, None))
        body.append(_page())
        parts = our_parts(sheet.foot, _WIDE - 2 * _MARGIN)
        kinds = {name: TYPES[name] for name in parts}
    else:
        for piece in frame.pieces:
            if isinstance(piece, Slot):
                found = sheet.section(piece.key)
                body.extend(writer.section(found, piece) if found else ())
            else:
                body.append(filled(piece, sheet.words))
        body.append(filled(frame.section, {}))
        parts, kinds = _around(frame, sheet)
    related = {**(OUR_RELATIONS if frame is None else frame.relations), **writer.relations}
    if "word/numbering.xml" in parts and not any(k == "numbering" for k, _ in related.values()):
        related["gtnumbering"] = ("numbering", "numbering.xml")
    parts["word/_rels/document.xml.rels"] = relations(related)
    parts["word/document.xml"] = xml_part(root)
    kinds["word/document.xml"] = TYPES["word/document.xml"]
    parts |= writer.pictures
    return packed(
        {
            "[Content_Types].xml": content_types(kinds),
            "_rels/.rels": ROOT_RELATIONS,
            "docProps/core.xml": core_properties(sheet.title),
            **{name: parts[name] for name in sorted(parts)},
        }
    )


def _around(frame: Frame, sheet: Sheet) -> tuple[dict[str, bytes | str], dict[str, str]]:
    """The template's parts, with the small marks of its headers and footers filled in."""
    parts, kinds = dict(frame.parts), dict(frame.kinds)
    for name, part in frame.parts.items():
        content = part.encode() if isinstance(part, str) else part
        if name.startswith(("word/gtheader", "word/gtfooter")):
            parts[name] = xml_part(filled(etree.fromstring(content), sheet.words))
    held = parts.get("word/numbering.xml")
    numbering = (
        etree.fromstring(held.encode() if isinstance(held, str) else held)
        if held is not None
        else element("numbering")
    )
    add_lists(numbering)
    parts["word/numbering.xml"] = xml_part(numbering)
    kinds["word/numbering.xml"] = TYPES["word/numbering.xml"]
    return parts, kinds


def _page() -> Any:  # noqa: ANN401
    page = element("sectPr")
    page.append(element("footerReference", {"type": "default", f"{{{R}}}id": "rId3"}))
    page.append(element("pgSz", {"w": str(_WIDE), "h": str(_HIGH)}))
    margins = dict.fromkeys(("top", "right", "bottom", "left"), str(_MARGIN))
    page.append(element("pgMar", {**margins, "header": "567", "footer": "567", "gutter": "0"}))
    return page


def _front(sheet: Sheet) -> Iterable[Any]:
    """What stands over our own paper: whose it is, what for, and its finding."""
    over = element("p")
    over.append(_run(Run(sheet.words["body"], "strong"), size=19, colour="44223F"))
    purpose = sheet.words["purpose"]
    wards = f". Wards: {sheet.words['wards']}" if sheet.words["wards"] else ""
    over.append(_run(Run(f"   {purpose}{wards}"), size=18, colour="5B524C"))
    yield over
    title = element("p")
    look = etree.SubElement(title, w("pPr"))
    look.append(element("pStyle", {"val": "Heading1"}))
    title.append(_run(Run(sheet.title)))
    yield title


class _Writer:
    """Draws sections, and keeps the pictures that they need."""

    def __init__(self, sheet: Sheet, frame: Frame | None) -> None:
        self.styles = (
            frame.styles if frame is not None else {1: "Heading1", 2: "Heading2", 3: "Heading3"}
        )
        self.level = frame.level if frame is not None else 2
        self.width = frame.width if frame is not None else _WIDE - 2 * _MARGIN
        self.marked = sheet.section("sources") is not None
        self.pictures: dict[str, bytes] = {}
        self.relations: dict[str, tuple[str, str]] = {}

    def section(self, section: Section, slot: Slot | None) -> Iterable[Any]:
        headed = slot.headed if slot is not None else 0
        if not headed and (slot is not None or section.key != "about"):
            yield self._heading(section.heading, self.level, new_page=section.appendix)
        under = (headed or self.level) + 1
        look = slot.look if slot is not None else None
        for block in section.blocks:
            yield from self._block(block, look, under)

    def _block(self, block: Block, look: Any, under: int) -> Iterable[Any]:  # noqa: ANN401
        if isinstance(block, Words):
            yield self._paragraph(block.runs, look, keep=block.with_next)
        elif isinstance(block, Head):
            yield self._heading(block.text, under)
        elif isinstance(block, Bullets):
            for item in block.items:
                yield self._item(item, numbered=block.numbered)
        elif isinstance(block, Picture):
            yield self._picture(block)
        else:
            yield self._grid(block)
            gap = element("p")  # Word joins two tables that have nothing between them
            about = etree.SubElement(gap, w("pPr"))
            about.append(
                element("spacing", {"before": "0", "after": "120", "line": "120",
                                    "lineRule": "exact"})
            )  # fmt: skip
            yield gap

    def _heading(self, text: str, level: int, *, new_page: bool = False) -> Any:  # noqa: ANN401
        paragraph = element("p")
        about = etree.SubElement(paragraph, w("pPr"))
        style = self.styles.get(level)
        if style:
            about.append(element("pStyle", {"val": style}))
        about.append(element("keepNext"))
        if new_page:
            about.append(element("pageBreakBefore"))
        if not style:
            about.append(element("outlineLvl", {"val": str(min(level, 9) - 1)}))
        paragraph.append(_run(Run(text, "" if style else "strong")))
        return paragraph

    def _paragraph(self, runs: Runs, look: Any, *, keep: bool) -> Any:  # noqa: ANN401
        paragraph = element("p")
        if look is not None:
            about = etree.fromstring(etree.tostring(look))
            paragraph.append(about)
            if keep:
                style = about.find(w("pStyle"))
                about.insert(0 if style is None else 1, element("keepNext"))
        elif keep:
            etree.SubElement(paragraph, w("pPr")).append(element("keepNext"))
        paragraph.extend(self._runs(runs))
        return paragraph

    def _item(self, runs: Runs, *, numbered: bool) -> Any:  # noqa: ANN401
        paragraph = element("p")
        about = etree.SubElement(paragraph, w("pPr"))
        number = etree.SubElement(about, w("numPr"))
        number.append(element("ilvl", {"val": "0"}))
        number.append(element("numId", {"val": NUMBERS if numbered else BULLETS}))
        about.append(element("spacing", {"after": "60"}))
        paragraph.extend(self._runs(runs))
        return paragraph

    def _runs(self, runs: Runs, **look: Any) -> Iterable[Any]:  # noqa: ANN401
        for run in runs:
            yield _run(run, **look)
            if run.mark and self.marked:
                link = element("hyperlink", {"anchor": f"figure-{run.mark}", "history": "1"})
                link.append(_run(Run(f"[{run.mark}]"), raised=True, **look))
                yield link

    # -- tables ---------------------------------------------------------------------------------

    def _grid(self, grid: Grid) -> Any:  # noqa: ANN401
        whole = sum(column.width for column in grid.columns)
        widths = [self.width * column.width // whole for column in grid.columns]
        table = element("tbl")
        about = etree.SubElement(table, w("tblPr"))
        about.append(element("tblW", {"w": str(sum(widths)), "type": "dxa"}))
        borders = etree.SubElement(about, w("tblBorders"))
        borders.append(_border("top", 8))
        borders.append(_border("bottom", 4))
        borders.append(_border("insideH", 4))
        about.append(element("tblLayout", {"type": "fixed"}))
        margins = etree.SubElement(about, w("tblCellMar"))
        margins.append(element("left", {"w": "0", "type": "dxa"}))
        margins.append(element("right", {"w": "110", "type": "dxa"}))
        about.append(
            element("tblLook", {"val": "06A0", "firstRow": "1", "lastRow": "0", "firstColumn": "1",
                                "lastColumn": "0", "noHBand": "1", "noVBand": "1"})
        )  # fmt: skip
        about.append(element("tblCaption", {"val": grid.title}))
        heads = ", ".join(column.heading for column in grid.columns)
        rows = f"{len(grid.rows)} row{'' if len(grid.rows) == 1 else 's'}"
        about.append(element("tblDescription", {"val": f"{rows} under the headings {heads}."}))
        frame = etree.SubElement(table, w("tblGrid"))
        for width in widths:
            frame.append(element("gridCol", {"w": str(width)}))
        size = 19 if len(widths) < 5 else 18
        head = etree.SubElement(table, w("tr"))
        look = etree.SubElement(head, w("trPr"))
        look.append(element("cantSplit"))
        look.append(element("tblHeader"))
        for column, width in zip(grid.columns, widths, strict=True):
            made = _tc(width)
            made.append(self._line((Run(column.heading, "strong"),), size, keep=True))
            head.append(made)
        for row in grid.rows:
            table.append(self._row(row, widths, size))
        return table

    def _row(self, row: tuple[Cell, ...], widths: list[int], size: int) -> Any:  # noqa: ANN401
        made = element("tr")
        if all(len(cell.text) <= _LONG for cell in row):
            etree.SubElement(made, w("trPr")).append(element("cantSplit"))
        for cell, width in zip(row, widths, strict=True):
            box = _tc(width)
            for line in cell.lines or ((),):
                box.append(self._line(line, size, tone=cell.tone))
            if cell.anchor:
                _bookmark(box.find(w("p")), cell.anchor)
            made.append(box)
        return made

    def _line(self, runs: Runs, size: int, *, tone: Tone = "", keep: bool = False) -> Any:  # noqa: ANN401
        paragraph = element("p")
        about = etree.SubElement(paragraph, w("pPr"))
        if keep:
            about.append(element("keepNext"))
        about.append(
            element("spacing", {"before": "30", "after": "40", "line": "245", "lineRule": "auto"})
        )
        about.append(element("jc", {"val": "left"}))
        if tone:
            said = "".join(run.text for run in runs)
            paragraph.append(
                _run(Run(f"{_SHAPES[tone]} {said}", "strong"), size=size, colour=_COLOURS[tone])
            )
            return paragraph
        paragraph.extend(self._runs(runs, size=size))
        return paragraph

    # -- pictures -------------------------------------------------------------------------------

    def _picture(self, block: Picture) -> Any:  # noqa: ANN401
        number = len(self.pictures) + 1
        name = f"gtchart{number}.png"
        self.pictures[f"word/media/{name}"] = charts.png(block.drawing)
        self.relations[f"gtchart{number}"] = ("image", f"media/{name}")
        wide = min(block.drawing.width * _PIXEL, self.width * 635)
        high = wide * block.drawing.height // block.drawing.width
        paragraph = element("p")
        etree.SubElement(paragraph, w("pPr")).append(element("keepNext"))
        run = etree.SubElement(paragraph, w("r"))
        drawing = etree.SubElement(run, w("drawing"))
        drawing.append(_inline(block, number, wide, high))
        return paragraph


_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def _inline(block: Picture, number: int, wide: int, high: int) -> Any:  # noqa: ANN401
    inline = etree.fromstring(
        f'<wp:inline xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:pic="{_PIC}" xmlns:r="{R}" '
        f'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{9000 + number}" name="Chart {number}"/><wp:cNvGraphicFramePr>'
        '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
        f'<a:graphicData uri="{_PIC}"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" '
        f'name="Chart {number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="gtchart{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline>"
    )
    about = inline.find(f"{{{_WP}}}docPr")
    about.set("title", printable(block.drawing.title))
    about.set("descr", printable(f"{block.drawing.title} {block.drawing.description}"))
    return inline


def _border(side: str, size: int) -> Any:  # noqa: ANN401
    colour = "221C1A" if size > 4 else "B8AB99"
    return element(side, {"val": "single", "sz": str(size), "space": "0", "color": colour})


def _tc(width: int) -> Any:  # noqa: ANN401
    cell = element("tc")
    etree.SubElement(cell, w("tcPr")).append(element("tcW", {"w": str(width), "type": "dxa"}))
    return cell


def _bookmark(paragraph: Any, mark: int) -> None:  # noqa: ANN401
    start = element("bookmarkStart", {"id": str(7000 + mark), "name": f"figure-{mark}"})
    paragraph.insert(1, start)  # after its look
    paragraph.append(element("bookmarkEnd", {"id": str(7000 + mark)}))


def _run(run: Run, *, size: int = 0, colour: str = "", raised: bool = False) -> Any:  # noqa: ANN401
    made = element("r")
    look = etree.SubElement(made, w("rPr"))
    if run.kind == "said":
        look.append(element("rFonts", dict.fromkeys(("ascii", "hAnsi", "cs"), "Georgia")))
    if run.kind == "strong":
        look.append(element("b"))
    if colour:
        look.append(element("color", {"val": colour}))
    if size:
        look.append(element("sz", {"val": str(size)}))
        look.append(element("szCs", {"val": str(size)}))
    if raised:
        look.append(element("vertAlign", {"val": "superscript"}))
    words = etree.SubElement(made, w("t"))
    words.set(_SPACE, "preserve")
    words.text = run.text
    return made


__all__ = ["Frame", "read_template", "write"]
