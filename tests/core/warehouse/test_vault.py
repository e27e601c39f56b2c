"""A vault keeps what it is given, knows when it was changed, and forgets."""

import fcntl
import json
import os
import shutil
import stat
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.warehouse.held import (
    AT,
    JULY,
    JUNE,
    MARCH,
    UNTIL,
    WHO,
    Given,
    arrival,
    filled,
    people,
    receive,
    staff,
    training,
)
from goldenthread.errors import Busy, Missing, Unreadable, Unsafe
from goldenthread.warehouse import TABLES, Vault, create
from goldenthread.warehouse.incoming import pseudonym


@pytest.fixture(scope="module")
def whole(memory):
    return filled(memory / "whole")


@pytest.fixture
def vault(whole, tmp_path):
    return Vault(shutil.copytree(whole.folder, tmp_path / "vault"))


def parquet(vault):
    return sorted((vault.folder / "tables").iterdir())


def test_what_was_received_is_what_a_measure_reads(tmp_path):
    vault = create(tmp_path / "vault")
    row = staff("104233", role="librarian", bonus_pence=None, age=None)
    receive(vault, "people", [row], MARCH)
    with vault.records() as records:
        (found,) = records.rows("select * from people")
    expected = [row.get(name) for name in TABLES["people"].names]
    expected[1] = pseudonym((vault.folder / "vault.key").read_bytes(), "person", "104233")
    assert list(found) == expected
    assert list(map(type, found)) == list(map(type, expected))


def test_rows_may_come_as_arrays(tmp_path):
    vault = create(tmp_path / "vault")
    row = staff("1", hours=None)
    arrays = {name: np.array([row.get(name)] * 3, dtype=object) for name in TABLES["people"].names}
    arrays["person"] = np.array(["1", "2", "3"])
    arrays["snapshot"] = np.array([MARCH] * 3, dtype="datetime64[D]")
    arrays["started"] = np.array(["2019-09-02", "NaT", "2020-01-01"], dtype="datetime64[D]")
    arrays["hourly_pence"] = np.ma.masked_array([1554, 0, 2000], mask=[False, True, False])

    class Arrays:
        names = tuple(arrays)

        def column(self, name):
            return arrays[name]

        def __len__(self):
            return 3

    vault.receive("people", Arrays(), on=MARCH, contract="people/1", keep_until=UNTIL, at=AT)
    with vault.records() as records:
        found = records.rows("select hourly_pence, started from people order by hourly_pence")
    assert sorted(found, key=str) == [
        (1554, date(2019, 9, 2)),
        (2000, date(2020, 1, 1)),
        (None, None),
    ]


def test_a_vault_opened_again_holds_the_same(vault):
    assert Vault(vault.folder).snapshots() == vault.snapshots()
    assert [(s.table, s.on, s.rows, s.people) for s in vault.snapshots()] == [
        ("people", MARCH, 3, 3),
        ("people", JUNE, 3, 3),
        ("training", MARCH, 2, 2),
    ]
    first = vault.snapshots()[0]
    assert (first.contract, first.received_at, first.keep_until) == ("people/1", AT, UNTIL)
    assert (first.begins, first.ends) == (MARCH, MARCH)


def test_an_empty_vault_has_every_table(tmp_path):
    vault = create(tmp_path / "vault")
    with vault.records() as records:
        for name, table in TABLES.items():
            assert records.rows(f"select {', '.join(table.names)} from {name}") == []


def test_a_persons_number_is_nowhere_in_the_vault(tmp_path):
    vault = create(tmp_path / "vault")
    receive(vault, "people", [staff("PR7766554", role="pr1122334")], MARCH)
    kept = b"".join(p.read_bytes() for p in vault.folder.rglob("*") if p.is_file())
    with vault.records() as records:
        ((who, role),) = records.rows("select person, role from people")
    # A number would be seen: what is kept as it is is in plain sight of the engine.
    assert (role, len(who)) == ("pr1122334", 32)
    assert b"7766554" not in kept


def test_one_person_is_one_in_every_file_of_a_vault_and_another_in_the_next(tmp_path):
    found = []
    for name in ("one", "two"):
        vault = create(tmp_path / name)
        receive(vault, "people", [staff("ab1")], MARCH)
        receive(vault, "people", [staff(" AB1 ", JUNE)], JUNE)
        receive(vault, "training", [training("ab1")], MARCH)
        with vault.records() as records:
            sql = "select person from people union all select person from training"
            found.append(records.rows(sql))
    assert [len(set(names)) for names in found] == [1, 1]
    assert found[0][0] != found[1][0]


def test_nothing_is_left_of_the_order_of_the_file(tmp_path):
    vault = create(tmp_path / "vault")
    receive(vault, "people", [staff(str(n), age=18 + n) for n in range(50)], MARCH)
    with vault.records() as records:
        found = records.rows("select person, age from people")
    assert found == sorted(found)
    assert [age for _person, age in found] != sorted(age for _person, age in found)


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"hourly_pence": 1554.5}, "hourly_pence"),
        ({"hourly_pence": Decimal("1554.5")}, "hourly_pence"),
        ({"hourly_pence": float("nan")}, "hourly_pence"),
        ({"hourly_pence": 2**70}, "hourly_pence"),
        ({"hours": Decimal("36.255")}, "hours"),
        ({"hours": Decimal("NaN")}, "hours"),
        ({"fte": 0.5}, "fte"),
        ({"age": "forty-one"}, "age"),
        ({"board": 1}, "board"),
        ({"started": datetime(2020, 4, 7, 11)}, "started"),
        ({"unit": 4711}, "unit"),
        ({"unit": None}, "unit"),
        ({"person": " "}, "person"),
        ({"relevant": None}, "relevant"),
        ({"started": "4711"}, "started"),
    ],
    ids=str,
)
def test_a_value_that_its_column_cannot_hold_is_refused_and_never_repeated(tmp_path, wrong, column):
    vault = create(tmp_path / "vault")
    with pytest.raises(Unreadable) as refused:
        receive(vault, "people", [staff("1"), staff("2") | wrong], MARCH)
    assert f"people.{column}" in str(refused.value)
    said = str(refused.value).removeprefix("1 values")
    assert all(str(value) not in said for value in wrong.values() if str(value).strip() and value)
    assert (vault.snapshots(), parquet(vault)) == ((), [])


def test_a_person_twice_on_one_day_is_refused(tmp_path):
    vault = create(tmp_path / "vault")
    with pytest.raises(Unreadable, match="rows of people have the same snapshot and person"):
        receive(vault, "people", [staff("1"), staff("1", unit="parks")], MARCH)


def test_other_columns_than_the_tables_are_never_kept(tmp_path):
    vault = create(tmp_path / "vault")
    rows = Given("people", [staff("1")], names=(*TABLES["people"].names, "surname"))
    with pytest.raises(ValueError, match="the columns of people are"):
        vault.receive("people", rows, on=MARCH, contract="people/1", keep_until=UNTIL, at=AT)


def test_a_snapshot_of_another_day_is_refused(vault):
    with pytest.raises(Unreadable, match="Not every row of people is of 2026-09-30"):
        receive(vault, "people", [staff("1", JUNE)], date(2026, 9, 30))


def test_a_day_that_is_held_is_replaced_only_when_somebody_says_so(vault):
    with pytest.raises(Unreadable, match="already holds people of 2026-03-31"):
        receive(vault, "people", [staff("1")], MARCH)
    receive(vault, "people", [staff("1")], MARCH, instead=True)
    assert people(vault) == {MARCH: 1, JUNE: 3}
    assert len(parquet(vault)) == 3
    assert [deed.act for deed in vault.deeds()][-1] == "replaced"


def test_events_are_not_counted_twice(vault):
    with pytest.raises(Unreadable, match="they would be counted twice"):
        receive(vault, "training", [training("101", on=date(2026, 3, 31))], JUNE)
    receive(vault, "training", [training("101", on=date(2026, 4, 1))], JUNE)
    with pytest.raises(Unreadable, match="lie after 2026-07-01"):
        receive(vault, "training", [training("101", on=date(2026, 7, 2))], date(2026, 7, 1))


def test_a_list_replaces_the_one_before_it(tmp_path):
    vault = create(tmp_path / "vault")
    for on, grp in ((MARCH, "white"), (JUNE, "all_white")):
        row = {
            "characteristic": "ethnicity",
            "code": "white_british",
            "grouping": "five",
            "grp": grp,
            "position": 1,
        }
        receive(vault, "groups", [row], on)
    with vault.records() as records:
        assert records.rows("select grp from groups") == [("all_white",)]
    assert len(parquet(vault)) == 1


def test_a_table_that_nobody_knows_is_a_mistake_in_the_program(vault):
    with pytest.raises(ValueError, match="there are the tables"):
        vault.receive("pay", Given("people", []), on=MARCH, contract="x", keep_until=UNTIL, at=AT)


def test_records_that_may_no_longer_be_held_are_not_received(vault):
    with pytest.raises(Unreadable):
        receive(vault, "people", [], date(2020, 3, 31), keep_until=date(2026, 6, 30))


# Several tables at once.


def group(grp="white", characteristic="ethnicity"):
    return {
        "characteristic": characteristic, "code": "white_british", "grouping": "five", "grp": grp,
        "position": 1,
    }  # fmt: skip


def test_several_tables_come_in_one_exchange(tmp_path):
    vault = create(tmp_path / "vault")
    kept = vault.receive_all(
        [
            arrival("people", [staff("1")], MARCH),
            arrival("people", [staff("1", JUNE), staff("2", JUNE)], JUNE),
            arrival("groups", [group()], JUNE),
            arrival("training", [training("1")], JUNE),
        ],
        at=AT,
    )
    assert [(s.table, s.on, s.rows) for s in kept] == [
        ("people", MARCH, 1), ("people", JUNE, 2), ("groups", JUNE, 1), ("training", JUNE, 1),
    ]  # fmt: skip
    assert set(kept) == set(vault.snapshots())
    assert [d.act for d in vault.deeds()] == ["received"]
    assert people(vault) == {MARCH: 1, JUNE: 2}


@pytest.mark.parametrize(
    ("last", "why"),
    [
        (arrival("people", [staff("1", JUNE)], JUNE), "already holds people of 2026-06-30"),
        (arrival("people", [staff("1", JUNE)], date(2026, 5, 1)), "Not every row of people"),
        (arrival("training", [training("1", JULY)], JUNE), "lie after 2026-06-30"),
        (arrival("training", [training("1")], JUNE), "counted twice"),
        (arrival("cases", [{"opened": MARCH}], JUNE), "missing in cases.person"),
        (arrival("groups", [group()], JUNE, lists=("b",)), "codes of different lists: a, b"),
    ],
    ids=["held", "another day", "after", "twice", "empty", "lists"],
)
def test_where_one_is_refused_none_is_kept_and_nothing_is_left_lying(vault, last, why):
    before = vault.snapshots(), vault.deeds()
    files = {p: p.read_bytes() for p in vault.folder.rglob("*") if p.is_file()}
    first = arrival("people", [staff("9", JULY)], JULY, lists=("a",))
    with pytest.raises(Unreadable, match=why):
        vault.receive_all([first, last], at=AT, objectors={"person": ["102"]})
    assert (vault.snapshots(), vault.deeds()) == before
    assert {p: p.read_bytes() for p in vault.folder.rglob("*") if p.is_file()} == files
    assert list((vault.folder / "temp").iterdir()) == []


def test_events_of_two_files_of_one_delivery_are_not_counted_twice_either(tmp_path):
    vault = create(tmp_path / "vault")
    two = [arrival("training", [training("1")], on) for on in (MARCH, JUNE)]
    with pytest.raises(Unreadable, match="counted twice"):
        vault.receive_all(two, at=AT)
    with pytest.raises(ValueError, match="comes once"):
        vault.receive_all([two[0], two[0]], at=AT)


def test_what_was_replaced_is_recorded_apart_from_what_is_new(vault):
    vault.receive_all(
        [
            arrival("people", [staff("104")], MARCH, instead=True),
            arrival("people", [staff("104", JULY)], JULY),
        ],
        at=AT,
    )
    assert [(d.act, d.snapshots) for d in vault.deeds()[-2:]] == [
        ("received", (("people", JULY),)),
        ("replaced", (("people", MARCH),)),
    ]
    assert people(vault) == {MARCH: 1, JUNE: 3, JULY: 1}


def test_who_objects_is_taken_out_of_what_was_held_before(vault):
    row = {
        "period": MARCH, "applicant": "101", "unit": "libraries", "grade": "g5", **WHO,
        "shortlisted": True, "appointed": False, "internal": False,
    }  # fmt: skip
    receive(vault, "applications", [row], MARCH)
    vault.receive_all(
        [arrival("people", [staff("103", JULY)], JULY)],
        at=AT,
        objectors={"person": ["101", "102", "999"], "applicant": []},
    )
    assert people(vault) == {MARCH: 1, JUNE: 1, JULY: 1}
    assert {s.table: s.rows for s in vault.snapshots() if s.on == MARCH} == {
        "people": 1, "training": 0, "applications": 1,
    }  # fmt: skip
    assert (vault.deeds()[-1].act, vault.deeds()[-1].snapshots) == ("objectors forgotten", ())
    assert vault.verify() == ()


def test_where_nobody_of_them_is_held_nothing_is_written_again(vault):
    before = vault.snapshots()
    july = arrival("people", [staff("103", JULY)], JULY)
    vault.receive_all([july], at=AT, objectors={"person": ["999"]})
    assert set(before) < set(vault.snapshots())
    assert [d.act for d in vault.deeds()][-1] == "received"


def test_rows_that_were_made_for_another_content_are_not_kept(vault):
    seen = vault.snapshots()
    vault.forget(MARCH, at=AT)
    with pytest.raises(Busy):
        vault.receive_all([arrival("people", [staff("1", JULY)], JULY)], at=AT, seen=seen)
    assert people(vault) == {JUNE: 3}


def test_a_list_stays_until_nothing_is_left_that_needs_it(tmp_path):
    vault = create(tmp_path / "vault")
    for on in (MARCH, JUNE):
        receive(vault, "people", [staff("1", on)], on)
    receive(vault, "groups", [group()], JUNE, keep_until=date(2026, 7, 2))
    assert vault.expired(date(2026, 7, 3)) == ()
    assert vault.forget_expired(date(2026, 7, 3), at=AT) == ()
    assert [s.table for s in vault.forget(JUNE, at=AT)] == ["people"]
    assert [s.table for s in vault.snapshots()] == ["groups", "people"]
    assert [s.table for s in vault.forget(MARCH, at=AT)] == ["people", "groups"]
    assert parquet(vault) == []


def test_applications_are_dated_by_the_end_of_the_quarter_that_a_day_lies_in(tmp_path):
    vault = create(tmp_path / "vault")
    row = {
        "period": MARCH, "applicant": "7", "unit": "libraries", "grade": "g5", **WHO,
        "shortlisted": True, "appointed": False, "internal": False,
    }  # fmt: skip
    receive(vault, "applications", [row], date(2026, 3, 2))
    with pytest.raises(Unreadable, match="lie after 2025-12-31"):
        receive(vault, "applications", [row], date(2025, 12, 31), instead=True)


# Who may open it.


def test_a_new_vault_is_its_owners_alone(vault):
    modes = {
        str(p.relative_to(vault.folder)): stat.S_IMODE(p.lstat().st_mode)
        for p in [vault.folder, *vault.folder.rglob("*")]
    }
    assert {mode for name, mode in modes.items() if (vault.folder / name).is_dir()} == {0o700}
    assert {mode for name, mode in modes.items() if (vault.folder / name).is_file()} == {0o600}
    assert len(modes) == 9


def test_rights_do_not_depend_on_the_umask(tmp_path):
    before = os.umask(0)
    try:
        test_a_new_vault_is_its_owners_alone(filled(tmp_path / "vault"))
    finally:
        os.umask(before)


@pytest.mark.parametrize("mode", [0o750, 0o701, 0o720])
def test_a_vault_that_others_can_reach_is_refused(vault, mode):
    vault.folder.chmod(mode)
    for ask in (lambda: Vault(vault.folder), vault.snapshots, lambda: people(vault)):
        with pytest.raises(Unsafe) as refused:
            ask()
        assert refused.value.rule == "vault permissions"


@pytest.mark.parametrize("name", ["vault.key", "manifest.json", "tables", "table"])
def test_a_file_of_it_that_others_can_reach_is_named(vault, name):
    path = parquet(vault)[0] if name == "table" else vault.folder / name
    path.chmod(path.stat().st_mode | 0o040)
    with pytest.raises(Unsafe) as refused:
        Vault(vault.folder)
    assert refused.value.file == str(path.relative_to(vault.folder))


def test_a_link_inside_is_refused(vault, tmp_path):
    (tmp_path / "elsewhere").write_text("x")
    (vault.folder / "tables" / "people.parquet").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Unsafe) as refused:
        Vault(vault.folder)
    assert refused.value.rule == "vault link"


def test_a_folder_that_is_no_vault_is_not_taken_for_one(tmp_path):
    with pytest.raises(Missing):
        Vault(tmp_path)
    (tmp_path / "full").mkdir(mode=0o700)
    (tmp_path / "full" / "x").write_text("x")
    (tmp_path / "full" / "x").chmod(0o600)
    with pytest.raises(Unreadable, match="There is something in this folder already"):
        create(tmp_path / "full")
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o755)
    with pytest.raises(Unsafe):
        create(tmp_path / "open")


def test_a_second_writer_waits_and_then_is_told(vault):
    held = os.open(vault.folder / "vault.lock", os.O_RDWR)
    fcntl.flock(held, fcntl.LOCK_SH)
    other = Vault(vault.folder, patience=0.05)
    assert people(other) == {MARCH: 3, JUNE: 3}
    with pytest.raises(Busy):
        other.forget(MARCH, at=AT)
    os.close(held)
    assert len(other.forget(MARCH, at=AT)) == 2


# Whether it was changed.


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_one_changed_byte_of_any_file_is_found_and_named(whole, data):
    vault = whole
    names = [str(p.relative_to(vault.folder)) for p in parquet(vault)]
    name = data.draw(st.sampled_from([*names, "manifest.json"]))
    path = vault.folder / name
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    change = data.draw(st.integers(1, 255))
    content[place] ^= change
    assert vault.verify() == ()
    path.write_bytes(content)
    try:
        _is_found(vault, name)
    finally:
        content[place] ^= change
        path.write_bytes(content)


def _is_found(vault, name):
    if name == "manifest.json":
        for ask in (vault.verify, vault.snapshots, lambda: people(vault)):
            with pytest.raises(Unsafe) as refused:
                ask()
            assert refused.value.file == name
        return
    assert [(c.file, c.says) for c in vault.verify()] == [
        (name, "It was changed since it was written.")
    ]
    with pytest.raises(Unsafe) as refused:
        people(vault)
    assert (refused.value.file, refused.value.rule) == (name, "vault changed")


def test_a_missing_file_is_named(vault):
    path = parquet(vault)[0]
    path.unlink()
    assert [c.file for c in vault.verify()] == [f"tables/{path.name}"]
    with pytest.raises(Unsafe):
        people(vault)


def test_another_key_opens_nothing(vault):
    (vault.folder / "vault.key").write_bytes(b"0" * 32)
    with pytest.raises(Unsafe) as refused:
        vault.snapshots()
    assert refused.value.file == "manifest.json"
    (vault.folder / "vault.key").write_bytes(b"0")
    with pytest.raises(Unsafe) as refused:
        vault.snapshots()
    assert refused.value.file == "vault.key"


# Forgetting.


def test_a_forgotten_day_is_gone_from_the_folder(vault):
    gone = vault.forget(MARCH, at=AT)
    assert [(s.table, s.on) for s in gone] == [("people", MARCH), ("training", MARCH)]
    assert people(vault) == {JUNE: 3}
    assert [p.name for p in parquet(vault)] == [vault.snapshots()[0].file.removeprefix("tables/")]
    assert vault.deeds()[-1].snapshots == (("people", MARCH), ("training", MARCH))
    with pytest.raises(Missing):
        vault.forget(MARCH, at=AT)


def test_one_table_of_a_day_is_forgotten_alone(vault):
    assert [s.table for s in vault.forget(MARCH, at=AT, table="training")] == ["training"]
    assert people(vault) == {MARCH: 3, JUNE: 3}


def test_a_forgotten_person_is_in_no_file(vault):
    who = pseudonym((vault.folder / "vault.key").read_bytes(), "person", "102")
    assert holds(vault, who) == 3
    before = vault.snapshots()
    assert vault.forget_person("102", at=AT) == 3
    assert holds(vault, who) == 0
    assert [s.rows for s in vault.snapshots()] == [2, 2, 1]
    assert vault.verify() == ()
    assert not {s.fingerprint for s in before} & {s.fingerprint for s in vault.snapshots()}
    assert len(parquet(vault)) == 3
    with pytest.raises(Missing):
        vault.forget_person("102", at=AT)


def holds(vault, who):
    with vault.records() as records:
        return sum(
            records.rows(f"select count(*) from {name} where {t.key} = '{who}'")[0][0]
            for name, t in TABLES.items()
            if t.key
        )


def test_the_record_of_it_does_not_say_who_or_from_when_to_when(vault):
    vault.forget_person("102", at=AT)
    deed = json.loads((vault.folder / "manifest.json").read_text())["deeds"][-1]
    assert deed == {"act": "person forgotten", "at": "2026-07-01T09:30:00Z", "snapshots": []}
    said = (vault.folder / "manifest.json").read_bytes()
    assert (
        pseudonym((vault.folder / "vault.key").read_bytes(), "person", "102").encode() not in said
    )


def test_an_applicant_is_not_the_colleague_of_the_same_number(vault):
    row = {
        "period": MARCH, "applicant": "101", "unit": "libraries", "grade": "g5", **WHO,
        "shortlisted": True, "appointed": False, "internal": False,
    }  # fmt: skip
    receive(vault, "applications", [row], MARCH)
    assert vault.forget_person("101", at=AT, applicant=True) == 1
    assert people(vault) == {MARCH: 3, JUNE: 3}
    assert vault.forget_person("101", at=AT) == 3


def test_files_without_the_person_are_left_as_they_are(vault):
    (learnt,) = [s for s in vault.snapshots() if s.table == "training"]
    assert vault.forget_person("103", at=AT) == 2
    assert learnt in vault.snapshots()


def test_what_is_over_its_time_is_told_and_then_forgotten(tmp_path):
    vault = create(tmp_path / "vault")
    receive(vault, "people", [staff("1")], MARCH, keep_until=date(2026, 12, 31))
    receive(vault, "people", [staff("1", JUNE)], JUNE)
    assert vault.expired(date(2026, 12, 31)) == ()
    assert vault.forget_expired(date(2026, 12, 31), at=AT) == ()
    assert [s.on for s in vault.expired(date(2027, 1, 1))] == [MARCH]
    assert people(vault) == {MARCH: 1, JUNE: 1}
    assert [s.on for s in vault.forget_expired(date(2027, 1, 1), at=AT)] == [MARCH]
    assert people(vault) == {JUNE: 1}
    assert [d.act for d in vault.deeds()] == ["received", "received", "forgotten on time"]
