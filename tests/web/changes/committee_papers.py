"""How to make each change of papers for meetings, for the tables."""

from goldenthread.web.changes import papers
from goldenthread.web.changes.uploads import Store
from web.changes.attempt import Attempt
from web.world import AT, DAY, ON, WORDS


def _issue(paper, by):
    with Store() as store:
        return papers.issue_paper(
            by=by, paper=paper, template=None, store=store, version=paper.version, at=AT
        )


def _ready(world, unit):
    return world.worded(world.paper(unit=unit))


ATTEMPTS = {
    "make_paper": Attempt(
        "make_paper",
        lambda w, u: (
            lambda plan, meeting: (
                lambda by: papers.make_paper(by=by, plan=plan, meeting=meeting, as_at=ON, at=AT)
            )
        )(w.plan(unit=u), w.meeting(w.committee(u), on=ON + 20 * DAY)),
    ),
    "word_paper": Attempt(
        "make_paper",
        lambda w, u: (
            lambda paper: (
                lambda by: papers.word_paper(
                    by=by, paper=paper, version=paper.version, at=AT, **WORDS
                )
            )
        )(w.paper(unit=u)),
    ),
    "issue_paper": Attempt(
        "issue_paper",
        lambda w, u: (lambda paper: lambda by: _issue(paper, by))(_ready(w, u)),
    ),
}
