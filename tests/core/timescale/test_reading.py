"""Reading with a setting, finding times in sentences, status cells: worked examples by hand."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.timescale import Assumption, Setting, Timescale, find, read, status_of, to_json

MEETINGS = (date(2024, 5, 22), date(2025, 5, 21))


def window(words: str, dated: date | None = None, **setting: object) -> tuple:
    (t,) = read(words, dated, Setting(**setting))
    return t.start, t.end


@pytest.mark.parametrize(
    ("words", "setting", "start", "end"),
    [
        ("2022/23", {"year": "academic"}, date(2022, 9, 1), date(2023, 8, 31)),
        ("2022/23", {"year": "academic", "academic_start": 8}, date(2022, 8, 1), date(2023, 7, 31)),
        ("2022/23", {"year": "calendar"}, date(2022, 1, 1), date(2023, 12, 31)),
        ("financial year 2022/23", {"year": "academic"}, date(2022, 8, 1), date(2023, 7, 31)),
        ("Q2 2024", {"year": "calendar"}, date(2024, 4, 1), date(2024, 6, 30)),
        ("Q4", {"in_year": 2024}, date(2025, 1, 1), date(2025, 3, 31)),
        ("March", {"in_year": 2024}, date(2025, 3, 1), date(2025, 3, 31)),
        ("March", {"in_year": 2024, "year": "calendar"}, date(2024, 3, 1), date(2024, 3, 31)),
        ("municipal year 2024/25", {"annual_meetings": MEETINGS}, MEETINGS[0], date(2025, 5, 20)),
        ("municipal year 2024/25", {}, None, None),
        ("2024-2026", {"plan_start": date(2022, 9, 1)}, date(2024, 9, 1), date(2026, 8, 31)),
        ("Years 2-3", {"plan_start": date(2022, 4, 1)}, date(2023, 4, 1), date(2025, 3, 31)),
        ("Year 2 Q3", {"plan_start": date(2022, 4, 1)}, date(2023, 10, 1), date(2023, 12, 31)),
        ("Phase 2", {"phases": (("Phase 2", date(2022, 3, 31)),)}, None, date(2022, 3, 31)),
        ("Short-term", {"phases": (("short term", date(2022, 3, 31)),)}, None, date(2022, 3, 31)),
    ],
)
def test_the_setting_decides_what_a_phrase_alone_cannot(words, setting, start, end):
    assert window(words, **setting) == (start, end)


def test_a_bracketed_horizon_counts_from_the_start_of_the_plan():
    (t,) = read("Short term (0-12 months)", setting=Setting(plan_start=date(2024, 4, 1)))
    assert (t.kind, t.offset, t.end) == ("relative", "P12M", date(2025, 3, 31))


def test_as_above_repeats_the_row_above_under_its_own_words():
    above = read("31 March 2022 and ongoing")
    copied = read("As above", setting=Setting(above=above))
    assert [(t.raw, t.kind, t.end) for t in copied] == [
        ("As above", "date", date(2022, 3, 31)),
        ("As above", "ongoing", None),
    ]
    assert all(t.assumed == (Assumption("copied", "Copied from the row above."),) for t in copied)


@pytest.mark.parametrize(
    "words", ["", "  ", "As above", "Ditto", "”", "-", "TBC", "By xx", "See 2.1"]
)
def test_words_that_give_no_time_are_kept_and_said_to_be_unread(words):
    (t,) = read(words)
    assert (t.raw, t.kind, [a.code for a in t.assumed]) == (words.strip(), "unknown", ["unread"])


@pytest.mark.parametrize("words", ["30/02/2024", "31/13/2024", "31 June 2024", "29 February 2023"])
def test_a_day_that_does_not_exist_is_never_moved_to_one_that_does(words):
    (t,) = read(words, date(2024, 1, 1))
    assert (t.start, t.end) == (None, None)
    assert "unread" in [a.code for a in t.assumed]


def test_29_february_without_a_year_waits_for_a_leap_year():
    assert window("29 February", date(2025, 1, 1)) == (date(2028, 2, 29), date(2028, 2, 29))


def test_a_day_has_no_early_or_late_part():
    assert window("late Easter 2024") == (date(2024, 3, 31), date(2024, 3, 31))


def test_the_end_of_term_needs_to_know_where_we_are():
    assert window("end of term", in_year=2024) == (None, None)
    assert window("end of term", date(2024, 10, 1)) == (None, date(2024, 12, 31))


def test_words_not_read_beside_a_claim_are_named():
    (t,) = read("Completed. Report published on the intranet")
    assert (t.status, t.assumed) == (
        "completed",
        (Assumption("unread", "Not read as a time: “Report published on the intranet”."),),
    )


def test_a_moved_date_says_what_it_was():
    (t,) = read("was June 2024, now September 2024")
    assert t.end == date(2024, 9, 30)
    assert t.assumed[0].message.endswith("the earlier, 2024-06-30, stays in the words.")


def test_the_plain_form_has_every_key_whatever_is_empty():
    assert to_json(Timescale("29 th September 2021", "date", end=date(2021, 9, 29))) == {
        "raw": "29 th September 2021", "kind": "date", "start": None, "end": "2021-09-29",
        "precision": None, "recurrence": None, "status": None, "event": None, "offset": None,
        "anchor": None, "assumed": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "cut"),
    [
        ("Publish the data (by March 2024)", "Publish the data"),
        ("Train all managers by the end of 2025.", "Train all managers ."),
        ("Report to Cabinet in October 2024 and publish", "Report to Cabinet  and publish"),
        ("Review the 2021 census and the Equality Act 2010", None),
        ("Staff may march with the Board", None),
        ("Provide a summer programme for 300 young people", None),
        ("Embed the 2022-2025 strategy", None),
        ("Complete the review in the autumn term 2024", "Complete the review"),
        ("Advertise within 6 weeks of approval", "Advertise"),
        ("Appoint an adviser for two years", None),
    ],
)
def test_a_time_in_a_sentence_can_be_cut_out_of_it(sentence, cut):
    left = sentence
    for found in reversed(find(sentence, date(2024, 1, 1))):
        left = left[: found.start] + left[found.end :]
    assert left.strip() == (cut or sentence)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Completed", "completed"), ("Fully achieved", "completed"), ("100%", "completed"),
        ("Done – March 2024", "completed"), ("Closed", "completed"), ("✓", "completed"),
        ("Ongoing", "in_progress"), ("On track", "in_progress"), ("Current", "in_progress"),
        ("Partially achieved", "in_progress"), ("75% complete", "in_progress"),
        ("Draft complete", "in_progress"), ("Launched", "in_progress"),
        ("In place since 2022", "in_progress"), ("Not started", "not_started"),
        ("Not achieved", "not_started"), ("Future", "not_started"), ("Planned", "not_started"),
        ("Overdue", "delayed"), ("Behind", "delayed"), ("At risk (amber)", "delayed"),
        ("On hold", "on_hold"), ("Deferred to 2025/26", "on_hold"), ("Rejected", "withdrawn"),
        ("No longer relevant", "withdrawn"), ("Superseded", "withdrawn"),
        ("Red", None), ("Green", None), ("", None), ("March 2024", None), ("Quarterly", None),
        ("To be completed by May", None), ("N/A", None),
    ],
)  # fmt: skip
def test_a_status_cell_names_its_state_and_a_colour_does_not(words, status):
    assert status_of(words) == status


@pytest.mark.parametrize("words", ["1 July 2024, then ongoing", "1 July 2024 and then ongoing"])
def test_what_goes_on_after_a_day_is_a_claim_of_its_own(words):
    claims = read(words)
    assert [(claim.kind, claim.end) for claim in claims] == [
        ("date", date(2024, 7, 1)),
        ("ongoing", None),
    ]
