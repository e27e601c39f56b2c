"""One recommendation: its words, what the council answered, and every action that answers it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.errors import Missing
from goldenthread.web.changes import plan as changes
from goldenthread.web.forms.asks import SAID_WORDS
from goldenthread.web.forms.links import ActionForm
from goldenthread.web.permissions import may
from goldenthread.web.queries import plan, ratings, recommendations, register, said, tier_ends
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import page_number
from goldenthread.web.views.sending import ask, sent, typed


@needs("read_register", kind="recommendation")
def recommendation_page(
    request: HttpRequest, recommendation: recommendations.Recommendation
) -> HttpResponse:
    """A recommendation with the actions that answer it, by its own plan or by a link."""
    me, today = who(request), timezone.localdate()
    filters = plan.Filters(recommendation=recommendation.public_id)
    facts = {
        "rec": recommendation,
        "register": plan.register(for_=me, as_at=today, filters=filters, page=page_number(request)),
        "around": recommendations.around(recommendation, for_=me, on=today),
        "said": said.said_of(recommendation, for_=me, on=today),
        **SAID_WORDS,
        "thread": recommendations.thread(recommendation, for_=me, on=today),
        "scales": ratings.scales(),
        "ends": tier_ends.ends_of_recommendation(recommendation, for_=me, on=today),
        "answers": recommendations.answers(recommendation),
        "may_answer": may(me, "keep_reviews", recommendation, today),
    }
    return render(request, "workspace/recommendation.html", facts)


@needs("edit_plan", kind="recommendation")
def add_action(
    request: HttpRequest, recommendation: recommendations.Recommendation
) -> HttpResponse:
    """Promise one thing more in answer to a recommendation."""
    me, today = who(request), timezone.localdate()
    if recommendation.plan is None:
        raise Missing(
            "This recommendation is in no plan, so no action can be added to it.",
            do="Join an action of any plan to it.",
        )
    offered = register.leading_posts(unit=recommendation.plan.unit_id, on=today)
    posts = {post.public_id: post for post in offered}
    form = ActionForm(
        **typed(request),
        choices={"post": [(key, f"{post.title}, {post.unit.name}") for key, post in posts.items()]},
    )

    def change(answers: dict[str, Any]) -> None:
        answers["post"] = posts.get(answers["post"])
        changes.add_action(by=me, recommendation=recommendation, at=timezone.now(), **answers)

    done = _("The action was added. The public reads it in the next edition.")
    to = reverse("recommendation", kwargs={"recommendation": recommendation.public_id})
    return sent(request, form, change, done=done, to=to) or ask(
        request, form, "add_action", rec=recommendation
    )
