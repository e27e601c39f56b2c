"""One link in several browsers at the same moment, on real connections."""

import pytest

from goldenthread.errors import NotAllowed, OutOfStep
from goldenthread.web.changes import by_link, update_links
from goldenthread.web.models import Action, LinkUse, Mail, Update, UpdateLink
from web.changes.links import a_link, sent_link
from web.test_concurrency import PEOPLE, _at_once
from web.test_concurrency import committed as committed
from web.world import AT


@pytest.fixture
def sent(committed):
    return committed, *sent_link(committed)


def test_of_several_browsers_that_begin_at_once_one_is_the_first(sent):
    _world, lead, link, _rows = sent

    def begin(number):
        return by_link.begin(by=lead, link=link, mark=f"browser {number}", at=AT)

    got = _at_once(begin)
    assert [fault for fault in got if isinstance(fault, Exception)] == []
    assert sorted(use.elsewhere for use in LinkUse.objects.all()) == [False] + [True] * (PEOPLE - 1)
    assert Mail.objects.filter(kind="link_elsewhere").count() == 1


def test_of_several_windows_that_send_at_once_one_is_kept_and_the_others_see_it(sent):
    _world, lead, link, (row,) = sent
    version = Action.objects.get(pk=row.pk).version

    def send(number):
        mine = Action.objects.get(pk=row.pk)
        given = {"by": lead, "link": link, "action": mine, "version": version, "at": AT}
        return by_link.update_by_link(done=f"Said in window {number}", **given)

    got = _at_once(send)
    kept = [one for one in got if isinstance(one, Update)]
    late = [one for one in got if isinstance(one, OutOfStep)]
    assert (len(kept), len(late)) == (1, PEOPLE - 1)
    assert {one.theirs["done"] for one in late} == {kept[0].done}
    assert Update.objects.filter(action=row).count() == 1
    assert LinkUse.objects.filter(what="updated").count() == 1


def test_one_form_that_is_sent_several_times_at_once_is_kept_once(sent):
    _world, lead, link, (row,) = sent
    version = Action.objects.get(pk=row.pk).version

    def send(_number):
        mine = Action.objects.get(pk=row.pk)
        given = {"by": lead, "link": link, "action": mine, "version": version, "at": AT}
        return by_link.update_by_link(done="Said once", key="k" * 32, **given)

    got = _at_once(send)
    assert len({one.pk for one in got}) == 1
    assert Update.objects.filter(action=row).count() == 1


def test_a_link_that_is_withdrawn_while_it_is_used_lets_nothing_half_through(sent):
    world, lead, link, (row,) = sent
    version = Action.objects.get(pk=row.pk).version

    def deed(number):
        if number == 0:
            found = UpdateLink.objects.get(pk=link.pk)
            return update_links.withdraw_link(by=world.manager, link=found, version=1, at=AT)
        mine = Action.objects.get(pk=row.pk)
        given = {"by": lead, "link": link, "action": mine, "version": version, "at": AT}
        return by_link.update_by_link(done=f"Said {number}", **given)

    got = _at_once(deed)
    assert isinstance(got[0], UpdateLink)
    for one in got[1:]:
        assert isinstance(one, Update | OutOfStep | NotAllowed), one
    updates = Update.objects.filter(action=row).count()
    assert updates == LinkUse.objects.filter(what="updated").count() <= 1


def test_several_links_that_are_sent_at_once_leave_one_that_opens(sent):
    world, lead, link, _rows = sent
    got = _at_once(lambda _number: a_link(world, lead, link.round))
    assert [fault for fault in got if isinstance(fault, Exception)] == []
    assert UpdateLink.objects.filter(person=lead, withdrawn_at__isnull=True).count() == 1
