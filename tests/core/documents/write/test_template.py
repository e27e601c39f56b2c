"""A council's own Word file as a frame: its look comes along, and nothing that hides in it."""

import io
import re
import zipfile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from PIL import Image

from core.documents.write import again
from goldenthread.documents import carried, read_plan, write_plan
from goldenthread.errors import Unreadable, Unsafe

CANARY = b"Zanzibar-canary"


def saved(frame):
    stream = io.BytesIO()
    frame.save(stream)
    return stream.getvalue()


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(content, changes):
    parts = parts_of(content) | changes
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


@pytest.fixture
def plan(bundled_plan):
    return read_plan(bundled_plan).plan


@pytest.fixture
def frame():
    made = docx.Document()
    made.styles["Normal"].font.name = "Gill Sans MT"
    made.add_heading("Report to Cabinet", 1)
    made.add_paragraph("Before the plan.")
    made.add_paragraph("{{ plan }}")
    made.add_paragraph("After the plan.")
    return made


def body_words(content):
    return [p.text for p in docx.Document(io.BytesIO(content)).paragraphs if p.text]


def test_the_plan_stands_at_the_placeholder_between_the_councils_words(frame, plan):
    content = write_plan(plan, "docx", template=saved(frame))
    words = body_words(content)
    assert words[:2] == ["Report to Cabinet", "Before the plan."]
    assert words[2] == plan.title
    assert words[-1] == "After the plan."
    assert not any("{{" in text for text in words)


def test_without_a_placeholder_the_plan_stands_at_the_end(plan):
    frame = docx.Document()
    frame.add_paragraph("A cover.")
    content = write_plan(plan, "docx", template=saved(frame))
    assert body_words(content)[0] == "A cover."
    assert b"Gill Sans" not in parts_of(content)["word/styles.xml"]


def test_its_styles_and_headings_are_used(frame, plan):
    content = write_plan(plan, "docx", template=saved(frame))
    assert b"Gill Sans MT" in parts_of(content)["word/styles.xml"]
    heading = docx.Document(io.BytesIO(content)).paragraphs[2]
    assert heading.style.name == "Heading 1"


@pytest.mark.parametrize("orientation", [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE])
def test_the_page_is_on_its_side_and_the_table_fits_between_its_margins(frame, plan, orientation):
    section = frame.sections[0]
    section.orientation = orientation
    section.left_margin = section.right_margin = Cm(3)
    made = docx.Document(io.BytesIO(write_plan(plan, "docx", template=saved(frame))))
    page = made.sections[-1]
    assert page.page_width > page.page_height
    assert abs(page.left_margin - Cm(3)) < 1_000
    width = sum(column.width for column in made.tables[0].columns)
    assert width <= page.page_width - page.left_margin - page.right_margin


def test_a_picture_in_the_header_comes_along(frame, plan):
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(picture, "PNG")
    picture.seek(0)
    frame.sections[0].header.paragraphs[0].add_run().add_picture(picture)
    content = write_plan(plan, "docx", template=saved(frame))
    assert [n for n in parts_of(content) if n.startswith("word/media/")]
    header = docx.Document(io.BytesIO(content)).sections[0].header
    assert len(header.part.related_parts) == 1


def test_nothing_that_hides_in_a_template_comes_along(frame, plan):
    canary = CANARY.decode()
    frame.core_properties.author = canary
    frame.core_properties.last_modified_by = canary
    space = nsdecls("w")
    hiding = [
        f"<w:p {space}><w:r><w:rPr><w:vanish/></w:rPr><w:t>{canary}</w:t></w:r></w:p>",
        f'<w:p {space}><w:del w:id="1" w:author="{canary}"><w:r><w:delText>{canary}</w:delText>'
        "</w:r></w:del></w:p>",
        f'<w:p {space}><w:ins w:id="2" w:author="{canary}" w:date="2020-01-01T00:00:00Z"><w:r>'
        "<w:t>Kept words.</w:t></w:r></w:ins></w:p>",
        f'<w:p {space}><w:commentRangeStart w:id="3"/><w:r><w:t>Said.</w:t></w:r></w:p>',
        f'<w:p {space}><w:fldSimple w:instr="INCLUDETEXT &quot;{canary}&quot;"><w:r>'
        "<w:t>Shown.</w:t></w:r></w:fldSimple></w:p>",
        f'<w:p {space}><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>'
        f'DDEAUTO {canary}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
        f'<w:p {space} w:rsidR="00A1"><w:bookmarkStart w:id="4" w:name="{canary}"/></w:p>',
        f'<w:p {space}><w:pPr><w:pPrChange w:id="5" w:author="{canary}"><w:pPr/></w:pPrChange>'
        "</w:pPr></w:p>",
    ]
    for xml in hiding:
        frame.element.body.insert(0, parse_xml(xml))
    template = with_parts(
        saved(frame),
        {
            "customXml/item1.xml": b"<a>" + CANARY + b"</a>",
            "word/comments.xml": b"<a>" + CANARY + b"</a>",
            "word/people.xml": b"<a>" + CANARY + b"</a>",
            "word/embeddings/object.bin": CANARY,
            "docProps/custom.xml": b"<a>" + CANARY + b"</a>",
        },
    )
    assert sum(CANARY in part for part in parts_of(template).values()) >= 7  # the search sees it
    content = write_plan(plan, "docx", template=template)
    parts = parts_of(content)
    assert [name for name, part in parts.items() if CANARY in part] == []
    assert {"Kept words.", "Said.", "Shown."} <= set(body_words(content))
    assert not re.search(rb"rsid|INCLUDETEXT|DDEAUTO|External", b"".join(parts.values()))


def test_an_outside_link_of_a_template_is_left_behind(frame, plan):
    content = saved(frame)
    relations = parts_of(content)["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" TargetMode="External" Target="http://example.org/t.dotx" Type="'
        b'http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
        b"</Relationships>",
    )
    template = with_parts(content, {"word/_rels/document.xml.rels": relations})
    made = parts_of(write_plan(plan, "docx", template=template))
    assert not any(b"example.org" in part for part in made.values())


def test_a_plan_in_a_template_is_read_back_the_same(frame, plan):
    content = write_plan(plan, "docx", template=saved(frame))
    assert carried(again.plan(content, "docx")) == carried(plan)


def test_the_same_template_gives_the_same_bytes(frame, plan):
    template = saved(frame)
    assert write_plan(plan, "docx", template=template) == write_plan(
        plan, "docx", template=template
    )


def test_a_template_with_macros_or_of_another_kind_is_refused(frame, plan):
    with pytest.raises(Unsafe):
        write_plan(plan, "docx", template=with_parts(saved(frame), {"word/vbaProject.bin": b"x"}))
    with pytest.raises(Unreadable):
        write_plan(plan, "docx", template=write_plan(plan, "xlsx"))
    with pytest.raises(Unreadable):
        write_plan(plan, "docx", template=b"no zip")
