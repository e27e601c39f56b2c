"""What Brackenford’s directorates heard and looked at: fifteen focus groups, themes, data packs.

Two hundred and sixty-one people came in May and June 2026, once to a depot. Every theme, finding
and figure is invented.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from goldenthread.web.changes import listening, packs
from goldenthread.web.changes.demo_council import Brackenford, noon
from goldenthread.web.changes.uploads import Store
from goldenthread.web.models import Person, Planning, Session

_D = date


@dataclass(frozen=True)
class _Group:
    """One focus group: its day, its place, who could come and how many came."""

    on: date
    place: str
    open_to: str
    came: int
    off_site: bool = False


@dataclass(frozen=True)
class _Theme:
    """A theme: what was heard, its weight, its note, and in which groups, from 0."""

    name: str
    weight: str
    groups: tuple[int, ...]
    note: str = ""
    one_to_ones: bool = False


@dataclass(frozen=True)
class _Told:
    """What one directorate heard, counted and found; its figures are entered or in a file."""

    groups: tuple[_Group, ...]
    themes: tuple[_Theme, ...]
    one_to_ones: int = 0
    discussed: date | None = None
    findings: tuple[str, ...] = ()
    figures: tuple[tuple[str, str, str], ...] = ()
    filed: bool = False


_HALL = "Town Hall, Committee Room 2"
TOLD: Mapping[str, _Told] = {
    "Housing and Communities": _Told(
        groups=(
            _Group(_D(2026, 5, 12), _HALL, "All staff of Tenancy Services", 19),
            _Group(
                _D(2026, 5, 19),
                "Canal Wharf depot, canteen",
                "Caretakers and repairs crews, before the early shift, on paid time",
                24,
                off_site=True,
            ),
            _Group(_D(2026, 5, 27), "By video", "Everybody in the directorate", 16),
            _Group(_D(2026, 6, 2), "Eastgate Centre", "Neighbourhood and community teams", 18),
        ),
        themes=(
            _Theme(
                "Acting-up posts go to those who are known already",
                "many",
                (0, 1, 2, 3),
                "Posts are filled for some months without an advert, and whoever has acted up is "
                "then the one with the experience. Staff ask that each is advertised.",
            ),
            _Theme(
                "A complaint about race is answered late, or not at all",
                "some",
                (0, 1, 3),
                "People were told to wait for a process and heard nothing more. Several say that "
                "they would not complain again.",
                one_to_ones=True,
            ),
            _Theme(
                "Managers want to talk about race and do not know how",
                "some",
                (0, 2, 3),
                "Silence is taken for indifference. Staff would rather have a clumsy conversation "
                "than none.",
            ),
            _Theme(
                "News of jobs and training does not reach those without a desk",
                "few",
                (1, 3),
                "Crews hear of vacancies when they have closed.",
            ),
        ),
        one_to_ones=23,
        discussed=_D(2026, 7, 7),
        findings=(
            "Black and Asian staff are a larger share of the lower grades than of team leaders.",
            "Acting-up posts were advertised in one case out of three.",
            "Staff without a work email address answered the survey half as often as others.",
        ),
        filed=True,
    ),
    "Adults and Health": _Told(
        groups=(
            _Group(_D(2026, 5, 14), _HALL, "Social work teams", 17),
            _Group(_D(2026, 6, 11), "By video", "Day centre and reablement staff", 15),
        ),
        themes=(
            _Theme("Abuse by those we care for is treated as part of the job", "many", (0, 1)),
            _Theme("Night staff are left out of meetings and training", "some", (1,)),
        ),
        one_to_ones=18,
        discussed=_D(2026, 7, 21),
        findings=("More Black care staff leave within two years than white care staff.",),
        figures=(
            ("Care staff who left within two years", "31.4", "per cent"),
            ("Vacant posts filled by agency staff", "12.5", "per cent"),
        ),
    ),
    "Children’s Services": _Told(
        groups=(
            _Group(_D(2026, 5, 20), "By video", "Social workers and their managers", 20),
            _Group(_D(2026, 6, 17), _HALL, "Early help and youth teams", 14),
        ),
        themes=(
            _Theme("Hard cases go to the same few people", "some", (0, 1)),
            _Theme("Families ask for somebody who looks like them", "some", (1,)),
        ),
        one_to_ones=14,
        discussed=_D(2026, 7, 22),
        findings=("Staff from ethnic minorities hold fewer cases and harder ones.",),
        figures=(("Staff who feel safe to speak up", "48", "per cent"),),
    ),
    "Resources": _Told(
        groups=(
            _Group(_D(2026, 5, 13), _HALL, "Finance, legal and customer services", 22),
            _Group(_D(2026, 6, 24), "By video", "People, digital and policy teams", 16),
        ),
        themes=(
            _Theme("Promotion panels look alike", "many", (0, 1)),
            _Theme("Flexible hours depend on who asks", "few", (0,)),
        ),
        one_to_ones=21,
    ),
    "Place and Environment": _Told(
        groups=(
            _Group(_D(2026, 5, 28), "Town Hall, Chamber", "Planning, parking and parks", 18),
            _Group(_D(2026, 6, 18), "By video", "Street scene and waste supervisors", 13),
        ),
        themes=(_Theme("Crews are spoken about and never spoken to", "many", (0, 1)),),
        one_to_ones=16,
    ),
    "Education and Skills": _Told(
        groups=(
            _Group(_D(2026, 5, 21), "Town Hall, Chamber", "School improvement and admissions", 15),
            _Group(_D(2026, 6, 9), "By video", "Adult learning tutors", 17),
        ),
        themes=(
            _Theme("Governors and heads do not reflect the pupils", "many", (0, 1)),
            _Theme("Tutors on short contracts have no way up", "some", (1,)),
        ),
        one_to_ones=15,
        discussed=_D(2026, 6, 25),
        findings=("Tutors on short contracts are more often Black or Asian than other tutors.",),
        figures=(("Tutors on contracts of a year or less", "37", "per cent"),),
    ),
    "Regeneration and Growth": _Told(
        groups=(_Group(_D(2026, 6, 16), _HALL, "Everybody in the directorate", 17),),
        themes=(
            _Theme("Consultants are chosen from the same few firms", "some", (0,)),
            _Theme("Graduate schemes are known to those with contacts", "few", (), "", True),
        ),
        one_to_ones=14,
        discussed=_D(2026, 7, 14),
        findings=("Few of those who apply for graduate posts live in the borough.",),
        figures=(("Graduate posts filled from the borough", "22", "per cent"),),
    ),
}
# When the one-to-ones of the spring were counted, all together.
_COUNTED = _D(2026, 7, 2)
_QUARTER = _D(2026, 6, 30)


def tell(council: Brackenford, plannings: Mapping[str, Planning]) -> None:
    """Enter what was heard in each directorate, and what its management team looked at."""
    facilitator, manager = council.holding("facilitator"), council.holding("programme_manager")
    for name, told in TOLD.items():
        planning = plannings[name]
        rows = [_held(facilitator, planning, one) for one in told.groups]
        for theme in told.themes:
            # Written up the day after the last group in which it was heard.
            last = max((told.groups[one].on for one in theme.groups), default=told.groups[-1].on)
            listening.hear_theme(
                by=facilitator,
                planning=planning,
                heard=listening.Heard(theme.name, theme.weight, theme.note, theme.one_to_ones),
                sessions=[rows[one] for one in theme.groups],
                at=noon(last + timedelta(days=1)),
            )
        listening.count_one_to_ones(
            by=facilitator,
            planning=planning,
            counted_to=_QUARTER,
            total=told.one_to_ones,
            version=0,
            at=noon(_COUNTED),
        )
        if told.discussed is not None:
            _discussed(manager, planning, told, told.discussed)


def _held(by: Person, planning: Planning, group: _Group) -> Session:
    """One focus group, entered the day after it was held."""
    held = listening.Held(
        kind="focus_group",
        on=group.on,
        place=group.place,
        came=group.came,
        facilitator="Organisational Development Adviser",
        open_to=group.open_to,
        off_site=group.off_site,
    )
    at = noon(group.on + timedelta(days=1))
    return listening.record_session(by=by, planning=planning, held=held, at=at)


def _discussed(by: Person, planning: Planning, told: _Told, on: date) -> None:
    """The pack of a management team, with a file or with figures entered by hand."""
    at = noon(on + timedelta(days=1))
    looked = None
    if told.filed:
        looked = packs.look_into(
            by=by, planning=planning, file=_table(), name="Workforce data pack.csv", at=at
        )
    with Store() as store:
        pack = packs.keep_pack(
            by=by,
            planning=planning,
            title="Workforce data and the race survey, for the management team",
            discussed_on=on,
            findings=told.findings,
            looked=looked,
            store=store,
            at=at,
        )
    for words, value, unit in told.figures:
        packs.enter_figure(by=by, pack=pack, text=words, value=Decimal(value), unit=unit, at=at)


def _table() -> io.BytesIO:
    """A small table of invented shares, as a spreadsheet program would save it."""
    text = io.StringIO()
    csv.writer(text).writerows(
        [
            ("Grade", "Black, Asian and minority ethnic staff, per cent"),
            ("1 to 4", "46"),
            ("5 to 8", "33"),
            ("Team leaders", "18"),
            ("Heads of service", "[c]"),
        ]
    )
    return io.BytesIO(text.getvalue().encode("utf-8"))
