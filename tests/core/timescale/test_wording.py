from datetime import date

import pytest

from goldenthread.timescale import day, financial_year, in_words, quarter, read

DATED = date(2021, 10, 31)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("29 th September 2021", "29 September 2021"),
        ("End October 2021", "by 31 October 2021"),
        ("October 2021", "October 2021"),
        ("Autumn 2023", "1 September to 30 November 2023"),
        ("Autumn/Winter 2017", "1 September 2017 to 28 February 2018"),
        ("Q3 2022/23", "quarter 3, 2022/23"),
        ("2022/23", "2022/23"),
        ("Ongoing", "ongoing"),
        ("Already underway and ongoing", "in progress and ongoing"),
        ("From April 2023", "ongoing from 1 April 2023"),
        ("Quarterly from January 2024", "quarterly from 1 January 2024"),
        ("Completed 7th September", "completed 7 September 2021"),
        ("Launched 7th September", "under way since 7 September 2021"),
        ("Overdue - was due 31 March 2021", "late: was due 31 March 2021"),
        ("Cabinet October 2021", "Cabinet, October 2021"),
        ("Subject to funding", "“Subject to funding”"),
        ("TBC", "“TBC”"),
    ],
)
def test_a_reading_is_said_in_plain_words(words, said):
    assert in_words(read(words, DATED)[0]) == said


def test_days_quarters_and_years_are_written_as_a_council_does():
    assert day(date(2027, 3, 31)) == "31 March 2027"
    assert [quarter(date(2026, month, 1)) for month in (3, 4, 7, 10)] == [
        "quarter 4, 2025/26",
        "quarter 1, 2026/27",
        "quarter 2, 2026/27",
        "quarter 3, 2026/27",
    ]
    assert financial_year(1999) == "1999/00"
