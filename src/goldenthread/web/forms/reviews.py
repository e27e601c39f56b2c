"""The forms of a review: who made it, its report, what it recommends, what the body answers."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.web.changes.evidence import KINDS_IN_WORDS
from goldenthread.web.changes.words import LINE
from goldenthread.web.forms.form import DayField, Form
from goldenthread.web.forms.people import ChoosingForm

STANDING_WORDS = {
    "independent": _("Independent of the council"),
    "internal": _("Of the council"),
}
POSITION_CHOICES = [
    ("accepted", _("Accepted")),
    ("partly_accepted", _("Accepted in part")),
    ("not_accepted", _("Not accepted")),
]


class ReviewForm(Form):
    """Who reviewed, on what terms, and when."""

    kinds: ClassVar = {"terms": "text", "standing": "radios", "independence": "text"}
    title = forms.CharField(
        label=_("What is the review called?"),
        help_text=_("For example: Independent review of race equality"),
        required=False,
    )
    reviewer = forms.CharField(
        label=_("Who made it?"),
        help_text=_("As its report names them: a person from outside, or a body."),
        required=False,
    )
    standing = forms.ChoiceField(
        label=_("Is the reviewer of the council?"),
        choices=list(STANDING_WORDS.items()),
        required=False,
    )
    independence = forms.CharField(
        label=_("In what way? (optional)"),
        help_text=_(
            "Who appointed and paid them, and what ties them to the council. It is public."
        ),
        required=False,
    )
    terms = forms.CharField(
        label=_("What were its terms of reference?"),
        help_text=_("Word for word. They stand on the page of each recommendation."),
        required=False,
    )
    began = DayField(label=_("When did it begin?"), required=False)
    reported = DayField(label=_("When did it report?"), required=False)
    report_url = forms.CharField(
        label=_("Where can anybody read its report? (optional)"),
        help_text=_("An address that begins with https://. It stands on the public page."),
        required=False,
    )
    report_on = DayField(label=_("When was the report published?"), required=False)


class EnterReviewForm(ChoosingForm, ReviewForm):
    """A review before any plan answers it: also of which part of the body, and in which strand."""

    unit = forms.ChoiceField(label=_("Which part of the council did it review?"))
    strand = forms.ChoiceField(label=_("Which strand of the programme does it belong to?"))


class ChangeReviewForm(ChoosingForm, ReviewForm):
    """What is said of a review, and its strand."""

    strand = forms.ChoiceField(
        label=_("Which strand of the programme does it belong to?"), required=False
    )


class ReportForm(Form):
    """The report of a review: a link or a file."""

    called: ClassVar = dict.fromkeys(("kind", "limit"), "file")
    title = forms.CharField(label=_("What is the report called?"), required=False, max_length=LINE)
    url = forms.CharField(
        label=_("Its address, where anybody may read it"),
        help_text=_("It begins with https:// and is shown to everybody who reads the register."),
        required=False,
    )
    file = forms.FileField(
        label=_("Or the file, where it stays inside"),
        help_text=_("%(kinds)s. Only people who may open evidence can open it.")
        % {"kinds": KINDS_IN_WORDS},
        required=False,
    )


class RecommendationsForm(Form):
    """What a review recommends under one theme."""

    kinds: ClassVar = {"text": "text"}
    theme = forms.CharField(
        label=_("Under which theme does the report put them?"),
        help_text=_("As the report calls it."),
        required=False,
        max_length=LINE,
    )
    text = forms.CharField(
        label=_("What does it recommend?"),
        help_text=_(
            "Word for word, with a blank line between two. Numbers of the report are kept: "
            "“4. Publish the pay gap”."
        ),
        required=False,
    )

    def __init__(self, *given: Any, themes: tuple[str, ...] = (), **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        if themes:
            self.fields["theme"].help_text = _("As the report calls it. There are: %(themes)s.") % {
                "themes": "; ".join(themes)
            }


class AnswerForm(Form):
    """What the body answers to a recommendation."""

    kinds: ClassVar = {"position": "radios", "text": "text", "reason": "text"}
    position = forms.ChoiceField(
        label=_("What does the council answer?"), choices=POSITION_CHOICES, required=False
    )
    text = forms.CharField(
        label=_("In its own words"),
        help_text=_("Where it is accepted in part, say which part."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Why not, or why only in part?"),
        help_text=_("Leave this blank where it is accepted. The public reads it."),
        required=False,
    )
    decided_by = forms.CharField(
        label=_("Who decided?"), help_text=_("For example: Cabinet"), required=False
    )
    answered_on = DayField(label=_("On which day?"), required=False)
