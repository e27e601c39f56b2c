"""The lists of official statistics: their codes, labels, order and roll-ups, read from data.

A list is one version of one classification, such as ethnic group in England in 2021. Its codes say
what they hold in *meanings*, finer than any one list, so that a code of one list can be found in
another, and so that a break between two lists can be computed and is not a matter of opinion.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal, get_args

Missing = Literal["not_asked", "blank", "prefer_not_to_say", "not_known"]
MISSING: tuple[Missing, ...] = get_args(Missing)
MISSING_IN_WORDS: Mapping[str, str] = {
    "not_asked": "Not asked",
    "blank": "Blank",
    "prefer_not_to_say": "Prefer not to say",
    "not_known": "Not known",
}
DETAILED = "detailed"
Country = Literal["England", "Wales", "Scotland", "Northern Ireland"]


@dataclass(frozen=True)
class Item:
    """One code of a list.

    ``holds`` are the meanings that fall to it without a doubt, its own first; ``perhaps`` those
    that a person must decide, because people answered them in more than one place. A ``partial``
    code stands for an answer that gives the broad group alone. ``also`` are other words for it.
    """

    code: str
    label: str
    holds: tuple[str, ...]
    heading: str = ""
    perhaps: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    partial: bool = False
    from_age: int | None = None


@dataclass(frozen=True)
class Group:
    """One group of a roll-up, and the codes that it takes in."""

    code: str
    label: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Grouping:
    """A roll-up: every code of its list is in exactly one of its groups."""

    name: str
    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Change:
    """What a new version of a list did to its answers, beyond what its codes say."""

    since: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class CodeList:
    """One version of a classification, with where it was read.

    ``verified`` is false where the list itself could not be read in its source: it may be used, and
    whoever uses it is told.
    """

    name: str
    characteristic: str
    title: str
    country: str
    version: str
    dated: str
    source: str
    address: str
    verified: bool
    note: str
    items: tuple[Item, ...]
    groupings: tuple[Grouping, ...]
    changes: tuple[Change, ...] = ()
    states: dict[str, Missing] = field(default_factory=dict, hash=False)

    def item(self, code: str) -> Item:
        """The item of a code. Raises KeyError where the list has no such code."""
        return self._items[code]

    def __contains__(self, code: object) -> bool:
        return code in self._items

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.code: item for item in self.items}

    def grouping(self, name: str) -> Grouping:
        """A roll-up by its name; every list has ``detailed``. Raises KeyError for any other name.

        >>> code_list("ethnicity_england_2021").grouping("five").groups[3].label
        'Black, Black British, Caribbean or African'
        """
        return {each.name: each for each in self.groupings}[name]

    def roll(self, code: str, grouping: str) -> str:
        """The group of a roll-up that a code falls to; a state of missing falls to itself.

        >>> code_list("ethnicity_england_2001").roll("other_chinese", "five")
        'other'
        >>> code_list("ethnicity_england_2021").roll("asian_chinese", "five")
        'asian'
        """
        if code in MISSING:
            return code
        for group in self.grouping(grouping).groups:
            if code in group.codes:
                return group.code
        raise KeyError(code)

    def place(self, meaning: str) -> tuple[str | None, tuple[str, ...]]:
        """The code that holds a meaning, or None and the codes that a person may choose from.

        >>> code_list("ethnicity_england_2021").place("white_irish_traveller")
        ('white_gypsy_or_irish_traveller', ())
        >>> code_list("ethnicity_england_2021").place("gypsy_or_roma")
        (None, ('white_gypsy_or_irish_traveller', 'white_roma'))
        """
        for item in self.items:
            if meaning in item.holds:
                return item.code, ()
        leaves = set(finest(meaning, self.characteristic))
        sure = [item.code for item in self.items if leaves <= set(item.holds)]
        if len(sure) == 1:
            return sure[0], ()
        might = [i.code for i in self.items if leaves & {*i.holds, *i.perhaps} and not i.partial]
        return None, tuple(might)


@cache
def _meanings() -> dict[str, dict[str, list[str]]]:
    text = files("goldenthread.categories").joinpath("data/meanings.json").read_text("utf-8")
    meanings: dict[str, dict[str, list[str]]] = json.loads(text)
    return meanings


def finest(meaning: str, characteristic: str) -> tuple[str, ...]:
    """The finest meanings that one is made of; itself where nothing is finer.

    >>> finest("white_british", "ethnicity")
    ('white_scottish', 'white_other_british')
    """
    return tuple(_meanings().get(characteristic, {}).get(meaning) or [meaning])


@cache
def all_lists() -> tuple[CodeList, ...]:
    """Every list, by characteristic, country and age: the newest version first."""
    folder = files("goldenthread.categories").joinpath("data/lists")
    read = [_list(json.loads(p.read_text("utf-8"))) for p in folder.iterdir() if _is_data(p.name)]
    newest = sorted(read, key=lambda one: (one.dated, one.name), reverse=True)
    return tuple(sorted(newest, key=lambda one: (one.characteristic, one.country)))


def _is_data(name: str) -> bool:
    return name.endswith(".json")


def code_list(name: str) -> CodeList:
    """A list by its name. Raises KeyError, naming those that there are.

    >>> code_list("religion_2021").title
    'Religion or belief'
    """
    for one in all_lists():
        if one.name == name:
            return one
    raise KeyError(f"no list {name!r}; there are {', '.join(one.name for one in all_lists())}")


def lists_of(characteristic: str) -> tuple[CodeList, ...]:
    """The lists of one characteristic.

    >>> [one.name for one in lists_of("disability")]
    ['disability_harmonised_2019', 'disability_equality_act_2010']
    """
    return tuple(one for one in all_lists() if one.characteristic == characteristic)


def lists_in_use(country: Country = "England") -> Mapping[str, CodeList]:
    """The list that a body of a country uses today for each characteristic, by its name.

    It is the newest of the country, else the newest of the United Kingdom; disability is the
    Equality Act's two groups, which pay gaps and the workforce standards ask for, and age has
    bands of ten years. Raises ValueError for another country.

    >>> in_use = lists_in_use("Scotland")
    >>> in_use["ethnicity"].name, in_use["disability"].name
    ('ethnicity_scotland_2022', 'disability_equality_act_2010')
    """
    if country not in get_args(Country):
        raise ValueError(f"The countries are {', '.join(get_args(Country))}.")
    found: dict[str, CodeList] = {}
    for one in all_lists():
        if one.country in ("", country) and one.characteristic not in found:
            found[one.characteristic] = one
    for name in ("disability_equality_act_2010", "age_ten_year"):
        found[code_list(name).characteristic] = code_list(name)
    return found


def _list(data: dict[str, Any]) -> CodeList:
    items = tuple(
        Item(
            code=item["code"],
            label=item["label"],
            holds=tuple(item["holds"]),
            heading=item.get("heading", ""),
            perhaps=tuple(item.get("perhaps", ())),
            also=tuple(item.get("also", ())),
            partial=item.get("partial", False),
            from_age=item.get("from_age"),
        )
        for item in data["items"]
    )
    itself = Grouping(
        DETAILED, "As detailed as the list", tuple(Group(i.code, i.label, (i.code,)) for i in items)
    )
    rolled = (
        Grouping(
            name,
            grouping["title"],
            tuple(Group(g["code"], g["label"], tuple(g["codes"])) for g in grouping["groups"]),
        )
        for name, grouping in data["groupings"].items()
    )
    changes = (
        Change(c["since"], tuple(c["before"]), tuple(c["after"]), c["sentence"])
        for c in data.get("changes", ())
    )
    plain = ("name", "characteristic", "title", "country", "version", "dated", "source", "address")
    return CodeList(
        **{name: data[name] for name in plain},
        verified=data["verified"],
        note=data.get("note", ""),
        items=items,
        groupings=(itself, *rolled),
        changes=tuple(changes),
        states=data.get("states", {}),
    )
