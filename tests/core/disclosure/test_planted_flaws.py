"""Every flaw planted in a sound release is caught, by ``verify``, by ``attack`` or by both."""

import shutil

import pytest

from core.disclosure import two_quarters
from core.disclosure.planted import FLAWS
from goldenthread.disclosure.attack import attack
from goldenthread.disclosure.verify import verify
from goldenthread.errors import Unreadable


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The sound release by whether no more is told than that thirty may have joined, and left."""
    folder, loose = tmp_path_factory.mktemp("sound"), two_quarters.spec()
    loose["flows"][0] |= {"joiners": [0, 30], "leavers": [0, 30]}
    return {
        False: two_quarters.release(folder / "exact"),
        True: two_quarters.release(folder / "loose", loose),
    }


@pytest.mark.parametrize("loose", [False, True])
def test_without_a_flaw_nothing_is_found(loose, sound):
    assert verify(sound[loose]) == []
    attacked = attack([sound[loose]])
    assert (attacked.exposures, attacked.unsettled) == ((), 0)


@pytest.mark.parametrize("flaw", FLAWS, ids=lambda flaw: flaw.name)
def test_a_flaw_is_caught(flaw, sound, tmp_path):
    folder = shutil.copytree(sound[flaw.loose], tmp_path / "release")
    flaw.plant(folder)
    assert flaw.verify or flaw.attack
    if flaw.verify:
        found = faults(folder)
        assert [fault for fault in found if flaw.verify in fault], found
    if flaw.attack:
        assert flaw.attack in {one.kind for one in attack([folder]).exposures}


def faults(folder):
    """What is wrong of a release in sentences, where it cannot be read too."""
    try:
        return verify(folder)
    except Unreadable as refusal:
        return [str(refusal)]
