"""Builds small files byte by byte, ordinary and hostile ones, for the tests of this room."""

import io
import re
import struct
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ODF_SPACES = " ".join(
    f'xmlns:{short}="{_ODF}{long}:1.0"'
    for short, long in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
    }.items()
)


def packed(parts, compression=zipfile.ZIP_DEFLATED):
    """A zip archive of the parts, given as pairs of name (or ZipInfo) and content."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return stream.getvalue()


def types(kind):
    return (
        f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/main.xml" ContentType="{kind}"/></Types>'
    )


def relations(*found):
    inner = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"{extra}/>'
        for n, (kind, target, extra) in enumerate(found)
    )
    return f'<Relationships xmlns="{_RELS}">{inner}</Relationships>'


def document(body):
    return f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'


def docx_parts(body="", whole=None, **more):
    """The parts of a Word file: ``body`` is the inside of w:body; ``styles`` and others by name."""
    parts = [
        ("[Content_Types].xml", types("application/vnd.x.wordprocessingml.document.main+xml")),
        ("_rels/.rels", relations(("officeDocument", "word/document.xml", ""))),
        ("word/document.xml", document(body) if whole is None else whole),
    ]
    for name, inner in more.items():
        root = name.rpartition("/")[2]
        parts.append((f"word/{name}.xml", f'<w:{root} xmlns:w="{W}">{inner}</w:{root}>'))
    return parts


def docx(body="", **more):
    return packed(docx_parts(body, **more))


def p(words="", about="", run=""):
    """A Word paragraph of one run."""
    about = f"<w:pPr>{about}</w:pPr>" if about else ""
    run = f"<w:rPr>{run}</w:rPr>" if run else ""
    inner = f'<w:r>{run}<w:t xml:space="preserve">{words}</w:t></w:r>' if words else ""
    return f"<w:p>{about}{inner}</w:p>"


def tc(inner, about=""):
    inner = inner if inner.startswith("<") else p(inner)
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{inner}</w:tc>"


def tr(*cells, about=""):
    about = f"<w:trPr>{about}</w:trPr>" if about else ""
    return f"<w:tr>{about}{''.join(cells)}</w:tr>"


def tbl(*rows):
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def xlsx_parts(sheet, strings=None):
    """The parts of a workbook with one sheet; ``sheet`` is the inside of worksheet."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    return [
        (
            "[Content_Types].xml",
            f'<Types xmlns="{_TYPES}">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}worksheet+xml"/>'
            "</Types>",
        ),
        ("_rels/.rels", relations(("officeDocument", "xl/workbook.xml", ""))),
        (
            "xl/workbook.xml",
            f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}">'
            '<sheets><sheet name="Plan" sheetId="1" r:id="r0"/></sheets></workbook>',
        ),
        ("xl/_rels/workbook.xml.rels", relations(("worksheet", "worksheets/sheet1.xml", ""))),
        ("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{_SHEET}">{sheet}</worksheet>'),
    ]


def xlsx(sheet):
    return packed(xlsx_parts(sheet))


def number(name, value=1):
    """A sheet's row with one cell of that name."""
    row = "".join(letter for letter in name if letter.isdigit())
    return f'<row r="{row}"><c r="{name}"><v>{value}</v></c></row>'


def make_strict(archive):
    """The same Office file in the strict form of the standard, under its other namespaces."""
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        parts = [(name, file.read(name)) for name in file.namelist()]
    usual = rb"http://schemas\.openxmlformats\.org/(wordprocessingml|spreadsheetml|officeDocument"
    usual += rb"|drawingml)/2006/"
    return packed((n, re.sub(usual, rb"http://purl.oclc.org/ooxml/\1/", c)) for n, c in parts)


def odt_parts(body, automatic="", whole=None):
    """The parts of a LibreOffice text; ``body`` is the inside of office:text."""
    content = (
        f"<office:document-content {ODF_SPACES}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>"
    )
    return [
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", content if whole is None else whole),
    ]


def odt(body, automatic=""):
    return packed(odt_parts(body, automatic))


def ods(sheets, automatic=""):
    """A LibreOffice sheet; ``sheets`` is the inside of office:spreadsheet."""
    content = (
        f"<office:document-content {ODF_SPACES}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{sheets}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed([("mimetype", kind), ("content.xml", content)])


def ole(*streams):
    """The beginning of an old Office container that names these streams."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + names


def lie_about_size(archive, size):
    """The archive with every size of an unpacked part in it replaced by a lie."""
    content = bytearray(archive)
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = content.find(mark)
        while start >= 0:
            content[start + at : start + at + 4] = struct.pack("<I", size)
            start = content.find(mark, start + 4)
    return bytes(content)
