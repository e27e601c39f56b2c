"""The definitions of ethnicity and disability pay gaps that there are, as data with their sources.

They differ in whom they compare with whom, and in how many there must be. On the same staff one
gives 4.1% and another 2.5%, so the profile is part of every figure. Another one is another value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from goldenthread.workforce.staff_columns import Characteristic, GroupingName

"""The four states of missing: people in them are on neither side of any comparison."""


@dataclass(frozen=True)
class Comparison:
    """Who is compared with whom: each group of a roll-up with its reference group.

    ``neither`` are groups of the roll-up that are on neither side. ``names`` are how groups are
    said in a sentence, in the plural, by their codes.
    """

    characteristic: Characteristic
    grouping: GroupingName
    reference: str
    neither: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, compare=False)

    def named(self, labels: Mapping[str, str]) -> Comparison:
        """The same, with groups that have no name of their own said by the labels of their list.

        >>> detailed = GUIDANCE_2023.comparison("ethnicity").named({"asian_indian": "Indian"})
        >>> detailed.name("asian_indian"), detailed.name("white_british")
        ('staff of the group “Indian”', 'White British staff')
        """
        said = {code: f"staff of the group “{label}”" for code, label in labels.items()}
        return replace(self, names=MappingProxyType({**said, **self.names}))

    def name(self, code: str) -> str:
        """How a group is said in a sentence."""
        return self.names.get(code, f"staff of the group “{code.replace('_', ' ')}”")


@dataclass(frozen=True)
class Profile:
    """One definition: its comparisons, how many there must be on either side, and its standing.

    ``least`` is the minimum on either side; ``robust`` the number below which a figure is marked as
    resting on few. ``unsettled`` says what is not known of it yet.
    """

    code: str
    title: str
    standing: str
    comparisons: tuple[Comparison, ...]
    least: int
    source: tuple[str, ...]
    unsettled: tuple[str, ...] = ()
    robust: int = 50

    def comparison(
        self, characteristic: Characteristic, grouping: GroupingName | None = None
    ) -> Comparison:
        """Its comparison of a characteristic, the first or that of a roll-up.

        Raises ``ValueError`` where it has none.

        >>> RESPONSE_2026.comparison("ethnicity").reference
        'white'
        """
        for each in self.comparisons:
            if each.characteristic == characteristic and grouping in (None, each.grouping):
                return each
        raise ValueError("this profile has no such comparison")


_WHITE = MappingProxyType({"white": "White staff", "all_other": "staff of all other ethnic groups"})
_WHITE_BRITISH = MappingProxyType(
    {
        "white_british": "White British staff",
        "all_other": "staff of all other ethnic groups, White minorities included",
    }
)
_FIVE = MappingProxyType(
    {
        "white": "White staff",
        "mixed": "staff of Mixed or Multiple ethnic groups",
        "asian": "Asian or Asian British staff",
        "black": "Black, Black British, Caribbean or African staff",
        "other": "staff of any other ethnic group",
    }
)
_FIVE_BROAD = Comparison("ethnicity", "five", "white", names=_FIVE)
_DISABILITY = Comparison(
    "disability",
    "detailed",
    "not_disabled",
    names=MappingProxyType({"not_disabled": "non-disabled staff", "disabled": "disabled staff"}),
)

GUIDANCE_2023 = Profile(
    code="guidance-2023",
    title="Ethnicity pay reporting: guidance for employers, April 2023",
    standing="voluntary guidance",
    comparisons=(
        Comparison(
            "ethnicity",
            "detailed",
            "white_british",
            names=MappingProxyType({"white_british": "White British staff"}),
        ),
        _FIVE_BROAD,
        Comparison(
            "ethnicity",
            "white_british_other",
            "white_british",
            neither=("white_not_detailed",),
            names=_WHITE_BRITISH,
        ),
    ),
    least=50,
    source=(
        "https://www.ts-p.co.uk/insights/government-guidance-on-ethnicity-pay-gap-reporting/",
        "https://blakemorgan.co.uk/governments-ethnicity-pay-gap-reporting-guidance-published",
    ),
    unsettled=(
        "50 in a group is what it recommends for robustness, as law firms report it.",
        "White British as the usual reference group was not read in the guidance itself.",
        "It speaks of ethnicity alone.",
    ),
)
CONSULTATION_2025 = Profile(
    code="consultation-2025",
    title="Mandatory ethnicity and disability pay gap reporting: consultation CP 1288, March 2025",
    standing="a proposal",
    comparisons=(
        Comparison(
            "ethnicity",
            "white_british_other",
            "white_british",
            neither=("white_not_detailed",),
            names=_WHITE_BRITISH,
        ),
        _DISABILITY,
    ),
    least=10,
    source=(
        "https://www.vwv.co.uk/news-and-events/blog/employment-law-brief/government-consultation-on-mandatory-ethnicity-and-disability-pay-reporting",
        "https://aimac-hr.co.uk/government-consultation/",
    ),
)
RESPONSE_2026 = Profile(
    code="response-2026",
    title="Mandatory ethnicity and disability pay gap reporting: response CP 1542, 25 March 2026",
    standing="announced, and not law yet",
    comparisons=(
        Comparison("ethnicity", "white_other", "white", names=_WHITE),
        _FIVE_BROAD,
        _DISABILITY,
    ),
    least=10,
    source=(
        "https://www.gov.uk/government/consultations/equality-race-and-disability-bill-mandatory-ethnicity-and-disability-pay-gap-reporting/outcome/consultation-on-mandatory-ethnicity-and-disability-pay-gap-reporting-government-response",
        "https://bateswells.co.uk/updates/new-mandatory-ethnicity-and-disability-pay-gap-reporting-for-large-employers/",
        "https://www.brownejacobson.com/insights/government-to-introduce-ethnicity-and-disability-pay-gap-reporting",
        "https://corporate-adviser.com/companies-must-report-on-ethnicity-pay-gaps-from-spring-2027/amp",
    ),
    unsettled=(
        "A minimum of 10 in a group is likely and was still to be confirmed.",
        "When it becomes law is not settled.",
        "Of the response itself only its opening was read; the rest is as law firms report it.",
    ),
)
PROFILES: Mapping[str, Profile] = MappingProxyType(
    {each.code: each for each in (RESPONSE_2026, CONSULTATION_2025, GUIDANCE_2023)}
)
"""Every profile by its code."""
