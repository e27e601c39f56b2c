"""The doors: public "/", workspace "/workspace/", signing in "/account/"."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from goldenthread.web.views import accounts, drafts, health, home, plans, record

workspace: list[URLPattern | URLResolver] = [
    path("", home.home, name="workspace_home"),
    path("demonstration", home.switch_person, name="switch_person"),
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", drafts.receive, name="receive"),
    path("plans/<slug:plan>/", plans.plan, name="plan"),
    path("plans/<slug:plan>/edition/", plans.adopt_edition, name="adopt_edition"),
    path("drafts/<slug:draft>/", drafts.draft, name="draft"),
    path("drafts/<slug:draft>/adopt/", drafts.adopt, name="adopt"),
    path("drafts/<slug:draft>/set-aside/", drafts.set_aside, name="set_aside_draft"),
    path("questions/<slug:question>/", drafts.question, name="question"),
    path("editions/<slug:edition>/", plans.edition, name="edition"),
    path("editions/<slug:edition>/publish/", plans.publish, name="publish"),
    path("editions/<slug:edition>/set-aside/", plans.set_aside_edition, name="set_aside_edition"),
    path("editions/<slug:edition>/as-public/", plans.as_public, name="edition_as_public"),
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
