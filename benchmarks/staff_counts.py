"""The counts behind a quarterly pack, asked of our records, of pandas and of polars: the same rows.

Each of ``ours``, ``by_pandas`` and ``by_polars`` gives the same five kinds of counts by name, as
sorted rows, so that they can be compared before anything is timed. Peers get their tables ready,
texts as categories, which is the best that either has for such columns, and may share between
questions what they like.
"""

from datetime import date
from itertools import combinations

from goldenthread.categories import groups_rows, lists_in_use
from goldenthread.workforce.packs.asked import SHOWN
from goldenthread.workforce.pay.pay_records import hourly_pay_sql
from goldenthread.workforce.rates.composition import composition_sql
from goldenthread.workforce.rates.declaration import declaration_sql
from goldenthread.workforce.rates.flows import flows_sql
from goldenthread.workforce.rates.outcomes import EVENTS, outcomes_sql

NAMED = tuple(SHOWN)
PAIRS = tuple(combinations(("sex", "ethnicity", "disability"), 2))
STATES = ("prefer_not_to_say", "not_asked", "blank", "not_known")
SIDES = (("ethnicity", "white_other"), ("ethnicity", "five"), ("disability", ""), ("sex", ""))
FLOWS = (("sex", ""), ("ethnicity", "five"), ("disability", ""), ("age", ""))
PAID = (("sex", "", True), ("ethnicity", "white_other", True), ("ethnicity", "five", False),
        ("disability", "", True))  # fmt: skip
BANDS = ((16, "0-15"), (25, "16-24"), (35, "25-34"), (45, "35-44"), (55, "45-54"), (65, "55-64"),
         (1000, "65+"))  # fmt: skip
# Of each event its table, the column of its day, and what must be true of it.
TOLD = {
    "disciplinary": ("cases", "opened", {"kind": "disciplinary", "formal": True}),
    "grievance": ("cases", "opened", {"kind": "grievance", "formal": True}),
    "capability": ("cases", "opened", {"kind": "capability", "formal": True}),
    "training": ("training", "on_day", {"mandatory": False}),
    "funded training": ("training", "on_day", {"mandatory": False, "funded": True}),
    "promotion": ("moves", "on_day", {"kind": "promotion"}),
    "leaving": ("moves", "on_day", {"kind": "leaver"}),
}
APPLIED = {"shortlisting": (None, "shortlisted"), "appointment": ("shortlisted", "appointed")}


def rolls():
    """The group of each code, by characteristic and roll-up."""
    found = {}
    for characteristic, code, grouping, group, _ in groups_rows(lists_in_use().values()):
        found.setdefault((characteristic, grouping), {})[code] = group
    return found


def _day(value):
    """A day as text, whatever a library calls it."""
    return str(value)[:10]


def _sorted(rows):
    return sorted(rows, key=str)


def ours(records, before, as_at, begins):
    """The counts, by the statements of the measures."""
    grouped = {name: grouping for name, grouping in SHOWN.items() if grouping != "detailed"}
    found = {"composition": [], "declaration": [], "pay": [], "likelihoods": [], "flows": []}
    sql = composition_sql(NAMED, pairs=PAIRS, groupings=grouped, snapshots=[before, as_at])
    for day, unit, grade, _order, *codes, people, own in records.rows(sql):
        told = {n: c for n, c in zip(NAMED, codes, strict=True) if c is not None}
        number = own if unit is None else people
        found["composition"].append((_day(day), unit, grade, tuple(sorted(told.items())), number))
    for day, unit, name, people, own, *states in records.rows(declaration_sql(NAMED)):
        # The statement has the states of missing in an order of its own.
        order = ("not_asked", "blank", "prefer_not_to_say", "not_known")
        half = states[4:] if unit is None else states[:4]
        there = dict(zip(order, half, strict=True))
        counts = (own if unit is None else people, *(there[state] for state in STATES))
        found["declaration"].append((_day(day), unit, name, *counts))
    for name, grouping, by_grade in PAID:
        for by in ((), ("grade",)) if by_grade else ((),):
            sql = hourly_pay_sql(
                characteristic=name, grouping=grouping or "detailed", by=by, snapshot=as_at
            )
            for _, *grade, group, pence, people in records.rows(sql):
                key = (name, grouping, grade[0] if grade else None)
                found["pay"].append((*key, group, int(pence), int(people)))
    for event in EVENTS:
        for name, grouping in SIDES:
            sql = outcomes_sql(
                event, begins, as_at, characteristic=name, grouping=grouping or "detailed"
            )
            for _, group, events, total, outside in records.rows(sql):
                if total or outside:
                    found["likelihoods"].append((event, name, grouping, group, events, total))
    for name, grouping in FLOWS:
        sql = flows_sql(before, as_at, characteristic=name, grouping=grouping or "detailed")
        for from_, to, people, rose, fell, _ in records.rows(sql):
            found["flows"].append((name, from_, to, int(people), int(rose), int(fell)))
    return {name: _sorted(rows) for name, rows in found.items()}


def pandas_tables(pd, tables):
    """The tables as pandas holds them best: texts as categories, whole numbers that may be NULL."""
    found = {}
    for name, table in tables.items():
        columns = {}
        for column in table.names:
            values = table.column(column)
            if hasattr(values, "mask"):
                values = pd.array(values.filled(0), dtype="Int64")
                values[table.column(column).mask] = pd.NA
            elif values.dtype == object and column not in ("hours", "fte"):
                values = pd.Categorical(values) if column not in ("person", "applicant") else values
            columns[column] = values
        found[name] = pd.DataFrame(columns)
    return found


def by_pandas(pd, tables, before, as_at, begins):
    """The counts, by pandas."""
    roll = rolls()
    people, lines = tables["people"], tables["unit_lines"]
    lines = lines.astype({"unit": str, "ancestor": str})
    begins, before, as_at = map(pd.Timestamp, (begins, before, as_at))

    def grouped(frame, name, grouping):
        if name == "age":
            edges = [-1, *(edge - 1 for edge, _ in BANDS)]
            cut = pd.cut(
                frame["age"].astype("float64"), edges, labels=[label for _, label in BANDS]
            )
            return cut.astype(str).where(frame["age"].notna(), "not_known").astype("category")
        if not grouping or grouping == "detailed":
            return frame[name]
        to = roll[name, grouping]
        kinds = frame[name].cat.categories
        groups = pd.Categorical([to.get(each, each) for each in kinds])
        return pd.Categorical.from_codes(groups.codes[frame[name].cat.codes], groups.categories)

    def counted(frame, keys):
        return frame.groupby(keys, observed=True, sort=False).size().reset_index(name="people")

    def placed(small):
        """Small counts by unit, of every unit that each lies under."""
        small = small.assign(unit=small["unit"].astype(str))
        return small.merge(lines, on=["snapshot", "unit"]).drop(columns="unit")

    staff = people[["snapshot", "unit", "grade", "person", "grade_order"]].assign(
        **{name: grouped(people, name, grouping) for name, grouping in SHOWN.items()}
    )
    found = {"composition": [], "declaration": [], "pay": [], "likelihoods": [], "flows": []}
    two = staff[staff["snapshot"].isin([before, as_at])]
    for subject in [*((one,) for one in NAMED), *PAIRS]:
        held = list(subject)
        small = counted(two, ["snapshot", "unit", "grade", *held])
        for place, frame in (
            ("ancestor", placed(small)), ("grade", small), (None, small),
        ):  # fmt: skip
            keys = ["snapshot", *([place] if place else []), *held]
            sums = frame.groupby(keys, observed=True, sort=False)["people"].sum().reset_index()
            where = sums[place].tolist() if place else [None] * len(sums)
            units = where if place == "ancestor" else [None] * len(sums)
            grades = where if place == "grade" else [None] * len(sums)
            codes = [sums[one].astype(str).tolist() for one in sorted(held)]
            told = zip(*codes, strict=True)
            for day, unit, grade, code, number in zip(
                sums["snapshot"], units, grades, told, sums["people"], strict=True
            ):
                said = tuple(zip(sorted(held), code, strict=True))
                found["composition"].append((_day(day), unit, grade, said, int(number)))
    for name in NAMED:
        small = counted(staff.assign(code=staff[name]), ["snapshot", "unit", "code"])
        small["code"] = small["code"].astype(str)
        above = placed(small)
        for place, frame in (("ancestor", above), (None, small)):
            keys = ["snapshot", *([place] if place else [])]
            wide = frame.assign(
                **{state: frame["people"].where(frame["code"] == state, 0) for state in STATES}
            )
            sums = wide.groupby(keys, observed=True)[["people", *STATES]].sum().reset_index()
            units = sums[place].tolist() if place else [None] * len(sums)
            counts = zip(*(sums[one].tolist() for one in ("people", *STATES)), strict=True)
            for day, unit, row in zip(sums["snapshot"], units, counts, strict=True):
                found["declaration"].append((_day(day), unit, name, *map(int, row)))
    paid = people[
        people["full_pay"] & people["hourly_pence"].notna() & (people["snapshot"] == as_at)
    ]
    for name, grouping, by_grade in PAID:
        held = paid[["grade", "hourly_pence"]].assign(grp=grouped(paid, name, grouping))
        for by in ([], ["grade"]) if by_grade else ([],):
            sums = counted(held, [*by, "grp", "hourly_pence"])
            grades = sums["grade"].tolist() if by else [None] * len(sums)
            found["pay"] += [
                (name, grouping, grade, group, int(pence), int(number))
                for grade, group, pence, number in zip(
                    grades, sums["grp"], sums["hourly_pence"], sums["people"], strict=True
                )
            ]
    days = people["snapshot"].unique()
    start = max(day for day in days if day <= begins)
    seen = people[(people["snapshot"] >= start) & (people["snapshot"] <= as_at)]
    seen = seen.sort_values("snapshot").drop_duplicates("person", keep="last")
    sides = {side: grouped(seen, *side) for side in SIDES}
    for event, (table, day, true) in TOLD.items():
        frame = tables[table]
        which = (frame[day] >= begins) & (frame[day] <= as_at)
        for column, value in true.items():
            which &= frame[column] == value
        who = frame.loc[which, "person"].unique()
        happened, outside = seen["person"].isin(who), len(set(who) - set(seen["person"]))
        for (name, grouping), groups in sides.items():
            sums = pd.DataFrame({"grp": groups, "had": happened.to_numpy()})
            sums = sums.groupby("grp", observed=True)["had"].agg(["sum", "size"])
            told = zip(sums.index, sums["sum"], sums["size"], strict=True)
            found["likelihoods"] += [(event, name, grouping, g, int(e), int(t)) for g, e, t in told]
            if outside:
                found["likelihoods"].append((event, name, grouping, "not_in_post", 0, 0))
    applied = tables["applications"]
    applied = applied[(applied["period"] >= begins) & (applied["period"] <= as_at)]
    for event, (could, had) in APPLIED.items():
        frame = applied[applied[could]] if could else applied
        for name, grouping in SIDES:
            sums = pd.DataFrame(
                {"grp": grouped(frame, name, grouping), "had": frame[had].to_numpy()}
            )
            sums = sums.groupby("grp", observed=True)["had"].agg(["sum", "size"])
            told = zip(sums.index, sums["sum"], sums["size"], strict=True)
            found["likelihoods"] += [(event, name, grouping, g, int(e), int(t)) for g, e, t in told]
    halves = [staff[staff["snapshot"] == day] for day in (before, as_at)]
    held = ["person", "grade_order", *dict.fromkeys(name for name, _ in FLOWS)]
    both = halves[0][held].merge(
        halves[1][held], on="person", how="outer", suffixes=("_before", "_after")
    )
    both["rose"] = (both["grade_order_after"] > both["grade_order_before"]).astype(int)
    both["fell"] = (both["grade_order_after"] < both["grade_order_before"]).astype(int)
    for name, _ in FLOWS:
        keys = [f"{name}_before", f"{name}_after"]
        sums = both.groupby(keys, observed=True, dropna=False).agg(
            people=("rose", "size"), rose=("rose", "sum"), fell=("fell", "sum")
        )
        for (from_, to), (number, rose, fell) in zip(
            sums.index, sums.to_numpy().tolist(), strict=True
        ):
            ends = (None if pd.isna(end) else str(end) for end in (from_, to))
            found["flows"].append((name, *ends, number, rose, fell))
    return {name: _sorted(rows) for name, rows in found.items()}


def polars_tables(pl, tables):
    """The tables as polars holds them best: texts as categories."""
    found = {}
    for name, table in tables.items():
        columns = []
        for column in table.names:
            values = table.column(column)
            plain = values.tolist() if values.dtype == object or hasattr(values, "mask") else values
            series = pl.Series(column, plain)
            if series.dtype == pl.String and column not in ("person", "applicant"):
                series = series.cast(pl.Categorical)
            columns.append(series)
        found[name] = pl.DataFrame(columns)
    return found


def by_polars(pl, tables, before, as_at, begins):
    """The counts, by polars."""
    roll = rolls()
    people = tables["people"]
    lines = tables["unit_lines"].with_columns(pl.col("unit", "ancestor").cast(pl.String))
    col = pl.col

    def grouped(name, grouping):
        if name == "age":
            banded = pl.when(col("age").is_null()).then(pl.lit("not_known"))
            for edge, label in BANDS:
                banded = banded.when(col("age") < edge).then(pl.lit(label))
            return banded
        text = col(name).cast(pl.String)
        if not grouping or grouping == "detailed":
            return text
        return text.replace(roll[name, grouping])

    staff = people.select(
        "snapshot", "grade_order", "person", col("unit").cast(pl.String),
        col("grade").cast(pl.String),
        *(grouped(name, grouping).alias(name) for name, grouping in SHOWN.items()),
    )  # fmt: skip
    found = {"composition": [], "declaration": [], "pay": [], "likelihoods": [], "flows": []}
    two = staff.filter(col("snapshot").is_in([before, as_at]))
    for subject in [*((one,) for one in NAMED), *PAIRS]:
        held = sorted(subject)
        small = two.group_by("snapshot", "unit", "grade", *held).agg(pl.len().alias("people"))
        above = small.join(lines, on=["snapshot", "unit"])
        for place, frame in (("ancestor", above), ("grade", small), (None, small)):
            keys = ["snapshot", *([place] if place else []), *held]
            for row in frame.group_by(keys).agg(col("people").sum()).iter_rows(named=True):
                unit, grade = row.get("ancestor"), row.get("grade")
                told = tuple((one, row[one]) for one in held)
                found["composition"].append(
                    (_day(row["snapshot"]), unit, grade, told, row["people"])
                )
    for name in NAMED:
        small = staff.group_by("snapshot", "unit", name).agg(pl.len().alias("people"))
        above = small.join(lines, on=["snapshot", "unit"])
        sums = [col("people").sum()]
        sums += [col("people").filter(col(name) == s).sum().alias(s) for s in STATES]
        for place, frame in (("ancestor", above), (None, small)):
            keys = ["snapshot", *([place] if place else [])]
            for day, *rest in frame.group_by(keys).agg(sums).iter_rows():
                unit, counts = (rest[0], rest[1:]) if place else (None, rest)
                found["declaration"].append((_day(day), unit, name, *counts))
    paid = people.filter(col("full_pay") & col("hourly_pence").is_not_null())
    paid = paid.filter(col("snapshot") == as_at)
    for name, grouping, by_grade in PAID:
        held = paid.select(
            col("grade").cast(pl.String), grouped(name, grouping).alias("grp"), "hourly_pence"
        )
        for by in ([], ["grade"]) if by_grade else ([],):
            sums = held.group_by([*by, "grp", "hourly_pence"]).agg(pl.len())
            for *grade, group, pence, number in sums.iter_rows():
                key = (name, grouping, grade[0] if by else None)
                found["pay"].append((*key, group, pence, number))
    start = people.filter(col("snapshot") <= begins)["snapshot"].max()
    seen = people.filter(col("snapshot").is_between(start, as_at)).sort("snapshot")
    seen = seen.unique("person", keep="last")
    seen = seen.select("person", *(grouped(*side).alias(" ".join(side)) for side in SIDES))
    applied = tables["applications"].filter(col("period").is_between(begins, as_at))
    applied = applied.select(
        "shortlisted", "appointed", *(grouped(*side).alias(" ".join(side)) for side in SIDES)
    )

    def likely(event, frame, had):
        for name, grouping in SIDES:
            group = f"{name} {grouping}"
            sums = frame.group_by(group).agg(had.sum().alias("had"), pl.len())
            found["likelihoods"] += [(event, name, grouping, *row) for row in sums.iter_rows()]

    for event, (table, day, true) in TOLD.items():
        which = col(day).is_between(begins, as_at)
        for column, value in true.items():
            which &= col(column) == value
        who = tables[table].filter(which).select("person").unique().with_columns(had=pl.lit(1))
        likely(event, seen.join(who, on="person", how="left"), col("had"))
        if len(who.join(seen, on="person", how="anti")):
            found["likelihoods"] += [(event, *side, "not_in_post", 0, 0) for side in SIDES]
    for event, (could, had) in APPLIED.items():
        likely(event, applied.filter(col(could)) if could else applied, col(had))
    held = ["person", "grade_order", *dict.fromkeys(name for name, _ in FLOWS)]
    one, other = (staff.filter(col("snapshot") == day).select(held) for day in (before, as_at))
    both = one.join(other, on="person", how="full", suffix="_after").with_columns(
        rose=(col("grade_order_after") > col("grade_order")),
        fell=(col("grade_order_after") < col("grade_order")),
    )
    for name, _ in FLOWS:
        sums = both.group_by(name, f"{name}_after").agg(
            pl.len(), col("rose").sum(), col("fell").sum().alias("f")
        )
        found["flows"] += [(name, *row) for row in sums.iter_rows()]
    return {name: _sorted(rows) for name, rows in found.items()}


def differing(one, other):
    """The kinds of counts that are not the same in both, with how many rows differ."""
    found = {}
    for name in one:
        apart = set(one[name]) ^ set(other[name])
        if apart or len(one[name]) != len(other[name]):
            found[name] = len(apart)
    return found


def year_before(as_at: date) -> date:
    """The day after the same day a year before."""
    return date(as_at.year - 1, as_at.month + 1, 1)
