"""Files made to harm, and files broken or mislabelled: each is held with one sentence."""

import contextlib
import http.server
import os
import random
import resource
import subprocess
import sys
import threading
import zipfile

import pytest

import core.intake.builders as make
from core.intake.hostile_files import FILES
from goldenthread import intake
from goldenthread.errors import Refusal, Unreadable, Unsafe
from goldenthread.intake import Limits

LURE = "the words of the lure"
NEST = 400
ENTITY = "external entity"


def entity_bomb():
    names = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 30))
    return f'<!DOCTYPE x [<!ENTITY e0 "ha">{names}]>'


def with_doctype(doctype, words="words"):
    return f'<?xml version="1.0"?>{doctype}' + make.document(make.p(words))


def sheet(*rows, after=""):
    return make.xlsx(f"<sheetData>{''.join(rows)}</sheetData>{after}")


def deep_docx():
    wrap = "<w:sdt><w:sdtContent>"
    end = "</w:sdtContent></w:sdt>"
    return make.docx(wrap * NEST + make.p("deep") + end * NEST)


def nested_tables(depth):
    inner = make.p("deep")
    for _ in range(depth):
        inner = make.tbl(make.tr(make.tc(inner + make.p())))
    return make.docx(inner)


def with_part(name, content="x"):
    return make.packed([*make.docx_parts(make.p("words")), (name, content)])


def twice_the_same_part():
    with pytest.warns(UserWarning, match="Duplicate name"):
        return make.packed(
            [*make.docx_parts(make.p("words")), ("word/document.xml", make.document(make.p("b")))]
        )


def link_part():
    link = zipfile.ZipInfo("word/link.xml")
    link.external_attr = 0o120777 << 16
    return make.packed([*make.docx_parts(make.p("words")), (link, "/etc/passwd")])


def encrypted_part():
    content = bytearray(make.docx(make.p("words")))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        while start >= 0:
            content[start + at] |= 1
            start = content.find(mark, start + 4)
    return bytes(content)


def macro_types():
    parts = make.docx_parts(make.p("words"))
    kind = make.types("application/vnd.ms-word.document.macroEnabled.main+xml")
    return make.packed([("[Content_Types].xml", kind), *parts[1:]])


def locked_odt():
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    return make.packed([*make.odt_parts("<text:p>x</text:p>"), ("META-INF/manifest.xml", manifest)])


def bomb(size=300_000_000):
    return with_part("word/media/image1.xml", b"\0" * size)


def noise(size):
    return random.Random(1).randbytes(size)


def utf16_doctype():
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]>'
    return (text + make.document(make.p("words"))).encode("utf-16")


EXTERNAL = '<!DOCTYPE x [<!ENTITY lure SYSTEM "file:///etc/hostname">]>'
MANY_MERGES = "<mergeCells>{}</mergeCells>".format(
    "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 60_000))
)
PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>'

UNSAFE = [
    ("flat bomb.docx", bomb, "limit"),
    ("many parts.docx", lambda: make.packed([(f"a/{n}", "") for n in range(6_000)]), "limit"),
    (
        "billion laughs.docx",
        lambda: make.docx(whole=with_doctype(entity_bomb(), "&e29;")),
        ENTITY,
    ),
    (
        "quadratic.docx",
        lambda: make.docx(
            whole=with_doctype(f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>', "&a;" * 10_000)
        ),
        ENTITY,
    ),
    ("xxe.docx", lambda: make.docx(whole=with_doctype(EXTERNAL, "&lure;")), ENTITY),
    ("parameter.docx", lambda: make.docx(whole=with_doctype(PARAMETER)), ENTITY),
    ("utf-16 doctype.docx", lambda: make.docx(whole=utf16_doctype()), ENTITY),
    (
        "doctype in a part.docx",
        lambda: with_part("custom/x.xml", EXTERNAL + "<x/>"),
        ENTITY,
    ),
    (
        "xxe.odt",
        lambda: make.packed(make.odt_parts("", whole=EXTERNAL + "<x>&lure;</x>")),
        ENTITY,
    ),
    (
        "xxe.xlsx",
        lambda: make.packed(
            [*make.xlsx_parts("<sheetData/>"), ("xl/styles.xml", EXTERNAL + "<styleSheet/>")]
        ),
        ENTITY,
    ),
    (
        "xxe.html",
        lambda: (EXTERNAL.replace("x [", "html [") + "<p>&lure;</p>").encode(),
        ENTITY,
    ),
    ("far corner.xlsx", lambda: sheet(make.number("XFD1048576")), "limit"),
    ("far row.xlsx", lambda: sheet(make.number("A1048576")), "limit"),
    ("far column.xlsx", lambda: sheet(make.number("XFD1")), "limit"),
    (
        "far corner elsewhere.xlsx",
        lambda: make.packed(
            (name.replace("worksheets/sheet1.xml", "pictures/a.png"), str(content))
            if "sheet1" in name
            else (name, content.replace("worksheets/sheet1.xml", "pictures/a.png"))
            for name, content in make.xlsx_parts(
                f"<sheetData>{make.number('XFD1048576')}</sheetData>"
            )
        ),
        "limit",
    ),
    ("vast row number.xlsx", lambda: sheet('<row r="999999999"/>'), "limit"),
    ("many merges.xlsx", lambda: sheet(make.number("A1"), after=MANY_MERGES), "limit"),
    (
        "vast merge.xlsx",
        lambda: sheet(
            make.number("A1"), after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
        "limit",
    ),
    (
        "overlapping merges.xlsx",
        lambda: sheet(
            make.number("A1"),
            after="<mergeCells>" + '<mergeCell ref="A1:ZZ9999"/>' * 100 + "</mergeCells>",
        ),
        "limit",
    ),
    (
        "vast link.xlsx",
        lambda: sheet(
            make.number("A1"), after='<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'
        ),
        "limit",
    ),
    ("deep.docx", deep_docx, "limit"),
    ("deep tables.docx", lambda: nested_tables(150), "limit"),
    ("deep.xlsx", lambda: sheet("<x>" * NEST + "</x>" * NEST), "limit"),
    ("deep.html", lambda: b"<div>" * 5_000 + b"words", "limit"),
    ("deep lists.html", lambda: b"<ul><li>" * 5_000 + b"words", "limit"),
    (
        "vast gridspan.docx",
        lambda: make.docx(make.tbl(make.tr(make.tc("x", '<w:gridSpan w:val="999999999"/>')))),
        "limit",
    ),
    (
        "vast gridbefore.docx",
        lambda: make.docx(
            make.tbl(make.tr(make.tc("x"), about='<w:gridBefore w:val="999999999"/>'))
        ),
        "limit",
    ),
    (
        "vast span.odt",
        lambda: make.odt(
            "<table:table><table:table-row>"
            '<table:table-cell table:number-columns-spanned="999999999"><text:p>x</text:p>'
            "</table:table-cell></table:table-row></table:table>"
        ),
        "limit",
    ),
    ("wide.html", lambda: b"<table><tr>" + b"<td colspan=1000>x</td>" * 9, "limit"),
    ("wide.csv", lambda: b"a," * 5_000, "limit"),
    ("long field.csv", lambda: b'a,"' + b"x" * 1_500_000 + b'"\n', "limit"),
    ("same part twice.docx", twice_the_same_part, "archive"),
    ("same part in capitals.docx", lambda: with_part("WORD/DOCUMENT.XML"), "archive"),
    ("climbing.docx", lambda: with_part("../../evil.xml"), "archive"),
    ("climbing backwards.docx", lambda: with_part("word\\..\\..\\evil.xml"), "archive"),
    ("absolute.docx", lambda: with_part("/etc/evil.xml"), "archive"),
    ("drive.docx", lambda: with_part("C:/evil.xml"), "archive"),
    ("link.docx", link_part, "archive"),
    ("macros.docx", lambda: with_part("word/vbaProject.bin"), "macros"),
    ("macros.docm", macro_types, "macros"),
    (
        "macros.xlsx",
        lambda: make.packed([*make.xlsx_parts(""), ("xl/vbaProject.bin", "x")]),
        "macros",
    ),
    (
        "old macros.xlsx",
        lambda: make.packed([*make.xlsx_parts(""), ("xl/macrosheets/sheet1.xml", "<x/>")]),
        "macros",
    ),
    (
        "macros.odt",
        lambda: make.packed([*make.odt_parts(""), ("Basic/Standard/Module1.xml", "<x/>")]),
        "macros",
    ),
]

UNREADABLE = [
    ("empty.docx", lambda: b"", "empty"),
    ("spaces.txt.csv", lambda: b"   \n \n", "no words"),
    ("noise.docx", lambda: b"\x01" + noise(5_000), "not a document"),
    ("noise with a name.pdf.xlsx", lambda: b"PK\x03\x04" + noise(5_000), "damaged"),
    ("cut short.docx", lambda: make.docx(make.p("words"))[:-60], "damaged"),
    ("cut in half.xlsx", lambda: sheet(make.number("A1"))[:400], "damaged"),
    ("broken.docx", lambda: make.docx(whole="<w:document><w:body>"), "well-formed"),
    ("nothing in it.docx", lambda: make.docx(whole="<x/>"), "no document"),
    ("no words.docx", lambda: make.docx(make.p()), "no words"),
    (
        "pictures.docx",
        lambda: make.docx("<w:p><w:r><w:drawing/></w:r></w:p>"),
        "pictures and no words",
    ),
    ("broken sheet.xlsx", lambda: make.xlsx("<sheetData><row"), "well-formed"),
    ("odd cell.xlsx", lambda: sheet('<row r="1"><c r="QQQQ1"><v>1</v></c></row>'), "damaged"),
    ("empty book.xlsx", lambda: sheet(), "no words"),
    ("locked.docx", lambda: make.ole("EncryptedPackage", "EncryptionInfo"), "password"),
    ("locked part.docx", encrypted_part, "password"),
    ("locked.odt", locked_odt, "password"),
    ("old.doc", lambda: make.ole("WordDocument"), "Save it as .docx"),
    ("old.xls", lambda: make.ole("Workbook"), "Save it as .xlsx"),
    ("old.ppt", lambda: make.ole("PowerPoint Document"), "Save it as PDF"),
    ("unknown ole.msg", lambda: make.ole("Something"), "old Office"),
    ("nothing.rtf", lambda: rb"{\rtf1\par}", "no words"),
    ("scan.docx", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture"),
    ("archive.zip", lambda: make.packed([("plan.docx", make.docx(make.p("x")))]), "archive"),
    ("bomb in a bomb.zip", lambda: make.packed([("a.zip", bomb(20_000_000))]), "archive"),
    (
        "odd packing.docx",
        lambda: make.packed(make.docx_parts(make.p("x")), zipfile.ZIP_LZMA),
        "no office program",
    ),
    ("no parts.docx", lambda: make.packed([]), "archive"),
    ("slides.pptx", lambda: make.packed([("ppt/presentation.xml", "<x/>")]), "slides"),
    ("binary.xlsb", lambda: make.packed([("xl/workbook.bin", "x")]), "Save it as .xlsx"),
    ("word.xml", lambda: b'<?xml version="1.0"?><w:wordDocument/>', "XML"),
    ("nul.csv", lambda: b"a,b\n1,\x002\n", "row 2: The file is not text"),
    ("no encoding.csv", lambda: b"a,b\n\x81\x8d,\xff\n", "encoding"),
    ("false mark.csv", lambda: b"\xff\xfea,b\n1", "UTF-16"),
    ("nothing.html", lambda: b"<html><body></body></html>", "no words"),
]


def put(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("name", "build", "rule"), UNSAFE, ids=[case[0] for case in UNSAFE])
def test_a_file_made_to_harm_is_refused_by_its_rule(tmp_path, name, build, rule):
    with pytest.raises(Unsafe) as refused:
        intake.read(put(tmp_path, name, build()))
    assert refused.value.rule == rule
    assert refused.value.do
    assert str(refused.value).startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("name", "build", "words"), UNREADABLE, ids=[case[0] for case in UNREADABLE]
)
def test_a_file_without_anything_to_read_is_refused_with_advice(tmp_path, name, build, words):
    with pytest.raises(Unreadable) as refused:
        intake.read(put(tmp_path, name, build()))
    assert words in str(refused.value)
    assert refused.value.do
    assert str(refused.value).startswith(f"{name}: ")


@pytest.mark.parametrize(("name", "build", "how", "words"), FILES, ids=[each[0] for each in FILES])
def test_each_kind_of_harm_is_held_by_its_rule(tmp_path, name, build, how, words):
    path = put(tmp_path, name, build())
    limits = Limits(seconds=20)
    if how == "read":
        assert words in " ".join(p.text for p in intake.read(path, limits).paragraphs())
        return
    kind = Unreadable if how == "unreadable" else Unsafe
    with pytest.raises(kind) as refused:
        intake.read(path, limits)
    assert getattr(refused.value, "rule", "unreadable") == how
    assert words in str(refused.value)
    assert str(refused.value).startswith(f"{name}: ")
    assert refused.value.do
    assert [each.name for each in tmp_path.iterdir()] == [name]


LARGEST_CHILD = """
import contextlib, resource, sys
from goldenthread import intake
from goldenthread.errors import Refusal
for name in sys.argv[1:]:
    with contextlib.suppress(Refusal):
        intake.read(name, intake.Limits(seconds=20))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


def test_no_child_takes_more_memory_than_it_may(tmp_path):
    # Asked of a process of its own: this one may have had other children, such as a browser.
    files = [put(tmp_path, name, build()) for name, build, _, _ in FILES[:6]]
    told = subprocess.run(
        [sys.executable, "-c", LARGEST_CHILD, *files], capture_output=True, text=True, check=True
    )
    assert 0 < int(told.stdout) < 2 * Limits().memory


def test_a_size_that_lies_is_found_out(tmp_path):
    lying = make.lie_about_size(make.docx(make.p("x" * 5_000_000)), 1_000)
    with pytest.raises(Refusal):
        intake.read(put(tmp_path, "lying.docx", lying))


def test_a_file_over_the_size_limit_is_never_opened_by_a_parser(tmp_path):
    with pytest.raises(Unsafe, match="larger than 0 megabytes"):
        intake.read(put(tmp_path, "big.txt", b"x" * 2_000), Limits(file_bytes=1_000))


def test_a_pipe_where_a_file_should_be_does_not_hold_us(tmp_path):
    os.mkfifo(tmp_path / "plan.docx")
    with pytest.raises(Unreadable, match="not an ordinary file"):
        intake.read(tmp_path / "plan.docx")


def test_a_link_in_a_document_is_never_followed(tmp_path, socket_enabled):
    asked = []

    class Lure(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Lure)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/lure"
        outside = make.relations(
            ("attachedTemplate", address + "/template.dotm", ' TargetMode="External"'),
            ("image", address + "/picture.png", ' TargetMode="External"'),
        )
        word = make.packed(
            [
                *make.docx_parts(make.p("words")),
                ("word/_rels/document.xml.rels", outside),
                ("word/_rels/settings.xml.rels", outside),
            ]
        )
        page = f'<link href="{address}"><img src="{address}"><iframe src="{address}"></iframe>words'
        xxe = make.docx(whole=with_doctype(f'<!DOCTYPE x SYSTEM "{address}">'))
        assert intake.read(put(tmp_path, "a.docx", word)).blocks[0].text == "words"
        assert intake.read(put(tmp_path, "a.html", page.encode())).blocks[-1].text == "words"
        with pytest.raises(Unsafe):
            intake.read(put(tmp_path, "b.docx", xxe))
        assert asked == []
    finally:
        server.shutdown()
        server.server_close()


def test_a_local_file_named_in_an_entity_is_not_read(tmp_path):
    lure = put(tmp_path, "lure.txt", LURE.encode())
    page = f'<html><body><p>&lure;</p><iframe src="file://{lure}"></iframe></body></html>'
    read = intake.read(put(tmp_path, "a.html", page.encode()))
    assert not any(LURE in paragraph.text for paragraph in read.paragraphs())


def test_nothing_is_left_behind(tmp_path):
    for name, build in (("a.xlsx", lambda: sheet(make.number("A1"))), ("b.docx", deep_docx)):
        path = put(tmp_path, name, build())
        with contextlib.suppress(Refusal):
            intake.read(path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "b.docx"]


def test_the_parent_stays_small_before_bombs(tmp_path):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    path = put(tmp_path, "far.xlsx", sheet(make.number("XFD1048576")))
    for _ in range(3):
        with pytest.raises(Unsafe):
            intake.read(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_a_reading_that_takes_too_long_is_ended(tmp_path):
    path = put(tmp_path, "slow.csv", b"a,b\n" + b"1,2\n" * 400_000)
    with pytest.raises(Unsafe, match="longer than 1 seconds"):
        intake.read(path, Limits(seconds=1))


def test_a_reading_that_needs_too_much_memory_is_ended(tmp_path):
    path = put(tmp_path, "large.docx", make.docx(make.p("x") * 400_000))
    with pytest.raises(Unsafe) as refused:
        intake.read(path, Limits(memory=150 * 1024 * 1024))
    assert refused.value.rule == "limit"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("plan.txt", make.docx(make.p("words")), "docx"),
        ("plan.docx", sheet(make.number("A1")), "xlsx"),
        ("plan.xlsx", make.odt("<text:p>words</text:p>"), "odt"),
        ("plan.pdf", b"<html><p>words</p></html>", "html"),
        ("plan.docx", b"a,b,c\n1,2,3\n4,5,6\n", "csv"),
        ("plan.doc", b"<html xmlns:w='x'><body><table><tr><td>a</td></tr></table>", "html"),
        ("plan", b"a;b;c\n1;2;3\n", "csv"),
    ],
)
def test_a_wrong_name_does_not_matter(tmp_path, name, content, kind):
    assert intake.read(put(tmp_path, name, content)).format == kind


@pytest.mark.parametrize(
    ("content", "cells", "codes"),
    [
        (
            "Action,Cost\nTrain,£2".encode("cp1252"),
            [["Action", "Cost"], ["Train", "£2"]],
            ["encoding"],
        ),
        ("Action,Cost\nTrain,£2".encode("utf-16"), [["Action", "Cost"], ["Train", "£2"]], []),
        ("Action;Cost\nTrain;£2".encode("utf-8-sig"), [["Action", "Cost"], ["Train", "£2"]], []),
        (b"sep=|\nAction|Cost\n", [["Action", "Cost"]], []),
        (b'"a, ""b""","c\nd"\n', [['a, "b"', "c\nd"]], []),
        (b"a\tb, c\nd\te, f, g", [["a", "b, c"], ["d", "e, f, g"]], []),
        (b"a,b\n\n\nc\n\n", [["a", "b"], [], [], ["c"]], []),
        (b'a,"never ended\nb', [["a", "never ended\nb"]], []),
    ],
)
def test_separated_values_are_read_in_any_usual_spelling(tmp_path, content, cells, codes):
    read = intake.read(put(tmp_path, "staff.csv", content))
    assert [[cell.text for cell in row.cells] for row in read.tables[0].rows] == cells
    assert [note.code for note in read.left_out] == codes


@pytest.mark.parametrize(
    "build",
    [
        lambda: make.docx(make.tbl(make.tr(make.tc("Publish"), make.tc("HR")) * 10_000)),
        lambda: sheet(
            *(
                f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>{n}</v></c></row>'
                for n in range(1, 10_001)
            )
        ),
    ],
    ids=["docx", "xlsx"],
)
def test_a_plan_of_ten_thousand_rows_is_read(tmp_path, build):
    assert len(intake.read(put(tmp_path, "long", build())).tables[0].rows) == 10_000


def test_of_many_things_left_out_some_are_named_and_the_rest_counted(tmp_path):
    many = "<w:p><w:r><w:drawing/></w:r><w:r><w:t>x</w:t></w:r></w:p>" * 150
    left = intake.read(put(tmp_path, "a.docx", make.docx(many))).left_out
    assert len(left) == 101
    assert left[-1].message == "50 more of the same kind were left out."
