"""Breaks in a series: what can be compared when the list of answers changed.

Each list says what its groups hold in meanings finer than any list, and what a new version did to
people's answers. Groups that share a meaning, or that such a change ties together, belong together;
a group that is tied to exactly one other, which holds the same, goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.categories.lists import DETAILED, Change, CodeList, finest, lists_of


@dataclass(frozen=True)
class Break:
    """Groups of two lists that belong together, and whether they can be compared.

    ``comparable`` is true for one group on each side that holds the same. ``together`` is true
    where the groups can be compared only when they are added up. Where neither is true they cannot.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    comparable: bool
    together: bool
    sentence: str


def breaks(before: CodeList, after: CodeList, grouping: str = DETAILED) -> tuple[Break, ...]:
    """What can be compared between two versions of a list, group by group in the order of before.

    The lists are of one characteristic and in the order of the figures that use them. Codes for an
    answer without detail are left out: how many there are says more of the form than of people.

    Raises ValueError for lists of two characteristics, KeyError for a roll-up that one lacks.

    Source: the lists themselves, and the changes that their data file tells.

    >>> from goldenthread.categories import code_list
    >>> old, new = code_list("ethnicity_england_2011"), code_list("ethnicity_england_2021")
    >>> [b.sentence for b in breaks(old, new) if "white_irish" in b.before]
    ['“Irish” can be compared between 2011 and 2021.']
    >>> [b.after for b in breaks(old, new) if not b.comparable]
    [('white_gypsy_or_irish_traveller', 'white_roma', 'white_other')]
    >>> first = code_list("ethnicity_england_2001")
    >>> [b.before for b in breaks(first, old, "five") if not b.comparable]
    [('asian', 'other')]
    """
    if before.characteristic != after.characteristic:
        raise ValueError("lists of two characteristics cannot be compared")
    left, right = _holdings(before, grouping), _holdings(after, grouping)
    told = _changes(before, after)
    ties = [
        ({group for group, held in left.items() if meaning in held},
         {group for group, held in right.items() if meaning in held})
        for meaning in set().union(*left.values(), *right.values())
    ]  # fmt: skip
    ties += [
        (_groups_of(before, grouping, one.before), _groups_of(after, grouping, one.after))
        for one in told
    ]
    # A list goes on as it is, whatever its answers might have been called elsewhere.
    joined = [((g,), (g,)) for g in left] if before == after else _join(left, right, ties)
    return tuple(
        _break(before, after, grouping, one, other, left, right, told) for one, other in joined
    )


def _holdings(of: CodeList, grouping: str) -> dict[str, set[str]]:
    """The finest meanings that each group holds, surely or perhaps."""
    held: dict[str, set[str]] = {}
    for item in of.items:
        if not item.partial:
            whole = held.setdefault(of.roll(item.code, grouping), set())
            for meaning in (*item.holds, *item.perhaps):
                whole.update(finest(meaning, of.characteristic))
    return held


def _changes(before: CodeList, after: CodeList) -> tuple[Change, ...]:
    """The changes that were made on the way, in the same country, from the one to the other."""
    if before.dated > after.dated:
        return tuple(
            Change(c.since, c.after, c.before, c.sentence) for c in _changes(after, before)
        )
    return tuple(
        change
        for one in reversed(lists_of(after.characteristic))
        if before.dated < one.dated <= after.dated and one.country == after.country
        for change in one.changes
    )


def _groups_of(of: CodeList, grouping: str, codes: Iterable[str]) -> set[str]:
    return {of.roll(code, grouping) for code in codes if code in of}


def _join(
    left: dict[str, set[str]],
    right: dict[str, set[str]],
    ties: list[tuple[set[str], set[str]]],
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Groups of both sides, those that ties hold together in one."""
    parts: list[tuple[set[str], set[str]]] = []
    for one, other in [*(({g}, set[str]()) for g in left), *((set[str](), {g}) for g in right)]:
        parts.append((set(one), set(other)))
    for one, other in ties:
        tied = [p for p in parts if p[0] & one or p[1] & other]
        if len(tied) > 1:
            parts = [p for p in parts if p not in tied]
            parts.append((set().union(*(p[0] for p in tied)), set().union(*(p[1] for p in tied))))
    first, then = list(left), list(right)
    ordered = [
        (tuple(sorted(one, key=first.index)), tuple(sorted(other, key=then.index)))
        for one, other in parts
    ]
    return sorted(
        ordered,
        key=lambda p: first.index(p[0][0]) if p[0] else len(first) + then.index(p[1][0]),
    )


def _break(
    before: CodeList,
    after: CodeList,
    grouping: str,
    one: tuple[str, ...],
    other: tuple[str, ...],
    left: dict[str, set[str]],
    right: dict[str, set[str]],
    told: tuple[Change, ...],
) -> Break:
    same = set().union(*(left[g] for g in one)) == set().union(*(right[g] for g in other))
    single = len(one) == 1 and len(other) == 1
    then, now = _labels(before, grouping, one), _labels(after, grouping, other)
    between = f"between {_version(before, after)} and {_version(after, before)}"
    why = "".join(
        f" {change.sentence}"
        for change in told
        if not single and _groups_of(before, grouping, change.before) & set(one)
    )
    if single and same:
        names = then if then == now else f"{then}, then {now},"
        return Break(one, other, True, True, f"{names} can be compared {between}.")
    if not one or not other:
        only = now if not one else then
        where = _version(after, before) if not one else _version(before, after)
        return Break(one, other, False, False, f"{only} stands in the list of {where} alone.")
    if same:
        sentence = f"{then} of {_version(before, after)} and {now} of {_version(after, before)} "
        sentence += "can be compared only added together."
        return Break(one, other, False, True, sentence + why)
    sentence = f"{then} of {_version(before, after)} cannot be compared with {now} of "
    return Break(one, other, False, False, f"{sentence}{_version(after, before)}.{why}")


def _version(of: CodeList, beside: CodeList) -> str:
    if of.country != beside.country:
        return f"{of.country} {of.version}"
    return of.version if of.version != beside.version else f"“{of.title}”"


def _labels(of: CodeList, grouping: str, groups: tuple[str, ...]) -> str:
    labels = {group.code: group.label for group in of.grouping(grouping).groups}
    named = [f"“{labels[group]}”" for group in groups]
    return (
        named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}" if named else ""
    )
