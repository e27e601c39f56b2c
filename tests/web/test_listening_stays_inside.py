"""Nothing of a session, a one-to-one, a pack or a theme of few sessions leaves the workspace.

Words that nobody else would write are planted in each of them; every edition, public page, file of
the static site and export is then read. First it is shown that the search would see a leak.
"""

import ast
from pathlib import Path

import pytest

import goldenthread
from goldenthread.web.changes import listening
from goldenthread.web.changes import plan as plans
from web.changes.listened import figure
from web.listening import held, later, pack, planning, session, sessions, signed, theme
from web.test_figures_stay_inside import everything
from web.world import AT, ON, action

UNIT = "Resources"
PLANTED = (
    *("Zephyrine01zz", "Zephyrine02zz", "Zephyrine03zz", "Zephyrine04zz", "Zephyrine05zz"),
    *("Zephyrine06zz", "1937", "Leavers within two years"),
)


def planted(world, plan):
    """A directorate that listened and looked, with planted words in all that stays inside."""
    unit = world.unit(UNIT)
    of = planning(world, unit)
    row = session(
        world,
        of,
        number=9,
        place=PLANTED[0],
        open_to=PLANTED[1],
        facilitator=PLANTED[2],
        came=1937,
    )
    drawn = sessions(world, of, 4)
    few = theme(world, of, drawn=[row, drawn[0]], name=PLANTED[3], note=PLANTED[4])
    found = pack(world, of, file=True, findings=[PLANTED[5]]).findings.get()
    figure(world, unit)
    listening.count_one_to_ones(
        by=world.manager,
        planning=of,
        counted_to=ON.replace(month=9, day=30),
        total=1937,
        version=0,
        at=AT,
    )
    for to in (few, found):
        plans.link(
            by=world.manager,
            from_=plan.actions.first(),
            to=to,
            meaning="comes_from",
            since=ON,
            at=AT,
        )
    type(of).objects.filter(pk=of.pk).update(plan=plan)
    signed(world, of, at=later())


def leaks(found):
    return sorted((name, word) for name, text in found.items() for word in PLANTED if word in text)


def test_what_was_heard_and_looked_at_leaves_by_no_way(world, tmp_path):
    plan = world.plan(unit=world.unit(UNIT))
    planted(world, plan)
    assert leaks(everything(world, plan, tmp_path)) == []


def test_the_search_would_see_a_leak(world, tmp_path):
    plan = world.plan(action(f"Answer {PLANTED[3]}"), unit=world.unit(UNIT))
    found = leaks(everything(world, plan, tmp_path))
    assert {name for name, _ in found} >= {"edition", "/plan.json", "export.docx", "export.csv"}


def test_what_was_held_and_a_planted_word_are_of_this_test_alone():
    assert not any(word in str(held()) for word in PLANTED)


# What writes editions, public pages, exports and papers may not know these rows: themes come to it
# as values, by ``public_themes``.
ROWS = {"Session", "SessionSaid", "OneToOnes", "HeardTheme", "HeardIn", "HeardThemeSaid"}
ROWS |= {"Pack", "PackFigure", "PackFinding"}
ROOT = Path(goldenthread.__file__).parent
LEAVING = sorted(
    path
    for folder in ("web/bridge", "web/pages", "plan/edition", "plan/paper", "documents")
    for path in (ROOT / folder).rglob("*.py")
)


@pytest.mark.parametrize("path", LEAVING, ids=lambda path: str(path.relative_to(ROOT)))
def test_whatever_writes_what_leaves_knows_no_row_of_listening(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if (node.module or "").startswith("goldenthread.web")
    }
    assert named & ROWS == set()
