from datetime import date

import pytest

from goldenthread.documents.dates import find_date, find_setting


def found(*opening, cells=(), given=None):
    dating = find_date(opening, cells, given)
    return dating.printed, dating.basis


@pytest.mark.parametrize(
    ("line", "printed", "basis"),
    [
        ("Cabinet, 14 June 2023. Appendix B.", "2023-06-14", "meeting"),
        ("Position at 30 September 2024. Reviewed by the Deputy.", "2024-09-30", "printed"),
        ("Agreed by directorate management team, April 2024", "2024-04", "printed"),
        ("October 2021", "2021-10", "printed"),
        ("Updated 3 May 2022", "2022-05-03", "printed"),
    ],
)
def test_a_document_dates_itself(line, printed, basis):
    assert found("A council's plan", line) == (printed, basis)


def test_a_line_that_only_dates_the_document_beats_a_sentence_about_something_else():
    assert found(
        "Cabinet, 15 July 2026. Agenda item 7.",
        "This plan answers the review. Cabinet adopted the first of its actions with their dates "
        "on 16 September 2025.",
    ) == ("2026-07-15", "meeting")


def test_a_month_at_the_end_of_the_title_dates_the_document():
    assert found("Peer challenge action plan, January 2024") == ("2024-01", "printed")
    assert found("Equality plan April 2023 – March 2026") == (None, "none")


def test_the_date_of_a_review_visit_is_not_the_documents():
    assert found("Date of the peer review visit: 16 and 17 May 2022") == (None, "none")


def test_a_given_date_serves_where_none_is_printed_and_never_beats_a_printed_one():
    given = date(2020, 1, 31)
    assert found("A plan", given=given) == ("2020-01-31", "given")
    assert found("Cabinet, 14 June 2023", given=given) == ("2023-06-14", "meeting")


def test_the_first_meeting_in_the_timescales_dates_the_document():
    assert found("A plan", cells=["Ongoing", "Cabinet October 2021", "Council May 2022"]) == (
        "2021-10",
        "meeting",
    )


def test_else_the_latest_day_called_past_dates_it():
    assert found("A plan", cells=["Completed May 2023", "Completed 3 March 2022"]) == (
        "2023-05",
        "inferred",
    )


def test_a_plans_own_period_comes_from_its_title():
    setting = find_setting(["Equality plan 2023-2027"])
    assert (setting.plan_start, setting.plan_end) == (date(2023, 4, 1), date(2027, 3, 31))


def test_a_university_counts_academic_years():
    setting = find_setting(["University of Brackenford race plan 2024/25"])
    assert (setting.year, setting.plan_start) == ("academic", date(2024, 9, 1))


def test_a_telephone_number_is_no_period():
    assert find_setting(["Call 2020 7946 for help"]).plan_start is None


def test_a_line_that_dates_the_document_beats_a_meeting_in_an_action():
    assert found(
        "Race equality priorities 2023-25",
        "Adopted March 2023",
        "Pay members of the Panel for their time from 1 September 2023",
    ) == ("2023-03", "printed")


def test_a_meeting_that_says_the_same_more_exactly_dates_the_document():
    assert found("A plan", "Version 2, March 2026", "Cabinet, 12 March 2026") == (
        "2026-03-12",
        "meeting",
    )
