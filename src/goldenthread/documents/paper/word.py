"""The parts of our own Word template for papers: its styles, lists and footer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from goldenthread.documents.write.word_parts import W, element, page_field, settings, w

BULLETS, NUMBERS = "90", "91"
"""The ids of our two kinds of list, in our own numbering part and in a template's."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'


def _style(key: str, name: str, about: str, look: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{about}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
    )


def _heading(level: int, size: int, before: int, after: int, colour: str) -> str:
    return _style(
        f"Heading{level}",
        f"heading {level}",
        f'<w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="{after}"/>'
        f'<w:outlineLvl w:val="{level - 1}"/>',
        f'<w:b/><w:color w:val="{colour}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>',
    )


_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{W}">'
    f'<w:docDefaults><w:rPrDefault><w:rPr>{_FONT}<w:color w:val="221C1A"/><w:sz w:val="22"/>'
    '<w:szCs w:val="22"/><w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr>'
    '</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="269" '
    'w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "<w:qFormat/><w:pPr><w:widowControl/></w:pPr></w:style>"
    + _heading(1, 36, 0, 200, "44223F")
    + _heading(2, 28, 360, 120, "44223F")
    + _heading(3, 23, 240, 80, "221C1A")
    + _style("Header", "header", "", '<w:sz w:val="18"/><w:szCs w:val="18"/>')
    + _style("Footer", "footer", "", '<w:color w:val="5B524C"/><w:sz w:val="17"/>')
    + "</w:styles>"
)


def _footer(foot: str, width: int) -> bytes:
    footer = etree.fromstring(
        f'<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/><w:tabs>'
        f'<w:tab w:val="right" w:pos="{width}"/></w:tabs></w:pPr>'
        '<w:r><w:t xml:space="preserve"></w:t></w:r><w:r><w:tab/>'
        '<w:t xml:space="preserve">Page </w:t></w:r>'
        + page_field("PAGE")
        + '<w:r><w:t xml:space="preserve"> of </w:t></w:r>'
        + page_field("NUMPAGES")
        + "</w:p></w:ftr>"
    )
    next(footer.iter(w("t"))).text = foot
    xml: bytes = etree.tostring(footer, xml_declaration=True, encoding="UTF-8", standalone=True)
    return xml


def our_parts(foot: str, width: int) -> dict[str, bytes | str]:
    """The parts of a paper that has no template, with its foot; relations come besides."""
    numbering = element("numbering")
    add_lists(numbering)
    return {
        "word/styles.xml": _STYLES,
        "word/settings.xml": settings(),
        "word/footer1.xml": _footer(foot, width),
        "word/numbering.xml": etree.tostring(
            numbering, xml_declaration=True, encoding="UTF-8", standalone=True
        ),
    }


OUR_RELATIONS: Mapping[str, tuple[str, str]] = {
    "rId1": ("styles", "styles.xml"),
    "rId2": ("settings", "settings.xml"),
    "rId3": ("footer", "footer1.xml"),
    "rId4": ("numbering", "numbering.xml"),
}


def add_lists(numbering: Any) -> None:  # noqa: ANN401
    """Add our two kinds of list to a numbering part, before its instances as Word wants it."""
    first = numbering.find(w("num"))
    for key, kind, sign in ((BULLETS, "bullet", "•"), (NUMBERS, "decimal", "%1.")):
        abstract = element("abstractNum", {"abstractNumId": f"90{key}"})
        abstract.append(element("multiLevelType", {"val": "singleLevel"}))
        level = etree.SubElement(abstract, w("lvl"))
        level.set(w("ilvl"), "0")
        level.append(element("start", {"val": "1"}))
        level.append(element("numFmt", {"val": kind}))
        level.append(element("lvlText", {"val": sign}))
        level.append(element("lvlJc", {"val": "left"}))
        look = etree.SubElement(level, w("pPr"))
        look.append(element("ind", {"left": "360", "hanging": "360"}))
        if first is not None:
            first.addprevious(abstract)
        else:
            numbering.append(abstract)
    for key in (BULLETS, NUMBERS):
        num = element("num", {"numId": key})
        num.append(element("abstractNumId", {"val": f"90{key}"}))
        numbering.append(num)
