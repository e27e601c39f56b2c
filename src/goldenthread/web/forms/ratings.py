"""The form of the body's own ratings: a word and a rule for each colour that is used."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.web.bridge import Rating
from goldenthread.web.changes.ratings import RULE, WORD
from goldenthread.web.changes.words import LINE
from goldenthread.web.forms.form import Form
from goldenthread.web.queries.ratings import COLOURS

COLOUR_WORDS = {
    "blue": _("Blue"),
    "green": _("Green"),
    "amber": _("Amber"),
    "red": _("Red"),
    "purple": _("Purple"),
    "grey": _("Grey"),
}


class RatingsForm(Form):
    """A word and a rule for each colour; a colour without either is not used."""

    kinds: ClassVar = {"reason": "text"}
    reason = forms.CharField(
        label=_("Why do they change?"),
        help_text=_("For example: Cabinet asked for the scale that its performance report uses."),
        required=False,
        max_length=LINE,
    )

    def __init__(self, *given: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        for colour in COLOURS:
            self.fields[f"word_{colour}"] = forms.CharField(
                label=_("Word"), required=False, max_length=WORD
            )
            self.fields[f"rule_{colour}"] = forms.CharField(
                label=_("Rule"), required=False, max_length=RULE
            )
            if colour != "red":
                self.fields[f"recovery_{colour}"] = forms.BooleanField(
                    label=_("Needs a cause, a recovery step and a date"), required=False
                )

    @property
    def sent(self) -> dict[str, Any]:
        """The ratings that are used, with the reason and the number of the scale before."""
        answers = super().sent
        given = {
            colour: (answers.pop(f"word_{colour}"), answers.pop(f"rule_{colour}"))
            for colour in COLOURS
        }
        # Red always needs one, so nobody is asked.
        needs = {colour: answers.pop(f"recovery_{colour}", True) for colour in COLOURS}
        ratings = [
            Rating(colour, *said, recovery=needs[colour])
            for colour, said in given.items()
            if any(said)
        ]
        return answers | {"ratings": ratings}
