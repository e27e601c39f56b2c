"""Disability by the harmonised questions: a long-lasting condition, and what it does to a day.

Source: measuring disability for the Equality Act 2010, GSS harmonisation guidance, 25 June 2019,
https://analysisfunction.civilservice.gov.uk/policy-store/measuring-disability-for-the-equality-act-2010/
"""

from __future__ import annotations

from typing import Literal

from goldenthread.categories.lists import MISSING, Missing

Lasting = Literal["yes", "no"]
Effect = Literal["a_lot", "a_little", "not_at_all"]


def from_two_questions(lasting: Lasting | Missing, effect: Effect | Missing) -> str:
    """The code of ``disability_harmonised_2019``, or a state of missing, that two answers give.

    ``lasting``: any physical or mental health condition lasting or expected to last 12 months or
    more. ``effect``: whether it reduces the ability to carry out daily activities. Disabled in the
    sense of the Equality Act 2010 is who has such a condition that reduces it a lot or a little.

    Missing: without the first answer, its state. With a condition and without the second answer
    the measure cannot be told, and the state is that of the second.

    >>> from_two_questions("yes", "a_little"), from_two_questions("yes", "not_at_all")
    ('limited_a_little', 'condition_not_limiting')
    >>> from_two_questions("no", "blank"), from_two_questions("yes", "prefer_not_to_say")
    ('no_condition', 'prefer_not_to_say')
    """
    if lasting in MISSING:
        return lasting
    if lasting == "no":
        return "no_condition"
    codes = {
        "a_lot": "limited_a_lot",
        "a_little": "limited_a_little",
        "not_at_all": "condition_not_limiting",
    }
    return codes.get(effect, effect)
