"""Worked vectors, checked against the R package and a second implementation, and published ones."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from core.spc.figures import by_month, series
from goldenthread.spc import Point, Target, read
from goldenthread.spc.limits import Limits
from goldenthread.spc.signals import marks

HERE = Path(__file__).parent
CHARTS = json.loads((HERE / "spc.json").read_text(encoding="utf-8"))["vectors"]
UNITS = {v["id"]: v for v in json.loads((HERE / "spc_rules.json").read_text())["vectors"]}

BETTER = {"increase": "higher", "decrease": "lower", "neutral": "neither"}
RULES = {
    ("outside", "high"): "above_upl",
    ("outside", "low"): "below_lpl",
    ("two of three", "high"): "two_in_three_above",
    ("two of three", "low"): "two_in_three_below",
    ("run", "high"): "seven_above_mean",
    ("run", "low"): "seven_below_mean",
    ("trend", "high"): "seven_point_trend_increasing",
    ("trend", "low"): "seven_point_trend_decreasing",
}
ASSURANCE = {
    "will be met": "consistent_pass",
    "will be missed": "consistent_fail",
    "hit and miss": "inconsistent",
    None: None,
}


def _type(mark):
    if mark is None:
        return "common_cause"
    if mark.meaning == "neither":
        return f"special_cause_neutral_{mark.side}"
    return {"better": "special_cause_improvement", "worse": "special_cause_concern"}[mark.meaning]


@pytest.mark.parametrize("vector", CHARTS, ids=lambda vector: vector["id"])
def test_a_chart_has_the_limits_signals_and_icons_of_the_r_package(vector):
    given, expected = vector["inputs"], vector["expected"]
    assert not given["rebase_dates"]
    assert given["fix_after_n_points"] is None
    reading = read(
        series(
            tuple(
                Point(date.fromisoformat(day), day, value)
                for day, value in zip(given["dates"], given["values"], strict=True)
            ),
            better=BETTER[given["improvement_direction"]],
            targets=() if given["target"] is None else (Target(given["target"]),),
        ),
        "XmR" if given["screen_outliers"] else "XmR, nothing left out",
    )
    (phase,), (segment,) = reading.phases, expected["segments"]
    assert (reading.series.points[phase.first].label, phase.last + 1) == (
        segment["start"],
        segment["n"],
    )
    assert [
        float(figure)
        for figure in (
            phase.limits.mean,
            phase.limits.lower,
            phase.limits.upper,
            phase.limits.average_range,
        )
    ] == pytest.approx(
        [
            segment["mean"],
            segment["lower_process_limit"],
            segment["upper_process_limit"],
            segment["average_moving_range"],
        ],
        abs=vector["tolerance"]["limits"],
    )
    marked = [RULES[mark.rule, mark.side] if mark else "common_cause" for mark in reading.marks]
    assert marked == expected["point_rule"]
    assert [_type(mark) for mark in reading.marks] == expected["point_type"]
    assert reading.variation.replace(" ", "_") == expected["variation_icon"]
    assert ASSURANCE[reading.assurance] == expected["assurance"]
    assert reading.trial == expected["trial_limits"]


# tests/testthat/_snaps/ptd_spc_standard.md of NHSRplotthedots at commit 050b07d: the fifteenth of
# the twenty values becomes 10, and the range is reckoned with and without the jumps to it.
SNAPSHOT = next(v for v in CHARTS if v["source_kind"] == "published")["inputs"]["values"]


@pytest.mark.parametrize(
    ("kind", "lower", "upper"),
    [("XmR", -2.383666, 3.722497), ("XmR, nothing left out", -4.596625, 5.935457)],
)
def test_a_jump_is_screened_as_the_published_snapshot_shows(kind, lower, upper):
    limits = read(by_month([*SNAPSHOT[:14], 10, *SNAPSHOT[15:]]), kind).phases[0].limits
    figures = [float(limits.mean), float(limits.lower), float(limits.upper)]
    assert figures == pytest.approx([0.6694159, lower, upper], abs=1e-6)
    assert limits.left_out == (2 if kind == "XmR" else 0)


def test_the_limits_of_the_nist_handbook_s_ten_flow_rates():
    """NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: mean 50.81, average moving range
    1.8778, limits 45.8159 and 55.8041, with 3 / 1.128 where we have 2.66."""
    flow = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
    limits = read(by_month(flow)).phases[0].limits
    assert [float(limits.mean), round(float(limits.average_range), 4)] == [50.81, 1.8778]
    assert [float(limits.lower), float(limits.upper)] == pytest.approx(
        [45.8159, 55.8041], abs=0.001
    )


def test_a_run_is_complete_where_the_package_s_own_tests_say():
    """Every point of a run is marked, so the marks are all points of the windows complete there."""
    vector = UNITS["spcu-01-seven-one-side"]
    wide = Limits(mean=0, average_range=100, based_on=12, left_out=0)
    for sides, complete in zip(
        vector["inputs"]["side_of_mean"], vector["expected"]["run_complete_at"], strict=True
    ):
        inside = {
            place
            for last, ends in enumerate(complete)
            if ends
            for place in range(last - 6, last + 1)
        }
        found = {place for place, mark in enumerate(marks(sides, wide, "higher")) if mark}
        assert found == inside


def test_assurance_is_as_the_package_s_own_tests_say():
    vector = UNITS["spcu-04-assurance"]
    for way, expected in vector["expected"].items():
        for lower, upper, icon in zip(
            vector["inputs"]["lpl"], vector["inputs"]["upl"], expected, strict=True
        ):
            assert ASSURANCE[_assured(lower, upper, vector["inputs"]["target"], way)] == icon


@pytest.mark.parametrize("target", [1, 3])
def test_a_target_on_a_limit_is_hit_and_miss(target):
    assert _assured(1, 3, target, "increase") == "hit and miss"


def _assured(lower, upper, target, way):
    """The assurance of a series whose limits are these: twelve figures that go up and down."""
    mean, step = Fraction(lower + upper, 2), (upper - lower) / Fraction("5.32")
    values = [mean + step / 2 * (-1) ** place for place in range(12)]
    reading = read(by_month(values, better=BETTER[way], targets=(Target(target),)))
    return reading.assurance
