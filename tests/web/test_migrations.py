"""The tables as the migrations make them, in a database of their own, and take them away again."""

import pytest
from django.core.management import call_command
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import ConnectionHandler

APP = "goldenthread"
BEFORE_0_1_0 = ("0002_frozen_rows", "0027_taking_back")


@pytest.fixture
def executor(tmp_path, django_db_blocker):
    """What carries out migrations in an empty file."""
    file = tmp_path / "empty.sqlite3"
    engine = "django.db.backends.sqlite3"
    connection = ConnectionHandler({"default": {"ENGINE": engine, "NAME": str(file)}})["default"]
    with django_db_blocker.unblock():
        yield MigrationExecutor(connection)
    connection.close()


def _migrate(executor, *targets):
    executor.loader.build_graph()
    # The council's alone: a step of the queue's own asks the database that the site has.
    executor.migrate(list(targets) or executor.loader.graph.leaf_nodes(APP))
    with executor.connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return dict(cursor.fetchall())


def test_they_say_what_the_models_say(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_they_go_back_and_forth_and_make_the_same_again(executor):
    made = _migrate(executor)
    assert {"goldenthread_action", "goldenthread_auditentry_no_update"} <= set(made)
    back = _migrate(executor, (APP, "0001_initial"))
    assert [name for name in back if name.startswith(APP)] == ["goldenthread_person"]
    assert _migrate(executor) == made


def test_a_database_that_was_made_in_the_many_steps_before_is_left_as_it_is(executor):
    made = _migrate(executor)
    recorder = executor.recorder
    replaced = executor.loader.get_migration(APP, "0002_council").replaces
    assert {name for _app, name in replaced} >= set(BEFORE_0_1_0)
    recorder.record_unapplied(APP, "0002_council")
    for app, name in replaced:
        recorder.record_applied(app, name)
    assert _migrate(executor) == made
    assert (APP, "0002_council") in recorder.applied_migrations()
