"""A draft's places and warnings, as a document with several actions in one row has them."""

from dataclasses import replace

from goldenthread.documents import ReadingWarning
from goldenthread.errors import Place
from web.world import action

ROW = Place(table=1, row=4)
ACTION = replace(action("Hold listening sessions"), place=ROW)
ALIGNMENT = (ReadingWarning("alignment", "2 timescales for 3 actions.", ROW),)
