"""Bars of a safe table: what is hidden has words where its bar would be, and never a bar."""

from decimal import Decimal

import pytest

from core.charts.examples import PANELS, WIDTHS, elements, words
from core.disclosure.released import COUNTS, INTERNAL, PERIOD, release, rows, spec
from goldenthread.charts import group_chart, ink
from goldenthread.charts.groups import _Plot, _sentence
from goldenthread.disclosure import safe_tables
from goldenthread.disclosure.safe import Measure
from goldenthread.disclosure.shorthand import Shown

# Resources are all alike, so that their breakdown is withdrawn; Place has nobody of Asian origin.
PEOPLE = {**COUNTS, "Place": (57, 9, 0, 8), "Resources": (70, 0, 0, 0)}


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    return safe_tables(release(tmp_path_factory.mktemp("bars") / "release"))[0]


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    return safe_tables(release(tmp_path_factory.mktemp("bars") / "release", people=rows(PEOPLE)))[0]


def _bars(drawing):
    return [
        one for one in elements(drawing, "rect") if one.get("fill") in (ink.BRAND, ink.PAPER_DEEP)
    ]


def _wide(bar):
    return float(bar.get("width"))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_bar_begins_at_nought_and_is_as_long_as_its_figure(table, width):
    bars = _bars(group_chart(table, over="org", width=width))
    assert len({bar.get("x") for bar in bars}) == 1
    assert [round(_wide(bar) / _wide(bars[0]), 2) for bar in bars] == [
        1.0, round(60 / 88, 2), round(75 / 88, 2), round(85 / 88, 2),
    ]  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_hidden_has_words_where_a_bar_would_be(table, width):
    drawing = group_chart(table, over="org", where={"ethnicity": "Black"}, width=width)
    assert len(_bars(drawing)) == 2
    assert words(drawing).count("[c] confidential") == 2
    assert drawing.rows == (
        ("Adult care", "12"), ("Children", "[c]"), ("Place", "9"), ("Resources", "[c]"),
    )  # fmt: skip
    assert "[c] confidential: withheld so that nobody can be worked out." in drawing.notes


@pytest.mark.parametrize("width", WIDTHS)
def test_no_bar_is_of_length_nought(table, other, width):
    for one in (table, other):
        for unit in COUNTS:
            drawing = group_chart(one, over="ethnicity", where={"org": unit}, width=width)
            assert all(_wide(bar) > 0 for bar in _bars(drawing))
            shown = [said for _, said in drawing.rows if not said.startswith("[") and said != "0"]
            assert len(_bars(drawing)) == len(shown)


def test_a_true_nought_says_0(other):
    drawing = group_chart(other, over="ethnicity", where={"org": "Place"})
    assert ("Asian", "0") in drawing.rows and "0" in words(drawing)


def test_a_breakdown_that_is_withdrawn_has_no_scale_to_guess_from(other):
    drawing = group_chart(other, over="ethnicity", where={"org": "Resources"})
    assert drawing.rows == tuple(
        (name, "[x]") for name in ("White", "Black", "Asian", "Not declared")
    )
    assert set(words(drawing)) == {
        "People", "White", "Black", "Asian", "Not declared",
        "[x] not available",
    }  # fmt: skip
    assert drawing.sentence == (
        "No figure can be shown: all 4 are hidden so that nobody can be worked out."
    )


def test_a_percentage_begins_at_nought_and_ends_at_100_at_most(table):
    drawing = group_chart(
        table, over="ethnicity", measure=table.measures[1], where={"org": "Place"}
    )
    assert {"0%", "76%"} <= set(words(drawing))
    assert ("White", "76%") in drawing.rows
    plot = _Plot.of([("All", Shown(Decimal(100)))], Measure("percent", "ethnicity"), 600)
    assert (plot.low, plot.high) == (0, 100)


def test_the_sentence_tells_the_ends_of_what_is_shown_and_how_many_are_not(table):
    drawing = group_chart(table, over="org", where={"ethnicity": "Black"})
    assert drawing.sentence == (
        "Of those that are shown, from 9 (Place) to 12 (Adult care). "
        "2 of 4 figures are hidden so that nobody can be worked out."
    )
    assert drawing.title == (
        f"Staff of Brackenford: People by unit, Black, {PERIOD}. {drawing.sentence}"
    )
    assert group_chart(table, over="org").sentence == "From 60 (Children) to 88 (Adult care)."


def test_a_chart_quotes_the_release_that_its_figures_are_of(table):
    assert group_chart(table, over="org").notes[0] == (
        f"Source: Staff of Brackenford, release {table.fingerprint[:12]}."
    )


def test_a_gap_below_nought_hangs_to_the_left_and_its_words_do_not_meet_its_name():
    measure = Measure("gap", "sex=Male", 1)
    bars = [("Women", Shown(Decimal("-12.5"))), ("Men", Shown(Decimal("4.0")))]
    for width in WIDTHS:
        plot = _Plot.of(bars, measure, width)
        assert plot.low < 0 < plot.high
        assert plot.x(-12.5) < plot.x(0) < plot.x(4)
        drawn = "".join(plot.drawn(bars, measure, set()))
        assert "−12.5%" in drawn and "4.0%" in drawn


def test_pay_is_in_pounds_and_an_unproved_one_in_words():
    bars = [("A", Shown(Decimal("17.25"))), ("B", Shown(None, "[x]")), ("C", Shown(None, "[low]"))]
    drawn = "".join(
        _Plot.of(bars, Measure("mean", places=2), 600).drawn(bars, Measure("mean"), set())
    )
    assert "£17.25" in drawn and "[x] not available" in drawn and "[low] rounds to nought" in drawn


@pytest.mark.parametrize("thing", [INTERNAL, PANELS, INTERNAL.rows, None, {"White": 3}])
def test_nothing_but_a_safe_table_is_drawn(thing):
    with pytest.raises(TypeError, match="is a SafeTable"):
        group_chart(thing, over="group")


@pytest.mark.parametrize(
    "asked",
    [
        {"over": "grade"},
        {"over": "org", "where": {"org": "Place"}},
        {"over": "org", "where": {"grade": "G1"}},
        {"over": "org", "measure": Measure("mean")},
        {"over": "org", "period": "2020Q1"},
        {"over": "org", "under": "Place"},
        {"over": "org", "where": {"ethnicity": "Martian"}},
    ],
)
def test_rows_that_the_table_does_not_have_are_not_drawn(table, asked):
    with pytest.raises(ValueError):
        group_chart(table, **asked)


def test_a_name_that_is_code_is_drawn_as_words(tmp_path):
    bad = '</text><script>alert(1)</script><text onload="x">'
    told = spec(name=bad)
    told["dims"]["org"]["children"]["Total"] = ["Adult care", "Children", "Place", bad]
    people = [
        row | {"directorate": bad if row["directorate"] == "Resources" else row["directorate"]}
        for row in rows()
    ]
    drawing = group_chart(safe_tables(release(tmp_path / "r", told, people))[0], over="org")
    assert elements(drawing, "script") == [] and "onload" not in {
        name for one in elements(drawing, "text") for name in one.attrib
    }
    assert any("alert(1)" in said for said in words(drawing))


def test_names_of_any_length_stay_inside(tmp_path):
    long = "Adult social care, safeguarding, prevention and public health commissioning " * 3
    told = spec()
    told["dims"]["org"]["children"]["Total"] = [long.strip(), "Children", "Place", "Resources"]
    people = [
        row
        | {
            "directorate": long.strip()
            if row["directorate"] == "Adult care"
            else row["directorate"]
        }
        for row in rows()
    ]
    (table, _) = safe_tables(release(tmp_path / "r", told, people))
    for width in WIDTHS:
        drawing = group_chart(table, over="org", width=width)
        for said in elements(drawing, "text"):
            room = ink.width_of(said.text, float(said.get("font-size")))
            x, anchor = float(said.get("x")), said.get("text-anchor")
            left = {"start": x, "middle": x - room / 2, "end": x - room}[anchor]
            assert left >= -1 and left + room <= width + 1


def test_who_gave_no_answer_is_no_group_and_the_sentence_tells_of_them_apart(table):
    drawing = group_chart(table, over="ethnicity")
    assert dict(drawing.rows)["Not declared"] == "9"
    assert drawing.sentence == "From 28 (Asian) to 236 (White). Not declared: 9."
    fills = {
        name: one.get("fill") for (name, _), one in zip(drawing.rows, _bars(drawing), strict=True)
    }
    assert fills == {
        "White": ink.BRAND, "Black": ink.BRAND, "Asian": ink.BRAND,
        "Not declared": ink.PAPER_DEEP,
    }  # fmt: skip


def test_of_those_alone_who_gave_no_answer_the_sentence_says_so():
    bars = [("White", Shown(None, "[c]")), ("Not declared", Shown(Decimal(12)))]
    assert _sentence(bars, Measure("count"), {"Not declared"}) == (
        "No group can be shown. Not declared: 12. "
        "1 of 2 figures is hidden so that nobody can be worked out."
    )
    assert _sentence(bars[1:], Measure("count"), {"Not declared"}) == "12 (Not declared)."
