"""A directorate's vision: every version with its signatures and what bodies said, and the one
that stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from goldenthread.plan.vision import Signature, Version, finding, newest, standing
from goldenthread.web.models import (
    Committee,
    Holding,
    Person,
    Planning,
    Post,
    VisionAnswer,
    VisionSigner,
)
from goldenthread.web.models import Vision as Vision
from goldenthread.web.models import VisionAsked as VisionAsked
from goldenthread.web.models import VisionRead as VisionRead
from goldenthread.web.models import VisionSignature as VisionSignature
from goldenthread.web.permissions import current
from goldenthread.web.queries.directorates import parts_of
from goldenthread.web.queries.facts import how_many


@dataclass(frozen=True)
class Body:
    """A body that was asked about a version: its last answer, those before, and whether it is late.

    ``answer`` is None where it has not answered.
    """

    asked: VisionAsked
    answer: VisionAnswer | None
    earlier: tuple[VisionAnswer, ...]
    late: bool


@dataclass(frozen=True)
class Written:
    """One version: its row, its value, who must sign, who signed, what bodies said, its readings.

    ``waiting`` are the posts that were asked and have not signed, ``withdrawn`` those that are not
    asked any more.
    """

    row: Vision
    value: Version
    waiting: tuple[Post, ...]
    signatures: tuple[VisionSignature, ...]
    bodies: tuple[Body, ...]
    readings: tuple[VisionRead, ...]
    withdrawn: tuple[VisionSigner, ...] = ()

    @property
    def answered(self) -> int:
        """How many of the bodies that were asked have answered."""
        return sum(body.answer is not None for body in self.bodies)


@dataclass(frozen=True)
class Visions:
    """Every version of a planning, the newest first; the one that stands and the one worked at.

    ``stands`` may be that of the planning before, where nothing is signed here yet; ``carried``
    says so. ``now`` is the newest version of this planning. Both are None where there is none.
    """

    versions: tuple[Written, ...]
    stands: Written | None
    now: Written | None
    carried: bool
    finding: str


def of_planning(planning: Planning, *, on: date) -> Visions:
    """The versions of a planning, in a number of queries that does not grow with them."""
    found = _written(_rows(planning.visions.all()), on)
    values = [one.value for one in found]
    stands = _same(found, standing(values))
    carried = False
    if stands is None:
        stands = in_force(planning, on=on)
        carried = stands is not None
    said = finding(planning.unit.name, values, on)
    return Visions(found, stands, _same(found, newest(values)), carried, said)


def in_force(planning: Planning, *, on: date) -> Written | None:
    """The version that stands for a directorate in a strand, and that an edition may carry.

    The newest signed one of this planning, else of the latest before it that has one.
    """
    rows = Vision.objects.filter(
        planning__unit=planning.unit_id,
        planning__strand=planning.strand_id,
        planning__begins__lte=planning.begins,
    )
    signed = signed_by_all(rows).order_by("-planning__begins", "-planning_id", "-number")
    row = signed.values_list("pk", flat=True).first()
    if row is None:
        return None
    return _written(_rows(Vision.objects.filter(pk=row)), on)[0]


def one(vision: Vision, *, on: date) -> Written:
    """One version with all that was said of it."""
    return _written(_rows(Vision.objects.filter(pk=vision.pk)), on)[0]


def is_signed(vision: Vision) -> bool:
    """Whether every post that was asked has signed, and at least one was."""
    return signed_by_all(Vision.objects.filter(pk=vision.pk)).exists()


def signed_by_all(rows: QuerySet[Vision]) -> QuerySet[Vision]:
    """Those that every post that was asked has signed; only posts that were asked can sign."""
    asked = how_many(VisionSigner.objects.filter(withdrawn__isnull=True), "vision")
    given = how_many(VisionSignature.objects.all(), "vision")
    return rows.alias(asked_to_sign=asked).filter(asked_to_sign__gt=0, asked_to_sign=given)


def posts_to_sign(vision: Vision, *, for_: Person, on: date) -> tuple[Post, ...]:
    """The posts by which somebody can sign a version: asked, held by them, not signed."""
    mine = Holding.objects.filter(current(on), person=for_).values("post")
    signed = vision.signatures.values("post")
    rows = _asked_now(vision).filter(post__in=mine).exclude(post__in=signed)
    return tuple(one.post for one in rows.select_related("post"))


def posts_waiting(vision: Vision) -> tuple[Post, ...]:
    """The posts that were asked to sign a version and have not."""
    waiting = _asked_now(vision).exclude(post__in=vision.signatures.values("post"))
    return tuple(one.post for one in waiting.select_related("post"))


def posts_to_ask(vision: Vision, *, on: date) -> tuple[Post, ...]:
    """The posts of a directorate and its parts that stand and were not asked yet."""
    asked = _asked_now(vision).values("post")
    rows = Post.objects.filter(unit__in=parts_of(vision.planning.unit_id)).exclude(pk__in=asked)
    return tuple(rows.exclude(ends__lt=on).order_by("unit_id", "title"))


def _asked_now(vision: Vision) -> QuerySet[VisionSigner]:
    return VisionSigner.objects.filter(vision=vision, withdrawn__isnull=True)


def bodies_asked(vision: Vision) -> tuple[VisionAsked, ...]:
    """The bodies that were asked about a version."""
    return tuple(vision.asked.select_related("committee"))


def answers_to(asked: VisionAsked) -> tuple[VisionAnswer, ...]:
    """What a body has said in answer, the last first."""
    rows = asked.answers.select_related("by")
    return tuple(sorted(rows, key=lambda one: (one.on, one.pk), reverse=True))


def waiting_for(bodies: Iterable[Committee]) -> tuple[VisionAsked, ...]:
    """What bodies were asked about visions and have not answered, the newest first.

    For whoever speaks for them: it is a draft that the directorate showed to these bodies alone.
    """
    held = {body.pk for body in bodies}
    rows = VisionAsked.objects.filter(committee__in=held, answers__isnull=True)
    return tuple(
        rows.select_related("committee", "vision__planning__unit").order_by("-asked_on", "-pk")
    )


def _rows(rows: QuerySet[Vision]) -> QuerySet[Vision]:
    answers = VisionAnswer.objects.select_related("by").order_by("id")
    asked = VisionAsked.objects.select_related("committee").prefetch_related(
        Prefetch("answers", answers)
    )
    return (
        rows.select_related("by", "planning__unit")
        .prefetch_related(
            Prefetch("signers", VisionSigner.objects.select_related("post", "withdrawn__by")),
            Prefetch("signatures", VisionSignature.objects.select_related("post", "person", "by")),
            Prefetch("asked", asked),
            Prefetch("readings", VisionRead.objects.select_related("by")),
        )
        .order_by("-number")
    )


def _written(rows: QuerySet[Vision], on: date) -> tuple[Written, ...]:
    return tuple(_one(row, on) for row in rows)


def _one(row: Vision, on: date) -> Written:
    asked, signatures = list(row.signers.all()), tuple(row.signatures.all())
    # A row that is not there is an attribute that is not.
    signers = [one for one in asked if not hasattr(one, "withdrawn")]
    readings = tuple(row.readings.all())
    signed = {one.post_id for one in signatures}
    value = Version(
        row.number,
        row.words,
        tuple(str(one.post_id) for one in signers),
        tuple(Signature(str(one.post_id), one.on) for one in signatures),
        readings[-1].again_on if readings else row.read_again_on,
    )
    waiting = tuple(one.post for one in signers if one.post_id not in signed)
    return Written(
        row,
        value,
        waiting,
        signatures,
        tuple(_body(one, on) for one in row.asked.all()),
        readings,
        tuple(one for one in asked if hasattr(one, "withdrawn")),
    )


def _body(asked: VisionAsked, on: date) -> Body:
    """The day that a body gives counts before the order in which it was recorded."""
    answers = sorted(asked.answers.all(), key=lambda one: (one.on, one.pk))
    if not answers:
        return Body(asked, None, (), asked.wanted_by < on)
    *earlier, last = answers
    return Body(asked, last, tuple(reversed(earlier)), late=False)


def _same(found: Iterable[Written], value: Version | None) -> Written | None:
    return next((one for one in found if one.value is value), None)
