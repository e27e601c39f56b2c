"""What the demonstration tells of priorities and visions, by the same changes as anybody's."""

from goldenthread.web.changes import demo, demo_choosing
from goldenthread.web.permissions import Known
from goldenthread.web.queries import choosing, visions
from goldenthread.web.queries.planning import facts

ON = demo_choosing.date(2026, 11, 28)


def test_brackenford_has_chosen_signed_and_asked_as_its_directorates_say(world):
    demo.half_way(world.council)
    plannings = demo.directorates(world.council)
    housing = plannings[demo_choosing.HOUSING]
    manager = world.manager
    found = choosing.of_planning(housing, for_=manager, on=ON, known=Known.of(manager, ON))
    assert found.counted.sentence == "6 chosen, 1 not"
    assert [one.number for one in found.withdrawn] == ["H12"]
    assert [[[a.number for a in cell] for cell in row] for row in found.matrix] == [
        [["H2", "H5"], ["H8"], []],
        [["H1"], ["H6"], []],
        [["H3"], [], ["H11"]],
    ]
    for one in found.areas:
        assert one.grounds or one.row.evidence
        assert (len(one.actions) > 0) is (one.row.choice == "chosen")
    told = visions.of_planning(housing, on=ON)
    assert told.finding == "Housing and Communities: signed 22 September 2026"
    assert [bool(one.paper) for one in told.stands.signatures] == [False, True, True]
    counted = facts(row.pk for row in plannings.values())
    signed = {name for name, row in plannings.items() if counted[row.pk].get("vision_signed")}
    assert signed == {demo_choosing.HOUSING, demo_choosing.SKILLS}
    adults = visions.of_planning(plannings[demo_choosing.ADULTS], on=ON)
    assert [body.answer.stance if body.answer else "" for body in adults.now.bodies] in (
        ["", "objects"],
        ["objects", ""],
    )
