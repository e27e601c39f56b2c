"""A vault that is filled quarter after quarter gives what all the files together would give."""

import csv
from datetime import UTC, date, datetime

import pytest

from goldenthread.categories import code_list, lists_in_use
from goldenthread.errors import Unreadable, Unsafe
from goldenthread.warehouse import create, in_memory, keep, labels_in, lists_in
from goldenthread.workforce.files import mapped_by, read_workforce, staff_tables

MARCH, JUNE, SEPTEMBER = date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)
AT = datetime(2026, 10, 1, tzinfo=UTC)
UNTIL = date(2032, 3, 31)
LISTS = lists_in_use()
WHERE = {"Directorate": "Place", "Unit": "Highways"}
PERSON = {"Staff number": "1", **WHERE, "Grade": "G5", "Grade order": "5", "Sex": "Female"}
COURSE = {"Staff number": "1", **WHERE, "Course": "T1", "Mandatory": "No", "Sex": "Female"}
ASKED = ("people", "unit_lines", "groups", "applications", "cases", "training", "moves")


def person(number="1", on=MARCH, **others):
    return PERSON | {"Staff number": number, "Snapshot date": on.isoformat()} | others


def course(number="1", on=MARCH, **others):
    return COURSE | {"Staff number": number, "Date": on.isoformat()} | others


@pytest.fixture
def tables(tmp_path):
    """What files with these rows give, by the name of their contract."""

    def made(lists=LISTS, **files):
        checked = []
        for name, rows in files.items():
            place = tmp_path / f"{name}.csv"
            with place.open("w", newline="") as stream:
                writer = csv.DictWriter(stream, dict.fromkeys(key for row in rows for key in row))
                writer.writeheader()
                writer.writerows(rows)
            mapping = mapped_by(lists, on=SEPTEMBER)
            gone = [number for one in checked for number in one.objectors]
            checked.append(read_workforce(place, name, mapping=mapping, objectors=gone))
        assert [one.quarantined for one in checked] == [0] * len(checked)
        return staff_tables(checked, lists.values())

    return made


@pytest.fixture
def vault(tmp_path):
    return create(tmp_path / "vault")


def kept(vault, tables, **others):
    """Have a vault keep tables."""
    said = {"lists": LISTS.values(), "keep_until": UNTIL, "at": AT} | others
    return keep(vault, tables, **said)


def asked(records):
    """Everything that measures can read, but for what people are called."""
    found = {}
    for name in ASKED:
        column = {"applications": "applicant"}.get(name, "person")
        others = "* exclude (person)" if column == "person" else "* exclude (applicant)"
        what = "*" if name in ("unit_lines", "groups") else others
        found[name] = sorted(records.rows(f"select {what} from {name}"), key=str)
    return found


def test_two_quarters_kept_one_by_one_are_what_both_together_are(vault, tables):
    march = {"people": [person(), person("2", Unit="Parks")], "training": [course()]}
    june = {
        "people": [person(on=JUNE), person("3", JUNE)],
        # Nobody works in this unit on either day.
        "training": [course("2", JUNE, Unit="Old Depot")],
    }
    kept(vault, tables(**march))
    kept(vault, tables(**june))
    both = {name: [*march[name], *june[name]] for name in march}
    with vault.records() as one_by_one, in_memory(tables(**both).all()) as together:
        assert asked(one_by_one) == asked(together)
        said = one_by_one.rows("select count(distinct person) from people")
        assert said == together.rows("select count(distinct person) from people") == [(3,)]


def test_whichever_quarter_comes_first_every_unit_has_what_stands_above_it(vault, tables):
    kept(vault, tables(people=[person(on=JUNE)]))
    kept(vault, tables(people=[person()], training=[course(Unit="Old Depot")]))
    lines = "select snapshot, ancestor from unit_lines where unit = 'place / old depot' order by 1"
    with vault.records() as records:
        assert sorted(records.rows(lines)) == [
            (day, above) for day in (MARCH, JUNE) for above in ("place", "place / old depot")
        ]
    last = vault.deeds()[-1]
    assert (last.act, last.snapshots) == ("replaced", (("unit_lines", JUNE),))


def test_a_vault_knows_what_units_and_grades_are_called(vault, tables):
    kept(vault, tables(people=[person()]))
    kept(vault, tables(people=[person(on=JUNE, Unit="HIGHWAYS")]))
    with vault.records() as records:
        assert labels_in(records) == {
            "unit": {"place / highways": "Place / HIGHWAYS"},
            "grade": {"g5": "G5"},
        }
    vault.forget(JUNE, at=AT)
    with vault.records() as records:
        assert labels_in(records)["unit"] == {"place / highways": "Place / Highways"}


def test_a_vault_knows_of_which_lists_its_codes_are(vault, tables):
    with pytest.raises(Unreadable, match="does not say which lists"):
        lists_in(vault.snapshots())
    kept(vault, tables(people=[person()]))
    assert lists_in(vault.snapshots()) == dict(LISTS)


def test_codes_of_another_list_are_not_mixed_in(vault, tables):
    kept(vault, tables(people=[person()]))
    before = vault.snapshots()
    other = {**LISTS, "ethnicity": code_list("ethnicity_england_2011")}
    june = tables(other, people=[person(on=JUNE)])
    with pytest.raises(Unreadable, match="ethnicity_england_2011, ethnicity_england_2021") as no:
        kept(vault, june, lists=other.values())
    assert "begin another vault" in no.value.do
    assert vault.snapshots() == before
    # Where nothing of the old list is left, the new one may come.
    march = tables(other, people=[person()])
    kept(vault, march, lists=other.values(), instead=True)
    assert lists_in(vault.snapshots()) == other


def test_who_objects_later_is_gone_from_the_quarters_before(vault, tables):
    rows = [person(), person("2")]
    kept(vault, tables(people=rows, training=[course(), course("2")]))
    june = [person(on=JUNE), person("2", JUNE, **{"Asked not to be monitored": "Yes"})]
    kept(vault, tables(people=june))
    with vault.records() as records:
        counts = [
            records.rows(f"select count(*), count(distinct person) from {name}")
            for name in ("people", "training")
        ]
    assert counts == [[(2, 1)], [(1, 1)]]
    assert vault.deeds()[-1].act == "objectors forgotten"


def test_events_are_gathered_to_the_newest_snapshot_or_to_the_day_that_is_said(vault, tables):
    late = tables(people=[person()], training=[course(on=date(2026, 4, 9))])
    with pytest.raises(Unreadable, match="lie after 2026-03-31"):
        kept(vault, late)
    assert vault.snapshots() == ()
    kept(vault, late, gathered_to=date(2026, 4, 30))
    assert {one.table: one.on for one in vault.snapshots()}["training"] == date(2026, 4, 30)


def test_a_quarter_that_is_held_is_replaced_only_where_that_is_said(vault, tables):
    kept(vault, tables(people=[person()], training=[course()]))
    again = tables(people=[person(), person("2")], training=[course()])
    with pytest.raises(Unreadable, match="already holds people of 2026-03-31"):
        kept(vault, again)
    kept(vault, again, instead=True)
    assert {one.table: one.rows for one in vault.snapshots()}["people"] == 2


def test_nothing_is_put_into_a_vault_that_was_changed(vault, tables):
    kept(vault, tables(people=[person()]))
    path = next((vault.folder / "tables").glob("people-*"))
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(Unsafe, match="changed since it was written"):
        kept(vault, tables(people=[person(on=JUNE)]))


def test_every_table_says_the_contract_and_the_lists_that_it_was_held_to(vault, tables):
    kept(vault, tables(people=[person()], training=[course()]))
    names = tuple(sorted(one.name for one in LISTS.values()))
    assert {one.table: (one.contract, one.lists, one.keep_until) for one in vault.snapshots()} == {
        "people": ("people/1", names, UNTIL),
        "training": ("training/1", names, UNTIL),
        "groups": ("groups/1", names, UNTIL),
        "unit_lines": ("people/1", (), UNTIL),
        "labels": ("people/1", (), UNTIL),
    }
