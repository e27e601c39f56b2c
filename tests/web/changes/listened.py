"""How each change of listening, and of the packs, is tried."""

from datetime import date
from decimal import Decimal

from goldenthread.web.changes import listening, packs
from goldenthread.web.changes.uploads import Store
from goldenthread.web.models import Plan
from web.changes.attempt import Attempt
from web.listening import held, pack, planning, session, theme
from web.world import AT, DAY, ON


def _kept(world, unit):
    of = planning(world, unit)

    def deed(by):
        with Store() as store:
            return packs.keep_pack(
                by=by,
                planning=of,
                title="Workforce data",
                discussed_on=ON - DAY,
                findings=["Fewer stay past two years."],
                looked=None,
                store=store,
                at=AT,
            )

    return deed


def action_of(world, unit):
    """An action of a plan of this very unit."""
    made = Plan.objects.filter(unit=unit).first() or world.plan(unit=unit)
    return made.actions.first()


ATTEMPTS = {
    "record_session": Attempt(
        "keep_sessions",
        lambda w, u: (
            lambda of: lambda by: listening.record_session(by=by, planning=of, held=held(), at=AT)
        )(planning(w, u)),
    ),
    "correct_session": Attempt(
        "keep_sessions",
        lambda w, u: (
            lambda row: (
                lambda by: listening.correct_session(
                    by=by, session=row, held=held(came=9), reason="Recounted", version=1, at=AT
                )
            )
        )(session(w, unit=u)),
    ),
    "count_one_to_ones": Attempt(
        "keep_sessions",
        lambda w, u: (
            lambda of: (
                lambda by: listening.count_one_to_ones(
                    by=by, planning=of, counted_to=date(2026, 6, 30), total=12, version=0, at=AT
                )
            )
        )(planning(w, u)),
    ),
    "hear_theme": Attempt(
        "keep_sessions",
        lambda w, u: (
            lambda of: (
                lambda by: listening.hear_theme(
                    by=by,
                    planning=of,
                    heard=listening.Heard("Pay", "some", one_to_ones=True),
                    sessions=[],
                    at=AT,
                )
            )
        )(planning(w, u)),
    ),
    "change_theme": Attempt(
        "keep_sessions",
        lambda w, u: (
            lambda row: (
                lambda by: listening.change_theme(
                    by=by,
                    theme=row,
                    heard=listening.Heard("Pay", "some", one_to_ones=True),
                    sessions=[],
                    reason="Clearer",
                    version=1,
                    at=AT,
                )
            )
        )(theme(w, unit=u)),
    ),
    "merge_themes": Attempt(
        "keep_sessions",
        lambda w, u: (
            lambda one, other: (
                lambda by: listening.merge_themes(
                    by=by, theme=one, into=other, reason="The same", version=1, at=AT
                )
            )
        )(theme(w, unit=u), theme(w, unit=u)),
    ),
    "withdraw_theme": Attempt(
        "keep_sessions",
        lambda w, u: (
            lambda row: (
                lambda by: listening.withdraw_theme(
                    by=by, theme=row, reason="Said in jest", version=1, at=AT
                )
            )
        )(theme(w, unit=u)),
    ),
    "lead_to_action": Attempt(
        "keep_planning",
        lambda w, u: (
            lambda row, action: (
                lambda by: listening.lead_to_action(
                    by=by, theme=row, action=action, since=ON, at=AT
                )
            )
        )(theme(w, unit=u), action_of(w, u)),
    ),
    "keep_pack": Attempt("keep_planning", _kept),
    "add_finding": Attempt(
        "keep_planning",
        lambda w, u: (
            lambda row: lambda by: packs.add_finding(by=by, pack=row, text="Fewer apply.", at=AT)
        )(pack(w, unit=u)),
    ),
    "enter_figure": Attempt(
        "keep_planning",
        lambda w, u: (
            lambda row: (
                lambda by: packs.enter_figure(
                    by=by, pack=row, text="Leavers", value=Decimal("12.5"), unit="per cent", at=AT
                )
            )
        )(pack(w, unit=u)),
    ),
    "withdraw_finding": Attempt(
        "keep_planning",
        lambda w, u: (
            lambda row: (
                lambda by: packs.withdraw_finding(
                    by=by, finding=row, reason="Counted twice", version=1, at=AT
                )
            )
        )(pack(w, unit=u).findings.get()),
    ),
    "withdraw_figure": Attempt(
        "keep_planning",
        lambda w, u: (
            lambda row: (
                lambda by: packs.withdraw_figure(
                    by=by, figure=row, reason="Counted twice", version=1, at=AT
                )
            )
        )(figure(w, u)),
    ),
    "set_aside_pack": Attempt(
        "keep_planning",
        lambda w, u: (
            lambda row: (
                lambda by: packs.set_aside_pack(
                    by=by, pack=row, reason="Another counts", version=1, at=AT
                )
            )
        )(pack(w, unit=u)),
    ),
    "open_pack": Attempt(
        "open_pack",
        lambda w, u: (lambda row: lambda by: packs.open_pack(by=by, pack=row, at=AT))(
            pack(w, unit=u, file=True)
        ),
    ),
}


def figure(world, unit):
    """A figure that was entered by hand."""
    return packs.enter_figure(
        by=world.manager,
        pack=pack(world, unit=unit),
        text="Leavers within two years",
        value=Decimal("12.5"),
        unit="per cent",
        at=AT,
    )
