"""Who says what they are: declaration, response and prefer-not-to-say, over time and by unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from goldenthread.workforce.proportion import (
    Difference,
    Proportion,
    confidence_of,
    difference,
    points,
    proportion,
    signed,
)
from goldenthread.workforce.records import Records
from goldenthread.workforce.staff_columns import (
    MISSING,
    Characteristic,
    code,
    in_words,
    on_snapshots,
    spoken,
)
from goldenthread.workforce.thresholds import least as at_least
from goldenthread.workforce.too_few import TooFew


def declaration_sql(
    characteristics: Sequence[Characteristic], *, snapshots: Sequence[date] = ()
) -> str:
    """The statement for how many people said what they are, by unit and snapshot.

    Shape: columns ``snapshot, unit, characteristic, headcount, own``, the four states of missing,
    and the same four with ``_own``. One row per snapshot, characteristic and unit with all that
    lies under it, and one with a unit of NULL for the whole workforce, of which read the ``own``.
    Units: people.
    Missing: what the statement is about: each of its states is a column.
    Raises ValueError for a name outside the closed lists, or none.

    Source: ours; that a declined answer is a response, and a blank is none, is in the NHS data
    dictionary, https://www.datadictionary.nhs.uk/data_elements/ethnic_category.html

    >>> declaration_sql(["disability"]).count("union all")
    0
    """
    if not characteristics:
        raise ValueError("ask for a characteristic")
    told = "\n  union all\n".join(
        f"  select p.snapshot, p.unit, '{one}' as characteristic, {code(one)} as code,\n"
        f"    count(*) as people\n"
        f"  from people p where {on_snapshots(snapshots)}\n"
        f"  group by p.snapshot, p.unit, {code(one)}"
        for one in dict.fromkeys(characteristics)
    )
    states = ",\n".join(
        f"  cast(coalesce(sum(people) filter (where code = '{state}'{own}), 0) as bigint)"
        f" as {state}{suffix}"
        for own, suffix in (("", ""), (" and depth = 0", "_own"))
        for state in MISSING
    )
    return (
        f"with told as (\n{told}\n), placed as (\n"
        f"  select t.snapshot, coalesce(u.ancestor, t.unit) as unit,\n"
        f"    coalesce(u.depth, 0) as depth, t.characteristic, t.code, t.people\n"
        f"  from told t\n"
        f"  left join unit_lines u on u.snapshot = t.snapshot and u.unit = t.unit\n"
        f")\n"
        f"select snapshot, unit, characteristic, cast(sum(people) as bigint) as headcount,\n"
        f"  cast(coalesce(sum(people) filter (where depth = 0), 0) as bigint) as own,\n{states}\n"
        f"from placed\n"
        f"group by grouping sets ((snapshot, unit, characteristic), (snapshot, characteristic))"
    )


@dataclass(frozen=True)
class Declaration:
    """How many people of a unit said what they are, on one day; the states of missing apart.

    Every rate has the headcount as its base unless it says otherwise, since 34.1% of those who are
    known can be 24.3% of those who work here.
    """

    snapshot: date
    unit: str | None
    characteristic: str
    headcount: int
    prefer_not_to_say: int
    not_asked: int
    blank: int
    not_known: int

    def __post_init__(self) -> None:
        """Raises ValueError where more are missing than there are."""
        if min(self.prefer_not_to_say, self.not_asked, self.blank, self.not_known, self.known) < 0:
            raise ValueError("nobody is missing who is not in the headcount")

    @property
    def known(self) -> int:
        """People whose answer is known."""
        return self.headcount - self.prefer_not_to_say - self.no_answer

    @property
    def no_answer(self) -> int:
        """People of whom there is no answer at all, not even that they would rather not say."""
        return self.not_asked + self.blank + self.not_known

    @property
    def of(self) -> str:
        """What the base of every rate is."""
        place = f" in {self.unit}" if self.unit else ""
        return f"people in post{place} on {in_words(self.snapshot)}"

    def declared(self, *, least: int | None = None) -> Proportion | TooFew:
        """``known / headcount``: the declaration rate."""
        return proportion(self.known, self.headcount, self.of, least=least)

    def responded(self, *, least: int | None = None) -> Proportion | TooFew:
        """``(known + prefer not to say) / headcount``: the response rate."""
        return proportion(self.known + self.prefer_not_to_say, self.headcount, self.of, least=least)

    def declined(self, *, least: int | None = None) -> Proportion | TooFew:
        """``prefer not to say / headcount``."""
        return proportion(self.prefer_not_to_say, self.headcount, self.of, least=least)

    def unanswered(self, *, least: int | None = None) -> Proportion | TooFew:
        """``(not asked + blank + not known) / headcount``."""
        return proportion(self.no_answer, self.headcount, self.of, least=least)

    def declared_of_asked(self, *, least: int | None = None) -> Proportion | TooFew:
        """``known / (headcount - not asked)``: of the people whom somebody asked."""
        asked = self.headcount - self.not_asked
        return proportion(self.known, asked, f"{self.of} who were asked", least=least)


def read_declarations(rows: Iterable[tuple[Any, ...]]) -> tuple[Declaration, ...]:
    """What the rows of ``declaration_sql`` hold, by characteristic, unit and day.

    Shape: the rows of that statement in any order; the whole workforce before its units.
    Units: people, proportions.
    Missing: each state apart; ``declared`` counts none of them, ``responded`` counts those who
    would rather not say.

    Source: as ``declaration_sql``. The example is that of the worked vectors: of 1,280 people 913
    are known and 74 would rather not say.

    >>> row = (date(2026, 3, 31), None, "ethnicity", 1280, 1280, 0, 200, 74, 93, 0, 200, 74, 93)
    >>> (found,) = read_declarations([row])
    >>> found.declared().per_cent, found.responded().per_cent, found.unanswered().per_cent
    (Decimal('71.3'), Decimal('77.1'), Decimal('22.9'))
    """
    found = []
    for snapshot, unit, characteristic, headcount, own, *states in rows:
        under, its_own = states[: len(MISSING)], states[len(MISSING) :]
        told = dict(zip(MISSING, its_own if unit is None else under, strict=True))
        people = own if unit is None else headcount
        found.append(Declaration(snapshot, unit, characteristic, people, **told))
    return tuple(sorted(found, key=lambda one: (one.characteristic, one.unit or "", one.snapshot)))


def declarations(
    records: Records,
    characteristics: Sequence[Characteristic],
    *,
    snapshots: Sequence[date] = (),
) -> tuple[Declaration, ...]:
    """Who says what they are, by characteristic, unit and day, in one question to the records.

    Shape, Units, Missing, Raises and Source as ``declaration_sql`` and ``read_declarations``.
    """
    return read_declarations(records.rows(declaration_sql(characteristics, snapshots=snapshots)))


@dataclass(frozen=True)
class Campaign:
    """That people were asked again to say what they are, from a day on."""

    began: date
    name: str


@dataclass(frozen=True)
class AfterCampaign:
    """What the declaration rate was before a campaign and after it."""

    campaign: Campaign
    before: Declaration
    after: Declaration
    change: Difference | TooFew

    @property
    def sentence(self) -> str:
        """What changed, with its interval; that it came after is no proof that it came from it."""
        where = f" in {self.before.unit}" if self.before.unit else ""
        head = (
            f"{self.campaign.name}, from {in_words(self.campaign.began)}: "
            f"declaration of {spoken(self.before.characteristic)}{where}"
        )
        change = self.change
        if isinstance(change, TooFew):
            return f"{head}: {change.sentence[0].lower()}{change.sentence[1:]}"
        was, is_ = change.other, change.first
        verb = {"up": "rose", "down": "fell", None: "went"}[change.way]
        doubt = " Chance alone could explain it." if change.way is None else ""
        low, high = points(change.interval.low), points(change.interval.high)
        return (
            f"{head} {verb} from {was.per_cent}% ({was.count:,} of {was.base:,}) on "
            f"{in_words(self.before.snapshot)} to {is_.per_cent}% ({is_.count:,} of {is_.base:,}) "
            f"on {in_words(self.after.snapshot)}, by {signed(change.points)} percentage points "
            f"({confidence_of(change.interval)} interval {low} to {high}).{doubt}"
        )

    def __str__(self) -> str:
        return self.sentence


def after_campaigns(
    over_time: Sequence[Declaration], campaigns: Sequence[Campaign], *, least: int | None = None
) -> tuple[AfterCampaign, ...]:
    """What the declaration rate did after each campaign, and whether chance could have done it.

    Before is the last snapshot before the campaign began. After is the last snapshot before the
    next campaign, or the last there is. A campaign without a snapshot on either side is left out.

    Shape: the declarations of one unit and one characteristic, in any order.
    Units: proportions.
    Missing: the base is the headcount, so that people who left unanswered do not raise the rate by
    going unseen; ``TooFew`` where fewer people than the threshold ``change`` stand behind it.
    Raises ValueError where the declarations are of different units or characteristics.

    Source: ours (decision 0037); interval ``intervals.newcombe``.

    >>> then = Declaration(date(2025, 12, 31), None, "disability", 1270, 70, 0, 500, 0)
    >>> now = Declaration(date(2026, 3, 31), None, "disability", 1280, 74, 0, 293, 0)
    >>> (found,) = after_campaigns([then, now], [Campaign(date(2026, 1, 12), "Count me in")])
    >>> found.change.points, found.change.way
    (Decimal('16.2'), 'up')
    """
    if len({(one.unit, one.characteristic) for one in over_time}) > 1:
        raise ValueError("give the declarations of one unit and one characteristic")
    days = sorted(over_time, key=lambda one: one.snapshot)
    asked = sorted(campaigns, key=lambda one: one.began)
    found = []
    for campaign, following in zip(asked, [*asked[1:], None], strict=True):
        before = [one for one in days if one.snapshot < campaign.began]
        after = [
            one
            for one in days
            if one.snapshot >= campaign.began
            and (following is None or one.snapshot < following.began)
        ]
        if before and after:
            now, then = (one.declared(least=least) for one in (after[-1], before[-1]))
            change = difference(now, then, least=least)
            found.append(AfterCampaign(campaign, before[-1], after[-1], change))
    return tuple(found)


@dataclass(frozen=True)
class SurveyResponse:
    """How many of those invited answered: all of the way, and all or part of it."""

    complete: Proportion | TooFew
    complete_and_partial: Proportion | TooFew


def survey_response(
    *, invited: int, complete: int, partial: int, least: int | None = None
) -> SurveyResponse:
    """Both response rates of a survey, of those who were invited.

    Shape: answers that came twice are taken out before they are counted.
    Units: people.
    Missing: people who could have been invited and were not are in neither rate.
    Raises ValueError where more answered than were invited.

    Source: ours; both rates are shown, since bodies print either as “the response rate”. The
    example is the worked vector of a staff survey.

    >>> found = survey_response(invited=2011, complete=655, partial=45)
    >>> found.complete.per_cent, found.complete_and_partial.per_cent
    (Decimal('32.6'), Decimal('34.8'))
    """
    of = "people invited"
    return SurveyResponse(
        proportion(complete, invited, of, least=least),
        proportion(complete + partial, invited, of, least=least),
    )


@dataclass(frozen=True)
class Withheld:
    """Which answers of a survey question are not told: ``first`` for being few, ``second`` lest
    the first be had by taking the others from the whole."""

    first: tuple[bool, ...]
    second: tuple[bool, ...]


def survey_withheld(counts: Sequence[int], *, eligible: int) -> Withheld:
    """Which answers to a survey question would be withheld by the GP Patient Survey's rule.

    A count below 5 that is not nought is withheld where 1,000 people or fewer could have answered.
    Where that is one answer alone, the next lowest that is not nought is withheld with it. Where
    fewer than 10 answered, all are. This is that survey's rule and no proof that nothing can be
    worked out: what leaves the council goes through ``disclosure``.

    Shape: one count per answer; the same number of flags.
    Units: people. The numbers are the thresholds ``survey_answers``, ``survey_option`` and
    ``survey_small_body``.
    Missing: people who did not answer the question are none of its answers.

    Source: GP Patient Survey analysis tool,
    https://tnaqa.mirrorweb.com/ukgwa/20260505151241mp_/https://analysistool.gp-patient.co.uk/analysistool

    >>> survey_withheld([0, 3, 12, 41, 7], eligible=640)
    Withheld(first=(False, True, False, False, False), second=(False, False, False, False, True))
    """
    nobody = (False,) * len(counts)
    if sum(counts) < at_least("survey_answers"):
        return Withheld((True,) * len(counts), nobody)
    if eligible >= at_least("survey_small_body"):
        return Withheld(nobody, nobody)
    first = tuple(0 < count < at_least("survey_option") for count in counts)
    others = [place for place, count in enumerate(counts) if count and not first[place]]
    if sum(first) != 1 or not others:
        return Withheld(first, nobody)
    lowest = min(others, key=lambda place: counts[place])
    return Withheld(first, tuple(place == lowest for place in range(len(counts))))


STATEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "declaration of every characteristic": declaration_sql(
            ("sex", "ethnicity", "disability", "religion", "orientation", "gender_identity", "age")
        ),
        "declaration of ethnicity on one day": declaration_sql(
            ("ethnicity",), snapshots=(date(2026, 3, 31),)
        ),
    }
)
"""Each statement with the arguments that a pack asks it with, for the parity of engines."""
