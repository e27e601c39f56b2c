"""How to make each change of the organisation and of plans coming in, for the tables."""

from goldenthread.web.changes import several_plans, unit_files
from web.changes.attempt import Attempt
from web.world import AT, ON

ATTEMPTS = {
    "give_draft": Attempt(
        "receive_document",
        lambda w, u: (
            lambda draft: (
                lambda by: several_plans.give_draft(
                    by=by, draft=draft, unit=w.unit("Resources"), version=draft.version, at=AT
                )
            )
        )(w.draft(unit=u)),
        asked_of="both",
    ),
    "bring_units": Attempt(
        "change_units",
        lambda w, u: (
            lambda by: unit_files.bring_units(
                by=by, units=[unit_files.Coming(("New",), "Directorate", ON)], at=AT
            )
        ),
        asked_of="body",
    ),
}
