"""Files made to harm, format by format: how each is built, and how it must be refused.

``FILES`` is the table: a name, what builds the bytes, the rule that refuses it ("unreadable" where
the file is only broken), and words that the refusal must hold, such as the place in the file.
"""

import zlib

import core.intake.builders as make
from core.intake.pdf_writer import PdfPage, pdf

EXTERNAL = '<!DOCTYPE x [<!ENTITY lure SYSTEM "file:///etc/hostname">]>'
TABLE_OF = '<table:table table:name="Plan">{}</table:table>'


# --- PDF ---


def objects(*inner, trailer=""):
    """A PDF of these objects, the first of them its catalogue, without a table of places."""
    body = b"%PDF-1.7\n"
    for number, each in enumerate(inner, 1):
        each = each if isinstance(each, bytes) else each.encode("latin-1")
        body += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    return body + f"trailer\n<</Root 1 0 R/Size {len(inner) + 1}{trailer}>>\n%%EOF\n".encode()


def page_of(content, box="0 0 595 842", more="", *others):
    """A PDF of one page; ``content`` is its stream object."""
    return objects(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R/Resources<<{more}>>>>",
        content,
        *others,
    )


def stream(content, about=""):
    content = content if isinstance(content, bytes) else content.encode("latin-1")
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (about.encode(), len(content), content)


def inflating(megabytes, times=2):
    """A stream that unpacks to as many megabytes, packed several times over."""
    packer, parts = zlib.compressobj(9), []
    for _ in range(megabytes):
        parts.append(packer.compress(b"0 " * 524_288))
    content = b"".join(parts) + packer.flush()
    for _ in range(times - 1):
        content = zlib.compress(content, 9)
    return stream(content, f"/Filter[{'/FlateDecode' * times}]")


WORDS = stream("BT /F 12 Tf 50 700 Td (words) Tj ET")
FONT = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def mapped_font():
    """A font that maps four thousand million codes to letters."""
    ranges = "begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange " + (
        "1 beginbfrange <00000000> <ffffffff> <0041> endbfrange endcmap"
    )
    font = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>>>"
    return page_of(WORDS, "0 0 595 842", font, stream(ranges))


def drawing_itself():
    form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>"
    return page_of(
        stream("/X Do"), "0 0 595 842", "/XObject<</X 5 0 R>>", stream("/X Do /X Do", form)
    )


def picture_of(filter, content=b"\x97JB2 nothing good"):
    image = f"/Type/XObject/Subtype/Image/Width 9000/Height 9000/BitsPerComponent 1/Filter/{filter}"
    draws = stream("q 500 0 0 500 0 0 cm /X Do Q")
    return page_of(draws, "0 0 595 842", "/XObject<</X 5 0 R>>", stream(content, image))


def packed_objects():
    """An object stream that claims a thousand million objects."""
    inner = stream("1 0 " * 100, "/Type/ObjStm/N 999999999/First 999999999")
    return objects("<</Type/Catalog/Pages 9 0 R>>", inner)


PDF = [
    (
        "pages in a circle.pdf",
        lambda: objects(
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"
        ),
        "unreadable",
        "no pages",
    ),
    (
        "page tree without end.pdf",
        lambda: objects(
            "<</Type/Catalog/Pages 2 0 R>>",
            *(f"<</Type/Pages/Kids[{n} 0 R {n} 0 R]/Count 2>>" for n in range(3, 4_000)),
        ),
        "unreadable",
        "",
    ),
    ("inflating.pdf", lambda: page_of(inflating(700)), "limit", ""),
    ("nested arrays.pdf", lambda: page_of(stream("[" * 200_000)), "unreadable", ""),
    (
        "vast page.pdf",
        lambda: page_of(WORDS, "0 0 999999999 999999999", FONT),
        "unreadable",
        "page 1",
    ),
    ("page without size.pdf", lambda: page_of(WORDS, "0 0 0 0", FONT), "unreadable", "page 1"),
    (
        "vast table of places.pdf",
        lambda: pdf(PdfPage().text(50, 50, "words")).replace(b"xref\n0 8", b"xref\n0 999999999")[
            :-400
        ],
        "unreadable",
        "",
    ),
    ("objects in objects.pdf", packed_objects, "unreadable", ""),
    ("drawing itself.pdf", drawing_itself, "unreadable", ""),
    ("jbig2.pdf", lambda: picture_of("JBIG2Decode"), "unreadable", "scan"),
    ("jpeg 2000.pdf", lambda: picture_of("JPXDecode"), "unreadable", "scan"),
    (
        "unknown lock.pdf",
        lambda: pdf(
            PdfPage().text(50, 50, "words"),
            trailer="/Encrypt<</Filter/Other/V 9/R 9/O(x)/U(x)/P 0>>/ID[(a)(b)]",
        ),
        "unreadable",
        "",
    ),
    ("only a header.pdf", lambda: b"%PDF-1.7\n", "unreadable", ""),
    ("header far in.pdf", lambda: b"\n" * 900 + b"%PDF-1.7\nnothing", "unreadable", ""),
]


# --- LibreOffice sheets ---


def ods_rows(cell="", row="", words="x"):
    inner = f"<table:table-cell {cell}><text:p>{words}</text:p></table:table-cell>"
    return make.ods(TABLE_OF.format(f"<table:table-row {row}>{inner}</table:table-row>"))


def ods_parts(*more, content=None):
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return make.packed([("mimetype", kind), ("content.xml", content or "<x/>"), *more])


ODS = [
    (
        "row repeated.ods",
        lambda: ods_rows(row='table:number-rows-repeated="1048576"'),
        "limit",
        "sheet “Plan”, row 1",
    ),
    (
        "column repeated.ods",
        lambda: ods_rows('table:number-columns-repeated="16384"'),
        "limit",
        "column A",
    ),
    (
        "everything repeated.ods",
        lambda: ods_rows(
            'table:number-columns-repeated="1999"', 'table:number-rows-repeated="499999"'
        ),
        "limit",
        "cells",
    ),
    (
        "repeated without number.ods",
        lambda: ods_rows('table:number-columns-repeated="99999999999999999999"'),
        "read",
        "x",
    ),
    (
        "vast merge.ods",
        lambda: ods_rows(
            'table:number-columns-spanned="999999999" table:number-rows-spanned="999999999"'
        ),
        "read",
        "x",
    ),
    ("long cell.ods", lambda: ods_rows(words="x" * 1_500_000), "limit", ""),
    (
        "deep.ods",
        lambda: ods_rows(words="<text:span>" * 400 + "x" + "</text:span>" * 400),
        "limit",
        "too deep",
    ),
    ("xxe.ods", lambda: ods_parts(content=EXTERNAL + "<x>&lure;</x>"), "external entity", ""),
    ("macros.ods", lambda: ods_parts(("Basic/Standard/Module1.xml", "<x/>")), "macros", ""),
    ("scripts.ods", lambda: ods_parts(("Scripts/python/evil.py", "x")), "macros", ""),
    (
        "locked.ods",
        lambda: ods_parts(("META-INF/manifest.xml", "<m><encryption-data/></m>")),
        "unreadable",
        "password",
    ),
    ("bomb.ods", lambda: ods_parts(("Pictures/a.png", b"\0" * 300_000_000)), "limit", ""),
    ("no sheets.ods", ods_parts, "unreadable", "no sheets"),
    (
        "broken.ods",
        lambda: ods_parts(content=f"<office:document-content {make.ODF_SPACES}><office:body>"),
        "unreadable",
        "well-formed",
    ),
]


# --- rich text ---


def rich(body):
    return (r"{\rtf1\ansi " + body + "}").encode("latin-1")


RTF = [
    ("deep groups.rtf", lambda: rich("{" * 100_000), "limit", "too deep"),
    ("tables in tables.rtf", lambda: rich(r"\pard\intbl\itap500 x\cell"), "limit", ""),
    ("wide.rtf", lambda: rich(r"\pard\intbl " + r"x\cell " * 10_000), "limit", "columns"),
    ("many edges.rtf", lambda: rich(r"\trowd" + r"\cellx9" * 10_000), "limit", "columns"),
    ("long word.rtf", lambda: rich("x" * 1_500_000), "limit", "characters"),
    ("many bytes announced.rtf", lambda: rich(r"words\bin2147483647 x"), "read", "words"),
    ("numbers without end.rtf", lambda: rich(r"words\fs" + "9" * 5_000), "read", "words"),
    ("half a character.rtf", lambda: rich(r"words \u-10179 ?\u-10179 ?"), "read", "words"),
    (
        "program inside.rtf",
        lambda: rich(r"words{\object\objemb\objupdate{\*\objclass Package}{\*\objdata 4d5a9000}}"),
        "read",
        "words",
    ),
    (
        "link.rtf",
        lambda: rich(
            r'words{\field{\*\fldinst INCLUDEPICTURE "file:///etc/hostname" \\d}{\fldrslt }}'
        ),
        "read",
        "words",
    ),
    ("only groups.rtf", lambda: rich("{}" * 50_000), "unreadable", "no words"),
]


# --- the other kinds, where they can harm in ways of their own ---


def strict_xxe():
    parts = make.docx_parts(whole=EXTERNAL + make.document(make.p("&lure;")))
    return make.make_strict(make.packed(parts))


def macro_book():
    parts = make.xlsx_parts(f"<sheetData>{make.number('A1')}</sheetData>")
    kinds = parts[0][1].replace("sheet.main+xml", "sheet.macroEnabled.main+xml")
    return make.packed([(parts[0][0], kinds), *parts[1:]])


OTHERS = [
    ("macros.xlsm", macro_book, "macros", "without macros"),
    ("strict xxe.docx", strict_xxe, "external entity", ""),
    ("ten thousand columns.csv", lambda: b"a," * 10_000, "limit", "row 1"),
    ("ten thousand columns.html", lambda: b"<table><tr>" + b"<td>x" * 10_000, "limit", "row 1"),
    (
        "selectors in selectors.html",
        lambda: (
            b"<style>" + b":not(" * 5_000 + b"p" + b")" * 5_000 + b"{color:red}</style><p>words"
        ),
        "read",
        "words",
    ),
    (
        "many rules.html",
        lambda: (
            b"<style>"
            + b"".join(b".c%d{display:none}" % n for n in range(20_000))
            + b"</style>words"
        ),
        "read",
        "words",
    ),
    (
        "styles without end.html",
        lambda: b"<style>a{background:" + b"(" * 100_000,
        "limit",
        "too deep",
    ),
    ("utf-16 nul.csv", lambda: "a,b\n1,\0002".encode("utf-16-le"), "unreadable", ""),
    ("zip in front.pdf", lambda: make.packed([("a", "%PDF-1.4")]), "unreadable", "archive"),
    (
        "two kinds.docx",
        lambda: make.packed([*make.docx_parts(make.p("words")), ("xl/workbook.xml", "<x/>")]),
        "read",
        "words",
    ),
    ("formula.csv", lambda: b"a,b\n=cmd|'/c calc'!A1,@SUM(1)\n", "read", "=cmd"),
]

FILES = [*PDF, *ODS, *RTF, *OTHERS]
