"""An update that is taken back is as if it had never been sent, wherever updates are read."""

import ast
from datetime import timedelta
from pathlib import Path

from django.utils.timezone import localdate

import goldenthread.web
from goldenthread.web import bridge
from goldenthread.web.changes import by_link
from goldenthread.web.changes.standing import restand
from goldenthread.web.models import Evidence, Recovery, TakenBack, Update
from goldenthread.web.queries import plan as plans
from goldenthread.web.queries.asked import asked
from goldenthread.web.queries.by_link import last_answers
from goldenthread.web.queries.register import around
from goldenthread.web.queries.workbooks import last_updates
from web.changes.links import SUMMER, sent_link
from web.world import AT, ON, SHOWN, action

FOLDER = Path(goldenthread.web.__file__).parent
# Who numbers updates, keeps files, or tells what became of one: nobody else reads those too.
EVERY = {
    ("changes/review.py", "Update"),
    ("changes/again.py", "Update"),
    ("changes/uploads.py", "Evidence"),
    ("queries/by_link.py", "Recovery"),
}


def test_only_those_who_must_read_what_was_taken_back():
    found = set()
    for path in sorted(FOLDER.rglob("*.py")):
        if "migrations" in path.parts or path.name == "thread.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Attribute):
                continue
            assert node.attr != "_base_manager", path
            if node.attr == "every" and isinstance(node.value, ast.Name):
                found.add((path.relative_to(FOLDER).as_posix(), node.value.id))
    # A gate of a step can be “every one of them”: that is a value, and reads no rows.
    found.discard(("forms/planning.py", "gate"))
    assert found - {(name, "row") for name, _row in found} == EVERY


def test_every_manager_that_is_the_default_leaves_it_out():
    for model in (Update, Evidence, Recovery):
        assert model._default_manager is model.objects
        assert type(model._default_manager).get_queryset is not type(model.every).get_queryset


def _read(world, row):
    """Everything that tells of an action, as plain values."""
    row.refresh_from_db()
    plan = row.plan
    history = plans.history(for_=world.manager, action=row, as_at=ON)
    known = plans.Known.of(world.manager, ON)
    register = plans.register(for_=world.manager, as_at=ON)
    return {
        "columns": {name: getattr(row, name) for name in restand(row)},
        "worked out": restand(row),
        "story": history.as_json(),
        "updates": [one.pk for one in history.updates],
        "evidence": [one.pk for one in history.evidence],
        "beside it": around(history, for_=world.manager, as_at=ON, known=known).answering,
        "register": [(one.pk, one.standing, one.updated_at) for one in register.actions],
        "counts": dict(register.standings),
        "plan": bridge.plan_of(plan, ON),
        "workbook": {key: one.pk for key, one in last_updates([row]).items()},
        "form": last_answers(row),
        "recoveries": list(Recovery.objects.values_list("pk", flat=True)),
        "related": (list(row.updates.values_list("pk")), list(row.evidence.values_list("pk"))),
        "edition": bridge.edition_content(plan, number=1, on=ON, by=world.manager),
    }


def test_what_is_taken_back_is_as_if_it_had_never_been_sent(world):
    lead, link, (row, other) = sent_link(world, action("Train panels"), action("Publish figures"))
    world.update(
        row,
        done="Began",
        rag="amber",
        at=SUMMER,
        cause="c",
        step="s",
        due=ON + timedelta(60),
        evidence=[SHOWN],
    )
    before = _read(world, row)
    row.refresh_from_db()
    given = {"by": lead, "link": link, "action": row, "version": row.version, "at": AT}
    update = by_link.update_by_link(
        status="completed",
        completed_on=ON,
        done="All done",
        rag="green",
        changed="Everything",
        evidence=[SHOWN],
        **given,
    )
    assert _read(world, row) != before
    assert {one.state for one in asked(link.round, on=localdate(AT))} == {"answered", "due"}
    by_link.take_back(by=lead, link=link, update=update, at=AT)
    assert _read(world, row) == before
    assert {one.state for one in asked(link.round, on=localdate(AT))} == {"due"}
    assert TakenBack.objects.get().update == update
    assert Update.every.filter(action=row).count() == Update.objects.filter(action=row).count() + 1
    assert not Update.objects.filter(action=other).exists()
