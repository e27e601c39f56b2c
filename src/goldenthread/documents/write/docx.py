"""A plan as a Word file: built from nothing, or into the pages of a council's own template.

Every part is made here or copied, cleaned, from an allow-list (``template``), so that no comment,
deleted word, macro, field or name of an author can travel along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from goldenthread.documents.layouts import Cell, Page, Table
from goldenthread.documents.write.package import core_properties, packed
from goldenthread.documents.write.template import Template
from goldenthread.documents.write.word_parts import OUR_PARTS, TYPES, element, w

RAG_FILLS = {
    "red": "F4BFBF",
    "amber": "FFDD99",
    "green": "C3E6B8",
    "blue": "BCD9F5",
    "purple": "DCCBEE",
    "grey": "DCDCDC",
}
# A4 on its side with margins of 1.5 cm, in twentieths of a point.
_WIDE, _HIGH, _MARGIN = 16838, 11906, 850


def write(page: Page, template: bytes | None = None) -> bytes:
    """The page as .docx.

    With ``template`` its styles, headers, footers and own words are kept, its page is turned on
    its side where it is upright, and the plan stands where a paragraph says {{plan}}, else at the
    end. Raises what ``Template.read`` raises.
    """
    frame = Template.read(template) if template is not None else None
    blocks = _blocks(page, frame)
    parts: dict[str, bytes | str] = {}
    if frame is None:
        root = element("document")
        body = etree.SubElement(root, w("body"))
        body.extend(blocks)
        body.append(_section())
        parts = {**OUR_PARTS}
        kinds = {name: TYPES[name] for name in OUR_PARTS if name in TYPES}
    else:
        root = frame.around(blocks)
        parts = dict(frame.parts)
        kinds = dict(frame.kinds)
    parts["word/document.xml"] = xml_part(root)
    kinds["word/document.xml"] = TYPES["word/document.xml"]
    return packed(
        {
            "[Content_Types].xml": content_types(kinds),
            "_rels/.rels": ROOT_RELATIONS,
            "docProps/core.xml": core_properties(page.title),
            **{name: parts[name] for name in sorted(parts)},
        }
    )


ROOT_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/'
    'metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
)


def content_types(kinds: Mapping[str, str]) -> str:
    """The part that says of what kind each part is."""
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, kind in sorted(kinds.items())
    )
    pictures = "".join(
        f'<Default Extension="{ending}" ContentType="image/{kind}"/>'
        for ending, kind in (("png", "png"), ("jpg", "jpeg"), ("jpeg", "jpeg"), ("gif", "gif"))
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{pictures}{overrides}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def xml_part(root: Any) -> bytes:  # noqa: ANN401
    """An element as the bytes of a part."""
    xml: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return xml


def _section() -> Any:  # noqa: ANN401
    section = element("sectPr")
    section.append(
        element(
            "footerReference",
            {
                "type": "default",
                "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id": "rId3",
            },
        )
    )
    section.append(element("pgSz", {"w": str(_WIDE), "h": str(_HIGH), "orient": "landscape"}))
    margins = dict.fromkeys(("top", "right", "bottom", "left"), str(_MARGIN))
    section.append(element("pgMar", {**margins, "header": "500", "footer": "500", "gutter": "0"}))
    return section


# ---- blocks --------------------------------------------------------------------------------------


def _blocks(page: Page, frame: Template | None) -> list[Any]:
    heading = frame.heading if frame is not None else {1: "Heading1", 2: "Heading2"}
    width = frame.text_width if frame is not None else _WIDE - 2 * _MARGIN
    blocks = [_heading(page.title, 1, heading)]
    blocks += [_paragraph(line) for line in page.lines]
    for number, table in enumerate(page.tables):
        if number:
            blocks.append(_heading(table.title, 2, heading))
        blocks.append(_table(table, page.title, width))
    blocks.append(_paragraph(""))  # Word wants a paragraph after a table
    return blocks


def _heading(text: str, level: int, styles: dict[int, str]) -> Any:  # noqa: ANN401
    paragraph = element("p")
    about = etree.SubElement(paragraph, w("pPr"))
    if level in styles:
        about.append(element("pStyle", {"val": styles[level]}))
    about.append(element("keepNext"))
    if level not in styles:
        about.append(element("outlineLvl", {"val": str(level - 1)}))
    paragraph.append(_run(text, bold=level not in styles, size=None if level in styles else 32))
    return paragraph


def _paragraph(
    text: str,
    *,
    size: int | None = None,
    bold: bool = False,
    colour: str = "",
    tight: bool = False,
    keep: bool = False,
) -> Any:  # noqa: ANN401
    paragraph = element("p")
    if tight or keep:
        about = etree.SubElement(paragraph, w("pPr"))
        if keep:
            about.append(element("keepNext"))
        if tight:
            about.append(
                element(
                    "spacing", {"before": "20", "after": "40", "line": "240", "lineRule": "auto"}
                )
            )
            about.append(element("jc", {"val": "left"}))
    if text:
        paragraph.append(_run(text, bold=bold, size=size, colour=colour))
    return paragraph


def _run(text: str, *, bold: bool = False, size: int | None = None, colour: str = "") -> Any:  # noqa: ANN401
    run = element("r")
    if bold or size or colour:
        look = etree.SubElement(run, w("rPr"))
        if bold:
            look.append(element("b"))
        if colour:
            look.append(element("color", {"val": colour}))
        if size:
            look.append(element("sz", {"val": str(size)}))
            look.append(element("szCs", {"val": str(size)}))
    words = etree.SubElement(run, w("t"))
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    words.text = text
    return run


def _table(table: Table, title: str, width: int) -> Any:  # noqa: ANN401
    widths = _widths(table, width)
    found = element("tbl")
    about = etree.SubElement(found, w("tblPr"))
    about.append(element("tblW", {"w": str(sum(widths)), "type": "dxa"}))
    borders = etree.SubElement(about, w("tblBorders"))
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, {"val": "single", "sz": "4", "space": "0", "color": "6F777B"}))
    about.append(element("tblLayout", {"type": "fixed"}))
    margins = etree.SubElement(about, w("tblCellMar"))
    for side in ("left", "right"):
        margins.append(element(side, {"w": "85", "type": "dxa"}))
    about.append(
        element("tblLook", {"val": "0620", "firstRow": "1", "lastRow": "0", "firstColumn": "0",
                            "lastColumn": "0", "noHBand": "1", "noVBand": "1"})
    )  # fmt: skip
    about.append(element("tblCaption", {"val": table.title}))
    about.append(element("tblDescription", {"val": _description(table, title)}))
    grid = etree.SubElement(found, w("tblGrid"))
    for each in widths:
        grid.append(element("gridCol", {"w": str(each)}))
    size = 20 if len(widths) < 6 else 17
    found.append(_header(table, widths, size))
    hanging: dict[int, int] = {}  # columns covered from above: how many rows still
    for row in table.rows:
        found.append(_row(row, widths, size, hanging))
    return found


def _description(table: Table, title: str) -> str:
    heads = ", ".join(column.heading for column in table.columns)
    rows = len(table.rows)
    return f"{title}: {rows} row{'s' if rows != 1 else ''} under the headings {heads}."


def _widths(table: Table, width: int) -> list[int]:
    whole = sum(column.width for column in table.columns)
    return [width * column.width // whole for column in table.columns]


def _header(table: Table, widths: Sequence[int], size: int) -> Any:  # noqa: ANN401
    row = element("tr")
    about = etree.SubElement(row, w("trPr"))
    about.append(element("cantSplit"))
    about.append(element("tblHeader"))
    for column, width in zip(table.columns, widths, strict=True):
        cell = etree.SubElement(row, w("tc"))
        look = etree.SubElement(cell, w("tcPr"))
        look.append(element("tcW", {"w": str(width), "type": "dxa"}))
        look.append(element("shd", {"val": "clear", "color": "auto", "fill": "1D3A5F"}))
        cell.append(
            _paragraph(column.heading, bold=True, size=size, colour="FFFFFF", tight=True, keep=True)
        )
    return row


def _row(cells: Sequence[Cell], widths: Sequence[int], size: int, hanging: dict[int, int]) -> Any:  # noqa: ANN401
    row = element("tr")
    etree.SubElement(row, w("trPr")).append(element("cantSplit"))
    waiting = list(cells)
    column = 0
    while column < len(widths):
        if hanging.get(column):
            hanging[column] -= 1
            covered = _tc(widths[column])
            covered[0].append(element("vMerge"))
            covered.append(_paragraph("", tight=True))
            row.append(covered)
            column += 1
            continue
        cell = waiting.pop(0)
        row.append(_cell(cell, sum(widths[column : column + cell.columns]), size))
        if cell.rows > 1:
            hanging[column] = cell.rows - 1
        column += cell.columns
    return row


def _tc(width: int) -> Any:  # noqa: ANN401
    cell = element("tc")
    etree.SubElement(cell, w("tcPr")).append(element("tcW", {"w": str(width), "type": "dxa"}))
    return cell


def _cell(cell: Cell, width: int, size: int) -> Any:  # noqa: ANN401
    found = _tc(width)
    look = found[0]
    across = cell.columns > 1
    if across:
        look.append(element("gridSpan", {"val": str(cell.columns)}))
    if cell.rows > 1:
        look.append(element("vMerge", {"val": "restart"}))
    fill = "DFE5EC" if across else RAG_FILLS.get(cell.rag or "")
    if fill:
        look.append(element("shd", {"val": "clear", "color": "auto", "fill": fill}))
    for line in cell.lines or ("",):
        found.append(_paragraph(line, bold=across, size=size, tight=True, keep=across))
    return found
