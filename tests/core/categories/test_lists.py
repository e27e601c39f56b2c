"""The lists: what each holds, where it comes from, and that every roll-up takes in every code."""

import json
from importlib.resources import files

import pytest

from goldenthread.categories import DETAILED, MISSING, all_lists, code_list, lists_of, scheme
from goldenthread.categories.lists import finest
from goldenthread.categories.schemes import all_schemes

LISTS = all_lists()
SCHEMES = all_schemes()
MEANINGS = json.loads(
    files("goldenthread.categories").joinpath("data/meanings.json").read_text("utf-8")
)


def _known(characteristic):
    """Every meaning that some list of a characteristic holds, and those made of them."""
    held = {
        meaning
        for one in lists_of(characteristic)
        for item in one.items
        for meaning in (*item.holds, *item.perhaps)
    }
    return held | set(MEANINGS.get(characteristic, {}))


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name)
def test_a_list_says_where_it_comes_from(one):
    assert one.source
    assert one.version
    assert one.dated == one.dated.strip()
    assert one.address.startswith("https://") or "no harmonised standard" in one.source
    assert one.verified or "not read" in one.note


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name)
def test_every_code_rolls_up_to_exactly_one_group_of_every_roll_up(one):
    codes = [item.code for item in one.items]
    assert len(set(codes)) == len(codes)
    for grouping in one.groupings:
        assert sorted(code for group in grouping.groups for code in group.codes) == sorted(codes)
        groups = [group.code for group in grouping.groups]
        assert len(set(groups)) == len(groups)
        assert not set(groups) & set(MISSING)
        assert all(text == text.lower() for text in (*codes, *groups))


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name)
def test_no_meaning_falls_to_two_codes(one):
    held = [meaning for item in one.items for meaning in item.holds]
    assert len(set(held)) == len(held)
    assert set(held) | {p for item in one.items for p in item.perhaps} <= _known(one.characteristic)


@pytest.mark.parametrize("one", lists_of("ethnicity"), ids=lambda one: one.name)
def test_every_finest_meaning_has_a_place_or_a_choice_in_every_list_of_ethnic_group(one):
    for meanings in MEANINGS["ethnicity"].values():
        for meaning in meanings:
            code, choice = one.place(meaning)
            assert code in one if code is not None else choice, meaning


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name)
def test_a_change_speaks_of_codes_that_there_are(one):
    for change in one.changes:
        (before,) = (
            each
            for each in lists_of(one.characteristic)
            if each.version == change.since
            and each.country == (one.country if one.country != "Wales" else "England")
        )
        assert all(code in before for code in change.before)
        assert all(code in one for code in change.after)


@pytest.mark.parametrize("one", SCHEMES, ids=lambda one: one.name)
def test_a_code_of_a_scheme_has_one_meaning_or_state_or_is_for_a_person(one):
    codes = [code.code for code in one.codes]
    assert len(set(codes)) == len(codes)
    for code in one.codes:
        assert sum((code.means is not None, code.state is not None, bool(code.why))) == 1
        assert code.state in (None, "not_stated", *MISSING)
        assert {code.means, *code.review} - {None} <= _known(one.characteristic)
        assert code.code == code.code.upper().strip()


@pytest.mark.parametrize("one", SCHEMES, ids=lambda one: one.name)
def test_a_scheme_that_was_not_read_gives_no_meaning(one):
    assert one.verified or not any(code.means or code.state for code in one.codes)
    assert one.verified or not one.detect


def test_the_2021_list_of_england_has_19_groups_in_5_and_that_of_2011_has_18():
    for name, groups in (("ethnicity_england_2021", 19), ("ethnicity_england_2011", 18)):
        one = code_list(name)
        assert len([item for item in one.items if not item.partial]) == groups
        assert [group.code for group in one.grouping("five").groups] == [
            *("white", "mixed", "asian", "black", "other"),
        ]


def test_chinese_is_other_in_2001_and_asian_since():
    found = {
        version: code_list(f"ethnicity_england_{version}").place("asian_chinese")[0]
        for version in ("2001", "2011", "2021")
    }
    rolled = {v: code_list(f"ethnicity_england_{v}").roll(c, "five") for v, c in found.items()}
    assert rolled == {"2001": "other", "2011": "asian", "2021": "asian"}


def test_wales_puts_welsh_first():
    assert code_list("ethnicity_wales_2021").items[0].label.startswith("Welsh, English")


def test_codes_collide_across_schemes_and_each_keeps_its_own_meaning():
    assert scheme("nhs_2001").find("B").means == "white_irish"
    assert scheme("nhs_wales").find("B").means == "gypsy_or_irish_traveller"
    assert scheme("nhs_extended").find("GB").label == "Black and Chinese"
    assert scheme("nhs_extended").find("CH").label == "Turkish"
    assert scheme("dfe").find("BOTH").means == "black_other"


def test_a_second_character_is_local_only_in_the_letters_of_2001():
    assert scheme("nhs_2001").find("A9").means == "white_british"
    assert scheme("nhs_2001").find("Z9") is None
    assert scheme("nhs_extended").find("A9") is None


def test_a_list_or_a_scheme_that_there_is_not_names_those_that_there_are():
    with pytest.raises(KeyError, match="religion_2021"):
        code_list("religion_1971")
    with pytest.raises(KeyError, match="police_sde"):
        scheme("unknown_scheme")


def test_a_list_is_as_detailed_as_itself():
    one = code_list("religion_2021")
    assert [one.roll(item.code, DETAILED) for item in one.items] == [i.code for i in one.items]


def test_a_meaning_that_nothing_is_finer_than_is_its_own_finest():
    assert finest("white_irish", "ethnicity") == ("white_irish",)
