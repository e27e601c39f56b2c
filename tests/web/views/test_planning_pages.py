"""The pages of a directorate's planning: its board, its steps, and what the other pages carry."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from web.world import ON


def _client(person):
    client = Client()
    client.force_login(person)
    return client


def _text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


PAGES = ("directorate", "planning_step", "plan_step", "sign_step", "name_plan")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_planning_opens(world, name):
    planning = world.planning()
    answer = _client(world.manager).get(reverse(name, kwargs={"planning": planning.public_id}))
    assert answer.status_code == 200
    assert "Housing and Communities" in _text(answer)


@pytest.mark.parametrize(
    "name", ["directorates", "begin_planning", "steps", "change_step", "order_steps"]
)
def test_a_page_of_all_directorates_opens(world, name):
    world.planning(begins=ON)
    assert _client(world.manager).get(reverse(name)).status_code == 200
