"""The grammar: one clause of a phrase into the claims that it makes.

A clause is read from left to right. At each word the rules of that kind of word are tried; the
first that fits makes a claim and reading goes on after it, otherwise the word is passed over. What
was passed over may still name an event, turn "completed" into a target ("to be completed") or put
a day in the past ("held 7th September").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar

from goldenthread.timescale import recurrence as recurrences
from goldenthread.timescale.calendar import add_months
from goldenthread.timescale.events import name_event
from goldenthread.timescale.lexer import Token
from goldenthread.timescale.moments import LIST_MARKS, View, parse_list, place
from goldenthread.timescale.value import Assumption, Status, Timescale
from goldenthread.timescale.when import When, parse_when
from goldenthread.timescale.words import UNITS

SEPARATORS = frozenset({"COMMA", "DASH", "SLASH", "COLON", "OPEN"})
JOINS = frozenset({"AND", "OR", "BUT", "THEN"})
LEAD_INS = SEPARATORS | {"HYPHEN", "GLUE", "ALLOWED", "DUE", "PAST"}
YEARLIKE = frozenset({"year", "financial_year", "academic_year", "municipal_year", "plan_year"})
# States that are as often a target when "by" follows: "Live by mid-September".
TARGET_BY = frozenset({"live", "in place", "now in place", "complete", "embedded", "went live"})


@dataclass(frozen=True)
class Claim:
    """One claim with the tokens that make it: from ``first`` up to, not including, ``after``."""

    reading: Timescale
    first: int
    after: int


def _iso(number: int, unit: str) -> str:
    letter, times = UNITS[unit]
    return f"PT{number}H" if letter == "H" else f"P{number * times}{letter}"


def shift(day: date, offset: str, sign: int = 1) -> date | None:
    """The day so long after another, by the calendar; None where the calendar ends first.

    >>> shift(date(2024, 5, 13), "P8W")
    datetime.date(2024, 7, 8)
    """
    number, letter = sign * int(offset[1:-1].strip("T")), offset[-1]
    try:
        if letter == "H":
            return day + timedelta(hours=number + 23 * sign)
        if letter in "DW":
            return day + timedelta(number * (7 if letter == "W" else 1))
        return add_months(day, number * (12 if letter == "Y" else 1))
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True)
class Length:
    """A length of time: its ISO 8601 duration, whether it is the coming one, position after."""

    offset: str
    coming: bool
    after: int


def parse_length(t: list[Token], i: int) -> Length | None:
    """ "three months", "90 days", "the next 12 months", "0-12 months", "4 calendar weeks"."""
    coming = False
    for _ in range(3):
        if t[i].kind == "COMING":
            coming = True
        elif t[i].kind not in ("GLUE", "ORDINAL_WORD", "PART") or t[i].text in ("a", "an"):
            break
        i += 1
    if t[i].kind == "NUMBER":
        number, i = t[i].value, i + 1
        if t[i].kind in ("HYPHEN", "TO", "DASH", "OR") and t[i + 1].kind == "NUMBER":
            number, i = t[i + 1].value, i + 2
        elif t[i].kind == "HYPHEN":
            i += 1
    elif t[i].text in ("a", "an"):
        number, i = 1, i + 1
    else:
        return None
    if t[i].kind == "WORKING":
        i += 1
    unit = t[i].text.rstrip("'").removesuffix("'s").rstrip("s")
    if unit not in UNITS or not 0 <= number <= 9999 or t[i].kind == "RECURRENCE":
        return None
    return Length(_iso(number, unit), coming, i + 1)


class Clause:
    """The reading of one clause. ``words`` is the whole text that the tokens point into."""

    def __init__(self, tokens: list[Token], words: str, view: View) -> None:
        self.t = tokens
        self.n = len(tokens) - 4  # the last four say that the clause has ended
        self.words = words
        self.view = view
        self.future = self.past = False
        self.claims: list[Claim] = []

    def read(self) -> list[Claim]:
        """Every claim of the clause, in order."""
        i = 0
        while i < self.n:
            claim = self._claim(i)
            if claim and claim.after > i:
                self.claims.append(claim)
                self.future = self.past = False
                i = claim.after
            else:
                i = self._pass_over(i)
        return self._doubted(self._with_events())

    def _doubted(self, claims: list[Claim]) -> list[Claim]:
        """The claims, with a note where the words also say that they are to be confirmed."""
        if not any(k.kind == "NOTHING" for k in self.t[: self.n]):
            return claims
        note = Assumption("ambiguous", "The words say that it is still to be confirmed.")
        return [
            replace(c, reading=replace(c.reading, assumed=(*c.reading.assumed, note)))
            for c in claims
        ]

    # ---- words that are not claims ---------------------------------------------------------------

    def _pass_over(self, i: int) -> int:
        """Notes what a word says of the words after it, and gives the position of the next."""
        kind = self.t[i].kind
        if kind == "FUTURE":
            self.future, self.past = True, False
        elif kind in ("PAST", "DUE", "SINCE") and not self.future:
            self.past = self.t[i].text not in ("due", "already")
        elif kind in ("TAIL", "EXAMPLE", "IN_LINE"):
            return self._swallow(i, () if kind == "EXAMPLE" else ("DASH", "COMMA"))
        elif kind == "OPEN" and self.t[i + 1].text == "for":
            return self._swallow(i, ())
        return i + 1

    def _swallow(self, i: int, until: tuple[str, ...]) -> int:
        """To the closing bracket, one of the separators, or the end of the clause."""
        while i < self.n and self.t[i].kind != "CLOSE" and self.t[i].kind not in until:
            i += 1
        return i

    def _text(self, first: int, after: int) -> str:
        """The words from one token up to another, as printed."""
        if after <= first:
            return ""
        text = self.words[self.t[first].start : self.t[after - 1].end]
        return " ".join(text.split()).strip(" .,;:–-()")

    # ---- rules -----------------------------------------------------------------------------------

    def _claim(self, i: int) -> Claim | None:
        rule = self._RULES.get(self.t[i].kind)
        claim = rule(self, i) if rule else None
        return claim or self._when(i)

    def _status(self, i: int) -> Claim | None:
        """ "Completed 7th September", "Overdue – was due 30/06/2024", "Underway and ongoing"."""
        t = self.t
        status, how = t[i].value
        if how == "alone" and not all(
            k.kind in ("OPEN", "CLOSE", "COLON") for j, k in enumerate(t[: self.n]) if j != i
        ):
            return None
        if self.future or self._towards(i):
            return None
        j = i + 1
        share = t[i - 1].text if i else ""
        if status == "completed" and (
            self._of_a_part(i) or (share.endswith("%") and not share.startswith("100"))
        ):
            status = "in_progress"
        k = j
        while k < self.n and k < j + 12 and t[k].kind not in ("COMMA", "DASH", "OPEN"):
            if t[k].kind == "STATUS" and any(x.kind == "BUT" for x in t[j:k]):
                status, how = t[k].value
                j = k + 1
            k += 1
        if t[j].kind in JOINS and t[j + 1].kind == "STATUS" and t[j + 1].value[0] == status:
            j += 2
        ongoing = self._ongoing_follows(j)
        if ongoing:
            reading = Timescale("", "ongoing", status=status)
            return Claim(self._since(reading, ongoing), i, self._after_since(ongoing))
        if how == "joined":
            return None
        moved = self._moved(i, j, status)
        if moved:
            return moved
        reading = Timescale("", "status", status=status)
        when = self._when_reached(j, how)
        if when is None:
            return Claim(reading, i, j) if not self._is_target(i, j) else None
        if "BY" in when.modifiers and self._is_target_by(t[i].text, when):
            return None
        assumed = when.assumed
        if "BY" in when.modifiers:
            assumed = (*assumed, Assumption("ambiguous", "Read as reached by then, not as due."))
        start, end = when.start, when.end
        if when.kind == "ongoing" and t[when.after - 1].kind in ("ONGOING", "PRESENT", "ONWARDS"):
            reading = replace(reading, kind="ongoing")
        elif when.kind == "ongoing" and when.window:
            start, end = when.window
        reading = replace(reading, start=start, end=end, precision=when.precision, assumed=assumed)
        after = when.after + (t[when.after].kind == "CLOSE")
        return Claim(reading, i, after)

    def _towards(self, i: int) -> bool:
        """Whether the word before makes this a thing to be reached."""
        j = i - 1
        while j >= 0 and self.t[j].kind == "ALLOWED":
            j -= 1
        return j >= 0 and self.t[j].kind in ("TOWARDS", "TO")

    def _of_a_part(self, i: int) -> bool:
        """Whether what is complete is only a draft, a phase, a part."""
        first = self.claims[-1].after if self.claims else 0
        return any(k.kind in ("PART_DONE", "PHASE") for k in self.t[first:i])

    def _is_target(self, i: int, j: int) -> bool:
        return self.t[i].text == "complete" and self.t[j].kind == "BY"

    def _is_target_by(self, text: str, when: When) -> bool:
        if text in TARGET_BY:
            return True
        if self.view.dated is None:
            return text not in ("completed", "started", "launched", "closed")
        return when.end is None or when.end > self.view.dated

    def _when_reached(self, j: int, how: str) -> When | None:
        """The day on which a state was reached, where it follows."""
        t = self.t
        standing = how == "standing"
        k = j
        for _ in range(4):
            if t[k].kind in LEAD_INS and not (t[k].kind == "GLUE" and t[k].text in ("now", "for")):
                k += 1
        while k > j and t[k - 1].kind == "GLUE":
            k -= 1
        when = parse_when(t, k, self.view, past=True)
        if when is None or when.kind not in ("date", "ongoing", "period"):
            return None
        if standing and "SINCE" not in when.modifiers:
            return None
        return when if not when.modifiers & {"UNTIL", "AFTER", "BEFORE"} else None

    def _moved(self, i: int, j: int, status: Status) -> Claim | None:
        """ "Slipped to September 2024", "Deferred from June to September 2024": the new target."""
        t = self.t
        if status not in ("delayed", "on_hold"):
            return None
        k = j
        while t[k].kind in ("COMMA", "DASH", "COLON", "OPEN", "HYPHEN"):
            k += 1
        if t[k].kind == "FROM":
            old = parse_when(t, k + 1, self.view)
            if old is None or old.kind != "period":
                return None
            first = parse_when(t, k + 1, replace(self.view, neighbour=old.end))
            new = self._edge_after_to(k + 1, old.after)
            if new is None or first is None:
                return None
            return self._revised(i, new, old.start, status)
        if t[k].kind in ("TO", "UNTIL") or t[k].text == "now":
            new = parse_when(t, k + 1, self.view)
            return self._revised(i, new, None, status) if new else None
        return None

    def _edge_after_to(self, i: int, after: int) -> When | None:
        """The second date of "June to September 2024"."""
        for k in range(i, after):
            if self.t[k].kind in ("TO", "DASH", "UNTIL"):
                return parse_when(self.t, k + 1, self.view)
        return None

    def _revised(self, i: int, new: When, old: date | None, status: Status | None = None) -> Claim:
        """The later date stands; the earlier stays in the words and in the note."""
        earlier = f"; the earlier, {old.isoformat()}, stays in the words" if old else ""
        note = Assumption("convention", f"The date was moved: the later one is current{earlier}.")
        reading = replace(self._of(new), status=status, assumed=(*new.assumed, note))
        return Claim(reading, i, new.after + (self.t[new.after].kind == "CLOSE"))

    def _ongoing_follows(self, j: int) -> int | None:
        """The position after "… and ongoing", where it follows."""
        if self.t[j].kind in ("COMMA", "DASH", "SLASH", "AND", "BUT", "OPEN"):
            j += 1
        while self.t[j].kind == "ALLOWED" or self.t[j].text == "now":
            j += 1
        if self.t[j].kind != "ONGOING":
            return None
        return j + 1 + (self.t[j + 1].kind == "CLOSE")

    def _since(self, reading: Timescale, j: int) -> Timescale:
        """An ongoing thing with the beginning that may follow it."""
        when = self._beginning(j)
        if when is None:
            return reading
        if when.modifiers & {"UNTIL"}:
            return replace(
                reading, kind="period", end=when.end, precision=when.precision, assumed=when.assumed
            )
        if when.kind == "period":
            return replace(self._of(when), status=reading.status)
        return replace(reading, start=when.start, precision=when.precision, assumed=when.assumed)

    def _after_since(self, j: int) -> int:
        when = self._beginning(j)
        return when.after + (self.t[when.after].kind == "CLOSE") if when else j

    def _beginning(self, j: int) -> When | None:
        """ "from April 2024", "(since 2021)", "until March 2025" after something that goes on."""
        t = self.t
        k = j
        for _ in range(3):
            if t[k].kind in ("COMMA", "DASH", "OPEN", "COLON", "STATUS"):
                k += 1
        if t[k].kind == "TO":
            until = parse_when(t, k + 1, self.view)
            return replace(until, modifiers=frozenset({"UNTIL"})) if until else None
        if t[k].kind not in ("FROM", "SINCE", "UNTIL", "AFTER") and t[k - 1].kind != "STATUS":
            return None
        return parse_when(t, k, self.view, past=t[k].kind == "SINCE")

    def _ongoing(self, i: int) -> Claim | None:
        """ "Ongoing", "Ongoing from April 2024", "Ongoing (underway)"."""
        t = self.t
        if t[i].value == "alone" and self.n > 1:
            return None
        reading = Timescale("", "ongoing")
        if any(k.kind == "PART" and k.text.startswith(("start", "begin", "the")) for k in t[:i]):
            reading = replace(reading, start=self.view.setting.plan_start)
        after = i + 1
        k = after + (t[after].kind in SEPARATORS | {"AND"})
        while t[k].kind == "ALLOWED":
            k += 1
        if t[k].kind == "STATUS" and t[k].value[1] in ("standing", "reached"):
            reading = replace(reading, status=t[k].value[0])
            when = self._when_reached(k + 1, t[k].value[1])
            if when:
                start = when.start or when.end
                reading = replace(
                    reading, start=start, precision=when.precision, assumed=when.assumed
                )
                return Claim(reading, i, when.after)
            after = k + 1 + (t[k + 1].kind == "CLOSE")
        reading = self._since(reading, after)
        return Claim(reading, i, self._after_since(after))

    def _recurring(self, i: int) -> Claim | None:
        """ "Quarterly from January 2024", "Every November", "At each quarterly Board"."""
        found = recurrences.parse_recurrence(self.t, i, self.view)
        if found is None or (i and self.t[i - 1].kind in ("COMING", "THIS")):
            return None
        if found.adjective and self._dated_later(found.after):
            return None  # "Annual Council, May 2024": part of a name
        start, end, assumed = found.start, found.end, list(found.assumed)
        j = found.after
        words = found.words
        j = self._spelt_out(j)
        for _ in range(2):
            when = self._bound_of_recurrence(j, words)
            if when is None:
                break
            if when.yearless and words == "yearly" and not when.modifiers & {"FROM", "UNTIL"}:
                words = recurrences.yearly(when.moment)
            elif when.modifiers & {"UNTIL"}:
                end = when.end
                assumed += when.assumed
            elif when.kind == "period":
                start, end = when.start, when.end
                assumed += when.assumed
            else:
                if words == "yearly" and when.precision in ("day", "month"):
                    words = recurrences.yearly(when.moment) if not _from(when) else words
                start = when.first_day
                assumed += when.assumed
            j = when.after + (self.t[when.after].kind == "CLOSE")
        reading = Timescale("", "recurring", start, end, recurrence=words, assumed=tuple(assumed))
        if found.event:
            reading = replace(reading, event=self._text(*found.event) or None)
        return Claim(reading, i, j)

    def _spelt_out(self, j: int) -> int:
        """Past the months that spell a recurrence out: "Quarterly (April, July, October, …)"."""
        t = self.t
        if t[j].kind not in ("OPEN", "DASH", "COLON", "COMMA", "GLUE"):
            return j
        moments, after = parse_list(t, j + 1, self.view)
        if len(moments) < 2 or any(m.year is not None or m.fixed for m in moments):
            return j
        return after + (t[after].kind == "CLOSE")

    def _dated_later(self, j: int) -> bool:
        """Whether a date follows in the clause with only plain words between."""
        for k in range(j, min(self.n, j + 8)):
            if self.t[k].kind in ("FROM", "AND"):
                return False
            when = parse_when(self.t, k, self.view)
            if when:
                return not when.yearless
        return False

    def _bound_of_recurrence(self, j: int, words: str) -> When | None:
        """The beginning, end or day that follows a recurrence: "…, first report November 2023"."""
        t = self.t
        k = j
        named_first = False
        for _ in range(5):
            if t[k].kind in ("COMMA", "DASH", "COLON", "OPEN") and k <= j + 1:
                k += 1
            elif t[k].text in ("first", "initially"):
                named_first, k = True, k + 1
            elif named_first and t[k].kind in ("WORD", "BASIS", "TOWARDS", "REVISED", "FUTURE"):
                k += 1
            else:
                break
        bounds = {"FROM", "UNTIL", "SINCE", "AFTER", "BETWEEN", "THROUGHOUT", "TO"}
        if t[k].kind in bounds or named_first:
            when = parse_when(t, k + (t[k].kind == "TO"), self.view)
            if when and t[k].kind == "TO":
                when = replace(when, modifiers=frozenset({"UNTIL"}))
            return when
        when = parse_when(t, k, self.view)
        if when is None or when.kind == "event":
            return None
        joined = k == j or t[j].kind == "OPEN"
        if when.yearless:
            return when if words == "yearly" and when.kind == "date" else None
        in_the_run = when.kind == "period" or when.precision in YEARLIKE or words == "yearly"
        return when if joined and in_the_run else None

    def _when(self, i: int) -> Claim | None:
        """ "by the end of 2021", "Q2 2023/24", "31 August (annually)", "2019 and then annually"."""
        t = self.t
        when = parse_when(t, i, self.view, past=self.past)
        if when is None:
            return None
        if when.yearless and when.kind in ("date", "event"):
            together = self._each_year(i)
            if together:
                return together
            when = self._year_from_beside(i, when)
        j = when.after
        if t[j].kind == "OCCASION" and when.kind == "date":  # "October 2024 Black History Month"
            named = parse_when(t, j, replace(self.view, dated=when.start))
            if named and named.window == when.window:
                when = replace(when, kind=named.kind, event=named.event, after=named.after)
                j = when.after
        moved = self._later_statement(i, j, when)
        if moved:
            return moved
        k = j
        if t[k].kind == "THEN" or (t[k].kind == "COMMA" and t[k + 1].kind == "THEN"):
            k += 1 + (t[k].kind == "COMMA")
            found = recurrences.parse_recurrence(t, k, self.view)
            if found:
                reading = Timescale("", "recurring", when.first_day, recurrence=found.words,
                                    assumed=when.assumed + found.assumed)  # fmt: skip
                return Claim(reading, i, found.after)
        apart = t[k].kind in ("COMMA", "DASH")
        if t[k].kind in ("OPEN", "COMMA", "DASH"):
            k += 1
        if t[k].kind in ("RECURRENCE", "EVERY", "TIMES", "NUMBER") and (not apart or when.yearless):
            found = recurrences.parse_recurrence(t, k, self.view)
            if found and not found.event and not (found.adjective and t[k - 1].kind != "OPEN"):
                return self._repeated(i, when, found)
        if t[j].text == "for" or t[j].kind == "OPEN":
            length = parse_length(t, j + 1)
            if length and when.precision == "day" and when.start and t[j].text == "for":
                end = shift(when.start, length.offset)
                reading = Timescale("", "period", when.start, end, "day", assumed=when.assumed)
                return Claim(reading, i, length.after)
        if when.precision == "plan_year" and t[j].kind in ("WORD", "REVISED", "ALLOWED"):
            when = replace(when, start=None)  # "Year 2 Revised policy": due by the end of it
        return Claim(self._of(when), i, j)

    def _each_year(self, i: int) -> Claim | None:
        """ "June and December each year"."""
        moments, j = parse_list(self.t, i, self.view)
        if len(moments) < 2 or any(m.year is not None or m.fixed for m in moments):
            return None
        bracket = self.t[j].kind == "OPEN"
        found = recurrences.parse_recurrence(self.t, j + bracket, self.view)
        if found is None or found.words != "yearly":
            return None
        reading = Timescale("", "recurring", recurrence=recurrences.times_a_year(moments))
        return Claim(reading, i, found.after + bracket)

    def _year_from_beside(self, i: int, when: When) -> When:
        """ "30 September and 31 October 2024": the year that a neighbour in the same list prints."""
        unit, j = when.moment.unit, when.after
        moments = parse_list(self.t, j + 1, self.view)[0] if self.t[j].kind in LIST_MARKS else []
        other = next((m for m in moments if m.year is not None and m.unit == unit), None)
        if other is not None:
            window = place(other, self.view).window
            view = replace(self.view, dated=window[1] if window else None)
            return parse_when(self.t, i, view, past=True) or when
        last = self.claims[-1] if self.claims else None
        if last and last.reading.kind == "date" and last.reading.precision == when.precision:
            known = last.reading.start or last.reading.end
            joined = all(k.kind in LIST_MARKS | {"GLUE", "BY"} for k in self.t[last.after : i])
            if known and joined and not self.past:
                return parse_when(self.t, i, replace(self.view, dated=known)) or when
        return when

    def _of(self, when: When) -> Timescale:
        return Timescale(
            "", when.kind, when.start, when.end, when.precision, event=when.event,
            assumed=when.assumed,
        )  # fmt: skip

    def _repeated(self, i: int, when: When, found: recurrences.Recurrence) -> Claim:
        """A date with a recurrence on its heels."""
        after = found.after + (self.t[found.after].kind == "CLOSE")
        reading = Timescale("", "recurring", recurrence=found.words, assumed=found.assumed)
        if when.yearless:
            if found.words == "yearly" and when.kind in ("date", "event"):
                reading = replace(reading, recurrence=recurrences.yearly(when.moment))
            return Claim(reading, i, after)
        assumed = when.assumed + found.assumed
        if when.kind == "period" or when.precision in YEARLIKE:
            reading = replace(reading, start=when.start, end=when.end, assumed=assumed)
        else:
            words = recurrences.yearly(when.moment) if found.words == "yearly" else found.words
            start = when.first_day
            reading = replace(reading, start=start, recurrence=words, assumed=assumed)
        return Claim(reading, i, after)

    def _later_statement(self, i: int, j: int, when: When) -> Claim | None:
        """ "June 2024, now September 2024", "September 2024 (was June 2024)"."""
        t = self.t
        k = j
        while k < j + 2 and t[k].kind in ("COMMA", "DASH", "OPEN", "SLASH", "BUT", "AND"):
            k += 1
        if t[k].kind == "DUE" and t[k].text != "due" and t[j].kind in ("OPEN", "COMMA", "DASH"):
            old = parse_when(t, k + 1, self.view, past=True)
            if old and old.kind == "date":
                return self._revised(i, replace(when, after=old.after), old.end)
        revised = t[k].kind == "REVISED" or (
            t[k].kind == "STATUS" and t[k].value[0] in ("delayed", "on_hold")
        )
        if t[k].text == "now" or revised:
            k += 1
            while t[k].kind in ("TO", "COLON", "REVISED") or t[k].text in ("date", "now"):
                k += 1
            new = parse_when(t, k, self.view)
            if new and new.kind == "date":
                return self._revised(i, new, when.end)
        return None

    def _was(self, i: int) -> Claim | None:
        """ "was June 2024, now September 2024"; "was due" alone only puts a date in the past."""
        old = parse_when(self.t, i + 1, self.view, past=True)
        claim = self._later_statement(i, old.after, old) if old else None
        return claim if claim and claim.reading.kind == "date" else None

    def _revision(self, i: int) -> Claim | None:
        """ "Revised from June 2024 to September 2024", "Extended to March 2025"."""
        t = self.t
        k = i + 1
        while t[k].kind in ("COLON", "COMMA", "DASH", "REVISED", "OPEN"):
            k += 1
        if t[k].kind == "FROM":
            both = parse_when(t, k + 1, self.view)
            new = self._edge_after_to(k + 1, both.after) if both and both.kind == "period" else None
            return self._revised(i, new, both.start if both else None) if new else None
        if t[k].kind in ("TO", "UNTIL") or t[k - 1].kind == "COLON":
            new = parse_when(t, k + (t[k].kind in ("TO", "UNTIL")), self.view)
            return self._revised(i, new, None) if new else None
        return None

    # ---- lengths of time, conditions -------------------------------------------------------------

    def _within(self, i: int) -> Claim | None:
        """ "Within three months of approval", "over the next 12 months", "in 6 weeks"."""
        t = self.t
        length = parse_length(t, i + 1)
        if length is None:
            return None
        if length.coming:
            return self._from_now(i, length)
        if t[i].kind == "GLUE" and t[i].text not in ("in", "within", "for", "about", "approx"):
            return None
        return self._anchored(i, length, within=t[i].kind != "GLUE" or t[i].text == "within")

    def _coming(self, i: int) -> Claim | None:
        """ "next 12 months"."""
        length = parse_length(self.t, i)
        return self._from_now(i, length) if length else None

    def _from_now(self, i: int, length: Length) -> Claim:
        """The coming months, which count from the document's date."""
        dated = self.view.dated
        end = shift(dated, length.offset) if dated else None
        note = (
            Assumption("convention", f"Counted from the document's date, {dated.isoformat()}.")
            if dated
            else Assumption("ambiguous", "It counts from the document's date, which is not known.")
        )
        reading = Timescale("", "relative", end=end, offset=length.offset,
                            anchor="the document's date", assumed=(note,))  # fmt: skip
        return Claim(reading, i, length.after)

    def _length(self, i: int) -> Claim | None:
        """ "6 weeks after launch", "8 weeks from 13 May 2024", "0-12 months" alone."""
        t = self.t
        recurring = self._recurring(i)
        if recurring:
            return recurring
        length = parse_length(t, i)
        if length is None:
            return None
        if t[length.after].kind in ("AFTER", "FROM", "BEFORE"):
            return self._anchored(i, length, within=False)
        rest = (*t[:i], *t[length.after : self.n])
        if all(k.kind in ("OPEN", "CLOSE", "GLUE", "PLAN_YEAR", "NUMBER") for k in rest):
            return Claim(Timescale("", "relative", offset=length.offset), i, length.after)
        return None

    def _anchored(self, i: int, length: Length, *, within: bool) -> Claim:
        """A length of time with what it counts from."""
        t = self.t
        j = length.after
        reading = Timescale("", "relative", offset=length.offset)
        if not (t[j].kind in ("AFTER", "FROM", "BEFORE", "SINCE") or t[j].text == "of"):
            return Claim(reading, i, j)
        before = t[j].kind == "BEFORE"
        if before:
            reading = replace(reading, offset=f"-{length.offset}")
        when = parse_when(t, j + 1, self.view)
        after = self._swallow(j + 1, ("COMMA", "OPEN", "DASH"))
        anchor = self._text(j + 1, after) or None
        if when is None or when.window is None or when.yearless:
            return Claim(replace(reading, anchor=anchor), i, max(after, j + 1))
        day = when.window[0] if before or when.precision == "day" else when.window[1]
        if t[j].kind == "FROM":
            day = when.window[0]
        reached = shift(day, length.offset, -1 if before else 1)
        if reached and t[j].kind == "FROM" and when.precision != "day":
            reached -= timedelta(1)  # "2 years from April 2024" ends on 31 March 2026
        reading = replace(reading, anchor=anchor, end=reached, assumed=when.assumed)
        if not within and not before and t[j].kind == "FROM":
            reading = Timescale("", "period", day, reached, "day", assumed=when.assumed)
        return Claim(reading, i, when.after)

    def _now(self, i: int) -> Claim:
        """ "Immediately", "ASAP", "Immediate and ongoing"."""
        ongoing = self._ongoing_follows(i + 1)
        if ongoing:
            return Claim(Timescale("", "ongoing"), i, ongoing)
        return Claim(Timescale("", "relative", offset=self.t[i].value), i, i + 1)

    def _horizon(self, i: int) -> Claim | None:
        """ "Short term", "Medium term (12-24 months)": dated only where the document says so."""
        t = self.t
        name = t[i].text.replace("-", " ")
        if "term" not in name:
            alone = self.n == 1
            if not alone and t[i + 1].kind != "SLASH":
                return None
            name = f"{name} term"
        j = i + 1
        reading = Timescale("", "relative")
        for phase, last in self.view.setting.phases:
            if " ".join(phase.casefold().replace("-", " ").split()) == name:
                reading = replace(reading, end=last)
        k = j + (t[j].kind in SEPARATORS)
        while t[k].kind in ("WITHIN", "GLUE", "UNTIL"):
            k += 1
        length = parse_length(t, k) if k > j else None
        if length:
            start = self.view.setting.plan_start
            end = shift(start, length.offset) if start else None
            reading = replace(reading, offset=length.offset)
            if end and not reading.end:
                reading = replace(reading, end=end - timedelta(1), anchor="the start of the plan")
            j = length.after + (t[length.after].kind == "CLOSE")
        return Claim(reading, i, j)

    def _condition(self, i: int) -> Claim | None:
        """ "Subject to funding", "When the need arises", "or when budget allows"."""
        if self.t[i].text == "when" and self.n == 1:
            return None
        after = self._swallow(i + 1, ("COMMA", "OPEN", "OR", "DASH"))
        return Claim(Timescale("", "conditional"), i, after)

    def _times(self, i: int) -> Claim | None:
        recurring = self._recurring(i)
        if recurring or self.t[i].text != "once":
            return recurring
        return self._condition(i)

    def _after(self, i: int) -> Claim | None:
        """ "Following publication of the review", "Prior to launch": tied to what has no date yet."""
        if parse_when(self.t, i, self.view) or self.claims:
            return None
        if any(k.kind not in ("GLUE", "OPEN") for k in self.t[:i]):
            return None
        after = self._swallow(i + 1, ("COMMA", "OPEN", "DASH"))
        if after - i < 2 or any(
            parse_when(self.t, k, self.view) for k in range(i + 1, min(after, i + 12))
        ):
            return None
        return Claim(Timescale("", "event", event=self._text(i + 1, after)), i, after)

    _RULES: ClassVar[dict[str, Callable[[Clause, int], Claim | None]]] = {
        "STATUS": _status,
        "ONGOING": _ongoing,
        "RECURRENCE": _recurring,
        "EVERY": _recurring,
        "TIMES": _times,
        "GLUE": lambda self, i: self._within(i) or self._recurring(i),
        "WITHIN": _within,
        "THROUGHOUT": _within,
        "COMING": _coming,
        "NUMBER": _length,
        "NOW": _now,
        "HORIZON": _horizon,
        "CONDITION": _condition,
        "DUE": _was,
        "REVISED": _revision,
        "AFTER": _after,
        "BEFORE": _after,
    }

    # ---- events ----------------------------------------------------------------------------------

    def _with_events(self) -> list[Claim]:
        """The claims once more, those tied to a meeting, decision or occurrence named as such."""
        if not self.claims:
            name = name_event(self.t, 0, self.n, self.words)
            if name is None:
                return self._in_line() or self._next_time()
            reading = Timescale("", "event", event=self._text(*name))
            return [Claim(reading, *name)]
        edges = [0, *(claim.after for claim in self.claims)]
        found = list(self.claims)
        for index, claim in enumerate(found):
            reading = claim.reading
            runs = [(edges[index], claim.first)]
            if index + 1 == len(found):
                runs.append((claim.after, self.n))
            if reading.kind not in ("date", "recurring") or reading.event or reading.status:
                continue
            for run in runs:
                name = name_event(self.t, *run, self.words)
                if name is None:
                    continue
                if reading.kind == "date" and not self._beside(name, claim):
                    continue
                kind = "event" if reading.kind == "date" else reading.kind
                reading = replace(reading, kind=kind, event=self._text(*name))
                found[index] = Claim(reading, min(name[0], claim.first), max(name[1], claim.after))
                break
        return found

    def _beside(self, name: tuple[int, int], claim: Claim) -> bool:
        """Whether nothing but small words stands between the event and its date."""
        between = (
            self.t[name[1] : claim.first]
            if name[1] <= claim.first
            else self.t[claim.after : name[0]]
        )
        small = LEAD_INS | {"PART_DONE", "COMING", "BY", "TO", "TOWARDS"}
        return all(k.kind in small for k in between)

    def _next_time(self) -> list[Claim]:
        """ "By the next annual review": an occasion without a date or a name of its own."""
        for i in range(self.n - 1):
            if self.t[i].text == "next" and self.t[i + 1].kind not in ("AND", "STOP", "NUMBER"):
                after = self._swallow(i + 1, ("COMMA", "OPEN", "DASH"))
                return [Claim(Timescale("", "event", event=self._text(i + 1, after)), i, after)]
        return []

    def _in_line(self) -> list[Claim]:
        """ "In line with …" is a condition where it is all that is said."""
        for i in range(self.n):
            if self.t[i].kind == "IN_LINE":
                return [Claim(Timescale("", "conditional"), i, self.n)]
        return []


def _from(when: When) -> bool:
    return bool(when.modifiers & {"FROM", "SINCE", "AFTER"})
