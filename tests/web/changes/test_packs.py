"""What is kept of the figures that a management team discussed, and what is refused."""

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from goldenthread.errors import Missing, NotAllowed, OutOfStep, Unsafe
from goldenthread.web.changes import packs
from goldenthread.web.changes.uploads import Store, clear_leftovers
from goldenthread.web.models import AuditEntry, AuditFacts, Pack
from web.changes.listened import figure
from web.listening import PACK, looked, pack, planning
from web.world import AT, DAY, ON


def _stored(row):
    return Path(settings.MEDIA_ROOT, row.stored).read_bytes()


def _workbook(hide):
    """A workbook of two sheets with something hidden in it."""
    book = openpyxl.Workbook()
    shown = book.active
    shown.title = "Grades"
    for row in (("Grade", "Staff", "Note"), ("1 to 4", 61, "x"), ("5 to 9", 39, "y")):
        shown.append(row)
    people = book.create_sheet("Names")
    people.append(("Joan Hartley", "12 Mill Lane"))
    hide(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book):
    book["Names"].sheet_state = "hidden"


def _very(book):
    book["Names"].sheet_state = "veryHidden"


def _row(book):
    book["Grades"].row_dimensions[3].hidden = True


def _column(book):
    book["Grades"].column_dimensions["C"].hidden = True


@pytest.mark.parametrize(
    ("hide", "what", "where"),
    [
        (_sheet, "a hidden sheet", "sheet “Names”"),
        (_very, "a hidden sheet", "sheet “Names”"),
        (_row, "a hidden row", "sheet “Grades”, row 3"),
        (_column, "a hidden column", "sheet “Grades”, column C"),
    ],
)
def test_a_workbook_that_hides_something_is_refused_and_says_what_and_where(
    world, hide, what, where
):
    with pytest.raises(Unsafe) as refused:
        looked(world, planning(world), _workbook(hide), "pack.xlsx")
    assert refused.value.rule == "hidden"
    assert f"pack.xlsx holds {what} ({where})." in str(refused.value)
    assert "Hartley" not in str(refused.value)
    assert not Pack.objects.exists()


def test_the_rows_behind_a_pivot_table_are_something_hidden(world):
    content = io.BytesIO(_workbook(lambda book: None))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/pivotCache/pivotCacheRecords1.xml", "<pivotCacheRecords/>")
    with pytest.raises(Unsafe, match="the rows behind a pivot table") as refused:
        looked(world, planning(world), content.getvalue(), "pack.xlsx")
    assert refused.value.rule == "hidden"


def test_the_same_workbook_with_nothing_hidden_is_taken(world):
    found = looked(world, planning(world), _workbook(lambda book: None), "pack.xlsx")
    assert (found.format, found.name) == ("xlsx", "pack.xlsx")


def test_a_document_with_tracked_deletions_is_refused(world):
    document = Document()
    paragraph = document.add_paragraph("Turnover is high.")
    deleted = OxmlElement("w:del")
    deleted.set(qn("w:id"), "1")
    deleted.set(qn("w:author"), "x")
    run = OxmlElement("w:r")
    words = OxmlElement("w:delText")
    words.text = "Joan Hartley left."
    run.append(words)
    deleted.append(run)
    paragraph._p.append(deleted)
    out = io.BytesIO()
    document.save(out)
    with pytest.raises(Unsafe, match="words that were deleted and are still in it") as refused:
        looked(world, planning(world), out.getvalue(), "pack.docx")
    assert "Hartley" not in str(refused.value)


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"Just a note.\n\nNothing more.", "note.txt", Unsafe),
        (b"", "pack.csv", Missing),
        (b"PK\x03\x04 torn", "pack.xlsx", Unsafe),
    ],
)
def test_another_kind_of_file_and_a_torn_one_are_refused(world, content, name, refusal):
    with pytest.raises(refusal):
        looked(world, planning(world), content, name)


def test_a_pack_is_kept_with_its_file_its_day_and_its_findings(world):
    row = pack(world, file=True, findings=["Fewer stay past two years.", " ", "More apply."])
    assert (row.format, row.file, row.size) == ("csv", "pack.csv", len(PACK))
    assert _stored(row) == PACK
    assert [one.text for one in row.findings.all()] == ["Fewer stay past two years.", "More apply."]


def test_the_file_of_a_pack_is_no_leftover(world):
    row = pack(world, file=True)
    (settings.IN_HAND / row.stored).touch()
    clear_leftovers()
    assert _stored(row) == PACK


def test_a_file_that_is_not_the_one_that_was_looked_into_is_refused_and_leaves_nothing(world):
    of = planning(world)
    found = looked(world, of)
    other = packs.Looked(io.BytesIO(b"other"), found.name, found.format, found.sha256)
    before = set(Path(settings.MEDIA_ROOT).iterdir())
    with pytest.raises(Unsafe, match="not the file"), Store() as store:
        packs.keep_pack(
            by=world.manager,
            planning=of,
            title="x",
            discussed_on=ON,
            findings=[],
            looked=other,
            store=store,
            at=AT,
        )
    assert set(Path(settings.MEDIA_ROOT).iterdir()) == before


def _kept(world, **more):
    given = {"title": "Data", "discussed_on": ON, "findings": ["Fewer apply."], "looked": None}
    with Store() as store:
        return packs.keep_pack(
            by=world.manager, planning=planning(world), store=store, at=AT, **given | more
        )


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"discussed_on": None}, "discussed_on"),
        ({"discussed_on": ON + DAY}, "discussed_on"),
        ({"findings": []}, "file"),
        ({"findings": ["Joan Hartley left."]}, "findings"),
        ({"findings": ["Joan Hartley left.", "Fewer apply."]}, "findings"),
        ({"findings": ["Fewer apply."] * 51}, "findings"),
    ],
)
def test_a_pack_says_what_it_wants(world, said, field):
    with pytest.raises(Missing) as refused:
        _kept(world, **said)
    assert set(refused.value.needs) == {field}
    assert "Hartley" not in str(refused.value.needs)


def test_a_finding_may_hold_a_day_and_a_count_unlike_a_theme(world):
    row = _kept(world, findings=["In March 2026, 61 of 140 managers had been trained."])
    assert row.findings.count() == 1


def test_findings_and_figures_are_added_and_withdrawn_with_a_reason(world):
    row = pack(world)
    more = packs.add_finding(by=world.manager, pack=row, text="More leave early.", at=AT)
    assert [one.position for one in row.findings.all()] == [0, 1]
    given = {"by": world.manager, "finding": more, "at": AT}
    with pytest.raises(Missing):
        packs.withdraw_finding(**given, reason=" ", version=1)
    packs.withdraw_finding(**given, reason="Counted twice", version=1)
    with pytest.raises(Missing, match="already"):
        packs.withdraw_finding(**given, reason="Again", version=2)
    entered = figure(world, world.unit("Resources"))
    assert (entered.words, entered.value, entered.unit) == (
        "Leavers within two years",
        Decimal("12.5"),
        "per cent",
    )
    with pytest.raises(OutOfStep):
        packs.withdraw_figure(
            by=world.manager, figure=entered, reason="Counted twice", version=7, at=AT
        )


def test_a_pack_that_was_set_aside_takes_nothing_more_and_keeps_its_file(world):
    row = pack(world, file=True)
    packs.set_aside_pack(by=world.manager, pack=row, reason="Another counts", version=1, at=AT)
    with pytest.raises(Missing, match="set aside"):
        packs.add_finding(by=world.manager, pack=row, text="More leave early.", at=AT)
    assert _stored(row) == PACK


def test_each_opening_is_on_record_by_whoever_may_and_nobody_else(world):
    row = pack(world, file=True)
    person = world.somebody("director", world.unit("Resources"))
    packs.open_pack(by=person, pack=row, at=AT)
    packs.open_pack(by=person, pack=row, at=AT)
    opened = AuditEntry.objects.filter(act="pack.opened", object_id=row.public_id)
    assert [one.actor for one in opened] == [person.public_id] * 2
    for role in ("auditor", "facilitator"):
        with pytest.raises(NotAllowed):
            packs.open_pack(by=world.somebody(role, world.unit("Resources")), pack=row, at=AT)


def test_the_audit_holds_no_figure_and_no_finding(world):
    figure(world, world.unit("Resources"))
    acts = ["pack.kept", "pack.figure_entered"]
    numbers = AuditEntry.objects.filter(act__in=acts).values("number")
    told = str(list(AuditFacts.objects.filter(number__in=numbers).values_list("facts", flat=True)))
    assert "findings" in told
    for word in ("12.5", "Leavers", "two years"):
        assert word not in told
