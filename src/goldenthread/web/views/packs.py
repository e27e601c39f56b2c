"""Step two, the figures: the data pack that a management team discussed, and what it found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.errors import Missing
from goldenthread.plan.heard import doubts
from goldenthread.web.changes import packs as changes
from goldenthread.web.changes.evidence import kind_of_file
from goldenthread.web.changes.uploads import Store
from goldenthread.web.forms.form import Form
from goldenthread.web.forms.listening import ReasonForm
from goldenthread.web.forms.packs import Doubting, FindingForm, PackFigureForm, PackForm
from goldenthread.web.permissions import may
from goldenthread.web.queries import listening as queries
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.one_action import SAFE_HEADERS
from goldenthread.web.views.planning import step_of
from goldenthread.web.views.sending import Check, ask, sent, typed

_ROOM = "directorates"


@needs("read_planning", kind="planning")
def figures_page(request: HttpRequest, planning: queries.Planning) -> HttpResponse:
    """The packs that the management team discussed, with what was found in each.

    Entered figures and the file are for those alone who may open the pack.
    """
    me, today = who(request), timezone.localdate()
    found = queries.packs_of(planning)
    facts = {
        **step_of(request, planning, "figures"),
        "packs": [one for one in found if not one.set_aside_because],
        "aside": [one for one in found if one.set_aside_because],
        "opens": bool(may(me, "open_pack", planning, today)),
        "may_keep": bool(may(me, "keep_planning", planning, today)),
        "doubts": {
            one.public_id: doubts(one.text)
            for pack in found
            for one in pack.findings.all()
            if not one.withdrawn_because
        },
    }
    return render(request, "workspace/listening/figures.html", facts)


@needs("keep_planning", kind="planning")
def keep_pack(request: HttpRequest, planning: queries.Planning) -> HttpResponse:
    """Keep a pack: its file is read first, and refused where it hides anything."""
    form = PackForm(**typed(request))

    def change(answers: dict[str, Any]) -> None:
        file, at = answers.pop("file"), timezone.now()
        looked = (
            changes.look_into(
                by=who(request), planning=planning, file=file, name=file.name or "file", at=at
            )
            if file is not None
            else None
        )
        with Store() as store:
            changes.keep_pack(
                by=who(request), planning=planning, looked=looked, store=store, at=at, **answers
            )

    done = _("The pack is kept. Only those who may open it reach its file, each time on record.")
    return sent(request, form, change, done=done, to=_page(planning), room=_ROOM) or _ask(
        request,
        form,
        planning,
        title=_("Keep the data pack"),
        lead=[
            _(
                "What the management team looked at: workforce figures, the results of a survey. "
                "It stays in the directorate. It is never published and leaves with no export."
            )
        ],
        button=_("Keep this pack"),
    )


@needs("open_pack", kind="pack")
def pack_file(request: HttpRequest, pack: queries.Pack) -> HttpResponseBase:
    """The file of a pack, as an attachment; that it was opened is put on record first."""
    path = Path(settings.MEDIA_ROOT) / Path(pack.stored or "none").name
    if not pack.stored or not path.is_file():
        raise Missing("There is no file at this address.", do="Its figures were entered by hand.")
    changes.open_pack(by=who(request), pack=pack, at=timezone.now())
    file = path.open("rb")
    kind = kind_of_file(file)
    response = FileResponse(
        file,
        as_attachment=True,
        filename=pack.file,
        content_type=kind.media if kind else "application/octet-stream",
    )
    for name, value in SAFE_HEADERS.items():
        response.headers[name] = value
    return response


@needs("keep_planning", kind="pack")
def add_finding(request: HttpRequest, pack: queries.Pack) -> HttpResponse:
    """Add one sentence that says what was found in a pack."""
    form = FindingForm(**typed(request))

    def change(answers: dict[str, Any]) -> None:
        changes.add_finding(by=who(request), pack=pack, at=timezone.now(), **answers)

    back = _page(pack.planning)
    return sent(
        request,
        form,
        change,
        done=_("The finding is kept. A priority can come from it."),
        to=back,
        check=_doubting(request, form, back),
        room=_ROOM,
    ) or _ask(
        request,
        form,
        pack.planning,
        title=_("Add a finding"),
        lead=[_("Found in: %(pack)s") % {"pack": pack.title}],
        button=_("Keep this finding"),
    )


@needs("keep_planning", kind="pack")
def enter_figure(request: HttpRequest, pack: queries.Pack) -> HttpResponse:
    """Enter one figure of a pack by hand."""
    form = PackFigureForm(**typed(request))

    def change(answers: dict[str, Any]) -> None:
        changes.enter_figure(by=who(request), pack=pack, at=timezone.now(), **answers)

    back = _page(pack.planning)
    return sent(
        request,
        form,
        change,
        done=_("The figure is kept."),
        to=back,
        check=_doubting(request, form, back),
        room=_ROOM,
    ) or _ask(
        request,
        form,
        pack.planning,
        title=_("Enter a figure"),
        lead=[
            _("Of: %(pack)s") % {"pack": pack.title},
            _(
                "Enter no count of fewer than ten people. A later release of workforce data will "
                "give such figures itself, with small numbers held back."
            ),
        ],
        button=_("Keep this figure"),
    )


@needs("read_planning", kind="packfinding")
def finding_page(request: HttpRequest, packfinding: queries.PackFinding) -> HttpResponse:  # noqa: ARG001
    """Where a finding stands: among those of its pack."""
    return redirect(f"{_page(packfinding.planning)}#finding-{packfinding.public_id}")


@needs("keep_planning", kind="packfinding")
def withdraw_finding(request: HttpRequest, packfinding: queries.PackFinding) -> HttpResponse:
    """Say that a finding does not hold."""

    def change(answers: dict[str, Any]) -> None:
        changes.withdraw_finding(by=who(request), finding=packfinding, at=timezone.now(), **answers)

    return _withdraw(request, packfinding, change, _("Withdraw a finding"), packfinding.text)


@needs("keep_planning", kind="packfigure")
def withdraw_figure(request: HttpRequest, packfigure: queries.PackFigure) -> HttpResponse:
    """Say that a figure does not hold."""

    def change(answers: dict[str, Any]) -> None:
        changes.withdraw_figure(by=who(request), figure=packfigure, at=timezone.now(), **answers)

    # Whoever keeps the planning may not be one who opens the pack: the figure itself is not shown.
    return _withdraw(request, packfigure, change, _("Withdraw a figure"), "")


@needs("keep_planning", kind="pack")
def set_aside_pack(request: HttpRequest, pack: queries.Pack) -> HttpResponse:
    """Say that a pack is not the one that counts."""

    def change(answers: dict[str, Any]) -> None:
        changes.set_aside_pack(by=who(request), pack=pack, at=timezone.now(), **answers)

    return _withdraw(request, pack, change, _("Set a pack aside"), pack.title)


def _withdraw(
    request: HttpRequest,
    row: Any,  # noqa: ANN401 - three kinds of row
    change: Any,  # noqa: ANN401
    title: str,
    words: str,
) -> HttpResponse:
    """Ask why something no longer holds, and say so."""
    form = ReasonForm(**typed(request), version=row.version)

    def stands() -> tuple[dict[str, Any], int]:
        row.refresh_from_db()
        return {}, row.version

    done = _("It no longer counts. It stays on record with your reason.")
    to = _page(row.planning)
    return sent(request, form, change, done=done, to=to, stands=stands, room=_ROOM) or _ask(
        request,
        form,
        row.planning,
        title=title,
        lead=[words] if words else [],
        button=_("Say so"),
    )


def _doubting(request: HttpRequest, form: Doubting, back: str) -> Any:  # noqa: ANN401
    """What shows the answers once more where words in them may point at few people; else None."""
    if request.method != "POST" or not form.is_valid() or not form.doubts:
        return None
    return lambda _answers: Check(
        title=_("Could somebody be known by it?"),
        effects=form.doubts,
        button=_("Keep it as it is"),
        back=back,
        grave=False,
    )


def _page(planning: queries.Planning) -> str:
    return reverse("figures_page", kwargs={"planning": planning.public_id})


def _ask(
    request: HttpRequest,
    form: Form,
    planning: queries.Planning,
    **facts: Any,  # noqa: ANN401
) -> HttpResponse:
    given = {
        "room": _ROOM,
        "back_to": _page(planning),
        "back_words": _("The figures of %(unit)s") % {"unit": planning.unit.name},
        "theirs": [],
    }
    return ask(request, form, "one_form", **(given | facts))
