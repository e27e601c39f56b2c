"""Words that were sent after a sitting had ended: kept for whoever wrote them, and sent again.

They are held in the browser's own row, which the anonymous part of a sitting goes on with, and are
shown to nobody but the person who had been signed in there.
"""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.web.views.declared import needs, who

# More is no form of ours.
_MOST = 200_000
_NOT_WORDS = ("csrfmiddlewaretoken", "key", "version")
# Identifiers, days in their boxes and choices of a list are no words of theirs.
_NO_WORDS = re.compile(r"[a-z0-9_]+")


def keep(request: HttpRequest, person: int) -> bool:
    """Keep what was typed for this person; whether there was room for it."""
    fields = [
        [name, value]
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    if sum(len(name) + len(value) for name, value in fields) > _MOST:
        return False
    request.session["kept"] = {
        "person": person,
        "to": request.get_full_path(),
        "fields": fields,
        "files": bool(request.FILES),
    }
    return True


def sent(request: HttpRequest) -> None:
    """Forget what was kept once it was sent, or another form of the same page."""
    if request.session.get("kept", {}).get("to") == request.get_full_path():
        del request.session["kept"]


@needs("open_workspace")
def kept_words(request: HttpRequest) -> HttpResponse:
    """What was written before the sitting ended, to be sent now or thrown away."""
    kept: dict[str, Any] = request.session.get("kept", {})
    if kept.get("person") != who(request).pk:
        return redirect("workspace_home")
    if request.method == "POST":
        del request.session["kept"]
        return redirect(kept["to"])
    words = [
        (name.rpartition("-")[2].replace("_", " "), value)
        for name, value in kept["fields"]
        if value.strip() and name not in _NOT_WORDS and not _NO_WORDS.fullmatch(value)
    ]
    return render(request, "account/kept.html", {"kept": kept, "words": words})
