"""Figures that count people by a characteristic or by unit reach nothing that leaves the workspace.

They are planted, with words that nobody else would write; every edition, public page, file of the
static site, chart and export is then read. First it is shown that the search would see a leak.
"""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread import spc
from goldenthread.documents import write_plan
from goldenthread.documents.write import FORMATS
from goldenthread.errors import Unsafe
from goldenthread.intake import read
from goldenthread.plan import edition as ed
from goldenthread.web import bridge
from goldenthread.web.pages import folder
from goldenthread.web.pages.figures import drawn
from goldenthread.web.queries import measures as queries
from web.measuring import Q1, Q2, give, measure, target
from web.world import ON

PLANTED = ("Xanthippe01zz", "Xanthippe02zz", "47.13", "52.87", "61.93", "Xanthippe03zz")


def planted(world, counts, plan):
    """A measure that counts people, with a planted figure, target and baseline."""
    row = measure(
        world,
        of=plan.actions.first(),
        counts=counts,
        places=2,
        baseline_value=Decimal("61.93"),
        baseline_on=Q1,
    )
    if counts:
        give(world, row, Q2, "47.13", PLANTED[0], remedy=PLANTED[1])
        target(world, row, "52.87", rationale=PLANTED[5])
    return row


def everything(world, plan, place):
    """All that leaves the workspace with a plan, by its name, as text."""
    row = world.next_edition(plan)
    value = bridge.edition_of(row)
    found = {"edition": json.dumps(row.content, ensure_ascii=False)}
    found |= {name: content.decode("utf-8-sig") for name, content in folder.files(value).items()}
    reader = Client()
    for address in ("/", "/plan", "/measures", "/plan.json", "/plan.csv", "/about"):
        found[address] = reader.get(address).content.decode("utf-8-sig")
    for action in value.actions:
        found[action.id] = reader.get(f"/actions/{action.id}").content.decode()
    told = bridge.plan_of(plan)
    for name in FORMATS:
        if name != "pdf":
            found[f"export.{name}"] = _text(write_plan(told, name), name, place)
    return found


def _text(content, name, folder_of_files):
    if name in ("html", "csv", "json"):
        return content.decode("utf-8-sig")
    path = Path(folder_of_files, f"plan.{name}")
    path.write_bytes(content)
    return repr(read(path))


def leaks(found):
    return sorted((name, word) for name, text in found.items() for word in PLANTED if word in text)


@pytest.mark.parametrize("counts", ["characteristic", "unit"])
def test_no_figure_that_counts_people_leaves_the_workspace(world, counts, tmp_path):
    plan = world.plan()
    planted(world, counts, plan)
    assert leaks(everything(world, plan, tmp_path)) == []


def test_the_search_would_see_a_leak(world, tmp_path):
    plan = world.plan()
    planted(world, "things", plan)
    found = leaks(everything(world, plan, tmp_path))
    assert {word for _, word in found} >= {"Xanthippe01zz", "47.13", "52.87", "61.93"}
    assert {name for name, _ in found} >= {"edition", "/measures", "/plan.json", "measures.html"}


def test_a_measure_that_does_not_say_what_it_counts_has_no_figure_anywhere(world, tmp_path):
    plan = world.plan()
    row = planted(world, "", plan)
    assert leaks(everything(world, plan, tmp_path)) == []
    told = queries.told(for_=world.manager, measure=row, as_at=ON)
    assert drawn(told.value, ON) is None


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    counts=st.text(max_size=20) | st.sampled_from(["characteristic", "unit", ""]),
    value=st.decimals(0, 100, places=2),
)
def test_whatever_a_row_says_only_things_and_everybody_pass_the_wall(world, counts, value):
    row = measure(world)
    point = give(world, row, Q2, value, "x", remedy="y")
    row.counts = counts
    told = bridge.measure_value(row, [point], [], on=ON, near=Decimal("0.1"))
    if counts in ("things", "everybody"):
        return
    assert (told.readings, told.targets, told.counts, told.finding) == ((), (), None, "")
    assert drawn(told, ON) is None
    with pytest.raises(Unsafe):
        spc.Counts(counts)


def test_an_edition_that_says_otherwise_is_not_read():
    plain = ed.to_json(
        ed.Edition(
            body="B",
            plan="P",
            number=1,
            as_at=ON,
            adopted=ed.Deed("A", ON),
            published=ed.Deed("B", ON),
            measures=(ed.Measure("Staff by ethnic group", counts="things"),),
        )
    )
    plain["measures"][0]["counts"] = "characteristic"
    with pytest.raises(Exception, match="not whole"):
        ed.from_json(plain)
