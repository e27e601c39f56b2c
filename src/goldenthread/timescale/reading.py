"""Reading a timescale: phrases into typed claims that keep their words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from goldenthread.timescale import words as table
from goldenthread.timescale.clause import JOINS, Claim, Clause
from goldenthread.timescale.grammar import read_clause
from goldenthread.timescale.lexer import FIRST_YEAR, LAST_YEAR, STOP_TOKEN, Token, tokens
from goldenthread.timescale.moments import View
from goldenthread.timescale.placing import NO_YEAR
from goldenthread.timescale.value import Assumption, Setting, Status, Timescale

# What is supposed of a document of which nothing is known.
PLAIN_SETTING = Setting()
# Nothing so long is a timescale: it is kept, and said to be unread.
LONGEST = 5_000
# Claims that run together share the whole phrase as their words, unless it is longer than this.
LONGEST_SHARED = 300
# After these a new line only breaks a narrow cell: "by the end of" / "March 2024".
GOES_ON = frozenset({"BY", "END", "PART", "UNTIL", "FROM", "AFTER", "TO", "DASH", "AND", "EVERY",
                     "ORDINAL", "BETWEEN", "BEFORE", "WITHIN", "GLUE", "HYPHEN"})  # fmt: skip
NEEDS_YEAR = frozenset({"MONTH", "SEASON", "TERM"})
# What parts two claims, the strongest first.
STRENGTH = ("STOP", "COMMA", "DASH", "SLASH", "COLON", "OPEN")
UNREAD = "These words are not read as a time."


@dataclass(frozen=True)
class Found:
    """A time mentioned inside other words, with the place of its words (``text[start:end]``)."""

    start: int
    end: int
    timescale: Timescale


def read(
    words: str, dated: date | None = None, setting: Setting = PLAIN_SETTING
) -> tuple[Timescale, ...]:
    """The claims that a timescale makes, in order; always at least one, and never an error.

    Shape: one :class:`Timescale` per claim; ``raw`` is the phrase that makes it, the whole phrase
    where one phrase makes two claims run together.
    Missing: ``dated`` is the document's own date and never today; without it a day that prints no
    year stays empty. Words that are no time give ``unknown``; blank words and "As above" repeat
    ``setting.above`` where it is given.
    Source: docs/explanation/timescales.md says what each kind means and what is assumed.

    >>> [(t.kind, str(t.end)) for t in read("31 March 2022 and ongoing")]
    [('date', '2022-03-31'), ('ongoing', 'None')]
    >>> read("Completed 7th September", dated=date(2021, 10, 1))[0].end
    datetime.date(2021, 9, 7)
    """
    phrase = words.strip()
    if len(phrase) > LONGEST:
        return (_unread(phrase, "Too long to be a timescale; kept as words."),)
    found = tokens(words)
    if _copies(phrase, found):
        return _copied(phrase, setting)
    view = _view(dated, setting)
    dated = view.dated
    claims = _claims(found, words, view)
    if dated is None and setting.in_year is None and _undated(claims):
        known = next((c.reading.start or c.reading.end for c in claims if _year_known(c)), None)
        if known:
            claims = _claims(found, words, replace(view, neighbour=known))
    readings = _with_words(claims, found, words)
    return tuple(readings) or (_unread(phrase, _why(found)),)


def _view(dated: date | None, setting: Setting) -> View:
    """From where to read; days that no document can bear count as not known."""

    def known(year: int) -> bool:
        return FIRST_YEAR <= year <= LAST_YEAR

    if setting.plan_start and not known(setting.plan_start.year):
        setting = replace(setting, plan_start=None)
    if setting.in_year is not None and not known(setting.in_year):
        setting = replace(setting, in_year=None)
    return View(dated if dated and known(dated.year) else None, setting)


def _claims(found: list[Token], words: str, view: View, *, sentence: bool = False) -> list[Claim]:
    """The claims of every clause, their token numbers counted over the whole text."""
    claims: list[Claim] = []
    for first, after in _clauses(found):
        end = STOP_TOKEN._replace(start=len(words), end=len(words))
        clause = Clause([*found[first:after], end, end, end, end], words, view, sentence)
        read_here = read_clause(clause)
        claims += [Claim(c.reading, c.first + first, c.after + first) for c in read_here]
        if claims and not read_here and any(t.kind == "WORD" for t in found[first:after]):
            rest = " ".join(words[found[first].start : found[after - 1].end].split())
            note = Assumption("unread", f"Not read as a time: “{rest[:200]}”.")
            last = claims[-1]
            reading = replace(last.reading, assumed=(*last.reading.assumed, note))
            claims[-1] = replace(last, reading=reading)
    return claims


def _clauses(found: list[Token]) -> list[tuple[int, int]]:
    """The clauses as (first token, position after), split at full stops, semicolons and lines."""
    clauses, first = [], 0
    for i, token in enumerate(found[:-4]):
        if token.kind == "STOP" and not _goes_on(found, i):
            clauses.append((first, i))
            first = i + 1
    clauses.append((first, len(found) - 4))
    return [(a, b) for a, b in clauses if b > a]


def _goes_on(found: list[Token], i: int) -> bool:
    """Whether a new line stands in the middle of a phrase."""
    if found[i].text != "\n" or i == 0:
        return False
    before, after = found[i - 1].kind, found[i + 1].kind
    return before in GOES_ON or (before in NEEDS_YEAR and after in ("YEAR", "YEARS"))


def _undated(claims: list[Claim]) -> bool:
    return any(Assumption("ambiguous", NO_YEAR) in c.reading.assumed for c in claims)


def _year_known(claim: Claim) -> bool:
    return claim.reading.start is not None or claim.reading.end is not None


# ---- words ---------------------------------------------------------------------------------------


def _with_words(claims: list[Claim], found: list[Token], words: str) -> list[Timescale]:
    """Each claim with its words: its own where something parts them, else the whole phrase."""
    if not claims:
        return []
    bounds = [0]  # where, in the text, each group of claims begins
    groups: list[list[Claim]] = [[claims[0]]]
    for before, claim in pairwise(claims):
        cut = _cut(before, claim, found)
        if cut is None:
            groups[-1].append(claim)
        else:
            bounds.append(cut)
            groups.append([claim])
    bounds.append(len(words))
    readings = []
    for group, start, end in zip(groups, bounds, bounds[1:], strict=False):
        whole = words[start:end].strip(" \t\r\n;,•|").rstrip("-–—/:( ").lstrip("-–—/:) ")
        if len(groups) > 1:
            whole = whole.rstrip(".")
        for claim in group:
            own = words[found[claim.first].start : found[claim.after - 1].end]
            shared = len(group) == 1 or len(whole) <= LONGEST_SHARED
            readings.append(replace(claim.reading, raw=whole if shared else own))
    if len(readings) == 1:
        readings[0] = replace(readings[0], raw=words.strip())
    return readings


def _cut(before: Claim, claim: Claim, found: list[Token]) -> int | None:
    """Where the words of the next claim begin; None where the two run together."""
    between = found[before.after : claim.first]
    depth, best = 0, (len(STRENGTH), 0)
    for place, token in enumerate(between, before.after):
        if token.kind in STRENGTH and depth == 0:
            best = min(best, (STRENGTH.index(token.kind), place + (token.kind != "OPEN")))
        depth += (token.kind == "OPEN") - (token.kind == "CLOSE" and depth > 0)
    if best[1]:
        return found[best[1]].start
    joined = any(token.kind in JOINS for token in between)
    if before.reading.kind == claim.reading.kind and not joined:
        letter = len(between) == 2 and between[1].kind == "CLOSE"  # "… b) Sept 2024"
        return (between[0] if letter else found[claim.first]).start
    return None


# ---- what is not read ----------------------------------------------------------------------------


def _copies(phrase: str, found: list[Token]) -> bool:
    """Whether the words stand for the row above: blank, ditto, "As above"."""
    if not phrase or phrase in ('"', "”", "“", "''", "〃", "″"):
        return True
    kinds = [
        t.kind for t in found[:-4] if t.kind not in ("STOP", "OPEN", "CLOSE", "HYPHEN", "DASH")
    ]
    return kinds == ["COPY"]


def _copied(phrase: str, setting: Setting) -> tuple[Timescale, ...]:
    if not setting.above:
        blank = "Nothing is written." if not phrase else "There is no row above to copy from."
        return (_unread(phrase, blank),)
    note = Assumption("copied", "Copied from the row above.")
    return tuple(replace(t, raw=phrase, assumed=(*t.assumed, note)) for t in setting.above)


def _unread(phrase: str, why: str) -> Timescale:
    return Timescale(phrase, "unknown", assumed=(Assumption("unread", why),))


def _why(found: list[Token]) -> str:
    kinds = {token.kind for token in found}
    texts = {token.text for token in found if token.kind == "NOTHING"}
    if texts & {"xx", "xxx", "xxxx"}:
        return "A template that was not filled in."
    if "IMPOSSIBLE" in kinds:
        return "There is no such day in the calendar."
    if texts:
        return "The words say that no time is given."
    return UNREAD


# ---- inside other words --------------------------------------------------------------------------

MENTIONED = frozenset({"date", "period", "ongoing", "event", "relative"})


def find(
    text: str, dated: date | None = None, setting: Setting = PLAIN_SETTING
) -> tuple[Found, ...]:
    """The times mentioned inside a sentence, each with the place of its words.

    Brackets that hold nothing else are part of the place, so that "Publish the data (by March
    2024)" can be cut to "Publish the data". States, recurrences and conditions are not looked for:
    in running words they are too often something else.

    >>> [(f.start, f.end, f.timescale.raw) for f in find("Publish the data (by March 2024)")]
    [(17, 32, '(by March 2024)')]
    """
    found = tokens(text)
    mentioned = []
    for claim in _claims(found, text, _view(dated, setting), sentence=True):
        reading = claim.reading
        if reading.kind not in MENTIONED or not (reading.start or reading.end or reading.anchor):
            continue
        first, last = claim.first, claim.after - 1
        if first > 0 and found[first - 1].kind == "OPEN" and found[last + 1].kind == "CLOSE":
            first, last = first - 1, last + 1
        elif _only_a_name(found[first:], reading):
            continue
        start, end = found[first].start, found[last].end
        mentioned.append(Found(start, end, replace(reading, raw=text[start:end])))
    return tuple(mentioned)


def _only_a_name(found: list[Token], reading: Timescale) -> bool:
    """Whether a year or a season without "in" or "by" rather names a thing: "the 2021 census"."""
    i = 0
    while found[i].text in ("the", "a", "an", "of"):
        i += 1
    bare = found[i].kind in ("YEAR", "YEARS", "PAIR", "OCCASION", "QUARTER", "ORDINAL_WORD")
    unnamed = found[i].kind == "SEASON" and found[i + 1].kind not in ("YEAR", "YEARS")
    return unnamed or (bare and reading.kind in ("date", "period"))


# ---- status columns ------------------------------------------------------------------------------

TICKS = frozenset("✓✔☑✅")


def status_of(words: str) -> Status | None:
    """The state that a cell of a status column names; None for a colour, a blank or other words.

    A status column differs from a timescale: there "Ongoing" says that work is going on.

    >>> status_of("Ongoing"), status_of("Not yet started"), status_of("Green")
    ('in_progress', 'not_started', None)
    """
    phrase = words.strip()[:LONGEST]
    if phrase in TICKS:
        return "completed"
    found = tokens(phrase)
    plain = " ".join(t.text for t in found[:-4] if t.kind not in ("STOP", "OPEN", "CLOSE"))
    if plain in table.STATUS_COLUMN:
        return table.STATUS_COLUMN[plain]
    if plain in ("100%", "100 %"):
        return "completed"
    claims = _claims(found, phrase, View(None, PLAIN_SETTING))
    stated = next((c.reading.status for c in claims if c.reading.status), None)
    going_on = any(c.reading.kind == "ongoing" for c in claims)
    return stated or ("in_progress" if going_on else None)
