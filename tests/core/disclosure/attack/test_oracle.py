"""The intruder beside an obvious oracle: every workforce that agrees with what is shown.

A small body has two units, two or three codes of one sensitive dimension and two sexes. All its
workforces of that many people are written down; those that agree with the release are kept; what
they have in common is what can be worked out.
"""

from decimal import ROUND_HALF_UP, Decimal
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.disclosure.attack import attack
from goldenthread.disclosure.attack.judge import Judge
from goldenthread.disclosure.attack.knowledge import Dim, Knowledge, Trust
from goldenthread.disclosure.attack.nesting import Nesting
from goldenthread.disclosure.attack.release import Figure, Flow, Published

UNITS, CODES, SEXES = ("A", "B"), ("White", "Asian", "Not declared"), ("Women", "Men")
DIMS = {"org": UNITS, "ethnicity": CODES, "sex": SEXES}


def workforces(dims, most):
    """Every number of people for each combination of codes, no more than ``most`` in all."""
    places = list(product(*(DIMS[dim] for dim in dims)))
    found = np.zeros((1, 0), dtype=int)
    for _ in places:
        rows = [
            np.column_stack([held, np.full(len(held), more)])
            for more in range(most + 1)
            for held in [found[found.sum(axis=1) + more <= most]]
        ]
        found = np.concatenate(rows)
    return places, found


PLACES2, ALL2 = workforces(("org", "ethnicity"), 6)
PLACES3, ALL3 = workforces(("org", "ethnicity", "sex"), 3)


def inside(places, dims, codes):
    """Which places a cell holds."""
    return np.array(
        [all(codes.get(d, held) == held for d, held in zip(dims, place, strict=True))
         for place in places]
    )  # fmt: skip


def cells(dims):
    return [
        dict(zip(dims, codes, strict=True))
        for codes in product(*((None, *DIMS[dim]) for dim in dims))
    ]


def figure(codes, value, *, symbol="", base="", table="staff", period="2026Q1"):
    told = tuple((dim, code) for dim, code in codes.items() if code)
    return Figure(period, table, told, "count", value, symbol, base, 0, (), 0)


def share(codes, count, whole, dp):
    """The percentage of a cell of all in its units, whatever their ethnicity."""
    value = (Decimal(100 * count) / whole).quantize(Decimal(1).scaleb(-dp), ROUND_HALF_UP)
    told = tuple((dim, code) for dim, code in codes.items() if code)
    return Figure("2026Q1", "shares", told, "percent", value, "", "", dp, ("ethnicity",), 0)


def published(figures, dims, threshold, **more):
    return Published(
        folder="hand",
        name="By hand",
        threshold=threshold,
        periods=more.get("periods", ("2026Q1",)),
        dims={
            dim: Dim(dim, Nesting({"Total": (DIMS[dim],)}), {}, dim == "ethnicity",
                     frozenset({"Not declared"}) & set(DIMS[dim]))
            for dim in dims
        },
        flows=more.get("flows", ()),
        structural=(),
        symbols={"[c]": (1, None), "[x]": None},
        never_zero=True,
        names=("cells.csv",),
        figures=tuple(figures),
    )  # fmt: skip


def agree(places, every, dims, figures):
    keep = np.ones(len(every), dtype=bool)
    for one in figures:
        there = every[:, inside(places, dims, dict(one.codes))].sum(axis=1)
        if one.measure == "percent":
            codes = {dim: code for dim, code in one.codes if dim not in one.of}
            whole = every[:, inside(places, dims, codes)].sum(axis=1)
            keep &= abs(there * 200 * 10**one.dp - int(one.value * 2 * 10**one.dp) * whole) <= whole
        elif one.value is not None:
            room = 0 if not one.base else 2 if one.base == "5" else 4
            keep &= abs(there - int(one.value)) <= room
        elif one.symbol == "[c]":
            keep &= there >= 1
    return every[keep]


MARKS = st.sampled_from(["shown", "shown", "[c]", "[c]", "[x]", "5", "share"])


@st.composite
def releases(draw, dims, most):
    """Figures of one workforce, each shown, rounded or hidden, with the threshold."""
    places = list(product(*(DIMS[dim] for dim in dims)))
    people = draw(st.lists(st.sampled_from(range(len(places))), min_size=1, max_size=most))
    true = np.bincount(people, minlength=len(places))
    pairs = len(dims) > 2 and draw(st.booleans())
    told = []
    for codes in cells(dims):
        if pairs and sum(code is not None for code in codes.values()) > 2:
            continue
        codes = {dim: code for dim, code in codes.items() if code}
        count = int(true[inside(places, dims, codes)].sum())
        mark = "shown" if not codes else draw(MARKS)
        if mark == "[c]" and count:
            told.append(figure(codes, None, symbol="[c]"))
        elif mark == "share" and "ethnicity" in codes:
            others = {dim: code for dim, code in codes.items() if dim != "ethnicity"}
            whole = int(true[inside(places, dims, others)].sum())
            told.append(figure(codes, None, symbol="[x]"))
            if whole:
                told.append(share(codes, count, whole, draw(st.integers(0, 1))))
        elif mark == "[x]":
            told.append(figure(codes, None, symbol="[x]"))
        elif mark == "5":
            told.append(figure(codes, (count + 2) // 5 * 5, base="5"))
        else:
            told.append(figure(codes, count))
    return told, draw(st.sampled_from([2, 3, 5])), true


def compare(told, threshold, places, every, dims, *, whole):
    fit = agree(places, every, dims, told)
    release = published(told, dims, threshold)
    known = Knowledge([release], Trust.DECLARING)
    settled = Judge(known).judge()
    assert settled.open == 0
    seen = {}
    for number, cell in enumerate(known.cells):
        there = fit[:, inside(places, dims, known.named(cell.codes))].sum(axis=1)
        seen[number] = int(there.min()), int(there.max())
        # No bound leaves out a workforce that agrees.
        assert known.bounds.low[number] <= there.min() <= there.max() <= known.bounds.high[number]
    small = {one.cell: one for one in settled.found if one.kind in ("exact", "small")}
    for number, one in small.items():
        low, high = seen[number]
        assert one.low <= low <= high <= one.high < threshold
        assert one.low >= 1
    groups = {(one.group, one.cell) for one in settled.found if one.kind == "group"}
    for whole_cell, number in groups:
        a = fit[:, inside(places, dims, known.named(known.cells[whole_cell].codes))].sum(axis=1)
        b = fit[:, inside(places, dims, known.named(known.cells[number].codes))].sum(axis=1)
        assert (a == b).all() and (a >= 1).all()
    if whole:
        assert set(small) == {n for n, (a, b) in seen.items() if 1 <= a <= b < threshold}
        if not any(one.measure == "percent" for one in told):
            # Percentages have gaps between whole numbers, which only widen what is said.
            assert {n: (e.low, e.high) for n, e in small.items()} == {n: seen[n] for n in small}
        alike = set()
        for number, cell in enumerate(known.cells):
            at = dims.index("ethnicity")
            if cell.codes[at] in ("Total", "Not declared"):
                continue
            codes = (*cell.codes[:at], "Total", *cell.codes[at + 1 :])
            group = known.number(cell.layer, codes)
            a = fit[:, inside(places, dims, known.named(codes))].sum(axis=1)
            b = fit[:, inside(places, dims, known.named(cell.codes))].sum(axis=1)
            if (a == b).all() and (a >= 1).all():
                alike.add((group, number))
        assert groups == alike
    return release


@settings(max_examples=150, deadline=None)
@given(releases(("org", "ethnicity"), 6))
def test_of_one_table_exactly_what_all_workforces_share_is_found(drawn):
    told, threshold, _ = drawn
    compare(told, threshold, PLACES2, ALL2, ("org", "ethnicity"), whole=True)


@settings(max_examples=60, deadline=None)
@given(releases(("org", "ethnicity", "sex"), 3))
def test_of_linked_tables_nothing_is_found_that_some_workforce_denies(drawn):
    told, threshold, _ = drawn
    compare(told, threshold, PLACES3, ALL3, ("org", "ethnicity", "sex"), whole=False)


FLOW = Flow("2026Q1", "2026Q2", {}, (0, 1), (0, 1), True)
PLACES1, ALL1 = workforces(("org", "ethnicity"), 4)


def may_follow(first, then, flow):
    """Whether the second workforce may have come of the first: leave, join, declare."""
    steps = np.vstack([np.zeros(6, dtype=int), np.eye(6, dtype=int)])
    for gone, new in product(steps, steps):
        if not flow.leavers[0] <= gone.sum() <= flow.leavers[1]:
            continue
        if not flow.joiners[0] <= new.sum() <= flow.joiners[1]:
            continue
        stayed, now = first - gone, then - new
        if (stayed < 0).any() or (now < 0).any():
            continue
        rise = (now - stayed).reshape(2, 3)
        if (rise.sum(axis=1) == 0).all() and (
            (rise[:, :2] >= 0).all() if flow.answers_may_change else not rise.any()
        ):
            return True
    return False


@st.composite
def two_quarters(draw):
    dims = ("org", "ethnicity")
    true = [0] * 6
    for _ in range(draw(st.integers(1, 3))):
        true[draw(st.integers(0, 5))] += 1
    first = np.array(true)
    flow = Flow("2026Q1", "2026Q2", {}, (0, draw(st.integers(0, 1))),
                (0, draw(st.integers(0, 1))), draw(st.booleans()))  # fmt: skip
    after = [one for one in ALL1 if may_follow(first, one, flow)]
    then = after[draw(st.integers(0, len(after) - 1))]
    told = []
    for period, true in (("2026Q1", first), ("2026Q2", then)):
        for codes in cells(dims):
            codes = {dim: code for dim, code in codes.items() if code}
            count = int(np.array(true)[inside(PLACES1, dims, codes)].sum())
            hidden = bool(codes) and count and draw(st.booleans())
            told.append(
                figure(codes, None if hidden else count, symbol="[c]" if hidden else "",
                       period=period)
            )  # fmt: skip
    return told, flow


@settings(max_examples=60, deadline=None)
@given(two_quarters())
def test_between_two_quarters_no_bound_leaves_out_what_may_be(drawn):
    told, flow = drawn
    dims = ("org", "ethnicity")
    release = published(told, dims, 3, periods=("2026Q1", "2026Q2"), flows=(flow,))
    known = Knowledge([release], Trust.DECLARING)
    settled = Judge(known).judge()
    ends = [
        agree(PLACES1, ALL1, dims, [one for one in told if one.period == period])
        for period in ("2026Q1", "2026Q2")
    ]
    pairs = [(a, b) for a, b in product(*ends) if may_follow(a, b, flow)]
    for number, cell in enumerate(known.cells):
        layer = known.layers[cell.layer]
        if layer.count.value != "people":
            continue
        which = 0 if layer.period == "2026Q1" else 1
        there = [pair[which][inside(PLACES1, dims, known.named(cell.codes))].sum()
                 for pair in pairs]  # fmt: skip
        assert known.bounds.low[number] <= min(there)
        assert max(there) <= known.bounds.high[number]
        for one in settled.found:
            if one.cell == number and one.kind in ("exact", "small", "narrow"):
                assert one.low <= min(there) <= max(there) <= one.high


def test_the_oracle_sees_what_the_intruder_finds():
    """One person is hidden, and the rest are shown: both say so."""
    dims = ("org", "ethnicity")
    told = [figure({}, 3), figure({"org": "A"}, 2), figure({"org": "B"}, None, symbol="[c]")]
    fit = agree(PLACES2, ALL2, dims, told)
    assert set(fit[:, inside(PLACES2, dims, {"org": "B"})].sum(axis=1)) == {1}
    (one,) = (e for e in attack([published(told, dims, 2)]).exposures if e.codes)
    assert (one.kind, dict(one.codes), one.low, one.high) == ("exact", {"org": "B"}, 1, 1)
