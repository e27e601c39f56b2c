"""The form of what the public pages say beside the plan."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from goldenthread.timescale import read
from goldenthread.web.forms.form import DayField, Form


class UnitWordsForm(Form):
    """What every plan in a unit says, unless it says something else itself."""

    programme = forms.CharField(
        label=_("What is the programme called?"),
        help_text=_(
            "It stands at the head of every page, beside the name of the council. Left blank, the "
            "name of the plan’s strand stands there."
        ),
        required=False,
        max_length=1_000,
    )
    contact = forms.CharField(
        label=_("How can the public reach you about the plan?"),
        help_text=_("A team, a telephone number or a page. Not the name of a person."),
        required=False,
        max_length=1_000,
    )
    licence = forms.CharField(
        label=_("On what terms may others use it?"),
        help_text=_(
            "For example: Free to reuse under the Open Government Licence v3.0, "
            "except where we say so."
        ),
        required=False,
        max_length=1_000,
    )


class PlanWordsForm(UnitWordsForm):
    """What the public pages of one plan say: headline, summary, decision, and what comes.

    ``coming`` gives pairs.
    """

    kinds: ClassVar = {"summary": "text", "coming": "text"}

    about = forms.CharField(
        label=_("What are the promises on?"),
        help_text=_(
            "It completes the headline: “We have kept 9 of our 31 promises on …”. "
            "For example: race equality"
        ),
        required=False,
        max_length=1_000,
    )
    summary = forms.CharField(
        label=_("What should a reader know first?"),
        help_text=_("One short paragraph under the headline. How it goes is counted, not written."),
        required=False,
    )
    decided_by = forms.CharField(
        label=_("Who adopted the plan?"),
        help_text=_("For example: Cabinet"),
        required=False,
        max_length=1_000,
    )
    decided_on = DayField(label=_("On which day?"), required=False)
    coming = forms.CharField(
        label=_("What comes next, besides the actions?"),
        help_text=_(
            "A line for each day, such as a meeting: 21 October 2026: Overview and Scrutiny "
            "Committee looks at the plan"
        ),
        required=False,
    )

    def __init__(self, *given: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        self.order_fields(
            [
                *("about", "summary", "decided_by", "decided_on"),
                *("coming", "programme", "contact", "licence"),
            ]
        )

    def clean_coming(self) -> list[tuple[date, str]]:
        """The days with what happens on each, in order."""
        found = []
        for number, (when, what) in self._lines("coming"):
            claims = read(when)
            day = claims[0].end if len(claims) == 1 and claims[0].precision == "day" else None
            if day is None:
                raise forms.ValidationError(
                    now_("Line %(number)s does not begin with a day, such as 21 October 2026.")
                    % {"number": number}
                )
            found.append((day, what))
        return sorted(found)

    def _lines(self, name: str) -> list[tuple[int, tuple[str, str]]]:
        """The lines of a field, each as what stands before its colon and after it."""
        found = []
        for number, line in enumerate(self.cleaned_data[name].splitlines(), 1):
            head, colon, rest = line.partition(":")
            if not line.strip():
                continue
            if not colon or not head.strip() or not rest.strip():
                raise forms.ValidationError(
                    now_("Line %(number)s needs a colon, with words before it and after it.")
                    % {"number": number}
                )
            found.append((number, (head.strip(), rest.strip().rstrip("."))))
        return found
