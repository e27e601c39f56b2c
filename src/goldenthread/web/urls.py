"""The doors: public "/", workspace "/workspace/", signing in "/account/"."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from goldenthread.web.views import (
    accounts,
    again,
    case_studies,
    drafts,
    exports,
    figures,
    habits,
    health,
    home,
    links,
    measures,
    one_action,
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
    path("actions/<slug:action>/join/", links.join_action, name="join_action"),
    path("actions/<slug:action>/measure/", measures.add_action_measure, name="add_action_measure"),
    path("actions/<slug:action>/case-study/", case_studies.tell_of_action, name="tell_of_action"),
    path("plans/<slug:plan>/measure/", measures.add_plan_measure, name="add_plan_measure"),
    path("measures/", measures.measures_page, name="measures_page"),
    path("measures/tolerance/", measures.tolerance_page, name="tolerance_page"),
    path("measures/tolerance/change/", measures.change_tolerance, name="change_tolerance"),
    path("measures/<slug:measure>/", measures.measure_page, name="measure_page"),
    path("measures/<slug:measure>/what/", measures.define_measure, name="define_measure"),
    path("measures/<slug:measure>/end/", measures.end_measure, name="end_measure"),
    path("measures/<slug:measure>/target/", measures.set_target, name="set_target"),
    path("measures/<slug:measure>/figure/", figures.give_figure, name="give_figure"),
    path("measures/<slug:measure>/figures.csv", figures.figures_csv, name="figures_csv"),
    path(
        "measures/<slug:measure>/inside.csv", figures.inside_figures_csv, name="inside_figures_csv"
    ),
    path("measures/<slug:measure>/file/", figures.bring_figures, name="bring_figures"),
    path(
        "measures/<slug:measure>/case-study/",
        case_studies.tell_of_measure,
        name="tell_of_measure",
    ),
    path("measures/<slug:measure>/join/", links.join_measure, name="join_measure"),
    path("figures/<slug:point>/correct/", figures.correct_figure, name="correct_figure"),
    path("targets/<slug:target>/replace/", measures.replace_target, name="replace_target"),
    path("case-studies/", case_studies.case_studies_page, name="case_studies_page"),
    path(
        "case-studies/<slug:casestudy>/change/",
        case_studies.change_case_study,
        name="change_case_study",
    ),
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
