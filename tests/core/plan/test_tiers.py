"""Two tiers that meet: orphans both ways, the weave, disagreements and the worst of everything."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.plan import tiers
from goldenthread.plan.tiers import Above, Below, Cell, Disagreement, Tiers

HOUSING, PLACE = "Housing and Communities", "Place and Environment"
SOON, LATER = date(2026, 12, 31), date(2027, 3, 31)
B1 = Above("b1", "B1", "Advertise acting-up posts", "done", SOON, "B", "r1")
B2 = Above("b2", "B2", "Careers conversations", "at_risk", SOON, "B", "r1")
B4 = Above("b4", "B4", "Mixed panels", "on_track", SOON, "B", "r2")
C5 = Above("c5", "C5", "Check every service plan", "on_track", SOON, "C", "r3")
H1 = Below("h1", "H1", "Train the panels", HOUSING, "on_track", SOON)
H2 = Below("h2", "H2", "Wording of letters", HOUSING, "late", SOON)
P1 = Below("p1", "P1", "Depot quiet room", PLACE, "done", SOON)


def numbers(found):
    return [one.number for one in found]


def two(above=(B4,), below=(H1,), serves=(("h1", "b4"),), **more):
    more.setdefault("directorates", (HOUSING, PLACE))
    return Tiers(tuple(above), tuple(below), frozenset(serves), **more)


def met(*given, **more):
    return tiers.reconcile(two(*given, **more))


# -- orphans ---------------------------------------------------------------------------------------


def test_a_promise_that_nobody_serves_and_an_action_that_serves_none_are_both_found():
    found = met((B2, B4, C5), (H1, H2, P1), [("h1", "b4")])
    assert numbers(found.unserved) == ["B2", "C5"]
    assert numbers(found.unserving) == ["H2", "P1"]
    assert (found.needing, len(found.served)) == (3, 1)
    assert (found.recorded, len(found.serving)) == (3, 1)


@pytest.mark.parametrize(
    "above",
    [
        replace(B2, standing="done"),
        replace(B2, standing="withdrawn"),
        replace(B2, needs_none=True),
    ],
)
def test_what_is_over_or_needs_no_directorate_is_no_orphan(above):
    found = met((above,), (), ())
    assert (found.unserved, found.served, found.needing) == ((), (), 0)


def test_an_action_is_no_orphan_once_every_directorate_is_said_not_to_be_needed():
    one = {("b2", HOUSING)}
    assert numbers(met((B2,), (), (), not_needed=frozenset(one)).unserved) == ["B2"]
    both = one | {("b2", PLACE)}
    assert met((B2,), (), (), not_needed=frozenset(both)).unserved == ()


def test_an_action_kept_as_local_is_no_orphan_and_is_counted_apart():
    found = met((B4,), (H1, replace(H2, local=True)))
    assert (numbers(found.local), found.unserving, found.recorded) == (["H2"], (), 2)


def test_whoever_serves_a_recommendation_or_an_action_of_a_directorate_serves_something():
    found = met((B4,), (H1, H2, P1), [("h2", "r1"), ("p1", "h1"), ("h1", "b4")])
    assert found.unserving == ()
    assert found.rows[0].cells == (Cell("served", 1, "on_track", 1), Cell("nothing"))


def test_what_was_withdrawn_serves_nothing_and_is_served_by_nobody():
    found = met((B4,), (replace(H1, standing="withdrawn"),))
    assert (numbers(found.unserved), found.recorded) == (["B4"], 0)
    found = met((replace(B4, standing="withdrawn"),), (H1,))
    assert (numbers(found.unserving), found.needing) == (["H1"], 0)


# -- the weave -------------------------------------------------------------------------------------


def test_the_worst_of_a_cell_is_shown_and_never_hidden_by_the_rest():
    found = met((B4,), (H1, H2, P1), [(key, "b4") for key in ("h1", "h2", "p1")])
    assert found.rows[0].cells == (Cell("served", 2, "late", 1), Cell("served", 1, "done", 1))
    assert found.rows[0].gaps == 0


def test_nothing_not_needed_and_over_are_told_apart():
    found = met((B1, B2, B4), (), (), not_needed=frozenset({("b4", PLACE)}))
    assert [[cell.state for cell in row.cells] for row in found.rows] == [
        ["over", "over"],
        ["nothing", "nothing"],
        ["nothing", "not_needed"],
    ]


def test_one_directorate_alone_is_held_against_the_whole_upper_tier():
    whole = two((B2, B4), (H1, P1), [("h1", "b4"), ("p1", "b2")])
    found = tiers.reconcile(tiers.of_directorate(whole, HOUSING))
    assert (found.directorates, numbers(found.unserved)) == ((HOUSING,), ["B2"])


# -- disagreements ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("above", "below", "said"),
    [
        (
            B2,
            replace(H1, due=LATER),
            "B2 is promised for 31 December 2026, and H1 of Housing and Communities, which serves "
            "it, for 31 March 2027.",
        ),
        (
            B4,
            H2,
            "B4 is on track, while H2 of Housing and Communities, which serves it, is late.",
        ),
        (
            B1,
            replace(H1, red=True),
            "B1 is done, while the lead of H1 of Housing and Communities, which serves it, rates "
            "it red.",
        ),
        (
            B4,
            replace(H1, standing="withdrawn", number=""),
            "B4 is on track, while “Train the panels” of Housing and Communities, which served "
            "it, was withdrawn.",
        ),
        (
            replace(B4, standing="withdrawn"),
            H1,
            "B4 was withdrawn, while H1 of Housing and Communities, which serves it, is on track.",
        ),
        (
            replace(B4, gave_way="B9"),
            H1,
            "B4 gave way to B9, while H1 of Housing and Communities still serves it.",
        ),
        (
            B4,
            replace(H1, gave_way="H7"),
            "B4 is served by H1 of Housing and Communities, which gave way to H7.",
        ),
    ],
)
def test_a_disagreement_says_both_sides(above, below, said):
    found = met((above,), (below,), [(below.id, above.id)]).disagreements
    assert [tiers.told(one) for one in found] == [said]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (B4, H1),
        (B4, replace(P1, due=LATER)),
        (B1, replace(H1, due=LATER)),
        (replace(B4, due=None), replace(H1, due=LATER)),
        (B1, replace(H1, standing="withdrawn")),
        (replace(B4, standing="withdrawn"), replace(P1, red=True)),
        (replace(B4, standing="late"), H2),
    ],
)
def test_two_ends_that_agree_are_not_listed(above, below):
    assert met((above,), (below,), [(below.id, above.id)]).disagreements == ()


def test_one_link_can_disagree_in_date_and_in_standing():
    found = met((B4,), (replace(H2, due=LATER),), [("h2", "b4")]).disagreements
    assert [one.kind for one in found] == ["later", "worse"]


# -- narrowed and rolled up ------------------------------------------------------------------------


def test_a_theme_narrows_the_upper_tier_and_a_strand_both():
    staff = frozenset({"staff"})
    found = met((B2, replace(C5, strands=staff)), (H2, replace(P1, strands=staff)), ())
    theme = tiers.narrowed(found, theme="C")
    assert (numbers(theme.unserved), numbers(theme.unserving)) == (["C5"], ["H2", "P1"])
    strand = tiers.narrowed(found, strand="staff")
    assert (numbers(strand.unserved), numbers(strand.unserving)) == (["C5"], ["P1"])
    assert tiers.narrowed(found) == found


def test_a_theme_counts_whatever_serves_its_actions_or_its_recommendations_once():
    whole = two(
        (B2, B4, C5),
        (H1, H2, P1),
        [("h1", "b2"), ("h1", "b4"), ("h2", "r2")],
        recommendations=(("r1", "B"), ("r2", "B"), ("r3", "C")),
    )
    found = tiers.by_theme(whole, tiers.reconcile(whole))
    assert [(one.key, one.above.counts, one.below.counts, one.worst) for one in found] == [
        ("B", (("at_risk", 1), ("on_track", 1)), (("late", 1), ("on_track", 1)), "late"),
        ("C", (("on_track", 1),), (), "on_track"),
    ]
    assert [(one.unserved, one.gaps) for one in found] == [(0, 2), (1, 2)]
    alone = tiers.by_recommendation(whole, tiers.reconcile(whole))
    assert [(one.key, one.below.total, one.worst) for one in alone] == [
        ("r1", 1, "at_risk"),
        ("r2", 2, "late"),
        ("r3", 0, "on_track"),
    ]


def test_a_directorate_is_told_what_it_does_what_it_serves_and_what_it_lacks():
    whole = two((B2, B4), (H1, H2), [("h1", "b4")])
    housing, place = tiers.by_directorate(whole, tiers.reconcile(whole))
    assert (housing.above.counts, housing.below.worst) == ((("on_track", 1),), "late")
    assert (housing.unserving, housing.gaps, place.below.total, place.gaps) == (1, 1, 0, 2)


def test_an_action_of_two_strands_is_counted_in_both():
    both = frozenset({"life", "staff"})
    whole = two((replace(B4, strands=both),), (replace(H2, strands=frozenset({"staff"})),), ())
    found = tiers.by_strand(whole, tiers.reconcile(whole))
    assert [(one.key, one.above.total, one.below.total, one.worst) for one in found] == [
        ("life", 1, 0, "on_track"),
        ("staff", 1, 1, "late"),
    ]


def test_a_strand_of_directorates_alone_is_counted():
    whole = two((), (replace(H1, strands=frozenset({"life"})),), ())
    found = tiers.by_strand(whole, tiers.reconcile(whole))
    assert [(one.key, one.above.total, one.below.total, one.unserving) for one in found] == [
        ("life", 0, 1, 1)
    ]


def test_a_disagreement_knows_the_strand_of_its_upper_end():
    staff = frozenset({"staff"})
    found = met((replace(B4, strands=staff),), (H2,), [("h2", "b4")])
    assert len(tiers.narrowed(found, strand="staff").disagreements) == 1
    assert tiers.narrowed(found, strand="life").disagreements == ()
    assert tiers.narrowed(found, theme="C").disagreements == ()


# -- whatever the plans are ------------------------------------------------------------------------

STANDINGS = st.sampled_from(tiers.WORST_FIRST)
DUE = st.none() | st.sampled_from([SOON, LATER])
STRANDS = st.frozensets(st.sampled_from(["life", "staff"]))


@st.composite
def any_tiers(draw):
    above = tuple(
        Above(
            f"a{n}",
            f"A{n}",
            "Do it",
            draw(STANDINGS),
            draw(DUE),
            draw(st.sampled_from(["A", "B"])),
            draw(st.sampled_from(["r1", "r2"])),
            draw(STRANDS),
            draw(st.booleans()),
            draw(st.sampled_from(["", "A9"])),
        )
        for n in range(draw(st.integers(0, 4)))
    )
    below = tuple(
        Below(
            f"d{n}",
            f"D{n}",
            "Do it too",
            draw(st.sampled_from([HOUSING, PLACE])),
            draw(STANDINGS),
            draw(DUE),
            draw(STRANDS),
            draw(st.booleans()),
            draw(st.booleans()),
        )
        for n in range(draw(st.integers(0, 5)))
    )
    lower = [one.id for one in below]
    upper = [*(one.id for one in above), *lower, "r1", "r2", "elsewhere"]
    pairs = [(a, b) for a in lower for b in upper if a != b]
    serves = draw(st.frozensets(st.sampled_from(pairs), max_size=8)) if pairs else frozenset()
    excused = [(one.id, name) for one in above for name in (HOUSING, PLACE)]
    not_needed = draw(st.frozensets(st.sampled_from(excused))) if excused else frozenset()
    return Tiers(above, below, serves, (HOUSING, PLACE), not_needed, (("r1", "A"), ("r2", "B")))


def live(one):
    return one.standing != "withdrawn"


def slow(of):
    """The same, asked of every pair anew, as one would with the two plans on a table."""
    gone = {one.id for one in (*of.above, *of.below) if not live(one)}

    def behind(above, directorate):
        return [
            one
            for one in of.below
            if live(one) and one.directorate == directorate and (one.id, above.id) in of.serves
        ]

    def wanted(above, directorate):
        return (
            above.standing not in ("done", "withdrawn")
            and not above.needs_none
            and (above.id, directorate) not in of.not_needed
        )

    helped = [one for one in of.above if any(behind(one, name) for name in of.directorates)]
    serving = [
        one
        for one in of.below
        if live(one) and any(lower == one.id and up not in gone for lower, up in of.serves)
    ]
    return {
        "served": [one for one in helped if live(one)],
        "unserved": [
            one
            for one in of.above
            if one not in helped and any(wanted(one, name) for name in of.directorates)
        ],
        "serving": serving,
        "local": [one for one in of.below if live(one) and one.local and one not in serving],
        "unserving": [
            one for one in of.below if live(one) and not one.local and one not in serving
        ],
        "counts": [[len(behind(one, name)) for name in of.directorates] for one in of.above],
        "gaps": [
            sum(wanted(one, name) and not behind(one, name) for name in of.directorates)
            for one in of.above
        ],
    }


@given(any_tiers())
def test_it_agrees_with_the_slow_and_obvious_way(of):
    found, expected = tiers.reconcile(of), slow(of)
    for name in ("served", "unserved", "serving", "local", "unserving"):
        assert list(getattr(found, name)) == expected[name], name
    assert [[cell.count for cell in row.cells] for row in found.rows] == expected["counts"]
    assert [row.gaps for row in found.rows] == expected["gaps"]


@given(any_tiers())
def test_no_cell_and_no_roll_up_hides_something_worse(of):
    found = tiers.reconcile(of)
    rank = tiers.WORST_FIRST.index
    for row in found.rows:
        for name, cell in zip(of.directorates, row.cells, strict=True):
            own = [one for one in of.behind(row.action.id) if one.directorate == name]
            assert len(own) == cell.count
            assert all(rank(cell.worst) <= rank(one.standing) for one in own)
    for one in tiers.by_strand(of, found):
        inside = [x for x in (*of.above, *of.below) if one.key in x.strands]
        assert one.above.total + one.below.total == len(inside)
        assert rank(one.worst) == min(rank(x.standing) for x in inside)


@given(any_tiers())
def test_each_action_below_is_counted_once_and_those_of_directorates_add_up(of):
    found = tiers.reconcile(of)
    assert found.recorded == sum(live(one) for one in of.below)
    rolled = tiers.by_directorate(of, found)
    assert sum(one.below.total for one in rolled) == len(of.below)
    assert sum(one.unserving for one in rolled) == len(found.unserving)
    assert sum(one.gaps for one in rolled) == sum(row.gaps for row in found.rows)


@given(any_tiers())
def test_every_disagreement_has_both_its_ends_in_its_sentence(of):
    for one in tiers.reconcile(of).disagreements:
        assert isinstance(one, Disagreement)
        assert (one.below.id, one.above.id) in of.serves
        said = tiers.told(one)
        assert one.above.number in said and one.below.number in said


@given(any_tiers(), st.sampled_from(["", "A", "B"]), st.sampled_from(["", "life", "staff"]))
def test_what_is_narrowed_is_part_of_the_whole(of, theme, strand):
    whole = tiers.reconcile(of)
    part = tiers.narrowed(whole, theme=theme, strand=strand)
    for name in ("rows", "served", "unserved", "serving", "local", "unserving", "disagreements"):
        assert set(getattr(part, name)) <= set(getattr(whole, name))
