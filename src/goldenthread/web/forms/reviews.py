"""The form of the review that a plan answers."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.web.forms.form import DayField, Form


class ReviewForm(Form):
    """Who reviewed, on what terms, and when."""

    kinds: ClassVar = {"terms": "text"}
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
    terms = forms.CharField(
        label=_("What were its terms of reference?"),
        help_text=_("Word for word. They stand on the page of each recommendation."),
        required=False,
    )
    began = DayField(label=_("When did it begin?"), required=False)
    reported = DayField(label=_("When did it report?"), required=False)
