"""How to make each change of the outbox, for the table of every change."""

from goldenthread.web.changes import mail
from web.changes.attempt import Attempt
from web.world import AT

ATTEMPTS = {
    "try_again": Attempt(
        "keep_outbox",
        lambda w, u: (lambda m: lambda by: mail.try_again(by=by, mail=m, version=m.version, at=AT))(
            w.mail()
        ),
        asked_of="body",
    ),
    "leave_unsent": Attempt(
        "keep_outbox",
        lambda w, u: (
            lambda m: lambda by: mail.leave_unsent(by=by, mail=m, version=m.version, at=AT)
        )(w.mail()),
        asked_of="body",
    ),
    "try_all_again": Attempt(
        "keep_outbox",
        lambda w, u: lambda by: mail.try_all_again(by=by, at=AT),
        asked_of="body",
    ),
    "send_trial": Attempt(
        "keep_outbox",
        lambda w, u: lambda by: mail.send_trial(by=by, at=AT),
        asked_of="body",
    ),
}
