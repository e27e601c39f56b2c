"""A workbook that was typed into away from here: read against its plan, and taken row by row."""

from __future__ import annotations

from datetime import datetime
from typing import IO

from django.utils.timezone import localdate

from goldenthread import documents
from goldenthread.documents import Offline
from goldenthread.errors import Refusal
from goldenthread.web import bridge
from goldenthread.web.changes.uploads import file_name, quarantined
from goldenthread.web.models import Person, Plan
from goldenthread.web.permissions import require


def read_workbook(*, by: Person, plan: Plan, file: IO[bytes], name: str, at: datetime) -> Offline:
    """What somebody typed into a workbook of this plan; nothing is stored, and the file is gone.

    What is taken of it is taken by the changes that a form of the site would make. Who may:
    receive_document in the plan's unit. Recorded: nothing, since nothing changes. Raises
    ``Unreadable`` or ``Unsafe`` with the file's own name.
    """
    require(by, "receive_document", plan, localdate(at))
    called = file_name(name)
    with quarantined(file, called) as path:
        try:
            return documents.read_update(path, bridge.plan_of(plan, localdate(at)))
        except Refusal as refusal:
            raise refusal.in_file(called) from None
