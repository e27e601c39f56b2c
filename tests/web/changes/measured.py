"""How each change of measures, figures and case studies is tried."""

from decimal import Decimal

from goldenthread.web.bridge import Figure
from goldenthread.web.changes import case_studies, figures, measures
from web.changes.attempt import Attempt
from web.measuring import Q2, case_study, give, measure
from web.world import AT, ON

ATTEMPTS = {
    "add_measure": Attempt(
        "keep_measures",
        lambda w, u: (
            lambda p: (
                lambda by: measures.add_measure(
                    by=by, of=p, said={"text": "Panels held"}, owner=None, at=AT
                )
            )
        )(w.plan(unit=u)),
    ),
    "define_measure": Attempt(
        "keep_measures",
        lambda w, u: (
            lambda m: (
                lambda by: measures.define_measure(
                    by=by, measure=m, version=1, said={"text": "Panels"}, owner=None, at=AT
                )
            )
        )(measure(w, unit=u)),
    ),
    "end_measure": Attempt(
        "keep_measures",
        lambda w, u: (
            lambda m: (
                lambda by: measures.end_measure(
                    by=by, measure=m, version=1, until=ON, reason="Replaced", at=AT
                )
            )
        )(measure(w, unit=u)),
    ),
    "set_target": Attempt(
        "keep_measures",
        lambda w, u: (
            lambda m: (
                lambda by: measures.set_target(
                    by=by,
                    measure=m,
                    value=Decimal(60),
                    on=ON,
                    horizon="short",
                    rationale="Half way",
                    at=AT,
                )
            )
        )(measure(w, unit=u)),
    ),
    "keep_tolerance": Attempt(
        "keep_ratings",
        lambda w, u: (
            lambda by: measures.keep_tolerance(
                by=by, near=Decimal("0.05"), reason="Why", version=0, at=AT
            )
        ),
        asked_of="body",
    ),
    "give_figure": Attempt(
        "give_figures",
        lambda w, u: (
            lambda m: (
                lambda by: figures.give_figure(
                    by=by, measure=m, figure=Figure(Q2, Decimal(61), "x"), at=AT
                )
            )
        )(measure(w, unit=u)),
    ),
    "correct_figure": Attempt(
        "give_figures",
        lambda w, u: (
            lambda p: (
                lambda by: figures.correct_figure(
                    by=by,
                    point=p,
                    figure=Figure(Q2, Decimal(60), "Fewer"),
                    reason="Counted twice",
                    at=AT,
                )
            )
        )(give(w, measure(w, unit=u), Q2, "61")),
    ),
    "take_figures": Attempt(
        "give_figures",
        lambda w, u: (
            lambda m: (
                lambda by: figures.take_figures(
                    by=by, measure=m, figures=[Figure(Q2, Decimal(60), "x")], at=AT
                )
            )
        )(measure(w, unit=u)),
    ),
    "tell_case_study": Attempt(
        "tell_case_studies",
        lambda w, u: (
            lambda m: (
                lambda by: case_studies.tell_case_study(
                    by=by, of=m, title="A", story="B", told_on=ON, consent=True, at=AT
                )
            )
        )(measure(w, unit=u)),
    ),
    "change_case_study": Attempt(
        "tell_case_studies",
        lambda w, u: (
            lambda c: (
                lambda by: case_studies.change_case_study(
                    by=by,
                    case_study=c,
                    version=1,
                    title="A",
                    story="B",
                    told_on=ON,
                    consent=False,
                    at=AT,
                )
            )
        )(case_study(w, unit=u)),
    ),
}
