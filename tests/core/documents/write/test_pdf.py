"""The PDF that we write: tagged, with header cells, in fonts that travel with it."""

import io

import pikepdf
import pytest

from goldenthread.documents import read_plan, write_plan
from goldenthread.plan import Action, Plan, Recommendation


@pytest.fixture
def made(bundled_plan):
    plan = read_plan(bundled_plan).plan
    with pikepdf.open(io.BytesIO(write_plan(plan, "pdf"))) as pdf:
        yield plan, pdf


def structure(pdf):
    """Every element of the structure tree with its kind and attributes, in reading order."""
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for each in node:
                walk(each)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node.K)

    walk(pdf.Root.StructTreeRoot.K)
    return found


def scope(node):
    held = node.get("/A")
    each = held if isinstance(held, pikepdf.Array) else [held]
    return next((str(a.Scope) for a in each if a is not None and "/Scope" in a), None)


def test_it_says_that_it_is_tagged_in_english_and_shows_its_title(made):
    plan, pdf = made
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang).startswith("en")
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as about:
        assert about["dc:title"] == plan.title
        assert about["pdfuaid:part"] == "1"
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")
        assert "dc:creator" not in about


def test_headings_and_every_table_header_are_tagged(made):
    plan, pdf = made
    nodes = structure(pdf)
    kinds = [str(node.S) for node in nodes]
    assert kinds.count("/H1") == 1
    assert kinds.count("/Table") == 1 + bool(plan.abbreviations)
    heads = [node for node in nodes if str(node.S) == "/TH"]
    assert heads
    assert {scope(node) for node in heads} <= {"/Column", "/Row", "/Both"}
    assert all(scope(node) for node in heads)


def test_every_font_is_inside(made):
    _, pdf = made
    fonts = [
        o
        for o in pdf.objects
        if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
    ]
    assert fonts
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)


def test_a_hundred_actions_go_on_over_pages_and_none_is_lost():
    recs = tuple(
        Recommendation(
            f"Recommendation {n}",
            str(n),
            actions=tuple(Action(f"Do thing {n} of {m} " + "and more " * m) for m in range(10)),
        )
        for n in range(10)
    )
    content = write_plan(Plan("Our plan", recommendations=recs), "pdf")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) > 3
        rows = [node for node in structure(pdf) if str(node.S) == "/TR"]
        assert len(rows) == 101
