"""Posts that nobody holds: since when, and which post answers meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from goldenthread.web import models as rows


@dataclass(frozen=True)
class Vacancy:
    """A post that nobody holds: ``since`` is None where nobody ever has.

    ``meanwhile`` is the post that answers until it is filled, None where nobody said.
    """

    post: rows.Post
    since: date | None
    meanwhile: rows.Post | None = None


def vacancies(
    posts: Collection[rows.Post], on: date, held: Collection[rows.Holding] | None = None
) -> dict[int, Vacancy]:
    """Those of these posts that are empty on a day, by their keys, in two queries.

    ``held`` are all their holdings, where somebody has asked for them already.
    """
    filled: set[int] = set()
    last: dict[int, date] = {}
    if held is None:
        held = list(rows.Holding.objects.filter(post__in=posts))
    for post, until in ((one.post_id, one.until) for one in held if one.since <= on):
        if until is None or until >= on:
            filled.add(post)
        else:
            last[post] = max(last.get(post, until), until)
    empty = [post for post in posts if post.pk not in filled]
    if not empty:
        return {}
    stands_in = {
        row.post_id: row.answers
        for row in rows.Meanwhile.objects.counting(on)
        .filter(post__in=empty)
        .filter(Q(answers__ends__isnull=True) | Q(answers__ends__gte=on))
        .select_related("answers")
    }
    return {
        post.pk: Vacancy(
            post,
            last[post.pk] + timedelta(days=1) if post.pk in last else None,
            stands_in.get(post.pk),
        )
        for post in empty
    }
