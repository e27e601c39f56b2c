"""What can be compared when the list of answers changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.categories import all_lists, breaks, code_list, lists_of

SAME_KIND = [(a, b) for a in all_lists() for b in lists_of(a.characteristic)]


def _between(before, after, grouping="detailed"):
    return breaks(code_list(before), code_list(after), grouping)


def _of(found, code):
    (one,) = (each for each in found if code in each.before)
    return one


@pytest.mark.parametrize(
    ("before", "after", "grouping", "apart"),
    [
        ("ethnicity_england_2001", "ethnicity_england_2011", "five", {"asian", "other"}),
        ("ethnicity_england_2001", "ethnicity_england_2021", "five", {"asian", "other"}),
        ("ethnicity_england_2011", "ethnicity_england_2021", "five", set()),
        ("ethnicity_england_2001", "ethnicity_england_2021", "white_other", set()),
        ("ethnicity_england_2001", "ethnicity_england_2021", "white_british_other", set()),
        ("ethnicity_england_2011", "ethnicity_wales_2021", "five", set()),
        ("ethnicity_england_2011", "ethnicity_england_2021", "detailed",
         {"white_other", "white_gypsy_or_irish_traveller"}),
        ("ethnicity_northern_ireland_2011", "ethnicity_northern_ireland_2021", "white_other",
         {"white", "all_other"}),
    ],
)  # fmt: skip
def test_which_groups_go_on_and_which_do_not(before, after, grouping, apart):
    found = _between(before, after, grouping)
    assert {group for one in found if not one.comparable for group in one.before} == apart


def test_chinese_and_arab_tie_asian_and_other_of_2001_together():
    one = _of(_between("ethnicity_england_2001", "ethnicity_england_2011"), "other_chinese")
    assert one.before == ("asian_other", "other_chinese", "other_any")
    assert one.after == ("asian_chinese", "asian_other", "other_arab", "other_any")
    assert (one.comparable, one.together) == (False, True)
    assert "Chinese moved from Other to Asian" in one.sentence


def test_a_group_that_goes_on_under_another_name_says_both():
    one = _of(_between("ethnicity_england_2001", "ethnicity_england_2011"), "mixed_other")
    assert one.sentence == (
        "“Any other mixed background”, then “Any other Mixed or Multiple ethnic background”, can "
        "be compared between 2001 and 2011."
    )


def test_what_is_written_in_since_can_be_compared_only_added_together():
    one = _of(_between("ethnicity_scotland_2011", "ethnicity_scotland_2022"), "caribbean")
    assert one.after == ("caribbean_or_black",)
    assert (one.comparable, one.together) == (False, True)


def test_bands_of_age_that_are_cut_finer_add_up():
    one = _of(_between("age_ten_year", "age_five_year"), "25-34")
    assert (one.after, one.together) == (("25-29", "30-34"), True)


def test_the_equality_act_measure_is_the_harmonised_answers_added_together():
    found = _between("disability_equality_act_2010", "disability_harmonised_2019")
    assert _of(found, "disabled").after == ("limited_a_lot", "limited_a_little")


@pytest.mark.parametrize("one", all_lists(), ids=lambda one: one.name)
def test_a_list_has_no_break_with_itself(one):
    for grouping in one.groupings:
        assert all(each.comparable for each in breaks(one, one, grouping.name))


@given(st.sampled_from(SAME_KIND))
def test_every_group_of_both_lists_is_spoken_of_once_and_alike_from_either_side(two):
    before, after = two
    found, back = breaks(before, after), breaks(after, before)
    for of, side in ((before, "before"), (after, "after")):
        told = [code for one in found for code in getattr(one, side)]
        assert sorted(told) == sorted(item.code for item in of.items if not item.partial)
    assert {(o.before, o.after, o.comparable, o.together) for o in found} == {
        (o.after, o.before, o.comparable, o.together) for o in back
    }
    assert all(one.together or not one.comparable for one in found)


def test_lists_of_two_characteristics_and_roll_ups_that_one_lacks_are_mistakes():
    with pytest.raises(ValueError, match="two characteristics"):
        _between("religion_2021", "sex_2021")
    with pytest.raises(KeyError):
        _between("ethnicity_england_2021", "ethnicity_northern_ireland_2021", "white_british_other")
