"""Policies are data with sources, and may only raise what a specification asks for."""

import copy
import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.disclosure.policy import for_releases, policies, policies_of, policy


def _data():
    text = resources.files("goldenthread.disclosure").joinpath("policies.toml").read_text("utf-8")
    return tomllib.loads(text)


def test_the_numbers_are_those_of_the_design():
    inside, public = policy("internal"), policy("public")
    told = {rule: (one.number, public.number(rule)) for rule, one in inside.rules.items()}
    assert told == {
        "counts": (5, 10), "percentages": (23, 23), "means": (8, 8), "medians": (10, 10),
        "gaps": (10, 50), "largest": (50, 50), "two_largest": (90, 90), "answers": (10, 10),
        "crossed": (1, 1),
    }  # fmt: skip
    assert for_releases() == ("internal", "public")


def test_the_law_of_2017_has_no_threshold_but_the_size_of_the_body():
    assert {name: one.number for name, one in policy("gender-pay-2017").rules.items()} == {
        "body": 250
    }
    assert policy("ethnicity-pay-2023").number("gaps") == 50
    assert policy("ethnicity-disability-pay-2025").number("gaps") == 10


@given(st.sampled_from(("internal", "public")), st.integers(1, 100))
def test_a_policy_never_lowers_what_was_asked(name, asked):
    assert policy(name).threshold(asked) == max(asked, policy(name).number("counts"))


def test_a_return_leaves_a_threshold_alone():
    assert policy("gender-pay-2017").threshold(3) == 3


@pytest.mark.parametrize("name", policies())
def test_every_number_has_a_source_or_a_reason_and_says_what_it_is_of(name):
    for rule in policy(name).rules.values():
        assert rule.sources or rule.reason.startswith("Ours")
        assert rule.says and not rule.says.endswith(".")
        for source in rule.sources:
            assert source.verified == bool(source.read)
            assert source.address.startswith("https://") or not source.verified
            assert ("not verified" in str(source)) != source.verified


def test_a_strange_name_is_refused_with_those_that_there_are():
    with pytest.raises(ValueError, match="internal, public"):
        policy("secret")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda p: p["rule"].update(colours=p["rule"]["counts"]), "no rule"),
        (lambda p: p["rule"]["counts"].update(sources=["nobody"]), "no source “nobody”"),
        (lambda p: p["rule"]["counts"].update(sources=[]), "neither a source nor a reason"),
        (lambda p: p["rule"]["counts"].update(number=0), "no whole number"),
        (lambda p: p["rule"]["counts"].update(number=True), "no whole number"),
        (lambda p: p.update(kind="wish"), "no kind"),
    ],
)
def test_data_that_says_nothing_sound_is_refused(change, says):
    told = copy.deepcopy(_data())
    change(told["policy"]["internal"])
    with pytest.raises(ValueError, match=says):
        policies_of(told)
