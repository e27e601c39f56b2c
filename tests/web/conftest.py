"""The council that every test of the web finds in the database, and a way to work in it."""

import pytest
from django.conf import settings

from goldenthread.web.changes import demo
from goldenthread.web.models import Person
from web.world import founded, second_factor


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Brackenford is founded once; every test works in a transaction that is undone."""
    with django_db_blocker.unblock():
        demo.found_brackenford()
        for person in Person.objects.all():
            second_factor(person)


@pytest.fixture
def world(db):
    """Brackenford with its cast, and no plan yet."""
    return founded()


@pytest.fixture(autouse=True)
def nothing_stays_in_quarantine():
    """Whatever a test sends, no file of it lies in quarantine when it ends."""
    yield
    assert list(settings.QUARANTINE.iterdir()) == []
