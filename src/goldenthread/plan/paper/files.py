"""A paper's frozen data as JSON, ``goldenthread.paper/1``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from goldenthread.errors import Refusal, Unreadable
from goldenthread.plan.paper.value import Paper

PAPER_SCHEMA = "goldenthread.paper/1"


def paper_to_json(paper: Paper) -> dict[str, Any]:
    """The paper as plain values ready for JSON, days in ISO form, figures of measures as text."""
    plain = {"schema": PAPER_SCHEMA, **msgspec.to_builtins(paper)}
    if not paper.facts.strand:
        # A paper of the whole plan reads as it did before there were any of one strand: the digests
        # of those that were issued are of this form.
        plain["facts"].pop("strand", None)
    # Tuples become lists, so that what is kept and what was kept compare as equal.
    lists: dict[str, Any] = json.loads(json.dumps(plain))
    return lists


def paper_from_json(plain: Mapping[str, Any]) -> Paper:
    """The paper that :func:`paper_to_json` wrote, equal to it in every field.

    Keys that a later version adds are passed over. Raises Unreadable where it is no paper, one of
    a version that is not known here, or one that contradicts itself.
    """
    schema = plain.get("schema") if isinstance(plain, Mapping) else None
    if schema != PAPER_SCHEMA:
        raise Unreadable(
            "This is not a committee paper that this version of Golden Thread can read.",
            do=f"Its “schema” must be “{PAPER_SCHEMA}”.",
        )
    try:
        return msgspec.convert(dict(plain), Paper)
    except (msgspec.ValidationError, Refusal) as wrong:
        raise Unreadable(
            f"The paper is not whole: {wrong}.".replace("..", "."),
            do="Make it again from the plan.",
        ) from wrong
