"""What an export must not carry, looked for by an intruder who unpacks every part of it."""

import io
import re
import zipfile
from html.parser import HTMLParser

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.documents.write.plans import ODD, plans
from core.plan.strategies import few
from goldenthread.documents import write_plan
from goldenthread.plan import Action, Lead, Plan, Programme, Recommendation, Update, cells
from goldenthread.timescale import Timescale

ENDINGS = ["docx", "xlsx", "csv", "html", "pdf", "json"]
NAME = "Ottoline Quackenbush"

SECRET = Plan(
    "Our plan",
    "2026-10",
    (
        Recommendation(
            "Train managers",
            "1",
            actions=(
                Action(
                    "Brief all managers",
                    leads=(
                        Lead("Director of People", person=NAME),
                        Lead("", "person", person=NAME),
                        Lead(NAME, "person"),
                    ),
                    timescales=(Timescale("Ongoing", "ongoing"),),
                    updates=(Update("Forty trained"),),
                ),
            ),
        ),
    ),
    programme=Programme("Unseen programme"),
)


def unpacked(content):
    """Every part of a file as bytes, by name: what is packed in parts and streams laid open."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    if content.startswith(b"%PDF"):
        parts = {"file": content}
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for number, each in enumerate(pdf.objects):
                parts[f"object {number}"] = repr(each).encode()
                if isinstance(each, pikepdf.Stream):
                    parts[f"stream {number}"] = each.read_bytes()
        return parts
    return {"file": content}


def words_of(content, ending):
    """All that a reader of the file could find, in one piece of text."""
    if ending == "pdf":
        import pdfplumber  # slow

        with pdfplumber.open(io.BytesIO(content)) as pdf:
            return "".join(page.extract_text() for page in pdf.pages).replace("\u200b", "")
    return b"\n".join(unpacked(content).values()).decode("utf-8", "replace")


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_name_of_a_person_is_in_any_part_unless_names_are_asked_for(ending):
    named = words_of(write_plan(SECRET, ending, names=True), ending)
    assert "Quackenbush" in named  # the search would see it
    content = write_plan(SECRET, ending)
    assert "Quackenbush" not in words_of(content, ending)
    assert all(b"Quackenbush" not in part for part in unpacked(content).values())
    for words in ("Director of People", "Named person"):
        assert words in words_of(content, ending)


@pytest.mark.parametrize("ending", [e for e in ENDINGS if e != "json"])
def test_the_programme_is_the_registers_and_stays_there(ending):
    assert "Unseen" not in words_of(write_plan(SECRET, ending), ending)


@pytest.mark.parametrize("layout", ["full", "council"])
def test_a_word_file_has_the_parts_that_we_make_and_no_others(layout):
    parts = unpacked(write_plan(SECRET, "docx", layout=layout))
    assert set(parts) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/footer1.xml",
        "word/settings.xml",
        "word/styles.xml",
    }
    core = parts["docProps/core.xml"].decode()
    assert set(re.findall(r"<(?:\w+:)?(\w+)", core)) == {"coreProperties", "title", "language"}
    body = parts["word/document.xml"]
    for hidden in (b"instrText", b"fldSimple", b"w:vanish", b"w:del ", b"w:ins ", b"w:comment"):
        assert hidden not in body
    fields = re.findall(rb"<w:instrText[^>]*>([^<]*)", parts["word/footer1.xml"])
    assert [field.strip() for field in fields] == [b"PAGE", b"NUMPAGES"]
    assert b"External" not in b"".join(parts.values())


@pytest.mark.parametrize("layout", ["full", "council"])
def test_a_workbook_has_no_hidden_sheet_comment_macro_or_maker(layout):
    parts = unpacked(write_plan(SECRET, "xlsx", layout=layout))
    allowed = re.compile(
        r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:core|app)\.xml|xl/workbook\.xml|"
        r"xl/_rels/workbook\.xml\.rels|xl/styles\.xml|xl/sharedStrings\.xml|xl/theme/theme1\.xml|"
        r"xl/worksheets/sheet\d\.xml"
    )
    assert [name for name in parts if not allowed.fullmatch(name)] == []
    everything = b"".join(parts.values())
    # Excel keeps its own name of a filtered range out of sight.
    everything = everything.replace(b'localSheetId="1" hidden="1">', b">")
    for hidden in (b'state="hidden', b"veryHidden", b'hidden="1"', b"openpyxl", b"dc:creator",
                   b"lastModifiedBy", b"dcterms", b"absPath", b"External"):  # fmt: skip
        assert hidden not in everything


@settings(max_examples=30)
@given(plan=plans)
def test_no_cell_of_a_workbook_computes(plan):
    parts = unpacked(write_plan(plan, "xlsx"))
    for name, part in parts.items():
        if name.startswith("xl/worksheets/"):
            assert b"<f>" not in part
            assert b"<f " not in part
            kinds = set(re.findall(rb'<c [^>]*?t="(\w+)"', part))
            assert kinds <= {b"s", b"inlineStr", b"n"}
            assert not re.search(rb'<c [^>]*t="n"[^>]*><v>', part)
    styles = parts["xl/styles.xml"]
    assert b'quotePrefix="1"' in styles


@settings(max_examples=40)
@given(plan=plans)
def test_no_cell_of_a_csv_file_begins_like_a_formula(plan):
    import csv

    text = write_plan(plan, "csv").decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cells.computes(cell) and not cell.startswith("'") for cell in row)


class _Page(HTMLParser):
    """The elements of a page with their attributes, and the text of each cell."""

    def __init__(self):
        super().__init__()
        self.tags, self.cells, self.inside = [], [], False

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag in ("td", "th"):
            self.inside = True
            self.cells.append("")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data):
        if self.inside:
            self.cells[-1] += data


@settings(max_examples=40)
@given(plan=plans)
def test_a_page_has_no_script_nothing_from_elsewhere_and_no_formula(plan):
    content = write_plan(plan, "html").decode()
    page = _Page()
    page.feed(content)
    assert {tag for tag, _ in page.tags} <= {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "div",
        "table", "caption", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    names = {name for _, attributes in page.tags for name in attributes}
    assert names <= {
        "lang", "charset", "http-equiv", "content", "name", "class", "role", "aria-label",
        "tabindex", "scope", "colspan", "rowspan",
    }  # fmt: skip
    policy = next(a["content"] for _, a in page.tags if "http-equiv" in a)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert not any(cells.computes(cell) for cell in page.cells)


@settings(max_examples=15)
@given(plan=plans, more=few(st.sampled_from(ODD)))
def test_words_never_become_markup_of_a_word_file(plan, more):
    from lxml import etree

    body = unpacked(write_plan(plan, "docx"))["word/document.xml"]
    tags = {etree.QName(node).localname for node in etree.fromstring(body).iter()}
    assert tags <= {
        "document", "body", "p", "pPr", "pStyle", "keepNext", "spacing", "jc", "r", "rPr", "b",
        "color", "sz", "szCs", "t", "tbl", "tblPr", "tblW", "tblBorders", "top", "left", "bottom",
        "right", "insideH", "insideV", "tblLayout", "tblCellMar", "tblLook", "tblCaption",
        "tblDescription", "tblGrid", "gridCol", "tr", "trPr", "cantSplit", "tblHeader", "tc",
        "tcPr", "tcW", "shd", "vMerge", "gridSpan", "sectPr", "footerReference", "pgSz", "pgMar",
    }  # fmt: skip


def test_words_never_become_markup_of_a_pdf():
    actions = tuple(Action(words) for words in ODD if max(words) < "\u2022")
    assert len(actions) > 20
    content = write_plan(
        Plan("#title *x*", recommendations=(Recommendation("=R", actions=actions),)), "pdf"
    )
    found = "".join(words_of(content, "pdf").split())
    for words in ("#title*x*", "#setpage(width:1pt)", "*bold*_it_$x$@ref<lab>"):
        assert words in found


def test_a_character_that_no_font_has_is_refused_by_its_code_and_not_left_out():
    from goldenthread.errors import Unreadable

    plan = Plan(recommendations=(Recommendation("日本語"),))
    with pytest.raises(Unreadable, match=r"U\+65E5"):
        write_plan(plan, "pdf")


def test_a_pdf_names_no_maker_and_holds_no_file_script_or_link():
    parts = unpacked(write_plan(SECRET, "pdf"))
    everything = b"".join(parts.values())
    for hidden in (
        b"/JavaScript",
        b"/JS",
        b"/EmbeddedFile",
        b"/URI",
        b"/Launch",
        b"/Author",
        b"/tmp",
    ):
        assert hidden not in everything
