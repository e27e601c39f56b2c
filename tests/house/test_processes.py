"""Tests run in several processes at once, and none of them may see what another keeps."""

import os
from pathlib import Path

from django.conf import settings


def test_each_process_keeps_its_files_in_a_folder_of_its_own():
    """A worker that took the first process's folder would find other tests' files in it."""
    assert Path(os.environ["GOLDENTHREAD_DATA"]) == settings.DATA
