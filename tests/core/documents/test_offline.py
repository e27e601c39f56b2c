"""A workbook that people have typed into: what is taken, what is asked, what is refused."""

import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings

from core.documents.write import again
from core.documents.write.plans import plans
from goldenthread.documents import carried, offline, read_plan, read_update, write_plan
from goldenthread.errors import Unreadable
from goldenthread.plan.model import Update


@pytest.fixture
def plan(bundled_plan):
    return read_plan(bundled_plan).plan


class Workbook:
    """A workbook as somebody opens it, with its cells by heading."""

    def __init__(self, plan):
        self.book = openpyxl.load_workbook(io.BytesIO(write_plan(plan, "xlsx")))
        self.sheet = self.book["Plan"]
        self.columns = {cell.value: cell.column for cell in self.sheet[1]}

    def type(self, row, **typed):
        for heading, value in typed.items():
            name = heading.replace("_", " ")
            self.sheet.cell(row, self.columns[name]).value = value

    def read(self, plan):
        stream = io.BytesIO()
        self.book.save(stream)
        return offline.offline_from(again.document(stream.getvalue(), "xlsx"), plan)


def key(plan, rec, act):
    from goldenthread.documents.layouts import keys

    return keys(carried(plan))[rec][act]


def test_a_workbook_that_nobody_touched_says_nothing(plan):
    assert Workbook(plan).read(plan) == offline.Offline()


@settings(max_examples=20)
@given(plan=plans)
def test_no_workbook_that_nobody_touched_says_anything(plan):
    content = write_plan(plan, "xlsx")
    assert offline.offline_from(again.document(content, "xlsx"), plan) == offline.Offline()


def test_what_was_typed_comes_back_by_key(plan):
    book = Workbook(plan)
    book.type(2, Status="On hold", RAG="Amber", What_was_done="Trained forty")
    book.type(3, Forecast=dt.datetime(2027, 3, 31))
    found = book.read(plan)
    assert found.faults == found.new == found.deleted == ()
    first, second = found.updates
    assert (first.key, first.rec, first.act) == (key(plan, 0, 0), 0, 0)
    assert (first.status, first.rag, first.done) == ("on_hold", "amber", "Trained forty")
    assert (second.rec, second.act, second.forecast) == (0, 1, dt.date(2027, 3, 31))
    assert (second.status, second.rag, second.done) == (None, None, "")


def moved_on(plan, *said, status):
    """The plan after its first action gained updates, with the status that it has now."""
    first = plan.recommendations[0]
    action = first.actions[0]
    action = replace(action, status=status, updates=(*action.updates, *said))
    first = replace(first, actions=(action, *first.actions[1:]))
    return replace(plan, recommendations=(first, *plan.recommendations[1:]))


WRITTEN = Update("Begun", dt.date(2026, 7, 1), "in_progress", "Minutes, page 2")
SINCE = Update("Half done", dt.date(2026, 8, 1), "delayed")


def test_what_the_plan_said_when_the_workbook_was_written_is_not_taken_for_typed(plan):
    book = Workbook(moved_on(plan, WRITTEN, status="in_progress"))
    assert book.read(moved_on(plan, WRITTEN, SINCE, status="delayed")) == offline.Offline()


def test_who_typed_before_the_plan_moved_on_is_said_not_to_have_known(plan):
    book = Workbook(moved_on(plan, WRITTEN, status="in_progress"))
    book.type(2, Status="On hold", What_was_done="Stopped")
    book.type(3, What_was_done="Trained forty")
    first, second = book.read(moved_on(plan, WRITTEN, SINCE, status="delayed")).updates
    assert (first.status, first.done, first.moved) == ("on_hold", "Stopped", True)
    assert (second.done, second.moved) == ("Trained forty", False)


def test_words_that_the_plan_has_gained_since_are_not_taken_twice(plan):
    book = Workbook(plan)
    book.type(2, Status="In progress", What_was_done="Begun")
    found = book.read(moved_on(plan, replace(WRITTEN, evidence=None), status="in_progress"))
    assert (found.updates, found.known) == ((), (key(plan, 0, 0),))


def test_a_status_that_was_deleted_is_said_to_be_so(plan):
    book = Workbook(plan)
    book.type(2, Status=None)
    (update,) = book.read(plan).updates
    assert update.status_cleared
    assert not update.rag_cleared


def test_rows_may_be_sorted(plan):
    book = Workbook(plan)
    rows = [[cell.value for cell in row] for row in book.sheet.iter_rows(min_row=2, max_row=32)]
    for number, values in enumerate(reversed(rows), 2):
        for column, value in enumerate(values, 1):
            book.sheet.cell(number, column).value = value
    book.type(32, Status="On hold")
    found = book.read(plan)
    assert [(u.rec, u.act, u.status) for u in found.updates] == [(0, 0, "on_hold")]
    assert found.faults == ()


@pytest.mark.parametrize(
    ("typed", "code", "column"),
    [
        ({"Status": "nearly there"}, "status", "Status"),
        ({"RAG": "beige"}, "rag", "RAG"),
        ({"Forecast": "31/02/2027"}, "forecast", "Forecast"),
        ({"Forecast": "when we can"}, "forecast", "Forecast"),
        ({"Recovery by": "soon"}, "recovery_by", "Recovery by"),
        ({"Action": "Something else"}, "locked_cell", "Action"),
        ({"Key": "1.1-AAAAAA"}, "unknown_key", "Key"),
    ],
)
def test_what_cannot_be_taken_is_a_fault_at_its_cell(plan, typed, code, column):
    book = Workbook(plan)
    book.type(4, **typed)
    found = book.read(plan)
    fault = found.faults[0]
    assert fault.code == code
    assert (fault.place.sheet, fault.place.row) == ("Plan", 4)
    assert fault.place.column == book.columns[column]
    assert str(next(iter(typed.values()))) not in fault.message
    assert found.updates == ()


def test_a_row_typed_by_hand_is_a_new_action_to_confirm(plan):
    book = Workbook(plan)
    last = len(plan.actions) + 2
    number = plan.recommendations[1].number
    book.type(last, **{"No.": number, "Action": "Meet monthly", "Lead": "Head of HR",
                       "Timescale": "March 2027", "What was done": "Begun"})  # fmt: skip
    (new,) = book.read(plan).new
    assert (new.recommendation, new.action.text, new.done) == (1, "Meet monthly", "Begun")
    assert [lead.text for lead in new.action.leads] == ["Head of HR"]
    assert new.action.timescales[0].end == dt.date(2027, 3, 31)
    assert new.place.row == last


def test_a_deleted_row_is_named_and_nothing_is_removed(plan):
    book = Workbook(plan)
    book.sheet.delete_rows(3)
    found = book.read(plan)
    assert found.deleted == (key(plan, 0, 1),)
    assert [fault.code for fault in found.faults] == ["deleted_row"]
    assert found.updates == ()


def test_a_copied_row_is_a_fault_and_the_first_is_read(plan):
    book = Workbook(plan)
    last = len(plan.actions) + 2
    for cell in book.sheet[2]:
        book.sheet.cell(last, cell.column).value = cell.value
    book.type(last, Status="On hold")
    found = book.read(plan)
    assert [(f.code, f.place.row) for f in found.faults] == [("double_key", last)]
    assert found.updates == ()


def test_what_was_typed_is_read_as_an_update_when_the_workbook_is_read_as_a_plan(plan):
    book = Workbook(plan)
    book.type(2, What_was_done="Trained forty")
    stream = io.BytesIO()
    book.book.save(stream)
    read = again.plan(stream.getvalue(), "xlsx")
    assert read.actions[0].updates[-1].text == "Trained forty"


def test_another_workbook_is_refused(tmp_path, plan):
    file = tmp_path / "other.xlsx"
    file.write_bytes(write_plan(plan, "xlsx", layout="council"))
    with pytest.raises(Unreadable, match="not a workbook that was written for updating"):
        read_update(file, plan)


def test_only_status_colour_and_the_two_columns_to_type_in_are_open(plan):
    book = Workbook(plan)
    assert book.sheet.protection.sheet
    assert book.sheet.protection.password is None
    open_columns = {
        name for name, column in book.columns.items()
        if not book.sheet.cell(2, column).protection.locked
    }  # fmt: skip
    assert open_columns == {
        *("Status", "RAG", "What was done", "Forecast"),
        *("Cause", "Recovery step", "Recovery by"),
    }
    spare = book.sheet.max_row
    assert book.sheet.cell(spare, book.columns["Key"]).protection.locked
    assert not book.sheet.cell(spare, book.columns["Action"]).protection.locked
    choices = {str(v.sqref)[0]: v.formula1 for v in book.sheet.data_validations.dataValidation}
    letters = {name: openpyxl.utils.get_column_letter(c) for name, c in book.columns.items()}
    assert "Completed" in choices[letters["Status"]]
    assert "Amber" in choices[letters["RAG"]]
    assert book.sheet.freeze_panes == "B2"
