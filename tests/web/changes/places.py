"""A draft's places and warnings, as a document with several actions in one row has them."""

from dataclasses import replace

from goldenthread.documents import ReadingWarning
from goldenthread.errors import Place
from goldenthread.web.changes import habits
from web.world import AT, action

ROW = Place(table=1, row=4)
ACTION = replace(action("Hold listening sessions"), place=ROW)
ALIGNMENT = (ReadingWarning("alignment", "2 timescales for 3 actions.", ROW),)

# A profile of one entry, and a habit like it.
PROFILE = '{"schema": "goldenthread.habits/1", "statuses": {"Live": "in_progress"}}'


def habit(world, unit):
    """A habit of a unit, kept by hand."""
    return habits.keep_habit(
        by=world.manager, unit=unit, about="status", text="Live", meaning="in_progress", at=AT
    )
