"""The forms of one action: an update, a moved date, a new wording, a new lead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from goldenthread.web.bridge import Rating
from goldenthread.web.changes.review import Shown
from goldenthread.web.changes.words import LINE, PARAGRAPH
from goldenthread.web.forms.evidence import KINDS_IN_WORDS, kind_of_file
from goldenthread.web.forms.form import DayField, Form
from goldenthread.web.forms.labels import STATUS_WORDS


class UpdateForm(Form):
    """What was done, what changed and for whom, where it stands, and what shows it."""

    kinds: ClassVar = {
        "done": "text",
        "changed": "text",
        "status": "radios",
        "rag": "radios",
    }
    called: ClassVar = {
        "the evidence's title": "title",
        "file": "file",
        "limit": "file",
        "evidence": "link",
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
    title = forms.CharField(
        label=_("What is it?"),
        help_text=_("For example: training register, summary. Leave out names of staff."),
        required=False,
        max_length=LINE,
    )
    link = forms.CharField(
        label=_("A link to it"),
        help_text=_("An address that begins with https://"),
        required=False,
        max_length=1000,
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("Up to 25 megabytes: %(kinds)s.") % {"kinds": KINDS_IN_WORDS},
        required=False,
        max_length=200,
        allow_empty_file=True,
    )

    def __init__(
        self,
        *given: Any,  # noqa: ANN401
        ratings: Sequence[Rating],
        **more: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*given, **more)
        self.hints = {"rag": {one.colour: one.rule for one in ratings}}
        self._choose("status", [(code, words) for code, words in STATUS_WORDS.items()])
        self._choose("rag", [("", now_("No rating")), *((one.colour, one.word) for one in ratings)])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices

    def clean_file(self) -> Any:  # noqa: ANN401
        """The file, told by its bytes."""
        file = self.cleaned_data.get("file")
        if file is None:
            return None
        if not file.size:
            raise forms.ValidationError(now_("The file is empty. Choose it again."))
        if kind_of_file(file) is None:
            raise forms.ValidationError(
                now_("This kind of file is not kept. Give %(kinds)s.") % {"kinds": KINDS_IN_WORDS}
            )
        return file

    def clean(self) -> dict[str, Any]:
        """Each piece of evidence needs words that say what it is; a file's own name will do."""
        found = super().clean() or self.cleaned_data
        if found.get("link") and not found.get("title"):
            self.add_error("title", now_("Say what the link shows."))
        if found.get("title") and not found.get("link") and not self._has_file():
            self.add_error("link", now_("Give a link or a file that shows it."))
        return found

    def _has_file(self) -> bool:
        return bool(self.files.get("file"))

    @property
    def sent(self) -> dict[str, Any]:
        """The answers, with the evidence as the change takes it."""
        answers = super().sent
        title, link, file = (answers.pop(name) for name in ("title", "link", "file"))
        shown = []
        if link:
            shown.append(Shown(title, url=link))
        if file is not None:
            called = file.name or "file"
            shown.append(Shown(title or called, file=file.file, name=called))
        return answers | {"evidence": shown}


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


class HandOverForm(Form):
    """Which post answers from when."""

    post = forms.ChoiceField(label=_("Which post answers for it now?"))
    since = DayField(label=_("From which day?"))

    def __init__(
        self,
        *given: Any,  # noqa: ANN401
        posts: list[tuple[str, str]],
        **more: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*given, **more)
        field = self.fields["post"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", now_("Choose a post")), *posts]
