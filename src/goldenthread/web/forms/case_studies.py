"""The form of a case study."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.web.changes.case_studies import STORY, TITLE, seems_to_name
from goldenthread.web.forms.form import DayField, Form


class CaseStudyForm(Form):
    """What happened, without names, and whether it may be published."""

    kinds: ClassVar = {"story": "text"}
    title = forms.CharField(label=_("Title"), required=False, max_length=TITLE)
    story = forms.CharField(
        label=_("What happened, and what changed?"),
        help_text=_(
            "No names, and nothing else by which a colleague would know who it is: no day, no "
            "place, no team, no post."
        ),
        required=False,
        max_length=STORY,
    )
    told_on = DayField(label=_("When was it told?"), required=False)
    consent = forms.BooleanField(
        label=_("Whoever it is about agreed to its being published"),
        help_text=_("Without that it stays in the workspace."),
        required=False,
    )
    nobody_named = forms.BooleanField(
        label=_("No person is named in it"),
        help_text=_("Tick this only where what looks like a name is none."),
        required=False,
    )
    until = DayField(
        label=_("From which day is it told no more? (optional)"),
        help_text=_("It then leaves the lists here and the editions to come."),
        required=False,
    )

    def __init__(self, *given: Any, new: bool = False, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        if new:
            del self.fields["until"]

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that somebody fills in; the box about names only where one seems to stand."""
        asked = self.is_bound and bool(
            seems_to_name(str(self.data.get("title", "")), str(self.data.get("story", "")))
        )
        return [one for one in super().shown if one.name != "nobody_named" or asked]
