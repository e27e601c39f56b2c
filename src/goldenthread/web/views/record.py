"""The record of what was done, for those who check it: the audit, and an action's history."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from goldenthread.web import audit
from goldenthread.web.queries import plan
from goldenthread.web.views.declared import needs, who


@needs("read_audit")
def audit_verified(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Whether the chain of the audit holds, as JSON."""
    return JsonResponse(audit.as_json(audit.verify()))


@needs("read_register", kind="action")
def action_history(request: HttpRequest, action: plan.Action) -> JsonResponse:
    """Everything that was promised and said of one action, as JSON."""
    return JsonResponse(
        plan.history(for_=who(request), action=action, as_at=timezone.localdate()).as_json()
    )
