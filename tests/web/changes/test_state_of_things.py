"""What the state of a thing allows: once it is decided, nobody decides it again."""

import pytest

from goldenthread.errors import NotAllowed
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Plan
from web.world import AT


def test_the_state_of_a_thing_decides_too(world):
    draft = world.draft()
    plans.adopt_draft(by=world.manager, draft=draft, version=1, at=AT)
    for deed in (plans.adopt_draft, plans.set_aside_draft):
        with pytest.raises(NotAllowed) as refused:
            deed(by=world.manager, draft=draft, version=draft.version, at=AT)
        assert refused.value.rule == "draft_is_open"
    edition = world.published()
    for deed, more in (
        (plans.publish_edition, {"by": world.publisher}),
        (plans.set_aside_edition, {"by": world.manager, "reason": "Late"}),
    ):
        with pytest.raises(NotAllowed) as refused:
            deed(edition=edition, version=edition.version, at=AT, **more)
        assert refused.value.rule == "edition_waits"
    assert Plan.objects.count() == 2
