"""What the words of a characteristic mean: the lists of ``categories`` put to a workforce file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from goldenthread.categories import CodeList, ColumnMapping, map_column
from goldenthread.errors import Missing, Unreadable
from goldenthread.workforce.files.check import Mapped


def mapped_by(
    lists: Mapping[str, CodeList],
    *,
    on: date,
    settled: Mapping[str, ColumnMapping] | None = None,
) -> Mapped:
    """What ``read_workforce`` asks for codes: each characteristic is read into its list.

    Shape: ``lists`` by characteristic, as ``categories.lists_in_use`` gives them; ``settled`` the
    mappings that a person has settled, which go before any rule where they are into that list.
    Missing: a word that nobody has settled has no code yet, and the file says how many there are.
    Raises ``Unreadable`` where a column fits no scheme of codes, or several that differ: the whole
    column must then be mapped by a person (``goldenthread categories map``); ``ValueError`` for a
    characteristic without a list.

    Source: decision 0035 (a column is mapped whole).

    >>> from goldenthread.categories import lists_in_use
    >>> mapping = mapped_by(lists_in_use(), on=date(2026, 3, 31))
    >>> dict(mapping("sex", {"Female": 3, "m": 2}))
    {'Female': 'female', 'm': 'male'}
    """
    before = settled or {}

    def codes(characteristic: str, words: Mapping[str, int]) -> Mapping[str, str | None]:
        if characteristic not in lists:
            raise ValueError(f"There is no list for {characteristic}.")
        into = lists[characteristic]
        try:
            read = map_column(words, into, on=on, settled=before.get(characteristic))
        except Missing:
            raise Unreadable(
                f"The answers under {into.title.lower()} fit no scheme of codes, or several that "
                "differ.",
                do="Map the column once with “goldenthread categories map”, and give its mapping.",
            ) from None
        return {word: read.result(word) for word in words}

    return codes
