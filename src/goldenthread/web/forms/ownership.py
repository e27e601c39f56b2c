"""The forms of contributors, of a post's work passed on, and of who is who."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from goldenthread.web.changes.words import LINE, PARAGRAPH
from goldenthread.web.forms.form import DayField, Form
from goldenthread.web.forms.people import ChoosingForm

PART_WORDS = {
    "strategic_lead": _("Strategic lead"),
    "operational_lead": _("Operational lead"),
    "member_champion": _("Member champion"),
    "sponsor": _("Sponsor of a forum or network"),
    "other": _("Another part"),
}


class ContributorForm(ChoosingForm):
    """Who contributes: a post, a part of the council, or a group by its name."""

    called: ClassVar = {"the group": "group", "what they contribute": "remark"}
    post = forms.ChoiceField(label=_("Which post contributes?"), required=False)
    team = forms.ChoiceField(label=_("Or which part of the council?"), required=False)
    group = forms.CharField(
        label=_("Or which group?"),
        help_text=_("For what is no part of the council: a network, a union, a partner."),
        required=False,
        max_length=1_000,
    )
    remark = forms.CharField(
        label=_("What do they contribute? (optional)"), required=False, max_length=1_000
    )
    since = DayField(label=_("From which day?"))


class AloneForm(ChoosingForm):
    """Which of several posts that answer together answers alone."""

    lead = forms.ChoiceField(label=_("Which of them answers for it?"))
    since = DayField(label=_("From which day?"))


class PassOnForm(ChoosingForm):
    """Who takes on what a post answers for, from when, and why; or who answers meanwhile.

    ``duties`` are (key, words) of everything that it answers for; each can go to a post of its own.
    """

    kinds: ClassVar = {"reason": "text"}
    to = forms.ChoiceField(
        label=_("Which post takes it on?"),
        help_text=_("Everything below goes there, unless you choose another post for a line."),
        required=False,
    )
    meanwhile = forms.ChoiceField(
        label=_("Or which post answers until this one is filled?"),
        help_text=_("Then the work stays with this post, and pages say who answers meanwhile."),
        required=False,
    )
    on = DayField(label=_("From which day?"), help_text=_("It may be a day to come."))
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("It stands in the story of each action. Say nothing about a person’s health."),
        required=False,
        max_length=PARAGRAPH,
    )
    seen = forms.CharField(required=False, max_length=64)

    def __init__(
        self,
        *given: Any,  # noqa: ANN401
        duties: Sequence[tuple[str, str]] = (),
        seen: str = "",
        **more: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*given, **more)
        self.duties = duties
        self.now_seen = seen
        offered = list(self.fields["to"].choices)  # type: ignore[attr-defined]
        self.posts = offered[1:]
        for name, words in (
            ("to", now_("Nobody for all of it")),
            ("meanwhile", now_("Nobody")),
        ):
            self.fields[name].choices = [("", words), *offered[1:]]  # type: ignore[attr-defined]
        known = {key for key, _words in self.posts}
        self._known = known

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields of the form's head; each duty's own choice stands in the list below it."""
        return [field for field in super().shown if field.name != "seen"]

    @property
    def sending_seen(self) -> str:
        """The mark of what was shown, as it came with the form; of what stands after a refusal."""
        typed = str(self.data.get("seen", ""))[:64] if self.is_bound and not self.theirs else ""
        return typed or self.now_seen

    def chosen(self, key: str) -> str:
        """The post that was chosen for one duty; empty for none of its own."""
        found = str(self.data.get(f"part-{key}", "")) if self.is_bound else ""
        return found if found in self._known else ""

    @property
    def sent(self) -> dict[str, Any]:
        """The answers, with the posts chosen for single duties as ``parts``."""
        answers = super().sent
        answers["parts"] = {key: post for key, _words in self.duties if (post := self.chosen(key))}
        return answers


class GiveBackForm(Form):
    """From when a hand-over is given back, and why."""

    kinds: ClassVar = {"reason": "text"}
    on = DayField(label=_("From which day?"))
    reason = forms.CharField(label=_("Why?"), required=False, max_length=PARAGRAPH)


class AnswerableForm(ChoosingForm):
    """A line of who is who."""

    kinds: ClassVar = {"part": "radios"}
    called: ClassVar = {"what it answers for": "what", "the forum": "forum"}
    part = forms.ChoiceField(label=_("Which part?"), choices=list(PART_WORDS.items()))
    post = forms.ChoiceField(label=_("Which post?"))
    what = forms.CharField(
        label=_("What does it answer for?"),
        help_text=_(
            "It goes on from the post: “is accountable to Cabinet for every promise”. The public "
            "reads it."
        ),
        required=False,
        max_length=1_000,
    )
    forum = forms.CharField(
        label=_("Of a sponsor: which forum or network?"), required=False, max_length=1_000
    )
    since = DayField(label=_("From which day?"))


class MilestoneForm(Form):
    """A step within an action, and its day."""

    called: ClassVar = {"the milestone": "text"}
    text = forms.CharField(
        label=_("What will have been reached?"),
        help_text=_("For example: all 120 panel members trained. The public reads it."),
        required=False,
        max_length=1_000,
    )
    due = DayField(label=_("By which day?"))


class MoveMilestoneForm(Form):
    """Another day for a milestone, and why."""

    kinds: ClassVar = {"reason": "text"}
    due = DayField(label=_("What is the new day?"))
    reason = forms.CharField(
        label=_("Why does it move?"),
        help_text=_("The public reads this. Say what happened, in plain words."),
        required=False,
        max_length=PARAGRAPH,
    )


class ReachedForm(Form):
    """The day on which a milestone was reached."""

    on = DayField(label=_("On which day was it reached?"))


class WhyForm(Form):
    """A reason, and nothing else."""

    kinds: ClassVar = {"reason": "text"}
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The public reads this. Say what happened, in plain words."),
        required=False,
        max_length=PARAGRAPH,
    )


class HorizonsForm(Form):
    """What a plan means by short and long term: up to four names, each with its last day."""

    def __init__(self, *given: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        for place in range(1, 5):
            self.fields[f"name_{place}"] = forms.CharField(
                label=now_("Name %(n)s") % {"n": place},
                help_text=now_("For example: Short term") if place == 1 else "",
                required=False,
                max_length=LINE,
            )
            self.fields[f"ends_{place}"] = DayField(label=now_("Its last day"), required=False)

    def clean(self) -> dict[str, Any]:
        """Each name has a day, and each day a name."""
        found = super().clean() or self.cleaned_data
        for place in range(1, 5):
            name, ends = found.get(f"name_{place}"), found.get(f"ends_{place}")
            if name and not ends and f"ends_{place}" not in self.errors:
                self.add_error(f"ends_{place}", now_("Give its last day."))
            if ends and not name:
                self.add_error(f"name_{place}", now_("Give its name."))
        return found

    @property
    def sent(self) -> dict[str, Any]:
        """The answers, with the horizons as pairs."""
        answers = super().sent
        given = [(answers.pop(f"name_{n}"), answers.pop(f"ends_{n}")) for n in range(1, 5)]
        answers["horizons"] = [(name, ends) for name, ends in given if name and ends]
        return answers
