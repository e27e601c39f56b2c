"""No false “safe”, ever: small releases with percentages, and those of two quarters.

Each is protected, and held to every workforce that fits what is published and told; and to the
intruder, who takes it besides that whoever stayed has kept their unit and at most declared since.
"""

from hypothesis import HealthCheck, assume, event, given, settings

from core.disclosure.counted import read
from core.disclosure.few_among_many import few_among_many
from core.disclosure.given_away import given_away
from core.disclosure.occasions import occasions
from core.disclosure.released import released_or_none

FEW = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture],
)


def protected_and_held(told, rows, folder):
    """Protect a release, say what is in it, and hold it to everybody; a refusal tells nobody."""
    folder = released_or_none(folder, told, rows)
    event("refused" if folder is None else "released")
    assume(folder is not None)
    for happens in occasions(told, rows, read(folder)):
        event(happens)
    assert given_away(folder, told, rows) == []


@settings(FEW, max_examples=25)
@given(release=few_among_many())
def test_percentages_of_few_among_many_give_nobody_away(tmp_path_factory, release):
    protected_and_held(*release, tmp_path_factory.mktemp("release") / "r")


@settings(FEW, max_examples=25)
@given(release=few_among_many(periods=2))
def test_nobody_who_came_went_or_declared_is_told_by_two_quarters(tmp_path_factory, release):
    protected_and_held(*release, tmp_path_factory.mktemp("release") / "r")
