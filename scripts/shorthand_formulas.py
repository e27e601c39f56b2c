"""The reference page of what a published table prints, and by whose rule."""

from __future__ import annotations

from formula_pages import page, table

from goldenthread.disclosure.shorthand import FEWEST, INSTEAD, MARKERS, MEANINGS

OPENING = """What stands in a published table where there is no figure, how figures are rounded, and
on how many people each must rest. These are the rules for one figure by itself. Whether it may be
shown beside all the others is proved for a whole release at once."""


def shorthand_reference() -> str:
    """The page, from the docstrings of the module and from its data."""
    title = "Shorthand: what a published table prints"
    return page(title, OPENING, [("disclosure.shorthand", f"{_markers()}\n\n{_fewest()}")])


def _markers() -> str:
    where = dict.fromkeys(INSTEAD, "in its place")
    rows = [
        [f"`{MARKERS[reason]}`", MEANINGS[reason], where.get(reason, "beside it"), f"`{reason}`"]
        for reason in MARKERS
    ]
    return table(["Marker", "Means", "Stands", "Reason"], rows)


def _fewest() -> str:
    rows = [[f"`{measure}`", str(people)] for measure, people in FEWEST.items()]
    return table(["Figure", "Fewest people"], rows)
