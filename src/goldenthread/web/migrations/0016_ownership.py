"""Who is who and who stands in, what passed from post to post, milestones, and horizons."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goldenthread.web.models.public_id

_ADDED_TO = ("goldenthread_handover", "goldenthread_passed", "goldenthread_milestoneevent")


def freeze(_apps: Any, editor: Any) -> None:  # noqa: ANN401
    """Make the triggers: what passed and what was promised is only ever added to."""
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


def carry(apps: Any, _editor: Any) -> None:  # noqa: ANN401
    """Make a row of each line that said who answers for a plan, from the day the plan began.

    What part a post has was never asked, so each is of the part "other" until somebody says.
    """
    rows = apps.get_model("goldenthread", "Answerable")
    posts = apps.get_model("goldenthread", "Post")
    words = apps.get_model("goldenthread", "PublicWords")
    for said in words.objects.filter(plan__isnull=False).select_related("plan"):
        for position, (post, what) in enumerate(said.answerable):
            held = posts.objects.filter(public_id=post).first()
            if held is not None:
                since = max(said.plan.begins, held.begins)
                rows.objects.create(
                    part="other",
                    post=held,
                    plan=said.plan,
                    what=what,
                    position=position,
                    since=since,
                    until=max(since, held.ends) if held.ends else None,
                )


def carry_back(apps: Any, _editor: Any) -> None:  # noqa: ANN401
    """Write the rows that stand as the lines that they were; those of units have no place there."""
    rows = apps.get_model("goldenthread", "Answerable")
    words = apps.get_model("goldenthread", "PublicWords")
    for row in rows.objects.filter(plan__isnull=False, until__isnull=True).order_by("position"):
        said, _new = words.objects.get_or_create(plan=row.plan)
        said.answerable = [*said.answerable, [row.post.public_id, row.what]]
        said.save(update_fields=["answerable"])


class Migration(migrations.Migration):
    """The tables; triggers on three of them; and who answers for a plan, from JSON to rows."""

    dependencies: ClassVar = [
        ("goldenthread", "0015_papers"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="lead",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contributions",
                to="goldenthread.unit",
            ),
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("on", models.DateField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handed_over",
                        to="goldenthread.post",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="goldenthread.handover",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Horizon",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=60)),
                ("ends", models.DateField()),
                ("set_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="horizons",
                        to="goldenthread.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["ends", "id"],
            },
        ),
        migrations.CreateModel(
            name="Meanwhile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("reason", models.TextField()),
                (
                    "answers",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stands_in",
                        to="goldenthread.post",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meanwhile",
                        to="goldenthread.post",
                    ),
                ),
            ],
            options={
                "ordering": ["since", "id"],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("words", models.CharField(max_length=300)),
                ("first_due", models.DateField(db_index=True, editable=False)),
                ("now_due", models.DateField(editable=False)),
                ("moves", models.PositiveIntegerField(default=0, editable=False)),
                ("reached_on", models.DateField(editable=False, null=True)),
                ("dropped_on", models.DateField(editable=False, null=True)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="goldenthread.action",
                    ),
                ),
            ],
            options={
                "ordering": ["now_due", "id"],
            },
        ),
        migrations.CreateModel(
            name="MilestoneEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("promised", "promised"),
                            ("moved", "moved"),
                            ("reached", "reached"),
                            ("not_reached", "not_reached"),
                            ("dropped", "dropped"),
                            ("taken_up", "taken_up"),
                        ],
                        max_length=12,
                    ),
                ),
                ("day", models.DateField()),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestone_events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="goldenthread.milestone",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Passed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                (
                    "duty",
                    models.CharField(
                        choices=[
                            ("action", "action"),
                            ("contribution", "contribution"),
                            ("answerable", "answerable"),
                            ("meanwhile", "meanwhile"),
                            ("measure", "measure"),
                            ("ask", "ask"),
                        ],
                        max_length=12,
                    ),
                ),
                ("thing", models.CharField(db_index=True, max_length=12)),
                ("left", models.CharField(blank=True, max_length=12)),
                ("taken", models.CharField(blank=True, max_length=12)),
                (
                    "after",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_over",
                        to="goldenthread.post",
                    ),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passed",
                        to="goldenthread.handover",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Answerable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("strategic_lead", "strategic_lead"),
                            ("operational_lead", "operational_lead"),
                            ("member_champion", "member_champion"),
                            ("sponsor", "sponsor"),
                            ("other", "other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("what", models.CharField(max_length=300)),
                ("forum", models.CharField(blank=True, max_length=160)),
                ("position", models.PositiveIntegerField(default=0)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answerable",
                        to="goldenthread.plan",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answerable",
                        to="goldenthread.post",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answerable",
                        to="goldenthread.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("plan__isnull", True), ("unit__isnull", False)),
                            models.Q(("plan__isnull", False), ("unit__isnull", True)),
                            _connector="OR",
                        ),
                        name="answerable_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("part", "sponsor"), _negated=True),
                            models.Q(("forum", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="answerable_sponsor_of_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="answerable_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="handover_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="horizon",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("plan", "name"),
                name="horizon_one_name_in_a_plan",
            ),
        ),
        migrations.AddConstraint(
            model_name="horizon",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("plan", "ends"),
                name="horizon_one_last_day_in_a_plan",
            ),
        ),
        migrations.AddConstraint(
            model_name="horizon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    ("ended_at__gte", models.F("set_at")),
                    _connector="OR",
                ),
                name="horizon_ends_after_it_was_set",
            ),
        ),
        migrations.AddConstraint(
            model_name="meanwhile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("post",),
                name="meanwhile_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="meanwhile",
            constraint=models.CheckConstraint(
                condition=models.Q(("post", models.F("answers")), _negated=True),
                name="meanwhile_of_two_posts",
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reached_on__isnull", True), ("dropped_on__isnull", True), _connector="OR"
                ),
                name="milestone_reached_or_dropped",
            ),
        ),
        migrations.AddConstraint(
            model_name="milestoneevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("what__in", ("promised", "reached")),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="milestone_event_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="milestoneevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("what", "promised")),
                fields=("milestone",),
                name="milestone_promised_first_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="passed",
            constraint=models.UniqueConstraint(
                fields=("handover", "duty", "thing", "left"), name="passed_once"
            ),
        ),
        migrations.RunPython(carry, carry_back),
        migrations.RemoveField(
            model_name="publicwords",
            name="answerable",
        ),
        migrations.RunPython(freeze, thaw),
    ]
