"""What waits with a draft: to be adopted, or to be held beside its plan."""

from django.test import Client
from django.urls import reverse

from web.world import action
from web_pages import Page


def test_a_later_reading_is_ready_to_compare_and_a_first_one_to_adopt(world):
    client = Client()
    client.force_login(world.manager)
    world.later(world.plan(), action("Hold sessions at night too"))
    for view in ("workspace_home", "plans"):
        page = Page(client.get(reverse(view)).content).text
        assert ("Ready to compare" in page, "Ready to adopt" in page) == (True, False)
    world.draft()
    assert "Ready to adopt" in Page(client.get(reverse("workspace_home")).content).text
