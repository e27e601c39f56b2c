"""Editions for tests: a small one by hand, and any at all by Hypothesis."""

from datetime import date, timedelta

from hypothesis import strategies as st

from goldenthread.plan import edition as ed

AS_AT = date(2026, 9, 30)
BEGAN = date(2025, 9, 16)
POST = ed.Lead("Head of Learning")


def action(number="A1", **parts):
    """An action with a sensible rest; ``due`` and ``moved_to`` are short for its promises."""
    due, moved = parts.pop("due", None), parts.pop("moved_to", ())
    promises = [ed.Promise(BEGAN, due)] if due else []
    promises += [
        ed.Promise(BEGAN + timedelta(days=30 * (n + 1)), day, reason="The tender drew one bidder.")
        for n, day in enumerate(moved)
    ]
    given = {"id": f"{number.lower()}-x7k2", "words": f"Do what {number} says", "lead": POST}
    return ed.Action(**{"number": number, "promises": tuple(promises), **given, **parts})


def edition(*actions, **parts):
    """An edition of these actions, frozen on the last day of quarter 2, 2026/27."""
    given = {
        "body": "Brackenford Borough Council",
        "plan": "Race Equality Action Plan",
        "number": 3,
        "as_at": AS_AT,
        "adopted": ed.Deed("Programme Manager", date(2026, 10, 12)),
        "published": ed.Deed("Head of Policy", date(2026, 10, 13)),
    }
    return ed.Edition(actions=actions, **{**given, **parts})


# Any text that can be a file's or a page's: no lone surrogates.
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
maybe_day = st.none() | days
promises = st.lists(st.builds(ed.Promise, days, maybe_day, words, words, words), max_size=3).map(
    lambda found: tuple(sorted(found, key=lambda promise: promise.given_on))
)


def many(strategy, most=2):
    """A tuple of up to ``most`` of something."""
    return st.lists(strategy, max_size=most).map(tuple)


evidence = st.builds(ed.Evidence, words, words)
colours = st.sampled_from(["blue", "green", "amber", "red", "purple", "grey"])
recoveries = st.builds(ed.Recovery, words, words, days)
updates = st.builds(
    ed.Update,
    days,
    words,
    words,
    st.sampled_from([None, "on_track", "at_risk"]),
    words,
    maybe_day,
    many(evidence),
    st.none() | colours,
    st.none() | recoveries,
)
figures = st.floats(-1e6, 1e6)
measures = st.builds(
    ed.Measure,
    words,
    words,
    words,
    st.none() | figures,
    many(st.builds(ed.Reading, days, figures)),
    words,
    words,
)


def stances(words, ids, numbers):
    """What bodies say of these actions and recommendations, and of the whole plan."""
    on = st.sampled_from([("", ""), *((one, "") for one in ids), *(("", one) for one in numbers)])
    return st.builds(
        lambda stance, body, day, said, place: ed.Stance(stance, body, day, said, *place),
        st.sampled_from(list(ed.STANCE_WORDS)),
        words,
        days,
        words,
        on,
    )


milestones = st.builds(
    ed.Milestone,
    words,
    st.lists(st.builds(ed.Promise, days, days, words, words), min_size=1, max_size=3).map(
        lambda found: tuple(sorted(found, key=lambda promise: promise.given_on))
    ),
    maybe_day,
    st.none() | st.builds(ed.Withdrawal, days, words),
)
horizons = st.lists(
    st.builds(ed.Horizon, words, days), max_size=3, unique_by=lambda one: one.name
).map(tuple)
answerable = st.builds(
    ed.Answerable,
    words,
    words,
    words,
    st.sampled_from(["strategic_lead", "sponsor", "other"]),
    words,
    maybe_day,
    words,
)


opinions = st.builds(ed.Opinion, st.sampled_from(list(ed.STANCE_WORDS)), words, days, words)
visions = st.builds(
    ed.Vision,
    words,
    st.lists(st.builds(ed.Signature, words, days, words), min_size=1, max_size=2).map(tuple),
    maybe_day,
    many(opinions),
)
objectives = st.integers(10, 9_999).flatmap(
    lambda of: st.builds(ed.Objectives, st.integers(0, of), st.just(of), days)
)
closings = st.builds(
    ed.Closing,
    days,
    words,
    words,
    words,
    words,
    words,
    words,
    words,
    many(st.builds(ed.Claim, words, st.lists(evidence, min_size=1, max_size=2).map(tuple))),
    many(opinions),
)
serves = st.builds(
    lambda number, place, plan: ed.Serves(number, *place, plan),
    words,
    st.sampled_from([("0abc-def", ""), ("", "3")]),
    words,
)
follow_ups = st.builds(ed.FollowUp, days, st.sampled_from(["kept", "not_kept", "no_longer"]), words)


def pledges(words):
    """Pledges of posts and teams."""
    return st.builds(
        ed.Pledge,
        words,
        words.filter(str.strip),
        days,
        words,
        many(follow_ups),
    )


def some_of(things):
    """Some of these, each once, in their order."""
    return (
        st.sets(st.sampled_from(things)).map(lambda held: tuple(sorted(held)))
        if things
        else (st.just(()))
    )


@st.composite
def editions(draw, words=words):
    """Any edition that is whole."""
    themes = tuple(ed.Theme(code, draw(words)) for code in "AB"[: draw(st.integers(0, 2))])
    codes = st.sampled_from(["", *(theme.code for theme in themes)])
    recommendations = tuple(
        ed.Recommendation(
            str(number + 1),
            draw(words),
            draw(words),
            draw(maybe_day),
            draw(codes),
            draw(
                st.none()
                | st.builds(
                    ed.Answer,
                    st.sampled_from(["accepted", "not_accepted"]),
                    words,
                    words,
                    maybe_day,
                )
            ),
        )
        for number in range(draw(st.integers(0, 3)))
    )
    numbers = [rec.number for rec in recommendations]
    heard = tuple(
        ed.Heard(code, draw(words), draw(st.sampled_from(["many", "some", "few"])), draw(words))
        for code in ("1", "2")[: draw(st.integers(0, 2))]
    )
    codes_heard = [one.code for one in heard]
    priorities = tuple(
        ed.Priority(
            number,
            draw(words),
            draw(st.sampled_from(ed.HARDNESSES)),
            draw(st.sampled_from(ed.DIFFERENCES)),
            draw(st.booleans()),
            draw(words),
            draw(words),
            draw(maybe_day),
            draw(some_of(codes_heard)),
        )
        for number in ("P1", "P2")[: draw(st.integers(0, 2))]
    )
    unit = draw(words)
    actions = tuple(
        ed.Action(
            id=f"{number}abc-def",
            number=f"N{number}",
            words=draw(words),
            lead=draw(st.builds(ed.Lead, words, words, maybe_day, words)),
            theme=draw(codes),
            recommendations=tuple(draw(st.sets(st.sampled_from(numbers)))) if numbers else (),
            short=draw(words),
            strand=draw(words),
            promises=draw(promises),
            starts_on=draw(maybe_day),
            done_on=draw(maybe_day),
            updates=draw(many(updates)),
            measures=draw(many(measures)),
            repeats=draw(words),
            next_review=draw(maybe_day),
            stops_when=draw(words),
            reviews=draw(many(st.builds(ed.Review, days, words, maybe_day))),
            next_step=draw(words),
            withdrawn=draw(st.none() | st.builds(ed.Withdrawal, days, words)),
            milestones=draw(many(milestones)),
            contributors=draw(many(words)),
            serves=draw(many(serves)),
            priorities=draw(some_of([one.number for one in priorities])),
            heard=draw(some_of(codes_heard)),
        )
        for number in range(draw(st.integers(0, 4)))
    )
    deed = st.builds(ed.Deed, words, days)
    return ed.Edition(
        body=draw(words),
        plan=draw(words),
        number=draw(st.integers(1, 99)),
        as_at=draw(days),
        adopted=draw(deed),
        published=draw(deed),
        two_people=draw(st.booleans()),
        summary=draw(words),
        about=draw(words),
        themes=themes,
        recommendations=recommendations,
        actions=actions,
        coming=draw(
            many(
                st.builds(
                    ed.Coming,
                    days,
                    words,
                    words,
                    st.none() | st.times(),
                    words,
                    st.integers(0, 9),
                    st.booleans(),
                )
            )
        ),
        stances=draw(many(stances(words, [a.id for a in actions], numbers))),
        terms=draw(many(st.builds(ed.Term, words, words, words, days, words))),
        inquiries=draw(
            many(
                st.builds(
                    ed.Inquiry,
                    *(words, words, words, maybe_day, maybe_day),
                    standing=st.sampled_from([None, "independent", "internal"]),
                    independence=words,
                    report=words,
                    report_on=maybe_day,
                    recommendations=some_of(numbers),
                )
            )
        ),
        answerable=draw(many(answerable)),
        earlier=draw(many(st.builds(ed.Earlier, st.integers(1, 9), days, days))),
        contact=draw(words),
        horizons=draw(horizons),
        unit=unit,
        vision=draw(st.none() | visions),
        priorities=priorities,
        pledges=draw(many(pledges(words))),
        heard=heard,
        objectives=None if unit else draw(st.none() | objectives),
        steps=draw(many(st.builds(ed.StepTaken, words, st.booleans()))),
        closing=draw(st.none() | closings),
    )
