"""The forms of one action: an update, a moved date, a new wording, a new lead."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from goldenthread.errors import Refusal
from goldenthread.web.bridge import Rating
from goldenthread.web.changes.evidence import KINDS_IN_WORDS, kind_of_file
from goldenthread.web.changes.review import Shown
from goldenthread.web.changes.uploads import Waiting
from goldenthread.web.changes.words import LINE, PARAGRAPH
from goldenthread.web.forms.form import DayField, Form
from goldenthread.web.forms.labels import STATUS_WORDS
from goldenthread.web.forms.people import ChoosingForm

# As many places for evidence as one form can be given.
MOST_PIECES = 10
# How long the name is under which files of a form wait.
_PAPERS = 32


class UpdateForm(Form):
    """What was done, what changed and for whom, where it stands, and what shows it."""

    kinds: ClassVar = {
        "done": "text",
        "changed": "text",
        "status": "radios",
        "rag": "radios",
        "cause": "text",
        "step": "text",
    }
    done = forms.CharField(
        label=_("What was done?"),
        help_text=_("One or two plain sentences. If nothing was done, say so and why."),
        required=False,
        max_length=PARAGRAPH,
    )
    changed = forms.CharField(
        label=_("What changed, and for whom?"),
        help_text=_("What is different now for staff or residents. Leave out names of staff."),
        required=False,
        max_length=PARAGRAPH,
    )
    status = forms.ChoiceField(label=_("Where does it stand?"), required=False)
    rag = forms.ChoiceField(label=_("How do you rate it?"), required=False)
    cause = forms.CharField(
        label=_("Why is it in trouble?"),
        help_text=_("The public reads this. Leave out names of staff."),
        required=False,
        max_length=PARAGRAPH,
    )
    step = forms.CharField(
        label=_("What is being done to put it right?"),
        help_text=_("One step that somebody can see has been taken."),
        required=False,
        max_length=PARAGRAPH,
    )
    due = DayField(
        label=_("By when?"),
        help_text=_("A day after today. It does not move the date that was promised."),
        required=False,
    )
    forecast = DayField(
        label=_("When do you expect to finish?"),
        help_text=_(
            "Your forecast. It does not move the date that was promised: ask for that apart."
        ),
        required=False,
    )
    completed_on = DayField(
        label=_("On which day was it done?"),
        help_text=_("Done needs its day, and something that shows it."),
        required=False,
    )
    next_review = DayField(
        label=_("When will it be looked at again?"),
        help_text=_("“Ongoing” needs a day to come back to."),
        required=False,
    )
    stops_when = forms.CharField(
        label=_("When does it stop?"),
        help_text=_("For example: when two surveys in a row show that 80% feel heard."),
        required=False,
        max_length=LINE,
    )

    def __init__(
        self,
        *given: Any,  # noqa: ANN401
        ratings: Sequence[Rating],
        waiting: Mapping[int, Waiting] | None = None,
        **more: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*given, **more)
        self.waiting = waiting or {}
        self._needing = [one.word for one in ratings if one.recovery or one.colour == "red"]
        self.hints = {"rag": {one.colour: one.rule for one in ratings}}
        self._choose("status", [(code, words) for code, words in STATUS_WORDS.items()])
        self._choose("rag", [("", now_("No rating")), *((one.colour, one.word) for one in ratings)])
        for slot in self.slots:
            self.fields |= _piece(slot, slot in self.waiting)

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices

    @property
    def needing(self) -> str:
        """When the cause, the step and their day are needed: the words of the ratings."""
        if not self._needing:
            return now_("Only where something is in trouble.")
        rated = now_(" or ").join(self._needing)
        return now_("A rating of %(rated)s needs all three.") % {"rated": rated}

    @property
    def slots(self) -> range:
        """The places for evidence, from 1: one, and one more each time that it was asked for."""
        asked = str(self.data.get("pieces", "")) if self.is_bound else ""
        count = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else 1
        return range(1, min(max(count + self.another, 1), MOST_PIECES) + 1)

    @property
    def another(self) -> bool:
        """Whether the form was sent to be given one place more."""
        return self.is_bound and "another" in self.data

    @property
    def papers(self) -> str:
        """The name under which files of this form wait: the same however often it is sent."""
        typed = str(self.data.get("papers", "")) if self.is_bound else ""
        if not hasattr(self, "_papers"):
            good = len(typed) == _PAPERS and typed.isascii() and typed.isalnum()
            self._papers = typed if good else secrets.token_hex(_PAPERS // 2)
        return self._papers

    def clean(self) -> dict[str, Any]:
        """Each piece of evidence needs words that say what it is; a file's own name will do."""
        found = super().clean() or self.cleaned_data
        for slot in self.slots:
            file = found.get(f"file_{slot}")
            if file is not None and not file.size:
                self.add_error(f"file_{slot}", now_("The file is empty. Choose it again."))
            elif file is not None and kind_of_file(file) is None:
                sentence = now_("This kind of file is not kept. Give %(kinds)s.")
                self.add_error(f"file_{slot}", sentence % {"kinds": KINDS_IN_WORDS})
            if found.get(f"link_{slot}") and not found.get(f"title_{slot}"):
                self.add_error(f"title_{slot}", now_("Say what the link shows."))
            given = found.get(f"link_{slot}") or self.files.get(f"file_{slot}")
            if found.get(f"title_{slot}") and not given and not self._waits(slot):
                self.add_error(f"link_{slot}", now_("Give a link or a file that shows it."))
        return found

    def _waits(self, slot: int) -> Waiting | None:
        """The file that waits in a place and is not left out."""
        return None if self.data.get(f"drop_{slot}") == "on" else self.waiting.get(slot)

    @property
    def sent(self) -> dict[str, Any]:
        """The answers, with the evidence as the change takes it."""
        answers = super().sent
        shown: list[Shown] = []
        self._places: list[int] = []
        for slot in self.slots:
            title, link, file, _drop = (
                answers.pop(f"{part}_{slot}", None) for part in ("title", "link", "file", "drop")
            )
            waits = self._waits(slot)
            if link:
                shown.append(Shown(title, url=link))
            if file is not None:
                called = file.name or "file"
                shown.append(Shown(title or called, file=file.file, name=called))
            elif waits is not None:
                kept = waits.path.open("rb")
                shown.append(Shown(title or waits.name, file=kept, name=waits.name))
            self._places += [slot] * (len(shown) - len(self._places))
        return answers | {"evidence": shown}

    def refuse(self, refusal: Refusal) -> None:
        """Say a refusal beside the piece of evidence that it is about, where it is about one."""
        places = dict(enumerate(getattr(self, "_places", ())))
        called = {
            f"{part}-{place}": f"{part}_{slot}"
            for place, slot in places.items()
            for part in ("file", "link")
        }
        first = self.slots[0]
        self.called = called | {  # type: ignore[misc]  # of this form alone
            "the evidence's title": f"title_{first}",
            "limit": f"file_{places.get(0, first)}",
            "evidence": f"link_{first}",
            "the cause": "cause",
            "the recovery step": "step",
        }
        super().refuse(refusal)


def _piece(slot: int, waits: bool) -> dict[str, forms.Field]:
    """The fields of one piece of evidence; one that has a file waiting can leave it out."""
    fields: dict[str, forms.Field] = {
        f"title_{slot}": forms.CharField(
            label=_("What is it?"),
            help_text=_("For example: training register, summary. Leave out names of staff."),
            required=False,
            max_length=LINE,
        ),
        f"link_{slot}": forms.CharField(
            label=_("A link to it"),
            help_text=_("An address that begins with https://"),
            required=False,
            max_length=1000,
        ),
        f"file_{slot}": forms.FileField(
            label=_("Another file in its place") if waits else _("Or a file"),
            help_text=_("Up to 25 megabytes: %(kinds)s.") % {"kinds": KINDS_IN_WORDS},
            required=False,
            max_length=200,
            allow_empty_file=True,
        ),
    }
    if waits:
        fields[f"drop_{slot}"] = forms.BooleanField(label=_("Leave this file out"), required=False)
    return fields


class MoveForm(Form):
    """Another date in place of one that was promised, and why."""

    kinds: ClassVar = {"reason": "text", "promise": "radios"}
    called: ClassVar = {"the new date": "new", "the reason": "reason"}
    promise = forms.ChoiceField(label=_("Which date moves?"), required=False)
    new = forms.CharField(
        label=_("What is the new date?"),
        help_text=_("For example: 31 March 2027, or Quarter 4, 2026/27."),
        required=False,
        max_length=LINE,
    )
    reason = forms.CharField(
        label=_("Why does it move?"),
        help_text=_("The public reads this. Say what happened, in plain words."),
        required=False,
        max_length=PARAGRAPH,
    )
    agreed_by = forms.CharField(
        label=_("Who agreed to it? (optional)"),
        help_text=_("A post, such as Chief Executive."),
        required=False,
        max_length=200,
    )

    def __init__(
        self,
        *given: Any,  # noqa: ANN401
        promises: list[tuple[str, str]],
        **more: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*given, **more)
        field = self.fields["promise"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = promises
        if len(promises) < 2:
            del self.fields["promise"]


class WordingForm(Form):
    """What an action is called and what it says."""

    kinds: ClassVar = {"text": "text"}
    number = forms.CharField(label=_("Number"), required=False, max_length=40)
    title = forms.CharField(
        label=_("Short name"),
        help_text=_("A few words for lists and headlines."),
        required=False,
        max_length=200,
    )
    text = forms.CharField(label=_("The action, in full"), required=False, max_length=PARAGRAPH)


class HandOverForm(ChoosingForm):
    """Which post answers from when."""

    post = forms.ChoiceField(label=_("Which post answers for it now?"))
    since = DayField(label=_("From which day?"))
