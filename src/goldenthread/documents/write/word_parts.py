"""The parts of a Word file that are the same in each: styles, settings, footer; and their kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."

TYPES: Mapping[str, str] = {
    "word/document.xml": _KIND + "document.main+xml",
    "word/styles.xml": _KIND + "styles+xml",
    "word/settings.xml": _KIND + "settings+xml",
    "word/numbering.xml": _KIND + "numbering+xml",
    "word/fontTable.xml": _KIND + "fontTable+xml",
    "word/footer1.xml": _KIND + "footer+xml",
    "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
}
HEADER, FOOTER = _KIND + "header+xml", _KIND + "footer+xml"


def w(name: str) -> str:
    """A name of WordprocessingML, written out."""
    return f"{{{W}}}{name}"


def element(name: str, attributes: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401
    """An element of WordprocessingML; names of attributes without a brace are its own too."""
    made = etree.Element(w(name), nsmap={"w": W, "r": R})
    for key, value in (attributes or {}).items():
        made.set(key if key.startswith("{") else w(key), value)
    return made


def settings(*, even_and_odd: bool = False) -> str:
    """The settings part: British English, no fields brought up to date, nothing of anyone's."""
    even = "<w:evenAndOddHeaders/>" if even_and_odd else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:settings xmlns:w="{W}">'
        f"{even}<w:compat>"
        '<w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/>'
        '<w:listSeparator w:val=","/></w:settings>'
    )


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    """A part that says what another needs: by id, the kind of relation and the part."""
    entries = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{entries}</Relationships>"
    )


def _style(key: str, name: str, about: str = "", look: str = "", based: str = "Normal") -> str:
    default = ' w:default="1"' if key == "Normal" else ""
    base = f'<w:basedOn w:val="{based}"/><w:next w:val="Normal"/>' if key != "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{name}"/>{base}'
        f"<w:qFormat/><w:pPr>{about}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
    )


_FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
_STYLES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:styles xmlns:w="{W}">'
    f'<w:docDefaults><w:rPrDefault><w:rPr>{_FONT}<w:sz w:val="22"/><w:szCs w:val="22"/>'
    '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="100" w:line="264" w:lineRule="auto"/></w:pPr>'
    "</w:pPrDefault></w:docDefaults>"
    + _style("Normal", "Normal")
    + _style(
        "Heading1",
        "heading 1",
        '<w:keepNext/><w:spacing w:before="0" w:after="160"/><w:outlineLvl w:val="0"/>',
        '<w:b/><w:color w:val="1D3A5F"/><w:sz w:val="36"/><w:szCs w:val="36"/>',
    )
    + _style(
        "Heading2",
        "heading 2",
        '<w:keepNext/><w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="1"/>',
        '<w:b/><w:color w:val="1D3A5F"/><w:sz w:val="28"/><w:szCs w:val="28"/>',
    )
    + _style("Footer", "footer", "", '<w:sz w:val="18"/><w:szCs w:val="18"/>')
    + "</w:styles>"
)


def page_field(name: str) -> str:
    """The runs of a field that counts pages: PAGE or NUMPAGES."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
        f'{name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


_FOOTER = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:ftr xmlns:w="{W}"><w:p><w:pPr>'
    '<w:pStyle w:val="Footer"/><w:jc w:val="right"/></w:pPr>'
    '<w:r><w:t xml:space="preserve">Page </w:t></w:r>'
    + page_field("PAGE")
    + '<w:r><w:t xml:space="preserve"> of </w:t></w:r>'
    + page_field("NUMPAGES")
    + "</w:p></w:ftr>"
)

OUR_PARTS: Mapping[str, str] = {
    "word/styles.xml": _STYLES,
    "word/settings.xml": settings(),
    "word/footer1.xml": _FOOTER,
    "word/_rels/document.xml.rels": relations(
        {
            "rId1": ("styles", "styles.xml"),
            "rId2": ("settings", "settings.xml"),
            "rId3": ("footer", "footer1.xml"),
        }
    ),
}
