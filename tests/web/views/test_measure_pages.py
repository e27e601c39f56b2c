"""The pages of measures: what stands on them, for whom, and the way of a file of figures."""

import csv
import io
import secrets
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from goldenthread.web.models import CaseStudy, Measure, Point, Target
from web import measuring
from web.measuring import Q1, Q2, give, measure, target
from web.world import AT
from web_pages import Page

TODAY = date(2026, 10, 12)


@pytest.fixture(autouse=True)
def on_a_day_in_october():
    with time_machine.travel(AT, tick=True):
        yield


def client(person):
    found = Client()
    found.force_login(person)
    return found


def page(who, name, thing):
    kind = {"Measure": "measure", "Point": "point", "Target": "target", "Action": "action"}
    given = {kind[type(thing).__name__]: thing.public_id}
    return client(who).get(reverse(name, kwargs=given))


def send(who, name, thing, **fields):
    kind = {"Measure": "measure", "Point": "point", "Target": "target", "Action": "action"}
    given = {kind[type(thing).__name__]: thing.public_id}
    sent = {"key": secrets.token_hex(8), "version": getattr(thing, "version", 0)} | fields
    return client(who).post(reverse(name, kwargs=given), sent)


def words(answer):
    return " ".join(Page(answer.content).text.split())


def day(name, value):
    return {f"{name}-{part}": getattr(value, part) for part in ("day", "month", "year")}


def test_a_measure_is_begun_given_a_target_and_a_figure_by_its_forms(world):
    me, action = world.manager, world.action()
    answer = send(
        me,
        "add_action_measure",
        action,
        text="Share of panels that were mixed",
        quantity="share",
        better="higher",
        counts="things",
        months="3",
        places="1",
        source="The panel log",
        baseline_value="34",
        **day("baseline_on", date(2026, 3, 31)),
    )
    assert answer.status_code == 302
    row = Measure.objects.get(text="Share of panels that were mixed")
    assert (row.action, row.baseline_value, row.counts) == (action, 34, "things")
    answer = send(
        me,
        "set_target",
        row,
        value="100",
        horizon="long",
        rationale="Every panel: it is a promise",
        **day("on", date(2029, 3, 31)),
    )
    assert answer.status_code == 302
    assert Target.objects.get().rationale == "Every panel: it is a promise"
    answer = send(
        me, "give_figure", row, ends="2026-09-30", part="11", whole="18", commentary="Eleven of 18"
    )
    assert answer.status_code == 302
    assert Point.objects.get().value == Decimal("61.1")
    said = words(page(me, "measure_page", row))
    for one in ("61.1% in Q2 2026/27", "34% on 31 March 2026", "11 of 18", "Eleven of 18"):
        assert one in said
    assert "Every panel: it is a promise" in said


def test_a_target_without_a_rationale_is_refused_in_the_form(world):
    row = measure(world)
    answer = send(world.manager, "set_target", row, value="100", horizon="long", **day("on", Q2))
    assert answer.status_code == 422
    assert "Say why this much, and compared with what." in words(answer)
    assert Target.objects.count() == 0


def test_a_target_that_is_replaced_stays_with_its_reason(world):
    row = measure(world)
    first = target(world, row, "50", rationale="Half of them at first")
    answer = send(
        world.manager,
        "replace_target",
        first,
        value="80",
        horizon="short",
        rationale="We were too timid",
        **day("on", measuring.MARCH),
    )
    assert answer.status_code == 302
    said = words(page(world.manager, "measure_page", row))
    assert "We were too timid" in said
    assert "Half of them at first" in said
    assert [t.value for t in Target.objects.filter(replaced_by=None)] == [80]


def test_a_contextual_measure_has_forecasts_and_no_target(world):
    row = measure(world, contextual=True, better="neither")
    answer = send(
        world.manager, "set_target", row, value="40", rationale="As in 2025", **day("on", Q2)
    )
    assert answer.status_code == 302
    assert Target.objects.get().kind == "forecast"
    assert "Not rated: it is forecast" in words(page(world.manager, "measure_page", row))


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("12%", "Does it mean 12%?"),
        ("0.5", "and not a hundred times as much"),
    ],
)
def test_a_figure_that_can_mean_two_things_is_asked_about_and_then_kept(world, typed, asked):
    row = measure(world)
    fields = {"ends": "2026-09-30", "value": typed, "commentary": "x"}
    answer = send(world.manager, "give_figure", row, **fields)
    assert answer.status_code == 422
    assert asked in words(answer)
    assert Point.objects.count() == 0
    answer = send(world.manager, "give_figure", row, sure="on", **fields)
    assert answer.status_code == 302
    assert Point.objects.count() == 1


@pytest.mark.parametrize("typed", ["about 60", "1,5", "£60", "-3", "160"])
def test_what_is_no_figure_is_refused_beside_its_box(world, typed):
    row = measure(world)
    answer = send(
        world.manager, "give_figure", row, ends="2026-09-30", value=typed, commentary="x", sure="on"
    )
    assert answer.status_code == 422
    assert Point.objects.count() == 0


def test_a_figure_is_corrected_by_its_form_and_both_can_be_read(world):
    row = measure(world)
    point = give(world, row, Q2, "61", "Eleven")
    answer = send(
        world.manager, "correct_figure", point, value="59", commentary="Ten", reason="Twice counted"
    )
    assert answer.status_code == 302
    said = words(page(world.manager, "measure_page", row))
    assert "Before: 61%" in said
    assert "Corrected: Twice counted" in said


# -- a file ----------------------------------------------------------------------------------------


def file(*rows, head=("Period", "Figure", "Commentary")):
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return SimpleUploadedFile("figures.csv", out.getvalue().encode(), "text/csv")


def preview(world, row, *rows, **more):
    return send(world.manager, "bring_figures", row, file=file(*rows, **more))


def sent_on(answer):
    """The hidden rows of a preview, as the next page gets them."""
    return {
        attributes["name"]: attributes["value"]
        for tag, attributes in Page(answer.content).elements
        if tag == "input" and attributes.get("name") == "lines"
    }


def test_a_file_that_is_right_is_shown_first_and_kept_as_a_whole(world):
    row = measure(world)
    shown = preview(world, row, ("Q1 2026/27", "55", "Better"), ("Q2 2026/27", "61", "Again"))
    assert shown.status_code == 200
    assert "2 figures can be kept" in words(shown)
    assert Point.objects.count() == 0
    answer = send(world.manager, "bring_figures", row, **sent_on(shown))
    assert answer.status_code == 302
    assert [(p.ends, p.value, p.source) for p in Point.objects.all()] == [
        (Q1, 55, "file"),
        (Q2, 61, "file"),
    ]


def test_every_fault_of_a_file_is_shown_at_once_with_its_row_and_column(world):
    row = measure(world)
    shown = preview(
        world,
        row,
        ("Q3 2025/26", "12%", "a"),
        ("Q4 2025/26", "1,234", "b"),
        ("Q1 2026/27", "", ""),
        ("Q2 2026/27", "lots", "d"),
        ("Easter", "50", "e"),
        ("Q2 2025/26", "-4", "f"),
        ("Q1 2025/26", "0.4", "g"),
    )
    found = {(mark["text"].partition(":")[0]) for mark in _summary(shown)}
    assert found == {
        "Row 2, Figure",
        "Row 3, Figure",
        "Row 4, Commentary",
        "Row 5, Figure",
        "Row 6, Period",
        "Row 7, Figure",
        "Row 8, Figure",
    }
    assert Point.objects.count() == 0


def _summary(answer):
    text = words(answer)
    begun = text.index("There is a problem")
    said = text[begun : text.index("7 rows of the file", begun)]
    marks = said.split("Row ")[1:]
    return [{"text": f"Row {mark.strip()}"} for mark in marks]


def test_nothing_of_a_file_is_kept_until_all_is_settled_or_left_out(world):
    row = measure(world)
    shown = preview(
        world,
        row,
        ("Q4 2025/26", "12%", "a"),
        ("Q1 2026/27", "lots", "b"),
        ("Q2 2026/27", "61", "c"),
    )
    again = send(world.manager, "bring_figures", row, **sent_on(shown), **{"take-2": "as_read"})
    assert again.status_code == 422
    assert Point.objects.count() == 0
    answer = send(
        world.manager,
        "bring_figures",
        row,
        **sent_on(again),
        **{"take-2": "as_read", "take-3": "leave_out"},
    )
    assert answer.status_code == 302
    assert [p.value for p in Point.objects.all()] == [12, 61]


def test_a_figure_can_be_typed_anew_in_the_preview(world):
    row = measure(world)
    shown = preview(world, row, ("Q2 2026/27", "lots", "c"))
    answer = send(world.manager, "bring_figures", row, **sent_on(shown), **{"value-2": "61"})
    assert answer.status_code == 302
    assert Point.objects.get().value == 61


def test_a_share_of_nothing_in_a_file_is_refused_in_words(world):
    row = measure(world)
    shown = preview(
        world,
        row,
        ("Q2 2026/27", "", "0", "0", "No panels"),
        head=("Period", "Figure", "Part", "Whole", "Commentary"),
    )
    assert "Row 2, Whole: There were none to take a share of" in words(shown)


def test_the_table_that_is_taken_away_comes_back_as_what_is_kept_already(world):
    row = measure(world)
    give(world, row, Q1, "55", "=SUM(1)")
    table = page(world.manager, "figures_csv", row).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))
    assert rows[0] == ["Period", "Figure", "Part", "Whole", "Commentary", "What will be done"]
    assert [one[0] for one in rows[1:]][-2:] == ["Q1 2026/27", "Q2 2026/27"]
    back = SimpleUploadedFile("figures.csv", table.encode("utf-8-sig"), "text/csv")
    shown = send(world.manager, "bring_figures", row, file=back)
    assert "Kept already" in words(shown)
    # A row without a figure and without a reason is one that somebody has still to fill in.
    assert "Row 2, Commentary: Say why there is no figure." in words(shown)


def test_a_file_without_the_headings_says_which_are_needed(world):
    answer = preview(world, measure(world), ("a", "b", "c"), head=("What", "How much", "Why"))
    assert answer.status_code == 422
    assert "No row has the headings Period and Figure." in words(answer)


def test_a_figure_that_differs_from_one_that_is_kept_is_not_written_over_it(world):
    row = measure(world)
    give(world, row, Q2, "61", "x")
    shown = preview(world, row, ("Q2 2026/27", "62", "x"))
    assert "Q2 2026/27 has another figure already" in words(shown)
    send(world.manager, "bring_figures", row, **sent_on(shown))
    assert [p.value for p in Point.objects.all()] == [61]


# -- who sees what ---------------------------------------------------------------------------------


def test_figures_that_count_people_are_on_the_page_of_those_alone_who_may_read_them(world):
    row = measure(world, counts="characteristic")
    give(world, row, Q2, "61.73", "Telling words")
    inside = page(world.manager, "measure_page", row)
    assert "61.73" in words(inside)
    assert "figures stay in the workspace" in words(inside)
    assert "<figure" not in inside.content.decode()
    for role in ("councillor", "union_representative", "staff_forum_chair", "auditor", "publisher"):
        shown = page(world.somebody(role), "measure_page", row)
        assert shown.status_code == 200
        assert "61.7" not in shown.content.decode()
        assert "Telling words" not in shown.content.decode()
        assert "You may read what is measured, and not the figures" in words(shown)
        listed = client(world.somebody(role)).get(reverse("measures_page"))
        assert "61.7" not in listed.content.decode()
    assert page(world.somebody("councillor"), "inside_figures_csv", row).status_code == 403
    assert page(world.manager, "figures_csv", row).status_code == 404
    assert "61.73" in page(world.manager, "inside_figures_csv", row).content.decode()


def test_what_counted_people_never_becomes_anything_else(world):
    row = measure(world, counts="unit")
    give(world, row, Q2, "50")
    answer = send(
        world.manager,
        "define_measure",
        row,
        text=row.text,
        quantity="share",
        better="higher",
        counts="things",
        months="3",
        places="0",
    )
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.counts == "unit"


def test_a_measure_of_a_document_says_nothing_and_is_treated_as_counting_people(world):
    row = measure(world, counts="")
    said = words(page(world.manager, "measure_page", row))
    assert "Until then it is treated as counting people" in said


def test_one_measure_is_shown_with_every_action_that_a_link_joins_to_it(world):
    row, other = measure(world), world.action()
    give(world, row, Q2, "61", "Better")
    answer = send(
        world.manager,
        "join_action",
        other,
        to=f"measure:{row.public_id}",
        meaning="measured_by",
        **day("since", date(2026, 4, 1)),
    )
    assert answer.status_code == 422  # the search has not offered it
    address = reverse("join_action", kwargs={"action": other.public_id})
    client(world.manager).post(
        f"{address}?search=panels",
        {"key": "x", "to": f"measure:{row.public_id}", "meaning": "measured_by"}
        | day("since", date(2026, 4, 1)),
    )
    said = words(page(world.manager, "action", other))
    assert "61% in Q2 2026/27" in said


# -- case studies ----------------------------------------------------------------------------------


def test_a_case_study_is_told_and_a_name_in_it_is_asked_about(world):
    row = measure(world)
    fields = {"title": "A new start", "story": "Joan Hartley sat on a panel."}
    answer = send(world.manager, "tell_of_measure", row, **fields, **day("told_on", Q2))
    assert answer.status_code == 422
    assert "It seems to name somebody" in words(answer)
    assert CaseStudy.objects.count() == 0
    answer = send(
        world.manager, "tell_of_measure", row, **fields, nobody_named="on", **day("told_on", Q2)
    )
    assert answer.status_code == 302
    told = CaseStudy.objects.get()
    assert (told.measure, told.consent) == (row, False)
    said = words(client(world.manager).get(reverse("case_studies_page")))
    assert "1 case study, 0 of which may be published" in said
    assert "Stays in the workspace" in words(page(world.manager, "measure_page", row))
