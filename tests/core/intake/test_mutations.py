"""Whatever happens to a file on its way, it gives a Document or a refusal, never anything else."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import core.intake.builders as make
from goldenthread import intake
from goldenthread.errors import Refusal
from goldenthread.intake import Limits
from goldenthread.intake.child import counted, reader
from goldenthread.intake.parent import gather
from goldenthread.intake.recognise import recognise

FEW = Limits(rows=5_000, columns=200, cells=50_000, merged=500, part_bytes=4_000_000)


def workbook():
    file = openpyxl.Workbook()
    sheet = file.active
    for row in (["No.", "Action", "Date"], [1, "Publish\n- train", 45474.5]):
        sheet.append(row)
    sheet.merge_cells("A2:B3")
    sheet["C2"].number_format = "mmm-yy"
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


NUMBERED = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
WORD = make.p("Plan", '<w:outlineLvl w:val="1"/>') + make.tbl(
    make.tr(make.tc("a", '<w:vMerge w:val="restart"/>'), make.tc("b", '<w:gridSpan w:val="2"/>')),
    make.tr(make.tc("c", '<w:vMerge/><w:shd w:fill="FFC000"/>'), make.tc(make.p("d", NUMBERED))),
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="1"><w:numFmt w:val="lowerRoman"/>'
    '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
TEXT = (
    "<text:list><text:list-item><text:p>a</text:p></text:list-item></text:list><table:table>"
    '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>b</text:p>'
    "</table:table-cell></table:table-row></table:table>"
)
PAGE = (
    b"<!doctype html><h1>Plan</h1><ol start=2><li>a<ul><li>b</ul></ol><table bgcolor=red>"
    b"<tr><th rowspan=2>No.<th colspan=3>Action<tr><td style='background:#fc0'>c &amp; d<br>e"
    b"</table><del>x</del>"
)
SHEETS = (
    f"<office:document-content {make.ODF_SPACES}><office:automatic-styles/><office:body>"
    '<office:spreadsheet><table:table table:name="Plan"><table:table-column/>'
    '<table:table-row table:number-rows-repeated="2"><table:table-cell'
    ' table:number-columns-spanned="2" table:number-rows-spanned="2"><text:p>a</text:p>'
    "</table:table-cell><table:covered-table-cell/><table:table-cell"
    ' office:value-type="float" office:value="1.5" table:number-columns-repeated="3">'
    "<text:p>1.5</text:p></table:table-cell></table:table-row></table:table>"
    "</office:spreadsheet></office:body></office:document-content>"
)
RICH = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset2 Symbol;}}{\colortbl;\red255\green0\blue0;}"
    rb"{\stylesheet{\s1 heading 1;}}\pard\s1 Plan\par\trowd\clvmgf\clcbpat1\cellx900\cellx1800"
    rb"\pard\intbl a\cell{\listtext\f0\'b7\tab}\ilvl0\ls1 \u8211? b\cell\row\pard end\par}"
)
# Stored, so that a changed byte changes the words and not only a checksum.
PLAIN = {
    "docx": make.packed(make.docx_parts(WORD, numbering=NUMBERING), compression=0),
    "xlsx": workbook(),
    "odt": make.packed(make.odt_parts(TEXT), compression=0),
    "ods": make.packed(
        [
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", SHEETS),
        ],
        compression=0,
    ),
    "rtf": RICH,
    "html": PAGE,
    "csv": b'No.;"Action; more"\n1;"Publish ""it""\n- train"\n',
}
PARTS = {
    "docx": ("word/document.xml", "word/numbering.xml"),
    "odt": ("content.xml",),
    "ods": ("content.xml",),
    "xlsx": ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"),
}


def read_here(content, suffix):
    """The road of a file inside the child, in this process for speed."""
    file = io.BytesIO(content)
    try:
        format = recognise(file, suffix, FEW)
        if format not in PLAIN:
            return "another kind"
        gather(counted(reader(format)(file, FEW), FEW))
    except (Refusal, MemoryError):
        return "refused"
    return "read"


@st.composite
def changed(draw, content):
    """The content with some bytes changed, taken out, or cut off at the end."""
    content = bytearray(content)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content) - 1))
        what = draw(st.sampled_from(["flip", "digit", "drop", "repeat", "cut"]))
        if what == "flip":
            content[at] = draw(st.integers(0, 255))
        elif what == "digit":
            digits = [n for n, byte in enumerate(content) if 48 <= byte <= 57]
            if digits:
                content[draw(st.sampled_from(digits))] = draw(st.integers(48, 57))
        elif what == "drop":
            del content[at : at + draw(st.integers(1, 30))]
        elif what == "repeat":
            content[at:at] = content[at : at + 40] * draw(st.integers(1, 5))
        elif draw(st.booleans()):
            del content[at:]
        content = content or bytearray(b"x")
    return bytes(content)


@pytest.mark.parametrize("kind", PLAIN)
def test_the_unchanged_files_are_read(kind):
    assert read_here(PLAIN[kind], "." + kind) == "read"


@pytest.mark.parametrize("kind", PLAIN)
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_changed_file_is_read_or_refused(kind, data):
    read_here(data.draw(changed(PLAIN[kind])), "." + kind)


@pytest.mark.parametrize("kind", PARTS)
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_file_with_a_changed_part_is_read_or_refused(kind, data):
    with zipfile.ZipFile(io.BytesIO(PLAIN[kind])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(PARTS[kind]))
    parts[name] = data.draw(changed(parts[name]))
    read_here(make.packed(parts.items()), "." + kind)


@pytest.mark.parametrize("kind", PLAIN)
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_changed_file_comes_through_the_child_as_a_document_or_a_refusal(kind, data, tmp_path):
    path = tmp_path / f"plan.{kind}"
    path.write_bytes(data.draw(changed(PLAIN[kind])))
    try:
        assert intake.read(path, FEW).file == path.name
    except Refusal as refusal:
        assert str(refusal).startswith(f"{path.name}: ")
