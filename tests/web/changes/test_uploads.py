"""What a server that was cut off leaves in its folders, and who clears it."""

import io
import os
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from goldenthread.web.changes import review
from goldenthread.web.changes.uploads import Store, clear_leftovers, quarantined
from goldenthread.web.models import Evidence

PDF = b"%PDF-1.7 shown"


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    """Folders of this test alone."""
    settings.QUARANTINE = tmp_path / "quarantine"
    settings.MEDIA_ROOT = str(tmp_path / "evidence")
    settings.IN_HAND = tmp_path / "in-hand"
    settings.QUARANTINE.mkdir()
    Path(settings.MEDIA_ROOT).mkdir()


def _lying():
    folders = (settings.QUARANTINE, settings.MEDIA_ROOT, settings.IN_HAND)
    return [len(list(Path(f).iterdir())) if Path(f).is_dir() else 0 for f in folders]


def _shown():
    return review.Shown("Register", file=io.BytesIO(PDF), name="register.pdf")


def test_evidence_that_is_committed_has_no_mark_and_stays(
    world, django_capture_on_commit_callbacks
):
    row = world.action()
    with django_capture_on_commit_callbacks(execute=True):
        world.update(row, evidence=[_shown()])
    assert _lying() == [0, 1, 0]
    assert clear_leftovers() == 0
    assert _lying() == [0, 1, 0]


def test_evidence_of_a_change_that_was_cut_off_is_cleared(world):
    with Store() as store:
        kept = store.keep(io.BytesIO(PDF))
    # The process ends here: neither a row nor the mark's removal was ever committed.
    assert kept.path.read_bytes() == PDF
    assert _lying() == [0, 1, 1]
    assert clear_leftovers() == 1
    assert _lying() == [0, 0, 0]


def test_evidence_that_was_cut_off_just_after_its_commit_stays(world):
    row = world.action()
    world.update(row, evidence=[_shown()])  # its mark is still there: on_commit never came
    assert _lying() == [0, 1, 1]
    assert clear_leftovers() == 0
    assert _lying() == [0, 1, 0]
    assert Path(settings.MEDIA_ROOT, Evidence.objects.get(action=row).stored).is_file()


def test_a_file_without_a_mark_is_never_touched_whatever_the_rows_say(world):
    Path(settings.MEDIA_ROOT, "f" * 32).write_bytes(PDF)
    assert clear_leftovers() == 0
    assert _lying() == [0, 1, 0]


def test_a_change_that_fails_leaves_neither_file_nor_mark(world):
    with pytest.raises(ValueError, match="cut"), transaction.atomic(), Store() as store:
        store.keep(io.BytesIO(PDF))
        raise ValueError("cut")
    assert _lying() == [0, 0, 0]


def test_a_document_lies_in_quarantine_for_an_hour_at_most(world):
    old, new = (Path(settings.QUARANTINE, name) for name in ("old.docx", "new.docx"))
    for path, ago in ((old, 3_700), (new, 3_500)):
        path.write_bytes(b"words")
        os.utime(path, (time.time() - ago,) * 2)
    assert clear_leftovers() == 1
    assert list(Path(settings.QUARANTINE).iterdir()) == [new]


def test_the_next_document_clears_an_abandoned_one_too(world):
    old = Path(settings.QUARANTINE, "old.docx")
    old.write_bytes(b"words")
    os.utime(old, (time.time() - 3_700,) * 2)
    with quarantined(io.BytesIO(b"words"), "plan.docx") as path:
        assert list(Path(settings.QUARANTINE).iterdir()) == [path]
    assert _lying() == [0, 0, 0]
