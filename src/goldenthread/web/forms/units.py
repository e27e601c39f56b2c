"""The forms of accounts, of the parts of the council and of their posts, as they change and end."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.web.forms.form import DayField, Form
from goldenthread.web.forms.people import ChoosingForm

_NAME = _("Name")
_KIND = _("What kind of part is it?")
_KIND_HINT = _("For example: Directorate, Division, Service.")


class OptionalHeir(ChoosingForm):
    """A form whose field ``heir`` may stay empty: nobody takes over."""

    nobody: ClassVar[Any] = ""

    def __init__(self, *given: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        field = self.fields["heir"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - each such form has one
        offered: Any = field.choices
        field.choices = [("", str(self.nobody)), *list(offered)[1:]]


class CloseForm(Form):
    """Whether somebody has left the body, besides losing their account."""

    left = forms.BooleanField(
        label=_("They have left the council"),
        help_text=_("Today is then their last day in every post that they hold."),
        required=False,
    )


class AgainForm(Form):
    """Nothing but the version: the deed needs no answer."""


class _Named(ChoosingForm):
    """A form with the name of a part of the council, and with what kind of part it is."""

    @property
    def sent(self) -> dict[str, Any]:
        """The answers, as a change calls them."""
        answers = super().sent
        return answers | {"kind": answers.pop("sort")}


class UnitForm(_Named):
    """A new part of the council."""

    name = forms.CharField(label=_NAME, required=False, max_length=160)
    sort = forms.CharField(label=_KIND, help_text=_KIND_HINT, required=False, max_length=60)
    parent = forms.ChoiceField(label=_("Which part does it belong to?"))
    begins = DayField(label=_("From which day?"))


class UnitsFileForm(Form):
    """A file of parts: which headings hold them, and from which day what is new begins."""

    file = forms.FileField(label=_("The file"), required=False)
    directorate = forms.CharField(required=False, max_length=120)
    division = forms.CharField(required=False, max_length=120)
    service = forms.CharField(required=False, max_length=120)
    begins = DayField(
        label=_("From which day does what is new begin?"),
        help_text=_("For every part without a first day of its own in the file."),
    )


class RenameForm(_Named):
    """Another name for the same part of the council."""

    name = forms.CharField(label=_NAME, required=False, max_length=160)
    sort = forms.CharField(label=_KIND, help_text=_KIND_HINT, required=False, max_length=60)


class MoveUnitForm(ChoosingForm):
    """Where a part of the council goes, and from when."""

    parent = forms.ChoiceField(label=_("Which part does it belong to from then on?"))
    on = DayField(label=_("From which day?"))


class EndUnitForm(OptionalHeir):
    """The last day of a part of the council, and which other takes over."""

    nobody = _("No part takes over")
    called: ClassVar = {"after": "heir", "on": "until"}
    until = DayField(label=_("What is its last day?"))
    heir = forms.ChoiceField(label=_("Which part of the council takes over?"), required=False)


class PostChangeForm(ChoosingForm):
    """Another title or unit for a post, and whether its holder is named in public."""

    title = forms.CharField(label=_("Title of the post"), required=False, max_length=160)
    unit = forms.ChoiceField(label=_("In which part of the council?"))
    name_public = forms.BooleanField(
        label=_("Show the holder’s name on public pages"),
        help_text=_("Only for posts whose holder the council names in public anyway."),
        required=False,
    )


class EndPostForm(OptionalHeir):
    """The last day of a post, and which other answers for its actions."""

    nobody = _("It answers for nothing that is open")
    until = DayField(label=_("What is its last day?"))
    heir = forms.ChoiceField(
        label=_("Which post answers for its actions from then on?"), required=False
    )
