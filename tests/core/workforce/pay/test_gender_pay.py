from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.workforce.payroll import PEOPLE, of_sex
from goldenthread.workforce.pay.gender_pay import Staff, read_gender_pay_gap
from goldenthread.workforce.pay.published_figures import check_figures
from goldenthread.workforce.too_few import TooFew
from oracles import pay

DAY = date(2026, 3, 31)
# Somebody of either sex, and somebody in each quarter.
BOTH = PEOPLE.filter(lambda people: {sex for _, sex in people} == {"male", "female"}).filter(
    lambda people: len(people) >= 4
)


def _rows(people):
    return [(DAY, sex, pence, 1) for pence, sex in people]


def _staff(people, bonus):
    return [
        (DAY, sex, len(of_sex(people, sex)) + 3, len(of_sex(people, sex)), 0,
         len(of_sex(bonus, sex)))
        for sex in ("male", "female")
    ]  # fmt: skip


@given(PEOPLE, st.data())
def test_the_figures_are_those_of_the_slow_obvious_way(people, data):
    bonus = data.draw(st.lists(st.sampled_from(people), max_size=10, unique=False)
                      if people else st.just([]))  # fmt: skip
    bonus = bonus[: min(len(of_sex(people, "male")), len(of_sex(people, "female")))]
    found = read_gender_pay_gap(DAY, _rows(people), _rows(bonus), _staff(people, bonus))
    for rows, statistic, given_ in (
        (people, "mean", found.mean_hourly),
        (people, "median", found.median_hourly),
        (bonus, "mean", found.mean_bonus),
        (bonus, "median", found.median_bonus),
    ):
        wanted = pay.gap(of_sex(rows, "male"), of_sex(rows, "female"), statistic)
        assert wanted == (None if isinstance(given_, TooFew) else given_.exact)


@given(BOTH, st.booleans(), st.booleans())
def test_what_it_gives_the_national_service_takes(people, men_had, women_had):
    bonus = [(50_000, "male")] * men_had + [(40_000, "female")] * women_had
    found = read_gender_pay_gap(DAY, _rows(people), _rows(bonus), _staff(people, bonus))
    assert check_figures(found.figures) == ()


def test_where_no_woman_had_a_bonus_the_gap_is_100_and_where_no_man_had_one_there_is_none():
    people = [(1500, "male"), (1500, "female")] * 2
    men, women = [(900, "male")], [(900, "female")]
    only_men = read_gender_pay_gap(DAY, _rows(people), _rows(men), _staff(people, men)).figures
    only_women = read_gender_pay_gap(
        DAY, _rows(people), _rows(women), _staff(people, women)
    ).figures
    assert (only_men.mean_bonus, only_men.median_bonus) == (Decimal("100.0"), Decimal("100.0"))
    assert (only_women.mean_bonus, only_women.median_bonus) == (None, None)


def test_who_is_neither_man_nor_woman_in_the_record_is_counted_and_in_no_figure():
    rows = [*_rows([(1000, "male"), (1000, "female")]), (DAY, "not_known", 9000, 5)]
    staff = [
        (DAY, "male", 1, 1, 0, 0),
        (DAY, "female", 2, 2, 1, 0),
        (DAY, "not_known", 6, 5, 0, 0),
        (DAY, "blank", 1, 0, 0, 0),
    ]
    found = read_gender_pay_gap(DAY, rows, [], staff)
    assert found.mean_hourly.exact == 0
    assert sum(each.people for each in found.quarters) == 2
    assert (found.other, found.employees) == (Staff(7, 5, 0, 0), 10)
    assert found.left_out == 6
    assert found.sentences[-1] == (
        "6 on full pay are left out of the hourly figures: their pay could not be reckoned, or "
        "their record says neither man nor woman."
    )


def test_intervals_of_the_hourly_gaps_are_given_where_they_are_asked_for():
    people = [(1500 + step, sex) for step in range(12) for sex in ("male", "female")]
    found = read_gender_pay_gap(DAY, _rows(people), [], _staff(people, []), intervals=True)
    mean = found.mean_hourly.exact
    assert found.intervals.mean.low <= mean <= found.intervals.mean.high
    assert found.intervals.median.sentence in found.sentences
    few = read_gender_pay_gap(DAY, _rows(people[:10]), [], _staff(people[:10], []), intervals=True)
    assert isinstance(few.intervals, TooFew)
    assert few.mean_hourly.exact == 0


def test_rows_of_another_snapshot_are_passed_over():
    before = date(2025, 3, 31)
    rows = [(before, "male", 1, 900), *_rows([(1000, "male"), (900, "female")])]
    found = read_gender_pay_gap(DAY, rows, rows, [(before, "male", 900, 0, 0, 0)])
    assert (found.mean_hourly.per_cent, found.employees) == (Decimal("10.0"), 0)
    assert (found.must_publish, found.last_day) == (False, date(2027, 3, 30))


def test_the_sentences_give_every_figure_with_its_base():
    people = [(1500, "male"), (1400, "male"), (1200, "female"), (1100, "female")]
    bonus = [(900, "male"), (800, "female")]
    assert read_gender_pay_gap(
        DAY, _rows(people), _rows(bonus), _staff(people, bonus)
    ).sentences == (
        "The mean hourly pay of women is 20.7% lower than that of men (base: men 2, women 2).",
        "The median hourly pay of women is 20.7% lower than that of men (base: men 2, women 2).",
        "The mean bonus pay of women is 11.1% lower than that of men (base: men 1, women 1).",
        "The median bonus pay of women is 11.1% lower than that of men (base: men 1, women 1).",
        "Men with a bonus: 20.0% (1 of 5 men; 95% interval 3.6% to 62.4%)",
        "Women with a bonus: 20.0% (1 of 5 women; 95% interval 3.6% to 62.4%)",
        "Women in the lower quarter: 100.0% (1 of 1 in the lower quarter; 95% interval 20.7% to "
        "100.0%)",
        "Women in the lower middle quarter: 100.0% (1 of 1 in the lower middle quarter; 95% "
        "interval 20.7% to 100.0%)",
        "Women in the upper middle quarter: 0.0% (0 of 1 in the upper middle quarter; 95% "
        "interval 0.0% to 79.3%)",
        "Women in the upper quarter: 0.0% (0 of 1 in the upper quarter; 95% interval 0.0% to "
        "79.3%)",
    )
