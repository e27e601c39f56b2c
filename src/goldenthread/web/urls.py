"""The doors: public "/", workspace "/workspace/", signing in "/account/"."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from goldenthread.web.views import accounts, health, home, record

workspace: list[URLPattern | URLResolver] = [
    path("", home.home, name="workspace_home"),
    path("demonstration", home.switch_person, name="switch_person"),
    path("audit.json", record.audit_verified, name="audit_verified"),
    path("actions/<slug:action>.json", record.action_history, name="action_history"),
]

# The public pages read editions alone, and keep their own list of addresses.
_PUBLIC = "goldenthread.web.views.public"
public = import_module(_PUBLIC).urlpatterns if find_spec(_PUBLIC) else []

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health.health, name="health"),
    path("account/", include(accounts.urlpatterns)),
    path("workspace/", include(workspace)),
    *public,
]

handler400 = "goldenthread.web.views.refused.bad"
handler403 = "goldenthread.web.views.refused.forbidden"
handler404 = "goldenthread.web.views.refused.missing"
handler500 = "goldenthread.web.views.refused.failed"
