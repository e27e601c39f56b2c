"""The rows that roll codes up inside a database: one for each code and roll-up."""

from __future__ import annotations

from collections.abc import Iterable

from goldenthread.categories.lists import MISSING, CodeList

GroupRow = tuple[str, str, str, str, int]


def groups_rows(lists: Iterable[CodeList]) -> tuple[GroupRow, ...]:
    """The rows of the table ``groups`` for the chosen lists, one list for each characteristic.

    Shape: (characteristic, code, grouping, grp, position); ``position`` counts the groups of a
    roll-up from 1 in the order of the list. Missing: each of the four states is a group of its own
    in every roll-up, after the others, so that no person is lost in a join.

    Raises ValueError for two lists of one characteristic.

    >>> from goldenthread.categories import code_list
    >>> rows = groups_rows([code_list("ethnicity_england_2021")])
    >>> [row[2:] for row in rows if row[1] == "asian_chinese" and row[2] != "detailed"]
    [('five', 'asian', 3), ('white_other', 'all_other', 2), ('white_british_other', 'all_other', 2)]
    >>> [row for row in rows if row[1] == "blank"][-1]
    ('ethnicity', 'blank', 'white_british_other', 'blank', 5)
    """
    chosen = tuple(lists)
    characteristics = [one.characteristic for one in chosen]
    if len(set(characteristics)) != len(characteristics):
        raise ValueError("choose one list for each characteristic")
    rows: list[GroupRow] = []
    for one in chosen:
        for grouping in one.groupings:
            for position, group in enumerate(grouping.groups, 1):
                rows += [
                    (one.characteristic, code, grouping.name, group.code, position)
                    for code in group.codes
                ]
            after = len(grouping.groups) + 1
            rows += [
                (one.characteristic, state, grouping.name, state, after + place)
                for place, state in enumerate(MISSING)
            ]
    return tuple(rows)
