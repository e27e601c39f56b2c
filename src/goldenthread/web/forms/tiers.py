"""The forms by which two tiers are made to meet, and things are put in strands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.web.changes.words import LINE
from goldenthread.web.forms.form import Form
from goldenthread.web.forms.people import ChoosingForm

NONE = "none"
_WHY = _("Whoever reads the two tiers sees this, with your name and the day.")


class ServeForm(ChoosingForm):
    """What an action serves, or what serves it: one of those that were found or proposed.

    ``told`` says under a choice why it is proposed, by its key.
    """

    kinds: ClassVar = {"to": "radios"}
    to = forms.ChoiceField(label=_("Which of these?"))

    def __init__(self, *given: Any, because: Mapping[str, str], **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        self.hints = {"to": because} if because else {}

    @property
    def sent(self) -> dict[str, Any]:
        """The answers; a new link has no version to be out of step with."""
        answers = super().sent
        answers.pop("version")
        return answers


class ReasonForm(Form):
    """Why an end is kept apart."""

    kinds: ClassVar = {"reason": "text"}
    reason = forms.CharField(
        label=_("Why does it serve none of the council's actions?"),
        help_text=_WHY,
        required=False,
        max_length=LINE,
    )


class UndoForm(Form):
    """Why something no longer stands."""

    kinds: ClassVar = {"reason": "text"}
    reason = forms.CharField(
        label=_("Why does this no longer hold?"),
        help_text=_("It stays in the story with your reason."),
        required=False,
        max_length=LINE,
    )


class NeedNotForm(Form):
    """Which directorates have nothing to do for an action of the council, and why."""

    kinds: ClassVar = {"units": "ticks", "reason": "text"}
    units = forms.MultipleChoiceField(label=_("Which directorates have nothing to do for it?"))
    reason = forms.CharField(label=_("Why?"), help_text=_WHY, required=False, max_length=LINE)

    def __init__(self, *given: Any, units: Sequence[tuple[str, str]], **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        field = self.fields["units"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - it is ours
        field.choices = [(NONE, _("All of them: it is carried out without directorates")), *units]
        field.error_messages["required"] = _("Choose at least one directorate, or all of them.")


class StrandsForm(Form):
    """The strands that a thing belongs to besides that of its plan; none is an answer."""

    kinds: ClassVar = {"strands": "ticks"}
    strands = forms.MultipleChoiceField(
        label=_("To which other strands does it belong?"), required=False
    )

    def __init__(self, *given: Any, strands: Sequence[tuple[str, str]], **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        field = self.fields["strands"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - it is ours
        field.choices = list(strands)
