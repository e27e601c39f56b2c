"""Rounds of updates with their links, what answers a red, and the outbox."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goldenthread.web.models.public_id

_EVERY = [(months, str(months)) for months in (1, 3, 6, 12)]
_USES = [
    (word, word)
    for word in (
        *("opened", "updated", "taken_back", "asked_for_a_date", "not_mine"),
        "asked_for_a_link",
    )
]
_ADDED_TO = ("goldenthread_linkuse", "goldenthread_takenback", "goldenthread_recovery")


def freeze(_apps: Any, editor: Any) -> None:  # noqa: ANN401
    """Make the triggers: what was said and done is only ever added to."""
    postgresql = editor.connection.vendor == "postgresql"
    for table in _ADDED_TO:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
        if postgresql:
            refuse = "EXECUTE FUNCTION goldenthread_frozen()"
        for deed in ("UPDATE", "DELETE"):
            editor.execute(
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                f"FOR EACH ROW {refuse}",
                params=None,
            )


def thaw(_apps: Any, editor: Any) -> None:  # noqa: ANN401
    """Remove the triggers."""
    for table in _ADDED_TO:
        of = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for deed in ("update", "delete"):
            editor.execute(f"DROP TRIGGER {table}_no_{deed}{of}", params=None)


class Migration(migrations.Migration):
    """The tables, and triggers on three of them."""

    dependencies: ClassVar = [
        ("goldenthread", "0011_takedown"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("months", models.PositiveIntegerField(choices=_EVERY, default=3)),
                ("begins", models.DateField()),
                ("ends", models.DateField()),
                ("teams_from", models.DateField()),
                ("directors_from", models.DateField()),
                ("closes", models.DateField()),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("figures", models.JSONField(default=dict)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds_closed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds_opened",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="goldenthread.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["-ends", "-id"],
            },
        ),
        migrations.CreateModel(
            name="TakenBack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates_taken_back",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "update",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back",
                        to="goldenthread.update",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="UpdateLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("first_opened_at", models.DateTimeField(null=True)),
                ("seen", models.CharField(blank=True, max_length=64)),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="update_links_issued",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="update_links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="goldenthread.round",
                    ),
                ),
            ],
            options={
                "ordering": ["-issued_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="LinkUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("at", models.DateTimeField()),
                ("what", models.CharField(choices=_USES, max_length=20)),
                ("words", models.TextField(blank=True)),
                ("mark", models.CharField(blank=True, max_length=64)),
                ("elsewhere", models.BooleanField(default=False)),
                (
                    "action",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="link_uses",
                        to="goldenthread.action",
                    ),
                ),
                (
                    "update",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="link_uses",
                        to="goldenthread.update",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="goldenthread.updatelink",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Cadence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("months", models.PositiveIntegerField(choices=_EVERY, default=3)),
                ("teams_before", models.IntegerField(default=14)),
                ("directors_before", models.IntegerField(default=0)),
                ("grace", models.PositiveIntegerField(default=14)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cadences_kept",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cadences_ended",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cadences",
                        to="goldenthread.action",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cadences",
                        to="goldenthread.plan",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cadences",
                        to="goldenthread.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("action__isnull", True),
                                ("plan__isnull", True),
                                ("unit__isnull", False),
                            ),
                            models.Q(
                                ("action__isnull", True),
                                ("plan__isnull", False),
                                ("unit__isnull", True),
                            ),
                            models.Q(
                                ("action__isnull", False),
                                ("plan__isnull", True),
                                ("unit__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="cadence_of_one_thing",
                    ),
                    *(
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at__isnull", True)),
                            fields=(of,),
                            name=f"cadence_one_of_a_{of}",
                        )
                        for of in ("unit", "plan", "action")
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("teams_before__gte", models.F("directors_before"))),
                        name="cadence_teams_before_directors",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="cadence_ended_by_somebody_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DateRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("words", models.TextField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("agreed", models.BooleanField(null=True)),
                ("answer", models.TextField(blank=True)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="date_requests",
                        to="goldenthread.action",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dates_asked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dates_decided",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="date_requests",
                        to="goldenthread.promise",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=("action",),
                        name="date_request_one_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agreed__isnull", True),
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                            ),
                            models.Q(
                                ("agreed__isnull", False),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="date_request_decided_by_somebody_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed", False), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="date_request_refusal_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("key", models.CharField(max_length=120, unique=True)),
                ("kind", models.CharField(max_length=30)),
                ("about_kind", models.CharField(blank=True, max_length=30)),
                ("about_id", models.CharField(blank=True, max_length=12)),
                ("made_at", models.DateTimeField()),
                ("not_before", models.DateTimeField()),
                ("tries", models.PositiveIntegerField(default=0)),
                ("tried_at", models.DateTimeField(null=True)),
                ("in_hand", models.BooleanField(default=False)),
                ("sent_at", models.DateTimeField(null=True)),
                ("gave_up_at", models.DateTimeField(null=True)),
                ("left_at", models.DateTimeField(null=True)),
                ("fault", models.CharField(blank=True, max_length=30)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("gave_up_at__isnull", True), ("sent_at__isnull", True)),
                        fields=["not_before", "id"],
                        name="mail_waits",
                    ),
                    models.Index(fields=["-sent_at"], name="mail_sent"),
                    models.Index(
                        condition=models.Q(
                            ("gave_up_at__isnull", False), ("left_at__isnull", True)
                        ),
                        fields=["-gave_up_at"],
                        name="mail_given_up",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at__isnull", True), ("gave_up_at__isnull", True), _connector="OR"
                        ),
                        name="mail_sent_or_given_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_hand", False),
                            models.Q(("gave_up_at__isnull", True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="mail_in_hand_while_it_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_at__isnull", True),
                            ("gave_up_at__isnull", False),
                            _connector="OR",
                        ),
                        name="mail_left_when_given_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recovery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("cause", models.TextField()),
                ("step", models.TextField()),
                ("due", models.DateField()),
                (
                    "update",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recovery",
                        to="goldenthread.update",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cause", ""), _negated=True),
                            models.Q(("step", ""), _negated=True),
                        ),
                        name="recovery_says_cause_and_step",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                fields=("unit", "months", "ends"), name="round_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends__gte", models.F("begins")),
                    ("directors_from__gte", models.F("teams_from")),
                    ("closes__gte", models.F("directors_from")),
                    ("closes__gte", models.F("ends")),
                ),
                name="round_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", False), ("closed_by__isnull", True), _connector="OR"
                ),
                name="round_closed_by_somebody_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="updatelink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("round", "person"),
                name="update_link_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="updatelink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first_opened_at__isnull", True), ("seen", "")),
                    models.Q(
                        ("first_opened_at__isnull", False), models.Q(("seen", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="update_link_seen_when_opened",
            ),
        ),
        # An index beside the table: nothing of a table that has triggers is made again.
        migrations.AddIndex(
            model_name="update",
            index=models.Index(fields=["at"], name="update_at"),
        ),
        migrations.RunPython(freeze, thaw),
    ]
