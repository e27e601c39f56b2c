"""Small releases of any kind: so few people that every workforce which fits can be written down."""

from typing import Any

from hypothesis import strategies as st

from core.disclosure.council import Row, Spec, placed

PERIODS = ("2025Q4", "2026Q1")
ORG: tuple[dict[str, Any], ...] = (
    {"Total": ["A", "B"]},
    {"Total": ["A", "B", "C"]},
    {"Total": ["A", "B"], "B": ["B / 1", "B / 2"]},
    {"Total": ["A", "B"], "A": ["A / 1"]},
    {"Total": [["A", "B"], ["North", "South"]], "A": ["A / 1", "A / 2"], "B": ["B / 1"],
     "North": ["A / 1"], "South": ["A / 2", "B / 1"]},
)  # fmt: skip
ETHNICITY: tuple[dict[str, Any], ...] = (
    {"Total": ["White", "Black", "Not declared"]},
    {"Total": ["White", "Black"]},
    {"Total": ["White", "Black"], "Black": ["African", "Caribbean"]},
)
OTHERS: dict[str, tuple[str, ...]] = {
    "sex": ("Female", "Male"),
    "disability": ("Yes", "Not declared"),
}
MOST_LEAVES = 12
MOST_PEOPLE = 8


@st.composite
def small_releases(
    draw: st.DrawFn,
    *,
    percentages: bool = True,
    periods: int = 2,
    people: tuple[int, int] = (1, MOST_PEOPLE),
    thresholds: tuple[int, int] = (2, 4),
) -> tuple[Spec, list[Row]]:
    """A specification and its people: 2 or 3 dimensions, 1 to 3 tables, at most 8 people.

    Without ``percentages`` there are counts alone; ``periods`` is how many there are at most, with
    joiners, leavers, moves and new answers between two, and often a flow that tells of them.
    ``people`` is how many there are in each period, ``thresholds`` what the threshold may be, from
    the least to the most.
    """
    children = {"org": draw(st.sampled_from(ORG)), "ethnicity": draw(st.sampled_from(ETHNICITY))}
    if draw(st.booleans()):
        extra = draw(st.sampled_from(sorted(OTHERS)))
        children[extra] = {"Total": list(OTHERS[extra])}
    leaves = {dim: _leaves(told) for dim, told in children.items()}
    while _size(leaves) > MOST_LEAVES:
        dim = next(dim for dim in reversed(leaves) if len(leaves[dim]) > 2 or dim in OTHERS)
        if dim in OTHERS:
            del children[dim], leaves[dim]
        else:
            children[dim] = ETHNICITY[1] if dim == "ethnicity" else ORG[0]
            leaves[dim] = _leaves(children[dim])
    when = PERIODS[-draw(st.integers(1, periods)) :]
    rows = _rows(draw, leaves, when, *people)
    spec: Spec = {
        "name": "small",
        "threshold": draw(st.integers(*thresholds)),
        "periods": list(when),
        "dims": {dim: _dimension(dim, told, leaves[dim]) for dim, told in children.items()},
        "tables": _tables(draw, children, percentages),
        "suppressed_never_zero": draw(st.booleans()),
    }
    if len(when) == 2 and draw(st.booleans()):
        spec["flows"] = [
            _flow(draw, rows, when, [d for d in children if d != "org" and d != "sex"])
        ]
    if draw(st.booleans()):
        spec["percent_dp"] = draw(st.integers(0, 1))
    return spec, rows


def _leaves(children: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for below in children.values():
        for way in below if isinstance(below[0], list) else [below]:
            found += [code for code in way if code not in children and code not in found]
    return found


def _size(leaves: dict[str, list[str]]) -> int:
    size = 1
    for codes in leaves.values():
        size *= len(codes)
    return size


def _dimension(dim: str, children: dict[str, Any], leaves: list[str]) -> dict[str, Any]:
    told: dict[str, Any] = {"children": children}
    if dim in ("ethnicity", "disability"):
        told["sensitive"] = True
        told["nonsensitive"] = [code for code in leaves if code == "Not declared"]
    return told


def _tables(draw: st.DrawFn, children: dict[str, Any], percentages: bool) -> list[Spec]:
    dims = list(children)
    shapes = draw(
        st.lists(
            st.lists(st.sampled_from(dims), min_size=1, max_size=len(dims), unique=True),
            min_size=1, max_size=3, unique_by=lambda shape: tuple(sorted(shape)),
        )
    )  # fmt: skip
    tables = []
    for number, shape in enumerate(shapes):
        by: dict[str, list[str]] = {}
        for dim in shape:
            named = {"org": ["directorate", "division"], "ethnicity": ["broad", "detailed"]}
            levels = named.get(dim, ["all"])
            if len(children[dim]) > 1:
                levels = draw(st.sampled_from([levels[:1], levels]))
            by[dim] = ["Total", *levels[: 1 if len(children[dim]) == 1 else 2]]
        measures = ["count"]
        if percentages:
            shares = [["count"], ["count", f"percent:{shape[-1]}"], [f"percent:{shape[-1]}"]]
            measures = draw(st.sampled_from(shares))
        tables.append({"name": f"table {number + 1}", "dims": by, "measures": measures})
    return tables


def _rows(
    draw: st.DrawFn, leaves: dict[str, list[str]], when: tuple[str, ...], least: int, most: int
) -> list[Row]:
    person = st.fixed_dictionaries({dim: st.sampled_from(codes) for dim, codes in leaves.items()})
    people = draw(st.lists(person, min_size=least, max_size=most))
    rows = [_row(number, when[0], one) for number, one in enumerate(people)]
    if len(when) == 1:
        return rows
    after = []
    for number, one in enumerate(people):
        # Most stay as they were; the others leave, or come again with another answer or team.
        what = draw(st.sampled_from(["stays", "stays", "stays", "leaves", "changes"]))
        if what == "changes":
            dim = draw(st.sampled_from(sorted(leaves)))
            one = {**one, dim: draw(st.sampled_from(leaves[dim]))}
        if what != "leaves":
            after.append(_row(number, when[1], one))
    room = most - len(after)
    fewest = max(0, least - len(after))
    joined = draw(st.lists(person, min_size=fewest, max_size=min(room, fewest + 2)))
    after += [_row(100 + number, when[1], one) for number, one in enumerate(joined)]
    return rows + after


def _row(number: int, period: str, leaves: dict[str, str]) -> Row:
    row = {"person": f"P{number:03d}", "period": period}
    row |= placed(()) | {"directorate": "", "division": "", "team": ""}
    depth = leaves["org"].count(" / ")
    row[("directorate", "division")[depth]] = leaves["org"]
    row |= {dim: code for dim, code in leaves.items() if dim != "org"}
    return {**row, "ethnicity_broad": ""}


def _flow(
    draw: st.DrawFn, rows: list[Row], when: tuple[str, ...], answers: list[str]
) -> dict[str, Any]:
    before, after = ({r["person"]: r for r in rows if r["period"] == one} for one in when)
    joined, left = len(after.keys() - before.keys()), len(before.keys() - after.keys())
    same = all(
        before[who][dim] == after[who][dim]
        for who in before.keys() & after.keys()
        for dim in answers
    )
    slack = draw(st.integers(0, 1))
    flow: dict[str, Any] = {
        "from": when[0], "to": when[1], "where": {},
        "joiners": [joined, joined + slack], "leavers": [left, left + slack],
    }  # fmt: skip
    if same and draw(st.booleans()):
        flow["answers_may_change"] = False
    return flow
