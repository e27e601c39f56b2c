"""A date, a period or a beginning, as the words before and after a piece of calendar make it.

"by the end of", "from … to …", "between … and …", "onwards": everything that turns a moment into
a claim about when.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from goldenthread.timescale.calendar import Moment, Window
from goldenthread.timescale.moments import Tokens, View, parse_bare_unit, parse_moment
from goldenthread.timescale.placing import Dated, place, place_pair
from goldenthread.timescale.value import Assumption, Kind
from goldenthread.timescale.words import DATE_OCCASIONS

MODIFIERS = frozenset({"BY", "BEFORE", "NOT_BEFORE", "END", "UNTIL", "FROM", "SINCE", "AFTER",
                       "THROUGHOUT", "BETWEEN"})  # fmt: skip
PASSED_OVER = frozenset({"GLUE", "WEEKDAY"})
LINKS = frozenset({"TO", "DASH", "HYPHEN", "UNTIL", "AND"})
ENDS = frozenset({"END_OF_TEXT", "CLOSE"})
PAIRED = frozenset({"quarter", "plan_year"})


@dataclass(frozen=True)
class When:
    """What the words say of when, and the position after them.

    ``window`` is that of the piece of calendar itself, whatever the words before it make of it.
    """

    kind: Kind
    start: date | None
    end: date | None
    precision: str
    window: Window | None
    moment: Moment
    after: int
    modifiers: frozenset[str] = frozenset()
    assumed: tuple[Assumption, ...] = ()
    event: str | None = None

    @property
    def first_day(self) -> date | None:
        """Its first day, or its last where only that is said."""
        return self.start or self.end

    @property
    def yearless(self) -> bool:
        """Whether it names a piece of calendar that comes round every year."""
        return self.moment.year is None and self.moment.fixed is None


def _passed_over(t: Tokens, i: int, in_part: bool, begun: bool) -> bool:
    """Whether a small word or mark before a piece of calendar says nothing of its own."""
    kind = t[i].kind
    if kind in ("TO", "SLASH", "HYPHEN") and in_part and t[i + 1].kind == "PART":
        return True  # "early to mid 2025"
    if kind in ("HYPHEN", "COLON"):
        return begun
    if kind == "COMMA":
        return t[i - 1].kind == "WEEKDAY"
    return kind in PASSED_OVER


def _edge(t: Tokens, i: int, view: View) -> tuple[Moment, set[str], int] | None:
    """A moment with the words before it: (moment, what kinds of words, position after)."""
    found: set[str] = set()
    part = ""
    for _ in range(9):
        kind = t[i].kind
        if kind in MODIFIERS:
            found.add(kind)
        elif kind == "PART":
            part = f"{part}-{t[i].value}" if part else t[i].value
        elif not _passed_over(t, i, bool(part), bool(part or found)):
            break
        i += 1
    parsed = parse_moment(t, i, view)
    if parsed is None and "END" in found:
        parsed = parse_bare_unit(t, i, view)
    if parsed is None:
        return None
    moment, after = parsed
    if t[i].kind == "YEAR_END":
        found.add("END")
    if moment.name == "New Year":
        part = ""
    return replace(moment, part=part) if part else moment, found, after


def parse_when(
    t: Tokens, i: int, view: View, *, past: bool = False, inner: bool = False
) -> When | None:
    """A date, period or beginning at this position; None where there is none.

    With ``past``, a missing year is looked for backwards from the document's date.
    """
    edge = _edge(t, i, view)
    if edge is None:
        return None
    moment, modifiers, after = edge
    past = past or "SINCE" in modifiers
    if t[i].kind == "UNTIL" and t[i].text in ("through", "thru"):
        past = False
    labelled = _start_and_end(t, after, moment, view, past)
    if labelled:
        return labelled
    second = _second(t, after, modifiers, view)
    if second:
        after = second[2] if inner else _past_restatement(t, second[2], view)
        second = (*second[:2], after)
        return _period(moment, *second, view, past=past, modifiers=modifiers)
    # A bracket inside the bracket is not looked into, so that depth costs nothing.
    explained = None if inner else _in_brackets(t, after, moment, modifiers, view)
    if explained:
        return explained
    dated = place(moment, view, past=past)
    after = after if inner else _past_restatement(t, after, view)
    when = _single(t, after, dated, modifiers)
    if t[after].kind == "SLASH" and when.kind == "date" and not t[after].spaced:
        return _run_on(t, when, view)
    return when


def _past_restatement(t: Tokens, i: int, view: View) -> int:
    """Past a bracket that says the same without a year: "Q1 25/26 (Apr–Jun)"."""
    if t[i].kind != "OPEN" or t[i + 1].kind in ("UNTIL", "FROM", "THROUGHOUT"):
        return i
    inner = parse_when(t, i + 1, view, inner=True)
    if inner is None or inner.moment.year is not None or t[inner.after].kind != "CLOSE":
        return i
    return inner.after + 1


def _run_on(t: Tokens, when: When, view: View) -> When:
    """ "Late 2024/early 2025": two that touch are one window; others stay apart."""
    edge = _edge(t, when.after + 1, view)
    if edge is None or edge[1] or when.window is None:
        return when
    other = place(edge[0], view)
    if other.window is None or other.window[0] != when.window[1] + timedelta(1):
        return when
    window = when.window[0], other.window[1]
    assumed = tuple(dict.fromkeys((*when.assumed, *other.assumed)))
    return replace(when, end=window[1], window=window, after=edge[2], assumed=assumed)


def _second(
    t: Tokens, i: int, modifiers: set[str], view: View
) -> tuple[Moment, set[str], int] | None:
    """The other end of a period, where one follows."""
    link = t[i].kind
    if link == "COMMA" and t[i + 1].kind in ("TO", "UNTIL"):
        i, link = i + 1, t[i + 1].kind
    if link not in LINKS or (link == "AND") != ("BETWEEN" in modifiers and link == "AND"):
        return None
    if link in ("DASH", "HYPHEN") and modifiers & {"BY", "UNTIL", "BEFORE", "SINCE"}:
        return None
    edge = _edge(t, i + 1, view)
    if edge is None or edge[1] - {"END"} or (link in ("DASH", "HYPHEN") and edge[1]):
        return edge if edge and not edge[1] - {"END", "BY"} and link == "TO" else None
    return edge


def _period(
    first: Moment,
    second: Moment,
    second_modifiers: set[str],
    after: int,
    view: View,
    *,
    past: bool,
    modifiers: set[str],
) -> When:
    """Two ends; each end keeps to its own unit."""
    one, two = place_pair(first, second, view, past=past)
    start = one.window[0] if one.window else None
    end = two.window[1] if two.window else None
    if start and end and start > end:
        start = None
        two = replace(
            two, assumed=(*two.assumed, Assumption("ambiguous", "The end comes before the start."))
        )
    if one.window and "END" in modifiers:
        start = min(one.window[1], end) if end else one.window[1]
    assumed = tuple(dict.fromkeys((*one.assumed, *two.assumed)))
    window = (start, end) if start and end else None
    return When(
        "period", start, end, _precision(two.moment), window, two.moment, after,
        frozenset(modifiers | second_modifiers), assumed,
    )  # fmt: skip


def _start_and_end(t: Tokens, i: int, first: Moment, view: View, past: bool) -> When | None:
    """ "2019 (Start) 2023 (End)", "Start April 2024, finish March 2025"."""
    if t[i].kind == "OPEN" and t[i + 1].kind == "FROM" and t[i + 2].kind == "CLOSE":
        edge = _edge(t, i + 3, view)
        if edge and t[edge[2]].kind == "OPEN" and t[edge[2] + 1].kind in ("END", "FINISH"):
            after = edge[2] + 3
            return _period(first, edge[0], set(), after, view, past=past, modifiers=set())
    j = i + 1 if t[i].kind in ("COMMA", "DASH", "SLASH") else i
    if t[j].kind == "FINISH" or (t[j].kind == "END" and t[j + 1].kind == "COLON"):
        edge = _edge(t, j + 1 + (t[j + 1].kind in ("COLON", "BY")), view)
        if edge:
            return _period(first, edge[0], set(), edge[2], view, past=past, modifiers=set())
    return None


def _in_brackets(t: Tokens, i: int, moment: Moment, modifiers: set[str], view: View) -> When | None:
    """A bracket or months that spell the moment out: "Q2 (Jul–Sep 2024)"."""
    bracket = t[i].kind == "OPEN"
    if not bracket and moment.unit != "quarter":
        return None
    inner = parse_when(t, i + 1, view, inner=True) if bracket else None
    if not bracket and t[i].kind == "MONTH":
        inner = parse_when(t, i, view, inner=True)
    if inner is None or inner.window is None or (bracket and t[inner.after].kind != "CLOSE"):
        return None
    if inner.moment.year is None and (moment.year is not None or moment.unit == "day"):
        return None
    if inner.kind not in ("date", "period"):
        return None
    start, end = inner.window
    pair = moment.last or moment.name == "range"
    kind: Kind = (
        "period" if pair or (inner.kind == "period" and moment.unit != "quarter") else "date"
    )
    fixed = replace(moment, fixed=inner.window, assumed=())
    dated = Dated(fixed, inner.window, inner.assumed)
    when = _single(t, inner.after + bracket, dated, modifiers | (inner.modifiers - {"BETWEEN"}))
    if kind == "period" and when.kind == "date":
        when = replace(when, kind="period", start=start, end=end)
    if moment.unit != "quarter":
        when = replace(when, precision=inner.precision)
    return when


def _precision(moment: Moment) -> str:
    if moment.unit == "occasion":
        if moment.name in ("Lent", "Advent"):
            return "season"
        return "month" if moment.name.endswith("Month") or moment.name == "New Year" else "day"
    if moment.unit == "day" and moment.last == 7:
        return "week"
    return "year" if moment.unit == "years" else moment.unit


def _single(t: Tokens, i: int, dated: Dated, modifiers: set[str]) -> When:
    """One moment, with whatever "by", "from" or "onwards" makes of it."""
    moment, window, assumed = dated.moment, dated.window, dated.assumed
    start, end = window or (None, None)
    kind: Kind = "date"
    event = None
    if moment.unit == "occasion" and moment.name not in DATE_OCCASIONS:
        kind, event = "event", moment.name
    if t[i].text in ("at the latest", "latest", "by the latest"):
        modifiers, i = modifiers | {"BY"}, i + 1
    if t[i].kind == "ONWARDS" or (t[i].text in ("+", "→", ">") and t[i + 1].kind in ENDS):
        modifiers, i = modifiers | {"FROM"}, i + 1
    elif t[i].kind in ("DASH", "TO", "HYPHEN", "UNTIL") and t[i + 1].kind in ("ONGOING", "PRESENT"):
        modifiers, i = modifiers | {"FROM"}, i + 2
    if modifiers & {"FROM", "SINCE", "NOT_BEFORE"}:
        kind, start, end = "ongoing", end if "END" in modifiers else start, None
    elif "AFTER" in modifiers:
        kind, start, end = "ongoing", end + timedelta(1) if end else None, None
    elif "BEFORE" in modifiers and "END" not in modifiers and "BY" not in modifiers:
        start, end = None, start - timedelta(1) if start else None
    elif modifiers & {"BY", "END", "BEFORE"}:
        start = None
    elif "UNTIL" in modifiers:
        kind, start = "period", None
    elif "THROUGHOUT" in modifiers or _is_range(moment):
        kind = "period"
    elif moment.unit == "phase" or (_precision(moment) == "week" and moment.name == "to"):
        start = None
    if window is None and moment.year is not None and not assumed:
        assumed = (Assumption("unread", "There is no such day in the calendar."),)
    return When(
        kind,
        start,
        end,
        _precision(moment),
        window,
        moment,
        i,
        frozenset(modifiers),
        assumed,
        event,
    )


def _is_range(moment: Moment) -> bool:
    if moment.name == "range":
        return True
    return (moment.unit == "day" and bool(moment.last_day)) or (
        moment.unit in PAIRED and moment.last > 0
    )
