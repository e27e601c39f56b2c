"""What is withdrawn before a release is refused, and what no withdrawal helps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.disclosure.awkward import MAKERS
from core.disclosure.council import DIRECTORATES, EVERY, Staff, dims, org, spec_of, table
from core.disclosure.small_releases import small_releases
from goldenthread.disclosure.folder import write_release
from goldenthread.disclosure.people import people_of
from goldenthread.disclosure.protect import Demand, hide
from goldenthread.disclosure.protect.bounds import ENDLESS, beyond_reach, bounds
from goldenthread.disclosure.protect.marks import mark
from goldenthread.disclosure.spec import specification
from goldenthread.disclosure.verify import verify


@pytest.mark.parametrize(("name", "seed"), [
    ("one_team_directorate", 1), ("one_team_directorate", 2), ("moved_unit", 2)
])  # fmt: skip
def test_what_can_be_released_with_more_withdrawn_is_not_refused(name, seed, tmp_path):
    case = MAKERS[name](seed)
    spec = specification(case.spec)
    found = hide(spec, people_of(case.rows, spec), spec.threshold)
    assert not found.unproved
    write_release(tmp_path / "out", spec, found, "internal", spec.threshold)
    assert verify(tmp_path / "out") == []


def test_a_headcount_withdrawn_is_not_known_by_its_parts():
    """Two and four people: either may be all six, unless a part of the other is above nought."""
    staff = Staff(1)
    staff.join(("Audit",), 2)
    staff.join(("Legal",), 4)
    by_sex = table(org=DIRECTORATES, sex=EVERY)
    spec = specification(spec_of("six", dims(org(("Audit",), ("Legal",))), by_sex))
    found = hide(spec, people_of(staff.rows, spec), 5)
    marks = found.marks
    parts = [cell for cell in range(len(marks.shown)) if "org" in marks.figures.codes(cell)]
    assert not found.unproved and marks.withdrawn[parts].all()


def test_what_open_headcounts_leave_of_the_body_is_the_most_that_there_can_be():
    staff = Staff(1)
    staff.join(("Audit",), 3)
    staff.join(("Legal",), 40, sex="Male")
    by_sex = table(org=DIRECTORATES, sex=EVERY)
    spec = specification(spec_of("b", dims(org(("Audit",), ("Legal",))), by_sex))
    marks = mark(spec, people_of(staff.rows, spec), 5)
    low, high = bounds(marks)
    figures = marks.figures
    at = {tuple(figures.codes(cell).values()): cell for cell in range(len(high))}
    assert (low[at["Legal",]], high[at["Legal",]]) == (40, 40)
    assert (low[at["Audit",]], high[at["Audit",]]) == (0, 3)
    assert (low[at["Male",]], high[at["Male",]]) == (0, 43)
    assert high[at["Audit", "Male"]] == 3 and (high < ENDLESS).all()
    lost = beyond_reach(marks, 5)
    assert Demand(at["Audit",], 2) in lost
    assert {figures.codes(one.cell).get("org") for one in lost} == {"Audit"}


@settings(max_examples=60)
@given(small_releases(people=(3, 8)), st.data())
def test_no_workforce_with_the_same_headcounts_is_out_of_bounds(release, data):
    told, rows = release
    spec = specification(told)
    marks = mark(spec, people_of(rows, spec), spec.threshold)
    low, high = bounds(marks)
    figures = marks.figures
    # Everybody stays where they are, and answers anything.
    kinds, width = figures.kinds.copy(), len(figures.dims)
    for at in range(kinds.shape[1]):
        if figures.dims[at % width] != "org":
            there = np.flatnonzero(kinds[:, at] >= 0)
            known = kinds[there, at].tolist()
            for one in there:
                kinds[one, at] = data.draw(st.sampled_from(known))
    for family in range(len(figures.families)):
        keys = figures.keys_of(family, kinds)
        cells = figures.find(family, keys)
        there = cells >= 0
        counts = np.bincount(cells[there], weights=figures.sizes[there], minlength=len(low))
        own = figures.cells(family)
        assert (low[own.start : own.stop] <= counts[own.start : own.stop]).all()
        assert (counts[own.start : own.stop] <= high[own.start : own.stop]).all()
