"""The worked vectors of intervals, likelihoods and rates, through the public functions."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from core.workforce.staff import NOW
from goldenthread.workforce.intervals import clopper_pearson, wilson
from goldenthread.workforce.proportion import proportion
from goldenthread.workforce.rates.declaration import Declaration, survey_response, survey_withheld
from goldenthread.workforce.rates.likelihood import Outcome, ratio_of_shares, relative_likelihood
from goldenthread.workforce.rates.representation import against_figure
from goldenthread.workforce.rounding import half_up

DATA = Path(__file__).parents[1] / "data"


def _vectors(name, topic=None, having=None):
    found = json.loads((DATA / name).read_text(encoding="utf-8"), parse_float=Decimal)["vectors"]
    return [
        pytest.param(v["inputs"], v["expected"], id=v["id"])
        for v in found
        if (topic is None or v["topic"] == topic) and (having is None or having in v["inputs"])
    ]


@pytest.mark.parametrize(("given", "expected"), _vectors("proportion_ci.json"))
def test_intervals(given, expected):
    count, base, confidence = given["x"], given["n"], float(given["confidence"])
    found = proportion(count, base, "people", least=1, confidence=confidence)
    exact = clopper_pearson(count, base, confidence)
    assert found.interval == wilson(count, base, confidence)
    assert [float(found.share), found.interval.low, found.interval.high, exact.low, exact.high] == (
        pytest.approx([float(value) for value in expected.values()], abs=1e-7)
    )


@pytest.mark.parametrize(
    ("given", "expected"), _vectors("relative_likelihood.json", having="numerator")
)
def test_relative_likelihoods(given, expected):
    found = relative_likelihood(
        given["orientation"],
        Outcome("first", *given["numerator"].values()),
        Outcome("second", *given["denominator"].values()),
    )
    if expected["relative_likelihood"] is None:
        assert found.ratio.why.casefold() == f"{expected['reason']}.".casefold()
        return
    assert found.two_decimals == Decimal(str(expected["relative_likelihood_2dp"]))
    assert float(found.ratio) == pytest.approx(float(expected["relative_likelihood"]), abs=1e-6)
    assert [found.interval.low, found.interval.high] == pytest.approx(
        [float(expected["ci_low"]), float(expected["ci_high"])], abs=1e-5
    )
    assert found.beyond_chance == expected["ci_excludes_1"]
    assert found.fisher == pytest.approx(float(expected["fisher_two_sided_p"]), abs=1e-6)


def test_a_ratio_of_rates_that_were_published_alone():
    ((given, expected),) = [
        one.values for one in _vectors("relative_likelihood.json", having="numerator_rate_pct")
    ]
    found = ratio_of_shares(given["numerator_rate_pct"], given["denominator_rate_pct"])
    assert float(found) == pytest.approx(float(expected["relative_likelihood"]), abs=1e-6)
    assert half_up(found) == expected["relative_likelihood_1dp"]


def test_a_ratio_of_shares():
    ((given, expected),) = [
        one.values for one in _vectors("relative_likelihood.json", having="share_of_hires_pct")
    ]
    before = given["share_of_applicants_pct"]
    found = [half_up(ratio_of_shares(after, before)) for after in given["share_of_hires_pct"]]
    assert found == expected["ratio_1dp"]


@pytest.mark.parametrize(
    ("given", "expected"), _vectors("rates_and_representation.json", "declaration_rate")
)
def test_declaration(given, expected):
    found = Declaration(
        NOW,
        None,
        "ethnicity",
        given["headcount"],
        given["stated_prefer_not_to_say"],
        0,
        given["not_known_or_blank"],
        0,
    )
    assert found.known == given["known"]
    assert {
        "declaration_rate_pct": found.declared().per_cent,
        "response_rate_pct": found.responded().per_cent,
        "not_known_pct": found.unanswered().per_cent,
    } == expected


@pytest.mark.parametrize(
    ("given", "expected"), _vectors("rates_and_representation.json", "response_rate")
)
def test_response_to_a_survey(given, expected):
    asked = {name: given[name] for name in ("invited", "complete", "partial")}
    found = survey_response(**asked)
    assert {
        "complete_only_pct": found.complete.per_cent,
        "complete_and_partial_pct": found.complete_and_partial.per_cent,
    } == expected


@pytest.mark.parametrize(
    ("given", "expected"), _vectors("rates_and_representation.json", "survey_suppression")
)
def test_answers_withheld(given, expected):
    found = survey_withheld(given["option_counts"], eligible=given["eligible_population"])
    assert list(found.first) == expected["primary"]
    assert list(found.second) == expected["secondary"]


@pytest.mark.parametrize(
    ("given", "expected"), _vectors("rates_and_representation.json", "representation")
)
def test_representation(given, expected):
    share = proportion(given["workforce_minority"], given["workforce_known"], "staff", least=1)
    reference = Fraction(given["benchmark_minority_pct"]) / 100
    found = against_figure(share, reference, "of people here", least=1)
    assert found.share.per_cent == expected["workforce_pct"]
    assert found.points == expected["difference_points"]
    assert float(found.index) == pytest.approx(float(expected["index"]), abs=1e-9)
    assert found.to_parity == expected["people_to_parity"]
