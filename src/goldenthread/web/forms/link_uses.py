"""The form by which another date is agreed or refused."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from goldenthread.web.changes.words import LINE
from goldenthread.web.forms.form import Form


class DecideForm(Form):
    """Yes, or no with a reason."""

    kinds: ClassVar = {"agreed": "radios"}
    called: ClassVar = {"the answer": "answer"}
    agreed = forms.ChoiceField(
        label=_("Does the date move?"),
        choices=[("yes", _("Yes, I agree")), ("no", _("No, the date stays"))],
    )
    answer = forms.CharField(
        label=_("If not, why?"),
        help_text=_("The lead reads this on the page of their link."),
        required=False,
        max_length=LINE,
    )

    def clean(self) -> dict[str, Any]:
        """A refusal says why."""
        found = super().clean() or self.cleaned_data
        if found.get("agreed") == "no" and not found.get("answer", "").strip():
            self.add_error("answer", now_("Say why the date stays."))
        return found
