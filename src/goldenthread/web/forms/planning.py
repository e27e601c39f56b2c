"""The forms of a directorate's planning, and of the steps that the council has it take."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.errors import Missing, Refusal
from goldenthread.plan.steps import FACTS, MOST_GATES, NAME, SENTENCE, Gate, Scheme, Step
from goldenthread.web.changes.words import LINE
from goldenthread.web.forms.form import DayField, Form
from goldenthread.web.forms.people import ChoosingForm


class BeginForm(ChoosingForm):
    """In which directorate and strand a planning begins, and on which day."""

    unit = forms.ChoiceField(label=_("Which directorate plans?"))
    strand = forms.ChoiceField(label=_("In which strand of the programme?"))
    begins = DayField(label=_("From which day?"), required=True)


class NamePlanForm(ChoosingForm):
    """Which plan came of a planning."""

    plan = forms.ChoiceField(label=_("Which plan is it?"))


class DayForm(Form):
    """The day by which a step is planned to be done."""

    kinds: ClassVar = {"reason": "text"}
    due = DayField(label=_("By which day will it be done?"), required=True)
    reason = forms.CharField(
        label=_("Why does the day move?"),
        help_text=_("The first day stays on record, with every later one and its reason."),
        required=False,
        max_length=LINE,
    )

    def __init__(self, *given: Any, first: bool = False, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        if first:
            del self.fields["reason"]


class SignForm(ChoosingForm):
    """Who signs a step off, when, and what came of it."""

    kinds: ClassVar = {"came": "text"}
    post = forms.ChoiceField(label=_("By which of your posts do you sign?"))
    on = DayField(label=_("On which day was it done?"), required=True)
    came = forms.CharField(
        label=_("What came of it?"),
        help_text=_("One sentence that stands on the board. For example: 4 areas chosen of 11."),
        required=False,
        max_length=LINE,
    )


class ReasonForm(Form):
    """Why a step is opened again."""

    kinds: ClassVar = {"reason": "text"}
    reason = forms.CharField(
        label=_("Why is it opened again?"),
        help_text=_("Who signed it and what came of it stays on record."),
        required=False,
        max_length=LINE,
    )


def _why() -> forms.CharField:
    return forms.CharField(
        label=_("Why do the steps change?"),
        help_text=_("For example: the management team wants the vision before its priorities."),
        required=False,
        max_length=LINE,
    )


class StepForm(Form):
    """One step: what it is called, what it asks for, and the gates that it has."""

    kinds: ClassVar = {"asks": "text", "reason": "text"}
    name = forms.CharField(label=_("What is the step called?"), required=False, max_length=NAME)
    asks = forms.CharField(
        label=_("What does it ask a directorate to do?"), required=False, max_length=SENTENCE
    )

    def __init__(self, *given: Any, gates: int = 0, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        self.rows = range(1, min(gates + 2, MOST_GATES) + 1)
        counted = [("", _("Nothing"))] + [(word, words) for word, words in FACTS.items()]
        for n in self.rows:
            self.fields[f"fact_{n}"] = forms.ChoiceField(
                label=_("What must be there"), choices=counted, required=False
            )
            self.fields[f"least_{n}"] = forms.IntegerField(
                label=_("At least how many"), required=False, min_value=0, max_value=999
            )
            self.fields[f"every_{n}"] = forms.ChoiceField(
                label=_("Or as many as there are of"), choices=counted, required=False
            )
            self.fields[f"lacks_{n}"] = forms.CharField(
                label=_("What is said while it is missing"), required=False, max_length=SENTENCE
            )
        self.fields["reason"] = _why()

    @staticmethod
    def of(step: Step) -> dict[str, Any]:
        """What a step says now, by the fields of the form."""
        said: dict[str, Any] = {"name": step.name, "asks": step.asks}
        for n, gate in enumerate(step.gates, 1):
            said |= {f"fact_{n}": gate.fact, f"least_{n}": gate.least}
            said |= {f"every_{n}": gate.every, f"lacks_{n}": gate.lacks}
        return said

    def step(self, word: str) -> Step:
        """The step that the answers make; a gate that counts nothing is none."""
        said = self.cleaned_data
        gates = tuple(
            Gate(
                said[f"fact_{n}"],
                said[f"lacks_{n}"],
                (0 if said[f"every_{n}"] else 1)
                if said[f"least_{n}"] is None
                else said[f"least_{n}"],
                said[f"every_{n}"],
            )
            for n in self.rows
            if said[f"fact_{n}"]
        )
        return Step(word, said["name"], said["asks"], gates)

    def refuse(self, refusal: Refusal) -> None:
        """Say each fault of the step beside the field that it is about."""
        if isinstance(refusal, Missing):
            used = [n for n in self.rows if self.cleaned_data.get(f"fact_{n}")]
            places = {f"gate_{at}": f"lacks_{n}" for at, n in enumerate(used, 1)}
            places["gates"] = "fact_1"
            said = {name.rpartition(".")[2]: words for name, words in refusal.needs.items()}
            needs = {places.get(name, name): words for name, words in said.items()}
            refusal = Missing(refusal.what, do=refusal.do, needs=needs)
        super().refuse(refusal)


class OrderForm(Form):
    """In which order the steps are taken, which are dropped, and whether the order binds."""

    kinds: ClassVar = {"reason": "text"}

    def __init__(self, *given: Any, scheme: Scheme, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **more)
        self.scheme = scheme
        for place, step in enumerate(scheme.steps, 1):
            self.fields[f"place_{step.word}"] = forms.IntegerField(
                label=_("Place"), initial=place, min_value=1, max_value=99
            )
            self.fields[f"drop_{step.word}"] = forms.BooleanField(
                label=_("Drop it"), required=False
            )
        self.fields["in_order"] = forms.BooleanField(
            label=_("A step can be signed off only when every step before it is"),
            initial=scheme.in_order,
            required=False,
        )
        self.fields["reason"] = _why()

    @property
    def steps(self) -> list[Step]:
        """The steps that stay, in the order that was sent; those of one place stay as they were."""
        said = self.cleaned_data
        stay = [step for step in self.scheme.steps if not said[f"drop_{step.word}"]]
        return sorted(stay, key=lambda step: said[f"place_{step.word}"])
