"""The doors: public "/", workspace "/workspace/", signing in "/account/"."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from goldenthread.web.views import (
    accounts,
    again,
    drafts,
    exports,
    habits,
    health,
    home,
    links,
    milestones,
    one_action,
    ownership,
    people,
    plans,
    public_words,
    ratings,
    recommendations,
    record,
    register,
    takedown,
    units,
    workbooks,
)

workspace: list[URLPattern | URLResolver] = [
    path("", home.home, name="workspace_home"),
    path("demonstration", home.switch_person, name="switch_person"),
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", drafts.receive, name="receive"),
    path("plans/<slug:plan>/", plans.plan, name="plan"),
    path("plans/<slug:plan>/public-page/", public_words.of_plan, name="public_words"),
    path("units/<slug:unit>/public-page/", public_words.of_unit, name="unit_public_words"),
    path("plans/<slug:plan>/export/", exports.export_plan, name="export_plan"),
    path("plans/<slug:plan>/workbook/", workbooks.bring_back, name="bring_back"),
    path("plans/<slug:plan>/edition/", plans.adopt_edition, name="adopt_edition"),
    path("drafts/<slug:draft>/", drafts.draft, name="draft"),
    path("drafts/<slug:draft>/adopt/", drafts.adopt, name="adopt"),
    path("drafts/<slug:draft>/again/", again.again, name="again"),
    path("drafts/<slug:draft>/again/take-over/", again.take_over, name="take_over"),
    path("drafts/<slug:draft>/set-aside/", drafts.set_aside, name="set_aside_draft"),
    path("drafts/<slug:draft>/rows/", drafts.settle_row, name="settle_row"),
    path("questions/<slug:question>/", drafts.question, name="question"),
    path("editions/<slug:edition>/", plans.edition, name="edition"),
    path("editions/<slug:edition>/publish/", plans.publish, name="publish"),
    path("editions/<slug:edition>/set-aside/", plans.set_aside_edition, name="set_aside_edition"),
    path("editions/<slug:edition>/as-public/", plans.as_public, name="edition_as_public"),
    path("editions/<slug:edition>/take-down/", takedown.take_down, name="take_down"),
    path("editions/<slug:edition>/taken-down/", takedown.taken_down, name="taken_down"),
    path("take-downs/<slug:takedown>/agree/", takedown.agree, name="agree_takedown"),
    path("take-downs/<slug:takedown>/let-stand/", takedown.let_stand, name="let_stand"),
    path("register/", register.register_page, name="register"),
    path("register.csv", register.register_csv, name="register_csv"),
    path("reading/", habits.habits_page, name="habits_page"),
    path("reading/add/", habits.add_habit, name="add_habit"),
    path("reading/profile.json", habits.habits_profile, name="habits_profile"),
    path("reading/profile/", habits.bring_profile, name="bring_profile"),
    path("reading/<slug:habit>/change/", habits.change_habit, name="change_habit"),
    path("reading/<slug:habit>/remove/", habits.remove_habit, name="remove_habit"),
    path("ratings/", ratings.ratings_page, name="ratings"),
    path("ratings/change/", ratings.change_ratings, name="change_ratings"),
    path("actions/<slug:action>/", one_action.action_page, name="action"),
    path("actions/<slug:action>/update/", one_action.add_update, name="add_update"),
    path("actions/<slug:action>/move-date/", one_action.move_date, name="move_date"),
    path("actions/<slug:action>/wording/", one_action.reword_action, name="reword_action"),
    path("actions/<slug:action>/hand-over/", one_action.hand_over, name="hand_over"),
    path(
        "actions/<slug:action>/contributors/add/", ownership.add_contributor, name="add_contributor"
    ),
    path("actions/<slug:action>/who-answers/", ownership.answer_alone, name="answer_alone"),
    path("contributors/<slug:lead>/end/", ownership.end_contribution, name="end_contribution"),
    path("actions/<slug:action>/milestones/add/", milestones.add_milestone, name="add_milestone"),
    path("milestones/<slug:milestone>/move/", milestones.move_milestone, name="move_milestone"),
    path(
        "milestones/<slug:milestone>/reached/", milestones.reach_milestone, name="reach_milestone"
    ),
    path("milestones/<slug:milestone>/drop/", milestones.drop_milestone, name="drop_milestone"),
    path("milestones/<slug:milestone>/open/", milestones.reopen_milestone, name="reopen_milestone"),
    path("plans/<slug:plan>/horizons/", milestones.horizons, name="horizons"),
    path("plans/<slug:plan>/roadmap/", milestones.roadmap_page, name="roadmap"),
    path("plans/<slug:plan>/milestones.csv", milestones.milestones_csv, name="milestones_csv"),
    path("plans/<slug:plan>/who-is-who/add/", ownership.name_for_plan, name="name_for_plan"),
    path("units/<slug:unit>/who-is-who/add/", ownership.name_for_unit, name="name_for_unit"),
    path("who-is-who/", ownership.who_is_who, name="who_is_who"),
    path("who-is-who/<slug:answerable>/end/", ownership.end_answerable, name="end_answerable"),
    path("handovers/<slug:handover>/back/", ownership.hand_back, name="hand_back"),
    path("actions/<slug:action>/join/", links.join_action, name="join_action"),
    path("measures/<slug:measure>/join/", links.join_measure, name="join_measure"),
    path("plans/<slug:plan>/join/", links.join_plan, name="join_plan"),
    path("links/<slug:link>/end/", links.end_link, name="end_link"),
    path(
        "recommendations/<slug:recommendation>/",
        recommendations.recommendation_page,
        name="recommendation",
    ),
    path(
        "recommendations/<slug:recommendation>/join/",
        links.join_recommendation,
        name="join_recommendation",
    ),
    path(
        "recommendations/<slug:recommendation>/actions/add/",
        recommendations.add_action,
        name="add_action",
    ),
    path("evidence/<slug:evidence>", one_action.evidence_file, name="evidence_file"),
    path("people/", people.people_page, name="people"),
    path("people/add/", people.add_person, name="add_person"),
    path("people/<slug:person>/close/", people.close_account, name="close_account"),
    path("people/<slug:person>/open/", people.open_account_again, name="open_account_again"),
    path("people/<slug:person>/leaving/", ownership.leaving, name="leaving"),
    path("people/units/", units.units_page, name="units"),
    path("people/units/add/", units.add_unit, name="add_unit"),
    path("people/units/<slug:unit>/name/", units.rename_unit, name="rename_unit"),
    path("people/units/<slug:unit>/move/", units.move_unit, name="move_unit"),
    path("people/units/<slug:unit>/end/", units.end_unit, name="end_unit"),
    path("people/posts/<slug:post>/change/", units.change_post, name="change_post"),
    path("people/posts/<slug:post>/end/", units.end_post, name="end_post"),
    path("people/roles/", people.who_may, name="who_may"),
    path("people/roles/give/", people.give_role, name="give_role"),
    path("people/roles/<slug:grant>/end/", people.end_role, name="end_role"),
    path("people/posts/", people.posts_page, name="posts"),
    path("people/posts/add/", people.add_post, name="add_post"),
    path("people/posts/<slug:post>/hand-over/", ownership.hand_over_work, name="hand_over_work"),
    path("people/posts/<slug:post>/holder/", people.appoint_holder, name="appoint_holder"),
    path("audit/", record.audit_page, name="audit"),
    path("audit/checked/", record.audit_checked, name="audit_checked"),
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
handler429 = "goldenthread.web.views.refused.too_many"
