"""Editions: from the rows of a plan to the frozen value that the public reads, and nothing more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from goldenthread.plan import edition
from goldenthread.web import models as rows
from goldenthread.web.bridge.bodies import (
    line_of,
    public_meetings,
    public_stances,
    public_terms,
)
from goldenthread.web.bridge.inquiries import (
    answering,
    letter,
    public_inquiries,
    public_recommendation,
    recommended,
)
from goldenthread.web.bridge.measures import (
    is_open,
    measure_value,
    standing_points,
    standing_targets,
    tolerances,
)
from goldenthread.web.bridge.ratings import Scales, scales
from goldenthread.web.bridge.reading import by_action, holds, last_day, says_trouble, word
from goldenthread.web.bridge.vacancies import Vacancy, vacancies


def edition_content(plan: rows.Plan, *, number: int, on: date, by: rows.Person) -> dict[str, Any]:
    """The plan alone as it stands on a day, as the JSON of an edition.

    What a directorate says beside its actions is added by ``queries.publishing``.
    """
    return edition.to_json(edition_value(plan, number=number, on=on, by=by))


def edition_value(plan: rows.Plan, *, number: int, on: date, by: rows.Person) -> edition.Edition:
    """The public part of a plan as it stands on a day.

    ``by`` adopts it. Who publishes it is not known yet: :func:`edition_of` adds that. The number
    of queries does not grow with the plan.
    """
    adopted = edition.Deed(_post_of(by, on), on)
    line = line_of(plan.unit, on)
    said = _public_words(plan, line)
    body = rows.Unit.objects.get(parent__isnull=True)
    recommendations = recommended(plan, on)
    themes = {rec.theme.pk: rec.theme for rec in recommendations if rec.theme is not None}
    numbers = {rec.pk: rec.number for rec in recommendations}
    measures = _public_measures(plan, on)
    also = _measured_elsewhere(plan, measures, on)
    besides = answering(plan, recommendations, on)
    return edition.Edition(
        body=body.name,
        plan=plan.title,
        number=number,
        as_at=on,
        adopted=adopted,
        published=adopted,
        unit=plan.unit.name if plan.unit_id != body.pk else "",
        programme=said.programme or plan.strand.name,
        about=said.about,
        summary=said.summary,
        decided_by=said.decided_by,
        decided_on=said.decided_on,
        answerable=_answerable(plan, on, line),
        coming=public_meetings(said.coming, line, on),
        contact=said.contact,
        licence=said.licence,
        themes=tuple(
            edition.Theme(letter(theme), theme.name)
            for theme in sorted(themes.values(), key=lambda theme: (theme.position, theme.pk))
        ),
        recommendations=tuple(public_recommendation(rec) for rec in recommendations),
        actions=_public_actions(plan, numbers, on, measures, also, besides),
        stances=public_stances(plan, numbers, on),
        terms=public_terms(on),
        inquiries=public_inquiries(recommendations),
        measures=measures.get(None, ()),
        case_studies=_public_case_studies(plan, on),
        horizons=tuple(
            edition.Horizon(row.name, row.ends)
            for row in rows.Horizon.objects.filter(plan=plan, ended_at__isnull=True)
        ),
        earlier=tuple(
            edition.Earlier(earlier.number, earlier.as_at, localdate(earlier.published_at))
            for earlier in rows.Edition.objects.filter(plan=plan, published_at__isnull=False)
            .only("number", "as_at", "published_at")
            .order_by("number")
        ),
    )


def edition_now(plan: rows.Plan, on: date, by: rows.Person) -> edition.Edition:
    """The public part of a plan as it stands, as an edition that no row holds."""
    return edition_value(plan, number=1, on=on, by=by)


def edition_of(row: rows.Edition) -> edition.Edition:
    """The frozen edition that a row holds, with who published it, by post, and whether alone."""
    value = edition.from_json(row.content)
    published = value.published
    if row.published_by is not None and row.published_at is not None:
        day = localdate(row.published_at)
        published = edition.Deed(_post_of(row.published_by, day), day)
    return replace(value, published=published, two_people=not row.alone)


def _public_words(plan: rows.Plan, line: Sequence[int]) -> rows.PublicWords:
    """What the pages of a plan say, with what its unit or one above it says where it says nothing.

    The row is not saved: it is only read.
    """
    held = rows.PublicWords.objects.filter(Q(plan=plan) | Q(unit__isnull=False))
    by_owner = {(row.plan_id, row.unit_id): row for row in held}
    said = by_owner.get((plan.pk, None)) or rows.PublicWords(plan=plan)
    for unit in line:
        above = by_owner.get((None, unit))
        if above is not None:
            said.programme = said.programme or above.programme
            said.contact = said.contact or above.contact
            said.licence = said.licence or above.licence
    return said


def answerable_of(
    plan: rows.Plan, on: date, line: Sequence[int] | None = None
) -> list[rows.Answerable]:
    """Who answers for a plan on a day: its own lines, then those of its unit and units above.

    A part that the plan names itself is not taken from above; sponsors and others add up. ``line``
    saves a query where the units are known.
    """
    units = line_of(plan.unit, on) if line is None else line
    standing = (
        rows.Answerable.objects.filter(Q(plan=plan) | Q(unit__in=units), since__lte=on)
        .filter(Q(until__isnull=True) | Q(until__gte=on))
        .select_related("post", "unit", "plan")
    )
    far = {None: -1} | {key: place for place, key in enumerate(units)}
    found: list[rows.Answerable] = []
    for row in sorted(standing, key=lambda row: (far[row.unit_id], row.position, row.pk)):
        nearer = [one for one in found if one.part == row.part and one.unit_id != row.unit_id]
        if row.part in _ONCE and nearer:
            continue
        if any(_same_line(one, row) for one in found):
            continue
        found.append(row)
    return sorted(found, key=lambda row: _PARTS.index(row.part))


_PARTS = ("strategic_lead", "operational_lead", "member_champion", "sponsor", "other")
_ONCE = _PARTS[:3]


def _same_line(one: rows.Answerable, other: rows.Answerable) -> bool:
    return (one.part, one.post_id, one.forum, one.what) == (
        other.part,
        other.post_id,
        other.forum,
        other.what,
    )


def _answerable(plan: rows.Plan, on: date, line: Sequence[int]) -> tuple[edition.Answerable, ...]:
    """The posts that answer for the whole plan; a name only where the body publishes it."""
    found = answerable_of(plan, on, line)
    posts = {row.post_id: row.post for row in found}
    held = {
        holding.post_id: holding.person.name
        for holding in rows.Holding.objects.filter(post__in=posts, since__lte=on)
        .filter(Q(until__isnull=True) | Q(until__gte=on))
        .select_related("person")
    }
    empty = vacancies(list(posts.values()), on)
    return tuple(
        edition.Answerable(
            row.post.title,
            row.what,
            held.get(row.post_id, "") if row.post.name_public else "",
            part=row.part,  # type: ignore[arg-type]
            forum=row.forum,
            vacant_since=empty[row.post_id].since if row.post_id in empty else None,
            meanwhile=_meanwhile(empty.get(row.post_id)),
        )
        for row in found
    )


def _meanwhile(empty: Vacancy | None) -> str:
    """The title of the post that answers for an empty one; nothing where nobody was named."""
    return empty.meanwhile.title if empty is not None and empty.meanwhile is not None else ""


def _public_measures(plan: rows.Plan, on: date) -> dict[int | None, tuple[edition.Measure, ...]]:
    """The measures of a plan by the key of their action; None for those of the plan as a whole.

    Of a measure that counts people by a characteristic or by unit no point is even fetched.
    """
    found = list(rows.Measure.objects.filter(plan=plan).select_related("owner"))
    drawn = [measure for measure in found if is_open(measure)]
    points, targets = standing_points(drawn), standing_targets(drawn)
    near, scale = tolerances()[0].near, scales().now
    grouped: dict[int | None, list[edition.Measure]] = defaultdict(list)
    for row in found:
        told = measure_value(row, points.get(row.pk, []), targets.get(row.pk, []), on=on, near=near)
        if told.rating:
            told = replace(told, rating_label=scale.word(told.rating))
        grouped[row.action_id].append(told)
    return {action: tuple(measures) for action, measures in grouped.items()}


def _measured_elsewhere(
    plan: rows.Plan, measures: Mapping[int | None, tuple[edition.Measure, ...]], on: date
) -> dict[str, tuple[str, ...]]:
    """The ids of measures of this plan that a link joins to other actions, by the action's id."""
    here = {measure.id for group in measures.values() for measure in group}
    links = (
        rows.Link.objects.filter(
            from_kind="action",
            from_id__in=rows.Action.objects.filter(plan=plan).values("public_id"),
            to_kind="measure",
            meaning="measured_by",
        )
        .filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)
        .order_by("since", "id")
    )
    own = set(rows.Measure.objects.filter(plan=plan).values_list("action__public_id", "public_id"))
    joined: dict[str, list[str]] = defaultdict(list)
    for link in links:
        if link.to_id not in here or (link.from_id, link.to_id) in own:
            continue
        if link.to_id not in joined[link.from_id]:
            joined[link.from_id].append(link.to_id)
    return {action: tuple(ids) for action, ids in joined.items()}


def _public_case_studies(plan: rows.Plan, on: date) -> tuple[edition.CaseStudy, ...]:
    """The case studies that are told on a day and whose people agreed to their being published."""
    told = rows.CaseStudy.objects.filter(plan=plan, consent=True, told_on__lte=on).exclude(
        ended_on__lte=on
    )
    return tuple(
        edition.CaseStudy(
            title=one.title,
            words=one.words,
            on=one.told_on,
            action=one.action.public_id if one.action else "",
            measure=one.measure.public_id if one.measure else "",
        )
        for one in told.select_related("action", "measure")
    )


def _public_actions(
    plan: rows.Plan,
    numbers: dict[int, str],
    on: date,
    measures: Mapping[int | None, tuple[edition.Measure, ...]],
    also: Mapping[str, tuple[str, ...]],
    besides: Mapping[str, tuple[str, ...]],
) -> tuple[edition.Action, ...]:
    actions = rows.Action.objects.filter(plan=plan).select_related("recommendation__theme")
    leads = by_action(rows.Lead.objects.filter(action__plan=plan).select_related("post", "team"))
    posts = {
        lead.post.pk: lead.post
        for every in leads.values()
        for lead in every
        if lead.post is not None and lead.role == "accountable"
    }
    empty = vacancies(list(posts.values()), on)
    held = held_on(list(posts), on)
    milestones = by_action(
        rows.Milestone.objects.filter(action__plan=plan).prefetch_related("events")
    )
    promises = by_action(rows.Promise.objects.filter(action__plan=plan).order_by("id"))
    updates = by_action(rows.Update.objects.filter(action__plan=plan).select_related("recovery"))
    evidence = by_action(rows.Evidence.objects.filter(action__plan=plan))
    rated = scales()
    made = []
    for row in actions:
        shown: dict[int | None, list[edition.Evidence]] = defaultdict(list)
        for item in evidence[row.pk]:
            shown[item.update_id].append(edition.Evidence(item.title, item.url))
        theme = row.recommendation.theme if row.recommendation else None
        last = updates[row.pk][-1] if updates[row.pk] else None
        made.append(
            edition.Action(
                id=row.public_id,
                number=row.number,
                words=row.text,
                lead=public_lead(leads[row.pk], held, empty, on),
                theme=letter(theme) if theme else "",
                recommendations=(
                    *([numbers[row.recommendation_id]] if row.recommendation_id else []),
                    *besides.get(row.public_id, ()),
                ),
                short=row.title,
                promises=public_promises(promises[row.pk], plan),
                starts_on=row.starts,
                done_on=row.completed_on,
                updates=tuple(
                    public_update(update, row, shown[update.pk], rated)
                    for update in updates[row.pk]
                    if update.done
                ),
                measures=measures.get(row.pk, ()),
                also_measured_by=also.get(row.public_id, ()),
                repeats=next((p.words for p in promises[row.pk] if p.kind == "recurring"), ""),
                next_review=row.next_review,
                stops_when=last.stops_when if last else "",
                withdrawn=_withdrawn(row, updates[row.pk]),
                milestones=tuple(milestone_value(one) for one in milestones[row.pk]),
                contributors=_contributors(leads[row.pk], on),
            )
        )
    return tuple(made)


def held_on(posts: Collection[rows.Post] | Collection[int], on: date) -> dict[int, rows.Holding]:
    """Who holds each of these posts on a day, by the post's key, in one query."""
    return {
        holding.post_id: holding
        for holding in rows.Holding.objects.filter(post__in=posts, since__lte=on)
        .filter(Q(until__isnull=True) | Q(until__gte=on))
        .select_related("person")
    }


def public_lead(
    leads: Sequence[rows.Lead],
    held: Mapping[int, rows.Holding],
    empty: Mapping[int, Vacancy],
    on: date,
) -> edition.Lead:
    """The post that answers on a day; a name only where the body publishes it for that post."""
    lead = next((one for one in leads if one.role == "accountable" and holds(one, on)), None)
    if lead is None:
        return edition.Lead("")
    if lead.post is None:
        # Words that a document printed: those of a person are theirs, whatever they say.
        return edition.Lead("" if lead.kind == "person" else lead.text)
    now, vacancy = held.get(lead.post.pk), empty.get(lead.post.pk)
    return edition.Lead(
        lead.post.title,
        person=now.person.name if now is not None and lead.post.name_public else "",
        vacant_since=vacancy.since if vacancy is not None else None,
        meanwhile=_meanwhile(vacancy),
    )


def _contributors(leads: Sequence[rows.Lead], on: date) -> tuple[str, ...]:
    """Who contributes on a day, as posts, parts of the body and groups; never a person."""
    named = (
        lead.post.title if lead.post else lead.team.name if lead.team else lead.text
        for lead in leads
        if lead.role == "supporting" and lead.kind != "person" and holds(lead, on)
    )
    return tuple(dict.fromkeys(named))


def milestone_value(row: rows.Milestone) -> edition.Milestone:
    """A milestone with each day that was promised for it, and what became of it."""
    events = list(row.events.all())
    dropped = next((one for one in reversed(events) if one.what == "dropped"), None)
    return edition.Milestone(
        row.words,
        tuple(
            edition.Promise(localdate(one.at), one.day, reason=one.reason)
            for one in events
            if one.what in ("promised", "moved")
        ),
        reached_on=row.reached_on,
        dropped=edition.Withdrawal(dropped.day, dropped.reason)
        if dropped is not None and row.dropped_on is not None
        else None,
    )


def public_promises(given: Sequence[rows.Promise], plan: rows.Plan) -> tuple[edition.Promise, ...]:
    """What was promised when: the plan's own dates as one promise, then each move of one."""
    first = [p for p in given if p.replaces_id is None and p.given_by_id is None]
    began = min([plan.begins, *(p.given_on for p in given if p.given_on)], default=plan.begins)
    stands = {p.pk: p for p in first}
    words = list(dict.fromkeys(p.words for p in first))
    told = [edition.Promise(began, last_day(first), "; ".join(words))] if first else []
    for promise in given:
        if promise.pk in stands:
            continue
        if promise.replaces_id is not None:
            stands.pop(promise.replaces_id, None)
        stands[promise.pk] = promise
        told.append(
            edition.Promise(
                max(promise.given_on or began, told[-1].given_on if told else began),
                last_day(list(stands.values())),
                promise.words,
                promise.reason,
                promise.agreed_by,
            )
        )
    return tuple(told)


def public_update(
    update: rows.Update, action: rows.Action, shown: Sequence[edition.Evidence], rated: Scales
) -> edition.Update:
    """An update in the words of the body’s own scale."""
    trouble = says_trouble(update, action.first_due)
    said = update.rag or update.status
    answered: rows.Recovery | None = getattr(update, "recovery", None)
    return edition.Update(
        given_on=update.said_on or localdate(update.at),
        done=update.done,
        changed=update.changed,
        outlook="at_risk" if trouble else "on_track" if said else None,
        label=rated.word(update.rag, update.at),
        about=update.about,
        evidence=tuple(shown),
        colour=word(update.rag),
        recovery=edition.Recovery(answered.cause, answered.step, answered.due)
        if answered is not None
        else None,
    )


def _withdrawn(action: rows.Action, updates: Sequence[rows.Update]) -> edition.Withdrawal | None:
    """The day and the words with which an action was last given up; None where it stands."""
    if action.status != "withdrawn":
        return None
    given_up = next(update for update in reversed(updates) if update.status)
    return edition.Withdrawal(given_up.said_on or localdate(given_up.at), given_up.done)


def _post_of(person: rows.Person, on: date) -> str:
    """The post that somebody holds on a day, by its title; else their role's; never their name."""
    held = (
        rows.Post.objects.filter(holdings__person=person, holdings__since__lte=on)
        .filter(Q(holdings__until__isnull=True) | Q(holdings__until__gte=on))
        .order_by("id")
        .first()
    )
    return held.title if held is not None else "An officer of the council"
