"""Killed at any moment, a vault holds what it held before, or what it should hold after."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core.warehouse.held import AT, filled
from core.warehouse.killed import DEEDS
from goldenthread.warehouse import Vault

TESTS = Path(__file__).parents[2]


def held(vault):
    """Everything that measures can read, in order."""
    with vault.records() as records:
        return [
            sorted(records.rows(f"select * from {name}"), key=str)
            for name in ("people", "training")
        ]


def shown(vault):
    return [(s.table, s.on, s.rows) for s in vault.snapshots()], [d.act for d in vault.deeds()]


@pytest.mark.parametrize("deed", DEEDS)
def test_killed_at_any_step_a_deed_has_happened_or_it_has_not(deed, tmp_path):
    before = filled(tmp_path / "before")
    after = Vault(shutil.copytree(before.folder, tmp_path / "after"))
    DEEDS[deed](after)
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("killed.py"), tmp_path, deed],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env=os.environ | {"PYTHONPATH": str(TESTS)},
    )
    assert done.returncode == 0, done.stderr
    steps = int(done.stdout)
    assert steps > 10
    outcomes = ((shown(before), held(before)), (shown(after), held(after)))
    found = []
    for number in range(1, steps + 1):
        vault = Vault(tmp_path / f"{number:03}")
        assert vault.verify() == ()
        assert (shown(vault), held(vault)) in outcomes
        found.append(shown(vault) == outcomes[1][0])
        # What was left lying is taken away by whatever comes next.
        vault.tidy()
        listed = {s.file for s in vault.snapshots()}
        lying = {f"tables/{p.name}" for p in (vault.folder / "tables").iterdir()}
        assert (lying, list((vault.folder / "temp").iterdir())) == (listed, [])
        shutil.rmtree(vault.folder)
    # It happened from one step on, and never before.
    assert found == sorted(found)
    assert (found[0], found[-1]) == (False, True)


def test_a_person_forgotten_half_way_is_gone_once_the_vault_is_used_again(tmp_path):
    vault = filled(tmp_path / "vault")
    old = {p: p.read_bytes() for p in (vault.folder / "tables").iterdir()}
    vault.forget_person("102", at=AT)
    for path, content in old.items():  # as if killed before the old files were taken away
        path.write_bytes(content)
        path.chmod(0o600)
    (vault.folder / "temp" / "half.parquet").write_bytes(b"half")
    vault.tidy()
    assert not any(path.exists() for path in old)
    assert list((vault.folder / "temp").iterdir()) == []
