"""The forms of an update link: short, filled in from last time, and asking only what is wanted."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from goldenthread.web.bridge import Rating
from goldenthread.web.changes.evidence import KINDS_IN_WORDS, kind_of_file
from goldenthread.web.changes.review import Shown
from goldenthread.web.changes.uploads import Waiting
from goldenthread.web.changes.words import LINE, PARAGRAPH
from goldenthread.web.forms.form import DayField, Form
from goldenthread.web.forms.labels import STATUS_WORDS

# How long the name is under which the file of a form waits.
_PAPERS = 32

MORE: Mapping[str, tuple[str, ...]] = {
    "trouble": ("cause", "step", "due"),
    "completed": ("completed_on",),
    "goes_on": ("next_review",),
}
"""What some answers ask beside the three questions: the fields of each, by why they are asked."""


class AnswerForm(Form):
    """Three questions and what shows it; what an answer makes needful is asked after it.

    ``needing`` are the colours that ask for a cause, a step and a day; ``recurs`` is whether the
    action goes on until somebody stops it. The page shows the groups of ``asks``; where an answer
    calls for one that the page did not show, ``another`` is true, and the page comes back with
    those fields alone, the earlier answers carried with it.
    """

    kinds: ClassVar = {
        "done": "text",
        "changed": "text",
        "status": "radios",
        "rag": "radios",
        "cause": "text",
        "step": "text",
    }
    done = forms.CharField(
        help_text=_("One or two plain sentences. If nothing was done, say so and why."),
        required=False,
        max_length=PARAGRAPH,
    )
    status = forms.ChoiceField(label=_("Where does it stand?"), required=False)
    rag = forms.ChoiceField(label=_("How do you rate it?"), required=False)
    changed = forms.CharField(
        label=_("What changed, and for whom?"),
        help_text=_("What is different now for staff or residents. Leave out names of staff."),
        required=False,
        max_length=PARAGRAPH,
    )
    cause = forms.CharField(
        label=_("What stands in the way?"), required=False, max_length=PARAGRAPH
    )
    step = forms.CharField(
        label=_("What will put it right?"),
        help_text=_("The next step, and who takes it: a post, not a name."),
        required=False,
        max_length=PARAGRAPH,
    )
    due = DayField(label=_("By when?"), required=False)
    completed_on = DayField(label=_("On which day was it done?"), required=False)
    next_review = DayField(
        label=_("When will it be looked at again?"),
        help_text=_("It goes on, so it needs a day to come back to."),
        required=False,
    )
    link = forms.CharField(
        label=_("Something that shows it (optional)"),
        help_text=_("A link that begins with https://, or a file below. Leave out names of staff."),
        required=False,
        max_length=1000,
    )
    file = forms.FileField(
        label=_("Or choose a file or a photo"),
        help_text=_("Up to 25 megabytes."),
        required=False,
        max_length=200,
        allow_empty_file=True,
    )

    def __init__(
        self,
        *given: Any,  # noqa: ANN401
        span: str,
        ratings: Sequence[Rating],
        needing: Collection[str],
        recurs: bool,
        waiting: Waiting | None = None,
        **more: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*given, **more)
        self.needing, self.recurs, self.waiting = needing, recurs, waiting
        self.fields["done"].label = now_("What was done from %(span)s?") % {"span": span}
        # A plan withdraws an action; its lead does not.
        self._choose("status", [pair for pair in STATUS_WORDS.items() if pair[0] != "withdrawn"])
        self._choose("rag", [("", now_("No rating")), *((one.colour, one.word) for one in ratings)])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices

    def _is(self, name: str) -> str:
        """What a field holds now: what was sent, else what it was filled in with."""
        value = self.data.get(name, "") if self.is_bound else self.initial.get(name, "")
        return str(value or "")

    @property
    def needed(self) -> tuple[str, ...]:
        """The groups that the answers call for, as they stand."""
        status = self._is("status")
        found = {
            "trouble": self._is("rag") in self.needing and status != "completed",
            "completed": status == "completed",
            "goes_on": self.recurs and status != "completed",
        }
        return tuple(name for name, wanted in found.items() if wanted)

    @property
    def was_asked(self) -> tuple[str, ...]:
        """The groups that the page showed from which the answers come."""
        shown = str(self.data.get("asks", "")).split(",") if self.is_bound else []
        return tuple(name for name in MORE if name in shown)

    @property
    def lacks(self) -> tuple[str, ...]:
        """The groups that are called for and that the page did not show."""
        return tuple(name for name in self.needed if name not in self.was_asked)

    @property
    def another(self) -> bool:
        """Whether the answers call for more before they can be judged."""
        return self.is_bound and bool(self.lacks) and "same" not in self.data

    @property
    def asks(self) -> str:
        """The groups that the page shows now, for the page to carry."""
        return ",".join(dict.fromkeys((*self.was_asked, *self.needed)))

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups to draw on a whole page."""
        return tuple(name for name in MORE if name in self.asks.split(","))

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The answers that a page of further questions carries along: all that it does not ask."""
        asked = {name for group in self.lacks for name in MORE[group]}
        return [
            (box, value)
            for box, value in self.sending_answers
            if box.rpartition("-")[0] not in asked and box not in asked
        ]

    @property
    def papers(self) -> str:
        """The name under which the file of this form waits: the same however often it is sent."""
        typed = str(self.data.get("papers", "")) if self.is_bound else ""
        if not hasattr(self, "_papers"):
            good = len(typed) == _PAPERS and typed.isascii() and typed.isalnum()
            self._papers = typed if good else secrets.token_hex(_PAPERS // 2)
        return self._papers

    def clean(self) -> dict[str, Any]:
        """Only the groups that are called for count; a file is one of those that are kept."""
        found = super().clean() or self.cleaned_data
        for group, names in MORE.items():
            if group not in self.needed:
                found |= {name: "" if name in ("cause", "step") else None for name in names}
        file = found.get("file")
        if file is not None and not file.size:
            self.add_error("file", now_("The file is empty. Choose it again."))
        elif file is not None and kind_of_file(file) is None:
            sentence = now_("This kind of file is not kept. Give %(kinds)s.")
            self.add_error("file", sentence % {"kinds": KINDS_IN_WORDS})
        return found

    @property
    def sent(self) -> dict[str, Any]:
        """The answers, with the evidence as the change takes it."""
        answers = super().sent
        link, file = answers.pop("link", ""), answers.pop("file", None)
        shown: list[Shown] = []
        places = {"evidence": "link", "limit": "file", "the evidence's title": "link"}
        if link:
            places["link-0"] = "link"
            shown.append(Shown(link.partition("://")[2][:LINE] or link[:LINE], url=link))
        places[f"file-{len(shown)}"] = "file"
        if file is not None:
            called = file.name or "file"
            shown.append(Shown(called, file=file.file, name=called))
        elif self.waiting is not None:
            kept = self.waiting.path.open("rb")
            shown.append(Shown(self.waiting.name, file=kept, name=self.waiting.name))
        self.called = places  # type: ignore[misc]  # of this sending alone
        return answers | {"evidence": shown}


class AskDateForm(Form):
    """Another date, and why."""

    kinds: ClassVar = {"reason": "text"}
    new = forms.CharField(
        label=_("Which date do you ask for?"),
        help_text=_("For example 31 March 2027, or Quarter 4, 2026/27."),
        required=False,
        max_length=LINE,
    )
    reason = forms.CharField(
        label=_("Why is it needed?"),
        help_text=_("The public reads this once the date has moved. Use plain words."),
        required=False,
        max_length=PARAGRAPH,
    )
    called: ClassVar = {"the new date": "new", "the reason": "reason"}


class NotMineForm(Form):
    """Who should have it."""

    whose = forms.CharField(
        label=_("Whose is it now?"),
        help_text=_("A post, if you know it. If you do not know, say so."),
        required=False,
        max_length=LINE,
    )
    called: ClassVar = {"who should have it": "whose"}
