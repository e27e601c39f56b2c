"""Committee papers for tests: one by hand, small enough to count, and any at all."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from editions import action, days, edition, editions, many, maybe_day, words
from goldenthread import spc
from goldenthread.plan import edition as ed
from goldenthread.plan import paper as pp

MET = date(2026, 6, 10)
AS_AT = date(2026, 9, 30)
EVIDENCE = (ed.Evidence("Training log"),)
RECOVERY = ed.Recovery(
    "Fewer than 9 in 10 staff had told us.", "A letter from each director.", date(2026, 12, 31)
)
THEMES = (
    ed.Theme("A", "Trust and accountability"),
    ed.Theme("B", "Progression and pay"),
    ed.Theme("C", "Learning"),
)


def said(on, words, **parts):
    """An update."""
    return ed.Update(on, words, **parts)


def _actions():
    """Each action as it was known when the committee met, and as it is known now."""
    learning, resources = ed.Lead("Head of Learning"), ed.Lead("Director of Resources")
    monitoring = ed.Lead("Monitoring Officer")
    paired = said(date(2026, 4, 1), "Two of nine are paired.", outlook="at_risk")
    talking = said(date(2026, 5, 1), "Discussions are continuing.")
    rows = [
        # number, words, theme, lead, then, now
        (
            *("C2", "Every councillor trained by 30 June", "C", learning),
            {"due": date(2026, 6, 30)},
            {
                "done_on": date(2026, 6, 30),
                "updates": (said(date(2026, 7, 2), "51 of 51 trained.", evidence=EVIDENCE),),
            },
        ),
        (
            *("C3", "An equality objective in every manager’s appraisal", "C", learning),
            {"due": date(2026, 3, 31)},
            {
                "done_on": date(2026, 5, 31),
                "updates": (said(date(2026, 6, 20), "All appraisals hold one."),),
            },
        ),
        (
            *("C6", "A mentor for each director", "C", learning),
            {"due": date(2027, 3, 31), "updates": (paired,)},
            {"updates": (paired, said(AS_AT, "All are paired.", outlook="on_track"))},
        ),
        (
            *("B4", "Mixed, trained interview panels", "B", resources),
            {"due": date(2025, 12, 31), "moved_to": (date(2026, 6, 30),)},
            {
                "moved_to": (date(2026, 6, 30), date(2027, 3, 31)),
                "updates": (said(date(2026, 9, 29), "18 of 32 panels were mixed."),),
            },
        ),
        (
            *(
                "B6",
                "A sponsorship scheme",
                "B",
                replace(resources, vacant_since=date(2026, 7, 18)),
            ),
            {"due": date(2027, 3, 31)},
            {
                "moved_to": (date(2027, 9, 30),),
                "updates": (said(date(2026, 9, 20), "18 of 40 places are funded."),),
            },
        ),
        (
            *("B7", "No manager’s post filled by word of mouth", "B"),
            ed.Lead("Head of Recruitment", vacant_since=date(2026, 7, 31), meanwhile="The Chief"),
            {"due": date(2026, 7, 31)},
            {},
        ),
        (
            *("E3", "The pay gap by ethnicity published", "B", resources),
            {"due": date(2026, 6, 30)},
            {
                "moved_to": (date(2026, 12, 31),),
                "updates": (
                    said(date(2026, 9, 12), "Held.", label="Red", colour="red", recovery=RECOVERY),
                ),
            },
        ),
        (
            *("A3", "An account of past race complaints", "A", monitoring),
            {"due": date(2026, 3, 31), "updates": (talking,)},
            {
                "moved_to": (date(2027, 1, 31),),
                "updates": (talking, said(date(2026, 9, 1), "Discussions are continuing")),
            },
        ),
        (
            *("A4", "A named person for every complaint", "A", monitoring),
            {"due": date(2027, 6, 30)},
            {},
        ),
    ]
    then, now = [], []
    for number, text, theme, lead, before, after in rows:
        common = {"words": text, "theme": theme, "lead": lead}
        then.append(action(number, **{**common, **before}))
        now.append(action(number, **{**common, **before, **after}))
    now.append(action("A9", words="Exit interviews", theme="A", due=date(2027, 6, 30)))
    return then, now


def panels():
    """A series that rose at its end."""
    figures = [31, 28, 36, 33, 30, 38, 34, 29, 35, 31, 36, 42, 61]
    return spc.Series(
        title="Interview panels that were mixed and trained",
        quantity=spc.Quantity("share"),
        better="higher",
        counts=spc.Counts.THINGS,
        points=tuple(
            spc.Point(date(2025 + (month > 9), (month + 2) % 12 + 1, 1), f"month {month}", value)
            for month, value in enumerate(figures, 1)
        ),
        source="The panel log of Human Resources",
        targets=(spc.Target(80, "Promised"),),
    )


def facts(**parts):
    """What happened between 10 June and 30 September 2026, for a scrutiny committee."""
    then, now = _actions()
    head = {"themes": THEMES, "programme": "Race Equality Programme"}
    ids = {one.number: one.id for one in now}
    given = {
        "committee": "Overview and Scrutiny Committee",
        "then": edition(*then, as_at=MET, **head),
        "now": edition(*now, **head),
        "meeting_on": date(2026, 10, 21),
        "led": tuple(pp.Led(ids[number], "Resources") for number in ("B4", "E3", "B7")),
        "asks": (
            pp.Ask(
                "S14",
                "Which directorates have no trained panel members?",
                MET,
                of="Director of Resources",
                due=AS_AT,
                replies=(pp.Reply(date(2026, 9, 4), "None: all five have some."),),
            ),
            pp.Ask(
                "S17",
                "How many race grievances end in action?",
                MET,
                replies=(pp.Reply(date(2026, 9, 4), "Given for the whole council.", False),),
            ),
            pp.Ask("S18", "What has the programme cost?", MET, due=date(2026, 9, 20)),
            pp.Ask(
                "S2",
                "Answered long ago?",
                date(2025, 10, 1),
                replies=(pp.Reply(date(2025, 12, 1), "Yes."),),
            ),
        ),
        "stances": (
            pp.Stance("Staff side", "objects", date(2026, 6, 1), "Too slow.", "B4"),
            pp.Stance(
                *("Staff side", "supports_with_objections", date(2026, 9, 7)),
                *("A date that has moved twice is a hope.", "B4"),
            ),
            pp.Stance("Race Equality Staff Network", "supports", date(2026, 9, 1), "", "B4"),
        ),
        "measured": (pp.Measured.of(panels(), actions=("B4",), said="No panel sits untrained."),),
    }
    return pp.Facts(**{**given, **parts})


def paper(**parts):
    """A paper for decision on these facts."""
    given = {
        "facts": facts(),
        "written_on": date(2026, 10, 13),
        "purpose": "decision",
        "item": "6",
        "author": "Chief Executive",
        "contact": "Programme manager, race equality",
        "lead_member": "Cabinet Member for Equality",
        "wards": "All",
        "summary": "The training promises were kept.\nThe dates that staff notice most slipped.",
        "decisions": ("Accept the new dates for A3, B4, B6 and E3, or refer them to Cabinet.",),
        "implications": pp.Implications(finance="B6 needs a decision in the 2027/28 budget."),
        "background": ("The plan adopted on 16 September 2025.",),
    }
    return pp.Paper(**{**given, **parts})


# -- any at all ------------------------------------------------------------------------------------


@st.composite
def any_facts(draw):
    """Any facts that are whole: two editions, of which the later may share actions."""
    now = draw(editions())
    then = draw(st.none() | editions())
    if then is not None and then.as_at > now.as_at:
        then = replace(then, as_at=now.as_at - timedelta(days=draw(st.integers(0, 400))))
    reply = st.builds(pp.Reply, days, words, st.booleans())
    asks = [
        draw(st.builds(pp.Ask, st.just(f"S{n}"), words, days, st.just("request"), words,
                       maybe_day, many(reply), maybe_day))
        for n in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    stance = st.builds(
        pp.Stance,
        words,
        st.sampled_from(["supports", "supports_with_objections", "objects", "no_position"]),
        days,
        words,
        words,
    )
    led = [pp.Led(one.id, draw(words)) for one in now.actions if draw(st.booleans())]
    return pp.Facts(
        committee=draw(words),
        now=now,
        then=then,
        meeting_on=draw(maybe_day),
        known_on=draw(st.none() | st.just(now.as_at + timedelta(days=draw(st.integers(0, 40))))),
        led=tuple(led),
        asks=tuple(asks),
        stances=draw(many(stance)),
        measured=draw(st.sampled_from([(), facts().measured])),
    )


def any_papers():
    """Any paper that is whole."""
    return st.builds(
        pp.Paper,
        facts=any_facts(),
        written_on=days,
        number=st.integers(1, 9),
        item=words,
        author=words,
        contact=words,
        lead_member=words,
        wards=words,
        summary=words,
        decisions=many(words),
        implications=st.builds(pp.Implications, words, words, words, words, words),
        background=many(words),
    )
