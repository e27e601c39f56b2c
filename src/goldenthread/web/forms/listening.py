"""The forms of listening: a session, the one-to-ones, and a theme that was heard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.plan.heard import doubts
from goldenthread.web.changes.listening import (
    MOST_CAME,
    MOST_ONE_TO_ONES,
    NAME,
    NOTE,
    PLACE,
    Heard,
    Held,
)
from goldenthread.web.changes.words import LINE
from goldenthread.web.forms.form import DayField, Form
from goldenthread.web.forms.people import ChoosingForm

SESSION_WORDS: Mapping[str, Any] = {
    "focus_group": _("Focus group"),
    "listening_session": _("Listening session"),
    "other": _("Another kind of session"),
}
WEIGHT_WORDS: Mapping[str, Any] = {
    "many": _("Raised by many"),
    "some": _("Raised by some"),
    "few": _("Raised by few"),
}


class SessionForm(Form):
    """One session: what it was, when and where, who ran it, who could come and how many came."""

    kinds: ClassVar = {"kind_of_session": "radios"}
    called: ClassVar = {"kind": "kind_of_session"}
    kind_of_session = forms.ChoiceField(
        label=_("What was it?"), required=False, choices=list(SESSION_WORDS.items())
    )
    on = DayField(label=_("On which day?"), required=False)
    place = forms.CharField(
        label=_("Where?"),
        help_text=_("For example: Forward Drive depot, canteen."),
        required=False,
        max_length=PLACE,
    )
    off_site = forms.BooleanField(
        label=_("The place is no office"),
        help_text=_("A depot, a care home, a park: where staff who have no desk work."),
        required=False,
    )
    open_to = forms.CharField(
        label=_("Which staff could come?"),
        help_text=_("For example: everybody in Waste Services, on paid time."),
        required=False,
        max_length=LINE,
    )
    came = forms.IntegerField(
        label=_("How many came?"),
        help_text=_(
            "Only how many. Who came is not kept. One person alone is a one-to-one: count it with "
            "those."
        ),
        required=False,
        min_value=0,
        max_value=MOST_CAME,
    )
    facilitator = forms.CharField(
        label=_("Who ran it?"),
        help_text=_("A post or an organisation, and no name."),
        required=False,
        max_length=PLACE,
    )
    cancelled_because = forms.CharField(
        label=_("If it was cancelled: why?"),
        help_text=_("Leave this blank for a session that was held."),
        required=False,
        max_length=LINE,
    )
    reason = forms.CharField(
        label=_("Why do you correct it?"),
        help_text=_("What stood before is kept beside it."),
        required=False,
        max_length=LINE,
    )

    def __init__(self, *given: Any, new: bool = False, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        if new:
            del self.fields["reason"]

    @property
    def sent(self) -> dict[str, Any]:
        """What is said of the session, with the key, the version and the reason apart."""
        answers = super().sent
        kept = {name: answers.pop(name) for name in ("key", "version", "reason") if name in answers}
        return kept | {"held": Held(kind=answers.pop("kind_of_session"), **answers)}


class OneToOnesForm(ChoosingForm):
    """How many one-to-ones there were in all, up to the end of a quarter that is over."""

    counted_to = forms.ChoiceField(
        label=_("Up to the end of which quarter?"),
        help_text=_("Only quarters that are over, so that no count tells the day of a single one."),
    )
    total = forms.IntegerField(
        label=_("How many in all?"),
        help_text=_("All since this planning began, not those of the quarter alone."),
        min_value=0,
        max_value=MOST_ONE_TO_ONES,
    )
    reason = forms.CharField(
        label=_("If the count before was wrong: why?"), required=False, max_length=LINE
    )

    @property
    def sent(self) -> dict[str, Any]:
        """The count with the last day of its quarter."""
        answers = super().sent
        return answers | {"counted_to": date.fromisoformat(answers["counted_to"])}


class ThemeForm(Form):
    """What was heard: a name, a weight in words, a note, and from which sessions it is drawn."""

    kinds: ClassVar = {"note": "text", "weight": "radios", "sessions": "ticks"}
    name = forms.CharField(
        label=_("What was heard?"),
        help_text=_("In a few words, such as: Promotion is not open to everybody."),
        required=False,
        max_length=NAME,
    )
    weight = forms.ChoiceField(
        label=_("How many raised it?"), required=False, choices=list(WEIGHT_WORDS.items())
    )
    note = forms.CharField(
        label=_("What was said about it? (optional)"),
        help_text=_(
            "In your own words, so that nobody can be known by it: no name, no day, no place, no "
            "number of people, no words that only one person would use."
        ),
        required=False,
        max_length=NOTE,
    )
    sessions = forms.MultipleChoiceField(label=_("In which sessions was it heard?"), required=False)
    one_to_ones = forms.BooleanField(label=_("One-to-ones spoke of it too"), required=False)
    reason = forms.CharField(
        label=_("Why does it change?"),
        help_text=_("What stood before is kept beside it."),
        required=False,
        max_length=LINE,
    )

    def __init__(
        self,
        *given: Any,  # noqa: ANN401
        offered: list[tuple[str, str]],
        wrong: Callable[[list[tuple[str, str]]], Mapping[str, str]],
        new: bool = False,
        **more: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*given, **more)
        self._wrong = wrong
        field = self.fields["sessions"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = offered
        if not offered:
            del self.fields["sessions"]
        if new:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """The answers; words that name somebody or tell of a session are refused here already."""
        found = super().clean() or self.cleaned_data
        said = [(name, str(found.get(name) or "")) for name in ("name", "note")]
        for name, sentence in self._wrong(said).items():
            self.add_error(name, sentence)
        return found

    @property
    def sent(self) -> dict[str, Any]:
        """What is said of the theme; its sessions by their identifiers; key and version apart."""
        answers = super().sent
        kept = {name: answers.pop(name) for name in ("key", "version", "reason") if name in answers}
        sessions = answers.pop("sessions", [])
        return kept | {"heard": Heard(**answers), "sessions": sessions}

    @property
    def doubts(self) -> tuple[str, ...]:
        """What somebody should look at again before they keep the words."""
        said = (str(self.cleaned_data.get(name) or "") for name in ("name", "note"))
        return tuple(dict.fromkeys(one for text in said if text for one in doubts(text)))


class MergeForm(ChoosingForm):
    """The theme that takes another up, and why they are one."""

    kinds: ClassVar = {"into": "radios"}
    into = forms.ChoiceField(label=_("Which theme takes it up?"))
    reason = forms.CharField(
        label=_("Why are they one theme?"),
        help_text=_("Both keep their history, and this stands in it."),
        required=False,
        max_length=LINE,
    )


class LeadsToForm(ChoosingForm):
    """An action that comes from a theme."""

    action = forms.ChoiceField(
        label=_("Which action comes from it?"),
        help_text=_("Actions of the plans of this directorate."),
    )
    since = DayField(label=_("From which day?"))

    @property
    def sent(self) -> dict[str, Any]:
        """The answers; a link has no version."""
        answers = super().sent
        answers.pop("version")
        return answers


class ReasonForm(Form):
    """Why something no longer holds."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("It stays on record, and this stands beside it."),
        required=False,
        max_length=LINE,
    )
