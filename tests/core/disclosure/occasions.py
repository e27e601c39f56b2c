"""What a small release has of the cases that are easily got wrong, so that one sees how often.

``pytest --hypothesis-show-statistics`` prints how large a share of the releases tried has each.
"""

from collections.abc import Iterator, Sequence

from core.disclosure.counted import People, Release, Row, Spec, shown_by


def occasions(told: Spec, rows: Sequence[Row], said: Release) -> Iterator[str]:
    """Each case in a few words: marks by measure, groups all alike, flows and what they tell."""
    for measure, mark in sorted({(row["measure"], row["symbol"]) for row in said.cells}):
        yield f"{measure} {mark or 'shown'}"
    if _has_group(told, rows):
        yield "a group that is all alike"
    for flow in told.get("flows", []):
        exact = all(flow[who][0] == flow[who][1] for who in ("joiners", "leavers"))
        some = flow["joiners"][1] + flow["leavers"][1] > 0
        changing = flow.get("answers_may_change", True)
        yield f"flow {'of few' if some else 'of nobody'}, {'exact' if exact else 'in a range'}"
        yield f"answers {'may change' if changing else 'stay'}"
    if len(told["periods"]) > 1:
        yield from sorted(_moves(told, rows))


def _has_group(told: Spec, rows: Sequence[Row]) -> bool:
    """Whether everybody of some row of a table has one sensitive code that says something."""
    people = People(told, rows)
    return any(
        bool(told["dims"][dim].get("sensitive"))
        and code not in told["dims"][dim].get("nonsensitive", [])
        and people.count((period, codes - {(dim, code)})) == people.count((period, codes)) > 0
        for table in told["tables"]
        for period in told["periods"]
        for _period, codes in shown_by(told, table, period)
        for dim, code in codes
    )


def _moves(told: Spec, rows: Sequence[Row]) -> set[str]:
    """What happened between the first period and the last."""
    first, last = (
        {row["person"]: row for row in rows if row["period"] == told["periods"][at]}
        for at in (0, -1)
    )
    found = set()
    if first.keys() - last.keys():
        found.add("somebody left")
    if last.keys() - first.keys():
        found.add("somebody joined")
    for who in first.keys() & last.keys():
        before, after = first[who]["ethnicity"], last[who]["ethnicity"]
        if before != after:
            declared = before in ("", "Not declared")
            found.add("somebody declared since" if declared else "somebody answered otherwise")
    return found
