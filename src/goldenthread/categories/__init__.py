"""What people are, in the lists that official statistics use, and how other codes map to them.

``lists`` holds the lists with their roll-ups, ``schemes`` the codes of other systems; ``reading``
reads one value, ``detection`` finds a column's scheme, and ``mapping`` keeps what was decided.
``breaks`` says what can be compared when a list changed, and ``groups`` gives the rows that roll
codes up inside a database. A state of missing is an answer of its own and never a group.

>>> from datetime import date
>>> england = code_list("ethnicity_england_2021")
>>> column = map_column(
...     {"W1": 310, "A1": 41, "B2": 17, "M3": 9, "NS": 22, "": 8}, england, on=date(2026, 11, 28)
... )
>>> column.scheme, column.result("A1"), column.result(""), column.review
('police_sde', 'asian_indian', 'blank', ())
>>> england.roll("asian_indian", "five"), england.roll("asian_indian", "white_british_other")
('asian', 'all_other')
"""

from goldenthread.categories.ages import age_band, age_on
from goldenthread.categories.breaks import Break, breaks
from goldenthread.categories.detection import Detection, Fit, detect
from goldenthread.categories.disability import from_two_questions
from goldenthread.categories.groups import GroupRow, groups_rows
from goldenthread.categories.lists import (
    DETAILED,
    MISSING,
    MISSING_IN_WORDS,
    Change,
    CodeList,
    Country,
    Group,
    Grouping,
    Item,
    Missing,
    all_lists,
    code_list,
    lists_in_use,
    lists_of,
)
from goldenthread.categories.mapping import (
    ColumnMapping,
    Entry,
    from_json,
    map_column,
    settle,
    to_json,
)
from goldenthread.categories.reading import RULES, TEXT, Reading, read, schemes_for
from goldenthread.categories.schemes import Scheme, SchemeCode, all_schemes, scheme, schemes_of

__all__ = [
    "DETAILED",
    "MISSING",
    "MISSING_IN_WORDS",
    "RULES",
    "TEXT",
    "Break",
    "Change",
    "CodeList",
    "ColumnMapping",
    "Country",
    "Detection",
    "Entry",
    "Fit",
    "Group",
    "GroupRow",
    "Grouping",
    "Item",
    "Missing",
    "Reading",
    "Scheme",
    "SchemeCode",
    "age_band",
    "age_on",
    "all_lists",
    "all_schemes",
    "breaks",
    "code_list",
    "detect",
    "from_json",
    "from_two_questions",
    "groups_rows",
    "lists_in_use",
    "lists_of",
    "map_column",
    "read",
    "scheme",
    "schemes_for",
    "schemes_of",
    "settle",
    "to_json",
]
