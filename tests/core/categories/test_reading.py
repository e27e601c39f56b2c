"""One value under one scheme: the traps, the states of missing, and what never matters."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.categories import (
    MISSING,
    RULES,
    all_lists,
    all_schemes,
    code_list,
    lists_of,
    read,
    schemes_for,
)

ENGLAND = code_list("ethnicity_england_2021")
ETHNIC = lists_of("ethnicity")
# Words that answers are made of, so that what is made of them is often nearly an answer.
IN_A_LINE = """
    white black asian mixed other any british irish scottish welsh english african caribbean
    indian pakistani bangladeshi chinese arab gypsy roma traveller multiple ethnic group background
    not stated known prefer to say declined unknown bame minority all and or somali jewish polish
    a1 w1 z 99 wbri none yes no disabled christian muslim straight gay male female"""
WORDS = st.sampled_from(IN_A_LINE.split())
ANSWERS = st.lists(WORDS, min_size=1, max_size=6)
NOISE = st.text(alphabet=' .,:;-_()[]\t\u2013\u00a0"', min_size=1, max_size=3)


def _told(reading):
    return reading.result, reading.certainty, reading.rule, reading.suggestions, reading.status


@st.composite
def _two_ways_of_writing(draw):
    answer = draw(ANSWERS)
    noisy = draw(st.sampled_from(["", " ", "("]))
    for word in answer:
        upper = draw(st.booleans())
        noisy += (word.upper() if upper else word) + draw(NOISE)
    return " ".join(answer), noisy


@given(_two_ways_of_writing(), st.sampled_from(all_lists()))
def test_case_blanks_and_punctuation_never_change_a_result(two, into):
    plain, noisy = two
    assert _told(read(plain, into)) == _told(read(noisy, into))


@given(
    st.sampled_from([(one, code) for one in all_schemes() for code in one.codes]),
    st.sampled_from(["{}", " {} ", "{}.", "({})", "\t{}"]),
    st.booleans(),
)
def test_a_code_is_the_same_however_it_is_typed(coded, frame, lower):
    scheme, code = coded
    (into, *_) = lists_of(scheme.characteristic)
    typed = frame.format(code.code.lower() if lower else code.code)
    assert _told(read(typed, into, scheme.name)) == _told(read(code.code, into, scheme.name))


@given(ANSWERS | st.text(max_size=12).map(str.split), st.sampled_from(all_lists()), st.data())
def test_a_reading_is_a_code_or_a_state_or_for_a_person(answer, into, data):
    scheme = data.draw(st.sampled_from(schemes_for(into.characteristic)))
    reading = read(" ".join(answer), into, scheme)
    assert (reading.result is None) == (reading.certainty == "review")
    assert reading.code is None or reading.state is None
    assert reading.code is None or reading.code in into
    assert reading.state is None or reading.state in MISSING
    assert reading.rule in RULES
    assert all(code in into for code in reading.suggestions)


@pytest.mark.parametrize("into", all_lists(), ids=lambda one: one.name)
def test_what_was_mapped_is_mapped_to_itself(into):
    for item in into.items:
        assert read(item.code, into).code == item.code
        assert read(item.code, into, into.name).code == item.code
    for state in MISSING:
        for scheme in schemes_for(into.characteristic):
            assert read(state, into, scheme).state == state


@pytest.mark.parametrize("into", ETHNIC, ids=lambda one: one.name)
def test_the_words_of_a_list_under_its_heading_are_read_as_its_code_or_left_to_a_person(into):
    for item in into.items:
        if item.heading:
            reading = read(f"{item.heading} - {item.label}", into)
            assert reading.code in (item.code, None), item
            assert read(f"{item.heading} - {item.label}", into, into.name).code == item.code


@pytest.mark.parametrize("version", ["2001", "2011", "2021"])
def test_every_group_of_england_is_read_from_its_own_words_alone(version):
    into = code_list(f"ethnicity_england_{version}")
    for item in into.items:
        if item.heading:
            assert read(f"{item.heading}: {item.label}", into).code == item.code
            assert read(f"{item.heading}: {item.label}", into).certainty in ("exact", "certain")


AGGREGATES = ["BAME", "BME", "Non-white", "All ethnic minorities", "Asian and other", "Other/Mixed"]


@pytest.mark.parametrize("words", [*AGGREGATES, "Other than White", "White British & other"])
@pytest.mark.parametrize("into", ETHNIC, ids=lambda one: one.name)
def test_an_aggregate_is_never_a_persons_group(words, into):
    reading = read(words, into)
    assert (reading.result, reading.certainty) == (None, "review")


@pytest.mark.parametrize("words", ["British", "English", "Scottish or British", "welsh", "UK"])
def test_a_nationality_is_no_ethnic_group(words):
    assert read(words, ENGLAND).result is None


def test_a_broad_group_beside_a_refusal_is_for_a_person():
    reading = read("Asian - prefer not to say", ENGLAND)
    assert (reading.result, reading.suggestions) == (None, ("asian_not_detailed",))


def test_a_box_that_is_called_after_a_nationality_is_a_suggestion_and_no_more():
    reading = read("Scottish", code_list("ethnicity_scotland_2022"))
    assert (reading.result, reading.suggestions) == (None, ("white_scottish",))
    assert read("Scottish", ENGLAND).suggestions == ()


@pytest.mark.parametrize("words", ["Gypsy/Roma", "White - Gypsy or Roma", "Romany", "Roma & Gypsy"])
def test_gypsy_and_roma_together_are_not_split(words):
    reading = read(words, ENGLAND)
    assert reading.result is None
    assert set(reading.suggestions) == {"white_gypsy_or_irish_traveller", "white_roma"}


@pytest.mark.parametrize("code", ["PA", "PC"])
@pytest.mark.parametrize("version", ["2001", "2011", "2021"])
def test_somali_and_nigerian_of_the_nhs_are_for_a_person(code, version):
    into = code_list(f"ethnicity_england_{version}")
    reading = read(code, into, "nhs_extended")
    assert reading.result is None
    assert reading.suggestions == ("black_african", "black_other")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Caribbean or Black", "black_not_detailed"),
        ("Asian - Pakistani/Bangladeshi", "asian_not_detailed"),
        ("White British or Irish", "white_not_detailed"),
        ("Mixed White and Black", "mixed_not_detailed"),
        ("Black - not stated", "black_not_detailed"),
        ("Black British", "black_not_detailed"),
        ("Other ethnic group", "other_not_detailed"),
    ],
)
def test_a_broad_group_alone_is_kept_as_that(words, code):
    assert read(words, ENGLAND).code == code
    assert ENGLAND.item(code).partial


@pytest.mark.parametrize(
    "words",
    ["White or mixed", "White/Asian", "White African", "Black, Asian", "Indian or African"],
)
def test_groups_of_two_kinds_are_for_a_person(words):
    assert read(words, ENGLAND).result is None


@pytest.mark.parametrize(
    ("raw", "scheme", "result"),
    [
        ("N Black or Black British - African", "text", "black_african"),
        ("White - British (A)", "text", "white_british"),
        ("Z Not stated", "text", "prefer_not_to_say"),
        ("A1 Indian", "text", "asian_indian"),
        ("A Indian", "text", None),
        ("CC White Welsh", "text", None),
        ("A White British", "nhs_2001", "white_british"),
        ("A Indian", "nhs_2001", None),
        ("1. Chinese", "text", "asian_chinese"),
    ],
)
def test_a_code_and_its_words_must_agree(raw, scheme, result):
    assert read(raw, ENGLAND, scheme).result == result


@pytest.mark.parametrize(
    ("raw", "state", "status"),
    [
        ("", "blank", "unknown"),
        ("   ", "blank", "unknown"),
        ("N/A", "blank", "unknown"),
        ("-", "blank", "unknown"),
        ("Not asked", "not_asked", "unknown"),
        ("Not yet been asked", "not_asked", "unknown"),
        ("Prefer not to say", "prefer_not_to_say", "prefer_not_to_say"),
        ("I’d rather not say", "prefer_not_to_say", "prefer_not_to_say"),
        ("Declined to declare", "prefer_not_to_say", "prefer_not_to_say"),
        ("Refused", "prefer_not_to_say", "prefer_not_to_say"),
        ("Not known", "not_known", "unknown"),
        ("Don’t know", "not_known", "unknown"),
        ("Not recorded / unknown", "not_known", "unknown"),
        ("Not stated", "not_known", "not_stated"),
        ("Undisclosed", "not_known", "not_stated"),
        ("Not known / prefer not to say", "not_known", "unknown"),
        ("Not stated (asked but declined)", "prefer_not_to_say", "prefer_not_to_say"),
        ("Not stated or declined", "not_known", "unknown"),
    ],
)
@pytest.mark.parametrize("name", ["ethnicity_england_2021", "religion_2021", "orientation_2021"])
def test_four_states_of_missing_are_told_apart(raw, state, status, name):
    reading = read(raw, code_list(name))
    assert (reading.state, reading.status) == (state, status)


def test_a_nought_is_blank_where_no_question_is_answered_with_it():
    assert read("0", ENGLAND).state == "blank"
    assert read("0", code_list("disability_equality_act_2010")).result is None


def test_asked_and_declined_and_not_known_are_two_codes_of_the_nhs():
    assert read("Z", ENGLAND, "nhs_2001").state == "prefer_not_to_say"
    assert read("99", ENGLAND, "nhs_2001").state == "not_known"


@pytest.mark.parametrize(
    ("name", "raw", "result"),
    [
        ("sex_2021", "F", "female"),
        ("sex_2021", "Man", "male"),
        ("sex_2021", "U", "not_known"),
        ("sex_2021", "Non-binary", None),
        ("sex_2021", "M/F", None),
        ("gender_identity_2021", "Yes", None),
        ("gender_identity_2021", "Trans woman", "trans_woman"),
        ("religion_2021", "None", "none"),
        ("religion_2021", "Agnostic", "none"),
        ("religion_2021", "Christian - Roman Catholic", "christian"),
        ("religion_2021", "Christian (including Church of England)", "christian"),
        ("religion_2021", "Rastafarian", "other"),
        ("religion_2021", "Jain", "other"),
        ("religion_2021", "Christian/Muslim", None),
        ("religion_2021", "Pagan", "other"),
        ("religion_2021", "Church of nobody", None),
        ("orientation_2021", "Heterosexual/Straight", "straight_or_heterosexual"),
        ("orientation_2021", "Lesbian / gay woman", "gay_or_lesbian"),
        ("orientation_2021", "Prefer to self-describe", None),
        ("working_pattern_1", "Full-time", "full_time"),
        ("working_pattern_1", "Part Time", "part_time"),
        ("age_ten_year", "25-34", "25-34"),
    ],
)
def test_answers_about_other_characteristics(name, raw, result):
    assert read(raw, code_list(name)).result == result


@pytest.mark.parametrize(
    ("raw", "harmonised", "measure"),
    [
        ("Yes", "disabled", "disabled"),
        ("No", "not_disabled", "not_disabled"),
        ("Yes, limited a lot", "limited_a_lot", "disabled"),
        ("Yes - limited a little", "limited_a_little", "disabled"),
        ("Long-term condition, no effect on daily life", "condition_not_limiting", "not_disabled"),
        ("Long term illness, day-to-day activities not limited", "condition_not_limiting",
         "not_disabled"),
        ("No long-term health condition", "no_condition", "not_disabled"),
        ("Long-term condition that limits daily life", "disabled", "disabled"),
        ("Impairment with a substantial and adverse effect", "disabled", "disabled"),
        ("Y", "disabled", "disabled"),
        ("Limited a lot and a little", None, None),
        ("Yes, limited a lot, not at all", None, None),
        ("Long-term condition", None, None),
        ("Dyslexia", None, None),
        ("Not a lot", None, None),
    ],
)  # fmt: skip
def test_disability_is_a_condition_and_its_effect(raw, harmonised, measure):
    assert read(raw, code_list("disability_harmonised_2019")).result == harmonised
    assert read(raw, code_list("disability_equality_act_2010")).result == measure


def test_unverified_codes_stay_for_a_person_and_say_so():
    reading = read("AIND", ENGLAND, "dfe")
    assert reading.result is None
    assert reading.suggestions == ("asian_indian",)
    assert "not read in a source" in reading.why
    assert read("A", ENGLAND, "esr").rule == "unverified"


def test_a_scheme_of_another_characteristic_is_no_scheme():
    with pytest.raises(KeyError, match="not a scheme of ethnicity"):
        read("M", ENGLAND, "dfe_gender")
    with pytest.raises(KeyError, match="no scheme"):
        read("M", ENGLAND, "nobody")


def test_a_list_of_one_nation_is_read_into_that_of_another():
    assert read("Scottish", ENGLAND, "ethnicity_scotland_2022").code == "white_british"
    assert read("White", ENGLAND, "ethnicity_northern_ireland_2021").code == "white_not_detailed"
    scotland = code_list("ethnicity_scotland_2022")
    reading = read("White British", scotland)
    assert reading.result is None
    assert reading.suggestions == ("white_scottish", "white_other_british")
    assert read("Chinese", code_list("ethnicity_northern_ireland_2011")).code == "chinese"


@given(st.text(alphabet=string.printable, max_size=40), st.sampled_from(all_lists()))
def test_any_words_at_all_are_read_without_a_fault(raw, into):
    for scheme in schemes_for(into.characteristic):
        assert read(raw, into, scheme).raw == raw
