"""A council's own Word template: its sections, their order, its looks; and what it cannot mean."""

import io
import re
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from goldenthread.documents.paper import KEYS, write_paper
from goldenthread.documents.paper.docx import read_template
from goldenthread.errors import Unreadable, Unsafe
from papers import paper


def saved(frame):
    stream = io.BytesIO()
    frame.save(stream)
    return stream.getvalue()


def template(*paragraphs):
    made = docx.Document()
    for text in paragraphs:
        if text.startswith("# "):
            made.add_heading(text[2:], 2)
        else:
            made.add_paragraph(text)
    return made


def control(tag, *, block, words="Click here", look=""):
    """A content control as Word writes it, around a paragraph or inside one."""
    run = f"<w:r><w:t>{words}</w:t></w:r>"
    inside = f"<w:p>{look}{run}</w:p>" if block else run
    return parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="A place"/><w:tag w:val="{tag}"/>'
        f"</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    )


def words_of(content):
    return [p.text for p in docx.Document(io.BytesIO(content)).paragraphs if p.text.strip()]


def test_sections_stand_where_the_template_marks_them_and_others_are_left_out_and_named():
    frame = read_template(saved(template("{{dates}}", "Between.", "{{ Summary }}")))
    assert frame.order == ("dates", "summary")
    assert frame.left_out == tuple(key for key in KEYS if key not in ("dates", "summary"))


def test_the_councils_words_stay_around_the_sections():
    words = words_of(
        write_paper(paper(), "docx", template=saved(template("Before.", "{{decisions}}", "After.")))
    )
    assert words[0] == "Before."
    assert words[-1] == "After."
    assert "Decisions wanted" in words


def test_a_section_under_a_heading_of_the_template_gets_none_of_ours():
    words = words_of(
        write_paper(
            paper(), "docx", template=saved(template("# 2. Recommendations", "{{decisions}}"))
        )
    )
    assert words[:2] == ["2. Recommendations", "The committee is asked to:"]


def test_paragraphs_take_the_look_of_the_paragraph_that_was_marked():
    made = template()
    style = made.styles.add_style("Report Body", 1)
    style.font.size = Pt(12)
    made.add_paragraph("{{implications}}", style="Report Body")
    found = docx.Document(io.BytesIO(write_paper(paper(), "docx", template=saved(made))))
    finance = next(p for p in found.paragraphs if p.text.startswith("Finance"))
    assert finance.style.name == "Report Body"


def test_small_marks_stand_anywhere_in_tables_headers_and_footers_too():
    made = template("Report to {{committee}} on {{meeting}}", "{{summary}}")
    table = made.add_table(1, 2)
    table.cell(0, 0).text = "Lead member"
    table.cell(0, 1).text = "{{ lead_member }}"
    made.sections[0].header.paragraphs[0].text = "Item {{item}}"
    made.sections[0].footer.paragraphs[0].text = "{{as at}}"
    found = docx.Document(io.BytesIO(write_paper(paper(), "docx", template=saved(made))))
    assert found.paragraphs[0].text == (
        "Report to Overview and Scrutiny Committee on 21 October 2026"
    )
    assert found.tables[-1].cell(0, 1).text == "Cabinet Member for Equality"
    assert found.sections[0].header.paragraphs[0].text == "Item 6"
    assert found.sections[0].footer.paragraphs[0].text == "30 September 2026"


def test_a_mark_that_word_has_cut_into_runs_is_one_mark():
    made = template("{{summary}}")
    paragraph = made.add_paragraph("To ")
    for part in ("{", "{comm", "ittee}", "} on"):
        paragraph.add_run(part).bold = part == "{"
    found = words_of(write_paper(paper(), "docx", template=saved(made)))
    assert found[-1] == "To Overview and Scrutiny Committee on"


def test_content_controls_are_marks_too():
    made = template("{{dates}}", "To ")
    made.element.body.insert(1, control("paper decisions", block=True))
    made.paragraphs[-1]._p.append(control("Paper: committee", block=False))
    content = saved(made)
    assert read_template(content).order == ("dates", "decisions")
    words = words_of(write_paper(paper(), "docx", template=content))
    assert words[-1] == "To Overview and Scrutiny Committee"
    assert "Click here" not in " ".join(words)


def test_a_content_control_of_the_councils_own_is_left_alone():
    made = template("{{dates}}")
    made.element.body.insert(1, control("DocumentStatus", block=True, words="Draft"))
    assert "Draft" in words_of(write_paper(paper(), "docx", template=saved(made)))


@pytest.mark.parametrize(
    ("paragraphs", "says"),
    [
        (("{{weather}}",), "a mark that is not known: {{weather}}"),
        (("{{dates}}", "{{dates}}"), "{{dates}} twice"),
        (("No marks.",), "marks no place"),
        (("See {{dates}}.",), "does not stand alone"),
        (("{{dates}}", "{{summary}"), "not closed"),
    ],
)
def test_what_a_template_cannot_mean_is_refused_in_a_sentence(paragraphs, says):
    with pytest.raises(Unreadable) as refused:
        read_template(saved(template(*paragraphs)))
    assert says in str(refused.value)


@pytest.mark.parametrize("where", ["table", "header"])
def test_a_section_in_a_table_or_header_is_refused(where):
    made = template("{{dates}}")
    if where == "table":
        made.add_table(1, 1).cell(0, 0).text = "{{summary}}"
    else:
        made.sections[0].header.paragraphs[0].text = "{{summary}}"
    with pytest.raises(Unreadable, match="stands in a table"):
        read_template(saved(made))


def test_a_content_control_with_an_unknown_name_is_refused():
    made = template("{{dates}}")
    made.element.body.insert(0, control("paper weather", block=True))
    with pytest.raises(Unreadable, match="weather"):
        read_template(saved(made))


def test_what_hides_in_a_template_stays_behind():
    content = saved(template("{{dates}}"))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/comments.xml", b"<w:comments>Zanzibar</w:comments>")
    made = write_paper(paper(), "docx", template=stream.getvalue())
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert not any(b"Zanzibar" in archive.read(name) for name in archive.namelist())
    assert b"Zanzibar" in stream.getvalue()


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04"])
def test_what_is_no_word_file_is_refused(content):
    with pytest.raises((Unreadable, Unsafe)):
        read_template(content)


def test_the_other_formats_take_the_templates_order():
    content = saved(template("{{dates}}", "{{summary}}"))
    page = write_paper(paper(), "html", template=content).decode()
    assert re.findall(r"<h2[^>]*>([^<]*)", page) == ["Dates that moved", "Summary"]
    assert "[1]" not in page


def test_without_the_plan_the_sources_name_no_appendix_that_is_not_there():
    page = write_paper(paper(), "html", template=saved(template("{{summary}}", "{{sources}}")))
    assert b"Appendix A" not in page
    assert b"Every action of the plan" in page


def test_a_template_makes_the_same_bytes_twice():
    content = saved(template("{{measures}}", "{{sources}}"))
    first = write_paper(paper(), "docx", template=content)
    assert first == write_paper(paper(), "docx", template=content)
