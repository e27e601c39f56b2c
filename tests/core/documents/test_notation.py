"""How a plan's values are said in the words of a document, and read out of them again."""

from datetime import date

import pytest

from goldenthread.documents import notation
from goldenthread.plan.model import Update

ON = date(2026, 10, 9)


@pytest.mark.parametrize(
    ("update", "words"),
    [
        (Update("Trained 40 managers."), "Trained 40 managers."),
        (Update("Trained 40.", ON), "9 October 2026: Trained 40."),
        (
            Update("Trained 40.", ON, "in_progress", "Training register"),
            "9 October 2026, in progress: Trained 40. Shown by: Training register",
        ),
        (Update("Trained 40.", evidence="The register"), "Trained 40. Shown by: The register"),
    ],
)
def test_an_update_is_said_as_a_person_would_and_read_back(update, words):
    assert notation.update_words([update]) == [words]
    assert notation.updates_read([words]) == (update,)


@pytest.mark.parametrize(
    "update",
    [
        Update("It is Shown by: nobody", ON),
        Update("Said", ON, evidence="a Shown by: b"),
        Update("2 May 2026: said", None, "completed"),
        Update("Evidence: minutes", evidence="x"),
    ],
)
def test_an_update_whose_words_could_be_taken_for_something_else_is_spelled_out(update):
    [words] = notation.update_words([update])
    assert words.startswith("Update: ")
    assert notation.updates_read([words]) == (update,)
