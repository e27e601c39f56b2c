"""The forms of people, roles and posts."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from goldenthread.web.forms.form import DayField, Form
from goldenthread.web.permissions import ROLES


class ChoosingForm(Form):
    """A form whose lists are given when it is made: ``choices`` by the field's name."""

    def __init__(
        self,
        *given: Any,  # noqa: ANN401
        choices: dict[str, list[tuple[str, str]]] | None = None,
        **more: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*given, **more)
        for name, offered in (choices or {}).items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - the caller names its own
            field.choices = [("", now_("Choose one")), *offered]


class PersonForm(Form):
    """Somebody new: an account without a password and without a role."""

    name = forms.CharField(label=_("Full name"), required=False, max_length=120)
    email = forms.CharField(
        label=_("Work email address"),
        help_text=_("They sign in with it."),
        required=False,
        max_length=254,
    )


class RoleForm(ChoosingForm):
    """A role within a unit from a day."""

    kinds: ClassVar = {"role": "radios"}
    person = forms.ChoiceField(label=_("Who?"))
    role = forms.ChoiceField(
        label=_("Which role?"), choices=[(role.name, role.title) for role in ROLES.values()]
    )
    unit = forms.ChoiceField(
        label=_("In which part of the council?"),
        help_text=_("The role reaches this part and everything below it."),
    )
    since = DayField(label=_("From which day?"))

    @property
    def hints(self) -> dict[str, dict[str, str]]:
        """What each role is for, beside its name."""
        return {"role": {role.name: role.description for role in ROLES.values()}}


class EndForm(Form):
    """The last day of something."""

    until = DayField(label=_("What is its last day?"))


class PostForm(ChoosingForm):
    """A new post in a unit."""

    title = forms.CharField(label=_("Title of the post"), required=False, max_length=160)
    unit = forms.ChoiceField(label=_("In which part of the council?"))
    begins = DayField(label=_("From which day?"))
    name_public = forms.BooleanField(
        label=_("Show the holder’s name on public pages"),
        help_text=_("Only for posts whose holder the council names in public anyway."),
        required=False,
    )


class HolderForm(ChoosingForm):
    """Who holds a post from a day; nobody where it falls vacant."""

    person = forms.ChoiceField(label=_("Who holds it?"), required=False)
    since = DayField(label=_("From which day?"))

    def __init__(self, *given: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        offered: Any = field.choices
        field.choices = [("", now_("Nobody: the post is vacant")), *list(offered)[1:]]
