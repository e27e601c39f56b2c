"""What the server does before it begins its processes: nobody's first page waits for it."""

from django.template import engines
from django.test import Client
from django.urls import reverse

from goldenthread.cli import ready
from goldenthread.web.queries import kept
from goldenthread.web.views import public
from goldenthread.web.views.drawn import public_templates


def _compiled(environment):
    return set(environment.cache.keys())


def test_the_first_pages_are_drawn_before_anybody_asks_and_are_those_that_are_answered(world):
    world.published()
    kept.forget_all()
    assert public.draw_ahead() == 2
    drawn = {key[2]: public._drawn(key) for key in list(public._drawn.keys())}
    before = _compiled(public_templates())
    for path in ("", "plan"):
        assert Client().get(f"/{path}").content == drawn[path]
    assert {key[2] for key in list(public._drawn.keys())} == {"", "plan"}
    assert _compiled(public_templates()) == before


def test_a_site_without_an_edition_draws_nothing_ahead(world):
    assert public.draw_ahead() == 0


def test_no_page_of_the_workspace_compiles_a_template_after_the_start(world):
    environment = engines.all()[0].env
    number = ready.compile_ahead()
    assert 60 < number < environment.cache.capacity
    before = _compiled(environment)
    row = world.action()
    client = Client()
    client.force_login(world.manager)
    for name in ("workspace_home", "register", "plans", "people", "who_may", "account", "receive"):
        assert client.get(reverse(name)).status_code == 200
    for name in ("action", "add_update"):
        at = reverse(name, kwargs={"action": row.public_id})
        assert client.get(at).status_code == 200
    assert _compiled(environment) == before
