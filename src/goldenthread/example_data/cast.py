"""Who is who in Brackenford: its directorates, posts and people, all of them invented.

The demonstration and the tests share this cast, one named person for each role and more where the
story needs them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

BODY = "Brackenford Borough Council"
STRAND = "Our role as an employer"
BEGAN = date(2024, 4, 1)


@dataclass(frozen=True)
class Directorate:
    """A unit of the council; ``under`` is the name of another, empty for the council itself."""

    name: str
    kind: str = "Directorate"
    under: str = ""


@dataclass(frozen=True)
class Somebody:
    """A person: the post they hold, in which unit, and the role they have in the programme.

    ``named`` is true where the council publishes the name beside the post, ``leads`` where they
    lead an action of the whole council beside their own unit; ``left`` is the last day on which
    they held the post. An empty unit means the council itself.
    """

    name: str
    post: str = ""
    unit: str = ""
    role: str = ""
    role_unit: str = ""
    named: bool = False
    leads: bool = False
    left: date | None = None

    @property
    def email(self) -> str:
        """Their address, at a domain that nobody can own.

        >>> Somebody("Priya Raman").email
        'priya.raman@brackenford.example'
        """
        words = self.name.lower().replace("councillor ", "").replace("’", "").split()
        return f"{'.'.join(words)}@brackenford.example"


UNITS = (
    Directorate("Resources"),
    Directorate("Children’s Services"),
    Directorate("Adults and Health"),
    Directorate("Housing and Communities"),
    Directorate("Place and Environment"),
    Directorate("Education and Skills"),
    Directorate("Regeneration and Growth"),
    Directorate("People", "Division", "Resources"),
    Directorate("Tenancy Services", "Service", "Housing and Communities"),
)

PEOPLE = (
    Somebody("Priya Raman", "Race Equality Programme Manager", role="programme_manager"),
    Somebody("Daniel Achebe", "Monitoring Officer", role="publisher"),
    Somebody(
        "Colette Mbeki",
        "Director of Housing and Communities",
        "Housing and Communities",
        "director",
        "Housing and Communities",
    ),
    Somebody("Marianne Holt", "Assistant Director, People", "People", "lead_officer", named=True),
    Somebody("Ruth Adeyemi", role="staff_forum_chair"),
    Somebody("Gareth Pugh", role="union_representative"),
    Somebody("Councillor Farah Siddiqui", "Member Champion", role="councillor", named=True),
    Somebody("Helen Marsh", "Head of Internal Audit", role="auditor"),
    Somebody("Ivan Petrov", "Systems Administrator", role="administrator"),
    Somebody(
        "Rosalind Keane", "Democratic Services Manager", "Resources", role="democratic_services"
    ),
    Somebody("Ife Balogun", "Organisational Development Adviser", "People", "facilitator"),
    # Others who answer for actions.
    Somebody("Tom Ellery", "Chief Executive", role="director", named=True),
    Somebody("Joanna Osei", "Head of Learning", "People", "lead_officer"),
    Somebody("Liam Finch", "Head of Workforce Data", "People", "lead_officer"),
    Somebody("Sarah Quinn", "Head of Procurement", "Resources", "lead_officer"),
    Somebody("Aisha Bello", "Head of Policy", "Resources", "lead_officer"),
    Somebody("Karl Brandt", "Head of Recruitment", "People", "lead_officer"),
    Somebody("Nia Powell", "Head of Communications", "Resources", "lead_officer"),
    Somebody(
        "Grace Whitlock",
        "Director of Adults and Health",
        "Adults and Health",
        "director",
        "Adults and Health",
        leads=True,
    ),
    Somebody("Peter Lomax", "Director of Resources", "Resources", left=date(2026, 7, 16)),
    # The directors of the other directorates, each of which plans for itself.
    *(
        Somebody(name, f"Director of {unit}", unit, "director", unit)
        for name, unit in (
            ("Miriam Castell", "Children’s Services"),
            ("Owen Tranter", "Place and Environment"),
            ("Leila Farouk", "Education and Skills"),
            ("Stephen Mallory", "Regeneration and Growth"),
        )
    ),
)


def one_for_each_role() -> dict[str, Somebody]:
    """The first person of the cast with each role, by role.

    >>> one_for_each_role()["publisher"].name
    'Daniel Achebe'
    """
    first: dict[str, Somebody] = {}
    for somebody in PEOPLE:
        if somebody.role:
            first.setdefault(somebody.role, somebody)
    return first
